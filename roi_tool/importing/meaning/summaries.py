"""Records that sum up others: held against them, so that no money is counted twice and none is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from roi_tool.cdr import Charge, ChargeKind, ReconciliationLine
from roi_tool.importing.layout import ColumnName, Condition, Summary
from roi_tool.importing.meaning.conditions import meets_all
from roi_tool.importing.meaning.row_rules import amount_in, cell_in
from roi_tool.importing.plan import Sheet
from roi_tool.problems import Problem, Severity, Where


@dataclass
class Summed:
    """What the summaries of a table hold beyond the records that they sum up."""

    charges: list[Charge] = field(default_factory=list)
    """Money that is summed up and not itemised."""
    tax_nano: int = 0
    lines: list[ReconciliationLine] = field(default_factory=list)
    """Keys whose records add up to more than their summary says."""
    problems: list[Problem] = field(default_factory=list)


@dataclass
class _Sum:
    net: int = 0
    tax: int = 0
    row: int = 0
    """Place of the first record."""


def read_summaries(sheet: Sheet) -> Summed:
    """Hold each summary that the layout declares against its records, key by key."""
    result = Summed()
    layout = sheet.columns.layout
    for summary in layout.summaries if layout else ():
        sums = _sums(sheet, summary.when, summary.key, (summary.amount, summary.tax))
        items = _sums(sheet, summary.items_when, summary.items_key, (summary.items_amount, summary.items_tax))
        for key, stated in sums.items():
            _compare(sheet, summary, key, stated, items.get(key, _Sum()), result)
    return result


def _compare(sheet: Sheet, summary: Summary, key: str, stated: _Sum, read: _Sum, result: Summed) -> None:
    table = sheet.table
    where = Where(table.file, int(table.row_numbers[stated.row]), sheet=table.sheet)
    label = " ".join(text for text in (cell_in(sheet, stated.row, name) for name in summary.description) if text) or key
    gross, gross_read = stated.net + stated.tax, read.net + read.tax
    if gross > gross_read and stated.net > read.net:
        result.charges.append(Charge(ChargeKind.USAGE_SUMMARY, label, stated.net - read.net, where=where))
        result.tax_nano += stated.tax - read.tax
        result.problems.append(Problem("usage_not_itemised", Severity.INFO, where, {"label": label}))
    elif gross != gross_read:
        result.lines.append(ReconciliationLine("summary", label, gross, gross_read, where))


def _sums(
    sheet: Sheet, when: Sequence[Condition], key: ColumnName, money: tuple[ColumnName, ColumnName | None]
) -> Mapping[str, _Sum]:
    sums: dict[str, _Sum] = {}
    for place in np.flatnonzero(meets_all(sheet, when)).tolist():
        entry = sums.setdefault(cell_in(sheet, place, key), _Sum(row=place))
        entry.net += amount_in(sheet, place, money[0]) or 0
        entry.tax += amount_in(sheet, place, money[1]) or 0
    return sums
