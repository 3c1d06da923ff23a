import json
from datetime import date

import numpy as np
import pytest
import pyxirr
from hypothesis import given
from hypothesis import strategies as st

from roi_tool.costing import time_value
from roi_tool.problems import ProblemError


def compute(case):
    rate = case.get("rate", 0)
    if isinstance(rate, str):
        top, bottom = rate.split("/")
        rate = float(top) / float(bottom)
    return {
        "NPV": lambda: time_value.net_present_value(rate, case["values"]),
        "IRR": lambda: time_value.internal_rate(case["values"]),
        "XIRR": lambda: time_value.dated_internal_rate(case["values"], [date.fromisoformat(day) for day in case["dates"]]),
        "MIRR": lambda: time_value.modified_internal_rate(case["values"], case["finance"], case["reinvest"]),
        "PMT": lambda: time_value.payment(rate, case["nper"], case["pv"]),
        "RATE": lambda: time_value.loan_rate(case["nper"], case["pmt"], case["pv"]),
        "EFFECT": lambda: time_value.effective_rate(case["nominal"], case["npery"]),
    }[case["f"]]()


def test_documented_examples(shared_data):
    cases = json.loads((shared_data / "tables" / "excel_financial_functions.json").read_text())["cases"]
    for case in cases:
        assert compute(case) == pytest.approx(case["expected"], rel=1e-8, abs=1e-8)


# Below 1e-6 the library itself loses its digits.
@given(
    st.just(0.0) | st.floats(1e-6, 0.5), st.integers(1, 400), st.integers(1, 10**6), st.integers(-(10**5), 10**5), st.booleans()
)
def test_payments_settle_the_loan(rate, periods, borrowed, residual, at_start):
    each = time_value.payment(rate, periods, borrowed, residual, at_start=at_start)
    expected = pyxirr.pmt(rate, periods, borrowed, residual, pmt_at_beginning=at_start)
    assert each == pytest.approx(expected, rel=1e-6)


@given(st.floats(-0.3, 2), st.integers(1, 365))
def test_effective_and_nominal_are_inverse(rate, per_year):
    assert time_value.effective_rate(time_value.nominal_rate(rate, per_year), per_year) == pytest.approx(rate, abs=1e-12)


def test_dated_values():
    days = [date(2008, 1, 1), date(2008, 3, 1), date(2008, 10, 30), date(2009, 2, 15), date(2009, 4, 1)]
    values = [-10_000, 2_750, 4_250, 3_250, 2_750]
    # Microsoft's documented XNPV example.
    assert time_value.dated_net_present_value(0.09, values, days) == pytest.approx(2086.647602, abs=1e-6)


def test_what_has_no_meaning_says_why():
    assert time_value.modified_internal_rate([1, 2], 0.1, 0.1) == "undefined.irr_no_change"
    assert time_value.internal_rate([-1, 3, -1]) == "undefined.irr_many_changes"
    assert time_value.loan_rate(10, 100, 100) == "undefined.no_result"


def test_a_lease_with_a_residual_costs_what_its_flow_does():
    each = time_value.payment(0.01, 36, 10_000, -2_000, at_start=True)
    flows = np.array([10_000 + each, *[each] * 35, -2_000])
    assert time_value.internal_rate(flows) == pytest.approx(0.01)


@pytest.mark.parametrize(
    "call",
    [
        lambda: time_value.net_present_value(-1, [1]),
        lambda: time_value.net_present_value(0.1, []),
        lambda: time_value.payment(0.1, 0, 100),
        lambda: time_value.effective_rate(0.1, 0),
        lambda: time_value.dated_internal_rate([1, 2], [date(2026, 1, 1)]),
    ],
)
def test_what_cannot_be_is_refused(call):
    with pytest.raises(ProblemError):
        call()
