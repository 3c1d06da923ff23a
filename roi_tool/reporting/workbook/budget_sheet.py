"""The budget by fiscal year, as formulas: capital is what is paid once for what is bought, all else is running cost."""

from __future__ import annotations

from roi_tool.costing.budget import CAPITAL, FiscalYear, budget_view, fiscal_year
from roi_tool.costing.line import CostLine
from roi_tool.money import NANO, from_nano
from roi_tool.quoting import OptionResult
from roi_tool.reporting.blocks import CellFormat, RowStyle
from roi_tool.reporting.matter import Matter
from roi_tool.reporting.parts.budget import budget_note, first_day, year_name
from roi_tool.reporting.parts.costs import line_name
from roi_tool.reporting.workbook.line_places import START_COLUMN, LinePlaces
from roi_tool.reporting.workbook.places import Places
from roi_tool.reporting.workbook.sheet import Sheet, place

_FIRST = 2
"""Column of the start in the lower part; month m stands m columns to the right."""


def write_budget(sheet: Sheet, matter: Matter, places: Places) -> None:
    """Write the view, and below it the months of what is bought, which it adds up."""
    words, options = matter.words, matter.comparison.options
    lines = LinePlaces(matter.comparison, words, places.first_line)
    sheet.title(words.text("Your budget, by fiscal year"), budget_note(matter))
    views = {option.id: budget_view(option.lines, first_day(matter), first_month=matter.fiscal_month) for option in options}
    years = sorted({(year.first_day, year.last_day) for view in views.values() for year in view})
    sheet.head([matter.currency_and_tax(), "", *(year_name(matter, *year) for year in years), words.text("Total")])
    for offset, (first, _) in enumerate(years):
        sheet.number(sheet.row, 2 + offset, first.year, CellFormat.NUMBER, "note")
    sheet.text(sheet.row, 0, words.text("Fiscal year that begins in"), "note")
    view = _View(sheet, matter, places, lines, years_row=sheet.row, count=len(years))
    sheet.row += 1
    for option in options:
        by_year = {year.first_day: year for year in views[option.id]}
        view.option(option, [by_year.get(first) for first, _ in years])
    view.months()
    sheet.raw.set_column(0, 0, 34)
    sheet.raw.set_column(1, 1, 30)
    sheet.raw.set_column(2, _FIRST + matter.comparison.horizon_months, 12)


class _View:
    """The two parts of the sheet; the upper one is written first and knows where the lower one will stand."""

    def __init__(self, sheet: Sheet, matter: Matter, places: Places, lines: LinePlaces, *, years_row: int, count: int) -> None:
        self._sheet, self._matter, self._places, self._lines = sheet, matter, places, lines
        self._years_row, self._count = years_row, count
        options = matter.comparison.options
        self._bought = {option.id: [line for line in option.lines if line.category in CAPITAL] for option in options}
        self._head = years_row + 1 + 3 * len(options) + 2
        self._rows: dict[str, int] = {}
        row = self._head + 2
        for option in options:
            self._rows[option.id] = row
            row += len(self._bought[option.id])

    def option(self, option: OptionResult, years: list[FiscalYear | None]) -> None:
        """Write an option's three rows."""
        words, sheet = self._matter.words, self._sheet
        sheet.text(sheet.row, 0, self._matter.name(option.id), RowStyle.GROUP)
        capital, running = sheet.row + 1, sheet.row + 2
        sheet.text(capital, 0, words.text("Capital"))
        sheet.text(running, 0, words.text("Running"))
        for offset, year in enumerate(years):
            column = 2 + offset
            amounts = (from_nano(year.capital_nano), from_nano(year.running_nano)) if year else (0, 0)
            held = f"({self._month_years()}={place(self._years_row, column)})"
            bought = f"SUMPRODUCT({held}*{self._bought_span(option.id)})" if self._bought[option.id] else "0"
            sheet.formula(capital, column, f"={bought}", amounts[0])
            everything = f"SUMPRODUCT({held}*{self._compared()}*{self._lines_span(option.id)})"
            sheet.formula(running, column, f"={everything}-{place(capital, column, fixed=False)}", amounts[1])
        for row, name in ((capital, "capital_nano"), (running, "running_nano")):
            span = f"{place(row, 2, fixed=False)}:{place(row, 1 + self._count, fixed=False)}"
            total = sum(getattr(year, name) for year in years if year)
            sheet.formula(row, 2 + self._count, f"=SUM({span})", from_nano(total))
        sheet.row += 3

    def months(self) -> None:
        """Write the months of what is bought: what comes in the month before or after as well is rent, and no capital."""
        words, sheet, months = self._matter.words, self._sheet, self._months
        sheet.row = self._head - 1
        sheet.heading(words.text("Paid once for what is bought, month by month"))
        sheet.head([words.text("Option"), words.text("Cost line"), *[""] * (months + 1)])
        start = first_day(self._matter)
        sheet.text(sheet.row, 0, words.text("Fiscal year that begins in"), "note")
        for month in range(months + 1):
            sheet.number(sheet.row - 1, _FIRST + month, month, CellFormat.COUNT, "figure_head")
            year = fiscal_year(start, month, self._matter.fiscal_month)
            sheet.number(sheet.row, _FIRST + month, year, CellFormat.NUMBER, "note")
        sheet.row += 1
        for option in self._matter.comparison.options:
            for line in self._bought[option.id]:
                self._line(self._matter.name(option.id), line)

    def _line(self, option: str, line: CostLine) -> None:
        sheet, row, months = self._sheet, self._lines.row(line.id), self._months
        sheet.text(sheet.row, 0, option)
        sheet.text(sheet.row, 1, line_name(self._matter, line))
        amounts = line.amounts_nano.tolist()
        horizon = self._places.inputs("horizon_months").text
        for month, amount in enumerate(amounts):
            here = place(row, START_COLUMN + month, sheet=self._places.lines, fixed=False)
            near = [other for other in (month - 1, month + 1) if month and 1 <= other <= months]
            same = [f"{here}={place(row, START_COLUMN + other, sheet=self._places.lines, fixed=False)}" for other in near]
            paid = f"IF(OR({','.join(same)}),0,{here})" if same else here
            compared = f"{place(self._head, _FIRST + month, fixed=False)}<={horizon}"
            formula = f"=IF({compared},{paid},0)" if month else f"={here}"
            once = not any(amounts[other] == amount for other in near)
            sheet.formula(sheet.row, _FIRST + month, formula, amount / NANO if once else 0)
        sheet.row += 1

    @property
    def _months(self) -> int:
        return self._matter.comparison.horizon_months

    def _across(self, row: int, last_row: int) -> str:
        return f"{place(row, _FIRST)}:{place(last_row, _FIRST + self._months)}"

    def _month_years(self) -> str:
        return self._across(self._head + 1, self._head + 1)

    def _compared(self) -> str:
        """Return which months are compared: those past a shorter horizon are not."""
        return f"({self._across(self._head, self._head)}<={self._places.inputs('horizon_months').text})"

    def _bought_span(self, option: str) -> str:
        return self._across(self._rows[option], self._rows[option] + len(self._bought[option]) - 1)

    def _lines_span(self, option: str) -> str:
        first, last = self._lines.rows(option)
        return f"{place(first, START_COLUMN, sheet=self._places.lines)}:{place(last, START_COLUMN + self._months)}"
