"""One account's month: lines, sums, subscriptions by the day, taxes, rounding."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roi_tool.billing import Account, LineKind, Month, Subscription, bill_account
from roi_tool.cdr.schema import make_calls
from roi_tool.money import NANO, to_nano
from roi_tool.rating import compile_tariff, rate_calls
from roi_tool.tariff import DeckEntry, MinimumSpend, Rate, RoundingRule, Tariff, Tax

MAY = Month.of("2026-05")
TARIFF = Tariff(
    id="retail",
    currency="GBP",
    rates=(Rate.per_minute("uk", "0.0125", "1/1"), Rate.per_minute("mobile", "0.035", "60/1", connect_fee=Decimal("0.02"))),
    deck=(DeckEntry("44", "uk", group="UK"), DeckEntry("447", "mobile", group="UK mobile")),
)


def calls_of(*calls):
    starts = [datetime(2026, 5, 4, 9, tzinfo=UTC)] * len(calls)
    return make_calls({"start": starts, "called": [number for number, _ in calls], "duration_ms": [ms for _, ms in calls]})


def bill(calls, tariff=TARIFF, **account):
    return bill_account(Account(id="a", tariff="retail", **account), calls, compile_tariff(tariff), MAY, "2026-05-000001")


def test_usage_is_the_sum_of_the_calls_and_stands_by_destination():
    calls = calls_of(("442079460000", 61_000), ("442079460001", 7_000), ("447700900123", 30_000), ("33140000000", 5_000))
    billed = bill(calls)
    invoice = billed.invoice
    assert [(line.code, line.quantity_nano // NANO, line.amount_nano) for line in invoice.lines] == [
        ("UK", 2, to_nano("0.014166666")),
        ("UK mobile", 1, to_nano("0.055")),
    ]
    assert invoice.usage_nano == rate_calls(calls, TARIFF).charge_nano == billed.rated.charge_nano
    assert (invoice.calls, invoice.unrated_calls) == (4, 1)
    assert invoice.net_nano == to_nano("0.07")
    assert invoice.closes


SHARES = {
    "all month": ({}, "31"),
    "from the 11th": ({"starts": date(2026, 5, 11)}, "21"),
    "until the 11th": ({"ends": date(2026, 5, 11)}, "10"),
    "not yet": ({"starts": date(2026, 6, 1)}, None),
    "over": ({"ends": date(2026, 5, 1)}, None),
    "once in May": ({"repeats": "once", "starts": date(2026, 5, 31)}, "31"),
    "once in June": ({"repeats": "once", "starts": date(2026, 6, 1)}, None),
}


@pytest.mark.parametrize("case", SHARES)
def test_subscriptions_are_paid_by_the_day(case):
    dates, amount = SHARES[case]
    invoice = bill(calls_of(), subscriptions=(Subscription(description="seats", price=Decimal("31"), **dates),)).invoice
    assert [line.amount_nano for line in invoice.lines] == ([to_nano(amount)] if amount else [])
    assert invoice.closes


def test_credits_quantities_and_tax():
    tariff = TARIFF.model_copy(update={"taxes": (Tax(id="VAT", percent=Decimal(20)),)})
    subscriptions = (
        Subscription(description="seat", price=Decimal("9.50"), quantity=Decimal(12)),
        Subscription(description="credit", price=Decimal("-14")),
    )
    invoice = bill(calls_of(("447700900123", 60_000)), tariff, subscriptions=subscriptions).invoice
    assert invoice.subscriptions_nano == to_nano("100")
    assert [(tax.tax, tax.base_nano, tax.amount_nano) for tax in invoice.taxes] == [
        ("calls", to_nano("0.055"), to_nano("0.01")),
        ("VAT", to_nano("100"), to_nano("20")),
    ]
    assert invoice.total_nano == to_nano("120.07")
    assert invoice.closes


def test_tax_that_is_included_is_not_added():
    tariff = TARIFF.model_copy(update={"tax_included": True, "taxes": (Tax(id="VAT", percent=Decimal(20)),)})
    invoice = bill(calls_of(), tariff, subscriptions=(Subscription(description="seat", price=Decimal("120")),)).invoice
    assert (invoice.net_nano, invoice.tax_nano, invoice.total_nano) == (to_nano("120"), to_nano("20"), to_nano("120"))
    assert invoice.closes


def test_a_shortfall_is_a_line_of_its_own():
    tariff = TARIFF.model_copy(update={"minimum_spend": MinimumSpend(amount=Decimal(10))})
    invoice = bill(calls_of(("442079460000", 60_000)), tariff).invoice
    assert [(line.kind, line.amount_nano) for line in invoice.lines] == [
        (LineKind.USAGE, to_nano("0.0125")),
        (LineKind.PERIOD, to_nano("9.9875")),
    ]
    assert invoice.total_nano == to_nano("10")


def test_an_account_says_what_is_wrong_with_it():
    with pytest.raises(ValueError, match="no time zone"):
        Account(id="a", tariff="t", timezone="Mars/Base")
    with pytest.raises(ValueError, match="ends before"):
        Subscription(description="x", price=Decimal(1), starts=date(2026, 5, 2), ends=date(2026, 5, 2))
    with pytest.raises(ValueError, match="no date"):
        Subscription(description="x", price=Decimal(1), repeats="once")
    with pytest.raises(ValueError, match="no month"):
        Month.of("May 2026")


NUMBERS = st.sampled_from(["442079460000", "447700900123", "33140000000", "447", ""])


@settings(max_examples=60, deadline=None)
@given(
    calls=st.lists(st.tuples(NUMBERS, st.integers(0, 10_000_000)), max_size=15),
    prices=st.lists(st.decimals(-500, 500, places=3), max_size=4),
    percent=st.decimals(0, 30, places=1),
    included=st.booleans(),
    decimals=st.sampled_from([None, 0, 4]),
    starts=st.dates(date(2026, 4, 1), date(2026, 6, 30)),
)
def test_every_invoice_closes(calls, prices, percent, included, decimals, starts):
    rounding = RoundingRule(invoice_decimals=decimals)
    update = {"taxes": (Tax(id="t", percent=percent),), "tax_included": included, "rounding": rounding}
    subscriptions = tuple(Subscription(description="s", price=price, starts=starts) for price in prices)
    billed = bill(calls_of(*calls), TARIFF.model_copy(update=update), subscriptions=subscriptions)
    invoice = billed.invoice
    assert invoice.closes
    assert invoice.usage_nano == billed.rated.charge_nano
    assert billed.rated.rated + invoice.unrated_calls == invoice.calls == len(calls)
    step = 10 ** (9 - (2 if decimals is None else decimals))
    assert invoice.net_nano % step == 0
    assert abs(invoice.rounding_nano) * 2 <= step
