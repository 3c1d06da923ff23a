"""The workbook as a whole: its sheets in order, and where each finds the cells of the others."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import xlsxwriter

from roi_tool.reporting.blocks import Paper
from roi_tool.reporting.brand import Brand
from roi_tool.reporting.matter import Matter
from roi_tool.reporting.workbook.answer_sheet import write_answer
from roi_tool.reporting.workbook.evidence_sheets import write_assumptions, write_bills, write_usage
from roi_tool.reporting.workbook.lines_sheet import write_lines
from roi_tool.reporting.workbook.months_sheet import write_months
from roi_tool.reporting.workbook.places import Places
from roi_tool.reporting.workbook.sheet import PAPER_SIZES, Formats, Sheet


def write_workbook(path: str | Path, paper: Paper, matter: Matter, brand: Brand) -> None:
    """Write the workbook: to a file beside the target first, so that a failure leaves no half a file."""
    target = Path(path)
    handle, name = tempfile.mkstemp(suffix=".xlsx", dir=target.parent)
    os.close(handle)
    try:
        _write(name, paper, matter, brand)
        Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)


def _write(name: str, paper: Paper, matter: Matter, brand: Brand) -> None:
    words = matter.words
    # Nothing becomes a formula or a link because of how it is spelt.
    with xlsxwriter.Workbook(
        name, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    ) as book:
        book.set_properties({"title": paper.title, "author": paper.operator, "subject": matter.customer})
        formats = Formats(book, brand, matter.comparison.currency, words.language)
        names = (
            words.text("Answer"),
            words.text("Options by month"),
            words.text("Cost lines"),
            words.text("Usage"),
            words.text("Bills"),
            words.text("Assumptions"),
        )
        answer, months, lines, usage, bills, assumptions = (
            Sheet(book, title, formats, paper=PAPER_SIZES[brand.page_size], warning=paper.warning) for title in names
        )
        places = Places(months=months.name, lines=lines.name, assumptions=assumptions.name)
        places = write_assumptions(assumptions, matter, places)
        places = write_lines(lines, matter, places)
        places = write_months(months, matter, places)
        write_usage(usage, matter)
        write_bills(bills, matter)
        write_answer(answer, matter, places)
        answer.raw.activate()
