"""A part of a month is scaled by the share of its days, in every figure that rests on the bills, and said."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from quoting.small_case import small_bill, small_book

from roi_tool.cdr import FileReading
from roi_tool.costing.usage import steady_usage
from roi_tool.quoting import Customer, compare, prepare_case
from roi_tool.reporting import read_brand, write_comparison_workbook
from roi_tool.resources import report_templates_folder
from roi_tool.wording import wording_for

TWENTY = Customer("Small & Sons", country="GB", seats=20)


def twelve_days():
    """The month's calls as if they were those of twelve days: 20 to 31 July."""
    return replace(small_bill(), period_start=date(2026, 7, 20), period_end=date(2026, 8, 1))


def told(case):
    return {problem.code: dict(problem.detail) for problem in case.problems}


def test_calls_and_rentals_of_twelve_days_are_scaled_to_the_month_and_that_is_said():
    whole, part = (prepare_case(TWENTY, [bill], small_book()) for bill in (small_bill(), twelve_days()))
    share = Fraction(12, 31)
    assert (whole.usages["stay"].months, part.usages["stay"].months) == (1, share)
    assert part.usages["stay"].charge_nano == whole.usages["stay"].charge_nano
    assert told(part)["bills_odd_period"] == {"days": "12", "months": "0.39"}
    assert "bills_odd_period" not in told(whole)
    assert part.scenario["today_rental"] == (whole.scenario["today_rental"] * 31 / 12).quantize(Decimal("0.01"))
    for option in whole.usages:
        used, month = part.usages[option], compare(part, part.scenario).option(option)
        line = next(line for line in month.lines if line.id.endswith(".usage"))
        assert abs(int(line.amounts_nano[1]) * 12 - used.charge_nano * 31) <= 31


def test_bills_that_nearly_are_whole_months_count_as_whole():
    bill = replace(small_bill(), period_start=date(2026, 7, 3), period_end=date(2026, 8, 1))
    case = prepare_case(TWENTY, [bill], small_book())
    assert case.usages["stay"].months == 1
    assert isinstance(case.usages["stay"].months, int)


def test_a_carrier_with_fewer_months_than_the_others_is_said():
    july = replace(small_bill(), carrier="", files=(FileReading("acme_07.csv", "detected", shape="a" * 16),))
    later = july.calls.with_frame(july.calls.frame.assign(start=july.calls.frame["start"] + pd.DateOffset(months=1)))
    august = replace(july, calls=later, period_start=date(2026, 8, 1), period_end=date(2026, 9, 1))
    other = replace(
        august,
        files=(FileReading("other.csv", "detected", shape="b" * 16),),
        calls=small_bill().calls.with_frame(small_bill().calls.frame.assign(charge_nano=1)),
    )
    case = prepare_case(TWENTY, [july, august, other], small_book())
    assert told(case)["bills_uneven"] == {"bills": "other.csv", "own": "1", "months": "2"}
    assert "bills_uneven" not in told(prepare_case(TWENTY, [july, august], small_book()))
    for name in ("", "BT"):  # one goes on where the other ends
        assert "bills_uneven" not in told(prepare_case(TWENTY, [july, replace(other, carrier=name)], small_book()))


@given(st.integers(0, 10**16), st.integers(1, 400), st.integers(1, 31), st.integers(1, 60))
def test_a_fraction_of_a_month_is_spread_to_the_unit(charge, days, of, horizon):
    months = Fraction(days, of)
    steady = steady_usage(charge, months, horizon)
    assert int(steady.sum()) == charge * months.denominator * horizon // months.numerator


@pytest.mark.slow
def test_the_workbook_shows_the_fraction_and_the_same_amount(tmp_path):
    case = prepare_case(TWENTY, [twelve_days()], small_book())
    path = tmp_path / "part.xlsx"
    brand = read_brand(report_templates_folder() / "fairlead")
    write_comparison_workbook(path, case, compare(case, case.scenario), brand, wording_for("en"))
    cells = {cell.value for sheet in openpyxl.load_workbook(path, data_only=True) for row in sheet for cell in row}
    assert any(isinstance(value, float) and abs(value - 12 / 31) < 1e-9 for value in cells)
