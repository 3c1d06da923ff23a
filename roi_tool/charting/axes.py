"""Axes: round ticks that enclose the data, and labels that keep clear of each other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

_STEPS = (1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """Round places on an axis, and the unit in which they are printed.

    Attributes:
        places: ascending, in data coordinates; the first and last enclose the data.
        divisor: 1, 10³, 10⁶ or 10⁹: what a printed number counts.
        decimals: how many decimals the printed ticks need.
    """

    places: tuple[float, ...]
    divisor: float
    decimals: int


def round_scale(low: float, high: float, about: int = 5, least_step: float = 0.0) -> Scale:
    """Choose some `about` intervals of 1, 2 or 5 × 10ⁿ that enclose `low` and `high`; counts have a `least_step` of 1.

    >>> round_scale(0, 187_210).places
    (0.0, 50000.0, 100000.0, 150000.0, 200000.0)
    >>> round_scale(0, 0).places
    (0.0, 1.0)
    """
    if not (math.isfinite(low) and math.isfinite(high)):
        raise ValueError("an axis needs finite ends")
    low, high = min(low, high), max(low, high)
    magnitude = max(abs(low), abs(high))
    # Data that hardly differ for their size get one wide interval: finer ticks would be beyond a float's digits.
    step = max(least_step, _step((high - low) / about if high - low > magnitude * 1e-6 else magnitude))
    # A hair of tolerance: 0.3 / 0.1 must be three intervals, not four.
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    last = max(last, first + 1)
    places = tuple(round(index * step, 12) + 0.0 for index in range(first, last + 1))
    largest = max(abs(places[0]), abs(places[-1]))
    divisor = next((unit for unit in (1e9, 1e6, 1e3) if largest >= 5 * unit), 1.0)
    decimals = max(0, -math.floor(math.log10(step / divisor) + 1e-9))
    return Scale(places, divisor, min(decimals, 6))


def _step(raw: float) -> float:
    if raw <= 0:
        return 1.0
    magnitude = 10.0 ** math.floor(math.log10(raw))
    return next(step for step in _STEPS if step * magnitude >= raw * 0.999) * magnitude


def spread(places: Sequence[float], gap: float, low: float = -math.inf, high: float = math.inf) -> tuple[float, ...]:
    """Move places as little as need be until neighbours are at least `gap` apart and all lie within [low, high].

    The order is kept. Used for labels at the ends of lines: `places` in pixels, points or data coordinates alike. Where
    [low, high] is too narrow for all, the gap shrinks.

    >>> spread([10, 11, 30], 4)
    (8.5, 12.5, 30)
    """
    count = len(places)
    if count == 0:
        return ()
    if high - low < gap * (count - 1):
        gap = (high - low) / (count - 1)
    order = sorted(range(count), key=places.__getitem__)
    # Pool neighbours that are too close into blocks, each centred on the mean of what its members want.
    blocks: list[tuple[float, int]] = []  # (sum of wanted first places, members)
    for position, index in enumerate(order):
        wanted, size = places[index] - position * gap, 1
        while blocks and blocks[-1][0] / blocks[-1][1] > wanted / size:
            before, members = blocks.pop()
            wanted, size = wanted + before, size + members
        blocks.append((wanted, size))
    result = [0.0] * count
    position = 0
    top = high - gap * (count - 1)
    for wanted, size in blocks:
        first = min(max(wanted / size, low), top)
        for _ in range(size):
            result[order[position]] = first + position * gap
            position += 1
    return tuple(result)
