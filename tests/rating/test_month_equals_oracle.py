"""Random months (allowance, tiers, credit, surcharge, tax, on-net, accounts) against exact fractions call by call."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from roi_tool.cdr.schema import make_calls
from roi_tool.money import Rounding, to_nano
from roi_tool.rating import rate_calls
from roi_tool.tariff import (
    Allowance,
    Counted,
    DeckEntry,
    Rate,
    RoundingRule,
    Shared,
    Surcharge,
    Tariff,
    Tax,
    Tier,
    TierMode,
    TierTable,
)
from tests.rating.oracle import to_decimals

START = datetime(2026, 5, 4, 9, tzinfo=UTC)
PERCENTS = st.sampled_from([Decimal(0), Decimal("2.5"), Decimal(20), Decimal(100)])
AMOUNTS = st.sampled_from([Decimal(0), Decimal("0.07"), Decimal("0.333333333"), Decimal(2)])


@st.composite
def tables(draw: st.DrawFn) -> TierTable:
    counted = draw(st.sampled_from([Counted.MINUTES, Counted.MONEY, Counted.CALLS]))
    starts = sorted({Decimal(0), *draw(st.lists(st.sampled_from([Decimal("0.01"), Decimal(1), Decimal("3.5"), Decimal(4)])))})
    priced = counted is Counted.MINUTES
    tiers = tuple(
        Tier(
            start=start,
            unit_price=draw(st.one_of(st.none(), AMOUNTS)) if priced else None,
            percent_off=draw(PERCENTS),
            flat=draw(AMOUNTS),
        )
        for start in starts
    )
    return TierTable(id="v", mode=draw(st.sampled_from(list(TierMode))), counted=counted, tiers=tiers)


@st.composite
def tariffs(draw: st.DrawFn) -> Tariff:
    rate = Rate.per_minute("r", draw(AMOUNTS), draw(st.sampled_from(["60/1", "1/1", "60/60"])))
    free = Allowance(id="a", amount=draw(st.sampled_from([Decimal(0), Decimal("1.5")])), shared=Shared.ACCOUNT)
    credit = Allowance(id="c", amount=draw(AMOUNTS), counted=Counted.MONEY, shared=Shared.ACCOUNT)
    return Tariff(
        id="t",
        currency="GBP",
        timezone="Europe/London",
        tax_included=draw(st.booleans()),
        rounding=RoundingRule(call_decimals=draw(st.sampled_from([2, 4, 9])), call_rounding=draw(st.sampled_from(Rounding))),
        rates=(rate,),
        deck=(DeckEntry("44", "r"),),
        allowances=(free, credit),
        tier_tables=(draw(tables()),),
        surcharges=(Surcharge(id="s", per_call=draw(AMOUNTS), percent=draw(PERCENTS), estimate=True),),
        taxes=(Tax(id="VAT", percent=draw(PERCENTS)),),
    )


CALLS = st.lists(
    st.tuples(
        st.integers(0, 300_000),
        st.sampled_from(["A", "B"]),
        st.sampled_from(["outbound", "outbound", "internal"]),
        st.booleans(),
    ),
    min_size=1,
    max_size=8,
)
Call = tuple[int, str, str, bool]


def month_of(tariff: Tariff, calls: list[Call]) -> tuple[list[Decimal], list[Decimal]]:
    """Charge and tax of the calls of one account and month, in their order, the slow way."""
    rule, table, slot = tariff.rounding, tariff.tier_tables[0], tariff.rates[0].slots
    decimals = rule.call_decimals or 0

    def rounded(value: Fraction) -> Decimal:
        return to_decimals(value, decimals, rule.call_rounding)

    left, sizes, charges = int(tariff.allowances[0].amount * 60_000), [], []
    for duration, _, _, _ in calls:
        billed, cost = 0, Fraction(0)
        while billed < duration:
            part = slot[0] if billed == 0 or len(slot) == 1 else slot[1]
            paid = min(left, part.increment_ms)
            left -= paid
            cost += Fraction(part.price) * (part.increment_ms - paid) / 60_000
            billed += part.increment_ms
            sizes.append(part.increment_ms - paid) if billed == part.increment_ms else sizes.append(
                sizes.pop() + part.increment_ms - paid
            )
        if not duration:
            sizes.append(0)
        charges.append(rounded(cost))
    if table.counted is Counted.MINUTES:
        units = [Fraction(size, 60_000) for size in sizes]
    elif table.counted is Counted.MONEY:
        units = [Fraction(charge) for charge in charges]
    else:
        units = [Fraction(1 if call[0] else 0) for call in calls]
    charges = tiered(table, units, charges, rounded)
    credit = tariff.allowances[1].amount
    taxes = []
    for place, priced in enumerate(charges):
        paid_off = min(credit, priced) if calls[place][0] else Decimal(0)
        credit -= paid_off
        charge = priced - paid_off
        extra = tariff.surcharges[0]
        if charge > 0:
            charge = charge + extra.per_call + to_decimals(Fraction(charge) * Fraction(extra.percent) / 100, 9, "half_up")
        share = Fraction(tariff.taxes[0].percent) / 100
        taxes.append(to_decimals(Fraction(charge) * (share / (1 + share) if tariff.tax_included else share), 9, "half_up"))
        charges[place] = charge
    return charges, taxes


def tiered(table: TierTable, units: list[Fraction], charges: list[Decimal], rounded: Any) -> list[Decimal]:
    total, before, found = sum(units, Fraction(0)), Fraction(0), []
    last = [tier for tier in table.tiers if tier.start == 0 or total > tier.start][-1]
    for own, charge in zip(units, charges, strict=True):
        if not own:
            found.append(charge)
            continue
        pieces = []
        for place, tier in enumerate(table.tiers):
            low = Fraction(tier.start)
            high = Fraction(table.tiers[place + 1].start) if place + 1 < len(table.tiers) else before + own
            pieces.append((tier, min(before + own, high) - max(before, low)))
        if table.mode is TierMode.ALL_UNITS:
            pieces = [(last, own)]
        pieces = [(tier, much) for tier, much in pieces if much > 0]
        before += own
        if all(tier.unit_price is None and not tier.percent_off for tier, _ in pieces):
            found.append(charge)
            continue
        price = Fraction(0)
        for tier, much in pieces:
            if tier.unit_price is not None:
                price += much * Fraction(tier.unit_price)
            else:
                price += Fraction(charge) * much / own * (100 - Fraction(tier.percent_off)) / 100
        found.append(rounded(price))
    return found


@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
@given(tariffs(), CALLS)
def test_random_months(tariff: Tariff, calls: list[Call]) -> None:
    check_month(tariff, calls)


@pytest.mark.nightly
@pytest.mark.slow
@settings(max_examples=20_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(tariffs(), CALLS)
def test_many_random_months(tariff: Tariff, calls: list[Call]) -> None:
    check_month(tariff, calls)


def check_month(tariff: Tariff, calls: list[Call]) -> None:
    starts = [START + timedelta(minutes=10 * place, days=31 * late) for place, (_, _, _, late) in enumerate(calls)]
    columns = {
        "start": starts,
        "called": ["442079460000"] * len(calls),
        "duration_ms": [call[0] for call in calls],
        "account": [call[1] for call in calls],
        "direction": [call[2] for call in calls],
    }
    rated = rate_calls(make_calls(columns), tariff)
    assert (rated.rated, rated.unrated) == (len(calls), 0)
    for account in "AB":
        for late in (False, True):
            rows = [place for place, call in enumerate(calls) if call[1:] == (account, "outbound", late)]
            charges, taxes = month_of(tariff, [calls[row] for row in rows])
            assert [rated.frame["charge_nano"].iloc[row] for row in rows] == [to_nano(charge) for charge in charges]
            assert [rated.frame["tax_nano"].iloc[row] for row in rows] == [to_nano(tax) for tax in taxes]
    on_net = [row for row, call in enumerate(calls) if call[2] == "internal"]
    assert not rated.frame["charge_nano"].iloc[on_net].sum()
