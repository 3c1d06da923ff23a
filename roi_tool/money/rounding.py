"""The four named roundings, for one integer ratio and for whole columns.

All four are symmetric about zero: `up` goes away from zero, `down` towards it (as Python's `decimal` names them).
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import numpy.typing as npt

IntColumn = npt.NDArray[np.int64]


class Rounding(StrEnum):
    """How the last kept digit is decided."""

    UP = "up"
    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    DOWN = "down"


def round_ratio(numerator: int, denominator: int, method: Rounding) -> int:
    """Return `numerator / denominator` as a whole number by the named rounding; `denominator` is positive.

    >>> [round_ratio(5, 2, method) for method in Rounding]
    [3, 3, 2, 2]
    """
    if denominator <= 0:
        raise ValueError("the denominator must be positive")
    quotient, remainder = divmod(abs(numerator), denominator)
    doubled = 2 * remainder
    if method is Rounding.UP:
        quotient += remainder > 0
    elif method is Rounding.HALF_UP:
        quotient += doubled >= denominator
    elif method is Rounding.HALF_EVEN:
        quotient += doubled > denominator or (doubled == denominator and quotient % 2 == 1)
    return quotient if numerator >= 0 else -quotient


def round_ratio_column(numerator: IntColumn, denominator: int | IntColumn, method: Rounding) -> IntColumn:
    """`round_ratio` for int64 columns. The caller sees to it that twice the denominator fits 63 bits."""
    magnitude = np.abs(numerator)
    quotient, remainder = np.divmod(magnitude, denominator)
    if method is Rounding.UP:
        quotient += remainder > 0
    elif method is Rounding.HALF_UP:
        quotient += 2 * remainder >= denominator
    elif method is Rounding.HALF_EVEN:
        doubled = 2 * remainder
        quotient += (doubled > denominator) | ((doubled == denominator) & (quotient % 2 == 1))
    return np.where(numerator >= 0, quotient, -quotient)


def round_nano(amount_nano: int, decimals: int, method: Rounding) -> int:
    """Round a nano amount to `decimals` (0 to 9) decimals of the currency unit, still counted in nano units.

    >>> round_nano(1_234_500_000, 3, Rounding.HALF_EVEN)
    1234000000
    """
    step = _step(decimals)
    return round_ratio(amount_nano, step, method) * step


def round_nano_column(amounts_nano: IntColumn, decimals: int, method: Rounding) -> IntColumn:
    """`round_nano` for an int64 column."""
    step = _step(decimals)
    return round_ratio_column(amounts_nano, step, method) * step


def _step(decimals: int) -> int:
    if not 0 <= decimals <= 9:
        raise ValueError("decimals must lie between 0 and 9")
    return int(10 ** (9 - decimals))
