"""The open quote: moves, undo over scenarios and cases, dirty, listeners."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from quoting.small_case import small_bill, small_book, small_case

from roi_tool.problems import ProblemError
from roi_tool.quoting import compare, prepare_case
from roi_tool.quoting.case import Customer
from roi_tool.workspace.open_quote import Change, OpenQuote


@pytest.fixture
def quote():
    return OpenQuote(small_case())


def test_the_comparison_is_the_one_that_compare_gives(quote):
    quote.move("seats", Decimal(31))
    fresh = compare(small_case(), small_case().scenario.with_value("seats", Decimal(31)))
    assert [option.total_nano for option in quote.comparison.options] == [option.total_nano for option in fresh.options]
    assert quote.reference.scenario["seats"] == 20


def test_listeners_hear_what_changed(quote):
    heard = []
    quote.listen(heard.append)
    quote.move("seats", Decimal(31))
    quote.move("seats", Decimal(31))
    quote.undo()
    quote.undo()
    assert heard == [Change.SCENARIO, Change.SCENARIO]


def test_a_value_out_of_bounds_changes_nothing(quote):
    before = quote.scenario
    with pytest.raises(ProblemError):
        quote.move("seats", Decimal(0))
    assert quote.scenario is before
    assert not quote.dirty


def test_dirty_follows_the_saved_state(quote):
    assert not quote.dirty
    quote.move("seats", Decimal(31))
    assert quote.dirty
    quote.undo()
    assert not quote.dirty
    quote.redo()
    quote.mark_saved(quote.present, Path("somewhere.roiquote"))
    assert not quote.dirty


def test_another_case_keeps_what_was_moved_and_fits(quote):
    quote.move("hosted_seat_price", Decimal("8.25"))
    quote.move("seats", Decimal(45))
    smaller = prepare_case(Customer("Small & Sons", "GB", 8), [small_bill()], small_book())
    quote.replace_case(smaller)
    assert quote.scenario["hosted_seat_price"] == Decimal("8.25")
    # 45 seats lie beyond the bounds of an eight-seat customer.
    assert quote.scenario["seats"] == 8
    heard = []
    quote.listen(heard.append)
    quote.undo()
    assert quote.scenario["seats"] == 45
    assert quote.case.customer.seats == 20
    assert heard == [Change.CASE]


def test_why_compares_with_the_state_that_was_left(quote):
    quote.move("seats", Decimal(31))
    after = quote.comparison
    quote.undo()
    assert quote.reference is after


def test_a_scenario_as_it_was_left_is_taken_up():
    case = small_case()
    scenario = replace(case.scenario.with_value("seats", Decimal(25)), name="July")
    quote = OpenQuote(case, scenario)
    assert quote.scenario["seats"] == 25
    assert quote.scenario.name == "July"
    quote.reset()
    assert quote.scenario["seats"] == 20
