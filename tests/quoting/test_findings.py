"""What must be said beside the figures, whether it helps the sale or not."""

from datetime import date
from decimal import Decimal

from quoting.small_case import small_bill, small_book, small_case

from roi_tool.quoting import Customer, compare, prepare_case

CASE = small_case()


def found(scenario, case=CASE):
    return {problem.code: problem for problem in compare(case, scenario, tornado=False).problems}


def test_nothing_is_said_where_there_is_nothing_to_say():
    assert found(CASE.scenario.with_value("hosted_seat_price", Decimal(20))) == {}


def test_staying_is_named_where_it_is_cheapest():
    cheap = CASE.scenario.with_value("today_rental", Decimal(0)).with_value("outbound_minutes", Decimal(0))
    assert compare(CASE, cheap, tornado=False).best == "stay"
    assert "staying_is_cheapest" in found(cheap)


def test_a_lead_that_changes_within_the_time_compared_is_said():
    # Hosted has little to pay at the start, SIP trunk little a month.
    problem = found(CASE.scenario.with_value("admin_hours", Decimal(0)).with_value("hosted_seat_price", Decimal(7)))[
        "lead_changes"
    ]
    assert problem.detail["a"] == "option.hosted"
    assert problem.detail["b"] == "option.keep_sip"
    month = int(problem.detail["month"])
    comparison = compare(
        CASE, CASE.scenario.with_value("admin_hours", Decimal(0)).with_value("hosted_seat_price", Decimal(7)), tornado=False
    )
    hosted, trunk = (comparison.option(option).cumulative_nano for option in ("hosted", "keep_sip"))
    assert trunk[month] < hosted[month]
    assert trunk[month - 1] >= hosted[month - 1]


def test_a_lead_that_changes_soon_after_is_said_and_comes_true():
    short = CASE.scenario.with_value("admin_hours", Decimal(0)).with_value("hosted_seat_price", Decimal(7))
    turn = int(found(short)["lead_changes"].detail["month"])
    before = short.with_value("horizon_months", Decimal(turn - 6))
    assert (
        compare(CASE, before, tornado=False).options[4].total_nano < compare(CASE, before, tornado=False).options[3].total_nano
    )
    problem = found(before)["lead_changes_later"]
    assert abs(int(problem.detail["month"]) - turn) <= 2


def test_too_few_channels_are_said():
    many = small_bill().calls.frame.assign(start=small_bill().calls.frame["start"].iloc[0])
    bill = small_bill().__class__(
        calls=small_bill().calls.with_frame(many),
        charges=small_bill().charges,
        currency="GBP",
        period_start=date(2026, 7, 1),
        period_end=date(2026, 8, 1),
    )
    case = prepare_case(Customer("X", seats=20), [bill], small_book())
    assert case.scenario["channels"] >= 40
    assert "channels_too_few" not in found(case.scenario, case)
    assert "channels_too_few" in found(case.scenario.with_value("channels", Decimal(10)), case)
    doubled = case.scenario.with_value("outbound_minutes", case.scenario["outbound_minutes"] * 2)
    assert "channels_too_few" in found(doubled, case)


def test_a_product_that_is_withdrawn_is_said():
    book = small_book()
    products = tuple(
        product.model_copy(update={"ends_on": date(2027, 1, 31), "note": "Switched off."}) if product.sku == "PRI" else product
        for product in book.products
    )
    case = prepare_case(Customer("X", seats=20), [small_bill()], book.model_copy(update={"products": products}))
    assert found(case.scenario, case)["product_withdrawn"].detail["day"] == "2027-01-31"
