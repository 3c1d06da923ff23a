"""The month's book of an account: calls in their order, to be used up by allowances and priced by tiers.

What the rules of `charges` share, so that these need not know each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from roi_tool.rating.columns import CLASSES, DIRECTIONS, CallColumns
from roi_tool.rating.compiled import CompiledTariff
from roi_tool.rating.number_keys import IntColumn, number_codes
from roi_tool.rating.stateless import Prices
from roi_tool.tariff import Reach, Shared

Flags = npt.NDArray[np.bool_]


@dataclass(eq=False)
class Ledger:
    """Calls as the rules see them. Rules change `covered_ms` and `charge_nano`; all else is given.

    Attributes:
        account, seat: numbers of the account and of the calling number.
        month: local month of the start, counted from year 0.
        billed_ms: billed time; `covered_ms` of it, from the start of the call, is paid by allowances.
        charge_nano: the charge so far.
        counted: answered calls that were rated.
        seats_of: seats by account number.
        fees_covered: calls whose fees an allowance pays.
    """

    account: IntColumn
    seat: IntColumn
    month: IntColumn
    start_ms: IntColumn
    duration_ms: IntColumn
    billed_ms: IntColumn
    charge_nano: IntColumn
    covered_ms: IntColumn
    fees_covered: Flags
    counted: Flags
    groups: list[str]
    group: npt.NDArray[np.int32]
    direction: npt.NDArray[np.int8] | None
    called_class: npt.NDArray[np.int8] | None
    seats_of: dict[int, int]

    def within(self, reach: Reach) -> Flags:
        """Return the counted calls that a rule is about."""
        rows = self.counted.copy()
        if self.direction is not None:
            wanted = [number for number, word in enumerate(DIRECTIONS) if word in reach.directions]
            rows &= np.isin(self.direction, wanted)
        elif "outbound" not in reach.directions:
            rows[:] = False
        if reach.groups or reach.classes:
            groups = [number for number, name in enumerate(self.groups) if name in reach.groups]
            match = np.isin(self.group, groups)
            if self.called_class is not None and reach.classes:
                match |= np.isin(self.called_class, [number for number, word in enumerate(CLASSES) if word in reach.classes])
            rows &= match
        return rows

    def owners(self, per_seat: bool) -> IntColumn:
        """Return who uses an allowance: a number for each account, or for each account's calling number."""
        if not per_seat:
            return self.account
        _, seats = np.unique(self.seat, return_inverse=True)
        return self.account * (int(seats.max(initial=0)) + 1) + seats.reshape(-1)


def open_ledger(compiled: CompiledTariff, columns: CallColumns, prices: Prices, seats: int | None) -> Ledger:
    """Make the book of priced calls. `seats` is the account's; None counts the distinct callers of each account."""
    rows = len(columns)
    account = np.zeros(rows, dtype=np.int64) if columns.account is None else columns.account
    seat = np.zeros(rows, dtype=np.int64) if columns.caller is None else _seat_numbers(columns)
    counted = (prices.reason == 0) & (columns.duration_ms > 0)
    if columns.ignored is not None:
        counted &= ~columns.ignored
    outbound = np.ones(rows, dtype=bool) if columns.direction is None else columns.direction == DIRECTIONS.index("outbound")
    names = [0] if columns.account is None else np.unique(account).tolist()
    seats_of = dict.fromkeys(names, seats or 0)
    if seats is None and any(rule.shared is Shared.POOL for rule in compiled.tariff.allowances):
        for name in names:
            seats_of[name] = len(np.unique(seat[outbound & counted & (account == name)]))
    return Ledger(
        account=account,
        seat=seat,
        month=months_of(columns.start_ms, compiled.zone(columns.timezone)),
        start_ms=columns.start_ms,
        duration_ms=columns.duration_ms,
        billed_ms=prices.billed_ms,
        charge_nano=prices.charge_nano,
        covered_ms=np.zeros(rows, dtype=np.int64),
        fees_covered=np.zeros(rows, dtype=bool),
        counted=counted,
        groups=compiled.groups,
        group=prices.group,
        direction=columns.direction,
        called_class=columns.called_class,
        seats_of=seats_of,
    )


def _seat_numbers(columns: CallColumns) -> IntColumn:
    assert columns.caller is not None
    codes = number_codes(columns.caller)
    if columns.caller.texts is not None and (columns.caller.key < 0).any():
        import pandas as pd

        return pd.factorize(columns.caller.texts)[0].astype(np.int64)
    return codes


def months_of(start_ms: IntColumn, timezone: str) -> IntColumn:
    """Return the local month of each instant as year × 12 + month − 1."""
    if not len(start_ms):
        return np.zeros(0, dtype=np.int64)
    zone = ZoneInfo(timezone)
    first = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(start_ms.min()))).astimezone(zone)
    last = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(start_ms.max()))).astimezone(zone)
    if (first.year, first.month) == (last.year, last.month):
        return np.full(len(start_ms), first.year * 12 + first.month - 1, dtype=np.int64)
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month + 1)
    borders = [int(datetime(month // 12, month % 12 + 1, 1, tzinfo=zone).timestamp() * 1000) for month in months]
    return months.start + np.searchsorted(np.array(borders, dtype=np.int64), start_ms, side="right") - 1


def used_up(owner: IntColumn, wanted: IntColumn, start_ms: IntColumn, stores: dict[int, int]) -> IntColumn:
    """Give each call what it wants from its owner's store, by start (then by row), until the store is empty.

    Returns:
        What each call gets; the call at which a store runs out gets the rest.
    """
    if not len(owner):
        return np.zeros(0, dtype=np.int64)
    if int(owner.min()) == int(owner.max()):
        return _one_store(wanted, start_ms, stores.get(int(owner[0]), 0))
    order = np.lexsort((start_ms, owner))
    owners, want = owner[order], wanted[order]
    total = np.cumsum(want)
    begins = np.flatnonzero(np.concatenate([[True], owners[1:] != owners[:-1]]))
    lengths = np.diff(np.append(begins, len(owners)))
    before = np.repeat(total[begins] - want[begins], lengths)
    sizes = np.array([stores.get(int(name), 0) for name in owners[begins]], dtype=np.int64)
    left = np.maximum(np.repeat(sizes, lengths) - (total - want - before), 0)
    got = np.zeros(len(owner), dtype=np.int64)
    got[order] = np.minimum(want, left)
    return got


_SLICES = 4096


def _one_store(wanted: IntColumn, start_ms: IntColumn, store: int) -> IntColumn:
    """`used_up` for a single owner: only the calls of the slice of time in which the store runs out are sorted."""
    if int(wanted.sum()) <= store:
        return wanted.copy()
    first = int(start_ms.min())
    width = (int(start_ms.max()) - first) // _SLICES + 1
    place = ((start_ms - first) // width).astype(np.int16)
    # Sums of whole numbers below 2^53 are exact in floats.
    sums = np.cumsum(np.bincount(place, weights=wanted, minlength=_SLICES).astype(np.int64))
    last = int(np.searchsorted(sums, store, side="right"))
    got = np.where(place < last, wanted, 0)
    rows = np.flatnonzero(place == last)
    rows = rows[np.argsort(start_ms[rows], kind="stable")]
    left = store - (int(sums[last - 1]) if last else 0)
    want = wanted[rows]
    got[rows] = np.minimum(want, np.maximum(left - (np.cumsum(want) - want), 0))
    return got


def segments_of_months(owner: IntColumn, month: IntColumn) -> tuple[IntColumn, IntColumn, IntColumn]:
    """Number the pairs of owner and month that occur; return the number of each call, and owner and month by number."""
    low, high = int(month.min()), int(month.max())
    span = high - low + 1
    if int(owner.min()) == int(owner.max()) and span == 1:
        return np.zeros(len(owner), dtype=np.int64), owner[:1], month[:1]
    names, numbers = np.unique(owner * span + (month - low), return_inverse=True)
    return numbers.reshape(-1).astype(np.int64), names // span, names % span + low
