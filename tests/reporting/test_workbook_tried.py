"""The workbook as a finance department tries it: an input changed in a cell gives what the tool gives for that input."""

import shutil
import subprocess
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from quoting.small_case import small_book, small_case
from quoting.test_mix import CUSTOMER, two_sites

from roi_tool.costing.leaving import TerminationKind, TerminationTerm, TerminationTerms
from roi_tool.importing.pricebooks import read_pricebook
from roi_tool.money import from_nano
from roi_tool.quoting import Quantity, SitePart, compare, prepare_case
from roi_tool.quoting.case import DriverFact
from roi_tool.quoting.other_costs import OtherCost
from roi_tool.reporting import read_brand, write_comparison_workbook
from roi_tool.reporting.workbook.expression import Expression, largest, number, rounded, whole_down, whole_up
from roi_tool.resources import pricebooks_folder
from roi_tool.wording import wording_for

WORDS = wording_for("en")
OTHERS = {
    "seats": 23,
    "staff_growth": "0.07",
    "hosted_seat_price": "8.75",
    "outbound_minutes": 90,
    "mobile_share": "0.5",
    "term_months": 12,
    "horizon_months": 43,
    "discount_rate": "0.11",
    "carrier_price_rise": "0.04",
    "offer_price_rise": "0.02",
    "pbx_purchase": 6000,
    "residual_share": "0.2",
    "upgrade_month": 30,
    "overlap_weeks": 7,
    "soft_time_saved": "0.4",
}
"""Driver → another value; together they move every kind of line."""
FIGURES = {
    "Net present value": "npv",
    "ROI (TEI)": "roi_tei",
    "ROI (Nucleus)": "roi_nucleus",
    "IRR a year": "irr",
    "Payback, months": "payback_months",
    "Payback, discounted": "payback_discounted_months",
}


def demanding_case():
    """Instalments, rental that goes on, growth, VAT that is a cost, a cost of the customer's own, and a mix of two sites."""
    facts = {
        "finance_months": DriverFact(Decimal(36), "a leasing offer"),
        "finance_residual": DriverFact(Decimal("0.1"), "a leasing offer"),
        "kept_rental": DriverFact(Decimal(30), "broadband on the bill"),
        "today_upgrade": DriverFact(Decimal(900), "a letter"),
        "staff_growth": DriverFact(Decimal("0.05"), "a plan"),
    }
    headsets = OtherCost(
        "Headsets", ("hosted", "mix"), "equipment", "a quote", Decimal("35.5"), Decimal(1), rise=Decimal("0.03")
    )
    return prepare_case(
        replace(CUSTOMER, recovers_vat=False),
        [two_sites()],
        small_book(),
        facts=facts,
        mix=(SitePart("London", 14, "hosted"), SitePart("Leeds", 6, "onprem_sip")),
        other_costs=(headsets,),
    )


ALSO = {
    "lan_share": "0.4",
    "headset_share": "0.55",
    "desk_phone_share": "0.5",
    "phone_rental_share": "0.3",
    "common_area_share": "0.1",
    "recording_share": "0.2",
    "burst_share": "0.15",
    "backup_share": "0.5",
    "analogue_devices": 3,
    "project_hours": 40,
    "downtime_hours": "0.75",
    "learning_hours": 2,
    "cooling_share": "0.5",
    "rack_rent": 12,
    "spares_share": "0.05",
    "assurance_rate": "0.02",
    "exit_share": "0.5",
    "contract_months_left": 7,
    "soft_time_saved": "0.3",
    "staff_growth": "-0.06",
    "overlap_weeks": 2,
}
"""What the shipped book's lines follow besides; together they move every product that has a share."""


def shipped_case():
    """Every kind of early termination, a site that stays, a number of pieces stated, over eight years with a replacement."""
    kinds = (
        TerminationTerm(TerminationKind.COMMITMENT, 0.6, 40 * 10**9),
        TerminationTerm(TerminationKind.RENTAL),
        TerminationTerm(TerminationKind.DECLINING, steps=((0, 0.1), (6, 0.2))),
        TerminationTerm(TerminationKind.FIXED, amount_nano=15 * 10**9, pieces=3),
        TerminationTerm(TerminationKind.FALLING, amount_nano=90 * 10**9, less_nano=2 * 10**9, months=36, pieces=2),
        TerminationTerm(TerminationKind.NOTICE, months=2),
        TerminationTerm(TerminationKind.REPAYMENT, amount_nano=720 * 10**9, months=36),
    )
    facts = {
        "horizon_months": DriverFact(Decimal(96), "a choice"),
        "staff_growth": DriverFact(Decimal("0.04"), "a plan"),
        "contract_months_left": DriverFact(Decimal(5), "contract"),
    }
    return prepare_case(
        CUSTOMER,
        [two_sites()],
        read_pricebook(pricebooks_folder() / "example-uk-2026"),
        facts=facts,
        mix=(SitePart("London", 14, "stay"), SitePart("Leeds", 6, "hosted")),
        quantities=[Quantity("CONFERENCE-PHONE", Decimal(3), "counted")],
        leaving=TerminationTerms(kinds, "contract", cap_nano=9_000 * 10**9),
    )


def written(path, case, comparison):
    write_comparison_workbook(path, case, comparison, read_brand(), WORDS)
    return openpyxl.load_workbook(path)


def inputs_of(book):
    """Name of an input → (row, whether it may be tried)."""
    return {row[0].value: (row[0].row, row[10].value == "to be tried") for row in book["Assumptions"].iter_rows()}


def fixed_lines(book):
    return [row[1] for row in book["Cost lines"].iter_rows(values_only=True) if row[8] == "fixed"]


@pytest.mark.parametrize("make", [small_case, demanding_case, shipped_case])
def test_every_line_is_computed_and_every_input_that_counts_may_be_tried(tmp_path, make):
    case = make()
    book = written(tmp_path / "book.xlsx", case, compare(case, case.scenario))
    assert fixed_lines(book) == []
    names = inputs_of(book)
    tried = [*OTHERS, *(ALSO if make is shipped_case else ())]
    assert not [driver for driver in tried if not names[WORDS.label(f"driver.{driver}")][1]]


def test_an_input_whose_line_is_left_out_because_it_is_nil_is_not_offered(tmp_path):
    case = small_case()
    names = inputs_of(written(tmp_path / "book.xlsx", case, compare(case, case.scenario)))
    assert not [name for name in ("finance_months", "kept_rental") if names[WORDS.label(f"driver.{name}")][1]]


def test_a_line_that_is_not_the_sheets_arithmetic_keeps_the_engines_amounts_and_its_inputs_are_not_offered(tmp_path):
    case = small_case()
    comparison = compare(case, case.scenario)
    hosted = comparison.option("hosted")
    odd = next(line for line in hosted.lines if line.id == "hosted.administration")
    odd = replace(odd, amounts_nano=odd.amounts_nano + 1_000_000)
    lines = tuple(odd if line.id == odd.id else line for line in hosted.lines)
    options = tuple(replace(option, lines=lines) if option is hosted else option for option in comparison.options)
    book = written(tmp_path / "book.xlsx", case, replace(comparison, options=options))
    assert fixed_lines(book) == ["Administration time"]
    names = inputs_of(book)
    assert not names[WORDS.label("driver.admin_hours")][1]
    assert not names[WORDS.label("driver.horizon_months")][1]
    assert names[WORDS.label("driver.hosted_seat_price")][1]


def recalculated(book, folder):
    """Save without any kept result and let LibreOffice compute: what comes back was computed."""
    bare = folder / "bare.xlsx"
    book.save(bare)
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to"]
    command += ["xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out"), str(bare)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return openpyxl.load_workbook(folder / "out" / "bare.xlsx", data_only=True)


def row_of(sheet, words):
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == words)


def assert_same_answer(book, comparison):
    answer, returns = book["Answer"], book["Returns"]
    heads = [cell.value for cell in returns[row_of(returns, "Figure")]]
    budget = book["Budget"]
    last = max(cell.column for cell in budget[4] if cell.value)
    for option in comparison.options:
        name = WORDS.label(f"option.{option.id}")
        shown = [answer.cell(row_of(answer, name), column).value for column in range(2, 7)]
        first_year = option.monthly_nano[1:13]
        expected = [
            from_nano(option.once_nano),
            from_nano(int(first_year.sum())) / len(first_year),
            from_nano(option.total_nano),
            option.npv_cost,
            option.per_user_month,
        ]
        assert shown == pytest.approx([float(value) for value in expected], abs=1e-4), option.id
        both = [budget.cell(row_of(budget, name) + offset, last).value for offset in (1, 2)]
        assert sum(both) == pytest.approx(float(from_nano(option.total_nano)), abs=1e-4), option.id
        for title, figure in FIGURES.items() if option.versus_today else ():
            value = returns.cell(row_of(returns, title), heads.index(name) + 1).value
            known = getattr(option.versus_today, figure)
            assert value == ("–" if known is None else pytest.approx(float(known), rel=1e-5, abs=1e-4)), (option.id, title)


WITH_OFFICE = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


@pytest.mark.slow
@WITH_OFFICE
def test_libreoffice_computes_the_results_that_are_kept(tmp_path):
    case = demanding_case()
    book = written(tmp_path / "book.xlsx", case, compare(case, case.scenario))
    kept = openpyxl.load_workbook(tmp_path / "book.xlsx", data_only=True)
    computed, formulas = recalculated(book, tmp_path), 0
    for sheet in book:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            formulas += 1
            ours, theirs = (one[sheet.title][cell.coordinate].value or 0 for one in (kept, computed))
            assert ours == theirs or abs(ours - theirs) < 1e-6, cell.coordinate
    assert formulas > 3000


@pytest.mark.slow
@WITH_OFFICE
@pytest.mark.parametrize(("make", "others"), [(demanding_case, OTHERS), (shipped_case, OTHERS | ALSO)])
def test_libreoffice_computes_what_the_tool_computes_for_other_inputs(tmp_path, make, others):
    case = make()
    book = written(tmp_path / "book.xlsx", case, compare(case, case.scenario))
    names, scenario = inputs_of(book), case.scenario
    for driver, value in others.items():
        book["Assumptions"].cell(names[WORDS.label(f"driver.{driver}")][0], 2).value = float(value)
        scenario = scenario.with_value(driver, Decimal(value))
    assert_same_answer(recalculated(book, tmp_path), compare(case, scenario))


NUMBERS = st.sampled_from([0, 1, 2, 3.5, 7, 0.25, 12, 100])


@given(NUMBERS, NUMBERS, NUMBERS)
def test_an_expressions_text_says_what_its_value_is(a, b, c):
    # Python reads sums, products and brackets as a spreadsheet does.
    x, y, z = number(a), number(b), number(c)
    for made in (x + y * z, (x + y) * z, x - (y - z), x - (y + z), x * (y - z) - x, (x - y) * (z - x), x - y - z):
        assert eval(made.text) == pytest.approx(made.value)


def test_whole_numbers_and_branches():
    cell = Expression("B2", 60.0)
    assert [(whole(cell / 30).value, whole(cell * 1.01 / 30).value) for whole in (whole_up, whole_down)] == [(2, 3), (2, 2)]
    assert rounded(number(2.5)).value == 3
    assert (largest(0.0, number(2) - cell).text, largest(0.0, number(2) - cell).value) == ("MAX(0,2-B2)", 0)
    assert (number(1) + cell) ** number(2) == Expression("(1+B2)^2", 3721.0, 1)
