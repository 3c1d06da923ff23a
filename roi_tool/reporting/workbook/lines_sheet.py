"""Every cost line month by month, with the way home of its figure: formulas over the inputs wherever its arithmetic is known.

All totals of the workbook are formulas over this sheet.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from roi_tool.costing.line import CostLine
from roi_tool.money import from_nano
from roi_tool.reporting.blocks import plain
from roi_tool.reporting.matter import Matter
from roi_tool.reporting.parts.costs import line_name
from roi_tool.reporting.workbook.line_formulas import LineFormulas
from roi_tool.reporting.workbook.line_places import START_COLUMN, TOTAL_COLUMN, LinePlaces
from roi_tool.reporting.workbook.places import Places
from roi_tool.reporting.workbook.sheet import Sheet, place

FormulasOf = Callable[[LinePlaces], LineFormulas]


def write_lines(sheet: Sheet, matter: Matter, places: Places, formulas_of: FormulasOf | None) -> tuple[Places, list[CostLine]]:
    """Write the sheet; return the places with those of this sheet, and the lines whose amounts are fixed.

    Args:
        formulas_of: makes the formulas once the rows are known; None where no model stands behind the figures.
    """
    words, months = matter.words, matter.comparison.horizon_months
    sheet.title(
        words.text("Every cost line, month by month"),
        words.text(
            "{currency}. What is paid at the start stands under “start”, what is paid in a month under its number. Lines that "
            "are computed follow the inputs; an amount may also be changed here, and every total of this workbook follows.",
            currency=matter.currency_and_tax(),
        ),
    )
    titles = _titles(matter)
    head = sheet.head(
        [*titles, *(words.number(month) for month in range(1, months + 1))],
        figures=range(TOTAL_COLUMN, START_COLUMN + months + 1),
    )
    first = sheet.row
    formulas = formulas_of(LinePlaces(matter.comparison, words, first)) if formulas_of else None
    fixed = [
        line
        for option in matter.comparison.options
        for line in option.lines
        if not _line(sheet, matter, matter.name(option.id), line, formulas)
    ]
    last = sheet.row - 1
    sheet.raw.freeze_panes(head + 1, 2)
    sheet.raw.autofilter(head, 0, last, TOTAL_COLUMN - 1)
    for column, width in enumerate((26, 34, 16, 20, 7, 14, 34, 9, 10, 13)):
        sheet.raw.set_column(column, column, width)
    sheet.raw.set_column(START_COLUMN, START_COLUMN + months, 11)
    sheet.raw.repeat_rows(head)
    sheet.raw.repeat_columns(0, 1)
    sheet.raw.fit_to_pages(0, 0)
    sheet.raw.set_print_scale(70)
    return replace(places, first_line=first, last_line=last), fixed


def _titles(matter: Matter) -> list[str]:
    words = matter.words
    return [
        words.text("Option"),
        words.text("Cost line"),
        words.text("Kind"),
        words.text("Moved by"),
        words.text("Mark"),
        words.text("How it is known"),
        words.text("Source"),
        words.text("Hard or soft"),
        words.text("Amounts"),
        words.text("Total"),
        words.text("start"),
    ]


def _line(sheet: Sheet, matter: Matter, option: str, line: CostLine, formulas: LineFormulas | None) -> bool:
    """Write a line; return whether its amounts are formulas."""
    words, row = matter.words, sheet.row
    live = formulas.months_of(line) if formulas else None
    values = (
        option,
        plain(line_name(matter, line)),
        words.label(f"category.{line.category.value}"),
        matter.driver_name(line.driver) if line.driver else "",
        line.evidence.id,
        words.label(f"confidence.{line.evidence.confidence.value}"),
        plain(matter.source(line.evidence)),
        words.text("hard") if line.hard else words.text("soft"),
        words.text("fixed") if live is None else words.text("computed"),
    )
    for column, text in enumerate(values):
        sheet.text(row, column, text)
    last = START_COLUMN + len(line.amounts_nano) - 1
    span = f"{place(row, START_COLUMN, fixed=False)}:{place(row, last, fixed=False)}"
    sheet.formula(row, TOTAL_COLUMN, f"=SUM({span})", from_nano(line.total_nano))
    for month, amount in enumerate(line.amounts_nano.tolist()):
        if live is None or live[month].is_number:
            sheet.number(row, START_COLUMN + month, from_nano(amount))
        else:
            sheet.formula(row, START_COLUMN + month, f"={live[month].text}", from_nano(amount))
    sheet.row += 1
    return live is not None
