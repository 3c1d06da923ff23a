"""From bills to papers, once, on the sample customer: one price wherever it is shown, and nothing unworded."""

import json
import re
from decimal import Decimal

import openpyxl
import pytest
from pypdf import PdfReader

from roi_tool.cli.main import main
from roi_tool.money import from_nano
from roi_tool.quoting import compare
from roi_tool.resources import pricebooks_folder, sample_bills_folder
from roi_tool.wording import wording_for
from roi_tool.workspace.opening import open_case

CASE = sample_bills_folder() / "alder-wren.case.yaml"
BILLS = sorted(sample_bills_folder().glob("meridian_invoice_*.xlsx"))
TARIFFS = pricebooks_folder() / "example-uk-2026" / "tariffs"
RAW_CODE = re.compile(r"\b(?:class|option|driver|cost|category|confidence|unit|kind|page)\.[a-z][a-z_]+\b|\{[a-z_]+\}")


def answer(capsys, *arguments):
    status = main([str(argument) for argument in arguments])
    told = capsys.readouterr()
    assert "Traceback" not in told.err
    return status, told.out


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    assert main(["demo", "--no-window", "--out", str(folder)]) in (0, 1)
    return folder


@pytest.fixture(scope="module")
def comparison():
    case, scenario = open_case(CASE)
    return compare(case, scenario)


@pytest.fixture(scope="module")
def pdf_text(demo):
    return "\n".join(page.extract_text() for page in PdfReader(demo / "comparison.pdf").pages)


@pytest.fixture(scope="module")
def workbook(demo):
    return openpyxl.load_workbook(demo / "comparison.xlsx", data_only=True)


@pytest.mark.slow
def test_the_usage_of_every_option_is_one_number_everywhere(capsys, tmp_path, comparison, pdf_text, workbook):
    calls = tmp_path / "calls.csv"
    status, _ = answer(capsys, "bill", "calls", *BILLS, "-o", calls)
    assert status == 0
    _, told = answer(capsys, "compare", CASE, "--json")
    compared = {option["id"]: option for option in json.loads(told)["options"]}
    from roi_tool.desktop.pages.options.presenter import usage_rows

    in_window = {row.id: row.cells[-1].text for row in usage_rows(comparison, wording_for("en"))}
    in_workbook = list(workbook["Usage"].iter_rows(values_only=True))
    for option in comparison.options:
        usage = option.usage
        assert usage.rated + usage.unrated == usage.calls == 19562
        if option.id != "stay":
            _, told = answer(capsys, "rate", calls, "--tariff", TARIFFS / usage.tariff_id, "--json")
            rated = json.loads(told)
            assert Decimal(rated["charge"]) == from_nano(usage.charge_nano), option.id
            assert rated["rated"] == usage.rated
        assert Decimal(in_window[option.id].replace(",", "")) == from_nano(usage.charge_nano)
        assert Decimal(compared[option.id]["usage"]["charge"]) == from_nano(usage.charge_nano)
        in_cells = {round(cell, 6) for row in in_workbook for cell in row if isinstance(cell, float)}
        assert round(float(from_nano(usage.charge_nano)), 6) in in_cells
        assert f"{from_nano(usage.charge_nano):,.2f}" in pdf_text


@pytest.mark.slow
def test_staying_costs_what_the_carrier_charged(capsys, comparison):
    _, told = answer(capsys, "bill", "read", *BILLS, "--json")
    read = json.loads(told)
    assert Decimal(read["calls"]["charge"]) == from_nano(comparison.option("stay").usage.charge_nano)
    assert Decimal(read["reconciliation"]["difference"]) == 0


@pytest.mark.slow
def test_nothing_in_the_papers_is_left_unworded(pdf_text, workbook):
    assert RAW_CODE.findall(pdf_text) == []
    cells = [
        str(cell) for sheet in workbook for row in sheet.iter_rows(values_only=True) for cell in row if isinstance(cell, str)
    ]
    assert [cell for cell in cells if RAW_CODE.search(cell) and not re.search(r"[a-z]+_[a-z]+\.(?:rental|usage)", cell)] == []


@pytest.mark.slow
def test_the_papers_carry_no_subscribers_number(pdf_text):
    """Numbers of the people called are personal data: what is printed is masked."""
    assert not re.search(r"447700900\d{3}|44 ?7700 ?900 ?\d{3}|07700 ?900 ?\d{3}", pdf_text)
