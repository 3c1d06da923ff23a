"""Solves for the unknown: which value of a driver makes a figure what is asked ("what seat price pays back in 18 months?")."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from roi_tool.costing.solving import solve_for
from roi_tool.problems import Problem, ProblemError
from roi_tool.quoting.case import Case
from roi_tool.quoting.comparison import OptionResult
from roi_tool.quoting.planning import STAY
from roi_tool.quoting.results import option_results
from roi_tool.quoting.scenario import Driver, DriverUnit, Scenario

_WHOLE = (DriverUnit.SEATS, DriverUnit.CHANNELS, DriverUnit.MONTHS, DriverUnit.COUNT, DriverUnit.MINUTES_PER_MONTH)
_POINTS = 48
ENDLESS = 1e9
"""Months that stand for a payback that is never reached."""


@dataclass(frozen=True, slots=True)
class Solution:
    """The answer. `value` is rounded to what can be quoted; `reached` is the figure at that very value.

    `exact` is the value that was found before rounding, for who wants to compute it again: whole where the unit is.
    """

    driver: str
    value: Decimal
    option: str
    figure: str
    target: Decimal
    reached: Decimal
    scenario: Scenario
    exact: Decimal


def _versus(name: str) -> Callable[[OptionResult], float | None]:
    def figure(option: OptionResult) -> float | None:
        found = getattr(option.versus_today, name)
        return None if found is None else float(found)

    return figure


def _payback(name: str) -> Callable[[OptionResult], float | None]:
    def figure(option: OptionResult) -> float | None:
        found = getattr(option.versus_today, name)
        return ENDLESS if found is None else float(found)

    return figure


FIGURES: Mapping[str, Callable[[OptionResult], float | None]] = {
    "payback_months": _payback("payback_months"),
    "payback_discounted_months": _payback("payback_discounted_months"),
    "npv": _versus("npv"),
    "saving_total": lambda option: option.versus_today.saving_total_nano / 1e9 if option.versus_today else None,
    "roi_tei": _versus("roi_tei"),
    "roi_nucleus": _versus("roi_nucleus"),
    "irr": _versus("irr"),
    "total": lambda option: option.total_nano / 1e9,
    "npv_cost": lambda option: float(option.npv_cost),
    "per_user_month": lambda option: float(option.per_user_month),
}
"""Figure → how it is read off an option. None where it has no meaning; a payback that is not reached is endless."""

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

    @cache
    def found(value: Decimal) -> float | None:
        return FIGURES[figure](option_results(case, scenario.with_value(driver_id, value), (chosen,))[-1])

    def at(value: float) -> float | None:
        return found(_quotable(driver, value, exactly=False))

    low, high = float(driver.low), float(driver.high)
    solved = solve_for(at, target=float(target), low=low, high=high, start=float(driver.value))
    answer = _quotable(driver, low if isinstance(solved, str) else solved.value, exactly=True)
    if isinstance(solved, str) or not _hits(found, driver, answer, float(target)):
        raise ProblemError(_out_of_reach(driver, figure, target, at))
    reached = Decimal(found(answer) or 0)
    moved = scenario.with_value(driver_id, answer)
    whole = _fineness(driver) == 1
    exact = answer if whole else min(max(round(Decimal(solved.value), 9), driver.low), driver.high)
    return Solution(driver_id, answer, chosen, figure, target, round(reached, 6), moved, exact)


def _option_for(case: Case, scenario: Scenario, driver_id: str) -> str:
    named = _OPTION_OF_DRIVER.get(driver_id, "")
    if named in case.plans:
        return named
    others = [result for result in option_results(case, scenario) if result.id != STAY]
    return min(others, key=lambda result: result.npv_cost).id


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


def _hits(found: Callable[[Decimal], float | None], driver: Driver, answer: Decimal, target: float) -> bool:
    """Say whether the answer's figure is the target, or one step to a side would overshoot it."""
    reached = found(answer)
    if reached is None or reached >= ENDLESS:
        return False
    if abs(reached - target) <= max(abs(target), 1.0) * 1e-3:
        return True
    step = _fineness(driver)
    sides = [found(value) for value in (answer - step, answer + step) if driver.low <= value <= driver.high]
    return any(side is not None and side < ENDLESS and (side <= target) != (reached <= target) for side in sides)


def _out_of_reach(driver: Driver, figure: str, target: Decimal, at: Callable[[float], float | None]) -> Problem:
    low, high = float(driver.low), float(driver.high)
    places = [low + (high - low) * step / _POINTS for step in range(_POINTS + 1)]
    reached = [(place, value) for place in places if (value := at(place)) is not None and value < ENDLESS]
    nearest, best = min(reached, key=lambda pair: abs(pair[1] - float(target)), default=(low, None))
    detail = {
        "driver": f"driver.{driver.id}",
        "low": str(driver.low),
        "high": str(driver.high),
        "figure": figure,
        "value": str(target),
        "nearest": str(_quotable(driver, nearest, exactly=True)),
        "at": "–" if best is None else f"{best:,.2f}",
    }
    return Problem("target_out_of_reach", detail=detail)
