"""What two published tables say about conventions, held to the public functions (from the optional shared tables)."""

import json
import re
from decimal import Decimal

import numpy as np
import pytest

from roi_tool.costing.discounting import Convention, Period
from roi_tool.costing.payback import NOT_WITHIN
from roi_tool.costing.returns import measure_returns
from roi_tool.costing.uncertainty import Shape, ThreePoint

UNIT = 10**9


def nano(*amounts):
    return np.array([round(amount * UNIT) for amount in amounts], dtype=np.int64)


@pytest.fixture(scope="module")
def tei(shared_data):
    return json.loads((shared_data / "tables" / "tei_conventions.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def scenarios(shared_data):
    return json.loads((shared_data / "tables" / "scenario_sensitivity_example.json").read_text(encoding="utf-8"))


def yearly(benefits, costs, rate=0.1):
    return measure_returns(
        nano(*benefits), nano(*costs), rate=rate, convention=Convention.TEI, period=Period.YEARS
    )  # fmt: skip


def test_the_start_is_not_discounted_and_years_are_at_their_end(tei):
    assert "NOT discounted" in tei["initial_column"] and "END of the year" in tei["years"]
    assert yearly((0, 0, 0, 0), (1000, 0, 0, 0)).pv_costs == 1000
    for year in (1, 2, 3):
        flow = [0, 0, 0, 0]
        flow[year] = 1000
        worth = yearly(flow, (0, 0, 0, 0)).pv_benefits
        assert float(worth) == pytest.approx(1000 / 1.1**year, abs=1e-6), tei["pv"]


def test_npv_and_roi_are_what_the_studies_call_so(tei):
    figures = yearly((0, 500, 600, 700), (400, 100, 100, 100))
    assert tei["npv"] == "PV(benefits) - PV(costs)"
    assert float(figures.npv) == pytest.approx(float(figures.pv_benefits - figures.pv_costs), abs=1e-6)
    assert tei["roi"].startswith("(benefits - costs)/costs")
    assert float(figures.roi_tei) == pytest.approx(float(figures.npv / figures.pv_costs))


def test_payback_is_undiscounted_and_its_printed_check_comes_out(tei):
    printed = re.search(r"([\d,]+)/\(([\d,]+)/12\) = ([\d.]+)", tei["payback_check"])
    outlay, year, months = (float(text.replace(",", "")) for text in printed.groups())
    figures = yearly((0, year, year, year), (outlay, 0, 0, 0))
    assert round(float(figures.payback_months), 2) == months < 6
    assert figures.payback_discounted_months > figures.payback_months


def test_risk_is_taken_off_as_both_kinds_of_studies_do(tei):
    assert "(low + most likely + high)/3" in tei["risk_adjustment"]["older_studies"]
    assert ThreePoint(60, 90, 120, Shape.TRIANGULAR).mean == 90
    assert ThreePoint(0, 90, 120, Shape.TRIANGULAR).mean == (0 + 90 + 120) / 3
    confident, factor, off = (int(number) for number in re.findall(r"(\d+) %", tei["risk_adjustment"]["example"]))
    assert round(confident * factor / 100) == off
    adjusted = yearly((0, 1000 * (1 - off / 100)), (500 * (1 + off / 100), 0))
    plain = yearly((0, 1000), (500, 0))
    assert adjusted.npv < plain.npv and adjusted.roi_tei < plain.roi_tei


def test_the_usual_rate_lies_in_the_printed_range(tei):
    forrester, low, high = (int(number) for number in re.findall(r"(\d+) %", tei["discount_rate"]))
    assert low <= forrester <= high
    npvs = [yearly((0, 500, 500, 500), (1000, 0, 0, 0), rate / 100).npv for rate in (low, forrester, high)]
    assert npvs == sorted(npvs, reverse=True)


def test_three_points_of_the_printed_table_are_in_order(scenarios):
    for name, points in scenarios["assumptions"].items():
        low, likely, high = sorted(points)
        assert points in ([low, likely, high], [high, likely, low]), name
        assert low <= ThreePoint(low, likely, high).mean <= high
    assert scenarios["npv"] == sorted(scenarios["npv"])
    assert scenarios["breakeven_month"] == sorted(scenarios["breakeven_month"], reverse=True)


def test_a_break_even_beside_a_negative_value_needs_its_horizon_and_is_not_discounted(scenarios):
    npv, month = scenarios["npv"][0], scenarios["breakeven_month"][0]
    assert npv < 0 and "state the horizon" in scenarios["note"]

    def level(outlay, months):
        benefits, costs = [0.0, *[outlay / month + 1e-6] * months], [outlay, *[0.0] * months]
        return measure_returns(nano(*benefits), nano(*costs), rate=0.1, convention=Convention.MONTHLY)

    # Only a time that ends with the break-even itself lets both printed figures stand side by side …
    loss = float(level(100_000.0, month).npv)
    printed = level(100_000.0 * npv / loss, month)
    assert float(printed.npv) == pytest.approx(npv, abs=1)
    assert printed.payback_months == pytest.approx(Decimal(month), abs=Decimal("0.01"))
    assert printed.payback_discounted_months is None
    assert printed.undefined["payback_discounted_months"] == NOT_WITHIN
    # … over two years the same money is worth more than nothing, and before the break-even there is none.
    assert level(100_000.0, 24).npv > 0
    assert level(100_000.0, month - 2).undefined["payback_months"] == NOT_WITHIN


def test_where_the_value_is_positive_both_break_evens_exist_within_the_time(scenarios):
    for npv, month in list(zip(scenarios["npv"], scenarios["breakeven_month"], strict=True))[1:]:
        outlay = 10_000.0
        benefits = nano(0, *[outlay / month + 1e-6] * 24)
        figures = measure_returns(benefits, nano(outlay, *[0] * 24), rate=0.1, convention=Convention.MONTHLY)
        assert npv > 0 and figures.npv > 0
        assert month == pytest.approx(float(figures.payback_months))
        assert figures.payback_months < figures.payback_discounted_months < 24
