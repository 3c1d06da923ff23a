"""A recipe: the formula of a cost line in each month, and the two shapes that most lines have."""

from __future__ import annotations

from collections.abc import Callable

from roi_tool.reporting.workbook.expression import Expression
from roi_tool.reporting.workbook.quantities_sheet import MonthRow

Recipe = Callable[[int], Expression | float]
"""Month → the line's amount in it."""


def monthly(amount: Expression, rise: MonthRow) -> Recipe:
    """Return an amount paid every month, risen at each anniversary."""
    return lambda month: amount * rise[month] if month else 0.0


def at_start(amount: Expression) -> Recipe:
    """Return an amount paid once, at the start."""
    return lambda month: amount if not month else 0.0
