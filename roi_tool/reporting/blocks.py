"""What a paper is made of: frozen blocks of finished words and figures, in order. Writers (PDF, workbook) only set them.

A text may carry evidence marks and nothing else; `marked` puts them in, `split_marks` takes them apart again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from roi_tool.charting import ChartSpec

_OPEN, _CLOSE = "\ue000", "\ue001"  # private use: no keyboard and no bill writes them


class CellFormat(StrEnum):
    """How a workbook prints a cell's value."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    WHOLE_MONEY = "whole_money"
    COUNT = "count"
    PERCENT = "percent"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Cell:
    """A table's cell: `text` as printed; `value` where it is a figure, so that a workbook can go on computing."""

    text: str
    value: Decimal | int | date | None = None
    format: CellFormat = CellFormat.TEXT


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column. `share` is its part of the width (relative); figures stand to the right."""

    title: str
    figures: bool = False
    share: float = 1.0


class RowStyle(StrEnum):
    """What a row is."""

    PLAIN = "plain"
    BEST = "best"
    TOTAL = "total"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Row:
    """A table's row. A GROUP row has one cell, a heading over the rows that follow."""

    cells: tuple[Cell, ...]
    style: RowStyle = RowStyle.PLAIN


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its head; long ones go on over the page with the head repeated. `airy`: the usual space of its rows is 1."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    small: bool = False
    airy: float = 1.0


@dataclass(frozen=True, slots=True)
class Headline:
    """The sentence that states the answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Lead:
    """The paragraph under the headline."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` 1 opens a page's subject, 2 stands over a table, chart or list."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text; quiet ones explain a figure above."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """What must be said beside the figures, set apart so that it is not missed."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short sentences."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A large figure with words above and below."""

    caption: str
    figure: str
    note: str


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """Key figures side by side."""

    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart of the full width; `height` is a share of the width."""

    chart: ChartSpec
    height: float = 0.4


@dataclass(frozen=True, slots=True)
class Columns:
    """Blocks side by side, in columns of equal width."""

    columns: tuple[tuple[Block, ...], ...]


Block = Headline | Lead | Heading | Paragraph | Notice | Bullets | KeyFigures | Figure | Columns | Table


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper: what stands at its head and foot, and its pages of blocks."""

    title: str
    operator: str
    prepared_for: str
    """Who it is for, as printed at the head after "prepared for"."""
    head_note: str
    """Date and number, after the customer's name."""
    foot_note: str
    """The legend of evidence marks and the operator's line."""
    language: str
    pages: tuple[tuple[Block, ...], ...]
    warning: str = ""
    """What must be seen on every page, above all else on it."""


def marked(*marks: str) -> str:
    """Return evidence marks to stand in a text, printed as small raised letters: `"142 seats" + marked("E1")`."""
    return f"{_OPEN}{', '.join(marks)}{_CLOSE}" if marks else ""


def plain(text: str) -> str:
    """Return words that came with the data on one line, without what could be taken for a mark."""
    shown = (letter if letter.isprintable() else " " for letter in text if letter not in (_OPEN, _CLOSE))
    return "".join(shown).strip()


def split_marks(text: str) -> list[tuple[str, bool]]:
    """Return the text's pieces in order with whether each is a mark.

    >>> split_marks("142 seats" + marked("E1") + ".")
    [('142 seats', False), ('E1', True), ('.', False)]
    """
    pieces: list[tuple[str, bool]] = []
    for position, part in enumerate(text.split(_OPEN)):
        mark, closed, rest = part.partition(_CLOSE) if position else ("", "", part)
        if closed:
            pieces.append((mark, True))
        elif position:
            rest = mark
        if rest:
            pieces.append((rest, False))
    return pieces


def without_marks(text: str) -> str:
    """Return the text with its marks in brackets, for writers that cannot raise letters."""
    return "".join(f" [{piece}]" if is_mark else piece for piece, is_mark in split_marks(text))
