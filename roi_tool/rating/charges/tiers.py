"""Volume tiers, graduated or all-units, by minutes or spend. Half-open: the first 100 units end where the next tier starts."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from roi_tool.money import NANO, to_nano
from roi_tool.rating.ledger import Ledger, segments_of_months
from roi_tool.rating.number_keys import IntColumn
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


def apply_tiers(ledger: Ledger, table: TierTable) -> tuple[list[tuple[int, Fraction]], list[PeriodFlat]]:
    """Price the calls in reach again by the volume of their account and month.

    Returns:
        (row, exact nano) of every call whose charge changes, and the flat amounts by account and month.
    """
    rows = ledger.within(table.reach)
    if table.counted is Counted.MINUTES:
        size, per_unit = np.where(rows, ledger.billed_ms - ledger.covered_ms, 0), MINUTE_MS
    elif table.counted is Counted.MONEY:
        size, per_unit = np.where(rows, ledger.charge_nano, 0), NANO
    else:
        size, per_unit = np.where(rows, 1, 0), 1
    changed: list[tuple[int, Fraction]] = []
    flats: list[PeriodFlat] = []
    ordered = np.flatnonzero(size > 0)
    if not len(ordered):
        return changed, flats
    ordered = ordered[np.argsort(ledger.start_ms[ordered], kind="stable")]
    segment, accounts, months = segments_of_months(ledger.account[ordered], ledger.month[ordered])
    for number, (account, month) in enumerate(zip(accounts.tolist(), months.tolist(), strict=True)):
        mine = ordered[segment == number]
        total = int(size[mine].sum())
        reached = [tier for tier in table.tiers if tier.start == 0 or Fraction(total, per_unit) > tier.start]
        flat = sum(to_nano(tier.flat) for tier in (reached[-1:] if table.mode is TierMode.ALL_UNITS else reached))
        if flat:
            flats.append((account, month, flat))
        changed += _priced(table, ledger.charge_nano[mine], size[mine], mine, per_unit, total)
    return changed, flats


def _priced(
    table: TierTable, charge: IntColumn, size: IntColumn, rows: np.ndarray, per_unit: int, total: int
) -> list[tuple[int, Fraction]]:
    found: list[tuple[int, Fraction]] = []
    if table.mode is TierMode.ALL_UNITS:
        tier = tier_reached(table, Fraction(total, per_unit))
        ranges: list[tuple[Tier, Fraction, Fraction | None]] = [(tier, Fraction(0), None)]
    else:
        ranges = [(tier, low * per_unit, None if high is None else high * per_unit) for tier, low, high in _ranges(table)]
    before = 0
    for row, own, amount in zip(rows.tolist(), size.tolist(), charge.tolist(), strict=True):
        price = Fraction(0)
        for tier, low, high in ranges:
            inside = min(Fraction(before + own), high if high is not None else Fraction(before + own)) - max(
                low, Fraction(before)
            )
            if inside > 0:
                unit = None if tier.unit_price is None else Fraction(to_nano(tier.unit_price), per_unit)
                price += inside * unit if unit is not None else amount * inside / own * (100 - Fraction(tier.percent_off)) / 100
        before += own
        if price != amount:
            found.append((row, price))
    return found
