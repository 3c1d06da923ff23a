"""Solving for the unknown, and what can't be reached."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from quoting.small_case import small_case

from roi_tool.problems import ProblemError
from roi_tool.quoting import compare, solve

CASE = small_case()


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 300))
def test_the_price_that_was_put_in_comes_out_again(tenths):
    price = Decimal(tenths) / 10
    there = compare(CASE, CASE.scenario.with_value("hosted_seat_price", price), tornado=False).option("hosted")
    target = there.versus_today.npv.quantize(Decimal("0.01"))
    solution = solve(CASE, CASE.scenario, "hosted_seat_price", "npv", target)
    assert abs(solution.value - price) <= Decimal("0.01")
    assert solution.option == "hosted"


def test_the_answer_reaches_the_target_in_a_comparison():
    solution = solve(CASE, CASE.scenario, "pbx_purchase", "payback_months", Decimal(24))
    found = compare(CASE, solution.scenario, tornado=False).option("onprem_sip").versus_today.payback_months
    assert float(found) == pytest.approx(24, abs=0.05)


def test_whole_seats_come_out_whole_and_at_the_turn():
    solution = solve(CASE, CASE.scenario, "seats", "npv", Decimal(0), option="hosted")
    assert solution.value == solution.value.to_integral_value()
    npv = [
        compare(CASE, CASE.scenario.with_value("seats", solution.value + step), tornado=False).option("hosted").versus_today.npv
        for step in (-1, 1)
    ]
    assert npv[0] > 0 > npv[1]


@pytest.mark.parametrize(
    ("driver", "figure", "target", "option", "code"),
    [
        ("hosted_seat_price", "payback_months", "0.5", "", "target_out_of_reach"),
        ("no_driver", "npv", "0", "", "driver_unknown"),
        ("seats", "happiness", "0", "", "target_unknown"),
        ("seats", "npv", "0", "stay", "option_unknown"),
        ("seats", "npv", "0", "teleport", "option_unknown"),
    ],
)
def test_what_can_not_be_solved_is_said(driver, figure, target, option, code):
    with pytest.raises(ProblemError) as refused:
        solve(CASE, CASE.scenario, driver, figure, Decimal(target), option=option)
    assert refused.value.problems[0].code == code


@pytest.mark.parametrize("driver", ["hosted_seat_price", "today_rental"])
def test_the_exact_break_even_put_in_again_leaves_nothing(driver):
    solution = solve(CASE, CASE.scenario, driver, "npv", Decimal(0), option="hosted")
    again = compare(CASE, CASE.scenario.with_value(driver, solution.exact)).option("hosted")
    assert abs(again.versus_today.npv) < Decimal("0.001")
    assert abs(solution.exact - solution.value) <= Decimal("0.005")
