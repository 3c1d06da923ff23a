"""Solves for the unknown: which value of a driver makes a figure what is asked ("what seat price pays back in 18 months?")."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from roi_tool.problems import Problem, ProblemError
from roi_tool.quoting.case import Case
from roi_tool.quoting.comparison import OptionResult
from roi_tool.quoting.planning import STAY
from roi_tool.quoting.results import option_results
from roi_tool.quoting.scenario import Driver, DriverUnit, Scenario

_WHOLE = (DriverUnit.SEATS, DriverUnit.CHANNELS, DriverUnit.MONTHS, DriverUnit.COUNT, DriverUnit.MINUTES_PER_MONTH)
_POINTS = 48
_HALVINGS = 40


@dataclass(frozen=True, slots=True)
class Solution:
    """The answer. `value` is rounded to what can be quoted; `reached` is the figure at that very value."""

    driver: str
    value: Decimal
    option: str
    figure: str
    target: Decimal
    reached: Decimal
    scenario: Scenario


def _versus(name: str) -> Callable[[OptionResult], float]:
    def figure(option: OptionResult) -> float:
        found = getattr(option.versus_today, name)
        return math.nan if found is None else float(found)

    return figure


def _payback(name: str) -> Callable[[OptionResult], float]:
    def figure(option: OptionResult) -> float:
        found = getattr(option.versus_today, name)
        return math.inf if found is None else float(found)

    return figure


FIGURES: Mapping[str, Callable[[OptionResult], float]] = {
    "payback_months": _payback("payback_months"),
    "payback_discounted_months": _payback("payback_discounted_months"),
    "npv": _versus("npv"),
    "saving_total": lambda option: option.versus_today.saving_total_nano / 1e9 if option.versus_today else math.nan,
    "roi_tei": _versus("roi_tei"),
    "roi_nucleus": _versus("roi_nucleus"),
    "irr": _versus("irr"),
    "total": lambda option: option.total_nano / 1e9,
    "npv_cost": lambda option: float(option.npv_cost),
    "per_user_month": lambda option: float(option.per_user_month),
}
"""Figure → how it is read off an option. A payback that is not reached counts as endless."""

_OPTION_OF_DRIVER = {
    "hosted_seat_price": "hosted",
    "channel_price": "keep_sip",
    "pri_line_price": "onprem_pri",
    "pbx_purchase": "onprem_sip",
    "maintenance_rate": "onprem_sip",
}


def solve(case: Case, scenario: Scenario, driver_id: str, figure: str, target: Decimal, *, option: str = "") -> Solution:
    """Return the value of a driver at which a figure of an option reaches a target; of several, the nearest to where it is.

    Args:
        case, scenario: as for `compare`; the other drivers stay where they are.
        driver_id: the unknown.
        figure: a key of `FIGURES`; all but the costs are against staying.
        target: what it shall be.
        option: whose figure; by default the one that the driver is about, else the cheapest other than staying.

    Raises:
        ProblemError: unknown driver or figure; no value within the driver's bounds reaches the target (`target_out_of_reach`,
            which names the nearest).
    """
    driver = scenario.driver(driver_id)
    if figure not in FIGURES:
        raise ProblemError(Problem("target_unknown", detail={"figure": figure, "known": ", ".join(FIGURES)}))
    chosen = option or _option_for(case, scenario, driver_id)
    if chosen not in case.plans or chosen == STAY:
        known = ", ".join(name for name in case.plans if name != STAY)
        raise ProblemError(Problem("option_unknown", detail={"option": chosen, "known": known}))

    def gap(value: float) -> float:
        moved = scenario.with_value(driver_id, _quotable(driver, value, exactly=False))
        return FIGURES[figure](option_results(case, moved, (chosen,))[-1]) - float(target)

    value = _search(driver, gap)
    answer = _quotable(driver, value, exactly=True)
    moved = scenario.with_value(driver_id, answer)
    reached = FIGURES[figure](option_results(case, moved, (chosen,))[-1])
    if not _hits(gap, driver, answer, target):
        raise ProblemError(_out_of_reach(driver, figure, target, answer, reached))
    return Solution(driver_id, answer, chosen, figure, target, round(Decimal(reached), 6), moved)


def _option_for(case: Case, scenario: Scenario, driver_id: str) -> str:
    named = _OPTION_OF_DRIVER.get(driver_id, "")
    if named in case.plans:
        return named
    others = [result for result in option_results(case, scenario) if result.id != STAY]
    return min(others, key=lambda result: result.npv_cost).id


def _search(driver: Driver, gap: Callable[[float], float]) -> float:
    """Return where the gap is nothing: the crossing nearest to the driver's value, else the point of the smallest gap."""
    low, high = float(driver.low), float(driver.high)
    points = sorted({low + (high - low) * step / _POINTS for step in range(_POINTS + 1)} | {float(driver.value)})
    gaps = [gap(point) for point in points]
    crossings = [
        (first, second)
        for (first, gap_first), (second, gap_second) in pairwise(zip(points, gaps, strict=True))
        if not (math.isnan(gap_first) or math.isnan(gap_second)) and (gap_first <= 0) != (gap_second <= 0)
    ]
    if not crossings:
        sizes = [math.inf if math.isnan(size) else abs(size) for size in gaps]
        return points[sizes.index(min(sizes))]
    found = [_halve(first, second, gap) for first, second in crossings]
    real = [value for value in found if math.isfinite(gap(value))] or found
    return min(real, key=lambda value: abs(value - float(driver.value)))


def _halve(first: float, second: float, gap: Callable[[float], float]) -> float:
    """Halve an interval whose ends lie on both sides of the target; the end returned has a figure."""
    below = gap(first) <= 0
    for _ in range(_HALVINGS):
        middle = (first + second) / 2
        if (gap(middle) <= 0) == below:
            first = middle
        else:
            second = middle
    return min((first, second), key=lambda value: abs(gap(value)))


def _fineness(driver: Driver) -> Decimal:
    """Return the step in which an answer is given: whole seats, pennies, a tenth of a per cent."""
    if driver.unit in _WHOLE:
        return Decimal(1)
    return Decimal("0.001") if driver.unit.value.startswith("fraction") else Decimal("0.01")


def _quotable(driver: Driver, value: float, *, exactly: bool) -> Decimal:
    """Return a value within the bounds; whole where the unit is, and `exactly` in the step of an answer."""
    fine = _fineness(driver)
    rounded = Decimal(value)
    if exactly or fine == 1:
        rounded = (rounded / fine).to_integral_value(ROUND_HALF_UP) * fine
    return min(max(rounded, driver.low), driver.high)


def _hits(gap: Callable[[float], float], driver: Driver, answer: Decimal, target: Decimal) -> bool:
    """Say whether the answer's figure is the target, or one step to a side would overshoot it."""
    found = gap(float(answer))
    if not math.isfinite(found):
        return False
    if abs(found) <= max(abs(float(target)), 1.0) * 1e-3:
        return True
    step = _fineness(driver)
    sides = [gap(float(value)) for value in (answer - step, answer + step) if driver.low <= value <= driver.high]
    return any(math.isfinite(side) and (side <= 0) != (found <= 0) for side in sides)


def _out_of_reach(driver: Driver, figure: str, target: Decimal, nearest: Decimal, reached: float) -> Problem:
    at = f"{reached:.4g}" if math.isfinite(reached) else "–"
    detail = {
        "driver": f"driver.{driver.id}",
        "low": str(driver.low),
        "high": str(driver.high),
        "figure": figure,
        "value": str(target),
        "nearest": str(nearest),
        "at": at,
    }
    return Problem("target_out_of_reach", detail=detail)
