"""Volume tiers, graduated or all-units, by minutes or spend. Half-open: the first 100 units end where the next tier starts."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

import numpy as np

from roi_tool.money import NANO, Rounding, round_ratio, to_nano
from roi_tool.rating.ledger import Ledger, segments_of_months
from roi_tool.rating.number_keys import IntColumn
from roi_tool.rating.percentage import percent, share_of
from roi_tool.tariff import Counted, Tier, TierMode, TierTable

MINUTE_MS = 60_000
PeriodFlat = tuple[int, int, int]
"""Account, month, nano."""


def tier_charge(table: TierTable, units: Fraction, spend: Fraction | None = None, reached: Fraction | None = None) -> Fraction:
    """Return what a month's units cost under a table, flat amounts included, exactly.

    Args:
        table: tiers with a unit price, or with a percentage off `spend` (which is spread evenly over the units).
        units: minutes, or money where the table counts money.
        spend: what the units cost without the table; by default the units themselves.
        reached: the volume that decides the tier of an all-units table where only a part of it is charged (a month cut short).

    >>> from decimal import Decimal
    >>> table = TierTable(id="t", tiers=(Tier(unit_price=Decimal(10), flat=Decimal(2)), Tier(start=10, unit_price=Decimal(5))))
    >>> tier_charge(table, Fraction(12))
    Fraction(112, 1)
    """
    base = units if spend is None else spend
    if table.mode is TierMode.ALL_UNITS:
        tier = tier_reached(table, units if reached is None else reached)
        return Fraction(tier.flat) + _part(tier, units, units, base)
    total = Fraction(0)
    for tier, low, high in _ranges(table):
        if tier.start == 0 or units > low:
            total += Fraction(tier.flat)
            inside = min(units, high) - low if high is not None else units - low
            total += _part(tier, max(inside, Fraction(0)), units, base)
    return total


def tier_reached(table: TierTable, units: Fraction) -> Tier:
    """Return the tier in which the last unit lies."""
    return [tier for tier in table.tiers if tier.start == 0 or units > tier.start][-1]


def _part(tier: Tier, inside: Fraction, units: Fraction, spend: Fraction) -> Fraction:
    if tier.unit_price is not None:
        return inside * Fraction(tier.unit_price)
    share = spend * inside / units if units else Fraction(0)
    return share * (100 - Fraction(tier.percent_off)) / 100


def _ranges(table: TierTable) -> list[tuple[Tier, Fraction, Fraction | None]]:
    starts: list[Fraction | None] = [Fraction(tier.start) for tier in table.tiers]
    return [(tier, Fraction(tier.start), high) for tier, high in zip(table.tiers, [*starts[1:], None], strict=True)]


@dataclass(frozen=True, eq=False)
class _Volume:
    """Calls in reach, by account and month in the order of their starts. `own` and `before` count units: ms, nano, or calls.

    `month_of` numbers each call's pair of account and month, `totals` and `owners` (account, month) are by that number.
    """

    per_unit: int
    rows: IntColumn
    own: IntColumn
    before: IntColumn
    month_of: IntColumn
    totals: IntColumn
    owners: list[tuple[int, int]]


def apply_tiers(ledger: Ledger, table: TierTable, decimals: int, rounding: Rounding) -> list[PeriodFlat]:
    """Price the calls in reach again by the volume of their account and month, each rounded once.

    Calls inside one tier are priced as columns; only those that cross from one into the next are split one by one.

    Returns:
        The flat amounts by account and month.
    """
    volume = _volume(ledger, table)
    if volume is None:
        return []
    rows, own, before, per_unit = volume.rows, volume.own, volume.before, volume.per_unit
    starts = [Fraction(tier.start) * per_unit for tier in table.tiers]
    reached = np.maximum(np.searchsorted(np.array([floor(start) for start in starts]), volume.totals, side="left") - 1, 0)
    if table.mode is TierMode.ALL_UNITS:
        inside, crossing = reached[volume.month_of], np.zeros(len(rows), dtype=bool)
    else:
        inside = np.searchsorted(np.array([ceil(start) for start in starts]), before, side="right") - 1
        ends = np.array([*(floor(start) for start in starts[1:]), np.iinfo(np.int64).max])
        crossing = before + own > ends[inside]
    step = 10 ** (9 - decimals)
    for place in np.flatnonzero(crossing).tolist():
        row = int(rows[place])
        price = _split(table, int(ledger.charge_nano[row]), int(before[place]), int(own[place]), per_unit)
        ledger.charge_nano[row] = round_ratio(price.numerator, price.denominator * step, rounding) * step
    for number, tier in enumerate(table.tiers):
        mine = ~crossing & (inside == number)
        _price_inside(ledger, tier, rows[mine], own[mine], per_unit, decimals, rounding)
    flats = [(*owner, _flat(table, last)) for owner, last in zip(volume.owners, reached.tolist(), strict=True)]
    return [flat for flat in flats if flat[2]]


def _volume(ledger: Ledger, table: TierTable) -> _Volume | None:
    """Count what the table counts; None where there is nothing."""
    rows = ledger.within(table.reach)
    if table.counted is Counted.MINUTES:
        size, per_unit = np.where(rows, ledger.billed_ms - ledger.covered_ms, 0), MINUTE_MS
    elif table.counted is Counted.MONEY:
        size, per_unit = np.where(rows, ledger.charge_nano, 0), NANO
    else:
        size, per_unit = np.where(rows, 1, 0), 1
    counted = np.flatnonzero(size > 0)
    if not len(counted):
        return None
    segment, accounts, months = segments_of_months(ledger.account[counted], ledger.month[counted])
    order = np.lexsort((ledger.start_ms[counted], segment))
    counted, segment = counted[order], segment[order]
    own = size[counted]
    begins = np.flatnonzero(np.concatenate([[True], segment[1:] != segment[:-1]]))
    lengths = np.diff(np.append(begins, len(counted)))
    running = np.cumsum(own)
    before = running - own - np.repeat(running[begins] - own[begins], lengths)
    owners = list(zip(accounts.tolist(), months.tolist(), strict=True))
    return _Volume(per_unit, counted, own, before, segment, np.add.reduceat(own, begins), owners)


def _flat(table: TierTable, reached: int) -> int:
    """The flat amounts of a month that came as far as a tier: of that tier, or where they are graduated of all before too."""
    first = reached if table.mode is TierMode.ALL_UNITS else 0
    return sum(to_nano(tier.flat) for tier in table.tiers[first : reached + 1])


def _price_inside(
    ledger: Ledger, tier: Tier, rows: np.ndarray, own: IntColumn, per_unit: int, decimals: int, rounding: Rounding
) -> None:
    """Price calls that lie wholly inside a tier; one that takes nothing off leaves them as they are."""
    if tier.unit_price is not None:
        ledger.charge_nano[rows] = share_of(own, Fraction(to_nano(tier.unit_price), per_unit), decimals, rounding)
    elif tier.percent_off:
        ledger.charge_nano[rows] = share_of(ledger.charge_nano[rows], 1 - percent(tier.percent_off), decimals, rounding)


def _split(table: TierTable, amount: int, before: int, own: int, per_unit: int) -> Fraction:
    """Return the exact price (nano) of a call that crosses tiers: `own` units from `before` on, at `amount` so far."""
    price = Fraction(0)
    for tier, low, high in _ranges(table):
        end = Fraction(before + own) if high is None else min(Fraction(before + own), high * per_unit)
        inside = end - max(low * per_unit, Fraction(before))
        if inside > 0 and tier.unit_price is not None:
            price += inside * Fraction(to_nano(tier.unit_price), per_unit)
        elif inside > 0:
            price += amount * inside / own * (1 - percent(tier.percent_off))
    return price
