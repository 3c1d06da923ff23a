"""The months of a horizon, and what rises with the years. Arrays are cached and read-only: they never change.

Every array of amounts has shape (months + 1,): index 0 is the start, index m the end of month m.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Amounts = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

Column = TypeVar("Column", Amounts, Floats)

MONTHS_PER_YEAR = 12
WEEKS_PER_MONTH = 365.25 / 7 / 12


@lru_cache(maxsize=64)
def month_numbers(horizon_months: int) -> Amounts:
    """Return 0, 1, … horizon."""
    return _fixed(np.arange(horizon_months + 1, dtype=np.int64))


@lru_cache(maxsize=64)
def years_passed(horizon_months: int) -> Amounts:
    """Return the whole years passed at each month: 0 for the start and months 1 to 12, 1 for months 13 to 24, …"""
    return _fixed(np.maximum(month_numbers(horizon_months) - 1, 0) // MONTHS_PER_YEAR)


@lru_cache(maxsize=64)
def running(horizon_months: int) -> Floats:
    """Return 0 for the start and 1 for every month: the shape of a steady monthly payment."""
    shape = np.ones(horizon_months + 1)
    shape[0] = 0
    return _fixed(shape)


@lru_cache(maxsize=512)
def risen(rate: float, horizon_months: int) -> Floats:
    """Return (1 + rate) to the power of the whole years passed: rises come at each anniversary, none in year 1."""
    return _fixed((1 + rate) ** years_passed(horizon_months).astype(np.float64))


@lru_cache(maxsize=512)
def monthly_risen(rate: float, horizon_months: int) -> Floats:
    """`risen` for monthly payments: 0 at the start."""
    return _fixed(risen(rate, horizon_months) * running(horizon_months))


@lru_cache(maxsize=512)
def whole_units(count: int, growth: float, horizon_months: int) -> Amounts:
    """Return how many whole units (seats, lines) there are: `count`, growing at each anniversary, half up."""
    return _fixed(np.floor(count * risen(growth, horizon_months) + 0.5 + 1e-9).astype(np.int64))


@lru_cache(maxsize=64)
def nothing(horizon_months: int) -> Amounts:
    """Return nothing in every month."""
    return _fixed(np.zeros(horizon_months + 1, dtype=np.int64))


def to_amounts(values: Floats) -> Amounts:
    """Round amounts that came of estimates (floats) to whole nano units, half to even; the one rounding they get."""
    return _fixed(np.rint(values).astype(np.int64))


def _fixed(values: Column) -> Column:
    values.setflags(write=False)
    return values
