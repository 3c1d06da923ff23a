"""Maintenance: a yearly share of the purchase, or what the contract says, paid monthly and rising yearly."""

from __future__ import annotations

from roi_tool.costing.months import Amounts, monthly_risen, nothing, to_amounts


def maintenance_amounts(purchase_nano: float, rate_per_year: float, rise: float, horizon_months: int) -> Amounts:
    """Return a twelfth of `rate_per_year` of the purchase every month, risen at each anniversary."""
    if not purchase_nano * rate_per_year:
        return nothing(horizon_months)
    return to_amounts(purchase_nano * rate_per_year / 12 * monthly_risen(rise, horizon_months))
