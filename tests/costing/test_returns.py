import json
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
import pyxirr
from hypothesis import given
from hypothesis import strategies as st

from roi_tool.costing.discounting import Convention, Period, discount_factors, present_value
from roi_tool.costing.payback import crossover_periods, falls_back_at, payback_periods
from roi_tool.costing.rate_of_return import irr, sign_changes
from roi_tool.costing.returns import measure_dated_returns, measure_returns, monthly_flows, yearly_flows
from roi_tool.problems import ProblemError

NANO = 10**9
UNITS = st.integers(-1_000_000, 1_000_000)
FLOWS = st.lists(UNITS, min_size=2, max_size=40)
RATES = st.floats(-0.5, 2.0)


def nano(units):
    return np.array(units, dtype=np.int64) * NANO


def net_returns(units, rate=0.1, **kind):
    net = nano(units)
    return measure_returns(np.maximum(net, 0), np.maximum(-net, 0), rate=rate, **{"period": Period.YEARS, **kind})


@given(FLOWS, RATES)
def test_npv_by_years_is_the_librarys(units, rate):
    expected = pyxirr.npv(rate, [float(unit) for unit in units])
    assert float(net_returns(units, rate).npv) == pytest.approx(expected, rel=1e-9, abs=1e-6)


@given(FLOWS, RATES)
def test_npv_by_months_is_the_librarys_at_the_twelfth_root(units, rate):
    expected = pyxirr.npv((1 + rate) ** (1 / 12) - 1, [float(unit) for unit in units])
    found = net_returns(units, rate, period=Period.MONTHS, convention=Convention.MONTHLY)
    assert float(found.npv) == pytest.approx(expected, rel=1e-9, abs=1e-6)


@given(FLOWS, RATES)
def test_months_under_tei_are_worth_what_their_years_are(units, rate):
    by_month = net_returns(units, rate, period=Period.MONTHS)
    by_year = measure_returns(yearly_flows(nano(units)), yearly_flows(nano(units)) * 0, rate=rate, period=Period.YEARS)
    assert float(by_month.npv) == pytest.approx(float(by_year.npv), rel=1e-9, abs=1e-6)


@given(FLOWS, RATES)
def test_years_under_the_monthly_convention_are_their_months(units, rate):
    by_year = net_returns(units, rate, convention=Convention.MONTHLY)
    months = monthly_flows(nano(units).astype(float))
    factors = discount_factors(len(months) - 1, rate, Convention.MONTHLY, Period.MONTHS)
    assert float(by_year.npv) == pytest.approx(float(months @ factors) / NANO, rel=1e-9, abs=1e-6)


@given(FLOWS)
def test_an_irr_makes_the_flow_worth_nothing_or_says_why_there_is_none(units):
    found = net_returns(units)
    changes = sign_changes(np.array(units))
    if changes == 1 and found.irr is not None:
        # In units of the largest flow: near −100 % the factors are huge, and so is what rounding leaves.
        factors = (1 + float(found.irr)) ** -np.arange(len(units), dtype=float)
        assert abs(np.dot(units, factors)) <= 1e-6 * np.abs(units * factors).sum()
    else:
        assert found.irr is None
        reasons = {0: "irr_no_change", 1: "irr_out_of_reach"}
        assert found.undefined["irr"] == "undefined." + reasons.get(changes, "irr_many_changes")


@pytest.mark.parametrize("units", [[-1, 10**9], [-(10**6), 1], [-1, *[0] * 30, 5], [-5, *[1] * 39], [10**6, *[-1] * 30]])
def test_extreme_rates_are_found(units):
    found = net_returns(units)
    factors = (1 + float(found.irr)) ** -np.arange(len(units), dtype=float)
    assert abs(np.dot(units, factors)) <= 1e-6 * np.abs(units * factors).sum()


@given(st.lists(st.integers(0, 1000), min_size=13, max_size=37), st.integers(1, 50_000))
def test_payback_is_where_the_running_total_reaches_the_outlay(gains, outlay):
    found = net_returns([-outlay, *gains], period=Period.MONTHS)
    running = -outlay + np.cumsum(gains)
    if running[-1] < 0:
        assert found.payback_months is None
        assert found.undefined["payback_months"] == "undefined.payback_not_within"
        return
    points = np.concatenate(([-outlay], running))
    at = float(found.payback_months)
    assert np.interp(at, np.arange(len(points)), points) == pytest.approx(0, abs=1e-6)
    assert at > 0
    assert points[int(np.ceil(at - 1e-9)) - 1] < 0


@given(FLOWS, st.integers(0, 39), st.integers(1, 10**6), st.sampled_from(Convention), st.sampled_from(Period))
def test_adding_a_cost_never_improves_a_figure(units, place, cost, convention, period):
    benefits, costs = np.maximum(nano(units), 0), np.maximum(-nano(units), 0)
    more = costs.copy()
    more[place % len(units)] += cost * NANO
    before = measure_returns(benefits, costs, rate=0.08, convention=convention, period=period)
    after = measure_returns(benefits, more, rate=0.08, convention=convention, period=period)
    assert after.npv < before.npv
    if before.roi_tei is not None:
        assert after.roi_tei <= before.roi_tei
    for name in ("payback_months", "payback_discounted_months"):
        if getattr(before, name) is None:
            assert getattr(after, name) is None or before.undefined[name] == "undefined.no_flow"
        elif getattr(after, name) is not None:
            assert getattr(after, name) >= getattr(before, name) - Decimal("1e-6")


@given(FLOWS, st.floats(0.01, 1))
def test_discounting_never_pays_back_sooner(units, rate):
    found = net_returns([-abs(units[0]), *[abs(unit) for unit in units[1:]]], rate)
    if found.payback_discounted_months is not None:
        assert found.payback_months is not None
        assert found.payback_discounted_months >= found.payback_months - Decimal("1e-6")


@given(FLOWS, RATES)
def test_what_is_worth_less_than_nothing_has_no_discounted_payback(units, rate):
    found = net_returns(units, rate)
    if found.npv < Decimal("-0.001"):
        assert found.payback_discounted_months is None


@pytest.mark.parametrize(
    ("cumulative", "periods"),
    [
        ([-100, -50, 0, 50], 2.0),
        ([-100, 100], 0.5),
        ([0, 10, 20], 0.0),
        ([5, 10, 20], 0.0),
        ([0, -10, 10], 1.5),
        ([0, 0, 0], "undefined.no_flow"),
        ([-100, -50], "undefined.payback_not_within"),
        ([-100, 50, -10], "undefined.payback_not_lasting"),
        ([10, 20, -10], "undefined.payback_not_lasting"),
        ([-100, 50, -10, 30], 100 / 150),
    ],
)
def test_payback_of_running_totals(cumulative, periods):
    assert payback_periods(np.array(cumulative)) == (periods if isinstance(periods, str) else pytest.approx(periods))


def test_a_total_that_falls_back_is_named():
    assert falls_back_at(np.array([-100, 50, -10, 30])) == 2
    assert falls_back_at(np.array([0, -10, 20])) is None
    assert falls_back_at(np.array([10, -10, 20])) == 1
    found = net_returns([-100, 150, -60, 40])
    assert (found.falls_back_months, found.payback_months) == (24, Decimal(8))


def test_crossovers_are_every_change_of_the_cheaper():
    a, b = np.array([0, 10, 20, 30, 40, 50]), np.array([15, 15, 15, 30, 45, 45])
    # b is dearer, cheaper from 2, equal at 3 (no change), dearer from 4, cheaper from 5.
    assert crossover_periods(a, b) == [(2, True), (4, False), (5, True)]
    assert crossover_periods(a, a) == []


def test_figures_without_a_meaning_say_why():
    found = measure_returns(nano([0, 10]), nano([0, 0]), rate=0.1, period=Period.YEARS)
    assert (found.roi_tei, found.roi_nucleus, found.irr) == (None, None, None)
    assert found.undefined == {
        "roi_tei": "undefined.no_costs",
        "roi_nucleus": "undefined.under_three_years",
        "irr": "undefined.irr_no_change",
    }
    assert found.payback_months == 0
    assert net_returns([-3, 1, 1]).undefined["roi_nucleus"] == "undefined.under_three_years"
    assert net_returns([-3, 1, 1, 1]).roi_nucleus == round(Decimal(1) / 3, 12)
    assert net_returns([0, 1, 1, -1]).undefined["roi_nucleus"] == "undefined.no_initial_cost"


def test_dated_flows_are_xnpv_and_xirr():
    days = [date(2026, 1, 1) + timedelta(days=offset) for offset in (0, 60, 303, 411, 456)]
    units = [-10_000, 2_750, 4_250, 3_250, 2_750]
    net = nano(units)
    found = measure_dated_returns(np.maximum(net, 0), np.maximum(-net, 0), days, rate=0.09)
    assert float(found.npv) == pytest.approx(pyxirr.xnpv(0.09, days, units), rel=1e-9)
    assert float(found.irr) == pytest.approx(pyxirr.xirr(days, units), rel=1e-8)
    # 7,000 back after 303 days, the other 3,000 of 3,250 on the way to day 411.
    assert float(found.payback_months) == pytest.approx((303 + 108 * 3000 / 3250) / 365 * 12)
    assert found.undefined["roi_nucleus"] == "undefined.dated"


def test_present_value_is_exact_to_the_printed_unit():
    assert present_value(nano([100, 100]), discount_factors(1, 0.25, Convention.TEI, Period.YEARS)) == Decimal("180")


def test_amounts_beyond_63_bits():
    huge = np.array([-(10**14) * NANO, 2 * 10**14 * NANO], dtype=object)
    found = measure_returns(np.maximum(huge, 0), np.maximum(-huge, 0), rate=0.0, period=Period.YEARS)
    assert found.npv == Decimal(10**14)
    assert found.irr == 1


@pytest.mark.parametrize("rate", [-1, -1.5, float("nan"), float("inf")])
def test_a_rate_without_a_meaning_is_refused(rate):
    with pytest.raises(ProblemError) as refused:
        net_returns([-1, 2], rate)
    assert refused.value.problems[0].code == "returns_rate"


def test_streams_that_do_not_fit_are_refused():
    for benefits, costs, code in (([0, 1], [1], "returns_ragged"), ([], [], "returns_empty"), ([1], [1], "returns_empty")):
        with pytest.raises(ProblemError) as refused:
            measure_returns(nano(benefits), nano(costs), rate=0.1)
        assert refused.value.problems[0].code == code
    with pytest.raises(ProblemError) as refused:
        measure_dated_returns(nano([1, 2]), nano([0, 0]), [date(2026, 2, 1), date(2026, 1, 1)], rate=0.1)
    assert refused.value.problems[0].code == "returns_dates"


def test_published_tei_table(shared_data):
    table = json.loads((shared_data / "tables" / "tei_salesloft_cashflow.json").read_text())
    benefits, costs = nano(table["total_benefits"][:4]), -nano(table["total_costs"][:4])
    found = measure_returns(benefits, costs, rate=table["discount_rate"], period=Period.YEARS)
    # Its totals are sums of rounded rows.
    assert float(found.pv_benefits) == pytest.approx(table["total_benefits"][5], abs=2)
    assert float(found.pv_costs) == pytest.approx(-table["total_costs"][5], abs=2)
    assert float(found.npv) == pytest.approx(table["npv"], abs=2)
    assert round(found.roi_tei * 100) == table["roi_percent"]
    assert float(found.payback_months) == pytest.approx(0.68, abs=0.005)


def test_published_textbook_case(shared_data):
    table = json.loads((shared_data / "tables" / "npv_schwalbe_example.json").read_text())
    found = measure_returns(nano(table["benefits"]), nano(table["costs"]), rate=table["discount_rate"], period=Period.YEARS)
    printed = table["unrounded"]
    assert round(found.pv_benefits) == printed["discounted_benefits"][-1]
    assert round(found.pv_costs) == printed["discounted_costs"][-1]
    assert round(found.npv) == printed["npv"]
    assert float(found.roi_tei) == pytest.approx(printed["roi"], abs=0.005)
    assert np.round(found.cumulative_discounted_nano / NANO).tolist() == printed["cumulative"]
    assert 0 < found.payback_months < 12
    # The same case printed with factors of two decimals.
    rounded = table["rounded_factors"]
    factors = np.round(discount_factors(3, 0.08, Convention.TEI, Period.YEARS), 2)
    assert factors.tolist() == rounded["factors"]
    assert present_value(nano(table["benefits"]), factors) == rounded["discounted_benefits_total"]
    assert present_value(nano(table["costs"]), factors) == rounded["discounted_costs_total"]


def test_published_nucleus_case(shared_data):
    case = json.loads((shared_data / "tables" / "nucleus_method.json").read_text())["case"]
    benefit, cost = case["average_annual_benefit"], case["implied_initial_cost_recomputed"]
    found = measure_returns(nano([0, benefit, benefit, benefit]), nano([cost, 0, 0, 0]), rate=0.1, period=Period.YEARS)
    assert round(found.roi_nucleus * 100) == case["roi_pct"]
    assert round(found.payback_months) == case["payback_months"]


def test_public_sector_cases(shared_data):
    cases = {
        case["id"]: case for case in json.loads((shared_data / "tables" / "public_sector_cases.json").read_text())["cases"]
    }
    hunterdon, tift, cook = (cases[name] for name in ("hunterdon_nj_2018", "tift_ga", "cook_mn_2014"))
    years = 3
    found = measure_returns(
        nano([0] + [hunterdon["current_annual"]] * years),
        nano([hunterdon["one_time"]] + [hunterdon["proposed_annual"]] * years),
        rate=0,
        period=Period.YEARS,
    )
    assert float(found.payback_months) == pytest.approx(hunterdon["recomputed"]["payback_months"], abs=0.005)
    for case, saving, payback in (
        (tift, tift["current_monthly"] - tift["proposed_monthly"], tift["recomputed"]["payback_years"] * 12),
        (cook, cook["saving_monthly"], cook["recomputed"]["payback_months"]),
    ):
        found = measure_returns(nano([0] + [saving] * 120), nano([case["one_time"]] + [0] * 120), rate=0)
        assert float(found.payback_months) == pytest.approx(payback, abs=0.06)


def test_the_wrong_calculators_cases(shared_data):
    table = json.loads((shared_data / "tables" / "calculator_bugs.json").read_text())
    asked = table["ooma"]["inputs"]
    old, new = round(asked["old_month"] * 100), round(asked["lines"] * asked["new_per_line_month"] * 100)
    months = 12
    found = measure_returns(
        np.array([0] + [old] * months) * (NANO // 100),
        np.array([round(asked["one_time"] * 100)] + [new] * months) * (NANO // 100),
        rate=0,
    )
    assert found.npv == Decimal("-9.64")
    assert found.npv != Decimal(str(table["ooma"]["calculator_printed_first_year_saving"]))
    assert found.payback_months is None
    example = table["demski"]["example"]
    annual = round(example["monthly"] * example["improvement"] * 12)
    found = measure_returns(nano([0, annual]), nano([example["cost"], 0]), rate=0, period=Period.YEARS)
    assert float(found.roi_tei * 100) == example["roi_pct"]


def test_a_very_high_irr_is_a_root_to_the_last_digits():
    net = np.array([-30_485, 5_526_024, 5_803_993, 5_489_206, 6_522_208]) * 10**9
    found = irr(net)
    exact = [float(amount) * (1 + found) ** -year for year, amount in enumerate(net)]
    assert abs(sum(exact)) < 1e-12 * max(map(abs, exact))
