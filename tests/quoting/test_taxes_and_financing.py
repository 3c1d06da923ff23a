"""Taxes that are a cost, instalments, and drivers that have nothing to scale."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from quoting.small_case import small_bill, small_book, small_case

from roi_tool.costing.financing import financing_amounts, instalment
from roi_tool.costing.line import CostCategory
from roi_tool.pricebook import TaxRule
from roi_tool.problems import ProblemError
from roi_tool.quoting import Customer, compare, prepare_case

VAT = TaxRule(
    name="VAT",
    percent="0.2",
    recoverable=True,
    applies_to=("usage", "lines", "seats", "porting"),
    valid_from=date(2011, 1, 4),
    source="standard rate",
)
FEE = TaxRule(name="Line levy", fixed="0.5", per="seat", valid_from=date(2026, 1, 1), valid_until=date(2027, 7, 1), source="x")


def case_with(*taxes, **customer):
    book = small_book().model_copy(update={"taxes": taxes})
    return prepare_case(Customer("Small & Sons", country="GB", seats=20, **customer), [small_bill()], book)


def tax_of(comparison, option):
    return comparison.option(option).by_category_nano.get(CostCategory.TAX, 0)


def test_vat_that_is_recovered_is_no_cost():
    case = case_with(VAT)
    comparison = compare(case, case.scenario)
    assert not comparison.tax_included
    assert all(tax_of(comparison, option.id) == 0 for option in comparison.options)


def test_vat_that_is_not_recovered_is_a_cost_of_every_option_staying_too():
    case = case_with(VAT, recovers_vat=False)
    comparison = compare(case, case.scenario)
    assert comparison.tax_included
    for option in comparison.options:
        taxed = sum(line.total_nano for line in option.lines if line.category.value in VAT.applies_to)
        assert abs(tax_of(comparison, option.id) - taxed / 5) <= 61
        assert tax_of(comparison, option.id) > 0


def test_a_fee_holds_for_its_months_only():
    comparison = compare(case := case_with(FEE), case.scenario)
    line = next(line for line in comparison.option("hosted").lines if line.category is CostCategory.TAX)
    # The book begins in July 2026, so the twelfth month after the start is July 2027.
    assert line.amounts_nano[:13].tolist() == [0] + [10 * 10**9] * 11 + [0]
    assert line.amounts_nano[13:].sum() == 0
    assert line.label_args["name"] == "Line levy"


@given(st.integers(1, 10**14), st.integers(0, 30), st.integers(1, 84), st.integers(1, 120))
def test_instalments_are_worth_the_purchase_at_their_own_rate(principal, percent, months, horizon):
    amounts = financing_amounts(principal, percent / 100, months, horizon)
    worth = float(np.dot(amounts[1:], (1 + percent / 1200) ** -np.arange(1, horizon + 1)))
    assert amounts[0] == -principal
    assert worth == pytest.approx(principal, rel=1e-9, abs=horizon)


def test_an_annuity_as_a_spreadsheet_gives_it():
    # Excel: PMT(8%/12, 10, -10000) = 1,037.03. Source: Microsoft, PMT function, example.
    assert round(instalment(10_000, 0.08, 10), 2) == 1037.03


def test_paying_by_instalments_moves_cost_from_the_start_and_adds_the_interest():
    case = small_case()
    bought = compare(case, case.scenario, tornado=False).option("onprem_sip")
    rented = compare(case, case.scenario.with_value("finance_months", Decimal(36)), tornado=False).option("onprem_sip")
    assert bought.once_nano - rented.once_nano == 5000 * 10**9
    assert rented.total_nano > bought.total_nano


def test_a_driver_with_nothing_to_scale_can_not_be_moved():
    frame = small_bill().calls.frame
    landlines = small_bill().calls.with_frame(frame[frame["called_class"] == "geographic"].reset_index(drop=True))
    case = prepare_case(Customer("X", seats=20), [replace(small_bill(), calls=landlines)], small_book())
    assert case.scenario["mobile_share"] == 0
    with pytest.raises(ProblemError):
        case.scenario.with_value("mobile_share", Decimal("0.3"))
    inbound = small_bill().calls.with_frame(frame.assign(direction="inbound").astype(frame.dtypes.to_dict()))
    case = prepare_case(Customer("X", seats=20), [replace(small_bill(), calls=inbound)], small_book())
    with pytest.raises(ProblemError):
        case.scenario.with_value("outbound_minutes", Decimal(100))


def test_every_landline_minute_may_go_to_mobiles_and_no_more():
    driver = small_case().scenario.driver("mobile_share")
    minutes = small_case().plans["stay"].usage_minutes
    assert float(driver.high) == pytest.approx((minutes["mobile"] + minutes["geographic"]) / sum(minutes.values()), abs=0.002)
    most = compare(small_case(), small_case().scenario.with_value("mobile_share", driver.high), tornado=False)
    assert most.option("hosted").lines[0].total_nano > 0
