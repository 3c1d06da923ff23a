"""The papers of a case that the real model prepared: the engine's numbers on paper, and every word a word."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from quoting.small_case import small_case
from reporting.test_workbook_tried import demanding_case

from roi_tool.money import from_nano
from roi_tool.problems import Problem, Severity
from roi_tool.quoting import compare
from roi_tool.rating import rate_calls
from roi_tool.reporting import read_brand, write_comparison_pdf, write_comparison_workbook
from roi_tool.reporting.blocks import RowStyle, Table
from roi_tool.reporting.matter import Matter
from roi_tool.reporting.paper import comparison_paper
from roi_tool.reporting.parts.budget import budget
from roi_tool.reporting.parts.cash import sensitivity
from roi_tool.reporting.parts.chances import chances
from roi_tool.reporting.parts.known import evidence
from roi_tool.reporting.parts.options import options
from roi_tool.wording import LANGUAGES, wording_for
from roi_tool.wording.vocabulary import LABELS

DAY = date(2026, 11, 23)
CODE = re.compile(rf"\b({'|'.join(sorted({code.split('.')[0] for code in LABELS}))})\.[a-z_]+\b")


@pytest.fixture(scope="module")
def case():
    return small_case()


@pytest.fixture(scope="module")
def comparison(case):
    return compare(case, case.scenario)


def words_of(paper):
    return repr(paper)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("make", [small_case, demanding_case])
def test_no_code_is_left_without_words(make, language):
    case = make()
    paper = comparison_paper(case, compare(case, case.scenario), read_brand(), wording_for(language), on=DAY)
    assert not CODE.findall(words_of(paper))


def test_every_option_has_its_words_and_its_colour():
    colours = read_brand().colours
    for option in demanding_case().plans:
        for kind in ("option", "option.short", "phrase", "phrase.inner", "better", "worse"):
            assert f"{kind}.{option}" in LABELS
        assert colours.of(option) != colours.neutral


def test_a_finding_names_options_in_words(case, comparison):
    problem = Problem("lead_changes", Severity.INFO, detail={"a": "option.hosted", "b": "option.keep_sip", "month": "7"})
    words = wording_for("en")
    said = Matter(case, comparison, words).sentence(problem)
    assert words.label("option.hosted") in said
    assert words.label("option.keep_sip") in said
    assert "keep_sip" not in said


def test_usage_in_the_workbook_is_what_the_engine_charges(case, comparison, tmp_path):
    words = wording_for("en")
    write_comparison_workbook(tmp_path / "small.xlsx", case, comparison, read_brand(), words, on=DAY)
    sheet = openpyxl.load_workbook(tmp_path / "small.xlsx", data_only=True)["Usage"]
    rows = {row[0].value: row for row in sheet.iter_rows() if row[0].value}
    for option in comparison.options:
        if option.id == "stay":
            continue
        tariff = case.price_book.tariffs[option.usage.tariff_id]
        charged = from_nano(rate_calls(case.calls, tariff).charge_nano)
        assert Decimal(str(rows[words.label(f"option.{option.id}")][6].value)) == charged.normalize()


def test_the_paper_of_the_small_case_is_written(case, comparison, tmp_path):
    from pypdf import PdfReader

    write_comparison_pdf(tmp_path / "small.pdf", case, comparison, read_brand(), wording_for("en"), on=DAY)
    text = "\n".join(page.extract_text() for page in PdfReader(tmp_path / "small.pdf").pages)
    assert case.customer.name in text
    assert not CODE.findall(text)


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("Freephone number rental 0808 157 0142", "Freephone number rental 0808 157 ••••"),
        ("+44 (0)20 7946 0100 diversion", "+44 (0)20 7946 •••• diversion"),
        ("2079460100", "207946••••"),
        ("ISDN30 channels, 2026-05-01 to 2026-05-31", "ISDN30 channels, 2026-05-01 to 2026-05-31"),
        ("Total due 12,345,678.90", "Total due 12,345,678.90"),
        ("442079460100_may.csv", "44207946••••_may.csv"),
        ("calls 20260501.csv", "calls 20260501.csv"),
        ("meridian_invoice_2026-05.xlsx", "meridian_invoice_2026-05.xlsx"),
        ("Toll-free number 800-555-0136", "Toll-free number 800-555-••••"),
        ("Local line 555-0136", "Local line 555-••••"),
        ("Line 496012, Leeds", "Line 496•••, Leeds"),
        ("Rufnummer 49601", "Rufnummer 49•••"),
        ("电话 5559012", "电话 555••••"),
        ("DDI range, 100 numbers", "DDI range, 100 numbers"),
        ("ISDN30 lines 2026-05", "ISDN30 lines 2026-05"),
        ("Line rental 12345.60", "Line rental 12345.60"),
    ],
)
def test_subscriber_numbers_in_words_of_a_bill_are_hidden(case, comparison, given, printed):
    assert Matter(case, comparison, wording_for("en")).masked(given) == printed


def test_low_and_high_case_enclose_the_draws_and_the_answer(case, comparison):
    table = next(block for block in chances(Matter(case, comparison, wording_for("en"))) if isinstance(block, Table))
    assert len(table.rows) == len(comparison.options) - 1
    for row, option in zip(table.rows, comparison.options[1:], strict=True):
        low, below, given, above, high = (cell.value for cell in row.cells[2:])
        assert low < below < above < high
        assert low < given < high
        assert given == option.versus_today.npv


@pytest.mark.parametrize(("chance", "printed"), [(1.0, "over 99\xa0%"), (0.0, "under 1\xa0%"), (0.64, "64\xa0%")])
def test_no_chance_is_called_certain(chance, printed):
    assert wording_for("en").chance(chance) == printed


def test_the_sensitivity_prints_the_break_even_that_solving_finds(case, comparison):
    matter = Matter(case, comparison, wording_for("en"))
    table = next(block for block in sensitivity(matter) if isinstance(block, Table) and block.columns[-1].title == "Break-even")
    printed = [row.cells[-1].value for row in table.rows]
    assert printed == [matter.break_even.get(swing.driver) for swing in comparison.tornado]


def test_the_budget_adds_up_to_the_total_of_each_option(case, comparison):
    blocks = budget(Matter(case, comparison, wording_for("en"), DAY, fiscal_month=4))
    table = next(block for block in blocks if isinstance(block, Table))
    assert table.columns[1].title == "2026/27"
    figures = [row for row in table.rows if row.style is not RowStyle.GROUP]
    for place, option in enumerate(comparison.options):
        pair = figures[2 * place : 2 * place + 2]
        assert sum(row.cells[-1].value for row in pair) == from_nano(option.total_nano)
        for row in pair:
            assert sum(cell.value for cell in row.cells[1:-1]) == row.cells[-1].value


def unreconciled(case):
    off = replace(case.bills[0].reconciliation, stated_nano=case.bills[0].reconciliation.read_nano + 12_300_000_000)
    return replace(case, bills=(replace(case.bills[0], reconciliation=off), *case.bills[1:]))


def test_a_bill_that_does_not_reconcile_is_marked_on_every_page_and_sheet(case, comparison, tmp_path):
    from pypdf import PdfReader

    wrong, words = unreconciled(case), wording_for("en")
    write_comparison_pdf(tmp_path / "off.pdf", wrong, comparison, read_brand(), words, on=DAY)
    pages = PdfReader(tmp_path / "off.pdf").pages
    assert len(pages) > 10
    for page in pages:
        assert "Not reconciled: £12.30 of the stated total" in page.extract_text()
    write_comparison_workbook(tmp_path / "off.xlsx", wrong, comparison, read_brand(), words, on=DAY)
    for sheet in openpyxl.load_workbook(tmp_path / "off.xlsx"):
        assert "Not reconciled: £12.30" in sheet["A1"].value
    assert not comparison_paper(case, comparison, read_brand(), words, on=DAY).warning


def test_what_was_moved_for_the_paper_is_said_with_its_date(case):
    driver = case.scenario.driver("seats")
    moved = case.scenario.with_value("seats", driver.value + 7)
    table = evidence(Matter(case, compare(case, moved), wording_for("en"), DAY))[1]
    assert [cell.text for cell in table.rows[-1].cells][1:] == [
        "moved for this paper",
        f"moved from {driver.value} to {driver.value + 7}",
        "Seats",
        "23 Nov 2026",
    ]


def test_soft_savings_stand_apart_from_hard_ones(case):
    counted = compare(case, case.scenario.with_value("soft_time_saved", Decimal("0.5")))
    table = options(Matter(case, counted, wording_for("en")))[1]
    rows = {row.cells[0].text: [cell.value for cell in row.cells[1:]] for row in table.rows}
    soft, all_in, hard = rows["Soft: time your staff may save"], rows["Against staying"], rows["Against staying, hard only"]
    plainly = options(Matter(case, compare(case, case.scenario), wording_for("en")))[1]
    without = {row.cells[0].text: [cell.value for cell in row.cells[1:]] for row in plainly.rows}
    assert "Soft: time your staff may save" not in without
    assert any(soft)
    assert hard == without["Against staying"]
    for of_soft, of_all, of_hard in zip(soft[1:], all_in[1:], hard[1:], strict=True):
        assert of_all == of_hard + (of_soft or 0)
