"""Text PDFs are read as a first try that says how sure it is; what cannot be read is refused in one sentence."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen import canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from roi_tool.importing import read_bill
from roi_tool.problems import ProblemError
from roi_tool.wording import wording_for

pytest.importorskip("pdfplumber")
TITLES = ["Date", "Time", "Number", "Duration", "Cost"]
ROWS = [
    [f"{13 + n % 15}/05/2026", f"10:{n % 60:02d}", "020 7946 0018", f"00:01:{n % 60:02d}", f"0.1{n % 10}"] for n in range(120)
]


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
    assert [problem.code for problem in bill.problems] == ["pdf_first_try"]


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


def test_a_pdf_without_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    page = canvas.Canvas(str(path))
    page.rect(10, 10, 50, 50)
    page.save()
    with pytest.raises(ProblemError, match="file_is_pdf"):
        read_bill(path)


def test_without_the_reader_the_sentence_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    path = tmp_path / "bill.pdf"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(ProblemError) as caught:
        read_bill(path)
    assert "pip install" in wording_for("en").sentence(caught.value.problems[0])
