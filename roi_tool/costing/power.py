"""Electricity, cooling and room of equipment that stands at the customer's."""

from __future__ import annotations

from roi_tool.costing.months import Amounts, monthly_risen, nothing, to_amounts

HOURS_PER_MONTH = 365.25 * 24 / 12


def power_amounts(
    watts: float, price_per_kwh_nano: float, rise: float, horizon_months: int, *, cooling_share: float = 0.0
) -> Amounts:
    """Return watts, day and night, times the price of a kilowatt hour, every month; cooling takes a share of it on top."""
    monthly = watts * (1 + cooling_share) / 1000 * HOURS_PER_MONTH * price_per_kwh_nano
    return to_amounts(monthly * monthly_risen(rise, horizon_months))


def rent_amounts(monthly_nano: float, rise: float, horizon_months: int) -> Amounts:
    """Return the rent of rack and room, every month."""
    return to_amounts(monthly_nano * monthly_risen(rise, horizon_months)) if monthly_nano else nothing(horizon_months)
