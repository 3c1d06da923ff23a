"""A purchase that is paid in instalments: a loan, or a lease at a rate, with or without a residual value to be paid at its end.

Interest is what the line adds up to.
"""

from __future__ import annotations

import math

import numpy as np

from roi_tool.costing.months import Amounts, to_amounts


def instalment(principal_nano: float, rate_per_year: float, months: int) -> float:
    """Return the level payment at the end of each month that repays a principal at a twelfth of the yearly rate.

    Source: annuity formula, P·i / (1 − (1 + i)^−n); P / n without interest.

    >>> round(instalment(1200.0, 0.0, 12), 9)
    100.0
    """
    return principal_nano / _annuity(rate_per_year / 12, months)


def _annuity(rate: float, months: int) -> float:
    """Return what 1 at the end of each month is worth today; without loss of digits at the smallest rates."""
    return months if rate == 0 else -math.expm1(-months * math.log1p(rate)) / rate


def financing_amounts(
    principal_nano: float, rate_per_year: float, months: int, horizon_months: int, *, residual_share: float = 0.0
) -> Amounts:
    """Return what financing changes: the purchase price comes in at the start, instalments go out each month.

    Of a lease with a residual value, that share of the price is not repaid by the instalments but paid with the last of them,
    when the equipment becomes the customer's.

    Instalments after the horizon are settled in its last month at what is still owed, so that a short horizon does not
    make a financed purchase look cheap.
    """
    amounts = np.zeros(horizon_months + 1)
    if months < 1 or principal_nano <= 0:
        return to_amounts(amounts)
    rate = rate_per_year / 12
    residual = principal_nano * residual_share
    payment = instalment(principal_nano - residual * (1 + rate) ** -months, rate_per_year, months)
    paid = min(months, horizon_months)
    amounts[0] = -principal_nano
    amounts[1 : paid + 1] = payment
    left = months - paid
    # What is still owed when the horizon ends: the instalments left and the residual value, both at today's worth.
    amounts[paid] += payment * _annuity(rate, left) + residual * (1 + rate) ** -left
    return to_amounts(amounts)
