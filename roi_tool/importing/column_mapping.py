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
from roi_tool.importing.cells.dates import DateOrder
from roi_tool.importing.cells.durations import DurationFormat
from roi_tool.importing.cells.title_text import normalised
from roi_tool.importing.detection.columns import detect_columns
from roi_tool.importing.detection.titles import is_in_hundredths
from roi_tool.importing.file_reading import read_tables
from roi_tool.importing.file_sources import read_beginnings
from roi_tool.importing.layout import ColumnName, Formats, Layout, Recognise, Role
from roi_tool.importing.layout_library import identify
from roi_tool.importing.plan import Columns
from roi_tool.importing.plan import Formats as SettledFormats
from roi_tool.importing.records.opening import open_records
from roi_tool.importing.records.raw_table import RawTable
from roi_tool.importing.records.record_source import Records, SettledRecords
from roi_tool.importing.understanding import Request, found_columns

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
        tables: its tables as they stand, of a long file what it begins with.
        place: which of them is looked at.
        table: that table as it is read (printed lines split, torn rows mended).
        columns: its header and the meaning of each column.
        base: the layout whose rules stay in force.
        delimiter: the one that the user chose, "" for the one that was found.
        country: of the customer; None leaves it to the file.
        rest: where all records come from, of a file that is longer than its tables here.
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
    rest: tuple[Records, ...] = ()

    def roles(self) -> dict[int, Role]:
        """Return column (from 0) → its role."""
        return {place: role for role, places in self.columns.places.items() for place in places}


@dataclass(frozen=True, eq=False)
class Effect:
    """What a draft makes of the file: the bill, and the formats that were settled for its table.

    `sampled` is how many records of the table were read where not all were, and `records` how many it has, None where nobody
    knows yet.
    """

    bill: Bill
    formats: SettledFormats
    sampled: int | None = None
    records: int | None = 0


def open_draft(path: Path, country: str | None = None, *, delimiter: str = "") -> Draft:
    """Open a file as it would be read; the table with most records is looked at.

    Raises:
        ProblemError: it cannot be opened at all.
    """
    found = read_beginnings(open_records(path, delimiter), Request(country=country))
    tables = found.tables
    place = max(range(len(tables)), key=lambda index: len(tables[index]))
    draft = Draft(path, tables, place, tables[place], Columns(None, (), {}), delimiter=delimiter, country=country)
    return with_table(replace(draft, rest=() if found.whole else found.sources), place)


def with_table(draft: Draft, place: int) -> Draft:
    """Look at another table (sheet) of the file."""
    table = draft.tables[place]
    found = found_columns(table, Request(country=draft.country))
    columns = found.columns
    return replace(draft, place=place, table=found.mended(table), columns=columns, base=columns.layout, chosen=ChosenFormats())


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
    return bool(draft.rest) or sum(len(table) for table in draft.tables) > LONG_RECORDS


def measure(draft: Draft, progress: Callable[[float], None] | None = None, *, sample: int | None = None) -> Effect:
    """Read the file as the draft says.

    Args:
        draft: how.
        progress: told the share done.
        sample: of each table only so many of the first records; None for the whole file.

    Raises:
        ProblemError: no calls and no charges are found that way.
    """
    held = [SettledRecords(table if sample is None else table.slice(0, sample)) for table in draft.tables]
    sources = draft.rest if draft.rest and sample is None else held
    readings = read_tables(sources, Request(draft_layout(draft, "draft"), draft.country), progress)
    bill = join_tables([(str(draft.path), readings)], [])
    reading = readings[min(draft.place, len(readings) - 1)]
    records = reading.rows_total if sample is None else None if draft.rest else len(draft.tables[draft.place])
    read = None if sample is None or (records is not None and records <= sample) else sample
    return Effect(bill, reading.sheet.formats, read, records)


def draft_layout(draft: Draft, name: str, title: str = "") -> Layout:
    """Return the draft as a layout: what is known of the file stays, what the user chose is declared."""
    columns = {role: _names(draft, places) for role, places in draft.columns.places.items()}
    base, chosen = draft.base, draft.chosen
    declared = base.formats if base else Formats()
    said = {
        field_name: value
        for field_name in ("date_order", "duration", "decimal", "amount_unit", "currency")
        if (value := getattr(chosen, field_name)) is not None
    }
    formats = Formats.model_validate(declared.model_dump() | said)
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
