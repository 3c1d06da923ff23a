"""Random tariffs and calls: the columns, the single price and the slow oracle agree to the last unit."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, assume, given, settings

from roi_tool.cdr.schema import make_calls
from roi_tool.money import Rounding, to_nano
from roi_tool.problems import ProblemError
from roi_tool.rating import compile_tariff, price_call, rate_calls
from roi_tool.tariff import DeckEntry, HolidayCalendar, Holidays, Rate, RoundingRule, Slot, Split, Tariff, TimeBand, Window
from tests.rating import oracle

PRICES = st.sampled_from(
    [Decimal(text) for text in ("0", "0.0125", "1", "0.1", "0.333333333", "7.77777", "0.000000001", "0.6")]
)
INCREMENTS = st.sampled_from([1000, 6000, 60_000, 7000, 1500, 30_000, 250, 13_000])
UNITS = st.sampled_from([60_000, 1000, 30_000, 7000])
BORDERS = tuple(
    datetime(*when, tzinfo=UTC) for when in ((2026, 3, 29, 1), (2026, 10, 25, 1), (2026, 5, 4, 17), (2026, 12, 31, 23))
)
ZONES = st.sampled_from(["UTC", "Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"])


@st.composite
def rates(draw: st.DrawFn, name: str) -> Rate:
    starts = sorted({0, *draw(st.lists(st.sampled_from([1000, 20_000, 60_000, 90_500, 180_000]), max_size=2))})
    slots = tuple(
        Slot(price=draw(PRICES), from_ms=start, unit_ms=draw(UNITS), increment_ms=draw(INCREMENTS)) for start in starts
    )
    few = st.one_of(st.none(), PRICES)
    return Rate(
        id=name,
        slots=slots,
        connect_fee=draw(st.sampled_from([Decimal(0), Decimal("0.15")])),
        attempt_fee=draw(st.sampled_from([Decimal(0), Decimal(0), Decimal("0.01")])),
        minimum_ms=draw(st.sampled_from([0, 0, 30_000, 100_000])),
        grace_ms=draw(st.sampled_from([0, 0, 3000])),
        min_charge=draw(few),
        max_charge=draw(few),
        call_decimals=draw(st.sampled_from([None, None, 2, 4])),
        call_rounding=draw(st.sampled_from([None, *Rounding])),
    )


@st.composite
def bands(draw: st.DrawFn, name: str) -> TimeBand:
    minutes = st.integers(0, 1439).map(lambda minute: minute * 60)
    windows = draw(st.lists(st.tuples(minutes, minutes), min_size=1, max_size=2))
    return TimeBand(
        id=name,
        weekdays=draw(st.frozensets(st.integers(1, 7), max_size=5)),
        windows=tuple(Window(start_s=start, end_s=end) for start, end in windows),
        holidays=draw(st.sampled_from(list(Holidays))),
        valid_from=draw(st.sampled_from([None, None, *BORDERS])),
    )


@st.composite
def tariffs(draw: st.DrawFn) -> Tariff:
    made = [draw(rates(f"r{number}")) for number in range(draw(st.integers(1, 3)))]
    times = [draw(bands(f"b{number}")) for number in range(draw(st.integers(0, 2)))]
    row = st.builds(
        DeckEntry,
        prefix=st.text("12", max_size=4),
        rate=st.sampled_from([rate.id for rate in made]),
        band=st.sampled_from(["", *(band.id for band in times)]),
        valid_from=st.sampled_from([None, None, BORDERS[0], BORDERS[2]]),
        weight=st.sampled_from([0.0, 0.0, 10.0]),
        exact=st.sampled_from([False, False, False, True]),
        destination=st.just(""),
        group=st.just(""),
        direction=st.just("outbound"),
        called_class=st.just(""),
        jurisdiction=st.just(""),
        valid_till=st.sampled_from([None, None, BORDERS[3]]),
    )
    decimals = st.sampled_from([None, 2, 5])
    return Tariff(
        id="t",
        currency="GBP",
        timezone=draw(st.sampled_from(["", "Europe/London"])),
        split=draw(st.sampled_from(list(Split))),
        rounding=RoundingRule(
            increment_decimals=draw(decimals), call_decimals=draw(decimals), call_rounding=draw(st.sampled_from(list(Rounding)))
        ),
        calendar=HolidayCalendar(added=frozenset({date(2026, 5, 4)})),
        bands=tuple(times),
        rates=tuple(made),
        deck=(*draw(st.lists(row, min_size=1, max_size=5)), DeckEntry("", made[0].id)),
    )


CALLS = st.lists(
    st.tuples(
        st.sampled_from(BORDERS),
        st.integers(-1_800_000, 1_800_000),
        st.text("12", min_size=1, max_size=6),
        st.one_of(st.integers(0, 200_000), st.integers(0, 2_000_000), st.just(0)),
    ),
    min_size=1,
    max_size=4,
)


def agree(tariff: Tariff, calls: list[tuple[datetime, int, str, int]], zone: str) -> None:
    try:
        compiled = compile_tariff(tariff)
    except ProblemError:
        assume(False)
    starts = [border + timedelta(milliseconds=shift) for border, shift, _, _ in calls]
    columns: dict[str, Any] = {
        "start": starts,
        "called": [call[2] for call in calls],
        "duration_ms": [call[3] for call in calls],
    }
    rated = rate_calls(make_calls(columns, timezone=zone), compiled)
    assert rated.rated + rated.unrated == len(calls)
    for row, (start, call) in enumerate(zip(starts, calls, strict=True)):
        expected = oracle.price(tariff, call[2], start, call[3], zone)
        cells = rated.frame.iloc[row]
        single = price_call(compiled, called=call[2], start=start, duration_ms=call[3], timezone=zone)
        assert (cells["reason"], single.reason) == (expected.reason, expected.reason)
        if not expected.reason:
            assert cells["billed_ms"] == single.billed_ms == expected.billed_ms
            assert cells["charge_nano"] == single.charge_nano == to_nano(expected.charge)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(tariffs(), CALLS, ZONES)
def test_a_few_random_tariffs(tariff: Tariff, calls: list[tuple[datetime, int, str, int]], zone: str) -> None:
    agree(tariff, calls, zone)


@pytest.mark.slow
@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
@given(tariffs(), CALLS, ZONES)
def test_random_tariffs(tariff: Tariff, calls: list[tuple[datetime, int, str, int]], zone: str) -> None:
    agree(tariff, calls, zone)


@pytest.mark.nightly
@pytest.mark.slow
@settings(max_examples=20_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(tariffs(), CALLS, ZONES)
def test_many_random_tariffs(tariff: Tariff, calls: list[tuple[datetime, int, str, int]], zone: str) -> None:
    agree(tariff, calls, zone)
