"""Text PDFs are read as a first try that says how sure it is; what cannot be read is refused in one sentence."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from roi_tool.cdr import Bill
from roi_tool.importing import read_bill
from roi_tool.problems import ProblemError
from roi_tool.wording import wording_for

pytest.importorskip("pdfplumber")
TITLES = ["Date", "Time", "Number", "Duration", "Cost"]
ROWS = [
    [f"{13 + n % 15}/05/2026", f"10:{n % 60:02d}", "020 7946 0018", f"00:01:{n % 60:02d}", f"0.1{n % 10}"] for n in range(120)
]


def _codes(bill: Bill) -> list[str]:
    return sorted(problem.code for problem in bill.problems)


def test_ruled_tables_over_several_pages_are_one_bill(tmp_path: Path) -> None:
    path = tmp_path / "bill.pdf"
    style = [("GRID", (0, 0), (-1, -1), 0.5, "black")]
    title = Paragraph("Sample Telecom, bill for 01/05/2026 to 31/05/2026", getSampleStyleSheet()["Normal"])
    SimpleDocTemplate(str(path), pagesize=A4).build([title, Table([TITLES, *ROWS], style=style, repeatRows=1)])
    bill = read_bill(path, country="GB")
    assert len(bill.calls) == 120
    assert int(bill.calls.frame["charge_nano"].sum()) == 120 * 145 * 10**6
    assert bill.rejected == ()
    assert 0.5 < bill.files[0].confidence <= 0.8
    assert _codes(bill) == ["pdf_first_try", "pdf_table_ruled"]
    (table,) = (problem for problem in bill.problems if problem.code == "pdf_table_ruled")
    assert dict(table.detail) == {"pages": "1–4", "rows": "124", "percent": "80"}


def test_printed_lines_are_cut_at_wide_gaps(tmp_path: Path) -> None:
    path = tmp_path / "bill.pdf"
    page = canvas.Canvas(str(path), pagesize=A4)
    for place, row in enumerate([TITLES, *ROWS[:30]]):
        for column, cell in enumerate(row):
            page.drawString(50 + 100 * column, 780 - 20 * place, cell)
    page.save()
    bill = read_bill(path, country="GB")
    assert len(bill.calls) == 30
    assert int(bill.calls.frame["duration_ms"].sum()) == sum(60_000 + 1000 * n for n in range(30))
    assert bill.files[0].confidence <= 0.5


WIDE_TITLES = ["Date", "Time", "Number", "Destination", "Duration", "Cost"]


def _print(page: canvas.Canvas, y: float, cells: Sequence[str | None], left: float = 40, step: float = 88) -> None:
    for place, cell in enumerate(cells):
        if cell is not None:
            page.drawString(left + step * place, y, cell)


def test_lists_that_go_on_over_pages_are_one(tmp_path: Path) -> None:
    path = tmp_path / "bill.pdf"
    page = canvas.Canvas(str(path), pagesize=A4)
    for sheet in range(3):
        page.drawString(40, 815, "Sample Telecom")
        page.drawString(400, 815, f"Page {sheet + 1} of 3")
        _print(page, 780, WIDE_TITLES)
        for place, row in enumerate(ROWS[40 * sheet : 40 * sheet + 40]):
            _print(page, 764 - 16 * place, [*row[:3], "London", *row[3:]])
        page.drawString(40, 30, "Sample Telecom Ltd, 1 Example Street")
        page.showPage()
    page.save()
    bill = read_bill(path, country="GB")
    assert len(bill.calls) == 120
    assert int(bill.calls.frame["charge_nano"].sum()) == 120 * 145 * 10**6
    assert bill.rejected == ()
    assert bill.files[0].rows_total == 120 + 3 * 3


def test_sums_that_lead_from_page_to_page_are_no_charges(tmp_path: Path) -> None:
    path = tmp_path / "bill.pdf"
    page = canvas.Canvas(str(path), pagesize=A4)
    cents = 0
    for sheet in range(3):
        _print(page, 780, WIDE_TITLES)
        if sheet:
            _print(page, 764, ["Brought forward", *[None] * 4, f"{cents / 100:.2f}"])
        for place, row in enumerate(ROWS[40 * sheet : 40 * sheet + 40]):
            _print(page, 748 - 16 * place, [*row[:3], "London", *row[3:]])
            cents += int(row[4][2:])
        label = "Total calls" if sheet == 2 else "Carried forward"
        _print(page, 80, [label, *[None] * 4, f"{cents / 100:.2f}"])
        page.showPage()
    page.save()
    bill = read_bill(path, country="GB")
    assert len(bill.calls) == 120
    assert bill.charges == ()
    assert bill.reconciliation.stated_nano == bill.reconciliation.read_nano == cents * 10**7


def test_two_lists_side_by_side_are_read_one_after_the_other(tmp_path: Path) -> None:
    path = tmp_path / "bill.pdf"
    page = canvas.Canvas(str(path), pagesize=A4)
    page.setFont("Helvetica", 8)
    page.drawString(40, 800, "Itemised calls of May 2026")
    for side in range(2):
        _print(page, 780, TITLES, 40 + 275 * side, 55)
        for place, row in enumerate(ROWS[30 * side : 30 * side + 30 - 5 * side]):
            _print(page, 766 - 14 * place, [row[0], row[1], row[2].replace(" ", ""), *row[3:]], 40 + 275 * side, 55)
    page.drawString(40, 300, "Total calls")
    page.drawString(518, 300, "£7.90")
    page.save()
    bill = read_bill(path, country="GB")
    assert len(bill.calls) == 55
    expected = sum(int(row[4].replace("0.", "")) * 10**7 for row in [*ROWS[:30], *ROWS[30:55]])
    assert int(bill.calls.frame["charge_nano"].sum()) == expected
    assert bill.reconciliation.stated_nano == 7_900_000_000
    assert bill.rejected == ()


def test_an_empty_cell_shifts_nothing_and_a_wrapped_one_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "bill.pdf"
    page = canvas.Canvas(str(path), pagesize=A4)
    _print(page, 780, WIDE_TITLES)
    for place, row in enumerate(ROWS[:20]):
        y = 755 - 30 * place
        _print(page, y, [*row[:3], None if place % 3 == 1 else "Leeds and", *row[3:]])
        if place % 3 == 0:
            _print(page, y - 12, [None, None, None, "the north"])
    page.save()
    bill = read_bill(path, country="GB")
    assert len(bill.calls) == 20
    assert int(bill.calls.frame["duration_ms"].sum()) == sum(60_000 + 1000 * n for n in range(20))
    assert bill.rejected == ()
    assert bill.files[0].rows_total == 21


def test_a_frame_around_a_list_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "bill.pdf"
    page = canvas.Canvas(str(path), pagesize=A4)
    for left, width in ((30, 260), (290, 270)):
        page.rect(left, 200, width, 600)
        page.rect(left, 180, width, 20)
    for place, row in enumerate([TITLES, *ROWS[:25]]):
        _print(page, 780 - 20 * place, row, 40, 100)
    page.save()
    bill = read_bill(path, country="GB")
    assert len(bill.calls) == 25
    assert bill.files[0].confidence <= 0.5


def _scan(path: Path, pages: int, text: bool = False) -> None:
    picture = ImageReader(Image.new("RGB", (60, 60), "grey"))
    page = canvas.Canvas(str(path), pagesize=A4)
    if text:
        for place, row in enumerate([TITLES, *ROWS[:10]]):
            _print(page, 780 - 20 * place, row, 40, 100)
        page.showPage()
    for _ in range(pages):
        page.drawImage(picture, 50, 50, 400, 600)
        page.showPage()
    page.save()


def test_pages_without_text_among_others_are_said(tmp_path: Path) -> None:
    _scan(tmp_path / "bill.pdf", 2, text=True)
    bill = read_bill(tmp_path / "bill.pdf", country="GB")
    assert len(bill.calls) == 10
    (unread,) = (problem for problem in bill.problems if problem.code == "pdf_pages_unread")
    assert dict(unread.detail) == {"count": "2", "page": "2"}


def _protected(path: Path) -> None:
    page = canvas.Canvas(str(path), encrypt=StandardEncryption("secret"))
    page.drawString(50, 700, "Calls")
    page.save()


BAD = {
    "scan": (lambda path: _scan(path, 1), "pdf_without_text"),
    "protected": (_protected, "pdf_protected"),
    "half": (lambda path: path.write_bytes(b"%PDF-1.4\n1 0 obj <<"), "file_is_pdf"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_pdf_that_cannot_be_read_is_refused(kind: str, tmp_path: Path) -> None:
    make, code = BAD[kind]
    path = tmp_path / "bill.pdf"
    make(path)
    with pytest.raises(ProblemError) as caught:
        read_bill(path)
    assert [problem.code for problem in caught.value.problems] == [code]
    assert wording_for("en").sentence(caught.value.problems[0]).startswith("bill.pdf: ")


def test_long_papers_tell_how_far_they_are_and_have_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "bill.pdf"
    page = canvas.Canvas(str(path), pagesize=A4)
    for _ in range(4):
        for place, row in enumerate([TITLES, *ROWS[:3]]):
            _print(page, 780 - 20 * place, row, 40, 100)
        page.showPage()
    page.save()
    shares: list[float] = []
    read_bill(path, country="GB", progress=lambda _, share: shares.append(share))
    assert shares == sorted(shares)
    assert len([share for share in shares if 0 < share < 1 / 3]) == 3
    monkeypatch.setattr("roi_tool.importing.records.pdf_tables.MAX_PDF_PAGES", 3)
    with pytest.raises(ProblemError, match="pdf_too_long"):
        read_bill(path)


def test_without_the_reader_the_sentence_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    path = tmp_path / "bill.pdf"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(ProblemError) as caught:
        read_bill(path)
    assert "pip install" in wording_for("en").sentence(caught.value.problems[0])
