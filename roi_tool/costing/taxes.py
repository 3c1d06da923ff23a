"""Taxes and fees that are a cost, by dated rule; an estimate wherever they are shown."""

from __future__ import annotations

import numpy as np

from roi_tool.costing.months import Amounts, Floats, month_numbers, to_amounts


def in_force(from_month: int, until_month: int | None, horizon_months: int) -> Floats:
    """Return 1 for the months in which a rule holds, `[from_month, until_month)`, else 0. Month 0 is the start."""
    month = month_numbers(horizon_months)
    held = month >= from_month
    if until_month is not None:
        held &= month < until_month
    return held.astype(np.float64)


def percentage_amounts(taxed: Amounts, percent: float, held: Floats) -> Amounts:
    """Return a share of what is taxed in each month in which the rule holds; never below 0."""
    return to_amounts(np.maximum(taxed, 0) * percent * held)


def fixed_amounts(pieces: Amounts, fee_nano: float, held: Floats) -> Amounts:
    """Return a fee for each piece (line, seat, number) and month; none at the start."""
    amounts = pieces * fee_nano * held
    amounts[0] = 0
    return to_amounts(amounts)
