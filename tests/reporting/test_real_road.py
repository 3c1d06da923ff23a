"""The papers of a case that the real model prepared: the engine's numbers on paper, and every word a word."""

import re
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from quoting.small_case import small_case

from roi_tool.money import from_nano
from roi_tool.problems import Problem, Severity
from roi_tool.quoting import compare
from roi_tool.rating import rate_calls
from roi_tool.reporting import read_brand, write_comparison_pdf, write_comparison_workbook
from roi_tool.reporting.matter import Matter
from roi_tool.reporting.paper import comparison_paper
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
def test_no_code_is_left_without_words(case, comparison, language):
    paper = comparison_paper(case, comparison, read_brand(), wording_for(language), on=DAY)
    assert not CODE.findall(words_of(paper))


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


def test_low_and_high_case_enclose_the_answer_and_every_single_swing(case, comparison):
    matter = Matter(case, comparison, wording_for("en"))
    low, base, high = matter.extremes.low, matter.extremes.base, matter.extremes.high
    assert base.saving_nano == matter.subject.versus_today.saving_total_nano
    for swing in comparison.tornado:
        for end in (swing.saving_at_low_nano, swing.saving_at_high_nano):
            assert low.saving_nano <= end <= high.saving_nano
    assert low.npv < base.npv < high.npv


@pytest.mark.parametrize(("amount", "printed"), [("54902.4", "£55,000"), ("-1234", "−£1,200"), ("0", "£0"), ("0.127", "£0.13")])
def test_estimates_of_estimates_are_printed_roughly(case, comparison, amount, printed):
    assert Matter(case, comparison, wording_for("en")).rough_money(Decimal(amount)) == printed
