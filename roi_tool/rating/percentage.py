"""A percentage of a column of amounts, exact before its one rounding."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np

from roi_tool.money import Rounding, round_ratio
from roi_tool.rating.number_keys import IntColumn


def share_of(amounts: IntColumn, ratio: Fraction, decimals: int, rounding: Rounding) -> IntColumn:
    """Return each amount (0 or more) times `ratio`, rounded to decimals of the currency unit, in nano units."""
    step = 10 ** (9 - decimals)
    over, under = ratio.numerator, ratio.denominator * step
    if not len(amounts) or not over:
        return np.zeros(len(amounts), dtype=np.int64)
    if int(amounts.max()) * over < 2**61 and under < 2**60:
        values = amounts * over
        quotient = values // under
        rest = values - quotient * under
        if rounding is Rounding.UP:
            quotient += rest > 0
        elif rounding is Rounding.HALF_UP:
            quotient += 2 * rest >= under
        elif rounding is Rounding.HALF_EVEN:
            quotient += (2 * rest > under) | ((2 * rest == under) & (quotient % 2 == 1))
        return np.asarray(quotient * step, dtype=np.int64)
    return np.array([round_ratio(amount * over, under, rounding) * step for amount in amounts.tolist()], dtype=np.int64)


def percent(value: Decimal) -> Fraction:
    """Return a percentage as a ratio."""
    return Fraction(value) / 100
