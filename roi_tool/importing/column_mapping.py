"""What a user changes in the reading of a file: header, meanings of columns, formats; its effect; and the layout it makes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from roi_tool.cdr import Bill
from roi_tool.importing.bill_joining import join_tables
from roi_tool.importing.bill_reading import Request, columns_of, open_parts, read_tables
from roi_tool.importing.cells.dates import DateOrder
from roi_tool.importing.cells.durations import DurationFormat
from roi_tool.importing.cells.title_text import normalised
from roi_tool.importing.detection.columns import detect_columns
from roi_tool.importing.detection.titles import is_in_hundredths
from roi_tool.importing.layout import ColumnName, Formats, Layout, Recognise, Role
from roi_tool.importing.layout_library import identify
from roi_tool.importing.plan import Columns
from roi_tool.importing.plan import Formats as SettledFormats
from roi_tool.importing.records.raw_table import RawTable

ADDED_ROLES = frozenset({Role.CHARGE, Role.CHARGE_WITH_TAX})
"""Money may stand in several columns, which are added."""
_SHAPED_ROLES = (Role.START, Role.DATE, Role.TIME, Role.DURATION, Role.BILLED, Role.CHARGE)
_SHAPE_ROWS = 30
LONG_RECORDS, SAMPLE_RECORDS = 60_000, 20_000
"""A file of more records shows first what its first ones give."""


@dataclass(frozen=True, slots=True)
class ChosenFormats:
    """How cells are written, as far as the user has said so; None leaves it to the cells."""

    date_order: DateOrder | None = None
    duration: DurationFormat | None = None
    decimal: Literal[".", ","] | None = None
    amount_unit: Literal["unit", "hundredth"] | None = None
    currency: str | None = None
    tax_included: bool | None = None
    timezone: str | None = None


@dataclass(frozen=True, eq=False)
class Draft:
    """A file as it is understood now. Frozen: each change makes another draft.

    Attributes:
        path: the file.
        tables: all its tables as they stand.
        place: which of them is looked at.
        table: that table as it is read (printed lines split, torn rows mended).
        columns: its header and the meaning of each column.
        base: the layout whose rules stay in force.
        delimiter: the one that the user chose, "" for the one that was found.
        country: of the customer; None leaves it to the file.
    """

    path: Path
    tables: tuple[RawTable, ...]
    place: int
    table: RawTable
    columns: Columns
    base: Layout | None = None
    chosen: ChosenFormats = field(default=ChosenFormats())
    delimiter: str = ""
    country: str | None = None

    def roles(self) -> dict[int, Role]:
        """Return column (from 0) → its role."""
        return {place: role for role, places in self.columns.places.items() for place in places}


@dataclass(frozen=True, eq=False)
class Effect:
    """What a draft makes of the file: the bill, and the formats that were settled for its table.

    `sampled` is how many records of the table were read where not all were, and `records` how many it has.
    """

    bill: Bill
    formats: SettledFormats
    sampled: int | None = None
    records: int = 0


def open_draft(path: Path, country: str | None = None, *, delimiter: str = "") -> Draft:
    """Open a file as it would be read; the table with most records is looked at.

    Raises:
        ProblemError: it cannot be opened at all.
    """
    tables = tuple(open_parts(path, delimiter))
    place = max(range(len(tables)), key=lambda index: len(tables[index]))
    return _draft_of(path, tables, place, delimiter, country)


def with_table(draft: Draft, place: int) -> Draft:
    """Look at another table (sheet) of the file."""
    return _draft_of(draft.path, draft.tables, place, draft.delimiter, draft.country)


def with_delimiter(draft: Draft, delimiter: str) -> Draft:
    """Split the file anew; "" finds the delimiter."""
    return open_draft(draft.path, draft.country, delimiter=delimiter)


def with_header(draft: Draft, header: int | None) -> Draft:
    """Take another record for the titles, None for none; the meanings of the columns are found anew."""
    table = draft.tables[draft.place]
    if header is None:
        return replace(draft, table=table, columns=detect_columns(table, header=None), base=None)
    return replace(draft, table=table, columns=detect_columns(table, header=header), base=None)


def with_role(draft: Draft, column: int, role: Role | None, *, added: bool = False) -> Draft:
    """Give a column (from 0) a meaning, None for none.

    Args:
        draft: the draft.
        column: the column.
        role: its meaning; another column that had it loses it.
        added: for money: the other columns keep it, and all are added.
    """
    places = {name: tuple(place for place in found if place != column) for name, found in draft.columns.places.items()}
    if role is not None:
        kept = places.get(role, ()) if added and role in ADDED_ROLES else ()
        places[role] = tuple(sorted({*kept, column}))
    columns = replace(draft.columns, places={name: found for name, found in places.items() if found})
    return replace(draft, columns=columns)


def with_formats(draft: Draft, chosen: ChosenFormats) -> Draft:
    """Take other formats."""
    return replace(draft, chosen=chosen)


def is_long(draft: Draft) -> bool:
    """Say whether reading the whole file takes so long that a sample is worth reading first."""
    return sum(len(table) for table in draft.tables) > LONG_RECORDS


def measure(draft: Draft, progress: Callable[[float], None] | None = None, *, sample: int | None = None) -> Effect:
    """Read the file as the draft says.

    Args:
        draft: how.
        progress: told the share done.
        sample: of each table only so many of the first records; None for the whole file.

    Raises:
        ProblemError: no calls and no charges are found that way.
    """
    tables = draft.tables if sample is None else tuple(_first(table, sample) for table in draft.tables)
    readings = read_tables(tables, Request(draft_layout(draft, "draft"), draft.country), progress)
    bill = join_tables([(str(draft.path), readings)], [])
    records = len(draft.tables[draft.place])
    read = None if sample is None or records <= sample else sample
    return Effect(bill, readings[draft.place].sheet.formats, read, records)


def _first(table: RawTable, count: int) -> RawTable:
    columns = tuple(column.slice(0, count) for column in table.columns)
    return replace(table, columns=columns, row_numbers=table.row_numbers[:count], widths=table.widths[:count])


def draft_layout(draft: Draft, name: str, title: str = "") -> Layout:
    """Return the draft as a layout: what is known of the file stays, what the user chose is declared."""
    columns = {role: _names(draft, places) for role, places in draft.columns.places.items()}
    base, chosen = draft.base, draft.chosen
    declared = base.formats if base else Formats()
    formats = declared.model_copy(
        update={
            field_name: value
            for field_name in ("date_order", "duration", "decimal", "amount_unit", "currency")
            if (value := getattr(chosen, field_name)) is not None
        }
    )
    if base is None and chosen.amount_unit is None and is_in_hundredths(_money_title(draft.columns)):
        formats = formats.model_copy(update={"amount_unit": "hundredth"})  # a declared layout does not ask the title
    values = {
        "name": name,
        "title": title or draft.path.name,
        "recognise": _recognise(draft),
        "columns": columns,
        "formats": formats,
        "delimiter": draft.delimiter or (base.delimiter if base else ""),
    }
    values |= {} if chosen.timezone is None else {"timezone": chosen.timezone}
    values |= {} if chosen.tax_included is None else {"tax_included": chosen.tax_included}
    return Layout.model_validate(values) if base is None else base.model_copy(update={**values, "fill": False})


def is_found_again(draft: Draft, layout: Layout) -> bool:
    """Say whether a file like this one will be recognised as having this layout."""
    return identify(draft.tables[draft.place], (layout,)) is not None


def _draft_of(path: Path, tables: tuple[RawTable, ...], place: int, delimiter: str, country: str | None) -> Draft:
    table, columns = columns_of(tables[place], Request(country=country))
    return Draft(path, tables, place, table, columns, columns.layout, ChosenFormats(), delimiter, country)


def _money_title(columns: Columns) -> str:
    return columns.title(Role.CHARGE) or columns.title(Role.CHARGE_WITH_TAX)


def _names(draft: Draft, places: tuple[int, ...]) -> ColumnName | tuple[ColumnName, ...]:
    titles = draft.columns.titles
    counts = Counter(normalised(title) for title in titles)
    names = tuple(
        titles[place] if place < len(titles) and titles[place] and counts[normalised(titles[place])] == 1 else place + 1
        for place in places
    )
    return names[0] if len(names) == 1 else names


def _recognise(draft: Draft) -> Recognise:
    header, base = draft.columns.header, draft.base
    sheet = base.recognise.sheet if base else ""
    if header is not None:
        titles = tuple(dict.fromkeys(title for title in draft.columns.titles if normalised(title)))
        return Recognise(titles=titles, sheet=sheet)
    return base.recognise if base else _without_titles(draft)


def _without_titles(draft: Draft) -> Recognise:
    """What proves a table without titles: how wide its rows are, and the shapes of the cells that matter."""
    records = draft.tables[draft.place].head(_SHAPE_ROWS)
    widths = tuple(sorted({len(record) for record in records}))
    patterns = {}
    for role in _SHAPED_ROLES:
        for place in draft.columns.places.get(role, ()):
            shapes = Counter(_shape(record[place]) for record in records if len(record) > place)
            if shapes and len(shapes) <= 4:
                patterns[place + 1] = "|".join(sorted(shapes))
    return Recognise(widths=widths, patterns=patterns)


def _shape(cell: str) -> str:
    r"""Return a pattern for cells written as this one.

    >>> _shape("2026-07-01 9:05")
    '\\d+\\-\\d+\\-\\d+\\ \\d+:\\d+'
    """
    parts = re.findall(r"\d+|[^\W\d_]+|.", cell, re.DOTALL)
    return "".join(r"\d+" if part[0].isdigit() else r"[^\W\d_]+" if part[0].isalpha() else re.escape(part) for part in parts)
