"""Files of one bill that were given singly: a summary without calls belongs to the file that itemises just its usage."""

from __future__ import annotations

from collections.abc import Sequence

from roi_tool.cdr import Bill, ChargeKind
from roi_tool.importing.bill_joining import CENT_NANO


def pairs_of(bills: Sequence[Bill]) -> tuple[tuple[int, int], ...]:
    """Return (place of the bill with the calls, place of its summary), each bill at most once."""
    taken: set[int] = set()
    found = []
    for place, summary in enumerate(bills):
        usage = _summed_up(summary)
        if len(summary.calls) or not usage:
            continue
        fitting = (
            other
            for other, bill in enumerate(bills)
            if other not in taken and len(bill.calls) and abs(_itemised(bill) - usage) < CENT_NANO and not _summed_up(bill)
        )
        partner = next(fitting, None)
        if partner is not None:
            taken |= {place, partner}
            found.append((partner, place))
    return tuple(found)


def _summed_up(bill: Bill) -> int:
    return sum(charge.amount_nano for charge in bill.charges if charge.kind is ChargeKind.USAGE_SUMMARY)


def _itemised(bill: Bill) -> int:
    return int(bill.calls.frame["charge_nano"].sum())
