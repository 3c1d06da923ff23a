"""What a chart shows, in figures and finished words: axes already chosen, labels already in the reader's language.

`role` names a colour of the theme: an option's id (`stay`, `onprem_pri`, `onprem_sip`, `keep_sip`, `hosted`, `mix`), `good`,
`bad`, `neutral` or `accent`, or a group of costs (`group_calls`, `group_rental`, `group_equipment`, `group_upkeep`,
`group_change`, `group_other`). Painters (QPainter in the window, vectors on paper) turn roles into colours and coordinates
into pixels; they choose nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from roi_tool.money import Money

Floats = npt.NDArray[np.float64]


class Labels(Protocol):
    """The words and formats a chart needs; `wording.Wording` satisfies it."""

    def label(self, code: str, /, **args: str) -> str:
        """Return the words of a label code."""

    def short_money(self, amount_nano: int, currency: str) -> str:
        """Return an amount as a chart prints it, such as `£68k`."""

    def money(self, amount: Money, decimals: int | None = None) -> str:
        """Return an amount with its currency sign."""

    def number(self, value: float, decimals: int = 0) -> str:
        """Return a number in the reader's format."""

    def currency_name(self, currency: str) -> str:
        """Return a currency in words, as after a number of it: `British pounds`."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled place on an axis, in data coordinates."""

    at: float
    text: str


@dataclass(frozen=True, eq=False)
class Series:
    """A line: x and y of equal length. `end_label` is printed at its right end.

    `label_y` is where the label's middle stands, in data coordinates, so that labels keep clear of each other when a line of
    text takes a fourteenth of the axis; a painter with another height spreads them anew (`axes.spread`).
    """

    id: str
    role: str
    x: Floats
    y: Floats
    end_label: str
    emphasis: bool = False
    dashed: bool = False
    label_y: float = 0.0


@dataclass(frozen=True, slots=True)
class Marker:
    """A ringed point with words below it, to its right (there no line runs: markers stand on the lowest line)."""

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
    """One driver's swing: where the result goes at both ends, in data coordinates around the chart's base.

    `low` belongs to the driver's low value and may lie right of `high`. `low_text` and `high_text` are the driver's values.
    """

    label: str
    low: float
    high: float
    text: str
    low_text: str = ""
    high_text: str = ""


@dataclass(frozen=True, slots=True)
class TornadoChart:
    """Horizontal bars about a base value, longest first."""

    title: str
    base: float
    base_text: str
    bars: tuple[TornadoBar, ...]
    reach: float = 1.0
    """The longest bar's distance from the base: the axis runs from base − reach to base + reach."""


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
