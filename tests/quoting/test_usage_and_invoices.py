"""The usage of a comparison over several bill months is what the chain of invoices of the one account will charge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import hypothesis.strategies as st
from hypothesis import HealthCheck, given, settings
from quoting.small_case import small_bill, small_book

from roi_tool.billing import Account, Month, bill_account
from roi_tool.quoting import Customer, compare, make_order, prepare_case
from roi_tool.quoting.call_costs import usage_under_tariff
from roi_tool.rating import Carried, compile_tariff
from roi_tool.tariff import Allowance, MinimumSpend, Shared, Tariff
from tests.rating.oracle_months import Call
from tests.rating.random_months import months, table_of, tariffs


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(tariffs(), months(), st.data())
def test_usage_over_months_is_the_chain_of_invoices(plan: Tariff, drawn: tuple[int, list[Call]], data: st.DataObject) -> None:
    """The bills come from several accounts of the old carrier; what is ordered is one."""
    _, calls = drawn
    table = table_of(calls)
    lines = data.draw(st.lists(st.sampled_from(["line 1", "line 2"]), min_size=len(calls), max_size=len(calls)))
    compiled = compile_tariff(plan)
    usage = usage_under_tariff(table.with_frame(table.frame.assign(account=lines)), compiled, plan.id, 4)

    invoiced, carried = 0, None
    for place in range(calls[0].month, calls[-1].month + 1) if calls else ():
        mine = table_of([call for call in calls if call.month == place])
        billed = bill_account(Account(id="new", tariff="t"), mine, compiled, Month.at(place), "1", carried)
        carried: Carried | None = billed.carried
        invoiced += billed.invoice.usage_nano
        assert billed.invoice.closes
    assert usage.charge_nano == invoiced


def test_what_a_tariff_charges_besides_calls_is_a_line_and_what_the_invoice_adds() -> None:
    book = small_book()
    dear = book.tariffs["flat"].model_copy(update={"minimum_spend": MinimumSpend(amount=Decimal(1000))})
    case = prepare_case(Customer("Small"), [small_bill()], replace_tariff(book, dear))
    told = [problem for problem in case.problems if problem.code == "usage_besides_calls"]
    assert [problem.detail["tariff"] for problem in told] == ["flat"]
    usage = case.usages["keep_sip"]
    assert usage.period_nano == 1000 * 10**9 - usage.charge_nano
    assert Decimal(told[0].detail["amount"]) == Decimal(usage.period_nano).scaleb(-9).quantize(Decimal("0.01"))

    scenario = case.scenario.with_value("offer_price_rise", Decimal(0)).with_value("staff_growth", Decimal(0))
    lines = {line.id: line for line in compare(case, scenario).option("keep_sip").lines}
    month = lines["keep_sip.usage"].amounts_nano[1] + lines["keep_sip.commitments"].amounts_nano[1]
    calls = small_bill().calls
    billed = bill_account(Account(id="new", tariff="t"), calls, compile_tariff(dear), Month(2026, 7), "1")
    assert month == billed.invoice.usage_nano + billed.invoice.period_nano == 1000 * 10**9
    # A dearer tariff never makes the option cheaper, and nothing is said where there is nothing.
    plain = prepare_case(Customer("Small"), [small_bill()], book)
    assert (
        compare(case, case.scenario).option("keep_sip").total_nano
        > compare(plain, plain.scenario).option("keep_sip").total_nano
    )
    assert not plain.problems
    order = make_order(case, case.scenario, "keep_sip", date(2026, 12, 1))
    assert "keep_sip.commitments" not in order.not_billed


def test_months_that_are_cut_short_are_said_where_a_tariff_counts_by_the_month() -> None:
    book = small_book()
    rule = Allowance(id="minutes", amount=Decimal(100), shared=Shared.ACCOUNT)
    bundled = replace_tariff(book, book.tariffs["flat"].model_copy(update={"allowances": (rule,)}))
    whole = replace(small_bill(), period_start=date(2026, 6, 1), period_end=date(2026, 7, 1))
    across = replace(small_bill(), period_start=date(2026, 6, 16), period_end=date(2026, 7, 16))
    for bill, prices, said in ((whole, bundled, []), (across, bundled, ["flat"]), (across, book, [])):
        problems = prepare_case(Customer("Small"), [bill], prices).problems
        assert [one.detail["tariff"] for one in problems if one.code == "usage_months_cut"] == said


def replace_tariff(book, tariff):
    return book.model_copy(update={"tariffs": {**book.tariffs, tariff.id: tariff}})
