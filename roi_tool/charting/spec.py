"""What a chart shows, in figures and finished words: axes already chosen, labels already in the reader's language.

`role` names a colour of the theme: an option's id (`stay`, `onprem_pri`, `onprem_sip`, `keep_sip`, `hosted`), `good`, `bad`,
`neutral` or `accent`. Painters (QPainter in the window, vectors on paper) turn roles into colours and coordinates into pixels.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


class Labels(Protocol):
    """The words and formats a chart needs; `wording.Wording` satisfies it."""

    def label(self, code: str, **args: str) -> str:
        """Return the words of a label code."""

    def short_money(self, amount_nano: int, currency: str) -> str:
        """Return an amount as a chart prints it, such as `£68k`."""

    def number(self, value: float, decimals: int = 0) -> str:
        """Return a number in the reader's format."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled place on an axis, in data coordinates."""

    at: float
    text: str


@dataclass(frozen=True, eq=False)
class Series:
    """A line: x and y of equal length. `end_label` is printed at its right end."""

    id: str
    role: str
    x: Floats
    y: Floats
    end_label: str
    emphasis: bool = False
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Marker:
    """A ringed point with words beside it."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, eq=False)
class LineChart:
    """Lines over a common x axis; axes start and end at the outermost ticks."""

    title: str
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    series: tuple[Series, ...]
    markers: tuple[Marker, ...] = ()


@dataclass(frozen=True, slots=True)
class TornadoBar:
    """One driver's swing: where the result goes at both ends, in data coordinates around the chart's base."""

    label: str
    low: float
    high: float
    text: str


@dataclass(frozen=True, slots=True)
class TornadoChart:
    """Horizontal bars about a base value, longest first."""

    title: str
    base: float
    base_text: str
    bars: tuple[TornadoBar, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of stacked parts: (role, value, text) from the axis outwards; `text` of the bar is its total."""

    label: str
    parts: tuple[tuple[str, float, str], ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars, horizontal or vertical, stacked where a bar has several parts. `legend` is (role, words)."""

    title: str
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...] = ()
    legend: tuple[tuple[str, str], ...] = ()
    horizontal: bool = True


ChartSpec = LineChart | TornadoChart | BarChart
