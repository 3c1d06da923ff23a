"""Why a printed figure does not follow from the flows it was printed with: by how much, and what it would have taken.

A printed figure agrees when it is within half a unit of its last printed digit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import numpy as np

from roi_tool.costing.discounting import Amounts, Convention, Period, nano_decimal
from roi_tool.costing.returns import Returns, measure_dated_returns, measure_returns
from roi_tool.problems import Problem, ProblemError

Measure = Callable[[Sequence["FlowRow"]], Returns]

PRINTABLE = (
    "pv_benefits",
    "pv_costs",
    "npv",
    "roi_tei",
    "roi_nucleus",
    "irr",
    "payback_months",
    "payback_discounted_months",
)


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """One printed figure against the computed one.

    Attributes:
        name: field of `Returns`.
        low, high: as printed; equal unless a range was printed.
        computed: what follows from the flows; None when it has no meaning.
        agrees: whether it lies in the range, to the digits printed.
        agrees_without: labels of single rows, each of which would have to be forgotten for the printed figure to follow.
        outlay_low, outlay_high: for a payback, the initial outlay that would pay back in the printed time.
        monthly_low, monthly_high: for a payback, the mean net benefit a month that would do so with the outlay given.
    """

    name: str
    low: Decimal
    high: Decimal
    computed: Decimal | None
    agrees: bool
    agrees_without: tuple[str, ...] = ()
    outlay_low: Decimal | None = None
    outlay_high: Decimal | None = None
    monthly_low: Decimal | None = None
    monthly_high: Decimal | None = None


@dataclass(frozen=True, eq=False)
class FlowRow:
    """A row of a cash flow table: `amounts_nano` by period, positive on its own side; `is_cost` says which side."""

    label: str
    amounts_nano: Amounts
    is_cost: bool


def measure_rows(
    rows: Sequence[FlowRow],
    *,
    rate: float | Decimal,
    convention: Convention = Convention.TEI,
    period: Period = Period.YEARS,
    days: Sequence[date] | None = None,
) -> Returns:
    """Return the figures of benefit and cost rows together, by dates where `days` are given.

    Raises as `measure_returns` and `measure_dated_returns`; `returns_ragged` for unequal rows.
    """
    if not rows:
        raise ProblemError(Problem("returns_empty"))
    columns = len(rows[0].amounts_nano)
    for row in rows:
        if len(row.amounts_nano) != columns:
            counts = {"first": str(columns), "other": str(len(row.amounts_nano))}
            raise ProblemError(Problem("returns_ragged", detail=counts))
    nothing = np.zeros(columns, dtype=rows[0].amounts_nano.dtype)
    benefits = sum((row.amounts_nano for row in rows if not row.is_cost), nothing)
    costs = sum((row.amounts_nano for row in rows if row.is_cost), nothing)
    if days is not None:
        return measure_dated_returns(benefits, costs, days, rate=rate)
    return measure_returns(benefits, costs, rate=rate, convention=convention, period=period)


def explain_printed(
    rows: Sequence[FlowRow], returns: Returns, printed: Mapping[str, tuple[Decimal, Decimal]], measure: Measure
) -> list[PrintedFigure]:
    """Set printed figures against the computed ones.

    Args:
        rows: the flows.
        returns: what follows from them.
        printed: name of a figure → range printed.
        measure: rows → returns, with the rate and convention already chosen.

    Raises:
        ProblemError: `returns_printed`: no such figure.
    """
    return [_explain(rows, returns, name, low, high, measure) for name, (low, high) in printed.items()]


def _explain(
    rows: Sequence[FlowRow], returns: Returns, name: str, low: Decimal, high: Decimal, measure: Measure
) -> PrintedFigure:
    if name not in PRINTABLE:
        raise ProblemError(Problem("returns_printed", detail={"name": name, "known": ", ".join(PRINTABLE)}))
    computed: Decimal | None = getattr(returns, name)
    if _within(computed, low, high):
        return PrintedFigure(name, low, high, computed, agrees=True)
    without = []
    for index, row in enumerate(rows):
        rest = [*rows[:index], *rows[index + 1 :]]
        if rest and _within(getattr(measure(rest), name), low, high):
            without.append(row.label)
    figure = PrintedFigure(name, low, high, computed, agrees=False, agrees_without=tuple(without))
    return _with_fitting_outlay(figure, returns) if name == "payback_months" else figure


def _with_fitting_outlay(figure: PrintedFigure, returns: Returns) -> PrintedFigure:
    """Say which outlay, or which net benefit a month, would pay back in the printed time."""
    outlay = -float(returns.net_nano[0])
    if outlay <= 0 or figure.low <= 0 or returns.payback_months is None:
        return figure
    gained = returns.cumulative_nano.astype(np.float64) + outlay
    fits = [nano_decimal(float(np.interp(float(month), returns.end_months, gained))) for month in (figure.low, figure.high)]
    monthly = [nano_decimal(outlay / float(month)) for month in (figure.high, figure.low)]
    return replace(figure, outlay_low=fits[0], outlay_high=fits[1], monthly_low=monthly[0], monthly_high=monthly[1])


def _within(computed: Decimal | None, low: Decimal, high: Decimal) -> bool:
    if computed is None:
        return False
    exponent = min(int(low.as_tuple().exponent), int(high.as_tuple().exponent))
    slack = Decimal(1).scaleb(min(exponent, 0)) / 2
    return low - slack <= computed <= high + slack
