"""The tables of all files of a bill put together: what is repeated is counted once, the totals are reconciled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from roi_tool.cdr import (
    Bill,
    CallTable,
    Charge,
    ChargeKind,
    FileReading,
    Reconciliation,
    ReconciliationLine,
    Rejected,
    concatenate_calls,
    empty_calls,
)
from roi_tool.importing.meaning.account import period_of_texts
from roi_tool.importing.meaning.duplicates import keys_of_calls, repeated_of
from roi_tool.importing.meaning.remainder import Stated
from roi_tool.importing.meaning.totals import calls_nano, reconcile, with_usage_once
from roi_tool.importing.records.pdf_tables import sureness
from roi_tool.importing.table_reading import TableReading
from roi_tool.problems import Problem, Severity, Where

_LABEL, _MOST_LINES = 80, 500
CENT_NANO = 10**7
"""A summary prints two decimals of what the calls say in more: below this they are the same money."""


def join_tables(
    readings: Sequence[tuple[str, list[TableReading]]], problems: list[Problem], *, keep_repeated: bool = False
) -> Bill:
    """Put the tables of all files together; what an earlier file holds already is counted once.

    With `keep_repeated` only files that hold nothing new are left out.
    """
    readings = _without_repeated(readings, problems, keep=keep_repeated)
    files, calls, charges, rejected = [], [], [], []
    stated_all: list[tuple[list[Stated], CallTable, list[Charge], list[ReconciliationLine]]] = []
    for path, tables in readings:
        file_calls = _concatenated([reading.calls for reading in tables])
        raw = [charge for reading in tables for charge in reading.charges]
        sure = [charge for reading in tables for charge in reading.sure_charges]
        stated = [item for reading in tables for item in reading.stated]
        kept, dropped, more = with_usage_once(raw, sure, file_calls, stated)
        problems += [Problem("usage_not_itemised", Severity.WARNING, item.where, {"label": item.description}) for item in more]
        problems += _of_paper(path, tables)
        files.append(_file_reading(path, tables, dropped))
        calls.append(file_calls)
        charges += kept
        rejected += [item for reading in tables for item in reading.rejected]
        problems += [problem for reading in tables for problem in reading.problems]
        lines = [line for reading in tables for line in (*reading.lines, *_of_rejected(reading.rejected))]
        stated_all.append((stated, file_calls, kept, lines))
    together = _concatenated(calls)
    again = _itemised_elsewhere([item[2] for item in stated_all], calls)
    files = [
        _with_usage_skipped(file, sum(map(again.__contains__, item[2]))) for file, item in zip(files, stated_all, strict=True)
    ]
    charges = [charge for charge in charges if charge not in again]
    start, end = _period(readings, together)
    return Bill(
        together,
        tuple(charges),
        tuple(rejected),
        tuple(files),
        _pooled(stated_all, together, charges) if again else _reconciliation(stated_all, together, charges),
        together.currency or _currency_of_charges(readings),
        start,
        end,
        next((r.sheet.columns.layout.carrier for _, tables in readings for r in tables if r.sheet.columns.layout), ""),
        tuple(problems),
    )


def _currency_of_charges(readings: Sequence[tuple[str, list[TableReading]]]) -> str:
    found = (reading for _, tables in readings for reading in tables if reading.charges or reading.sure_charges)
    return next((reading.sheet.formats.currency for reading in found), "")


def _without_repeated(
    readings: Sequence[tuple[str, list[TableReading]]], problems: list[Problem], *, keep: bool
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
        whole = repeated >= 0.95 * count
        if not repeated or (keep and not whole):
            result.append((path, tables))
            continue
        code = "duplicate_file" if whole else "duplicate_rows"
        problems.append(Problem(code, Severity.WARNING, Where(path), {"count": str(repeated)}))
        result.append((path, [_without(reading, mask, whole) for reading, mask in zip(tables, masks, strict=True)]))
    return result


def _without(reading: TableReading, repeated: np.ndarray, whole: bool) -> TableReading:
    kept = reading.calls.with_frame(reading.calls.frame[~repeated].reset_index(drop=True))
    skipped = reading.skipped + Counter(duplicate=int(repeated.sum()))
    reduced = replace(reading, calls=kept, rows_calls=len(kept), skipped=skipped)
    if not whole:
        return reduced
    skipped["duplicate"] += reading.charge_rows
    return replace(reduced, charges=[], sure_charges=[], charge_rows=0, stated=[], skipped=skipped)


def _itemised_elsewhere(charges: Sequence[Sequence[Charge]], calls: Sequence[CallTable]) -> list[Charge]:
    """Return the summaries of calls in files without calls when just that money is itemised in the other files.

    Args:
        charges: of each file.
        calls: of each file.
    """
    found = [
        charge
        for kept, own in zip(charges, calls, strict=True)
        for charge in kept
        if charge.kind is ChargeKind.USAGE_SUMMARY and not len(own)
    ]
    itemised = sum(map(calls_nano, calls))
    return found if found and abs(sum(charge.amount_nano for charge in found) - itemised) < CENT_NANO else []


def _with_usage_skipped(file: FileReading, dropped: int) -> FileReading:
    if not dropped:
        return file
    skipped = Counter(dict(file.skipped_by_reason)) + Counter(usage_itemised=dropped)
    return replace(
        file,
        rows_charges=file.rows_charges - dropped,
        rows_skipped=file.rows_skipped + dropped,
        skipped_by_reason=tuple(sorted(skipped.items())),
    )


def _of_rejected(rejected: Sequence[Rejected]) -> list[ReconciliationLine]:
    """Say of rows that could not be read what money they hold: so much less was read."""
    return [
        ReconciliationLine("rejected", item.text[:_LABEL], item.amount_nano, 0, item.problem.where)
        for item in rejected[:_MOST_LINES]
        if item.amount_nano
    ]


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
        round(main.sheet.columns.confidence * (sureness(main.sheet.table) or 1.0), 3),
        sum(reading.rows_total for reading in tables),
        sum(reading.rows_calls for reading in tables),
        sum(reading.charge_rows for reading in tables) - dropped,
        sum(skipped.values()),
        sum(len(reading.rejected) for reading in tables),
        tuple(sorted(skipped.items())),
        main.sheet.formats.questions,
        main.shape,
        main.answered,
    )


def _of_paper(path: str, tables: Sequence[TableReading]) -> list[Problem]:
    """Say that what was read from a PDF is a first try, and how sure it is."""
    sure = [
        found * item.sheet.columns.confidence for item in tables if (found := sureness(item.sheet.table)) and item.rows_calls
    ]
    sure = sure or [found for item in tables if (found := sureness(item.sheet.table))]
    if not sure:
        return []
    return [Problem("pdf_first_try", Severity.WARNING, Where(path), {"percent": f"{min(sure) * 100:.0f}"})]


def _pooled(
    stated: Sequence[tuple[list[Stated], CallTable, list[Charge], list[ReconciliationLine]]],
    calls: CallTable,
    charges: Sequence[Charge],
) -> Reconciliation:
    """Hold all files against the total of the bill that they make together."""
    lines = [line for *_, found in stated for line in found]
    return reconcile([item for found, *_ in stated for item in found], calls, charges, lines)


def _reconciliation(
    stated: Sequence[tuple[list[Stated], CallTable, list[Charge], list[ReconciliationLine]]],
    calls: CallTable,
    charges: Sequence[Charge],
) -> Reconciliation:
    singly = [reconcile(*item) for item in stated]
    telling = [item for item in singly if item.stated_nano is not None]
    if not telling:
        return Reconciliation(None, calls_nano(calls) + sum(charge.amount_nano for charge in charges))
    if len(telling) == 1:
        if len(singly) > 1 and telling[0].difference_nano:
            # The total stands in one file, what it sums up in others.
            pooled = reconcile([item for found, *_ in stated for item in found], calls, charges)
            return pooled if not pooled.difference_nano else telling[0]
        return telling[0]
    return Reconciliation(
        sum(item.stated_nano or 0 for item in telling),
        sum(item.read_nano for item in telling),
        "; ".join(dict.fromkeys(item.by for item in telling)),
        tuple(line for item in telling for line in item.lines),
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
