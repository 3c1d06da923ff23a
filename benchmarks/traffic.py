"""Traffic and returns: measuring a million calls, Erlang at 25,000, one option's returns, 10,000 draws."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

CALLS = 1_000_000
DRIVERS = 12


def run() -> list[tuple[str, float, str]]:
    from roi_tool.costing.returns import measure_returns
    from roi_tool.costing.uncertainty import fit_response, simulate
    from roi_tool.traffic import measure_traffic
    from roi_tool.traffic.erlang import erlang_b_lines, erlang_b_traffic

    calls = _calls()
    scan = _seconds(lambda: np.sort(calls.frame["start"].to_numpy(dtype="datetime64[us]")), 3)
    traffic = _seconds(lambda: measure_traffic(calls), 3)
    lines = _seconds(lambda: erlang_b_lines.__wrapped__(25_000.0, 0.01), 9)
    offered = _seconds(lambda: erlang_b_traffic.__wrapped__(25_000, 0.01), 9)
    stay, option = _flows()
    returns = _seconds(lambda: measure_returns(stay, option, rate=0.1), 200)
    model, points = _model()
    names = {str(index): point for index, point in enumerate(points)}
    fitted = _seconds(lambda: fit_response(model, points), 5)
    drawn = _seconds(lambda: simulate(names, fit_response(model, points), seed=1), 5)
    return [
        ("traffic of a million calls, s", traffic, "legs merged, sweep, hours, weekdays, months, trend"),
        ("traffic / one sort of the starts", traffic / scan, "how many times the cheapest thing one can do with them"),
        ("Erlang B lines for 25,000 erlangs, ms", lines * 1e3, "by the recursion"),
        ("Erlang B traffic of 25,000 lines, ms", offered * 1e3, "by bisection to the last bits"),
        ("returns of 120 months, ms", returns * 1e3, "all figures of one option; five have to stay under 2 ms"),
        (f"response of {DRIVERS} drivers, ms", fitted * 1e3, "reading a model at its points and corners"),
        ("10,000 draws with their response, s", drawn, "two outcomes; aim < 0.5, the model's own time apart"),
    ]


def _calls() -> Any:
    from roi_tool.cdr import make_calls

    rng = np.random.default_rng(1)
    start = pd.Timestamp("2026-05-01", tz="UTC") + pd.to_timedelta(rng.integers(0, 92 * 86_400, CALLS), unit="s")
    number = np.arange(CALLS)
    # Every tenth call has a second leg.
    group = np.where(rng.random(CALLS) < 0.1, np.maximum(number - 1, 0), number)
    columns = {
        "start": start.astype("datetime64[us, UTC]"),
        "duration_ms": rng.integers(0, 600_000, CALLS),
        "group_id": pd.Series(group).astype("str"),
        "called_class": rng.choice(["mobile", "geographic", "international"], CALLS),
    }
    return make_calls(columns, timezone="Europe/London", currency="GBP", country="GB")


def _flows() -> tuple[Any, Any]:
    stay = np.full(121, 4_200 * 10**9, dtype=np.int64)
    option = np.full(121, 3_100 * 10**9, dtype=np.int64)
    stay[0], option[0] = 0, 42_000 * 10**9
    return stay, option


def _model() -> tuple[Callable[[Any], Any], list[Any]]:
    from roi_tool.costing.uncertainty import ThreePoint

    rng = np.random.default_rng(2)
    weights = rng.normal(size=(DRIVERS, DRIVERS, 2))
    points = [ThreePoint(1.0, 2.0, 4.0)] * DRIVERS
    return lambda values: np.einsum("i,ijo,j->o", values, weights, values), points


def _seconds(action: Callable[[], Any], times: int) -> float:
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        action()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)
