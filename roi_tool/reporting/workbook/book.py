"""The workbook as a whole: its sheets in order, and where each finds the cells of the others."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import xlsxwriter

from roi_tool.reporting.blocks import Paper
from roi_tool.reporting.brand import Brand
from roi_tool.reporting.matter import Matter
from roi_tool.reporting.workbook.answer_sheet import write_answer
from roi_tool.reporting.workbook.assumptions_sheet import colour_inputs, followed, write_assumptions
from roi_tool.reporting.workbook.budget_sheet import write_budget
from roi_tool.reporting.workbook.evidence_sheets import write_bills, write_sizing, write_usage
from roi_tool.reporting.workbook.line_formulas import LineFormulas
from roi_tool.reporting.workbook.line_places import LinePlaces
from roi_tool.reporting.workbook.lines_sheet import FormulasOf, write_lines
from roi_tool.reporting.workbook.months_sheet import write_months
from roi_tool.reporting.workbook.places import Places
from roi_tool.reporting.workbook.prices_sheet import Prices
from roi_tool.reporting.workbook.quantities_sheet import Quantities
from roi_tool.reporting.workbook.returns_sheet import write_returns
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
    # Nothing becomes a formula or a link because of how it is spelt.
    with xlsxwriter.Workbook(
        name, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    ) as book:
        book.set_properties({"title": paper.title, "author": paper.operator, "subject": matter.customer})
        formats = Formats(book, brand, matter.comparison.currency, matter.words.language)
        titles = _titles(matter)
        sheets = {
            name: Sheet(book, title, formats, paper=PAPER_SIZES[brand.page_size], warning=paper.warning)
            for name, title in titles.items()
        }
        _write_sheets(sheets, matter)
        sheets["answer"].raw.activate()


def _titles(matter: Matter) -> dict[str, str]:
    """Return the sheets in their order; without a model behind the figures there are no quantities and prices to show."""
    words = matter.words
    titles = {
        "answer": words.text("Answer"),
        "assumptions": words.text("Assumptions"),
        "months": words.text("Options by month"),
        "returns": words.text("Returns"),
        "lines": words.text("Cost lines"),
        "quantities": words.text("Quantities"),
        "prices": words.text("Prices"),
        "budget": words.text("Budget"),
        "usage": words.text("Usage"),
        "bills": words.text("Bills"),
        "sizing": words.text("Sizing"),
    }
    if not matter.case.plans:
        del titles["quantities"], titles["prices"]
    return titles


def _write_sheets(sheets: Mapping[str, Sheet], matter: Matter) -> None:
    inputs = write_assumptions(sheets["assumptions"], matter)
    places = Places(months=sheets["months"].name, lines=sheets["lines"].name, inputs=inputs)
    formulas_of: FormulasOf | None = None
    if matter.case.plans:
        quantities = Quantities(sheets["quantities"], matter)
        prices = Prices(sheets["prices"], matter, tuple(matter.case.plans.values()))
        places = replace(places, user_months=quantities.user_months(inputs))

        def formulas_of(lines: LinePlaces) -> LineFormulas:
            return LineFormulas(matter.case.plans, inputs, quantities, prices, lines, matter.name)

    places, fixed = write_lines(sheets["lines"], matter, places, formulas_of)
    colour_inputs(sheets["assumptions"], matter, inputs, followed(matter, fixed))
    places = write_months(sheets["months"], matter, places)
    write_returns(sheets["returns"], matter, places)
    write_budget(sheets["budget"], matter, places)
    write_usage(sheets["usage"], matter)
    write_bills(sheets["bills"], matter)
    write_sizing(sheets["sizing"], matter)
    write_answer(sheets["answer"], matter, places)
