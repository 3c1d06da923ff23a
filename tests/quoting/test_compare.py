"""The comparison as a pure function: sums that agree, base that is base, dearer that never helps."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from quoting.small_case import small_bill, small_book, small_case

from roi_tool.costing.discounting import discount_factors
from roi_tool.costing.returns import measure_returns
from roi_tool.pricebook import OfferItem, Product
from roi_tool.problems import ProblemError
from roi_tool.quoting import Customer, DriverFact, compare, prepare_case, tornado
from roi_tool.rating import rate_calls
from roi_tool.wording import wording_for

CASE = small_case()
MOVABLE = [driver for driver in CASE.scenario if driver.id not in ("horizon_months", "discount_rate", "term_months")]


def moved_scenarios():
    """Scenarios with a few drivers anywhere within their bounds."""

    @st.composite
    def build(draw):
        scenario = CASE.scenario
        for driver in draw(st.lists(st.sampled_from(list(CASE.scenario)), max_size=6, unique_by=lambda item: item.id)):
            span = driver.high - driver.low
            value = driver.low + (span * draw(st.integers(0, 100)) / 100)
            whole = driver.unit.value in ("seats", "channels", "months", "count", "minutes_per_month")
            scenario = scenario.with_value(driver.id, value.to_integral_value() if whole else value)
        return scenario

    return build()


@settings(max_examples=60, deadline=None)
@given(moved_scenarios())
def test_lines_categories_months_and_total_agree_to_the_unit(scenario):
    for option in compare(CASE, scenario, tornado=False).options:
        assert sum(line.total_nano for line in option.lines) == option.total_nano
        assert sum(option.by_category_nano.values()) == option.total_nano
        assert int(option.monthly_nano.sum()) == option.total_nano
        assert option.once_nano + sum(option.yearly_nano) == option.total_nano
        assert len(option.monthly_nano) == scenario["horizon_months"] + 1


@settings(max_examples=30, deadline=None)
@given(moved_scenarios())
def test_present_value_and_npv_follow_the_returns_functions(scenario):
    comparison = compare(CASE, scenario, tornado=False)
    factors = discount_factors(comparison.horizon_months, float(comparison.discount_rate))
    stay = comparison.options[0]
    for option in comparison.options[1:]:
        assert float(option.npv_cost) == pytest.approx(float(option.monthly_nano @ factors) / 1e9, abs=1e-6)
        again = measure_returns(stay.monthly_nano, option.monthly_nano, rate=comparison.discount_rate)
        assert option.versus_today.npv == again.npv
        assert float(option.versus_today.npv) == pytest.approx(float(stay.npv_cost - option.npv_cost), abs=1e-6)
        assert option.versus_today.saving_total_nano == stay.total_nano - option.total_nano


@settings(max_examples=30, deadline=None)
@given(moved_scenarios())
def test_a_scenario_put_back_to_base_equals_the_base(scenario):
    base, again = compare(CASE, CASE.scenario, tornado=False), compare(CASE, scenario.at_base(), tornado=False)
    for first, second in zip(base.options, again.options, strict=True):
        assert np.array_equal(first.monthly_nano, second.monthly_nano)
        assert first.npv_cost == second.npv_cost


COSTS = (
    "hosted_seat_price",
    "channel_price",
    "pri_line_price",
    "pbx_purchase",
    "maintenance_rate",
    "admin_hours",
    "labour_rate",
    "today_rental",
    "today_maintenance",
    "today_upgrade",
    "power_price",
    "power_watts",
    "overlap_weeks",
    "contract_months_left",
    "upgrade_share",
    "analogue_lines",
    "numbers",
    "carrier_price_rise",
    "offer_price_rise",
    "labour_rise",
)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(COSTS), st.integers(0, 100), st.integers(0, 100))
def test_a_dearer_driver_never_makes_an_option_cheaper(name, first, second):
    driver = CASE.scenario.driver(name)
    low, high = sorted((first, second))
    values = [driver.low + (driver.high - driver.low) * share / 100 for share in (low, high)]
    if driver.unit.value in ("months", "count"):
        values = [value.to_integral_value() for value in values]
    cheap, dear = (compare(CASE, CASE.scenario.with_value(name, value), tornado=False) for value in values)
    for before, after in zip(cheap.options, dear.options, strict=True):
        assert after.total_nano >= before.total_nano
        assert after.npv_cost >= before.npv_cost


def test_the_usage_line_of_the_bill_months_is_what_the_engine_charges():
    comparison = compare(CASE, CASE.scenario, tornado=False)
    for option in comparison.options:
        usage = next(line for line in option.lines if line.id == f"{option.id}.usage")
        months = option.usage.months
        assert int(usage.amounts_nano[1 : months + 1].sum()) == option.usage.charge_nano
        if option.id != "stay":
            rated = rate_calls(CASE.calls, small_book().tariffs[option.usage.tariff_id])
            assert option.usage.charge_nano == rated.charge_nano
    assert comparison.options[0].usage.charge_nano == int(CASE.calls.frame["charge_nano"].sum())


def test_usage_moves_with_minutes_and_with_the_share_of_mobiles():
    base = compare(CASE, CASE.scenario, tornado=False).option("stay").lines[0].total_nano
    minutes = CASE.scenario["outbound_minutes"]
    doubled = compare(CASE, CASE.scenario.with_value("outbound_minutes", minutes * 2), tornado=False)
    assert doubled.option("stay").lines[0].total_nano == pytest.approx(2 * base, rel=1e-9)
    more_mobile = CASE.scenario.with_value("mobile_share", CASE.scenario["mobile_share"] + Decimal("0.1"))
    line = compare(CASE, more_mobile, tornado=False).option("stay").lines[0]
    # A tenth of the minutes goes from 0.03 to 0.12 a minute.
    extra = float(CASE.usages["stay"].charge_nano) * 60 * (line.total_nano / base - 1) / 1e9
    assert extra == pytest.approx(60 * 0.1 * float(minutes) * 0.09, rel=0.02)


def test_stay_is_first_and_has_no_saving_against_itself():
    comparison = compare(CASE, CASE.scenario)
    assert [option.id for option in comparison.options] == ["stay", "onprem_pri", "onprem_sip", "keep_sip", "hosted"]
    assert comparison.options[0].versus_today is None
    assert comparison.best == min(comparison.options, key=lambda option: option.npv_cost).id


def test_every_line_and_driver_carries_evidence_that_is_listed():
    comparison = compare(CASE, CASE.scenario)
    for option in comparison.options:
        for line in option.lines:
            assert comparison.evidence[line.evidence.id] == line.evidence
            assert not line.driver or line.driver in comparison.scenario.drivers
    for driver in comparison.scenario:
        assert comparison.evidence[driver.evidence.id] == driver.evidence


def test_soft_savings_are_off_and_said_when_counted():
    off = compare(CASE, CASE.scenario, tornado=False)
    assert all(line.total_nano == 0 for option in off.options for line in option.lines if not line.hard)
    on = compare(CASE, CASE.scenario.with_value("soft_time_saved", Decimal("0.5")), tornado=False)
    assert on.option("hosted").total_nano < off.option("hosted").total_nano
    assert "soft_savings_counted" in {problem.code for problem in on.problems}
    assert on.option("stay").total_nano == off.option("stay").total_nano


def test_crossovers_name_the_cheaper_from_the_month_on():
    comparison = compare(CASE, CASE.scenario, tornado=False)
    assert comparison.crossovers
    for crossover in comparison.crossovers:
        a, b = comparison.option(crossover.a).cumulative_nano, comparison.option(crossover.b).cumulative_nano
        assert b[crossover.month] < a[crossover.month]
        assert b[crossover.month - 1] >= a[crossover.month - 1]


def test_the_tornado_is_sorted_and_its_ends_are_evaluations():
    swings = tornado(CASE, CASE.scenario, "hosted")
    sizes = [abs(swing.saving_at_high_nano - swing.saving_at_low_nano) for swing in swings]
    assert sizes == sorted(sizes, reverse=True)
    swing = next(swing for swing in swings if swing.driver == "hosted_seat_price")
    at_low = compare(CASE, CASE.scenario.with_value("hosted_seat_price", swing.low_value), tornado=False)
    assert at_low.option("hosted").versus_today.saving_total_nano == swing.saving_at_low_nano
    assert compare(CASE, CASE.scenario).tornado == tornado(CASE, CASE.scenario, compare(CASE, CASE.scenario).best)


def test_a_term_has_its_own_price_and_a_renewal():
    short = compare(CASE, CASE.scenario.with_value("term_months", Decimal(12)), tornado=False)
    seats = next(line for line in short.option("hosted").lines if line.id == "hosted.seat").amounts_nano / 1e9
    assert seats[1] == 20 * 12
    assert seats[13] == pytest.approx(20 * 11)
    long = next(line for line in compare(CASE, CASE.scenario).option("hosted").lines if line.id == "hosted.seat")
    assert (long.amounts_nano[1] / 1e9, long.amounts_nano[37] / 1e9) == (200, 220)


@pytest.mark.parametrize(
    ("driver", "value"),
    [("seats", "-1"), ("seats", "0"), ("horizon_months", "0"), ("discount_rate", "-1"), ("mobile_share", "1.5")],
)
def test_values_without_a_meaning_are_refused_by_name(driver, value):
    with pytest.raises(ProblemError) as refused:
        CASE.scenario.with_value(driver, Decimal(value))
    assert refused.value.problems[0].code == "driver_out_of_bounds"


def test_the_monthly_convention_discounts_later_less():
    tei = compare(CASE, CASE.scenario, tornado=False)
    monthly = compare(CASE, replace(CASE.scenario, convention="monthly"), tornado=False)
    assert monthly.option("stay").npv_cost > tei.option("stay").npv_cost
    assert monthly.option("stay").total_nano == tei.option("stay").total_nano


def test_a_bill_that_does_not_reconcile_is_said_in_every_comparison():
    bill = small_bill()
    wrong = replace(bill, reconciliation=replace(bill.reconciliation, stated_nano=bill.reconciliation.stated_nano + 5 * 10**9))
    case = prepare_case(Customer("X", seats=20), [wrong], small_book())
    problem = next(item for item in compare(case, case.scenario, tornado=False).problems if item.code == "bill_unreconciled")
    assert problem.detail == {"bill": "july.csv", "difference": "5.00"}


def test_values_that_do_not_fit_are_refused_and_never_wrap_round():
    facts = {
        "seats": DriverFact(Decimal(100_000), "x"),
        "hosted_seat_price": DriverFact(Decimal(900), "x"),
        "horizon_months": DriverFact(Decimal(120), "x"),
        "staff_growth": DriverFact(Decimal("0.3"), "x"),
    }
    case = prepare_case(Customer("Vast"), [small_bill()], small_book(), facts=facts)
    with pytest.raises(ProblemError) as refused:
        compare(case, case.scenario)
    assert refused.value.problems[0].code == "amounts_too_large"
    with pytest.raises(ProblemError) as refused:
        prepare_case(Customer("Vast", seats=10_000_000), [small_bill()], small_book())
    assert refused.value.problems[0].code == "driver_out_of_bounds"


@settings(max_examples=20, deadline=None)
@given(st.decimals(0, 5000, places=2), st.decimals(0, 50, places=2), st.integers(0, 48))
def test_one_more_item_costs_what_it_costs_and_touches_no_other_option(once, monthly, month):
    book = small_book()
    extra = Product(sku="EXTRA", name="Extra", unit="once", once=once, monthly=monthly)
    item = OfferItem(sku="EXTRA", cost="other", per="order", month=month)
    offers = tuple(
        offer.model_copy(update={"items": (*offer.items, item)}) if offer.option == "hosted" else offer for offer in book.offers
    )
    case = prepare_case(
        Customer("Small & Sons", seats=20), [small_bill()],
        book.model_copy(update={"products": (*book.products, extra), "offers": offers}),
    )  # fmt: skip
    before, after = compare(CASE, CASE.scenario, tornado=False), compare(case, case.scenario, tornado=False)
    for option in before.options:
        more = int((once + monthly * (60 - month)) * 10**9) if option.id == "hosted" else 0
        assert after.option(option.id).total_nano - option.total_nano == more


def test_who_takes_no_term_pays_the_price_without_one_throughout():
    rolling = compare(CASE, CASE.scenario.with_value("term_months", Decimal(1)), tornado=False).option("hosted")
    seats = next(line for line in rolling.lines if line.id == "hosted.seat")
    assert set(seats.amounts_nano[1:].tolist()) == {20 * 14 * 10**9}


@pytest.mark.parametrize(
    ("driver", "value", "code"),
    [
        ("seats", "20.5", "driver_not_whole"),
        ("term_months", "1.5", "driver_not_whole"),
        ("seats", "NaN", "driver_out_of_bounds"),
        ("labour_rate", "Infinity", "driver_out_of_bounds"),
        ("labour_rate", "NaN", "driver_out_of_bounds"),
    ],
)
def test_what_is_no_amount_of_anything_is_refused(driver, value, code):
    with pytest.raises(ProblemError) as refused:
        CASE.scenario.with_value(driver, Decimal(value))
    assert refused.value.problems[0].code == code
    with pytest.raises(ProblemError) as refused:
        prepare_case(Customer("X"), [small_bill()], small_book(), facts={driver: DriverFact(Decimal(value), "me")})
    assert refused.value.problems[0].code == code


def test_each_site_has_its_own_primary_rate_circuit():
    def circuits(sites):
        scenario = small_case().scenario.with_value("sites", Decimal(sites))
        lines = compare(small_case(), scenario, tornado=False).option("onprem_pri").lines
        return next(line for line in lines if line.id == "onprem_pri.pri").once_nano // (300 * 10**9)

    assert [circuits(1), circuits(2), circuits(4)] == [1, 2, 4]


def test_every_driver_has_words():
    words = wording_for("en")
    for driver in small_case().scenario:
        assert not words.label(f"driver.{driver.id}").startswith("driver.")
