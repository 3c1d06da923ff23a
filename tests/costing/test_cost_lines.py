"""The families of cost lines: what each pays when, and what they must never do."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_tool.costing.financing import financing_amounts
from roi_tool.costing.labour import administration_amounts, time_saved_amounts
from roi_tool.costing.leaving import at_the_start, overlap_amounts, owed, termination_parts
from roi_tool.costing.maintenance import maintenance_amounts
from roi_tool.costing.months import risen, whole_units, years_passed
from roi_tool.costing.power import power_amounts
from roi_tool.costing.priced_item import ItemPrice, item_amounts, quantities
from roi_tool.costing.purchase import purchase_amounts, residual_amounts, upgrade_amounts
from roi_tool.costing.time_value import payment
from roi_tool.costing.usage import steady_usage, usage_amounts

POUND = 10**9


def test_years_pass_at_each_anniversary():
    assert years_passed(26).tolist() == [0] * 13 + [1] * 12 + [2] * 2


def test_units_grow_whole_half_up():
    assert whole_units(10, 0.05, 36)[[0, 12, 13, 25, 36]].tolist() == [10, 10, 11, 11, 11]
    assert whole_units(100, -0.1, 24)[[12, 13]].tolist() == [100, 90]


def test_promotion_then_term_then_renewal_then_rises():
    price = ItemPrice(once_nano=5 * POUND, term_nano=10 * POUND, renewal_nano=12 * POUND, free_months=3)
    paid = item_amounts(price, quantities(2, 1, 0.0, 60), term_months=24, rise=0.1, horizon_months=60) / POUND
    assert paid[0] == 10  # two pieces bought
    assert paid[1:4].tolist() == [0, 0, 0]
    assert set(paid[4:25]) == {20}
    assert set(paid[25:37]) == {24}
    assert np.allclose(paid[37:49], 26.4)


def test_a_price_that_is_not_fixed_rises_from_the_second_year():
    price = ItemPrice(once_nano=0, term_nano=100 * POUND, renewal_nano=100 * POUND, fixed_in_term=False)
    paid = item_amounts(price, quantities(1, 1, 0.0, 24), term_months=36, rise=0.05, horizon_months=24) / POUND
    assert paid[12] == 100
    assert np.isclose(paid[13], 105)


def test_growing_staff_buys_more_and_shrinking_staff_gets_nothing_back():
    price = ItemPrice(once_nano=10 * POUND, term_nano=0, renewal_nano=0)
    grown = item_amounts(price, quantities(10, 1, 0.1, 24), term_months=36, rise=0, horizon_months=24) / POUND
    assert grown[0] == 100
    assert grown[13] == 10
    assert grown.sum() == 110
    shrunk = item_amounts(price, quantities(10, 1, -0.1, 24), term_months=36, rise=0, horizon_months=24) / POUND
    assert shrunk.sum() == 100


def test_fractions_of_pieces_are_rounded_up():
    assert quantities(142, 0.7, 0.0, 1).tolist() == [100, 100]
    assert quantities(10, 0.5, 0.0, 1).tolist() == [5, 5]


def test_a_stepped_item_begins_in_its_month():
    price = ItemPrice(once_nano=7 * POUND, term_nano=POUND, renewal_nano=POUND)
    paid = item_amounts(price, quantities(1, 1, 0, 60), term_months=12, rise=0, horizon_months=60, from_month=49) / POUND
    assert paid[:49].sum() == 0
    assert paid[49] == 7
    assert paid[50:].tolist() == [1] * 11


@given(st.integers(0, 10**16), st.integers(1, 24), st.integers(1, 120))
def test_steady_usage_is_exact_over_any_bill_period(charge, months, horizon):
    steady = steady_usage(charge, months, horizon)
    assert steady[0] == 0
    for start in range(1, horizon - months + 2):
        assert int(steady[start : start + months].sum()) == charge
    assert (steady[1:] >= charge // months).all()
    assert (steady[1:] <= charge // months + 1).all()


@given(st.integers(0, 10**14), st.integers(1, 12), st.floats(0, 5))
def test_usage_scales_with_volume_to_within_half_a_unit_a_month(charge, months, volume):
    steady, scaled = steady_usage(charge, months, 24), usage_amounts(charge, months, 24, volume=volume)
    assert np.all(np.abs(scaled - steady * volume) <= 1 + 1e-12 * steady)


def test_growth_leaves_the_first_year_exact():
    grown = usage_amounts(1_000_000_007, 3, 24, growth=risen(0.05, 24))
    assert int(grown[1:4].sum()) == 1_000_000_007
    assert grown[13] > grown[12]


def test_purchase_upgrade_and_residual():
    seats = whole_units(10, 0.1, 24)
    bought = purchase_amounts(100 * POUND, 5 * POUND, seats) / POUND
    assert bought[0] == 150
    assert bought[13] == 5
    assert upgrade_amounts(1000 * POUND, 0.2, 49, 60)[49] == 200 * POUND
    assert upgrade_amounts(1000 * POUND, 0.2, 49, 48).sum() == 0
    assert upgrade_amounts(1000 * POUND, 0.2, 49, 120)[98] == 200 * POUND
    assert upgrade_amounts(1000 * POUND, 0.2, 60, 60).sum() == 0, "nobody upgrades on leaving"
    residual = residual_amounts(1000 * POUND, 0.1, 42, 84)
    assert residual[-1] == -50 * POUND
    assert residual_amounts(1000 * POUND, 0.1, 84, 84).sum() == 0


def test_monthly_families_start_in_month_one_and_rise_yearly():
    for amounts in (
        maintenance_amounts(1200 * POUND, 0.1, 0.05, 24),
        administration_amounts(10, POUND, 1.0, 0.05, 24),
        power_amounts(1000 / 730.5 * 10, POUND, 0.05, 24),
    ):
        assert amounts[0] == 0
        assert abs(int(amounts[1]) - 10 * POUND) <= 1
        assert amounts[13] > amounts[12] == amounts[1]


def test_leaving_is_paid_at_the_start_by_formula():
    parts = termination_parts(None, 100 * POUND, 7, share=0.5, overlap_weeks=0)
    assert at_the_start(owed(None, parts), 12).tolist() == [350 * POUND] + [0] * 12
    weeks = overlap_amounts(365.25 / 7 / 12 * POUND, 4, 12)
    assert weeks[0] == 4 * POUND
    assert weeks[1:].sum() == 0


def test_time_saved_is_a_negative_cost_and_nothing_when_off():
    seats = whole_units(10, 0, 12)
    off = time_saved_amounts(seats, 60, 30 * POUND, realisation=0.0, rise=0.0, horizon_months=12)
    assert not off.any()
    on = time_saved_amounts(seats, 60, 30 * POUND, realisation=0.5, rise=0.0, horizon_months=12)
    assert on[0] == 0
    assert set(on[1:].tolist()) == {-150 * POUND}


@given(
    st.integers(100, 10**6),
    st.floats(0, 0.4),
    st.integers(1, 84),
    st.integers(1, 120),
    st.floats(0, 1),
)
def test_a_lease_with_a_residual_is_worth_its_price_at_its_own_rate(price, rate, months, horizon, residual):
    amounts = financing_amounts(price * 1e9, rate, months, horizon, residual_share=residual)
    worth = sum(float(amount) / (1 + rate / 12) ** month for month, amount in enumerate(amounts))
    assert abs(worth) < price * 1e9 * 1e-9 + 1000


def test_a_residual_is_paid_with_the_last_instalment_as_a_spreadsheet_has_it():
    amounts = financing_amounts(20_000e9, 0.09, 36, 60, residual_share=0.1)
    level = payment(0.09 / 12, 36, 20_000, -2_000)
    assert amounts[1] == pytest.approx(-level * 1e9, abs=2)
    assert amounts[36] == pytest.approx((-level + 2_000) * 1e9, abs=2)
    assert not amounts[37:].any()
