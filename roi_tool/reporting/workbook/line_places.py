"""Where each cost line stands on its sheet, so that one line's formula can follow another line."""

from __future__ import annotations

from collections.abc import Collection

from roi_tool.costing.line import CostCategory, CostLine
from roi_tool.money import NANO
from roi_tool.quoting import Comparison
from roi_tool.reporting.workbook.expression import Expression, number
from roi_tool.reporting.workbook.sheet import place
from roi_tool.wording import Wording

KIND_COLUMN = 2
HARD_COLUMN = 7
TOTAL_COLUMN = 9
START_COLUMN = 10
"""Column of the start; month m stands m columns to the right."""


class LinePlaces:
    """Rows of the cost lines, one after another, option by option."""

    def __init__(self, comparison: Comparison, words: Wording, first_row: int) -> None:
        self._words = words
        self._rows: dict[str, tuple[int, CostLine]] = {}
        self._by_option: dict[str, list[CostLine]] = {}
        row = first_row
        for option in comparison.options:
            self._by_option[option.id] = list(option.lines)
            for line in option.lines:
                self._rows[line.id] = (row, line)
                row += 1

    def cell(self, line_id: str, month: int) -> Expression:
        """Return another line's amount in a month."""
        row, line = self._rows[line_id]
        return Expression(place(row, START_COLUMN + month), int(line.amounts_nano[month]) / NANO)

    def rows(self, option: str) -> tuple[int, int]:
        """Return the first and the last row of an option's lines."""
        lines = self._by_option[option]
        return self._rows[lines[0].id][0], self._rows[lines[-1].id][0]

    def row(self, line_id: str) -> int:
        """Return the row of a line."""
        return self._rows[line_id][0]

    def of_categories(self, option: str, categories: Collection[CostCategory], month: int) -> Expression:
        """Return what an option's hard lines of some categories come to in a month; taxes, which come last, are left out."""
        lines = [line for line in self._by_option[option] if line.category is not CostCategory.TAX]
        first, last = self._rows[lines[0].id][0], self._rows[lines[-1].id][0]
        total = number(0)

        def span(column: int, *, month: bool = False) -> str:
            return f"{place(first, column, fixed=not month)}:{place(last, column, fixed=not month)}"

        for category in sorted(categories):
            kind = self._words.label(f"category.{category.value}").replace('"', '""')
            amounts = span(START_COLUMN + month, month=True)
            hard = self._words.text("hard").replace('"', '""')
            text = f'SUMIFS({amounts},{span(KIND_COLUMN)},"{kind}",{span(HARD_COLUMN)},"{hard}")'
            nano = sum(int(line.amounts_nano[month]) for line in lines if line.category is category and line.hard)
            total = total + Expression(text, nano / NANO)
        return total
