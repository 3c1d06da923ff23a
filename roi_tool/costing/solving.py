"""Finding the value of a driver that reaches a target: break-even, or "what seat price pays back in 18 months?"."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

NOT_REACHED = "undefined.target_not_reached"


@dataclass(frozen=True, slots=True)
class Solution:
    """Where a figure reaches its target.

    Attributes:
        value: the driver's value nearest to where it started.
        others: further values within the bounds, rising.
    """

    value: float
    others: tuple[float, ...] = ()


def solve_for(
    figure: Callable[[float], float | None], *, target: float, low: float, high: float, start: float, steps: int = 48
) -> Solution | str:
    """Find where `figure(value)` crosses `target` between two bounds.

    The bounds are walked through in equal steps first, so that a figure that rises and falls is not misread; then each
    crossing is narrowed to 12 digits. A figure that jumps over the target counts as reaching it at the jump.

    Args:
        figure: the figure as a function of the driver; None where it has no meaning.
        target: value it should reach.
        low: lower bound of the driver.
        high: upper bound.
        start: where the driver stands now.
        steps: equal steps of the walk.

    Returns:
        The solution, or the code of why there is none.
    """
    places = np.unique(np.append(np.linspace(low, high, steps + 1), np.clip(start, low, high))).tolist()
    gaps = [_gap(figure, place, target) for place in places]
    found = [place for place, gap in zip(places, gaps, strict=True) if gap == 0]
    for index in range(len(places) - 1):
        before, after = gaps[index], gaps[index + 1]
        if before is not None and after is not None and before * after < 0:
            found.append(_narrow(figure, target, places[index], places[index + 1], before))
    if not found:
        return NOT_REACHED
    found.sort(key=lambda place: abs(place - start))
    return Solution(found[0], tuple(sorted(found[1:])))


def _gap(figure: Callable[[float], float | None], place: float, target: float) -> float | None:
    value = figure(place)
    return None if value is None or not math.isfinite(value) else value - target


def _narrow(figure: Callable[[float], float | None], target: float, left: float, right: float, gap_left: float) -> float:
    for _ in range(100):
        middle = (left + right) / 2.0
        if middle in (left, right) or abs(right - left) <= 1e-12 * max(abs(left), abs(right)):
            break
        gap = _gap(figure, middle, target)
        if gap == 0:
            return middle
        # A figure without meaning in between lies on the far side of the target.
        if gap is not None and (gap > 0) == (gap_left > 0):
            left = middle
        else:
            right = middle
    return right
