"""CGRateS's rounding in binary fractions: its figures, columns and single calls alike, and where it cuts a call."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from roi_tool.cdr import make_calls
from roi_tool.money import Rounding
from roi_tool.rating import compile_tariff, price_call, rate_calls
from roi_tool.rating.cgrates_cuts import cut, midnights
from roi_tool.tariff import DeckEntry, Rate, RoundingRule, Slot, Tariff, TimeBand, Window

CGRATES = {"increment_decimals": 5, "increment_rounding": "cgrates"}
NIGHT = TimeBand(id="night", windows=(Window(start_s=18 * 3600, end_s=8 * 3600),))


def tariff_of(*rates, bands=(), deck=None, **rounding):
    deck = deck or (DeckEntry("", rates[0].id),)
    return Tariff(
        id="t",
        currency="EUR",
        timezone="UTC",
        rounding=RoundingRule(**CGRATES, **rounding),
        rates=rates,
        bands=bands,
        deck=deck,
    )


def charge(tariff, seconds, start=datetime(2026, 5, 4, 10, tzinfo=UTC)):
    answer = price_call(compile_tariff(tariff), called="44123", start=start, duration_ms=seconds * 1000)
    return Decimal(answer.charge_nano).scaleb(-9)


@pytest.mark.parametrize(
    ("price", "increments", "seconds", "billed"),
    [
        # Observed on cgr-engine v0.10.4: see docs/decisions.
        ("0.1", "1/1", 180, "0.3006"),
        ("0.09218", "10/10", 20, "0.03074"),
        ("0.09218", "10/10", 10, "0.01536"),
        ("0.0225", "1/1", 1, "0.00037"),
    ],
)
def test_the_price_of_an_increment_is_that_of_its_part_divided(price, increments, seconds, billed):
    assert charge(tariff_of(Rate.per_minute("r", price, increments)), seconds) == Decimal(billed)


def test_a_call_is_rounded_in_binary_fractions():
    rate = Rate.per_minute("r", "0.145", "60/60")
    assert charge(tariff_of(rate, call_decimals=2), 60) == Decimal("0.14")
    exact = Tariff(id="t", currency="EUR", rounding=RoundingRule(call_decimals=2), rates=(rate,), deck=(DeckEntry("", "r"),))
    assert charge(exact, 60) == Decimal("0.15")


def test_a_border_in_a_slot_that_is_outlasted_is_not_seen():
    day, night = Rate.per_minute("day", "0.6", "60/1"), Rate.per_minute("night", "0.3", "60/1")
    tariff = tariff_of(day, night, bands=(NIGHT,), deck=(DeckEntry("", "day"), DeckEntry("", "night", band="night", weight=1)))
    start = datetime(2026, 5, 4, 17, 59, 30, tzinfo=UTC)
    assert charge(tariff, 61, start) == Decimal("0.605")
    assert charge(tariff, 60, start) == Decimal("0.6")


def test_a_part_ends_at_midnight():
    tariff = tariff_of(Rate.per_minute("r", "0.1", "1/1"))
    start = datetime(2026, 5, 4, 23, 59, 59, tzinfo=UTC)
    assert charge(tariff, 3, start) == Decimal("0.00167") + 2 * Decimal("0.00167")
    assert midnights(int(start.timestamp() * 1000), 90_000_000, "UTC") == [1000, 86_401_000]


def test_cuts():
    slots = ((0, 60_000), (0,))
    assert cut([(0, 0), (30_000, 1)], slots, [], 61_000) == [(0, 0), (60_000, 1)]
    assert cut([(0, 0), (30_000, 1)], slots, [], 60_000) == [(0, 0), (30_000, 1)]
    assert cut([(0, 0)], slots, [20_000], 90_000) == [(0, 0), (20_000, 0), (60_000, 0)]


def test_what_cgrates_has_no_words_for_is_refused():
    with pytest.raises(ValueError, match="increment_decimals"):
        RoundingRule(increment_rounding="cgrates")
    with pytest.raises(ValueError, match="per_part"):
        Tariff(id="t", currency="EUR", split="per_part", rounding=RoundingRule(**CGRATES))


def amounts(places):
    return some.integers(1, 20_000).map(lambda digits: Decimal(digits).scaleb(-places))


@some.composite
def rates(draw, name):
    steps = [draw(some.sampled_from([1, 6, 7, 10, 30, 60])) * 1000 for _ in range(2)]
    slots = [Slot(price=draw(amounts(5)), unit_ms=60_000, increment_ms=steps[0])]
    if draw(some.booleans()):
        slots.append(Slot(price=draw(amounts(4)), from_ms=draw(some.sampled_from([30, 60])) * 1000, increment_ms=steps[1]))
    cap = draw(some.sampled_from([None, None, Decimal("0.75")]))
    return Rate(
        id=name, slots=tuple(slots), connect_fee=draw(some.sampled_from([Decimal(0), Decimal("0.123")])), max_charge=cap
    )


@settings(max_examples=60, deadline=None)
@given(
    day=rates("day"),
    night=rates("night"),
    banded=some.booleans(),
    decimals=some.sampled_from([None, 2, 4]),
    method=some.sampled_from(list(Rounding)),
    calls=some.lists(some.tuples(some.integers(0, 3 * 86_400), some.integers(0, 9000)), min_size=1, max_size=30),
)
def test_columns_and_single_calls_agree(day, night, banded, decimals, method, calls):
    deck = (DeckEntry("", "day"), *((DeckEntry("", "night", band="night", weight=1),) if banded else ()))
    tariff = tariff_of(day, night, bands=(NIGHT,), deck=deck, call_decimals=decimals, call_rounding=method)
    starts = [datetime(2026, 5, 4, tzinfo=UTC) + timedelta(seconds=second) for second, _ in calls]
    table = make_calls(
        {"start": starts, "duration_ms": [length * 1000 for _, length in calls], "called": ["44123"] * len(calls)},
        timezone="UTC",
    )
    rated = rate_calls(table, tariff).frame
    compiled = compile_tariff(tariff)
    for start, (_, length), ours, billed in zip(starts, calls, rated["charge_nano"], rated["billed_ms"], strict=True):
        answer = price_call(compiled, called="44123", start=start, duration_ms=length * 1000)
        assert (answer.charge_nano, answer.price.billed_ms) == (ours, billed)
