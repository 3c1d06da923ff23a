"""The month's book of an account: calls in their order, to be used up by allowances and priced by tiers.

What the rules of `charges` share, so that these need not know each other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from roi_tool.rating.carried import AccountMonths, AllowanceLeft
from roi_tool.rating.columns import CLASSES, DIRECTIONS, CallColumns
from roi_tool.rating.compiled import CompiledTariff
from roi_tool.rating.number_keys import IntColumn
from roi_tool.rating.prices import Prices
from roi_tool.rating.seats import Seats
from roi_tool.tariff import Reach, Tariff

Flags = npt.NDArray[np.bool_]


@dataclass(eq=False)
class Ledger:
    """Calls as the rules see them. Rules change `covered_ms` and `charge_nano`, and note what is `left`; all else is given.

    Attributes:
        account: number of the account of each call.
        seats: the calling numbers.
        month: local month of the start, counted from year 0.
        billed_ms: billed time; `covered_ms` of it, from the start of the call, is paid by allowances.
        charge_nano: the charge so far.
        counted: answered calls that were rated.
        fees_covered: calls whose fees an allowance pays.
        stated_seats: seats of the account; None where they are counted.
        months: for which the one account is billed; None where only the calls are known, perhaps of several accounts.
        left: by allowance what is left after the last of these months.
    """

    account: IntColumn
    seats: Seats
    month: IntColumn
    start_ms: IntColumn
    duration_ms: IntColumn
    billed_ms: IntColumn
    charge_nano: IntColumn
    covered_ms: IntColumn
    fees_covered: Flags
    counted: Flags
    ignored: Flags
    groups: list[str]
    group: npt.NDArray[np.int32]
    direction: npt.NDArray[np.int8] | None
    called_class: npt.NDArray[np.int8] | None
    currency: str
    stated_seats: int | None
    months: AccountMonths | None
    left: dict[str, AllowanceLeft] = field(default_factory=dict)

    def within(self, reach: Reach) -> Flags:
        """Return the counted calls that a rule is about."""
        rows = self.counted & self.towards(reach.directions)
        if reach.groups or reach.classes:
            groups = [number for number, name in enumerate(self.groups) if name in reach.groups]
            match = np.isin(self.group, groups)
            if self.called_class is not None and reach.classes:
                match |= np.isin(self.called_class, [number for number, word in enumerate(CLASSES) if word in reach.classes])
            rows &= match
        return rows

    def towards(self, directions: frozenset[str]) -> Flags:
        """Return the calls of some directions."""
        if self.direction is None:
            return np.full(len(self.account), "outbound" in directions)
        return np.isin(self.direction, [number for number, word in enumerate(DIRECTIONS) if word in directions])

    def owners(self, per_seat: bool) -> IntColumn:
        """Return who uses an allowance: a number for each account, or for each account's calling number."""
        if not per_seat:
            return self.account
        return self.account * self.seats.count + self.seats.numbers

    def seats_in(self, account: int, month: int) -> int:
        """Return an account's seats: as stated, or the numbers that called out in that month."""
        return self._seats_counted.get((account, month), 0) if self.stated_seats is None else self.stated_seats

    @cached_property
    def _seats_counted(self) -> dict[tuple[int, int], int]:
        rows = np.flatnonzero(self.counted & self.towards(frozenset({"outbound"})))
        if not len(rows):
            return {}
        segment, accounts, months = segments_of_months(self.account[rows], self.month[rows])
        if len(accounts) == 1:
            return {(int(accounts[0]), int(months[0])): len(np.unique(self.seats.codes[rows]))}
        seat = self.seats.numbers[rows]
        order = np.lexsort((seat, segment))
        first = np.concatenate([[True], (np.diff(seat[order]) != 0) | (np.diff(segment[order]) != 0)])
        counts = np.bincount(segment[order][first], minlength=len(accounts))
        return dict(zip(zip(accounts.tolist(), months.tolist(), strict=True), counts.tolist(), strict=True))

    def span(self) -> tuple[int, int]:
        """Return the first and the last month that are billed, or else that have calls (none: the last is before the first)."""
        if self.months is not None:
            return self.months.first, self.months.last
        known = self.month[~self.ignored]
        return (int(known.min()), int(known.max())) if len(known) else (0, -1)

    def segments(self) -> tuple[IntColumn, IntColumn, IntColumn]:
        """Number the pairs of account and month: those with calls, then the months without any for which the account is billed.

        Returns:
            The number of each call's pair; account and month by number.
        """
        nothing = np.zeros(0, dtype=np.int64)
        segment, accounts, months = nothing, nothing, nothing
        if len(self.month):
            segment, accounts, months = segments_of_months(self.account, self.month)
        if self.months is None:
            return segment, accounts, months
        without = [month for month in range(self.months.first, self.months.last + 1) if month not in set(months.tolist())]
        more = np.array(without, dtype=np.int64)
        return segment, np.concatenate([accounts, np.zeros(len(more), dtype=np.int64)]), np.concatenate([months, more])


def open_ledger(
    compiled: CompiledTariff, columns: CallColumns, prices: Prices, seats: int | None, months: AccountMonths | None = None
) -> Ledger:
    """Make the book of priced calls.

    Args:
        compiled: the tariff.
        columns, prices: the calls.
        seats: of the account; None counts the calling numbers of each month.
        months: for which the account is billed, whose calls these are.

    Raises:
        ValueError: a call is of another month, or what is carried is not of the month before or counts something else.
    """
    rows = len(columns)
    ignored = np.zeros(rows, dtype=bool) if columns.ignored is None else columns.ignored
    ledger = Ledger(
        account=np.zeros(rows, dtype=np.int64) if columns.account is None else columns.account,
        seats=Seats(columns.caller, rows),
        month=months_of(columns.start_ms, compiled.zone(columns.timezone)),
        start_ms=columns.start_ms,
        duration_ms=columns.duration_ms,
        billed_ms=prices.billed_ms,
        charge_nano=prices.charge_nano,
        covered_ms=np.zeros(rows, dtype=np.int64),
        fees_covered=np.zeros(rows, dtype=bool),
        counted=(prices.reason == 0) & (columns.duration_ms > 0) & ~ignored,
        ignored=ignored,
        groups=compiled.groups,
        group=prices.group,
        direction=columns.direction,
        called_class=columns.called_class,
        currency=compiled.tariff.currency,
        stated_seats=seats,
        months=months,
    )
    if months is not None:
        _check_months(ledger, months, compiled.tariff)
    return ledger


def _check_months(ledger: Ledger, months: AccountMonths, tariff: Tariff) -> None:
    mine = ledger.month[~ledger.ignored]
    if len(mine) and not months.first <= int(mine.min()) <= int(mine.max()) <= months.last:
        raise ValueError("a call is of another month than is billed")
    if int(ledger.account.max(initial=0)) > 0:
        raise ValueError("months are billed for one account at a time")
    if months.carried is not None and months.carried.month != months.first - 1:
        raise ValueError("what is carried is not of the month before")
    if months.carried is not None and months.carried.changed(tariff):
        raise ValueError("what is carried counts something else than the allowance of its id")


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
