"""CGRateS's own rounding of increments and calls, step for step in the same binary fractions.

Source: cgr-engine v0.10.4 observed running; engine/timespans.go, engine/rateinterval.go and utils.Round of that version.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from roi_tool.money import Rounding

NS_PER_MS = 1_000_000

IntColumn = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class BinaryPrice:
    """A slot's price as CGRateS holds it: the amount of a unit over its nanoseconds, and the decimals that are kept."""

    per_ns: float
    decimals: int

    def step_nano(self, time_ms: int, count: int) -> int:
        """Return the price of one of `count` increments that together last `time_ms`, in nano units."""
        power = 10.0**self.decimals
        whole = _middle(float(time_ms * NS_PER_MS) * self.per_ns * power) / power
        return _middle(whole / count * power) * int(10 ** (9 - self.decimals))


def _middle(value: float) -> int:
    return math.ceil(value) if value % 1.0 >= 0.5 else math.floor(value)


def step_nano_column(per_ns: npt.NDArray[np.float64], decimals: int, time_ms: IntColumn, count: IntColumn) -> IntColumn:
    """`BinaryPrice.step_nano` for columns; 0 where there is no increment."""
    power = 10.0**decimals
    whole = _middle_column((time_ms * NS_PER_MS).astype(np.float64) * per_ns * power) / power
    steps = _middle_column(whole / np.maximum(count, 1) * power)
    return np.where(count > 0, steps, 0).astype(np.int64) * np.int64(10 ** (9 - decimals))


def _middle_column(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    below = np.floor(values)
    return below + (values - below >= 0.5)


def is_binary(decimals: int, method: Rounding) -> bool:
    """Say whether CGRateS rounds the cost of a call so: where no decimals are asked for it keeps all it has."""
    return decimals < UNROUNDED and method is not Rounding.HALF_EVEN


UNROUNDED = 9
MOST_DECIMALS = 7
"""What lies below is held for noise of the binary fractions when an amount is rounded up."""


class BinaryCost:
    """The cost of one call as CGRateS adds it up, part by part; `BinaryCosts` does it for columns."""

    def __init__(self) -> None:
        self.cost = self._seen = 0.0

    def add(self, amount_nano: int, decimals: int, most_nano: int) -> None:
        """Add a part (the connect fee belongs to the first); a cap (below 0: none) also counts what was seen before."""
        unit = 10 ** (9 - decimals)
        self.cost += (2 * amount_nano + unit) // (2 * unit) / 10**decimals
        self._seen += self.cost
        if 0 <= most_nano <= self._seen * 1e9:
            self.cost = self._seen = most_nano / 1e9

    def rounded(self, decimals: int, method: Rounding) -> int:
        """Return the charge in nano units."""
        value = self.cost * 10.0**decimals
        part = value % 1.0
        raised = part >= 10.0 ** -max(MOST_DECIMALS, decimals) if method is Rounding.UP else part >= 0.5
        return (math.floor(value) + (raised and method is not Rounding.DOWN)) * int(10 ** (9 - decimals))


class BinaryCosts:
    """`BinaryCost` in columns."""

    def __init__(self, rows: int) -> None:
        self.cost = np.zeros(rows)
        self._seen = np.zeros(rows)

    def add(self, amount_nano: IntColumn, decimals: int, most_nano: IntColumn | int, used: npt.NDArray[np.bool_]) -> None:
        """Add a part of each call in which it is `used`."""
        unit = 10 ** (9 - decimals)
        part = ((2 * amount_nano + unit) // (2 * unit)).astype(np.float64) / 10.0**decimals
        self.cost = np.where(used, self.cost + part, self.cost)
        self._seen = np.where(used, self._seen + self.cost, self._seen)
        capped = used & (np.asarray(most_nano) >= 0) & (most_nano <= self._seen * 1e9)
        if capped.any():
            most = np.asarray(most_nano) / 1e9
            self.cost, self._seen = np.where(capped, most, self.cost), np.where(capped, most, self._seen)

    def rounded(self, decimals: int, method: Rounding) -> IntColumn:
        """Return the charges in nano units."""
        value = self.cost * 10.0**decimals
        below = np.floor(value)
        part = value - below
        least = 10.0 ** -max(MOST_DECIMALS, decimals) if method is Rounding.UP else 0.5
        raised = (part >= least) & (method is not Rounding.DOWN)
        return (below + raised).astype(np.int64) * np.int64(10 ** (9 - decimals))
