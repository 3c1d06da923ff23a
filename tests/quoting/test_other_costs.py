"""Costs that no price book knows: who bears them, when, how many, and that they come back from a case file and a quote."""

from datetime import date
from decimal import Decimal

import pytest
from quoting.small_case import small_bill, small_book

from roi_tool.pricebook import Per
from roi_tool.problems import ProblemError
from roi_tool.quoting import Customer, OtherCost, compare, prepare_again, prepare_case
from roi_tool.storage import read_case_file, write_quote_file
from roi_tool.workspace.opening import open_case


def case_with(*costs):
    return prepare_case(Customer("A", seats=20), [small_bill()], small_book(), other_costs=costs)


def line_of(case, option, **moved):
    scenario = case.scenario
    for name, value in moved.items():
        scenario = scenario.with_value(name, Decimal(value))
    lines = compare(case, scenario, tornado=False).option(option).lines
    return next((line for line in lines if ".other" in line.id), None)


def test_only_the_named_options_bear_it_with_its_source():
    case = case_with(OtherCost("Call recording", ("hosted",), "licences", "recorder's offer", monthly=Decimal(90)))
    line = line_of(case, "hosted")
    assert line.total_nano == 60 * 90 * 10**9
    assert (line.label_args["name"], line.evidence.source) == ("Call recording", "recorder's offer")
    assert case.evidence[line.evidence.id] == line.evidence
    assert all(line_of(case, option) is None for option in case.plans if option != "hosted")


def test_it_comes_when_it_is_said_to_and_rises_a_year_after():
    cost = OtherCost("Lease", ("stay",), "equipment", "x", monthly=Decimal(100), month=13, months=24, rise=Decimal("0.1"))
    amounts = line_of(case_with(cost), "stay").amounts_nano
    assert amounts[12] == 0 and amounts[37:].sum() == 0
    assert set(amounts[13:25].tolist()) == {100 * 10**9} and set(amounts[25:37].tolist()) == {110 * 10**9}


def test_pieces_follow_seats_and_money_may_come_back():
    cost = OtherCost("Headset", ("hosted",), "equipment", "x", once=Decimal("-2.50"), per=Per.SEAT)
    assert line_of(case_with(cost), "hosted", seats=30).once_nano == -75 * 10**9


def test_an_option_that_is_not_compared_is_refused():
    with pytest.raises(ProblemError) as refused:
        case_with(OtherCost("X", ("teleport",), "other", "x"))
    assert refused.value.problems[0].code == "option_unknown"


def test_case_file_and_quote_keep_it(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text(
        "customer: {name: A, seats: 20}\nprice_book: example-uk-2026\n"
        "costs: [{label: Cut-over, options: [hosted, keep_sip], category: labour, once: 340.5, "
        "source: IT, date: 2026-09-01}]\n",
        encoding="utf-8",
    )
    assert read_case_file(path).costs[0].cost().as_of == date(2026, 9, 1)
    case, scenario = open_case(path)
    assert line_of(case, "keep_sip").once_nano == 340_500_000_000
    write_quote_file(tmp_path / "a.roiquote", case, scenario)
    again, left = open_case(tmp_path / "a.roiquote")
    assert compare(again, left).option("hosted").total_nano == compare(case, scenario).option("hosted").total_nano
    assert prepare_again(again).other_costs == case.other_costs
