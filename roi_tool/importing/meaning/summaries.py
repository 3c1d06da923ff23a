"""Records that sum up others: held against them, so that no money is counted twice and none is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from roi_tool.cdr import Charge, ChargeKind, ReconciliationLine
from roi_tool.importing.layout import ColumnName, Condition
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
    label: str = ""
    where: Where = Where()
    """Of the first record."""


class SummarySums:
    """Each summary that the layout declares and the records that it sums up, key by key, gathered part by part."""

    def __init__(self) -> None:
        self._stated: list[dict[str, _Sum]] = []
        self._items: list[dict[str, _Sum]] = []

    def add(self, sheet: Sheet) -> None:
        """Add the summaries and records of a part."""
        layout = sheet.columns.layout
        for place, summary in enumerate(layout.summaries if layout else ()):
            if place == len(self._stated):
                self._stated.append({})
                self._items.append({})
            money = (summary.amount, summary.tax)
            _add(self._stated[place], sheet, summary.when, summary.key, money, summary.description)
            items = (summary.items_amount, summary.items_tax)
            _add(self._items[place], sheet, summary.items_when, summary.items_key, items)

    def compared(self) -> Summed:
        """Hold each summary against its records."""
        result = Summed()
        for stated, items in zip(self._stated, self._items, strict=True):
            for key, one in stated.items():
                _compare(key, one, items.get(key, _Sum()), result)
        return result


def _compare(key: str, stated: _Sum, read: _Sum, result: Summed) -> None:
    label = stated.label or key
    gross, gross_read = stated.net + stated.tax, read.net + read.tax
    if gross > gross_read and stated.net > read.net:
        result.charges.append(Charge(ChargeKind.USAGE_SUMMARY, label, stated.net - read.net, where=stated.where))
        result.tax_nano += stated.tax - read.tax
        result.problems.append(Problem("usage_not_itemised", Severity.INFO, stated.where, {"label": label}))
    elif gross != gross_read:
        result.lines.append(ReconciliationLine("summary", label, gross, gross_read, stated.where))


def _add(
    sums: dict[str, _Sum],
    sheet: Sheet,
    when: Sequence[Condition],
    key: ColumnName,
    money: tuple[ColumnName, ColumnName | None],
    description: Sequence[ColumnName] = (),
) -> None:
    table = sheet.table
    for place in np.flatnonzero(meets_all(sheet, when)).tolist():
        name = cell_in(sheet, place, key)
        entry = sums.get(name)
        if entry is None:
            label = " ".join(text for text in (cell_in(sheet, place, column) for column in description) if text)
            where = Where(table.file, int(table.row_numbers[place]), sheet=table.sheet)
            entry = sums[name] = _Sum(label=label, where=where)
        entry.net += amount_in(sheet, place, money[0]) or 0
        entry.tax += amount_in(sheet, place, money[1]) or 0
