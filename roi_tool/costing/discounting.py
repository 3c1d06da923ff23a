"""Discount factors by the two conventions, and present value. Factors are floats, made once and kept."""

from __future__ import annotations

import math
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from roi_tool.problems import Problem, ProblemError

Floats = npt.NDArray[np.float64]
Amounts = npt.NDArray[np.int64]
"""Nano amounts by period: index 0 at the start, index k at the end of period k. Python integers in an object array do too."""

MONTHS_PER_YEAR = 12


class Convention(StrEnum):
    """When money is taken to flow. Printed beside every figure; two figures under two conventions are not comparable."""

    TEI = "tei"
    """The start undiscounted, each year's money discounted at the year's end.

    Source: Forrester, Total Economic Impact studies, appendix on cash flow tables.
    """
    MONTHLY = "monthly"
    """The start undiscounted, each month's money discounted at the month's end, at (1 + yearly rate) to the power of 1/12."""


class Period(StrEnum):
    """How long one column of a cash flow lasts."""

    YEARS = "years"
    MONTHS = "months"


@lru_cache(maxsize=512)
def discount_factors(
    periods: int, rate: float, convention: Convention = Convention.TEI, period: Period = Period.MONTHS
) -> Floats:
    """Return the factors of columns 0 to `periods`, shape (periods + 1,), read-only.

    Under TEI a month is discounted at the end of its year (a part year counts as a year). Under the monthly convention a
    year's money is taken to flow in twelve equal parts.

    Args:
        periods: columns after the first.
        rate: yearly and effective, as a fraction: 0.1 is 10 %.
        convention: see `Convention`.
        period: what a column is.

    Raises:
        ProblemError: `returns_rate`: a rate of −100 % or less, or no number; `returns_too_large`: so near to it that a factor
            is no longer a number.
    """
    check_rate(rate)
    column = np.arange(periods + 1, dtype=np.float64)
    growth = 1.0 + float(rate)
    with np.errstate(over="ignore"):
        factors = _raw_factors(column, growth, convention, period)
    check_factors(factors, rate)
    factors.setflags(write=False)
    return factors


def _raw_factors(column: Floats, growth: float, convention: Convention, period: Period) -> Floats:
    if convention is Convention.TEI:
        years = column if period is Period.YEARS else np.ceil(column / MONTHS_PER_YEAR)
        return np.asarray(growth**-years, dtype=np.float64)
    if period is Period.MONTHS:
        return np.asarray(growth ** -(column / MONTHS_PER_YEAR), dtype=np.float64)
    months = np.arange(1, MONTHS_PER_YEAR + 1) / MONTHS_PER_YEAR
    factors = np.asarray(growth ** -(column - 1.0) * (growth**-months).mean(), dtype=np.float64)
    factors[0] = 1.0
    return factors


def present_value(amounts_nano: Amounts, factors: Floats) -> Decimal:
    """Return the present value in currency units, rounded to a nano unit."""
    return nano_decimal(float(np.dot(amounts_nano.astype(np.float64), factors)))


def check_rate(rate: float | Decimal) -> None:
    """See that a yearly discount rate has a meaning.

    Raises:
        ProblemError: `returns_rate`.
    """
    if not -1.0 < float(rate) < math.inf:
        raise ProblemError(Problem("returns_rate", detail={"rate": f"{float(rate):g}"}))


def check_factors(factors: Floats, rate: float | Decimal) -> None:
    """See that discounting near −100 % has not left the numbers.

    Raises:
        ProblemError: `returns_too_large`.
    """
    # 10¹⁰⁰ leaves room for the amounts.
    if not (factors < 1e100).all():
        raise ProblemError(Problem("returns_too_large", detail={"rate": f"{float(rate):g}", "periods": str(len(factors) - 1)}))


def nano_decimal(amount_nano: float) -> Decimal:
    """Return a float count of nano units as a Decimal of currency units: nine decimals, of which 15 digits in all are meant."""
    return Decimal(int(Decimal(f"{amount_nano:.15g}").to_integral_value())).scaleb(-9)


def ratio_decimal(value: float) -> Decimal:
    """Return a ratio as a Decimal of at most twelve decimals: far finer than it is known, and free of binary dust."""
    return Decimal(repr(round(value, 12)))
