"""Random tariffs whose allowances roll over, and random calls of some months in a row: for the engine and for billing runs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import hypothesis.strategies as st

from roi_tool.cdr.schema import CallTable, make_calls
from roi_tool.tariff import Allowance, Counted, DeckEntry, MinimumSpend, Rate, Reach, RoundingRule, Shared, Tariff
from tests.rating.oracle_months import ZONE, Call

FIRST = 2026 * 12 + 2
"""March 2026: the clocks change within it."""


@st.composite
def allowances(draw: st.DrawFn, name: str) -> Allowance:
    return Allowance(
        id=name,
        amount=draw(st.sampled_from([Decimal(0), Decimal(1), Decimal("2.5"), Decimal(4)])),
        counted=draw(st.sampled_from(list(Counted))),
        shared=draw(st.sampled_from(list(Shared))),
        reach=Reach(
            groups=draw(st.sampled_from([frozenset(), frozenset({"mobile"}), frozenset({"uk", "mobile"})])),
            directions=draw(st.sampled_from([frozenset({"outbound"}), frozenset({"outbound", "inbound"})])),
        ),
        rollover_months=draw(st.sampled_from([0, 1, 1, 2, 3])),
    )


def whole_calls(rule: Allowance) -> Allowance:
    """An allowance of calls has a whole number of them."""
    return rule.model_copy(update={"amount": rule.amount // 1}) if rule.counted is Counted.CALLS else rule


@st.composite
def tariffs(draw: st.DrawFn, rules: tuple[Allowance, ...] | None = None) -> Tariff:
    prices = st.sampled_from([Decimal("0.07"), Decimal("0.333333333"), Decimal("0.5")])
    steps = st.sampled_from(["60/1", "1/1", "60/60", "6/6"])
    fees = st.sampled_from([Decimal(0), Decimal("0.05")])
    names = draw(st.sampled_from([("a",), ("a", "b")]))
    return Tariff(
        id="t",
        currency="GBP",
        timezone=ZONE,
        rounding=RoundingRule(call_decimals=draw(st.sampled_from([2, 4, None]))),
        rates=(
            Rate.per_minute("land", draw(prices), draw(steps)),
            Rate.per_minute("mobile", draw(prices), draw(steps), connect_fee=draw(fees)),
        ),
        deck=(
            DeckEntry("44", "land", group="uk"),
            DeckEntry("447", "mobile", group="mobile"),
            DeckEntry("44", "land", group="uk", direction="inbound"),
            DeckEntry("447", "mobile", group="mobile", direction="inbound"),
        ),
        allowances=rules or tuple(whole_calls(draw(allowances(name))) for name in names),
        minimum_spend=draw(st.sampled_from([None, MinimumSpend(amount=Decimal(1))])),
    )


@st.composite
def months(draw: st.DrawFn) -> tuple[int, list[Call]]:
    """Two to four months, some without calls; starts lie close to the borders of months more often than by chance."""
    count = draw(st.sampled_from([2, 3, 4, 4]))
    borders = [datetime(2026, 3 + place, 1, tzinfo=UTC) for place in range(count)]
    calls = draw(
        st.lists(
            st.builds(
                lambda border, minutes, caller, called, duration, direction: Call(
                    border + timedelta(minutes=minutes), caller, called, duration, direction
                ),
                st.sampled_from(borders),
                st.one_of(st.integers(-200, 200), st.integers(0, 27 * 1440)),
                st.sampled_from(["442079460001", "442079460002", "", "anonymous"]),
                st.sampled_from(["442079460000", "442079460000", "447700900123", "33140000000"]),
                st.sampled_from([0, 1, 30_000, 60_000, 61_000, 150_000, 240_000, 420_000]),
                st.sampled_from(["outbound", "outbound", "outbound", "inbound"]),
            ),
            max_size=12,
        )
    )
    billed = [call for call in calls if FIRST <= call.month < FIRST + count]
    return count, sorted(billed, key=lambda call: call.start)


SEATS = st.sampled_from([None, None, 2])


def table_of(calls: Sequence[Call]) -> CallTable:
    columns: dict[str, Any] = {
        "start": [call.start for call in calls],
        "caller": [call.caller for call in calls],
        "called": [call.called for call in calls],
        "duration_ms": [call.duration_ms for call in calls],
        "direction": [call.direction for call in calls],
    }
    return make_calls(columns, timezone="UTC")
