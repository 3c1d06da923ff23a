"""Allowances: minutes, calls or money a month that are not charged, with rollover, used in the order of the calls."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from roi_tool.money import to_nano
from roi_tool.rating.ledger import Ledger, used_up
from roi_tool.rating.number_keys import IntColumn
from roi_tool.tariff import Allowance, Counted, Shared


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
    taken = _by_month(ledger, allowance, wanted, amount)
    if allowance.counted is Counted.MONEY:
        ledger.charge_nano -= taken
        return taken
    ledger.covered_ms += (
        np.where(taken > 0, ledger.billed_ms - ledger.covered_ms, 0) if allowance.counted is Counted.CALLS else taken
    )
    if allowance.covers_fees:
        ledger.fees_covered |= taken > 0
    return taken


def _by_month(ledger: Ledger, allowance: Allowance, wanted: IntColumn, amount: int) -> IntColumn:
    owner = ledger.owners(allowance.shared is Shared.SEAT)
    taken = np.zeros(len(wanted), dtype=np.int64)
    if not len(wanted):
        return taken
    fresh = _fresh(ledger, allowance, owner, amount)
    # What is left of each month, oldest first; at most `rollover_months` of them stay.
    stores: dict[int, list[int]] = defaultdict(list)
    first, last = int(ledger.month.min()), int(ledger.month.max())
    if first == last:
        return used_up(owner, wanted, ledger.start_ms, fresh)
    for month in range(first, last + 1):
        for name, size in fresh.items():
            stores[name] = [*stores[name][-allowance.rollover_months :], size] if allowance.rollover_months else [size]
        rows = np.flatnonzero((ledger.month == month) & (wanted > 0))
        if not len(rows):
            continue
        available = {name: sum(left) for name, left in stores.items()}
        got = used_up(owner[rows], wanted[rows], ledger.start_ms[rows], available)
        taken[rows] = got
        if allowance.rollover_months:
            names, places = np.unique(owner[rows], return_inverse=True)
            used = np.bincount(places.reshape(-1), weights=got).astype(np.int64)
            for name, total in zip(names.tolist(), used.tolist(), strict=True):
                _use(stores[name], total)
    return taken


def _fresh(ledger: Ledger, allowance: Allowance, owner: IntColumn, amount: int) -> dict[int, int]:
    """Return each owner's monthly amount."""
    if allowance.shared is Shared.POOL:
        return {name: amount * seats for name, seats in ledger.seats_of.items()}
    return dict.fromkeys(np.unique(owner).tolist(), amount)


def _use(left: list[int], total: int) -> None:
    for place, size in enumerate(left):
        part = min(size, total)
        left[place] -= part
        total -= part
