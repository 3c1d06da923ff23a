"""An order bills, month by month, what the comparison's lines say: free months, the term's price, the renewal's."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from quoting.small_case import small_bill, small_book, small_case

from roi_tool.billing import Month, bill_account
from roi_tool.cdr import empty_calls
from roi_tool.problems import ProblemError
from roi_tool.quoting import Customer, SitePart, compare, make_order, prepare_case
from roi_tool.quoting.order import months_later
from roi_tool.rating import compile_tariff

HORIZON = 30
COSTS = {"maintenance", "upgrade", "residual", "power", "administration", "termination", "overlap", "time_saved", "usage"}


def billed(order, months):
    """What the invoices of some months (1 is the first) charge besides calls, nano units."""
    tariffs = {name: compile_tariff(tariff) for name, tariff in order.tariffs.items()}
    found = {}
    for number in months:
        day = months_later(order.start, number - 1)
        found[number] = sum(
            bill_account(
                account, empty_calls(timezone=account.timezone), tariffs[account.tariff], Month(day.year, day.month), "1"
            ).invoice.subscriptions_nano
            for account in order.accounts
        )
    return found


def shown(comparison, option, months):
    """What the comparison's lines of things that the operator sells say for the same months.

    What is paid once when a month begins stands at the end of the month before.
    """
    result = next(one for one in comparison.options if one.id == option)
    lines = [line for line in result.lines if line.id.rpartition(".")[2] not in COSTS]
    single = [line for line in lines if line.id.endswith((".purchase", ".sbc", ".port"))]
    monthly = [line for line in lines if line not in single]
    found = {}
    for number in months:
        due = sum(int(line.amounts_nano[number]) for line in monthly) + sum(
            int(line.amounts_nano[number - 1]) for line in single
        )
        found[number] = due + (sum(line.once_nano for line in monthly) if number == 1 else 0)
    return found


@settings(max_examples=10, deadline=None)
@given(
    option=some.sampled_from(["onprem_sip", "keep_sip"]),
    term=some.sampled_from([12, 24]),
    free=some.integers(0, 15),
    month=some.integers(0, 6),
    channels=some.integers(1, 9),
    price=some.integers(1, 900),
)
def test_invoices_follow_the_lines_month_by_month(option, term, free, month, channels, price):
    book = small_book()
    products = tuple(
        product.model_copy(
            update={
                "by_term": {12: Decimal("5.50"), 24: Decimal("5.00")},
                "renewal": Decimal("5.75"),
                "free_months": free,
                "driver": "channel_price",
            }
        )
        if product.sku == "CHAN"
        else product
        for product in book.products
    )
    offers = tuple(
        offer.model_copy(
            update={
                "items": tuple(item.model_copy(update={"month": month}) if item.sku == "CHAN" else item for item in offer.items)
            }
        )
        for offer in book.offers
    )
    case = prepare_case(
        Customer("Alder", "GB", 20), [small_bill()], book.model_copy(update={"products": products, "offers": offers})
    )
    scenario = case.scenario
    for driver, value in (("term_months", term), ("channels", channels), ("horizon_months", HORIZON)):
        scenario = scenario.with_value(driver, Decimal(value))
    scenario = scenario.with_value("channel_price", scenario["channel_price"] + Decimal(price) / 100)
    order = make_order(case, scenario, option, date(2026, 12, 1))
    edges = {1, month, month + 1, month + free, month + free + 1, month + term, month + term + 1, HORIZON}
    months = sorted(edges & set(range(1, HORIZON + 1)))
    theirs = shown(compare(case, scenario, tornado=False), option, months)
    for number, ours in billed(order, months).items():
        # An invoice's line is in whole pennies, the comparison's is exact.
        assert abs(ours - theirs[number]) <= 5_000_000, number


def test_a_mix_is_one_account_for_each_site():
    bill = small_bill()
    frame = bill.calls.frame.copy()
    frame["site"] = ["London" if number % 2 else "Leeds" for number in range(len(frame))]
    frame["caller"] = ["442079460001" if number % 2 else "441134960001" for number in range(len(frame))]
    mix = (SitePart("London", 15, "hosted"), SitePart("Leeds", 5, "keep_sip"))
    bill = replace(bill, calls=bill.calls.with_frame(frame))
    case = prepare_case(Customer("Alder & Wren", "GB", 20), [bill], small_book(), mix=mix)
    order = make_order(case, case.scenario, "mix", date(2026, 12, 1))
    assert [account.id for account in order.accounts] == ["alder-wren-london", "alder-wren-leeds"]
    assert [account.numbers for account in order.accounts] == [{"442079460001"}, {"441134960001"}]
    assert [account.tariff for account in order.accounts] == ["hosted", "flat"]
    [seats] = [
        item
        for item in order.accounts[0].subscriptions
        if item.description == "Hosted seat" and item.repeats == "monthly" and item.ends
    ]
    assert (seats.quantity, seats.price, seats.ends) == (15, 10, date(2029, 12, 1))
    assert billed(order, [1, 2]) == shown(compare(case, case.scenario, tornado=False), "mix", [1, 2])


def test_staying_is_no_order():
    case = small_case()
    with pytest.raises(ProblemError) as raised:
        make_order(case, case.scenario, "stay", date(2026, 12, 1))
    assert raised.value.problems[0].code == "order_of_staying"


def test_a_month_without_the_day_ends_on_its_last():
    assert months_later(date(2027, 8, 31), 6) == date(2028, 2, 29)
    assert months_later(date(2026, 12, 1), 36) == date(2029, 12, 1)
