"""Fair use: calls in reach are free up to so many minutes per seat and month; time above costs its own price."""

from __future__ import annotations

import numpy as np

from roi_tool.money import to_nano
from roi_tool.rating.ledger import Flags, Ledger, segments_of_months, used_up
from roi_tool.tariff import FairUse

MINUTE_MS = 60_000


def apply_fair_use(ledger: Ledger, rule: FairUse) -> tuple[Flags, list[tuple[int, int]]]:
    """Free the calls in reach, and price what goes above.

    Returns:
        The calls in reach, whose charge is now 0, and (row, nano × 60000) of those that go above: to be rounded by the caller.
    """
    rows = ledger.within(rule.reach)
    wanted = np.where(rows, ledger.billed_ms - ledger.covered_ms, 0)
    owner = ledger.owners(True)
    if not len(wanted):
        return rows, []
    # Months and owners together are the segments: nothing rolls over.
    segment, names, _ = segments_of_months(owner, ledger.month)
    cap = int(rule.minutes * MINUTE_MS)
    free = used_up(segment, wanted, ledger.start_ms, dict.fromkeys(range(len(names)), cap))
    over = wanted - free
    price = to_nano(rule.price)
    above = [(row, int(over[row]) * price) for row in np.flatnonzero(over > 0).tolist()]
    return rows, above
