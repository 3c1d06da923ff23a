"""The pure function behind the sliders: one full recomputation, the tornado, 10,000 draws, and re-rating on opening."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from decimal import Decimal

from roi_tool.quoting import compare, measure_uncertainty, tornado
from roi_tool.resources import sample_bills_folder
from roi_tool.workspace.opening import open_case

ROUNDS = 200


def run() -> list[tuple[str, float, str]]:
    case, base = open_case(sample_bills_folder() / "alder-wren.case.yaml")
    scenario = base.with_value("horizon_months", Decimal(120))
    lines = sum(len(option.lines) for option in compare(case, scenario, tornado=False).options)
    values = [Decimal(100 + number % 40) for number in range(ROUNDS)]
    moved = [scenario.with_value("seats", value) for value in values]
    one = _median_ms(lambda number: compare(case, moved[number], tornado=False))
    bars = _median_ms(lambda number: tornado(case, moved[number]), rounds=20)
    draws = _median_ms(lambda number: measure_uncertainty(case, scenario, seed=number), rounds=5)
    return [
        ("compare, median ms", one, f"5 options, 120 months, {lines} lines, a slider moved each time; aim < 2"),
        ("tornado, median ms", bars, "about 16 drivers at both ends, two options each"),
        ("tornado / compare", bars / one, "ratio in one run"),
        ("10,000 draws, median ms", draws, "all options, 120 months; aim < 500"),
    ]


def _median_ms(step: Callable[[int], object], rounds: int = ROUNDS) -> float:
    step(0)
    taken = []
    for number in range(rounds):
        begun = time.perf_counter()
        step(number)
        taken.append((time.perf_counter() - begun) * 1000)
    return round(statistics.median(taken), 3)
