"""One table to what it holds: calls, charges, stated totals, rejects; each of its records is counted once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from roi_tool.cdr import Answered, CallTable, Charge, ChargeKind, ReconciliationLine, Rejected
from roi_tool.importing.layout import Role
from roi_tool.importing.meaning.call_rows import CallRows, read_call_rows
from roi_tool.importing.meaning.call_table import CallGatherer
from roi_tool.importing.meaning.duplicates import count_alike
from roi_tool.importing.meaning.messages import MessageSums
from roi_tool.importing.meaning.remainder import Frame, Remainder, RemainderReader, Stated
from roi_tool.importing.meaning.row_rules import Ruled, StatedTotals, apply_row_rules
from roi_tool.importing.meaning.summaries import SummarySums
from roi_tool.importing.plan import Columns, Formats, Habits, Sheet
from roi_tool.importing.records.raw_table import RawTable
from roi_tool.importing.records.record_source import Portions
from roi_tool.importing.stopping import each
from roi_tool.problems import Problem, Severity, Where


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


class TableReader:
    """Reads a table whose columns and formats are known, part by part from the first to the last.

    Args:
        columns: of the table.
        formats: of its cells, as far as they matter for reading.
        habits: of the account.
        portions: how much is held at a time.
    """

    def __init__(self, columns: Columns, formats: Formats, habits: Habits, portions: Portions) -> None:
        self._columns, self._formats = columns, formats
        self._calls = CallGatherer(columns, habits, portions)
        self._remainder = _RemainderParts()
        self._messages, self._stated, self._summaries = MessageSums(), StatedTotals(), SummarySums()
        self._ruled: list[Charge] = []
        self._ruled_rows = self._tax = self._calls_tax = self._records = 0
        self._tax_included: bool | None = None
        self._skipped: Counter[str] = Counter()

    def read(self, table: RawTable) -> None:
        """Read a part.

        Raises:
            ProblemError: there is no room for its calls.
        """
        sheet = Sheet(table, self._columns, self._formats, self._records)
        self._records += len(table)
        ruled = apply_row_rules(sheet)
        rows = read_call_rows(sheet, ruled.decided, ruled.may_call)
        self._remainder.read(sheet, rows, ruled)
        self._messages.add(sheet, rows)
        self._stated.add(sheet)
        self._summaries.add(sheet)
        self._calls.add(sheet, rows)
        self._ruled += ruled.charges
        self._ruled_rows += ruled.charge_rows
        self._skipped.update(ruled.skipped)
        self._tax += ruled.tax_nano
        self._calls_tax += rows.tax_nano
        self._tax_included = rows.tax_included

    def finish(self, facts: RawTable, formats: Formats) -> TableReading:
        """Return what the table gave.

        Args:
            facts: the table without its records.
            formats: as the whole table settles them, with what is asked.

        Raises:
            ProblemError: there is no room for its calls.
        """
        sheet = Sheet(facts, self._columns, formats)
        found, summed, where = self._remainder.finish(sheet), self._summaries.compared(), Where(facts.file, sheet=facts.sheet)
        gathered = self._calls.finish(facts.file, formats.currency)
        skipped = found.skipped + self._skipped + Counter(message=self._messages.skipped, leg=gathered.legs)
        problems = []
        if self._calls.parties.mangled:
            problems.append(Problem("numbers_mangled", Severity.WARNING, where, {"count": str(self._calls.parties.mangled)}))
        alike = count_alike(gathered.calls)
        if alike:
            problems.append(Problem("repeated_rows", Severity.INFO, where, {"count": str(alike)}))
        sure = [*self._ruled, *self._messages.charges(), *summed.charges]
        tax = self._tax + summed.tax_nano + (0 if self._tax_included else self._calls_tax)
        if tax:
            sure.append(Charge(ChargeKind.TAX, self._columns.title(Role.TAX) or "Tax", tax, where=where))
        return TableReading(
            gathered.calls,
            found.charges,
            sure,
            found.charge_rows + self._ruled_rows + self._messages.charge_rows + len(summed.charges),
            found.stated + self._stated.found(),
            found.rejected,
            +(skipped - Counter(summary=len(summed.charges))),
            self._records,
            len(gathered.calls),
            sheet,
            found.texts,
            problems + summed.problems,
            tuple(summed.lines),
        )


class _RemainderParts:
    """Reads what is no call, record by record; what stands above the first call waits until one is found or none is left."""

    def __init__(self) -> None:
        self._reader: RemainderReader | None = None
        self._waiting: list[tuple[int, list[str], str]] = []

    def read(self, sheet: Sheet, rows: CallRows, ruled: Ruled) -> None:
        table = sheet.table
        unread: dict[int, str] = {}
        for code, mask in rows.unread.items():
            unread |= dict.fromkeys(np.flatnonzero(mask & ~rows.is_call).tolist(), code)
        for place in each(np.flatnonzero(~rows.is_call & ~ruled.decided & ~rows.messages).tolist()):
            self._waiting.append((int(table.row_numbers[place]), table.record(place), unread.get(place, "")))
        if self._reader is None and rows.is_call.any():
            self._reader = _remainder_reader(sheet, int(table.row_numbers[int(rows.is_call.argmax())]))
        if self._reader is not None:
            self._flush(self._reader)

    def finish(self, sheet: Sheet) -> Remainder:
        reader = self._reader or _remainder_reader(sheet, None)
        self._flush(reader)
        return reader.found

    def _flush(self, reader: RemainderReader) -> None:
        for number, record, unread in self._waiting:
            reader.read(number, record, unread)
        self._waiting.clear()


def _remainder_reader(sheet: Sheet, first_call: int | None) -> RemainderReader:
    table, columns, formats = sheet.table, sheet.columns, sheet.formats
    titles = columns.titles if columns.header is not None and first_call is not None else ()
    money = columns.place(Role.CHARGE) if columns.has(Role.CHARGE) else columns.place(Role.CHARGE_WITH_TAX)
    return RemainderReader(Frame(table.file, table.sheet, titles, money, formats.amount, formats.date_order, first_call))
