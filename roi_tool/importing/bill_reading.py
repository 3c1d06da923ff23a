"""Reads the files of a bill: each record ends as a call, a charge, skipped for a reason, or rejected with one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from roi_tool.cdr import Answered, Bill
from roi_tool.importing.bill_joining import join_tables
from roi_tool.importing.cells.dates import DateOrder
from roi_tool.importing.cells.durations import DurationFormat
from roi_tool.importing.detection.blocks import split_blocks
from roi_tool.importing.detection.columns import detect_columns, filled_by_titles, mended_by_values
from roi_tool.importing.layout import Layout
from roi_tool.importing.layout_library import find_layout, header_of, identify
from roi_tool.importing.masking import mask_bill
from roi_tool.importing.meaning.account import Home, home_of_file, zone_of_account
from roi_tool.importing.meaning.conditions import holds
from roi_tool.importing.plan import Columns, Habits, Recalled, column_place, columns_of_layout
from roi_tool.importing.records.delimited import split_lines
from roi_tool.importing.records.opening import holds_formulas_only, name_of, open_tables
from roi_tool.importing.records.printed_lines import with_lines
from roi_tool.importing.records.raw_table import RawTable
from roi_tool.importing.records.realigning import realign
from roi_tool.importing.records.text_marks import without_text_marks
from roi_tool.importing.remembered_answers import CHARGE, recalled_for, shape_of, with_charge, with_charge_answered
from roi_tool.importing.table_reading import TableReading, read_table
from roi_tool.importing.tax_of_file import with_tax_said
from roi_tool.problems import Problem, ProblemError, Severity, Where

Progress = Callable[[str, float], None]
"""Called with a file's path and the share done, from 0 to 1."""
Named = TypeVar("Named", DateOrder, DurationFormat)


@dataclass(frozen=True)
class Request:
    """What the caller settled beforehand; None leaves it to the file."""

    layout: Layout | None = None
    country: str | None = None
    timezone: str | None = None
    currency: str | None = None
    date_order: DateOrder | None = None
    duration: DurationFormat | None = None
    charge: str | None = None
    recall: bool = False


def read_bill(
    paths: str | Path | Iterable[str | Path],
    *,
    layout: str | Layout | None = None,
    country: str | None = None,
    timezone: str | None = None,
    currency: str | None = None,
    date_order: str | None = None,
    duration: str | None = None,
    charge: str | None = None,
    recall: bool = False,
    mask_numbers: bool = False,
    keep_repeated: bool = False,
    progress: Progress | None = None,
) -> Bill:
    """Read one bill from one or several files.

    Args:
        paths: the files (CSV, XLSX, XLS, XLSB, ODS, zips of these).
        layout: name of a declared layout, path of a layout file, or a layout; by default it is found.
        country: ISO 3166 code of the account; by default told by the file, else GB.
        timezone: IANA zone of the bill's local times; by default the layout's or the country's.
        currency: ISO 4217 code; by default told by the file.
        date_order: "dmy", "mdy" or "ymd"; by default proved by the dates, else asked as a question.
        duration: name of a `DurationFormat`; by default told by the file, else asked as a question.
        charge: title of the column of the charges, where several could be it; else asked as a question.
        recall: let what the user has answered for files of the same shape settle what would be asked otherwise. Without it
            a reading depends on nothing but its arguments.
        mask_numbers: keep of each subscriber number only what rating needs (see `masking`).
        keep_repeated: keep calls that an earlier file holds already, so that an audit finds them; a file that holds nothing new
            is left out all the same.
        progress: told how far the reading is.

    Returns:
        The bill. Every non-blank record of every file is counted in its `FileReading`.

    Raises:
        ProblemError: no file could be read at all; each problem is one sentence.
    """
    files = [Path(paths)] if isinstance(paths, str | Path) else [Path(path) for path in paths]
    request = Request(
        find_layout(layout) if isinstance(layout, str) and layout else layout or None,
        country,
        timezone,
        currency,
        _named(DateOrder, "--date-order", date_order),
        _named(DurationFormat, "--duration", duration),
        charge,
        recall,
    )
    readings: list[tuple[str, list[TableReading]]] = []
    problems: list[Problem] = []
    for position, path in enumerate(files):
        if progress is not None:
            progress(name_of(path), position / len(files))
        try:
            tell = None if progress is None else _part_of(progress, name_of(path), position, len(files))
            delimiter = request.layout.delimiter if request.layout else ""
            opening = None if tell is None else _opening_part_of(tell)
            readings.append((name_of(path), read_tables(open_parts(path, delimiter, opening), request, tell)))
        except ProblemError as error:
            problems += error.problems
    if not readings:
        raise ProblemError(*problems or [Problem("no_files")])
    if progress is not None:
        progress(name_of(files[-1]), 1.0)
    bill = join_tables(readings, problems, keep_repeated=keep_repeated)
    return mask_bill(bill) if mask_numbers else bill


def _part_of(progress: Progress, path: str, position: int, count: int) -> Callable[[float], None]:
    """Return what tells of the reading of one file's tables; opening it was the first third of the work."""
    return lambda share: progress(path, (position + (1 + 2 * share) / 3) / count)


def _opening_part_of(tell: Callable[[float], None]) -> Callable[[float], None]:
    """Return what tells of the opening of a file: the part before the one that `_part_of` begins with."""
    return lambda share: tell((share - 1) / 2)


def _named(kind: type[Named], option: str, text: str | None) -> Named | None:
    try:
        return kind(text) if text else None
    except ValueError as error:
        detail = {"option": option, "value": str(text), "known": ", ".join(str(item) for item in kind)}
        raise ProblemError(Problem("option_invalid", detail=detail)) from error


def open_parts(path: Path, delimiter: str = "", progress: Callable[[float], None] | None = None) -> list[RawTable]:
    """Read all tables of a file; blocks under titles of their own are tables of their own.

    Raises:
        ProblemError: it cannot be opened at all.
    """
    tables = (without_text_marks(with_lines(table)) for table in open_tables(path, delimiter, progress))
    return [part for table in tables for part in split_blocks(table)]


def read_tables(
    tables: Sequence[RawTable], request: Request, progress: Callable[[float], None] | None = None
) -> list[TableReading]:
    """Read the tables of one file: the sheet of calls settles what the others leave open.

    Raises:
        ProblemError: they hold no calls and no charges.
    """
    file, notes = tables[0].file, [note for table in tables for note in table.notes]
    found = [columns_of(table, request) for table in tables]
    del tables  # so that each table's cells are let go as soon as it is read
    _check_charge(request.charge, [columns for _, columns in found], file)
    recalled = recalled_for(found) if request.recall else Recalled()
    shapes = [shape_of(table, columns) for table, columns in found]
    layouts = [columns.layout for _, columns in found if columns.layout is not None]
    stated = request.country or next((layout.country for layout in layouts if layout.country), "")
    home = Home(stated) if stated else home_of_file([table for table, _ in found], [columns for _, columns in found])
    zone = (
        request.timezone
        or recalled.answers.get("timezone")
        or next((layout.timezone for layout in layouts if layout.timezone), "")
    )
    proved = True
    if not zone:
        zone, proved = zone_of_account(home.country, [table for table, _ in found], [columns for _, columns in found])
    habits = Habits(
        home.country, zone, request.currency or "", request.date_order, request.duration, recalled, country_told=home.told
    )
    readings = []
    all_columns, tables_left = [columns for _, columns in found], [table for table, _ in found]
    found.clear()
    for place, columns in enumerate(all_columns):
        if progress is not None:
            progress(place / len(all_columns))
        own, answered = _as_answered(columns, recalled, request)
        reading = read_table(tables_left.pop(0), own, habits)
        answered += reading.sheet.formats.answered
        readings.append(replace(reading, shape=shapes[place], answered=answered))
    if not any(reading.rows_calls or reading.charges or reading.sure_charges for reading in readings):
        code = "workbook_formulas" if holds_formulas_only(Path(file)) else "no_calls"
        raise ProblemError(Problem(code, where=Where(file)), *(note for note in notes if note.severity is not Severity.INFO))
    readings[0].problems.extend(notes)
    if not proved:
        detail = {"zone": zone, "country": home.country}
        readings[0].problems.append(Problem("zone_assumed", Severity.INFO, Where(file), detail))
    return with_tax_said(readings)


def _check_charge(title: str | None, found: Sequence[Columns], file: str) -> None:
    """Refuse a title of the charge's column that no table has."""
    titles = dict.fromkeys(name for columns in found for name in columns.titles if name)
    if title is not None and title not in titles:
        raise ProblemError(Problem("charge_unknown", where=Where(file), detail={"title": title, "known": ", ".join(titles)}))


def _as_answered(columns: Columns, recalled: Recalled, request: Request) -> tuple[Columns, tuple[Answered, ...]]:
    """Return the columns as the user says or has said, and which answers were used: the charge's column and the time zone."""
    answered: tuple[Answered, ...] = ()
    if request.charge is not None and request.charge in columns.titles:
        columns = with_charge(columns, request.charge)
    elif (taken := with_charge_answered(columns, recalled)) is not columns:
        columns, answered = taken, recalled.answered(CHARGE)
    if not request.timezone:
        answered += recalled.answered("timezone")
    return columns, answered


def columns_of(table: RawTable, request: Request) -> tuple[RawTable, Columns]:
    """Return the table, its torn rows mended, and what its columns are."""
    layout, header = request.layout, None
    if layout is not None:
        header = header_of(layout, table)
        sheet = layout.recognise.sheet
        if (header is None and layout.recognise.titles) or (sheet and not re.search(sheet, table.sheet)):
            layout = None
    if layout is None:
        layout, header = identify(table) or (None, None)
    if layout is None:
        return mended_by_values(table, detect_columns(table))
    if layout.line:
        table = split_lines(table, layout.line)
    columns = columns_of_layout(layout, table, header)
    if layout.ragged and header is not None:
        table = _mended(table, columns, layout)
    return table, filled_by_titles(columns, detect_columns(table)) if layout.fill else columns


def _mended(table: RawTable, columns: Columns, layout: Layout) -> RawTable:
    """Put back what unquoted delimiters tore apart, where the layout says it happens."""
    width = len(columns.titles)
    places = [place for place in (column_place(name, columns.titles, width) for name in layout.ragged) if place is not None]
    checks = [(column_place(check.column, columns.titles, width), check) for check in layout.ragged_check]
    if not places:
        return table

    def fits(row: Sequence[str]) -> bool:
        return all(place is None or holds(check, row[place]) for place, check in checks)

    return realign(table, width, places, fits if checks else None)


__all__ = ["read_bill"]
