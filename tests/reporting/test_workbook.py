from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from invented_comparison import PRICES, invented_case, invented_comparison

from roi_tool.money import from_nano
from roi_tool.problems import ProblemError
from roi_tool.reporting import read_brand, write_comparison_workbook
from roi_tool.reporting.workbook.sheet import harmless
from roi_tool.wording import wording_for

WORDS = wording_for("en")
SHEETS = ["Answer", "Assumptions", "Options by month", "Returns", "Cost lines", "Budget", "Usage", "Bills", "Sizing"]


def write(path, comparison, words=WORDS, **given):
    write_comparison_workbook(path, invented_case(comparison, **given), comparison, read_brand(), words, on=date(2026, 11, 23))
    return path


@pytest.fixture(scope="module")
def comparison():
    return invented_comparison()


@pytest.fixture(scope="module")
def file(tmp_path_factory, comparison):
    return write(tmp_path_factory.mktemp("book") / "comparison.xlsx", comparison)


@pytest.fixture(scope="module")
def values(file):
    return openpyxl.load_workbook(file, data_only=True)


@pytest.fixture(scope="module")
def formulas(file):
    return openpyxl.load_workbook(file)


def row_of(sheet, words, column=1):
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, column).value == words)


def test_the_sheets_in_their_order(values):
    assert values.sheetnames == SHEETS


def test_totals_and_present_values_are_ours_and_live(values, formulas, comparison):
    shown, live = values["Options by month"], formulas["Options by month"]
    total, present = row_of(shown, "Total"), row_of(shown, "Present value")
    for index, option in enumerate(comparison.options):
        column = 4 + index
        assert shown.cell(total, column).value == pytest.approx(float(from_nano(option.total_nano)))
        assert shown.cell(present, column).value == pytest.approx(float(option.npv_cost))
        assert live.cell(total, column).value.startswith("=SUM(")
        assert live.cell(present, column).value.startswith("=SUMPRODUCT(")
        assert live.cell(total + 5, column).value.startswith("=IF(")
        so_far = shown.cell(shown.max_row, column + len(comparison.options)).value
        assert so_far == pytest.approx(float(from_nano(option.total_nano)))


def test_the_answer_links_to_the_months(values, formulas, comparison):
    row = row_of(values["Answer"], WORDS.label("option.hosted"))
    hosted = comparison.option("hosted")
    shown = [values["Answer"].cell(row, column).value for column in range(2, 9)]
    expected = [
        from_nano(hosted.once_nano),
        from_nano(hosted.yearly_nano[0]) / 12,
        from_nano(hosted.total_nano),
        hosted.npv_cost,
        hosted.per_user_month,
        -from_nano(hosted.versus_today.saving_total_nano),
        hosted.versus_today.npv,
    ]
    assert shown == pytest.approx([float(value) for value in expected])
    assert all(formulas["Answer"].cell(row, column).data_type == "f" for column in range(2, 9))
    assert values["Answer"]["A2"].value.startswith("A hosted phone system costs £64,096 less")


def test_each_cost_line_has_driver_source_confidence_and_mark(values, comparison):
    sheet = values["Cost lines"]
    head = row_of(sheet, "Option")
    lines = [(option, line) for option in comparison.options for line in option.lines]
    for row, (option, line) in enumerate(lines, start=head + 1):
        cells = [cell.value for cell in sheet[row]]
        assert cells[0] == WORDS.label(f"option.{option.id}")
        assert cells[4] == line.evidence.id
        assert cells[5] == WORDS.label(f"confidence.{line.evidence.confidence.value}")
        assert cells[6] == line.evidence.source
        assert cells[8] == "fixed"  # invented lines have no model behind them
        assert cells[9] == pytest.approx(float(from_nano(line.total_nano)))
        assert cells[10:] == pytest.approx([float(from_nano(amount)) for amount in line.amounts_nano])


def test_usage_is_the_engines_total(values, comparison):
    sheet = values["Usage"]
    for option in comparison.options:
        row = row_of(sheet, WORDS.label(f"option.{option.id}"))
        assert Decimal(str(sheet.cell(row, 7).value)) == from_nano(option.usage.charge_nano).normalize()
        assert sheet.cell(row, 4).value == option.usage.rated


def test_bills_show_rows_and_what_is_unexplained(values):
    sheet = values["Bills"]
    row = row_of(sheet, "tamar-2026-07.csv")
    assert [sheet.cell(row, column).value for column in range(2, 7)] == [70, 60, 2, 7, 1]
    row = row_of(sheet, "Tamar Telecom July 2026")
    assert sheet.cell(row, 5).value == pytest.approx(0.03)


def test_no_formula_is_in_error(values):
    for sheet in values:
        for row in sheet.iter_rows():
            assert not [cell.coordinate for cell in row if cell.data_type == "e"]


def test_print_set_up_and_frozen_panes(formulas):
    for sheet in formulas:
        assert sheet.page_setup.orientation == "landscape"
        assert str(sheet.page_setup.paperSize) == "9"
    assert formulas["Cost lines"].freeze_panes is not None
    assert formulas["Options by month"].freeze_panes is not None


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", "\r@"])
def test_text_that_could_start_a_formula_is_neutralised(start):
    assert not harmless(f"{start}HYPERLINK(1)").lstrip().startswith(("=", "+", "-", "@", "\t"))
    assert harmless("−£14k, as printed") == "−£14k, as printed"


def test_a_customer_cannot_smuggle_a_formula_in(tmp_path):
    evil = '=HYPERLINK("https://example.invalid","x")'
    prices = {**PRICES, "hosted": [("other", evil, "P1", "", 1, 1)]}
    path = write(tmp_path / "evil.xlsx", invented_comparison(options=("stay", "hosted"), prices=prices), name=evil)
    for sheet in openpyxl.load_workbook(path):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert "HYPERLINK" not in cell.value
                elif isinstance(cell.value, str):
                    assert not cell.value.startswith(("=", "+", "@", "-"))


@pytest.mark.parametrize("given", [{"bills": ()}, {"name": "木村建築設計事務所"}])
def test_unusual_cases_are_written(tmp_path, given):
    path = write(
        tmp_path / "case.xlsx", invented_comparison(options=("stay",), months=1, factor=0), wording_for("zh_CN"), **given
    )
    assert len(openpyxl.load_workbook(path).sheetnames) == len(SHEETS)


def test_a_place_that_cannot_be_written_to_is_said(tmp_path, comparison):
    with pytest.raises(ProblemError) as caught:
        write(tmp_path / "no" / "folder.xlsx", comparison)
    assert caught.value.problems[0].code == "paper_not_written"
