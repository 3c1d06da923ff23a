"""The budget view: what falls into which fiscal year, capital and running cost apart."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date, timedelta

from roi_tool.costing.discounting import MONTHS_PER_YEAR
from roi_tool.costing.line import CostCategory, CostLine
from roi_tool.problems import Problem, ProblemError

CAPITAL: frozenset[CostCategory] = frozenset({CostCategory.EQUIPMENT, CostCategory.LICENCES, CostCategory.SETUP})
"""Categories that are usually capitalised when they are bought. What is paid for them monthly (rental, lease) is running cost
unless the customer's own rules say otherwise: pass other `capital` categories or judge lines apart."""


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """One fiscal year of the horizon.

    Attributes:
        first_day, last_day: of the fiscal year, whole, although the horizon may cover a part of it.
        months: months of the horizon that lie in it.
        capital_nano, running_nano: what is paid in it; their sum over all years is the total of the lines, exactly.
    """

    first_day: date
    last_day: date
    months: int
    capital_nano: int
    running_nano: int

    @property
    def total_nano(self) -> int:
        """Everything paid in the year."""
        return self.capital_nano + self.running_nano


def budget_view(
    lines: Iterable[CostLine],
    start: date,
    *,
    first_month: int = 1,
    capital: Set[CostCategory] = CAPITAL,
) -> tuple[FiscalYear, ...]:
    """Return the fiscal years that the lines touch, in order.

    What is paid at the start falls into the month of `start`, what is paid at the end of month m into that very month. A
    capital category counts as capital where it is paid at the start or in one month alone (a purchase, an upgrade, a residual
    value); an amount that comes in the month before or after as well is running cost.

    Args:
        lines: of one option, of one length.
        start: the first day of month 1.
        first_month: month in which the fiscal year begins: 1 January, 4 April.
        capital: categories that are capitalised.

    Raises:
        ProblemError: `budget_month`: no such month.
    """
    if not 1 <= first_month <= MONTHS_PER_YEAR:
        raise ProblemError(Problem("budget_month", detail={"month": str(first_month)}))
    sums: dict[int, list[int]] = {}
    months: dict[int, int] = {}
    for line in lines:
        amounts = line.amounts_nano.tolist()
        for index, amount in enumerate(amounts):
            year = fiscal_year(start, index, first_month)
            once = index == 0 or not _comes_monthly(amounts, index)
            sums.setdefault(year, [0, 0])[0 if line.category in capital and once else 1] += amount
        if not months:
            for index in range(1, len(amounts)):
                year = fiscal_year(start, index, first_month)
                months[year] = months.get(year, 0) + 1
    return tuple(_year(year, first_month, months.get(year, 0), *sums[year]) for year in sorted(sums))


def _comes_monthly(amounts: list[int], index: int) -> bool:
    """Whether a month's amount is the same in the month before or after: a rental, a lease, a subscription."""
    return amounts[index] in amounts[max(index - 1, 1) : index] + amounts[index + 1 : index + 2]


def fiscal_year(start: date, month: int, first_month: int) -> int:
    """Return the calendar year in which the fiscal year of a month begins; month 1 begins on `start`, month 0 is its eve."""
    months_on = max(month - 1, 0)
    return (start.year * MONTHS_PER_YEAR + start.month - 1 + months_on - (first_month - 1)) // MONTHS_PER_YEAR


def _year(year: int, first_month: int, months: int, capital: int, running: int) -> FiscalYear:
    after = date(year + 1, first_month, 1)
    return FiscalYear(date(year, first_month, 1), after - timedelta(days=1), months, capital, running)
