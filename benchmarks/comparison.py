"""The pure function behind the sliders: one full recomputation, the tornado, 10,000 draws, and a million calls re-rated."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from decimal import Decimal

import numpy as np

from roi_tool.quoting import Case, compare, measure_uncertainty, tornado
from roi_tool.rating import CallColumns, compile_tariff, rate_columns
from roi_tool.resources import sample_bills_folder
from roi_tool.workspace.opening import open_case

ROUNDS = 200
CALLS = 1_000_000


def run() -> list[tuple[str, float, str]]:
    case, base = open_case(sample_bills_folder() / "alder-wren.case.yaml")
    scenario = base.with_value("horizon_months", Decimal(120))
    lines = sum(len(option.lines) for option in compare(case, scenario, tornado=False).options)
    # Each value once, so that no line is found again that a meeting would have computed.
    values = [Decimal(100 + number) for number in range(ROUNDS)]
    moved = [scenario.with_value("seats", value) for value in values]
    one = _median_ms(lambda number: compare(case, moved[number], tornado=False))
    bars = _median_ms(lambda number: tornado(case, moved[number]), rounds=20)
    draws = _median_ms(lambda number: measure_uncertainty(case, scenario, seed=number), rounds=5)
    return [
        ("compare, median ms", one, f"5 options, 120 months, {lines} lines, a slider moved each time; aim < 2"),
        ("tornado, median ms", bars, "every driver with a likely range at both ends, two options each"),
        ("tornado / compare", bars / one, "ratio in one run"),
        ("10,000 draws, median ms", draws, "all options, 120 months; aim < 500"),
        ("changed increments, median ms", _rerated(case), "a tariff compiled anew and a million calls re-rated; aim < 150"),
    ]


def _rerated(case: Case) -> float:
    """Time what a slider of increments asks for: the tariff of the SIP trunk with other increments, on a million calls."""
    plan = case.price_book.tariffs["sip-az"]
    stream = np.random.default_rng(7)
    start = 1_780_300_800_000 + stream.integers(0, 90 * 86_400_000, CALLS)
    number = stream.choice(np.array([442079460000, 447700900123, 441132960000, 33142685300, 448081570000]), CALLS)
    calls = CallColumns.of_integers(start, stream.integers(0, 900_000, CALLS), number)

    def step(number: int) -> None:
        slots = {
            rate.id: tuple(slot.model_copy(update={"increment_ms": (1 + number % 60) * 1000}) for slot in rate.slots)
            for rate in plan.rates
        }
        rates = tuple(rate.model_copy(update={"slots": slots[rate.id]}) for rate in plan.rates)
        rate_columns(compile_tariff(plan.model_copy(update={"rates": rates})), calls)

    return _median_ms(step, rounds=10)


def _median_ms(step: Callable[[int], object], rounds: int = ROUNDS) -> float:
    step(0)
    taken = []
    for number in range(rounds):
        begun = time.perf_counter()
        step(number)
        taken.append((time.perf_counter() - begun) * 1000)
    return round(statistics.median(taken), 3)
