"""Months one after another, each with what the one before left, are the same months priced at once, and the slow oracle's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from roi_tool.money import to_nano
from roi_tool.rating import AccountMonths, AllowanceLeft, Carried, RatedCalls, rate_calls
from roi_tool.tariff import Allowance, DeckEntry, MinimumSpend, Rate, Shared, Tariff
from tests.rating.oracle_months import Call, Month, months_of
from tests.rating.random_months import FIRST, SEATS, months, table_of, tariffs

EVERYTHING = list(HealthCheck)


def chain_of(plans: Sequence[Tariff], calls: Sequence[Call], seats: int | None) -> list[RatedCalls]:
    """Price month after month, each with what the one before carried."""
    found: list[RatedCalls] = []
    carried: Carried | None = None
    for place, plan in enumerate(plans):
        month = FIRST + place
        mine = [call for call in calls if call.month == month]
        found.append(rate_calls(table_of(mine), plan, seats=seats, months=AccountMonths(month, month, carried)))
        carried = found[-1].carried
    return found


def charges_of(rated: RatedCalls) -> list[int]:
    return [int(charge) for charge in rated.frame["charge_nano"].fillna(0)]


def shortfalls_of(rated: RatedCalls) -> dict[int, int]:
    return {charge.month: charge.amount_nano for charge in rated.period_charges}


def nano(month: Month) -> list[int]:
    return [to_nano(charge) for charge in month.charges]


def agree(plan: Tariff, count: int, calls: list[Call], seats: int | None) -> None:
    slow = months_of([plan] * count, FIRST, calls, seats)
    chain = chain_of([plan] * count, calls, seats)
    assert [charges_of(month) for month in chain] == [nano(month) for month in slow]
    owed = {FIRST + place: to_nano(month.shortfall) for place, month in enumerate(slow) if month.shortfall}
    assert {month: amount for one in chain for month, amount in shortfalls_of(one).items()} == owed
    span = AccountMonths(FIRST, FIRST + count - 1)
    at_once = rate_calls(table_of(calls), plan, seats=seats, months=span)
    assert charges_of(at_once) == [charge for month in chain for charge in charges_of(month)]
    assert shortfalls_of(at_once) == owed
    assert at_once.carried == chain[-1].carried


@settings(max_examples=60, deadline=None, suppress_health_check=EVERYTHING)
@given(tariffs(), months(), SEATS)
def test_a_few_months_in_a_row(plan: Tariff, drawn: tuple[int, list[Call]], seats: int | None) -> None:
    agree(plan, *drawn, seats)


@pytest.mark.slow
@settings(max_examples=500, deadline=None, suppress_health_check=EVERYTHING)
@given(tariffs(), months(), SEATS)
def test_random_months_in_a_row(plan: Tariff, drawn: tuple[int, list[Call]], seats: int | None) -> None:
    agree(plan, *drawn, seats)


@pytest.mark.nightly
@pytest.mark.slow
@settings(max_examples=20_000, deadline=None, suppress_health_check=EVERYTHING)
@given(tariffs(), months(), SEATS)
def test_many_random_months_in_a_row(plan: Tariff, drawn: tuple[int, list[Call]], seats: int | None) -> None:
    agree(plan, *drawn, seats)


@settings(max_examples=40, deadline=None, suppress_health_check=EVERYTHING)
@given(tariffs(), months(), months(), SEATS)
def test_accounts_whose_months_are_not_stated_begin_with_their_first_call(
    plan: Tariff, one: tuple[int, list[Call]], other: tuple[int, list[Call]], seats: int | None
) -> None:
    """As `roi-tool rate` and a comparison price them: several accounts and months in one table."""
    accounts = {name: calls for name, (_, calls) in (("A", one), ("B", other)) if calls}
    both = [(call, name) for name, calls in accounts.items() for call in calls]
    table = table_of([call for call, _ in both])
    at_once = charges_of(
        rate_calls(table.with_frame(table.frame.assign(account=[name for _, name in both])), plan, seats=seats)
    )
    expected = []
    for calls in accounts.values():
        slow = months_of([plan] * 4, calls[0].month, calls, seats)
        expected += [charge for month in slow for charge in nano(month)]
    assert at_once == expected


@settings(max_examples=40, deadline=None, suppress_health_check=EVERYTHING)
@given(st.data(), months(), SEATS)
def test_a_tariff_may_change_between_months(data: st.DataObject, drawn: tuple[int, list[Call]], seats: int | None) -> None:
    """What is left stays promised as long as the allowance counts the same; amount, reach and rollover may change."""
    count, calls = drawn
    before = data.draw(tariffs())
    kept = tuple(
        rule.model_copy(
            update={
                "amount": data.draw(st.sampled_from([rule.amount, Decimal(3)])),
                "rollover_months": data.draw(st.integers(0, 3)),
            }
        )
        for rule in before.allowances[: data.draw(st.integers(1, 2))]
    )
    after = data.draw(tariffs(rules=kept))
    change = data.draw(st.integers(1, count))
    plans = [before] * change + [after] * (count - change)
    slow = months_of(plans, FIRST, calls, seats)
    assert [charges_of(month) for month in chain_of(plans, calls, seats)] == [nano(month) for month in slow]


def test_what_is_carried_is_of_the_month_before_and_of_the_same_kind() -> None:
    rate, least = Rate.per_minute("r", "1"), MinimumSpend(amount=Decimal(1))
    rolls = Allowance(id="a", amount=Decimal(1), shared=Shared.SEAT, rollover_months=1)
    plan = Tariff(id="t", currency="GBP", rates=(rate,), deck=(DeckEntry("44", "r"),), minimum_spend=least, allowances=(rolls,))
    early = table_of([Call(datetime(2026, 2, 1, tzinfo=UTC), "1", "44", 1)])
    left = Carried(FIRST - 1, {"a": AllowanceLeft("calls", True, {"1": (5,)})})
    assert left.changed(plan) == ("a",)
    for calls, span in (
        (early, AccountMonths(FIRST, FIRST)),
        (table_of([]), AccountMonths(FIRST, FIRST, Carried(FIRST - 2))),
        (table_of([]), AccountMonths(FIRST, FIRST, left)),
    ):
        with pytest.raises(ValueError, match=r"month|counts something else"):
            rate_calls(calls, plan, months=span)


def test_seats_that_do_not_call_keep_their_names() -> None:
    """Numbers, withheld numbers and none at all: what each has left comes back under its own name, month after month."""
    rolls = Allowance(id="a", amount=Decimal(1), shared=Shared.SEAT, rollover_months=1)
    plan = Tariff(id="t", currency="GBP", rates=(Rate.per_minute("r", "1"),), deck=(DeckEntry("44", "r"),), allowances=(rolls,))
    names = ["442079460001", "007", "", "anonymous", "44*7", "442079460001234567"]
    calls = [Call(datetime(2026, 3, 2, place, tzinfo=UTC), name, "44", 60_000) for place, name in enumerate(names)]
    first = rate_calls(table_of(calls), plan, months=AccountMonths(FIRST, FIRST)).carried
    assert first is not None
    known = {*names[:-1], names[-1][:15]}
    assert first.allowances["a"].left == dict.fromkeys(known, (0,))
    then = [Call(datetime(2026, 4, 2, tzinfo=UTC), name, "44", 1000) for name in ("+442079460001", "44*7", "new", "x")]
    second = rate_calls(table_of(then), plan, months=AccountMonths(FIRST + 1, FIRST + 1, first)).carried
    assert second is not None
    called = {"442079460001", "44*7", "new", "x"}
    assert second.allowances["a"].left == {name: (59_000 if name in called else 60_000,) for name in known | called}
