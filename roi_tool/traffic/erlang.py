"""Erlang B, extended Erlang B and Erlang C, each solved for its unknown.

`traffic` is offered traffic in erlangs (hours of calls per hour), `lines` a whole number of channels, `blocking` a fraction:
for B and extended B the share of calls that find all lines busy, for C the share that has to wait.

Source: ITU-D SG 2, Teletraffic Engineering Handbook (2001): 7.3 (Erlang B and its recursion) and 12.2 (Erlang C).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np

from roi_tool.problems import Problem, ProblemError

MAX_ERLANGS = 1_000_000.0
"""Beyond it a request is taken for a slip of the pen; tested to 25,000."""
MAX_LINES = 2_000_000


@lru_cache(maxsize=4096)
def erlang_b_blocking(traffic: float, lines: int) -> float:
    """Return the share of calls lost.

    The recursion `1/B(n) = 1 + (n/A) / B(n-1)` is summed as a whole: `1/B(N) = 1 + N/A + N(N-1)/A² + …`. All terms are
    positive, so nothing cancels; terms too large for a float mean a blocking below 10⁻³⁰⁰, which is 0.

    Raises:
        ProblemError: `erlang_traffic` or `erlang_lines`.

    >>> round(erlang_b_blocking(20.0, 30), 6)
    0.008457
    """
    _check_traffic(traffic)
    _check_lines(lines, least=0)
    if lines == 0:
        return 1.0
    if traffic == 0:
        return 0.0
    with np.errstate(over="ignore", under="ignore"):
        terms = np.cumprod(np.arange(lines, 0, -1, dtype=np.float64) / traffic)
        return float(1.0 / (1.0 + terms.sum()))


@lru_cache(maxsize=4096)
def erlang_b_lines(traffic: float, blocking: float) -> int:
    """Return the fewest lines that lose at most `blocking` of the calls; no traffic needs none.

    Raises:
        ProblemError: `erlang_traffic` or `erlang_blocking`.

    >>> erlang_b_lines(20.0, 0.01)
    30
    """
    _check_traffic(traffic)
    _check_blocking(blocking)
    if traffic == 0:
        return 0
    inverse, lines, enough = 1.0, 0, 1.0 / blocking
    while inverse < enough:
        lines += 1
        inverse = 1.0 + lines / traffic * inverse
    return lines


@lru_cache(maxsize=4096)
def erlang_b_traffic(lines: int, blocking: float) -> float:
    """Return the traffic that `lines` can be offered when `blocking` of the calls may be lost.

    Raises:
        ProblemError: `erlang_lines` or `erlang_blocking`.

    >>> round(erlang_b_traffic(5, 0.01), 4)
    1.3608
    """
    _check_lines(lines)
    _check_blocking(blocking)
    # At most `lines` erlangs are carried, and what is carried is `traffic × (1 - blocking)`.
    return _rising_root(lambda traffic: erlang_b_blocking.__wrapped__(traffic, lines), blocking, lines / (1.0 - blocking))


def extended_b_blocking(traffic: float, lines: int, retry: float) -> float:
    """Return the share of attempts lost when a share `retry` of the lost callers tries again at once.

    The offered traffic grows to the `A` that solves `A = traffic + retry × A × B(lines, A)`.

    Source: J. Jewett, J. Shrago, B. Yomtov, Designing Optimal Voice Networks (1980), "extended Erlang B".

    Raises:
        ProblemError: `erlang_traffic`, `erlang_lines`, `erlang_retry`, or `erlang_collapse`: everybody tries again and the
            lines can't carry the traffic, so that there is no steady state.
    """
    _check_traffic(traffic)
    _check_lines(lines, least=0)
    _check_retry(retry)
    return erlang_b_blocking(extended_b_offered(traffic, lines, retry), lines)


def extended_b_offered(traffic: float, lines: int, retry: float) -> float:
    """Return the traffic with all repeated attempts, in erlangs. Raises as `extended_b_blocking`."""
    _check_traffic(traffic)
    _check_lines(lines, least=0)
    _check_retry(retry)
    if traffic == 0 or retry == 0:
        return traffic
    if retry == 1 and traffic >= lines:
        raise ProblemError(Problem("erlang_collapse", detail={"traffic": f"{traffic:g}", "lines": str(lines)}))

    def first_attempts(offered: float) -> float:
        return offered * (1.0 - retry * erlang_b_blocking.__wrapped__(offered, lines))

    high = traffic
    while first_attempts(high) < traffic:
        high *= 2.0
    return _rising_root(first_attempts, traffic, high)


def extended_b_lines(traffic: float, blocking: float, retry: float) -> int:
    """Return the fewest lines that lose at most `blocking` of the attempts. Raises as the other solvers.

    At a blocking of exactly `b` the offered traffic is `traffic / (1 - retry × b)`, which turns it into plain Erlang B.
    """
    _check_traffic(traffic)
    _check_blocking(blocking)
    _check_retry(retry)
    return erlang_b_lines(traffic / (1.0 - retry * blocking), blocking)


def extended_b_traffic(lines: int, blocking: float, retry: float) -> float:
    """Return the traffic of first attempts that `lines` can be offered. Raises as the other solvers."""
    _check_retry(retry)
    return erlang_b_traffic(lines, blocking) * (1.0 - retry * blocking)


def erlang_c_waiting(traffic: float, lines: int) -> float:
    """Return the share of calls that has to wait: 1 when there is at least as much traffic as lines (the queue never ends).

    Raises:
        ProblemError: `erlang_traffic` or `erlang_lines`.

    >>> round(erlang_c_waiting(10.0, 12), 4)
    0.4494
    """
    _check_traffic(traffic)
    _check_lines(lines, least=0)
    if traffic >= lines:
        return 1.0
    lost = erlang_b_blocking(traffic, lines)
    return lost / (1.0 - traffic / lines * (1.0 - lost))


def erlang_c_lines(traffic: float, waiting: float) -> int:
    """Return the fewest lines at which at most the share `waiting` has to wait. Raises as the other solvers."""
    _check_traffic(traffic)
    _check_blocking(waiting)
    if traffic == 0:
        return 0
    inverse, lines = 1.0, 0
    while True:
        lines += 1
        inverse = 1.0 + lines / traffic * inverse
        # C = B / (1 - A/N (1 - B)), written with 1/B so that a huge inverse does no harm.
        if lines > traffic and waiting * (inverse - traffic / lines * (inverse - 1.0)) >= 1.0:
            return lines


def erlang_c_traffic(lines: int, waiting: float) -> float:
    """Return the traffic at which the share `waiting` has to wait. Raises as the other solvers."""
    _check_lines(lines)
    _check_blocking(waiting)
    return _rising_root(lambda traffic: erlang_c_waiting(traffic, lines), waiting, float(lines))


def erlang_c_mean_wait(traffic: float, lines: int, duration_s: float) -> float | None:
    """Return the mean wait of all calls in seconds, None when the queue never ends (`traffic` ≥ `lines`)."""
    if traffic >= lines:
        return None
    return erlang_c_waiting(traffic, lines) * duration_s / (lines - traffic)


def erlang_c_service_level(traffic: float, lines: int, duration_s: float, within_s: float) -> float:
    """Return the share of calls answered within `within_s` seconds, calls lasting `duration_s` on average."""
    if traffic >= lines:
        return 0.0
    return 1.0 - erlang_c_waiting(traffic, lines) * math.exp(-(lines - traffic) * within_s / duration_s)


def traffic_erlangs(calls: float, mean_duration_s: float) -> float:
    """Return `A = calls × mean duration / 3600` of one hour.

    Raises:
        ProblemError: `erlang_calls`: less than nothing.

    >>> traffic_erlangs(120, 180)
    6.0
    """
    if not (0 <= calls < math.inf and 0 <= mean_duration_s < math.inf):
        raise ProblemError(Problem("erlang_calls", detail={"calls": f"{calls:g}", "duration": f"{mean_duration_s:g}"}))
    return calls * mean_duration_s / 3600.0


def _rising_root(function: Callable[[float], float], target: float, high: float) -> float:
    """Return the argument in (0, high] at which a rising function reaches `target`, to the last bits, by bisection."""
    low = 0.0
    for _ in range(200):
        middle = (low + high) / 2.0
        if middle in (low, high):
            break
        if function(middle) < target:
            low = middle
        else:
            high = middle
    return high


def _check_traffic(traffic: float) -> None:
    if not 0 <= traffic <= MAX_ERLANGS:
        raise ProblemError(Problem("erlang_traffic", detail={"traffic": f"{traffic:g}", "most": f"{MAX_ERLANGS:,.0f}"}))


def _check_lines(lines: int, least: int = 1) -> None:
    if not least <= lines <= MAX_LINES:
        raise ProblemError(Problem("erlang_lines", detail={"lines": str(lines), "most": f"{MAX_LINES:,}"}))


def _check_blocking(blocking: float) -> None:
    # The smallest is far below any grade of service, and keeps 1/blocking a sound number.
    if not 1e-15 <= blocking < 1:
        raise ProblemError(Problem("erlang_blocking", detail={"blocking": f"{blocking:g}"}))


def _check_retry(retry: float) -> None:
    if not 0 <= retry <= 1:
        raise ProblemError(Problem("erlang_retry", detail={"retry": f"{retry:g}"}))
