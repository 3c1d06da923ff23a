"""What was understood of one table: which column is what, and how its cells are written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa
import pyarrow.compute

from roi_tool.cdr import Answered, Question
from roi_tool.importing.cells.amounts import AmountFormat
from roi_tool.importing.cells.dates import DateOrder
from roi_tool.importing.cells.durations import DurationFormat
from roi_tool.importing.cells.title_text import squeezed
from roi_tool.importing.layout import ColumnName, Layout, Role
from roi_tool.importing.records.raw_table import RawTable


@dataclass(frozen=True)
class Columns:
    """Which column is what.

    Attributes:
        header: place of the header record in the table, None when there is none.
        titles: the header's titles, "" where a column has none.
        places: role → columns, from 0.
        layout: the declared layout that was recognised.
        confidence: from 0 to 1, how sure this reading is.
    """

    header: int | None
    titles: tuple[str, ...]
    places: Mapping[Role, tuple[int, ...]]
    layout: Layout | None = None
    confidence: float = 1.0
    questions: tuple[Question, ...] = ()
    """Where two columns claim one role and nothing decides."""

    def has(self, *roles: Role) -> bool:
        """Say whether any of the roles has a column."""
        return any(role in self.places for role in roles)

    def place(self, role: Role) -> int | None:
        """Return the first column of a role."""
        found = self.places.get(role)
        return found[0] if found else None

    def title(self, role: Role) -> str:
        """Return the title of a role's first column, "" when it has none."""
        place = self.place(role)
        return self.titles[place] if place is not None and place < len(self.titles) else ""

    def first(self) -> int:
        """Return the place of the first record below the header."""
        return 0 if self.header is None else self.header + 1


@dataclass(frozen=True)
class Formats:
    """How the cells of one table are written, each settled by a declaration, by proof or by the country's habit."""

    date_order: DateOrder = DateOrder.DMY
    duration: DurationFormat = DurationFormat.SECONDS
    billed: DurationFormat = DurationFormat.SECONDS
    amount: AmountFormat = AmountFormat()
    currency: str = ""
    year: tuple[int, int] | None = None
    """Of dates that show none, with the last day since 1970 that may lie in it."""
    questions: tuple[Question, ...] = ()
    confidence: float = 1.0
    answered: tuple[Answered, ...] = ()
    """Questions that were not asked because the user had answered them for files of this shape."""


@dataclass(frozen=True)
class Recalled:
    """What the user answered before for files of a shape: kind of question → answer."""

    answers: Mapping[str, str] = field(default_factory=dict)
    on: date | None = None

    def answered(self, kind: str) -> tuple[Answered, ...]:
        """Return that an answer was used."""
        return (Answered(kind, self.answers[kind], self.on),) if kind in self.answers and self.on else ()


@dataclass(frozen=True)
class Habits:
    """What the account's country and the caller's options settle where a file leaves a choice."""

    country: str = "GB"
    timezone: str = "UTC"
    currency: str = ""
    date_order: DateOrder | None = None
    duration: DurationFormat | None = None
    recalled: Recalled = Recalled()
    """Answers to what would be asked otherwise; what a file proves comes first."""
    country_told: bool = True
    """False where nothing in the file tells the country: what is taken from it is a guess."""


def column_place(name: ColumnName, titles: tuple[str, ...], width: int) -> int | None:
    """Return the column (from 0) that a layout names by title or by place from 1, None when the table has none."""
    if isinstance(name, int):
        return name - 1 if 0 < name <= width else None
    wanted = squeezed(name)
    for place, title in enumerate(titles):
        if squeezed(title) == wanted:
            return place
    return None


def line_titles(layout: Layout) -> tuple[str, ...]:
    """Return the columns that a layout for printed lines names, in their order."""
    return tuple(re.compile(layout.line).groupindex) if layout.line else ()


def columns_of_layout(layout: Layout, table: RawTable, header: int | None) -> Columns:
    """Return the columns that a declared layout names in this table."""
    titles = tuple(table.record(header)) if header is not None else line_titles(layout)
    places: dict[Role, tuple[int, ...]] = {}
    for role, names in layout.columns.items():
        listed = names if isinstance(names, tuple) else (names,)
        found = [column_place(name, titles, table.width) for name in listed]
        kept = tuple(place for place in found if place is not None)
        if kept:
            places[role] = kept
    return Columns(header, titles, places, layout)


def merged_cells(table: RawTable, places: tuple[int, ...]) -> pa.Array:
    """Return for each record the first of several columns that is not empty."""
    merged = column_cells(table, places[0] if places else None)
    for place in places[1:]:
        empty = pa.compute.equal(pa.compute.utf8_trim_whitespace(merged), "")
        merged = pa.compute.if_else(empty, column_cells(table, place), merged)
    return merged


def column_cells(table: RawTable, place: int | None) -> pa.Array:
    """Return a column's cells, all empty when the table has no such column."""
    if place is None or place >= table.width:
        return pa.repeat(pa.scalar("", pa.string()), len(table))
    return table.columns[place]


@dataclass(frozen=True)
class Sheet:
    """A table, or a part of one, with its columns and formats: all that is needed to read it."""

    table: RawTable
    columns: Columns
    formats: Formats
    before: int = 0
    """How many records of the table stand before this part."""

    def first(self) -> int:
        """Return the place of the first record of this part that stands below the header."""
        return max(self.columns.first() - self.before, 0)
