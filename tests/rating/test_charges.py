"""Allowances, tiers, fair use, commitments, surcharges, taxes and carriers, seen from outside."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from roi_tool.cdr.schema import CalledClass, Direction, make_calls
from roi_tool.money import to_nano
from roi_tool.rating import RatedCalls, below_cost, compile_tariff, loss_makers, rate_calls
from roi_tool.rating.area_codes import STATE_OF
from roi_tool.tariff import (
    Allowance,
    Carrier,
    ChannelCommitment,
    Counted,
    DeckEntry,
    FairUse,
    MinimumSpend,
    Rate,
    Reach,
    RoundingRule,
    Shared,
    Surcharge,
    Tariff,
    Tax,
    Tier,
    TierMode,
    TierTable,
)
from roi_tool.tariff.deck_check import CALLED_CLASSES, DIRECTIONS
from tests.rating import oracle

START = datetime(2026, 5, 4, 9, tzinfo=UTC)
PENNY = Rate.per_minute("penny", "0.01", "60/1", connect_fee="0.05")


def tariff(**rules: Any) -> Tariff:
    values: dict[str, Any] = {"rates": (PENNY,), "deck": (DeckEntry("44", "penny", group="uk"),)}
    return Tariff(id="t", currency="GBP", **(values | rules))


def rated(plan: Tariff, minutes: list[float], callers: list[str] | None = None, days: list[int] | None = None) -> RatedCalls:
    columns: dict[str, Any] = {
        "start": [START + timedelta(days=(days or range(len(minutes)))[row], minutes=row) for row in range(len(minutes))],
        "called": ["442079460000"] * len(minutes),
        "caller": callers or ["100"] * len(minutes),
        "duration_ms": [int(length * 60_000) for length in minutes],
    }
    return rate_calls(make_calls(columns), plan)


def pounds(result: RatedCalls) -> list[str]:
    return [format(Decimal(int(charge)).scaleb(-9).normalize(), "f") for charge in result.frame["charge_nano"]]


def test_a_call_that_outlasts_an_allowance_is_split_exactly() -> None:
    plan = tariff(allowances=(Allowance(id="a", amount=Decimal(5), shared=Shared.ACCOUNT),))
    assert pounds(rated(plan, [3, 4.5, 1])) == ["0", "0.025", "0.06"]


def test_fees_may_stay_due() -> None:
    plan = tariff(allowances=(Allowance(id="a", amount=Decimal(5), shared=Shared.ACCOUNT, covers_fees=False),))
    assert pounds(rated(plan, [3, 4.5, 1])) == ["0.05", "0.075", "0.06"]


def test_a_pool_counts_seats_and_seats_have_their_own() -> None:
    callers = ["100", "100", "200"]
    pool = tariff(allowances=(Allowance(id="a", amount=Decimal(2), shared=Shared.POOL),))
    own = tariff(allowances=(Allowance(id="a", amount=Decimal(2), shared=Shared.SEAT),))
    assert pounds(rated(pool, [2, 2, 2], callers)) == ["0", "0", "0.07"]
    assert pounds(rated(own, [2, 2, 2], callers)) == ["0", "0.07", "0"]


def test_what_is_left_rolls_over_as_long_as_it_says() -> None:
    days = [0, 31, 62]
    once = tariff(allowances=(Allowance(id="a", amount=Decimal(3), shared=Shared.ACCOUNT, rollover_months=1),))
    never = tariff(allowances=(Allowance(id="a", amount=Decimal(3), shared=Shared.ACCOUNT),))
    assert pounds(rated(once, [1, 5, 4], days=days)) == ["0", "0", "0.01"]
    assert pounds(rated(never, [1, 5, 4], days=days)) == ["0", "0.02", "0.01"]


def test_the_oldest_is_used_first_so_that_least_lapses() -> None:
    plan = tariff(allowances=(Allowance(id="a", amount=Decimal(3), shared=Shared.ACCOUNT, rollover_months=2),))
    # Of the first month's 3 minutes those of the second are used, so its own are there in the fourth.
    assert pounds(rated(plan, [0, 3, 9, 1], days=[0, 31, 91, 92])) == ["0", "0", "0", "0.06"]


def test_calls_and_money_can_be_free_too() -> None:
    calls = tariff(allowances=(Allowance(id="a", amount=Decimal(1), counted=Counted.CALLS, shared=Shared.ACCOUNT),))
    money = tariff(allowances=(Allowance(id="a", amount=Decimal("0.1"), counted=Counted.MONEY, shared=Shared.ACCOUNT),))
    assert pounds(rated(calls, [9, 1])) == ["0", "0.06"]
    assert pounds(rated(money, [1, 1])) == ["0", "0.02"]


def test_an_allowance_reaches_its_groups_only() -> None:
    plan = tariff(
        allowances=(Allowance(id="a", amount=Decimal(9), shared=Shared.ACCOUNT, reach=Reach(groups=frozenset({"us"}))),)
    )
    assert pounds(rated(plan, [1])) == ["0.06"]


def test_tiers_graduated_and_all_units() -> None:
    tiers = (Tier(unit_price=Decimal("0.02")), Tier(start=Decimal(5), unit_price=Decimal("0.01"), flat=Decimal(1)))
    graduated = rated(tariff(tier_tables=(TierTable(id="v", tiers=tiers),)), [4, 2, 1])
    assert pounds(graduated) == ["0.08", "0.03", "0.01"]
    everything = rated(tariff(tier_tables=(TierTable(id="v", mode=TierMode.ALL_UNITS, tiers=tiers),)), [4, 2, 1])
    assert pounds(everything) == ["0.04", "0.02", "0.01"]
    assert [(one.kind, one.amount_nano) for one in everything.period_charges] == [("tier_flat", to_nano(1))]


def test_fair_use_charges_only_above_the_cap() -> None:
    plan = tariff(fair_use=(FairUse(id="f", minutes=Decimal(3), price=Decimal("0.1")),))
    assert pounds(rated(plan, [2, 2, 1])) == ["0", "0.1", "0.1"]


def test_commitments_are_charged_by_the_month() -> None:
    plan = tariff(
        minimum_spend=MinimumSpend(amount=Decimal(1)), channels=ChannelCommitment(committed=1, burst_price=Decimal(9))
    )
    result = rated(plan, [10, 1], days=[0, 0])
    assert [(one.kind, one.amount_nano, one.quantity) for one in result.period_charges] == [
        ("shortfall", to_nano(1) - result.charge_nano, 0),
        ("channels", to_nano(9), 2),
    ]


def test_surcharges_and_dated_taxes() -> None:
    extra = Surcharge(id="s", per_call=Decimal("0.04"), percent=Decimal(50))
    old = Tax(id="old", percent=Decimal(10), valid_till=START + timedelta(days=1))
    new = Tax(id="new", percent=Decimal(20), valid_from=START + timedelta(days=1))
    result = rated(tariff(surcharges=(extra,), taxes=(old, new)), [1, 1])
    assert pounds(result) == ["0.13", "0.13"]
    assert result.frame["tax_nano"].tolist() == [13_000_000, 26_000_000]
    inside = rated(tariff(tax_included=True, taxes=(Tax(id="VAT", percent=Decimal(20)),)), [1])
    assert inside.frame["tax_nano"].tolist() == [10_000_000]


def test_the_cheapest_carrier_that_is_good_enough_carries_the_call() -> None:
    def carrier(name: str, price: str, quality: str) -> Carrier:
        rate = Rate.per_minute("r", price)
        return Carrier(
            id=name,
            quality=Decimal(quality),
            tariff=Tariff(id=name, currency="GBP", rates=(rate,), deck=(DeckEntry("4420", "r"),)),
        )

    plan = tariff(
        carriers=(carrier("bad", "0.001", "0.2"), carrier("dear", "0.05", "0.9"), carrier("good", "0.02", "0.9")),
        quality_floor=Decimal("0.5"),
    )
    frame = rated(plan, [1]).frame
    assert frame["cost_nano"].tolist() == [20_000_000]
    assert frame["margin_nano"].tolist() == [40_000_000]


def test_what_is_sold_below_cost_is_reported_and_an_alarm_comes_before_it_is() -> None:
    cost = Tariff(
        id="c",
        currency="GBP",
        rates=(Rate.per_minute("cheap", "0.001"), Rate.per_minute("dear", "0.5")),
        deck=(DeckEntry("44", "cheap"), DeckEntry("4470", "dear", destination="Personal")),
    )
    plan = compile_tariff(tariff(carriers=(Carrier(id="c", tariff=cost),)))
    alarm = loss_makers(plan, when=START)
    assert [(one.prefix, one.destination, one.carrier) for one in alarm] == [("4470", "Personal", "c")]
    columns = {"start": [START] * 2, "called": ["442079460000", "447012345678"], "duration_ms": [60_000] * 2}
    result = rate_calls(make_calls(columns), plan)
    assert below_cost(result)["margin_nano"].to_dict() == {"44": to_nano("-0.381")}
    other = tariff(deck=(DeckEntry("44", "penny"), DeckEntry("4470", "penny")), carriers=(Carrier(id="c", tariff=cost),))
    lossy = below_cost(rate_calls(make_calls(columns), other))
    assert lossy["margin_nano"].to_dict() == {"4470": to_nano("-0.44")}


def test_jurisdiction_is_judged_by_both_area_codes() -> None:
    rates = tuple(Rate.per_minute(name, price) for name, price in (("inter", "0.01"), ("intra", "0.03"), ("other", "0.02")))
    words = ("interstate", "intrastate", "indeterminate")
    deck = tuple(DeckEntry("1", rate.id, jurisdiction=word) for rate, word in zip(rates, words, strict=True))
    plan = Tariff(id="us", currency="USD", rates=rates, deck=deck)
    called = ["12065550100", "12125550100", "18005550100"]
    columns = {"start": [START] * 3, "called": called, "caller": ["12125550199"] * 3, "duration_ms": [60_000] * 3}
    assert rate_calls(make_calls(columns), plan).frame["rate_id"].tolist() == ["inter", "intra", "other"]
    assert STATE_OF["212"] == "NY"


@pytest.mark.parametrize("direction", ["inbound", "internal"])
def test_other_directions_cost_nothing_unless_priced(direction: str) -> None:
    columns = {"start": [START], "called": ["448001111111"], "direction": [direction], "duration_ms": [60_000]}
    assert rate_calls(make_calls(columns), tariff()).charge_nano == 0
    priced = tariff(deck=(DeckEntry("44800", "penny", direction=direction),))
    assert rate_calls(make_calls(columns), priced).charge_nano == to_nano("0.06")


def test_the_words_of_a_deck_are_those_of_the_call_table() -> None:
    assert set(DIRECTIONS) == {item.value for item in Direction}
    assert set(CALLED_CLASSES) == {"", *(item.value for item in CalledClass)}


def test_amounts_beyond_64_bits_are_said_not_wrapped() -> None:
    dear = Rate.per_minute("dear", "1000000", "1/1")
    result = rated(tariff(rates=(dear,), deck=(DeckEntry("44", "dear"),)), [1, 20_000, 1])
    assert result.frame["reason"].tolist() == ["", "too_dear", ""]
    assert result.charge_nano == 2 * to_nano(1_000_000)


LENGTHS = st.lists(st.integers(0, 400_000), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(LENGTHS, st.integers(0, 20), st.sampled_from(["60/1", "1/1", "30/6", "60/60"]), st.sampled_from([None, 2]))
def test_allowances_agree_with_the_oracle(lengths: list[int], minutes: int, increments: str, decimals: int | None) -> None:
    rate = Rate.per_minute("r", "0.0137", increments, connect_fee="0.01")
    plan = tariff(
        rates=(rate,),
        deck=(DeckEntry("44", "r"),),
        rounding=RoundingRule(call_decimals=decimals),
        allowances=(Allowance(id="a", amount=Decimal(minutes), shared=Shared.ACCOUNT),),
    )
    result = rated(plan, [length / 60_000 for length in lengths], days=[0] * len(lengths))
    left = minutes * 60_000
    for row, cells in enumerate(result.frame.itertuples()):
        start, length = START + timedelta(minutes=row), int(lengths[row] / 60_000 * 60_000)
        billed = oracle.price(plan, "442079460000", start, length, "UTC").billed_ms
        covered = min(left, billed)
        left -= covered
        expected = oracle.price(plan, "442079460000", start, length, "UTC", covered)
        assert (cells.billed_ms, cells.charge_nano) == (expected.billed_ms, to_nano(expected.charge))


def test_a_deck_is_compiled_once_for_what_ifs_about_its_rates() -> None:
    plan = tariff()
    compiled = compile_tariff(plan)
    dearer = plan.model_copy(update={"rates": (Rate.per_minute("penny", "0.01", "30/6", connect_fee="0.05"),)})
    calls = make_calls({"start": [START], "called": ["442079460000"], "duration_ms": [31_000]})
    again = compile_tariff(dearer, like=compiled)
    assert rate_calls(calls, again).frame.equals(rate_calls(calls, dearer).frame)
    assert (rate_calls(calls, again).billed_ms, rate_calls(calls, compiled).billed_ms) == (36_000, 60_000)
    other = plan.model_copy(update={"deck": (DeckEntry("49", "penny"),)})
    assert rate_calls(calls, compile_tariff(other, like=compiled)).unrated == 1
