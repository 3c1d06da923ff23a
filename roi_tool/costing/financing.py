"""A purchase that is paid in instalments: a loan, or a lease at a rate. Interest is what the line adds up to."""

from __future__ import annotations

import numpy as np

from roi_tool.costing.months import Amounts, to_amounts


def instalment(principal_nano: float, rate_per_year: float, months: int) -> float:
    """Return the level payment at the end of each month that repays a principal at a twelfth of the yearly rate.

    Source: annuity formula, P·i / (1 − (1 + i)^−n); P / n without interest.

    >>> round(instalment(1200.0, 0.0, 12), 9)
    100.0
    """
    rate = rate_per_year / 12
    if rate == 0:
        return principal_nano / months
    return float(principal_nano * rate / (1 - (1 + rate) ** -months))


def financing_amounts(principal_nano: float, rate_per_year: float, months: int, horizon_months: int) -> Amounts:
    """Return what financing changes: the purchase price comes in at the start, instalments go out each month.

    Instalments after the horizon are settled in its last month at what is still owed, so that a short horizon does not
    make a financed purchase look cheap.
    """
    amounts = np.zeros(horizon_months + 1)
    if months < 1 or principal_nano <= 0:
        return to_amounts(amounts)
    payment = instalment(principal_nano, rate_per_year, months)
    paid = min(months, horizon_months)
    amounts[0] = -principal_nano
    amounts[1 : paid + 1] = payment
    left = months - paid
    if left:
        rate = rate_per_year / 12
        amounts[horizon_months] += payment * left if rate == 0 else payment * (1 - (1 + rate) ** -left) / rate
    return to_amounts(amounts)
