"""Known results of other programs: Asterisell, YETI, Lago, Sippy, MagnusBilling, and CGRateS 1.0's rate profiles.

What is not reproduced, and why, is listed in docs/rating-vectors.md.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from roi_tool.cdr.schema import make_calls
from roi_tool.money import Rounding, round_ratio, to_nano
from roi_tool.rating import CallPrice, RatedCalls, compile_tariff, price_call, rate_calls
from roi_tool.rating.charges.tiers import tier_charge
from roi_tool.tariff import (
    DeckEntry,
    Rate,
    RoundingRule,
    Slot,
    Split,
    Tariff,
    Tax,
    Tier,
    TierMode,
    TierTable,
    TimeBand,
    Window,
    clock_seconds,
)
from tests.rating.vectors import read_vectors

OTHERS = read_vectors("other_engines_vectors.json")["vectors"]
PROFILES = read_vectors("cgrates_rateprofile_vectors.json")["vectors"]
PRIMITIVES = read_vectors("cgrates_primitive_vectors.json")
START = datetime(2026, 1, 5, 10, tzinfo=UTC)


def of(engine: str) -> Any:
    chosen = [vector for vector in OTHERS if vector["engine"] == engine]
    return pytest.mark.parametrize("vector", chosen, ids=[vector["id"] for vector in chosen])


def rated(rate: Rate, duration_ms: int, **terms: Any) -> RatedCalls:
    tariff = Tariff(id="t", currency="EUR", rates=(rate,), deck=(DeckEntry("", rate.id),), **terms)
    return rate_calls(make_calls({"start": [START], "called": ["49301"], "duration_ms": [duration_ms]}), tariff)


@of("asterisell")
def test_asterisell(vector: dict[str, Any]) -> None:
    terms = vector["rate"]
    step = (terms["increment_s"] or 1) * 1000
    price = Decimal(terms["cost_per_minute"])
    paid = Slot(price=price, increment_ms=step, from_ms=terms["free_seconds"] * 1000)
    free = (Slot(price=Decimal(0)),) if terms["free_seconds"] else ()
    rate = Rate(
        id="r",
        slots=(*free, paid),
        connect_fee=Decimal(terms["cost_on_call"]),
        minimum_ms=terms["min_seconds"] * 1000,
        min_charge=terms["min_cost"],
        max_charge=terms["max_cost"],
        call_decimals=terms["round_decimals"],
    )
    assert rated(rate, vector["call"]["usage_s"] * 1000).charge_nano == to_nano(vector["expected_cost"])


def yeti_rate(terms: dict[str, Any]) -> Rate:
    if "customer_attempt_fee" in terms:
        return Rate(id="r", slots=(Slot(price=Decimal(0)),), attempt_fee=Decimal(terms["customer_attempt_fee"]))
    initial, following = terms["initial_interval_s"] * 1000, terms["next_interval_s"] * 1000
    slots = (
        Slot(price=Decimal(terms["initial_rate_per_min"]), increment_ms=initial),
        Slot(price=Decimal(terms["next_rate_per_min"]), from_ms=initial, increment_ms=following),
    )
    return Rate(id="r", slots=slots, connect_fee=Decimal(terms["connect_fee"]))


@of("yeti")
def test_yeti(vector: dict[str, Any]) -> None:
    terms, call = vector["rate"], vector["call"]
    if call.get("is_last_cdr") is False or call.get("rejected_by_routing"):
        pytest.skip("which attempt is billed is said before rating")
    rule = RoundingRule()
    if terms.get("round_mode", "none") != "none":
        rule = RoundingRule(call_decimals=terms["round_decimals"], call_rounding=Rounding(terms["round_mode"]))
    tax = (Tax(id="VAT", percent=Decimal(terms["vat_percent"])),)
    result = rated(yeti_rate(terms), call["usage_s"] * 1000, rounding=rule, taxes=tax)
    with_tax = result.charge_nano + int(result.frame["tax_nano"].sum())
    if "expected_what" not in vector:
        assert result.charge_nano == to_nano(vector["expected"]["customer_without_tax"])
        assert with_tax == to_nano(vector["expected"]["customer_with_tax"])
    elif vector["expected_what"] == "billed_seconds":
        assert result.billed_ms == int(vector["expected"]) * 1000
    else:
        got = with_tax if vector["expected_what"] == "price_with_tax" else result.charge_nano
        exact = Fraction(vector["rederived"]) * 10**9
        assert abs(got - exact) <= Fraction(1, 2) + (vector["expected_what"] == "price_with_tax")


def lago_tiers(vector: dict[str, Any], mode: TierMode) -> TierTable:
    ranges = vector["rate"]["ranges"]
    tiers = []
    for number, one in enumerate(ranges):
        # An inclusive range "11 to 20" holds the units in (10, 20]; an adjacent one starts where the last ended.
        start = Decimal(0) if number == 0 else Decimal(str(ranges[number - 1]["to"]))
        percent = one.get("rate_percent")
        off = (
            {"percent_off": 100 - Decimal(percent)} if percent is not None else {"unit_price": Decimal(one["per_unit_amount"])}
        )
        tiers.append(Tier(start=start, flat=Decimal(one["flat_amount"]), **off))
    counted = "money" if "rate_percent" in ranges[0] else "minutes"
    return TierTable(id="t", mode=mode, counted=counted, tiers=tuple(tiers))


@of("lago")
def test_lago(vector: dict[str, Any]) -> None:
    units = Fraction(vector["call"]["units"])
    expected = Fraction(vector["expected"])
    if vector["model"] in ("graduated", "graduated_percentage"):
        assert tier_charge(lago_tiers(vector, TierMode.GRADUATED), units) == expected
    elif vector["model"] == "volume":
        reached = Fraction(vector["call"].get("prorated_full_units", units))
        assert tier_charge(lago_tiers(vector, TierMode.ALL_UNITS), units, reached=reached) == expected
    elif vector["id"] == "la-033":
        share = Tier(percent_off=100 - Decimal(vector["rate"]["rate_percent"]))
        assert tier_charge(TierTable(id="t", counted="money", tiers=(share,)), units) == expected
    elif vector["model"] in ("standard", "package"):
        terms = vector["rate"]
        size = terms.get("package_size", 1)
        free = terms.get("free_units", 0)
        paid = Slot(price=Decimal(terms["amount"]), from_ms=free, unit_ms=size, increment_ms=size)
        slots = (Slot(price=Decimal(0), increment_ms=1), paid) if free else (paid,)
        assert rated(Rate(id="r", slots=slots), int(units)).charge_nano == expected * 10**9
    else:
        pytest.skip("no rule of calls")


@of("magnusbilling")
def test_magnusbilling(vector: dict[str, Any]) -> None:
    terms = vector["rate"]
    rate = Rate.per_minute("r", terms["rate_per_min"], f"{terms['first_block_s']}/{terms['next_block_s']}")
    assert rated(rate, vector["call"]["usage_s"] * 1000).charge_nano == to_nano(vector["expected_cost"])


@of("sippy")
def test_sippy(vector: dict[str, Any]) -> None:
    terms = vector.get("round") or vector["round_duration"]
    value, method = Fraction(terms.get("value") or terms["seconds"]), Rounding(terms["mode"])
    scale = 10 ** terms.get("decimals", 0)
    rounded = Fraction(round_ratio(value.numerator * scale, value.denominator, method), scale)
    assert rounded == Fraction(str(vector.get("expected", vector.get("expected_s"))))


@pytest.mark.parametrize("vector", PRIMITIVES["round"], ids=[vector["source"][-9:] for vector in PRIMITIVES["round"]])
def test_cgrates_rounding(vector: dict[str, Any]) -> None:
    methods = {"*up": Rounding.UP, "*middle": Rounding.HALF_UP, "*down": Rounding.DOWN, "ROUNDING_NOWHERE": Rounding.HALF_UP}
    value, scale = Fraction(str(vector["value"])), Fraction(10) ** vector["decimals"]
    scaled = value * scale
    assert round_ratio(scaled.numerator, scaled.denominator, methods[vector["method"]]) / scale == Fraction(
        str(vector["expected"])
    )


@pytest.mark.parametrize("vector", PRIMITIVES["round_duration_up"], ids=lambda vector: vector["source"][-4:])
def test_cgrates_rounding_of_durations(vector: dict[str, Any]) -> None:
    rate = Rate(id="r", slots=(Slot(price=Decimal(1), increment_ms=vector["increment_s"] * 1000),))
    assert rated(rate, int(vector["amount_s"] * 1000)).billed_ms == vector["expected_s"] * 1000


def numbers(text: str) -> frozenset[int]:
    return frozenset(int(one) for one in text.split(";") if one)


@pytest.mark.parametrize("place", range(len(PRIMITIVES["timing_active"])))
def test_when_a_cgrates_timing_holds(place: int) -> None:
    vector = PRIMITIVES["timing_active"][place]
    timing = {"week_days": "", "months": "", "month_days": "", "years": "", **vector["timing"]}
    # Its end belongs to it; here a window is half-open.
    end = clock_seconds(timing["end"]) + 1 if "end" in timing else 86_400
    band = TimeBand(
        id="b",
        weekdays=numbers(timing["week_days"]),
        months=numbers(timing["months"]),
        month_days=numbers(timing["month_days"]),
        years=numbers(timing["years"]),
        windows=(Window(start_s=clock_seconds(timing.get("start", "00:00:00")), end_s=end),),
    )
    rate = Rate(id="r", slots=(Slot(price=Decimal(1), increment_ms=1),))
    tariff = Tariff(id="t", currency="EUR", bands=(band,), rates=(rate,), deck=(DeckEntry("", "r", band="b"),))
    at = datetime.fromisoformat(vector["at"])
    assert (priced(tariff, at, 1_000_000).reason == "") == vector["expected_active"]


def cron_numbers(field: str, low: int, high: int) -> list[int]:
    found: set[int] = set()
    for part in field.split(","):
        span, _, step = part.partition("/")
        first, _, last = (f"{low}-{high}" if span == "*" else span).partition("-")
        found |= set(range(int(first), int(last or first) + 1, int(step or 1)))
    return sorted(found)


def cron_band(name: str, text: str) -> TimeBand:
    minute, hour, day, month, weekday = text.split()
    marks = [one * 60 + two for one in cron_numbers(hour, 0, 23) for two in cron_numbers(minute, 0, 59)]
    windows = [Window(start_s=mark * 60, end_s=mark * 60 + 60) for mark in marks]
    if len(marks) == 1440:
        windows = [Window()]
    return TimeBand(
        id=name,
        windows=tuple(windows),
        month_days=frozenset(() if day == "*" else cron_numbers(day, 1, 31)),
        months=frozenset(() if month == "*" else cron_numbers(month, 1, 12)),
        weekdays=frozenset(() if weekday == "*" else {number or 7 for number in cron_numbers(weekday, 0, 6)}),
    )


def kind(name: str) -> Any:
    chosen = [vector for vector in PROFILES if vector["kind"] == name and "vacuous" not in vector.get("flags", ())]
    return pytest.mark.parametrize("vector", chosen, ids=[vector["id"] for vector in chosen])


def priced(tariff: Tariff, start: datetime, usage_ns: int, offset_ms: int = 0) -> CallPrice:
    return price_call(
        compile_tariff(tariff), called="49301", start=start, duration_ms=usage_ns // 1_000_000, offset_ms=offset_ms
    )


@kind("order_rates")
def test_which_rate_wins(vector: dict[str, Any]) -> None:
    bands = tuple(cron_band(rate["id"], rate["activation_times"]) for rate in vector["rates"])
    rates = tuple(Rate(id=rate["id"], slots=(Slot(price=Decimal(1), increment_ms=1),)) for rate in vector["rates"])
    deck = tuple(DeckEntry("", rate["id"], band=rate["id"], weight=rate["weight"]) for rate in vector["rates"])
    tariff = Tariff(id="t", currency="EUR", split=Split.PER_PART, bands=bands, rates=rates, deck=deck)
    start = datetime.fromisoformat(vector["start_time"])
    # CGRateS 1.0 leaves out a time at the start for which there is no rate; here such a call has no price.
    waited = vector["expected_winners"][0]["from_usage_ns"]
    start += timedelta(microseconds=waited // 1000)
    answer = priced(tariff, start, vector["usage_ns"] - waited)
    if answer.reason == "no_band":
        # CGRateS 1.0 lets the last rate go on where none is active; here such a call has no price. Up to there both agree.
        answer = priced(tariff, start, 86_400 * 10**9)
    assert answer.price is not None
    winners: list[tuple[int, str]] = []
    for part in answer.price.parts:
        name = tariff.rates[part.rate].id
        if not winners or winners[-1][1] != name:
            winners.append((part.from_ms * 1_000_000 + waited, name))
    assert winners == [(winner["from_usage_ns"], winner["rate_id"]) for winner in vector["expected_winners"]]


@kind("compute_intervals")
def test_what_intervals_cost(vector: dict[str, Any]) -> None:
    ordered = vector["ordered_rates"]
    if sum("fixed_fee" in slot for one in ordered for slot in one["rate"]["interval_rates"]) > 1:
        pytest.skip("CGRateS 1.0 charges a fee at each change of rate; here the fee of the first rate is charged, once")
    bands, rates, deck = [], [], []
    for number, one in enumerate(ordered):
        name = f"r{number}"
        since = START + timedelta(microseconds=one["from_usage_ns"] // 1000) if number else None
        till = (
            START + timedelta(microseconds=ordered[number + 1]["from_usage_ns"] // 1000) if number + 1 < len(ordered) else None
        )
        bands.append(TimeBand(id=name, valid_from=since, valid_till=till))
        slots = [
            Slot(
                price=Decimal(str(slot.get("recurrent_fee", 0))),
                from_ms=slot["interval_start_ns"] // 1_000_000,
                unit_ms=slot.get("unit_ns", 10**9) // 1_000_000,
                increment_ms=slot.get("increment_ns", 10**9) // 1_000_000,
            )
            for slot in one["rate"]["interval_rates"]
        ]
        if slots[0].from_ms:
            slots.insert(0, Slot(price=Decimal(0)))
        fee = Decimal(str(one["rate"]["interval_rates"][0].get("fixed_fee", 0)))
        rates.append(Rate(id=name, slots=tuple(slots), connect_fee=fee))
        deck.append(DeckEntry("", name, band=name))
    tariff = Tariff(id="t", currency="EUR", split=Split.PER_PART, bands=tuple(bands), rates=tuple(rates), deck=tuple(deck))
    offset = vector["interval_start_ns"]
    answer = priced(tariff, START, vector["usage_ns"] + offset, offset // 1_000_000)
    assert answer.price is not None
    counts = [
        step["count"] for interval in vector["expected_intervals"] for step in interval["increments"] if step["usage_ns"] >= 0
    ]
    assert [part.increments for part in answer.price.parts] == counts
    assert abs(answer.charge_nano - Fraction(vector["derived_cost"]) * 10**9) < 1
