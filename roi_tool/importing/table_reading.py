"""One table to what it holds: calls, charges, stated totals, rejects; each of its records is counted once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from roi_tool.cdr import (
    Answered,
    CallTable,
    Charge,
    ChargeKind,
    ReconciliationLine,
    Rejected,
)
from roi_tool.importing.detection.formats import settle_formats
from roi_tool.importing.layout import Role
from roi_tool.importing.meaning.call_rows import CallRows, read_call_rows, without_texts
from roi_tool.importing.meaning.call_table import build_calls, read_call_texts
from roi_tool.importing.meaning.duplicates import alike_within
from roi_tool.importing.meaning.legs import join_legs
from roi_tool.importing.meaning.messages import read_messages
from roi_tool.importing.meaning.remainder import Frame, Remainder, RemainderReader, Stated
from roi_tool.importing.meaning.row_rules import Ruled, apply_row_rules, stated_totals
from roi_tool.importing.meaning.summaries import read_summaries
from roi_tool.importing.plan import Columns, Habits, Sheet
from roi_tool.importing.records.raw_table import RawTable
from roi_tool.importing.stopping import each
from roi_tool.problems import Problem, Severity, Where

_MOST_COMPARED = 300_000
"""Calls of one table that are compared with each other as they are read; the audit compares any number."""


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
    lines: tuple[ReconciliationLine, ...] = ()
    """Summaries that say less than their records add up to."""
    shape: str = ""
    """Of its titles and ways of writing: see `remembered_answers`."""
    answered: tuple[Answered, ...] = ()
    """What earlier answers of the user settled."""


def read_table(table: RawTable, columns: Columns, habits: Habits) -> TableReading:
    """Read a table whose columns are known.

    The cells of a long table take as much as its calls: they are let go before the calls are built, if the caller keeps none.
    """
    formats = settle_formats(table, columns, habits)
    sheet = Sheet(table, columns, formats)
    ruled = apply_row_rules(sheet)
    rows = read_call_rows(sheet, ruled.decided, ruled.may_call)
    found, sure = _read_remainder(sheet, rows, ruled)
    summed = read_summaries(sheet)
    texts = read_call_texts(sheet, rows, habits.country)
    legs = columns.layout.legs if columns.layout else None
    if legs is None:
        sheet = replace(sheet, table=table.without_cells())
    rows, table = without_texts(rows), sheet.table
    pa.default_memory_pool().release_unused()
    calls = build_calls(sheet, rows, texts, habits.country, habits.timezone, formats.currency)
    joined = join_legs(calls, sheet, np.flatnonzero(rows.is_call), legs)
    if joined.joined:
        found.skipped["leg"] += joined.joined
    where = Where(table.file, sheet=table.sheet)
    problems = []
    if texts.parties.mangled:
        problems.append(Problem("numbers_mangled", Severity.WARNING, where, {"count": str(texts.parties.mangled)}))
    alike = int(alike_within(joined.calls).sum()) if len(joined.calls) <= _MOST_COMPARED else 0
    if alike:
        problems.append(Problem("repeated_rows", Severity.INFO, where, {"count": str(alike)}))
    sure += summed.charges
    found.charge_rows += len(summed.charges)
    found.skipped = +(found.skipped - Counter(summary=len(summed.charges)))
    problems += summed.problems
    tax = ruled.tax_nano + summed.tax_nano + (0 if rows.tax_included else rows.tax_nano)
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
        tuple(summed.lines),
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
    for place in each(np.flatnonzero(~rows.is_call & ~ruled.decided & ~rows.messages).tolist()):
        reader.read(int(table.row_numbers[place]), table.record(place), unread.get(place, ""))
    found = reader.found
    messages = read_messages(sheet, rows)
    found.charge_rows += ruled.charge_rows + messages.charge_rows
    found.skipped.update(ruled.skipped)
    found.skipped["message"] += messages.skipped
    found.skipped = +found.skipped
    found.stated += stated_totals(sheet)
    return found, [*ruled.charges, *messages.charges]
