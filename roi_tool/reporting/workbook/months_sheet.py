"""Options by month: each month's cost as a sum of the cost lines, the cost so far, total and present value."""

from __future__ import annotations

from dataclasses import replace

from roi_tool.costing.discounting import Convention
from roi_tool.money import from_nano
from roi_tool.reporting.blocks import CellFormat, RowStyle
from roi_tool.reporting.matter import Matter
from roi_tool.reporting.parts.method import convention_text
from roi_tool.reporting.workbook.line_places import START_COLUMN
from roi_tool.reporting.workbook.places import Places
from roi_tool.reporting.workbook.sheet import Sheet, place

_FIRST = 3
"""Columns before the options: month, year, discount factor."""


def write_months(sheet: Sheet, matter: Matter, places: Places) -> Places:
    """Write the sheet; return the places with those of this sheet."""
    words, comparison = matter.words, matter.comparison
    options, months = comparison.options, comparison.horizon_months
    sheet.title(
        words.text("Options by month"),
        words.text("{currency}. {convention}", currency=matter.currency_and_tax(), convention=convention_text(matter)),
    )
    costs = [matter.name(option.id) for option in options]
    so_far = [words.text("{option}, so far", option=name) for name in costs]
    head = sheet.head(
        [words.text("Month"), words.text("Year"), words.text("Discount factor"), *costs, *so_far],
        figures=range(3 + 2 * len(options)),
    )
    total, present, start = head + 1, head + 2, head + 3
    places = replace(places, total_row=total, present_row=present, start_row=start, first_option=_FIRST)
    sheet.text(total, 0, words.text("Total"), RowStyle.GROUP)
    sheet.text(present, 0, words.text("Present value"), RowStyle.GROUP)
    for month in range(months + 1):
        _calendar(sheet, matter, places, month)
        for index, option in enumerate(options):
            row, column = start + month, _FIRST + index
            sheet.formula(
                row, column, _sum_of_lines(places, month, head, row, column), from_nano(int(option.monthly_nano[month]))
            )
            cost = place(row, column, fixed=False)
            above = place(row - 1, column + len(options), fixed=False)
            sheet.formula(
                row,
                column + len(options),
                f"={above}+{cost}" if month else f"={cost}",
                from_nano(int(option.cumulative_nano[month])),
            )
    for index, option in enumerate(options):
        column = _FIRST + index
        span = f"{place(start, column, fixed=False)}:{place(start + months, column, fixed=False)}"
        factors = f"{place(start, 2)}:{place(start + months, 2)}"
        sheet.formula(total, column, f"=SUM({span})", from_nano(option.total_nano), style=RowStyle.GROUP)
        sheet.formula(present, column, f"=SUMPRODUCT({span},{factors})", option.npv_cost, style=RowStyle.GROUP)
    sheet.row = start + months + 1
    sheet.raw.freeze_panes(start, _FIRST)
    sheet.raw.set_column(0, 2, 9)
    sheet.raw.set_column(_FIRST, _FIRST + 2 * len(options), 15)
    sheet.raw.set_row(head, 40)
    sheet.raw.repeat_rows(head)
    return places


def _calendar(sheet: Sheet, matter: Matter, places: Places, month: int) -> None:
    """Write month, year and discount factor: years at their end (tei), or months at theirs."""
    row = places.start_row + month
    sheet.number(row, 0, month, CellFormat.COUNT)
    here = place(row, 0, fixed=False)
    year = -(-month // 12)
    sheet.formula(row, 1, f"=ROUNDUP({here}/12,0)", year, CellFormat.COUNT)
    monthly = matter.comparison.scenario.convention == Convention.MONTHLY
    exponent = f"({here}/12)" if monthly else place(row, 1, fixed=False)
    factor = (1 + float(matter.comparison.discount_rate)) ** -(month / 12 if monthly else year)
    rate = places.inputs("discount_rate").text
    sheet.formula(row, 2, f"=1/(1+{rate})^{exponent}", factor, CellFormat.COUNT, pattern="0.000000")


def _sum_of_lines(places: Places, month: int, head: int, row: int, column: int) -> str:
    def span(of: int) -> str:
        first = place(places.first_line, of, sheet=places.lines)
        return f"{first}:{place(places.last_line, of)}"

    # The option's name at the head of the column picks its lines; a shorter horizon leaves out the months past it.
    name, here = place(head, column), place(row, 0, fixed=False)
    lines = f"SUMIF({span(0)},{name},{span(START_COLUMN + month)})"
    return f"=IF({here}<={places.inputs('horizon_months').text},{lines},0)"
