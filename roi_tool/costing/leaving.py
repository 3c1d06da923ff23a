"""Leaving the old contract: early termination by formula, and the weeks in which both services are paid."""

from __future__ import annotations

import numpy as np

from roi_tool.costing.months import WEEKS_PER_MONTH, Amounts, to_amounts


def termination_amounts(rental_nano: float, months_left: float, share: float, horizon_months: int) -> Amounts:
    """Return months left × monthly rental × share, paid at the start (calls are not part of it)."""
    amounts = np.zeros(horizon_months + 1)
    amounts[0] = rental_nano * months_left * share
    return to_amounts(amounts)


def overlap_amounts(rental_nano: float, weeks: float, horizon_months: int) -> Amounts:
    """Return the old rental for the weeks in which both services run, paid at the start."""
    amounts = np.zeros(horizon_months + 1)
    amounts[0] = rental_nano * weeks / WEEKS_PER_MONTH
    return to_amounts(amounts)
