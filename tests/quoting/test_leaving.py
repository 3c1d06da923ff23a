"""Early termination by formula: each kind by hand, together, capped, in lines, papers, case files and quotes."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from quoting.small_case import small_bill, small_book

from roi_tool.costing.leaving import (
    MAY_HAVE,
    NEEDS,
    TerminationKind,
    TerminationTerm,
    TerminationTerms,
    exit_amounts,
    owed,
    termination_parts,
)
from roi_tool.quoting import Customer, compare, prepare_again, prepare_case
from roi_tool.reporting.blocks import Cell, Table, without_marks
from roi_tool.reporting.matter import Matter
from roi_tool.reporting.parts.conditions import conditions
from roi_tool.storage import write_quote_file
from roi_tool.wording import wording_for
from roi_tool.workspace.opening import open_case

K = TerminationKind
POUND = 10**9


def amount(*terms, left=10, share=1.0, weeks=0.0, cap=None, rental=100):
    contract = TerminationTerms(tuple(terms), "contract", cap_nano=cap)
    parts = termination_parts(contract, rental * POUND, left, share=share, overlap_weeks=weeks)
    return round(owed(contract, parts) / POUND, 6)


@pytest.mark.parametrize(
    ("term", "left", "expected"),
    [
        (TerminationTerm(K.RENTAL), 10, 1000),
        (TerminationTerm(K.RENTAL, share=0.75), 10, 750),
        (TerminationTerm(K.COMMITMENT, share=0.5, amount_nano=80 * POUND), 10, 400),
        (TerminationTerm(K.DECLINING, steps=((0, 0.25), (12, 0.5), (24, 1.0))), 30, 3000),
        (TerminationTerm(K.DECLINING, steps=((0, 0.25), (12, 0.5), (24, 1.0))), 23, 1150),
        (TerminationTerm(K.DECLINING, steps=((0, 0.25), (12, 0.5), (24, 1.0))), 2, 50),
        (TerminationTerm(K.DECLINING, steps=((6, 1.0),)), 5, 0),
        (TerminationTerm(K.FIXED, amount_nano=175 * POUND, pieces=4), 10, 700),
        (TerminationTerm(K.FIXED, amount_nano=175 * POUND, pieces=4), 0, 0),
        (TerminationTerm(K.FALLING, amount_nano=325 * POUND, less_nano=10 * POUND, months=24), 10, 185),
        (TerminationTerm(K.FALLING, amount_nano=100 * POUND, less_nano=10 * POUND, months=24), 2, 0),
        (TerminationTerm(K.NOTICE, months=2), 0, 200),
        (TerminationTerm(K.REPAYMENT, amount_nano=1800 * POUND, months=36), 9, 450),
        (TerminationTerm(K.REPAYMENT, amount_nano=1800 * POUND, months=36), 48, 1800),
    ],
)
def test_each_kind_by_hand(term, left, expected):
    assert amount(term, left=left) == expected


def test_notice_counts_the_weeks_of_both_services_as_given():
    weeks = 365.25 / 7 / 12
    assert amount(TerminationTerm(K.NOTICE, months=2), weeks=weeks) == 100
    assert amount(TerminationTerm(K.NOTICE, months=2), weeks=3 * weeks) == 0


def test_terms_add_up_to_at_most_the_cap():
    fee, rest = TerminationTerm(K.FIXED, amount_nano=250 * POUND), TerminationTerm(K.RENTAL, share=0.5)
    assert amount(fee, rest) == 750
    assert amount(fee, rest, cap=600 * POUND) == 600


def test_a_printed_fee_schedule(shared_data):
    table = json.loads((shared_data / "tables" / "us_taxes_fees.json").read_text(encoding="utf-8"))["jivetel"]
    lines = TerminationTerm(K.FIXED, amount_nano=table["etf"] * POUND, pieces=3)
    phones = TerminationTerm(K.FIXED, amount_nano=table["equipment_non_return"] * POUND, pieces=2)
    assert amount(lines, phones) == 3 * 175 + 2 * 75


@given(st.sampled_from(K), st.integers(0, 60), st.integers(0, 60))
def test_more_months_left_never_cost_less(kind, first, second):
    term = TerminationTerm(kind, 0.5, 100 * POUND, 2, POUND, 36, ((0, 0.2), (12, 0.6)))
    low, high = sorted((first, second))
    assert amount(term, left=low) <= amount(term, left=high)


def test_every_kind_says_what_it_needs():
    assert set(NEEDS) == set(K)
    assert set(MAY_HAVE) <= set(K)


CASE = """
customer: {name: A, seats: 20}
price_book: example-uk-2026
drivers:
  contract_months_left: {value: 10, source: contract}
termination:
  source: Old Carrier, clause 12
  date: 2024-12-01
  cap: 5000
  terms:
    - {kind: commitment, amount: 300, share: 0.6}
    - {kind: repayment, amount: 720, months: 36}
    - {kind: declining, steps: [{months_left: 0, share: 0.1}, {months_left: 6, share: 0.2}]}
"""


def test_the_line_the_paper_and_the_saved_quote_agree(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text(CASE, encoding="utf-8")
    case, scenario = open_case(path)
    comparison = compare(case, scenario)
    rental = float(scenario["today_rental"])
    expected = 10 * 300 * 0.6 + 720 * 10 / 36 + 10 * rental * 0.2
    line = next(line for line in comparison.option("hosted").lines if line.id == "hosted.termination")
    assert line.once_nano == pytest.approx(expected * POUND)
    assert case.evidence[line.evidence.id].source == "Old Carrier, clause 12"
    blocks = conditions(Matter(case, comparison, wording_for("en")))
    rows = [row for block in blocks if isinstance(block, Table) for row in block.rows]
    texts = [" | ".join(without_marks(cell.text) for cell in row.cells if isinstance(cell, Cell)) for row in rows]
    assert "10 months left × £300.00 minimum a month × 60 % | 1,800.00".replace(" %", "\N{NO-BREAK SPACE}%") in texts
    assert "£720.00 of benefits × 10 of 36 months left | 200.00" in texts
    assert "At most | 5,000.00" in texts
    write_quote_file(tmp_path / "a.roiquote", case, scenario)
    again, left = open_case(tmp_path / "a.roiquote")
    assert again.leaving == case.leaving == prepare_again(case).leaving
    assert compare(again, left).option("hosted").monthly_nano.tolist() == comparison.option("hosted").monthly_nano.tolist()


def test_without_terms_the_drivers_say_it_and_the_share_moves():
    case = prepare_case(Customer("A", seats=20), [small_bill()], small_book())
    scenario = case.scenario.with_value("contract_months_left", Decimal(5)).with_value("termination_share", Decimal("0.5"))
    line = next(line for line in compare(case, scenario).option("hosted").lines if line.id == "hosted.termination")
    assert line.once_nano == 5 * 400 * POUND // 2


def test_leaving_the_new_contract_early_is_said_and_counted_where_asked_for():
    assert exit_amounts(100 * POUND, 36, 0.5, 24).tolist() == [0] * 24 + [12 * 100 * POUND // 2]
    case = prepare_case(Customer("A", seats=20), [small_bill()], small_book())
    short = case.scenario.with_value("horizon_months", Decimal(24))
    assert "term_goes_on" in {problem.code for problem in compare(case, short).problems}
    assert "term_goes_on" not in {problem.code for problem in compare(case, case.scenario).problems}
    plain, leaving = (compare(case, one).option("hosted") for one in (short, short.with_value("exit_share", Decimal(1))))
    assert leaving.total_nano - plain.total_nano == 12 * 20 * 10 * POUND, "twelve months of twenty seats at the term's price"
