"""Reads the files of a bill: each record ends as a call, a charge, skipped for a reason, or rejected with one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import numpy as np

from roi_tool.cdr import (
    Bill,
    CallTable,
    Charge,
    ChargeKind,
    FileReading,
    Reconciliation,
    Rejected,
    concatenate_calls,
    empty_calls,
)
from roi_tool.importing.cells.dates import DateOrder
from roi_tool.importing.cells.durations import DurationFormat
from roi_tool.importing.detection.columns import detect_columns, filled_by_titles, mended_by_values
from roi_tool.importing.detection.formats import settle_formats
from roi_tool.importing.layout import Layout, Role
from roi_tool.importing.layout_library import find_layout, header_of, identify
from roi_tool.importing.masking import mask_calls
from roi_tool.importing.meaning.account import country_of_file, period_of_texts, timezone_of_country
from roi_tool.importing.meaning.call_rows import CallRows, read_call_rows
from roi_tool.importing.meaning.call_table import build_calls
from roi_tool.importing.meaning.conditions import holds
from roi_tool.importing.meaning.duplicates import alike_within, keys_of_calls, repeated_of
from roi_tool.importing.meaning.legs import join_legs
from roi_tool.importing.meaning.messages import read_messages
from roi_tool.importing.meaning.remainder import Frame, Remainder, RemainderReader, Stated
from roi_tool.importing.meaning.row_rules import Ruled, apply_row_rules, stated_totals
from roi_tool.importing.meaning.totals import calls_nano, reconcile, without_repeated_usage
from roi_tool.importing.plan import Columns, Habits, Sheet, column_place, columns_of_layout
from roi_tool.importing.records.delimited import split_lines
from roi_tool.importing.records.opening import holds_formulas_only, open_tables
from roi_tool.importing.records.raw_table import RawTable
from roi_tool.importing.records.realigning import realign
from roi_tool.problems import Problem, ProblemError, Severity, Where

Progress = Callable[[str, float], None]
"""Called with a file's path and the share done, from 0 to 1."""
Named = TypeVar("Named", DateOrder, DurationFormat)


_MOST_COMPARED = 300_000
"""Calls of one table that are compared with each other as they are read; the audit compares any number."""


@dataclass(frozen=True)
class Request:
    """What the caller settled beforehand; None leaves it to the file."""

    layout: Layout | None = None
    country: str | None = None
    timezone: str | None = None
    currency: str | None = None
    date_order: DateOrder | None = None
    duration: DurationFormat | None = None


@dataclass(frozen=True)
class TableReading:
    """What one table gave."""

    calls: CallTable
    charges: list[Charge]
    """Of its small tables and single lines; a summary of calls among them repeats what is itemised."""
    sure_charges: list[Charge]
    """Of rows that a rule of the layout names, and of texts and data among the calls: these repeat nothing."""
    charge_rows: int
    stated: list[Stated]
    rejected: list[Rejected]
    skipped: Counter[str]
    rows_total: int
    rows_calls: int
    sheet: Sheet
    texts: list[str]
    problems: list[Problem]


def read_bill(
    paths: str | Path | Iterable[str | Path],
    *,
    layout: str | None = None,
    country: str | None = None,
    timezone: str | None = None,
    currency: str | None = None,
    date_order: str | None = None,
    duration: str | None = None,
    mask_numbers: bool = False,
    progress: Progress | None = None,
) -> Bill:
    """Read one bill from one or several files.

    Args:
        paths: the files (CSV, XLSX, XLS, XLSB, ODS, zips of these).
        layout: name of a declared layout or path of a layout file; by default it is found.
        country: ISO 3166 code of the account; by default told by the file, else GB.
        timezone: IANA zone of the bill's local times; by default the layout's or the country's.
        currency: ISO 4217 code; by default told by the file.
        date_order: "dmy", "mdy" or "ymd"; by default proved by the dates, else asked as a question.
        duration: name of a `DurationFormat`; by default told by the file, else asked as a question.
        mask_numbers: keep of each subscriber number only what rating needs (see `masking`).
        progress: told how far the reading is.

    Returns:
        The bill. Every non-blank record of every file is counted in its `FileReading`.

    Raises:
        ProblemError: no file could be read at all; each problem is one sentence.
    """
    files = [Path(paths)] if isinstance(paths, str | Path) else [Path(path) for path in paths]
    request = Request(
        find_layout(layout) if layout else None,
        country,
        timezone,
        currency,
        _named(DateOrder, "--date-order", date_order),
        _named(DurationFormat, "--duration", duration),
    )
    readings: list[tuple[str, list[TableReading]]] = []
    problems: list[Problem] = []
    for position, path in enumerate(files):
        if progress is not None:
            progress(str(path), position / len(files))
        try:
            tables = open_tables(path, request.layout.delimiter if request.layout else "")
            readings.append((str(path), _read_tables(tables, request)))
        except ProblemError as error:
            problems += error.problems
    if not readings:
        raise ProblemError(*problems or [Problem("no_files")])
    if progress is not None:
        progress(str(files[-1]), 1.0)
    bill = _one_bill(readings, problems)
    return replace(bill, calls=mask_calls(bill.calls)) if mask_numbers else bill


def _named(kind: type[Named], option: str, text: str | None) -> Named | None:
    try:
        return kind(text) if text else None
    except ValueError as error:
        detail = {"option": option, "value": str(text), "known": ", ".join(str(item) for item in kind)}
        raise ProblemError(Problem("option_invalid", detail=detail)) from error


def _read_tables(tables: Sequence[RawTable], request: Request) -> list[TableReading]:
    """Read the tables of one file: the sheet of calls settles what the others leave open."""
    found = [_columns(table, request) for table in tables]
    layouts = [columns.layout for _, columns in found if columns.layout is not None]
    country = request.country or next((layout.country for layout in layouts if layout.country), "")
    country = country or country_of_file([table for table, _ in found], [columns for _, columns in found])
    zone = request.timezone or next((layout.timezone for layout in layouts if layout.timezone), "")
    habits = Habits(country, zone or timezone_of_country(country), request.currency or "", request.date_order, request.duration)
    readings = [_read_table(table, columns, habits) for table, columns in found]
    if not any(reading.rows_calls or reading.charges or reading.sure_charges for reading in readings):
        code = "workbook_formulas" if holds_formulas_only(Path(tables[0].file)) else "no_calls"
        raise ProblemError(Problem(code, where=Where(tables[0].file)))
    return readings


def _columns(table: RawTable, request: Request) -> tuple[RawTable, Columns]:
    """Return the table, its torn rows mended, and what its columns are."""
    layout, header = request.layout, None
    if layout is not None:
        header = header_of(layout, table)
        if header is None and layout.recognise.titles:
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


def _read_table(table: RawTable, columns: Columns, habits: Habits) -> TableReading:
    formats = settle_formats(table, columns, habits)
    sheet = Sheet(table, columns, formats)
    ruled = apply_row_rules(sheet)
    rows = read_call_rows(sheet, ruled.decided, ruled.may_call)
    found, sure = _read_remainder(sheet, rows, ruled)
    places = np.flatnonzero(rows.is_call)
    calls, mangled = build_calls(sheet, rows, habits.country, habits.timezone, formats.currency)
    joined = join_legs(calls, sheet, places, columns.layout.legs if columns.layout else None)
    if joined.joined:
        found.skipped["leg"] += joined.joined
    where = Where(table.file, sheet=table.sheet)
    problems = []
    if mangled:
        problems.append(Problem("numbers_mangled", Severity.WARNING, where, {"count": str(mangled)}))
    alike = int(alike_within(joined.calls).sum()) if len(joined.calls) <= _MOST_COMPARED else 0
    if alike:
        problems.append(Problem("repeated_rows", Severity.INFO, where, {"count": str(alike)}))
    tax = ruled.tax_nano + (0 if rows.tax_included else rows.tax_nano)
    if tax:
        sure.append(Charge(ChargeKind.TAX, columns.title(Role.TAX) or "Tax", tax, where=where))
    return TableReading(
        joined.calls,
        found.charges,
        sure,
        found.charge_rows,
        found.stated,
        found.rejected,
        found.skipped,
        len(table),
        len(joined.calls),
        sheet,
        found.texts,
        problems,
    )


def _read_remainder(sheet: Sheet, rows: CallRows, ruled: Ruled) -> tuple[Remainder, list[Charge]]:
    """Read what is no call: by the layout's rules, as texts and data, and the rest record by record."""
    table, columns = sheet.table, sheet.columns
    places = np.flatnonzero(rows.is_call)
    first_call = int(table.row_numbers[places[0]]) if len(places) else None
    titles = columns.titles if columns.header is not None and len(places) else ()
    money = columns.place(Role.CHARGE) if columns.has(Role.CHARGE) else columns.place(Role.CHARGE_WITH_TAX)
    frame = Frame(table.file, table.sheet, titles, money, sheet.formats.amount, sheet.formats.date_order, first_call)
    reader = RemainderReader(frame)
    unread: dict[int, str] = {}
    for code, mask in rows.unread.items():
        unread |= dict.fromkeys(np.flatnonzero(mask & ~rows.is_call).tolist(), code)
    for place in np.flatnonzero(~rows.is_call & ~ruled.decided & ~rows.messages).tolist():
        reader.read(int(table.row_numbers[place]), table.record(place), unread.get(place, ""))
    found = reader.found
    messages = read_messages(sheet, rows)
    found.charge_rows += ruled.charge_rows + messages.charge_rows
    found.skipped.update(ruled.skipped)
    found.skipped["message"] += messages.skipped
    found.skipped = +found.skipped
    found.stated += stated_totals(sheet)
    return found, [*ruled.charges, *messages.charges]


def _one_bill(readings: Sequence[tuple[str, list[TableReading]]], problems: list[Problem]) -> Bill:
    """Put the tables of all files together; what an earlier file holds already is counted once."""
    readings = _without_repeated(readings, problems)
    files, calls, charges, rejected = [], [], [], []
    stated_all: list[tuple[list[Stated], CallTable, list[Charge]]] = []
    for path, tables in readings:
        file_calls = _concatenated([reading.calls for reading in tables])
        itemised = calls_nano(file_calls) if len(file_calls) and file_calls.frame["charge_nano"].notna().any() else None
        raw = [charge for reading in tables for charge in reading.charges]
        kept, dropped = without_repeated_usage(raw, itemised)
        kept += [charge for reading in tables for charge in reading.sure_charges]
        files.append(_file_reading(path, tables, dropped))
        calls.append(file_calls)
        charges += kept
        rejected += [item for reading in tables for item in reading.rejected]
        problems += [problem for reading in tables for problem in reading.problems]
        stated_all.append(([item for reading in tables for item in reading.stated], file_calls, kept))
    together = _concatenated(calls)
    start, end = _period(readings, together)
    currency = together.currency or next(
        (r.sheet.formats.currency for _, tables in readings for r in tables if r.charges or r.sure_charges), ""
    )
    return Bill(
        together,
        tuple(charges),
        tuple(rejected),
        tuple(files),
        _reconciliation(stated_all, together, charges),
        currency,
        start,
        end,
        next((r.sheet.columns.layout.carrier for _, tables in readings for r in tables if r.sheet.columns.layout), ""),
        tuple(problems),
    )


def _without_repeated(
    readings: Sequence[tuple[str, list[TableReading]]], problems: list[Problem]
) -> list[tuple[str, list[TableReading]]]:
    """Drop calls that stand in an earlier file; of a file that holds nothing new drop the charges and totals too."""
    if len(readings) < 2:
        return list(readings)
    seen = np.zeros(0, np.uint64)
    result = []
    for path, tables in readings:
        masks = [repeated_of(reading.calls, seen) for reading in tables]
        seen = np.concatenate([seen, *(keys_of_calls(reading.calls) for reading in tables)])
        repeated, count = sum(int(mask.sum()) for mask in masks), sum(len(mask) for mask in masks)
        if not repeated:
            result.append((path, tables))
            continue
        whole = repeated >= 0.95 * count
        code = "duplicate_file" if whole else "duplicate_rows"
        problems.append(Problem(code, Severity.WARNING, Where(path), {"count": str(repeated)}))
        result.append((path, [_without(reading, mask, whole) for reading, mask in zip(tables, masks, strict=True)]))
    return result


def _without(reading: TableReading, repeated: np.ndarray, whole: bool) -> TableReading:  # type: ignore[type-arg]
    kept = reading.calls.with_frame(reading.calls.frame[~repeated].reset_index(drop=True))
    skipped = reading.skipped + Counter(duplicate=int(repeated.sum()))
    reduced = replace(reading, calls=kept, rows_calls=len(kept), skipped=skipped)
    if not whole:
        return reduced
    skipped["duplicate"] += reading.charge_rows
    return replace(reduced, charges=[], sure_charges=[], charge_rows=0, stated=[], skipped=skipped)


def _concatenated(tables: Sequence[CallTable]) -> CallTable:
    filled = [table for table in tables if len(table)]
    return concatenate_calls(filled) if filled else (tables[0] if tables else empty_calls())


def _file_reading(path: str, tables: Sequence[TableReading], dropped: int) -> FileReading:
    main = max(tables, key=lambda reading: reading.rows_calls)
    skipped: Counter[str] = Counter()
    for reading in tables:
        skipped.update(reading.skipped)
    if dropped:
        skipped["usage_itemised"] += dropped
    layout = main.sheet.columns.layout
    return FileReading(
        path,
        layout.name if layout else "detected",
        main.sheet.table.encoding,
        main.sheet.table.delimiter,
        main.sheet.formats.date_order.value,
        main.sheet.columns.confidence,
        sum(reading.rows_total for reading in tables),
        sum(reading.rows_calls for reading in tables),
        sum(reading.charge_rows for reading in tables) - dropped,
        sum(skipped.values()),
        sum(len(reading.rejected) for reading in tables),
        tuple(sorted(skipped.items())),
        main.sheet.formats.questions,
    )


def _reconciliation(
    stated: Sequence[tuple[list[Stated], CallTable, list[Charge]]], calls: CallTable, charges: Sequence[Charge]
) -> Reconciliation:
    singly = [reconcile(*item) for item in stated]
    telling = [item for item in singly if item.stated_nano is not None]
    if not telling:
        return Reconciliation(None, calls_nano(calls) + sum(charge.amount_nano for charge in charges))
    if len(telling) == 1:
        if len(singly) > 1 and telling[0].difference_nano:
            # The total stands in one file, what it sums up in others.
            pooled = reconcile([item for found, _, _ in stated for item in found], calls, charges)
            return pooled if not pooled.difference_nano else telling[0]
        return telling[0]
    return Reconciliation(
        sum(item.stated_nano or 0 for item in telling),
        sum(item.read_nano for item in telling),
        "; ".join(dict.fromkeys(item.by for item in telling)),
    )


def _period(readings: Sequence[tuple[str, list[TableReading]]], calls: CallTable) -> tuple[date | None, date | None]:
    stated = [period_of_texts(reading.texts, reading.sheet.formats.date_order) for _, tables in readings for reading in tables]
    known = [item for item in stated if item is not None]
    if len(calls):
        local = calls.frame["start"].dt.tz_convert(calls.timezone)
        first, last = local.min().date(), local.max().date()
        known = [(start, end) for start, end in known if start <= last and end >= first - timedelta(days=40)]
        if not known:
            return first, last + timedelta(days=1)
    if not known:
        return None, None
    return min(start for start, _ in known), max(end for _, end in known)


__all__ = ["read_bill"]
