"""Case files and `.roiquote`: what is read, what is refused, and that nothing is lost on the way."""

import json
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from quoting.small_case import small_book, small_case

from roi_tool.problems import ProblemError
from roi_tool.quoting import compare
from roi_tool.storage import read_case_file, read_quote_file, write_quote_file
from roi_tool.workspace.opening import open_case

CASE = """
customer: {name: Small & Sons, seats: 20}
price_book: example-uk-2026
bills: [a.csv, {files: [b1.csv, b2.csv], date_order: dmy}]
drivers:
  labour_rate: {value: 31.10, source: the owner, date: 2026-09-01}
scenario: {seats: 25}
"""


def refused(path, text=None):
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(ProblemError) as error:
        read_case_file(path)
    return error.value.problems[0]


def test_yaml_and_json_say_the_same(tmp_path):
    (tmp_path / "case.yaml").write_text(CASE, encoding="utf-8")
    written = read_case_file(tmp_path / "case.yaml")
    (tmp_path / "case.json").write_text(written.model_dump_json(), encoding="utf-8")
    assert read_case_file(tmp_path / "case.json") == written
    assert [entry.files for entry in written.bills] == [("a.csv",), ("b1.csv", "b2.csv")]
    assert str(written.facts()["labour_rate"].value) == "31.10"
    assert written.scenario == {"seats": Decimal(25)}


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("customer: {name: X, seats: -4}\nprice_book: b", "entry_too_small", "customer.seats"),
        ("customer: {name: X, seats: many}\nprice_book: b", "entry_not_whole", "many"),
        ("customer: {name: X}\nprice_book: b\nbils: []", "entry_unknown", "bills"),
        ("customer: {name: X}", "entry_missing", "price_book"),
        ("customer: {name: X\nprice_book: b", "case_not_readable", "parse.syntax"),
        ("just words", "case_not_readable", "parse.no_entries"),
        ("a: &a [x, x]\nb: [*a, *a]", "case_not_readable", "parse.alias"),
        ("", "case_not_readable", "parse.no_entries"),
    ],
)
def test_a_wrong_case_file_is_refused_with_a_reason(tmp_path, text, code, said):
    problem = refused(tmp_path / "case.yaml", text)
    assert problem.code == code
    assert said in " ".join(problem.detail.values())


def test_a_missing_or_binary_file_is_refused(tmp_path):
    assert refused(tmp_path / "none.yaml").code == "case_no_file"
    (tmp_path / "picture.yaml").write_bytes(b"\x89PNG\r\n\x1a\n\x00\xff")
    assert refused(tmp_path / "picture.yaml").code == "file_not_text"


def test_a_case_names_a_bill_or_book_that_is_not_there(tmp_path):
    (tmp_path / "case.yaml").write_text(CASE, encoding="utf-8")
    with pytest.raises(ProblemError) as error:
        open_case(tmp_path / "case.yaml")
    assert error.value.problems[0].code == "case_no_bill"
    (tmp_path / "case.yaml").write_text(CASE.replace("example-uk-2026", "no-book"), encoding="utf-8")
    with pytest.raises(ProblemError) as error:
        open_case(tmp_path / "case.yaml")
    assert error.value.problems[0].code == "pricebook_unknown"
    assert "example-uk-2026" in error.value.problems[0].detail["known"]


def test_a_first_answer_from_a_name_and_seats(tmp_path):
    (tmp_path / "case.yaml").write_text("customer: {name: New, seats: 35}\nprice_book: example-uk-2026", encoding="utf-8")
    case, scenario = open_case(tmp_path / "case.yaml")
    comparison = compare(case, scenario)
    assert scenario["seats"] == 35
    assert len(comparison.options) == 5
    assert not any(usage.unrated for usage in case.usages.values())


def test_a_quote_comes_back_to_the_unit(tmp_path):
    case = small_case()
    scenario = case.scenario.with_value("seats", Decimal(25)).with_value("hosted_seat_price", Decimal("9.15"))
    path = tmp_path / "small.roiquote"
    write_quote_file(path, case, scenario)
    assert read_quote_file(path).price_book == small_book()
    again, moved = open_case(path)
    assert moved == scenario
    assert again.bills[0].charges == case.bills[0].charges
    assert again.bills[0].reconciliation == case.bills[0].reconciliation
    assert again.calls.frame.equals(case.calls.frame)
    first, second = compare(case, scenario), compare(again, moved)
    for before, after in zip(first.options, second.options, strict=True):
        assert before.monthly_nano.tolist() == after.monthly_nano.tolist()
    assert [path.name for path in tmp_path.iterdir()] == ["small.roiquote"], "no temporary file is left"


def test_the_operator_s_cost_is_not_in_a_quote(tmp_path):
    write_quote_file(tmp_path / "small.roiquote", small_case(), small_case().scenario)
    body = zipfile.ZipFile(tmp_path / "small.roiquote").read("quote.json").decode()
    assert "carriers" not in body


def test_damaged_newer_and_foreign_quotes_are_refused(tmp_path):
    path = tmp_path / "small.roiquote"
    write_quote_file(path, small_case(), small_case().scenario)
    whole = path.read_bytes()

    def code(content):
        path.write_bytes(content)
        with pytest.raises(ProblemError) as error:
            open_case(path)
        return error.value.problems[0].code

    assert code(whole[: len(whole) // 2]) == "quote_damaged"
    assert code(b"hello") == "quote_damaged"
    path.write_bytes(whole)
    with zipfile.ZipFile(path) as archive:
        body, calls = json.loads(archive.read("quote.json")), archive.read("calls.parquet")
    for change, expected in (({"schema_version": 99}, "quote_too_new"), ({"price_book": {}}, "quote_damaged")):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("quote.json", json.dumps(body | change))
            archive.writestr("calls.parquet", calls)
        assert code(path.read_bytes()) == expected


def test_a_quote_that_can_not_be_written_is_said(tmp_path):
    with pytest.raises(ProblemError) as error:
        write_quote_file(tmp_path / "no" / "folder.roiquote", small_case(), small_case().scenario)
    assert error.value.problems[0].code == "quote_not_written"


def test_a_price_book_that_is_over_is_said(tmp_path):
    old = small_book().model_copy(update={"valid_from": date(2019, 1, 1), "valid_until": date(2020, 1, 1)})
    case = replace(small_case(), price_book=old)
    write_quote_file(tmp_path / "old.roiquote", case, case.scenario)
    again, _ = open_case(tmp_path / "old.roiquote")
    assert "price_book_expired" in {problem.code for problem in again.problems}
