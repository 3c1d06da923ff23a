"""Bills brought to one tax state, so that they make one baseline: as the user says, or with the tax taken out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

import numpy as np

from roi_tool.cdr import Bill, Charge, ChargeKind
from roi_tool.money import Rounding, round_ratio, round_ratio_column
from roi_tool.problems import Problem, Severity, Where
from roi_tool.quoting.case import Case

Change = Callable[[Bill], Bill]


def tax_said(bill: Bill, *, included: bool) -> Bill:
    """Return a bill whose amounts hold tax or not as told, where it does not say so itself."""
    if bill.calls.tax_included is not None:
        return bill
    charges = (replace(one, tax_included=included) if one.tax_included is None else one for one in bill.charges)
    return replace(bill, calls=replace(bill.calls, tax_included=included), charges=tuple(charges))


def tax_taken_out(bill: Bill, rate: Decimal) -> Bill:
    """Return a bill without the tax that its calls and charges hold, each half up to a nano unit; others stay as they are.

    Its reconciliation stays in the amounts that the bill prints.
    """
    if not bill.calls.tax_included:
        return bill
    over, under = (1 + rate).as_integer_ratio()
    frame = bill.calls.frame
    known = frame["charge_nano"].notna()
    gross = frame["charge_nano"].fillna(0).to_numpy(np.int64)
    net = frame["charge_nano"].copy()
    net[known] = round_ratio_column(gross * under, over, Rounding.HALF_UP)[known.to_numpy()]
    calls = replace(bill.calls.with_frame(frame.assign(charge_nano=net)), tax_included=False)
    charges = tuple(_net(one, over, under) for one in bill.charges)
    where = Where(bill.files[0].path if bill.files else "")
    said = Problem("bill_tax_taken_out", Severity.INFO, where, {"percent": format((rate * 100).normalize(), "f")})
    return replace(bill, calls=calls, charges=charges, problems=(*bill.problems, said))


def _net(charge: Charge, over: int, under: int) -> Charge:
    if charge.kind is ChargeKind.TAX or charge.tax_included is False:
        return charge
    net = round_ratio(charge.amount_nano * under, over, Rounding.HALF_UP)
    return replace(charge, amount_nano=net, tax_included=False)


def changed_case(case: Case, change: Change) -> Case:
    """Return the case with each of its bills changed; it is to be prepared again."""
    return replace(case, bills=tuple(map(change, case.bills)))


def like_the_first(bills: Sequence[Bill]) -> tuple[Bill, ...]:
    """Return the bills that go with the first: in its currency, zone, country and tax state."""

    def kind(bill: Bill) -> tuple[object, ...]:
        return bill.calls.currency, bill.calls.timezone, bill.calls.country, bill.calls.tax_included

    return tuple(bill for bill in bills if kind(bill) == kind(bills[0]))
