"""A file that is no bill is refused in one sentence, and nothing that is read makes a fault of ours."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roi_tool.cli.main import main
from roi_tool.importing import read_bill
from roi_tool.problems import ProblemError
from roi_tool.wording import wording_for

HEADER = "Date,Time,Number,Duration,Cost\n"
ROW = "13/05/2026,10:00,020 7946 0018,00:01:00,0.10\n"


def _workbook(path: Path, cells: dict[tuple[int, int], object]) -> None:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for (row, column), cell in cells.items():
        sheet.write(row, column, cell)
    book.close()


def _formulas(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Date", "Time", "Number", "Duration", "Cost"])
    for _ in range(3):
        sheet.append(["=TODAY()", "=NOW()", "=A1", "=B1", "=1+1"])
    book.save(path)


def _zip(path: Path, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def _half_of_a_workbook(path: Path) -> None:
    _workbook(path, {(row, 0): row for row in range(2000)})
    path.write_bytes(path.read_bytes()[:3000])


NOISE = random.Random(5).randbytes(20_000)
BAD = {
    "empty.csv": (lambda p: p.write_bytes(b""), "file_empty"),
    "blank.csv": (lambda p: p.write_bytes(b"\r\n \r\n,,,\r\n"), "file_empty"),
    "picture.csv": (lambda p: p.write_bytes(b"\x89PNG\r\n\x1a\n" + NOISE), "file_is_picture"),
    "noise.csv": (lambda p: p.write_bytes(NOISE), "file_is_binary"),
    "noise.xls": (lambda p: p.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + NOISE), "workbook_damaged"),
    "locked.xlsx": (
        lambda p: p.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + NOISE),
        "workbook_protected",
    ),
    "noise.zip": (lambda p: p.write_bytes(b"PK\x03\x04" + NOISE), "archive_damaged"),
    "half.xlsx": (_half_of_a_workbook, "archive_damaged"),
    "bomb.zip": (lambda p: _zip(p, {"calls.csv": b"0" * (120 << 20)}), "archive_too_large"),
    "nested.zip": (lambda p: _zip(p, {"more.zip": b"PK"}), "archive_in_archive"),
    "nothing.zip": (lambda p: _zip(p, {"read.me": b"hello"}), "archive_without_bill"),
    "wide.xlsx": (lambda p: _workbook(p, {(1, column): "x" for column in range(16_384)}), "too_many_columns"),
    "wide.csv": (lambda p: p.write_text(",".join(["x"] * 16_384) + "\n"), "too_many_columns"),
    "formulas.xlsx": (_formulas, "workbook_formulas"),
    "no_calls.xlsx": (lambda p: _workbook(p, {(0, 0): "Hello", (3, 0): "world"}), "no_calls"),
    "letter.txt": (lambda p: p.write_text("Dear customer,\nthank you for your letter.\n" * 20), "no_calls"),
    "paper.pdf": (lambda p: p.write_bytes(b"%PDF-1.7"), "file_is_pdf"),
    "entities.xml": (lambda p: p.write_text('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'), "xml_refused"),
    "page.html": (lambda p: p.write_text("<html><body>Log in</body></html>"), "file_is_web_page"),
    "folder.csv": (lambda p: p.mkdir(), "file_is_folder"),
    "missing.csv": (lambda p: None, "file_missing"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_in_one_sentence(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make, code = BAD[name]
    path = tmp_path / name
    make(path)
    with pytest.raises(ProblemError) as caught:
        read_bill(path)
    assert [problem.code for problem in caught.value.problems] == [code]
    sentence = wording_for("en").sentence(caught.value.problems[0])
    assert sentence.startswith(name)
    assert sentence.endswith(".")
    assert main(["bill", "read", str(path), "--json"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.strip() == sentence


def test_one_bad_file_among_good_ones_is_said_and_the_rest_read(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(HEADER + ROW)
    bad.write_bytes(b"")
    bill = read_bill([bad, good])
    assert len(bill.calls) == 1
    assert [problem.code for problem in bill.problems] == ["file_empty"]


def test_rows_that_cannot_be_read_are_rejected_with_row_and_reason(tmp_path: Path) -> None:
    path = tmp_path / "bill.csv"
    path.write_text(
        HEADER + ROW + "31/02/2026,10:00,020 7946 0018,00:01:00,0.10\n14/05/2026,10:00,020 7946 0018,soon,0.10\n"
        "14/05/2026,11:00,020 7946 0018,00:02:00,free?\n\n" + ROW.replace("13/", "15/")
    )
    bill = read_bill(path)
    assert [(item.problem.where.row, item.problem.code) for item in bill.rejected] == [
        (3, "cell_not_date"),
        (4, "cell_not_duration"),
        (5, "cell_not_amount"),
    ]
    assert len(bill.calls) == 2
    assert bill.files[0].rows_total == 6
    assert list(bill.calls.frame["source_row"]) == [2, 7]


def test_many_blank_rows_are_no_burden(tmp_path: Path) -> None:
    path = tmp_path / "bill.csv"
    path.write_text(HEADER + "\n" * 400_000 + ROW + ",,,,\n" * 300_000 + ROW.replace("13/", "14/"))
    bill = read_bill(path)
    assert list(bill.calls.frame["source_row"]) == [400_002, 700_003]
    assert bill.files[0].rows_total == 3


def test_long_and_short_files_are_read_alike(tmp_path: Path) -> None:
    rows = [
        f"{1 + i % 28:02d}/05/2026,10:{i % 60:02d},020 7946 0{i % 1000:03d},00:01:{i % 60:02d},0.1{i % 10}"
        for i in range(30_000)
    ]
    rows[777] = "Subtotal,,,,9.99"
    rows[20_000] = '"14/05/2026","10:00",020 7946 0018,00:01:00,0.10,surplus'
    long, short = tmp_path / "long.csv", tmp_path / "short.csv"
    long.write_text("Sample Telecom\n\n" + HEADER + "\n".join(rows) + "\n")
    assert long.stat().st_size > 1 << 20
    short.write_text("Sample Telecom\n\n" + HEADER + "\n".join(rows[:21_000]) + "\n")
    assert short.stat().st_size < 1 << 20
    columnar, by_row = read_bill(long), read_bill(short)
    count = len(by_row.calls)
    assert columnar.calls.frame.head(count).equals(by_row.calls.frame.assign(source_file=str(long)))
    assert columnar.files[0].skipped_by_reason == by_row.files[0].skipped_by_reason
    assert len(columnar.calls) == 29_999


CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            "Date",
            "Total",
            "13/05/2026",
            "05/13/26",
            "10:00",
            "0:07",
            "01m06s",
            "0207946001",
            "£1.20",
            "(1,00)",
            "VAT",
            '"',
            "1e9",
            "Calls",
            "--",
            "费用",
            "\x00",
        ]
    ),
    st.text(max_size=12),
    st.integers(-(10**12), 10**12).map(str),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.lists(CELLS, max_size=9), max_size=12),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    header=st.booleans(),
)
def test_whatever_stands_in_the_file_every_record_is_counted(
    tmp_path: Path, rows: list[list[str]], delimiter: str, header: bool
) -> None:
    lines = [HEADER.strip().replace(",", delimiter)] * header + [delimiter.join(row) for row in rows]
    _check_counts(tmp_path / "any.csv", "\n".join(lines).encode("utf-8", "surrogatepass"))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.binary(max_size=400),
    head=st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf", b"sep=;\n", b"<html>", b"<a>"]),
)
def test_whatever_the_bytes_are_no_fault_of_ours(tmp_path: Path, content: bytes, head: bytes) -> None:
    _check_counts(tmp_path / "any.bin", head + content)


def _check_counts(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    try:
        bill = read_bill(path)
    except ProblemError as error:
        assert all(wording_for("en").sentence(problem) for problem in error.problems)
        return
    (file,) = bill.files
    assert file.rows_total == file.rows_calls + file.rows_charges + file.rows_skipped + file.rows_rejected
    assert file.rows_rejected == len(bill.rejected)
    assert file.rows_calls == len(bill.calls)


def test_a_zip_of_bills_is_one_bill(tmp_path: Path) -> None:
    path = tmp_path / "bills.zip"
    written = io.StringIO()
    written.write(HEADER + ROW)
    _zip(
        path,
        {
            "may.csv": written.getvalue().encode(),
            "june.csv": (HEADER + ROW.replace("/05/", "/06/")).encode(),
            "__MACOSX/x": b"x",
        },
    )
    bill = read_bill(path)
    assert len(bill.calls) == 2
    assert bill.files[0].rows_total == 4
