"""Low, base and high case: every input at the worse, as given, and at the better end of its likely range at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from roi_tool.quoting import Comparison, Scenario, Swing
from roi_tool.quoting.case import Case
from roi_tool.quoting.compare import compare


@dataclass(frozen=True, slots=True)
class CaseFigures:
    """One case's saving against staying and its net present value."""

    saving_nano: int
    npv: Decimal


@dataclass(frozen=True, slots=True)
class Extremes:
    """The three cases of one option. `low` is the worst for it, not the cheapest."""

    low: CaseFigures
    base: CaseFigures
    high: CaseFigures


def find_extremes(case: Case, comparison: Comparison, option: str) -> Extremes | None:
    """Compute the low and the high case with the model itself; None where nothing is known to move the saving.

    The inputs are those of the tornado: together they bound what the likely ranges can do, and all of them going wrong at
    once is unlikelier than any one.
    """
    base = comparison.option(option).versus_today
    if not comparison.tornado or not case.plans or base is None:
        return None
    ends = []
    for better in (False, True):
        moved = compare(case, _moved(comparison.scenario, comparison.tornado, better), tornado=False)
        versus = moved.option(option).versus_today
        assert versus is not None
        ends.append(CaseFigures(versus.saving_total_nano, versus.npv))
    return Extremes(ends[0], CaseFigures(base.saving_total_nano, base.npv), ends[1])


def _moved(scenario: Scenario, swings: tuple[Swing, ...], better: bool) -> Scenario:
    drivers = dict(scenario.drivers)
    for swing in swings:
        high_is_better = swing.saving_at_high_nano > swing.saving_at_low_nano
        value = swing.high_value if high_is_better is better else swing.low_value
        drivers[swing.driver] = replace(drivers[swing.driver], value=value)
    return replace(scenario, drivers=drivers)
