"""Allowances: minutes, calls or money a month that are not charged, with rollover, used in the order of the calls."""

from __future__ import annotations

import numpy as np

from roi_tool.money import to_nano
from roi_tool.rating.collecting import use_by_month
from roi_tool.rating.ledger import Ledger
from roi_tool.rating.number_keys import IntColumn
from roi_tool.tariff import Allowance, Counted


def apply_allowance(ledger: Ledger, allowance: Allowance) -> IntColumn:
    """Use an allowance up: time and calls go to `covered_ms`, money off `charge_nano`.

    Returns:
        What each call took: ms, calls, or nano units.
    """
    rows = ledger.within(allowance.reach)
    if allowance.counted is Counted.MINUTES:
        wanted = np.where(rows, ledger.billed_ms - ledger.covered_ms, 0)
        amount = int(allowance.amount * 60_000)
    elif allowance.counted is Counted.CALLS:
        wanted = np.where(rows & (ledger.covered_ms < ledger.billed_ms), 1, 0)
        amount = int(allowance.amount)
    else:
        wanted = np.where(rows, ledger.charge_nano, 0)
        amount = to_nano(allowance.amount)
    taken = use_by_month(ledger, allowance, wanted, amount)
    if allowance.counted is Counted.MONEY:
        ledger.charge_nano -= taken
        return taken
    ledger.covered_ms += (
        np.where(taken > 0, ledger.billed_ms - ledger.covered_ms, 0) if allowance.counted is Counted.CALLS else taken
    )
    if allowance.covers_fees:
        ledger.fees_covered |= taken > 0
    return taken
