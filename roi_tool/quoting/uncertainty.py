"""How sure the answer is: 10,000 draws of the drivers within their ranges, worst and best case, break-even values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

import numpy as np

from roi_tool.costing.discounting import Convention, Floats, discount_factors
from roi_tool.costing.line import CostCategory
from roi_tool.costing.uncertainty import DRAWS, Shape, Spread, ThreePoint, fit_response, simulate, worst_error
from roi_tool.problems import ProblemError
from roi_tool.quoting.case import Case
from roi_tool.quoting.inputs import take_inputs
from roi_tool.quoting.option_lines import option_lines
from roi_tool.quoting.planning import STAY
from roi_tool.quoting.scenario import Scenario
from roi_tool.quoting.sensitivity import TORNADO_DRIVERS, moved_range
from roi_tool.quoting.solving import solve

SEED = 2026


@dataclass(frozen=True, eq=False)
class OptionSpread:
    """An option's net present value against staying, over the draws. Amounts in currency units.

    Attributes:
        option: its id.
        chance_beats_stay: share of the draws in which it costs less than staying.
        low, median, high: tenth, fiftieth and ninetieth percentile.
        worst_case, base_case, best_case: every driver at the end that hurts, where it stands, at the end that helps.
        spread: all draws.
    """

    option: str
    chance_beats_stay: float
    low: float
    median: float
    high: float
    worst_case: float
    base_case: float
    best_case: float
    spread: Spread


@dataclass(frozen=True, eq=False)
class Uncertainty:
    """The draws of all options on the same drivers. `fit_error`: how far the fitted model was off at random points (share)."""

    options: Mapping[str, OptionSpread]
    drivers: tuple[str, ...]
    draws: int
    seed: int
    fit_error: float

    @property
    def chance_beats_stay(self) -> Mapping[str, float]:
        """Option → share of the draws in which it costs less than staying."""
        return {name: spread.chance_beats_stay for name, spread in self.options.items()}


def measure_uncertainty(case: Case, scenario: Scenario, *, draws: int = DRAWS, seed: int = SEED) -> Uncertainty:
    """Draw the drivers that have a range (triangular, independent) and say what it does to each option.

    The model is read off at some hundred points and fitted (see `costing.uncertainty`): about a tenth of a second.
    """
    points: dict[str, ThreePoint] = {}
    for name in TORNADO_DRIVERS:
        driver = scenario.driver(name)
        low, high = moved_range(driver)
        if low < high:
            points[name] = ThreePoint(float(low), float(driver.value), float(high), Shape.TRIANGULAR)
    options = tuple(option for option in case.plans if option != STAY)
    model = _model(case, scenario, tuple(points), options)
    ordered = tuple(points.values())
    response = fit_response(model, ordered, _acting_together(case, scenario, tuple(points)))
    spreads = simulate(points, response, draws=draws, seed=seed)
    worst, best = _corners(model, ordered, len(options))
    base = response.base
    found = {
        option: OptionSpread(
            option=option,
            chance_beats_stay=spread.chance_above(0.0),
            low=spread.percentile(10),
            median=spread.percentile(50),
            high=spread.percentile(90),
            worst_case=float(worst[place]),
            base_case=float(base[place]),
            best_case=float(best[place]),
            spread=spread,
        )
        for place, (option, spread) in enumerate(zip(options, spreads, strict=True))
    }
    error = worst_error(model, response, ordered, samples=8)
    return Uncertainty(found, tuple(points), draws, seed, error)


def break_even_values(
    case: Case, scenario: Scenario, option: str, drivers: Iterable[str] = TORNADO_DRIVERS
) -> dict[str, Decimal]:
    """Return driver → value at which the option costs as much as staying (NPV 0), for those of `drivers` that have one."""
    found = {}
    for name in drivers:
        try:
            found[name] = solve(case, scenario, name, "npv", Decimal(0), option=option).value
        except ProblemError:
            continue
    return found


def _acting_together(case: Case, scenario: Scenario, names: tuple[str, ...]) -> Callable[[int, int], bool]:
    """Return whether two drivers meet in any line; what taxes take of other lines adds no meeting of its own."""
    base = take_inputs(scenario)
    met: set[frozenset[str]] = set()
    for plan in case.plans.values():
        for line in option_lines(plan, base):
            if line.category is not CostCategory.TAX:
                met |= {frozenset(pair) for pair in combinations(line.inputs, 2)}
    return lambda one, other: frozenset((names[one], names[other])) in met


def _model(case: Case, scenario: Scenario, names: tuple[str, ...], options: tuple[str, ...]) -> Callable[[Floats], Floats]:
    """Return driver values → each option's net present value against staying."""
    horizon = int(scenario["horizon_months"])
    factors = discount_factors(horizon, float(scenario["discount_rate"]), Convention(scenario.convention))
    base = take_inputs(scenario)

    def model(values: Floats) -> Floats:
        inputs = base.moved(dict(zip(names, values.tolist(), strict=True)))

        def present(option: str) -> float:
            lines = option_lines(case.plans[option], inputs)
            return float(np.add.reduce([line.amounts_nano for line in lines]) @ factors) / 1e9

        stay = present(STAY)
        return np.array([stay - present(option) for option in options])

    return model


def _corners(model: Callable[[Floats], Floats], points: tuple[ThreePoint, ...], count: int) -> tuple[Floats, Floats]:
    """Return each option's outcome with every driver at its worse end, and with every driver at its better end."""
    likely = np.array([point.likely for point in points])
    at_low, at_high = (
        np.array([model(_with(likely, place, getattr(point, end))) for place, point in enumerate(points)])
        for end in ("low", "high")
    )
    worst, best = np.empty(count), np.empty(count)
    lows, highs = (np.array([getattr(point, end) for point in points]) for end in ("low", "high"))
    for option in range(count):
        high_helps = at_high[:, option] >= at_low[:, option]
        best[option] = model(np.where(high_helps, highs, lows))[option]
        worst[option] = model(np.where(high_helps, lows, highs))[option]
    return worst, best


def _with(values: Floats, place: int, value: float) -> Floats:
    moved = values.copy()
    moved[place] = value
    return moved
