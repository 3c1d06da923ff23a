"""Preparing a case: what the bills say, what stands in where they are silent, what is refused."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from quoting.small_case import small_bill, small_book

from roi_tool.cdr import Charge, ChargeKind, empty_calls
from roi_tool.costing.line import Confidence
from roi_tool.problems import ProblemError
from roi_tool.quoting import Customer, DriverFact, ExchangeRate, compare, prepare_case

TWENTY = Customer("Small & Sons", country="GB", seats=20)


def codes(case):
    return {problem.code for problem in case.problems}


def bill_of(calls_change=None, **changes):
    bill = small_bill()
    if calls_change is not None:
        bill = replace(bill, calls=bill.calls.with_frame(calls_change(bill.calls.frame.copy())))
    return replace(bill, **changes)


def month_later(bill, months):
    def shift(day):
        return (pd.Timestamp(day) + pd.DateOffset(months=months)).date()

    calls = bill.calls.with_frame(bill.calls.frame.assign(start=bill.calls.frame["start"] + pd.DateOffset(months=months)))
    return replace(bill, calls=calls, period_start=shift(bill.period_start), period_end=shift(bill.period_end))


def test_rental_usage_and_months_come_from_the_bills():
    case = prepare_case(TWENTY, [small_bill(), month_later(small_bill(), 1)], small_book())
    assert case.usages["stay"].months == 2
    assert case.usages["stay"].charge_nano == 2 * int(small_bill().calls.frame["charge_nano"].sum())
    rental = case.scenario.driver("today_rental")
    assert (rental.value, rental.evidence.confidence) == (400, Confidence.BILL)
    assert case.problems == ()
    assert {usage.calls for usage in case.usages.values()} == {80}


def test_discounts_and_fees_count_and_taxes_and_single_charges_do_not():
    charges = (
        *small_bill().charges,
        Charge(ChargeKind.DISCOUNT, "Loyalty", -40 * 10**9),
        Charge(ChargeKind.FEE, "Paper bill", 3 * 10**9),
        Charge(ChargeKind.TAX, "VAT", 90 * 10**9),
        Charge(ChargeKind.ONE_OFF, "Engineer", 120 * 10**9),
    )
    case = prepare_case(TWENTY, [bill_of(charges=charges)], small_book())
    assert case.scenario["today_rental"] == 363


def test_a_month_that_is_missing_is_said_and_not_invented():
    case = prepare_case(TWENTY, [small_bill(), month_later(small_bill(), 2)], small_book())
    assert case.usages["stay"].months == 2
    assert "bills_month_missing" in codes(case)


def test_bills_of_odd_length_are_said():
    case = prepare_case(TWENTY, [bill_of(period_start=date(2026, 7, 20))], small_book())
    assert "bills_odd_period" in codes(case)


def test_vat_is_taken_out_of_bills_that_include_it():
    calls = replace(small_bill().calls, tax_included=True)
    case = prepare_case(TWENTY, [bill_of(calls=calls)], small_book())
    gross = int(small_bill().calls.frame["charge_nano"].sum())
    assert abs(case.usages["stay"].charge_nano * 12 - gross * 10) <= 12
    assert sum(case.usages["stay"].by_class_nano.values()) == case.usages["stay"].charge_nano
    assert case.scenario["today_rental"] == Decimal("333.33")
    assert "vat_taken_out" in codes(case)


def test_no_bills_is_a_first_answer_that_says_so():
    case = prepare_case(Customer("Only a name"), [], small_book())
    assert case.calls_typical
    assert codes(case) == {"calls_typical"}
    assert case.scenario["seats"] == 20
    assert case.usages["stay"].tariff_id == "dear"
    by_the_minute = 20 * (100 * 3 + 50 * 12) * 10**7
    assert 0 <= case.usages["stay"].charge_nano - by_the_minute < by_the_minute // 1000, "calls are billed by the second"
    assert case.scenario.driver("today_rental").evidence.confidence is Confidence.DEFAULT
    assert case.scenario["outbound_minutes"] == 3000
    comparison = compare(case, case.scenario)
    assert comparison.option("stay").total_nano > 0


def test_bills_without_calls_keep_their_money_and_ask_for_items():
    charges = (*small_bill().charges, Charge(ChargeKind.USAGE_SUMMARY, "Calls", 150 * 10**9))
    bill = bill_of(calls=empty_calls(timezone="Europe/London", currency="GBP"), charges=charges)
    case = prepare_case(TWENTY, [bill], small_book())
    assert case.usages["stay"].charge_nano == 150 * 10**9
    assert codes(case) == {"calls_not_itemised"}
    assert case.usages["hosted"].charge_nano > 0


def test_calls_without_prices_are_estimated_and_not_free():
    case = prepare_case(
        TWENTY, [bill_of(lambda frame: frame.assign(charge_nano=pd.array([pd.NA] * len(frame), "Int64")))], small_book()
    )
    assert "calls_unpriced" in codes(case)
    assert case.usages["stay"].tariff_id == "dear"
    assert case.usages["stay"].charge_nano > 0


def test_bills_without_rental_do_not_make_staying_look_free():
    case = prepare_case(TWENTY, [bill_of(charges=())], small_book())
    assert "rental_unknown" in codes(case)
    assert case.scenario["today_rental"] == 140


def test_unrated_calls_are_counted_and_said():
    case = prepare_case(TWENTY, [bill_of(lambda frame: frame.assign(called="8613800000000"))], small_book())
    assert case.usages["hosted"].unrated == 40
    assert "usage_unrated" in codes(case)


def test_facts_replace_defaults_with_their_source_and_range():
    fact = DriverFact(Decimal(11), "practice manager", date(2026, 9, 14), Confidence.ESTIMATE, Decimal(6), Decimal(16))
    driver = prepare_case(TWENTY, [small_bill()], small_book(), facts={"admin_hours": fact}).scenario.driver("admin_hours")
    assert (driver.base, driver.range_low, driver.range_high) == (11, 6, 16)
    assert (driver.evidence.source, driver.evidence.as_of) == ("practice manager", date(2026, 9, 14))
    assert driver.evidence.id.startswith("A")


@pytest.mark.parametrize(
    ("customer", "changes", "facts", "code"),
    [
        (Customer("X", seats=-5), {}, {}, "seats_impossible"),
        (Customer(" "), {}, {}, "customer_nameless"),
        (TWENTY, {"currency": "USD"}, {}, "currencies_differ"),
        (TWENTY, {}, {"nonsense": DriverFact(Decimal(1), "me")}, "driver_unknown"),
        (TWENTY, {}, {"discount_rate": DriverFact(Decimal(-1), "me")}, "driver_out_of_bounds"),
        (TWENTY, {}, {"horizon_months": DriverFact(Decimal(0), "me")}, "driver_out_of_bounds"),
    ],
)
def test_what_makes_no_sense_is_refused(customer, changes, facts, code):
    with pytest.raises(ProblemError) as refused:
        prepare_case(customer, [bill_of(**changes)], small_book(), facts=facts)
    assert refused.value.problems[0].code == code


def test_bills_of_two_currencies_are_refused():
    dollars = replace(small_bill(), calls=replace(small_bill().calls, currency="USD"), currency="USD")
    with pytest.raises(ProblemError) as refused:
        prepare_case(TWENTY, [small_bill(), dollars], small_book())
    assert refused.value.problems[0].code == "currencies_differ"


def test_a_book_without_typical_calls_can_not_answer_without_bills():
    with pytest.raises(ProblemError) as refused:
        prepare_case(TWENTY, [], small_book().model_copy(update={"typical_calls": ()}))
    assert refused.value.problems[0].code == "no_calls_at_all"


def test_own_freephone_numbers_are_counted_from_inbound_calls():
    def some_inbound(frame):
        frame.loc[:4, ["called", "called_class", "direction"]] = ["448081570142", "toll_free", "inbound"]
        return frame

    assert prepare_case(TWENTY, [bill_of(some_inbound)], small_book()).scenario["freephone_numbers"] == 1
    assert prepare_case(TWENTY, [bill_of()], small_book()).scenario["freephone_numbers"] == 0


def test_sip_trunk_is_sold_in_three_ways():
    book = small_book()
    sip = next(offer for offer in book.offers if offer.option == "keep_sip")
    own = sip.model_copy(update={"way": "own_bandwidth", "items": sip.items[:1]})
    book = book.model_copy(update={"offers": (*book.offers, own)})
    usual = prepare_case(TWENTY, [bill_of()], book)
    over_own = prepare_case(TWENTY, [bill_of()], book, sip_way="own_bandwidth")
    assert list(usual.plans) == list(over_own.plans)
    first, second = (compare(case, case.scenario) for case in (usual, over_own))
    assert second.option("keep_sip").once_nano < first.option("keep_sip").once_nano
    assert second.option("hosted").total_nano == first.option("hosted").total_nano
    assert "scope_own_bandwidth" in {problem.code for problem in second.problems}


def test_what_is_no_telephony_goes_on_under_every_option():
    charges = (*small_bill().charges, Charge(ChargeKind.RECURRING, "Business Broadband 200", 45 * 10**9))
    case = prepare_case(TWENTY, [bill_of(charges=charges)], small_book())
    assert case.scenario["today_rental"] == 445
    assert case.scenario["kept_rental"] == 45
    assert "rental_goes_on" in codes(case)
    with_it, without = (
        compare(case, case.scenario),
        compare(small := prepare_case(TWENTY, [bill_of()], small_book()), small.scenario),
    )
    for option in with_it.options:
        assert option.total_nano - without.option(option.id).total_nano == 60 * 45 * 10**9


def test_bills_in_another_currency_are_converted_at_a_dated_rate_and_it_is_said():
    dollars = replace(small_bill(), calls=replace(small_bill().calls, currency="USD"), currency="USD")
    rate = ExchangeRate("USD", Decimal("0.8"), date(2026, 8, 1), "central bank")
    case = prepare_case(TWENTY, [dollars], small_book(), exchange=[rate])
    assert case.usages["stay"].charge_nano * 10 == int(small_bill().calls.frame["charge_nano"].sum()) * 8
    assert case.scenario["today_rental"] == 320
    assert codes(case) == {"currency_converted"}
    assert case.bills[0].reconciliation.difference_nano == 0
    with pytest.raises(ProblemError) as refused:
        prepare_case(TWENTY, [dollars], small_book(), exchange=[replace(rate, rate=Decimal(0))])
    assert refused.value.problems[0].code == "exchange_rate"


def test_a_bill_given_twice_is_counted_once_and_a_second_account_is_not_lost():
    renamed = bill_of(files=(replace(small_bill().files[0], path="copy of july.csv"),))
    case = prepare_case(TWENTY, [small_bill(), renamed], small_book())
    assert len(case.bills) == 1
    assert case.usages["stay"].calls == 40
    assert codes(case) == {"bill_twice"}
    other = bill_of(lambda frame: frame.assign(caller="442079460999"))
    both = prepare_case(TWENTY, [small_bill(), other], small_book())
    assert (both.usages["stay"].calls, both.usages["stay"].months) == (80, 1)
    assert both.scenario["today_rental"] == 800


def test_marks_are_counted_without_gaps_and_all_in_use():
    facts = {"admin_hours": DriverFact(Decimal(5), "me"), "numbers": DriverFact(Decimal(9), "me")}
    case = prepare_case(TWENTY, [small_bill()], small_book(), facts=facts)
    used = {driver.evidence.id for driver in case.scenario}
    used |= {line.evidence.id for option in compare(case, case.scenario).options for line in option.lines}
    assert set(case.evidence) == used
    for letter in "EPA":
        numbers = sorted(int(mark[1:]) for mark in used if mark[0] == letter)
        assert numbers == list(range(1, len(numbers) + 1))


def test_the_calls_of_a_very_large_customer_are_not_made_up():
    with pytest.raises(ProblemError) as refused:
        prepare_case(Customer("Large", seats=10_001), [], small_book())
    assert refused.value.problems[0].code == "typical_too_many"


def test_a_range_that_does_not_hold_its_value_is_refused():
    fact = DriverFact(Decimal(20), "a source", low=Decimal(30), high=Decimal(10))
    with pytest.raises(ProblemError) as refused:
        prepare_case(Customer("Turned"), [], small_book(), facts={"labour_rate": fact})
    assert refused.value.problems[0].code == "driver_range"
