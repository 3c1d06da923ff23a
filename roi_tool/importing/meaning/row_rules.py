"""The rules that a layout declares for its rows: which are calls, which are charges, which say nothing new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from roi_tool.cdr import Charge, ChargeKind
from roi_tool.importing.cells.amounts import parse_amount
from roi_tool.importing.cells.words import charge_kind_of
from roi_tool.importing.layout import ColumnName, RowRule, StatedTotal
from roi_tool.importing.meaning.conditions import meets_all
from roi_tool.importing.meaning.remainder import Stated
from roi_tool.importing.plan import Sheet, column_place
from roi_tool.problems import Where

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Ruled:
    """What the rules decided: each record falls to the first rule that applies to it, or to none. Charges as they stand."""

    decided: Mask
    skipped: Mapping[str, int] = field(default_factory=dict)
    charges: Sequence[Charge] = ()
    charge_rows: int = 0
    may_call: Mask | None = None
    """Records that may be calls, where rules name them; None leaves it open."""
    tax_nano: int = 0
    """Tax of the charges, where it stands in a column of its own."""


def apply_row_rules(sheet: Sheet) -> Ruled:
    """Apply the rules of the table's layout."""
    layout = sheet.columns.layout
    rows = len(sheet.table)
    undecided = np.ones(rows, bool)
    undecided[: sheet.first()] = False
    if layout is None or not layout.rows:
        return Ruled(np.zeros(rows, bool))
    decided, may_call = np.zeros(rows, bool), None
    skipped: dict[str, int] = {}
    charges: list[Charge] = []
    charge_rows = tax = 0
    for rule in layout.rows:
        meets = undecided & meets_all(sheet, rule.when)
        undecided &= ~meets
        if rule.take == "call":
            may_call = meets if may_call is None else may_call | meets
            continue
        decided |= meets
        places = np.flatnonzero(meets)
        if rule.take == "skip":
            skipped[rule.reason] = skipped.get(rule.reason, 0) + len(places)
            continue
        for place in places.tolist():
            charges.append(_charge(sheet, place, rule))
            tax += amount_in(sheet, place, rule.tax) or 0
        charge_rows += len(places)
    charges.sort(key=lambda charge: charge.where.row or 0)
    return Ruled(decided, skipped, charges, charge_rows, may_call, tax)


class StatedTotals:
    """The totals that the layout says where to find, gathered part by part."""

    def __init__(self) -> None:
        self._found: dict[int, list[Stated]] = {}

    def add(self, sheet: Sheet) -> None:
        """Add those of a part."""
        layout = sheet.columns.layout
        for place, total in enumerate(layout.totals if layout else ()):
            found = self._found.setdefault(place, [])
            if not total.of_file:
                found += _stated(sheet, total)
                continue
            summed = _summed(sheet, total)
            if summed is not None:
                found[:] = [replace(found[0], amount_nano=found[0].amount_nano + summed.amount_nano) if found else summed]

    def found(self) -> list[Stated]:
        """Return all of them, in the layout's order."""
        return [stated for place in sorted(self._found) for stated in self._found[place]]


def _stated(sheet: Sheet, total: StatedTotal) -> list[Stated]:
    found = []
    for place in np.flatnonzero(meets_all(sheet, total.when)):
        amounts = [amount_in(sheet, int(place), name) for name in total.columns]
        known = [amount for amount in amounts if amount is not None]
        if known:
            where = Where(sheet.table.file, int(sheet.table.row_numbers[place]), sheet=sheet.table.sheet)
            level = "net" if total.tax_included is False else "grand"
            found.append(Stated(total.label or sheet.table.record(int(place))[0], sum(known), level, where))
    return found


def _summed(sheet: Sheet, total: StatedTotal) -> Stated | None:
    """Return the sum of the records that together sum up what the file holds, None where there are none."""
    places = np.flatnonzero(meets_all(sheet, total.when)).tolist()
    if not places:
        return None
    where = Where(sheet.table.file, int(sheet.table.row_numbers[places[0]]), sheet=sheet.table.sheet)
    amount = sum(amount_in(sheet, place, name) or 0 for place in places for name in total.columns)
    return Stated(total.label, amount, "file", where)


def cell_in(sheet: Sheet, row: int, name: ColumnName | None) -> str:
    """Return the text of a cell, "" where the table has no such column."""
    place = None if name is None else column_place(name, sheet.columns.titles, sheet.table.width)
    return "" if place is None else str(sheet.table.columns[place][row].as_py()).strip()


def amount_in(sheet: Sheet, row: int, name: ColumnName | None) -> int | None:
    """Return the money in a cell, None where there is none."""
    return parse_amount(cell_in(sheet, row, name), sheet.formats.amount)


def _charge(sheet: Sheet, row: int, rule: RowRule) -> Charge:
    amount = rule.sign * (amount_in(sheet, row, rule.amount) or 0)
    parts = [cell_in(sheet, row, name) for name in rule.description]
    description = " ".join(part for part in parts if part) or rule.reason
    kind = rule.kind or charge_kind_of(description) or ChargeKind.RECURRING
    where = Where(sheet.table.file, int(sheet.table.row_numbers[row]), sheet=sheet.table.sheet)
    quantity = amount_in(sheet, row, rule.quantity)
    count = Decimal(1) if quantity is None else Decimal(quantity).scaleb(-9).normalize()
    return Charge(kind, description, amount, count, where=where)
