"""Who collects an allowance when, and what rolls over: one rule for several months at once and for month after month.

- An account collects from the first month for which it is billed; where that is not stated, from the month of its first call.
- A seat collects from the month of its first rated, answered call in a direction that the allowance reaches.
- Both then collect every month, with calls or without. A pool collects its amount for each seat; seats that are not stated are
  the numbers that called out in that very month, so a month without calls adds nothing to such a pool.
- What is left of a month stays usable for `rollover_months` further months; the oldest is used first.
"""

from __future__ import annotations

import numpy as np

from roi_tool.rating.carried import AllowanceLeft, unit_of
from roi_tool.rating.ledger import Ledger, segments_of_months, used_up
from roi_tool.rating.number_keys import IntColumn
from roi_tool.tariff import Allowance, Shared


def use_by_month(ledger: Ledger, allowance: Allowance, wanted: IntColumn, amount: int) -> IntColumn:
    """Give the calls what they want of an allowance of `amount` a month, in the order of their starts.

    Returns:
        What each call gets. What is left after the last month is noted in `ledger.left` where the account's months are known.
    """
    if allowance.rollover_months:
        return _rolling(ledger, allowance, wanted, amount)
    if not len(wanted):
        return np.zeros(0, dtype=np.int64)
    segment, owners, months = segments_of_months(ledger.owners(allowance.shared is Shared.SEAT), ledger.month)
    fresh = dict.fromkeys(range(len(owners)), amount)
    if allowance.shared is Shared.POOL:
        pairs = zip(owners.tolist(), months.tolist(), strict=True)
        fresh = {number: amount * ledger.seats_in(account, month) for number, (account, month) in enumerate(pairs)}
    return used_up(segment, wanted, ledger.start_ms, fresh)


def _rolling(ledger: Ledger, allowance: Allowance, wanted: IntColumn, amount: int) -> IntColumn:
    owner = ledger.owners(allowance.shared is Shared.SEAT)
    stores = _brought_forward(ledger, allowance)
    first, last = ledger.span()
    begins = dict.fromkeys(stores, first) | _first_months(ledger, allowance, owner, set(stores))
    taken = np.zeros(len(wanted), dtype=np.int64)
    for month in range(first, last + 1):
        for name, begin in begins.items():
            if begin <= month:
                size = amount * ledger.seats_in(name, month) if allowance.shared is Shared.POOL else amount
                stores[name] = [*stores.get(name, [])[-allowance.rollover_months :], size]
        rows = np.flatnonzero((ledger.month == month) & (wanted > 0))
        if not len(rows):
            continue
        available = {name: sum(left) for name, left in stores.items()}
        taken[rows] = used_up(owner[rows], wanted[rows], ledger.start_ms[rows], available)
        names, places = np.unique(owner[rows], return_inverse=True)
        used = np.zeros(len(names), dtype=np.int64)
        np.add.at(used, places.reshape(-1), taken[rows])
        for name, total in zip(names.tolist(), used.tolist(), strict=True):
            _use(stores[name], total)
    _carry_forward(ledger, allowance, stores)
    return taken


def _first_months(ledger: Ledger, allowance: Allowance, owner: IntColumn, known: set[int]) -> dict[int, int]:
    """Return the month from which each owner that brings nothing along collects."""
    if allowance.shared is Shared.SEAT:
        rows = np.flatnonzero(ledger.counted & ledger.towards(allowance.reach.directions))
    elif ledger.months is not None:
        return {0: ledger.months.first} if 0 not in known else {}
    else:
        rows = np.flatnonzero(~ledger.ignored)
    names, places = np.unique(owner[rows], return_inverse=True)
    begins = np.full(len(names), np.iinfo(np.int64).max)
    np.minimum.at(begins, places.reshape(-1), ledger.month[rows])
    return {name: begin for name, begin in zip(names.tolist(), begins.tolist(), strict=True) if name not in known}


def _use(left: list[int], total: int) -> None:
    """Take from the oldest first."""
    for place, size in enumerate(left):
        part = min(size, total)
        left[place] -= part
        total -= part


def _brought_forward(ledger: Ledger, allowance: Allowance) -> dict[int, list[int]]:
    """Return what owners have left of earlier months, by owner number."""
    carried = ledger.months.carried if ledger.months else None
    rest = carried.allowances.get(allowance.id) if carried else None
    if rest is None:
        return {}
    if not rest.per_seat:
        return {0: list(rest.left.get("", ()))}
    return {ledger.seats.number_of(seat): list(left) for seat, left in rest.left.items()}


def _carry_forward(ledger: Ledger, allowance: Allowance, stores: dict[int, list[int]]) -> None:
    if ledger.months is None:
        return
    per_seat = allowance.shared is Shared.SEAT
    left = {
        ledger.seats.name_of(number) if per_seat else "": tuple(rest[-allowance.rollover_months :])
        for number, rest in stores.items()
    }
    ledger.left[allowance.id] = AllowanceLeft(unit_of(allowance, ledger.currency), per_seat, dict(sorted(left.items())))
