"""People's time: administration that is paid for (hard), and staff time that may be saved (soft)."""

from __future__ import annotations

from roi_tool.costing.months import Amounts, monthly_risen, to_amounts


def administration_amounts(hours_per_month: float, rate_nano: float, share: float, rise: float, horizon_months: int) -> Amounts:
    """Return hours × share × hourly rate every month; the rate rises at each anniversary."""
    return to_amounts(hours_per_month * share * rate_nano * monthly_risen(rise, horizon_months))


def time_saved_amounts(
    seats: Amounts, minutes_per_seat: float, rate_nano: float, *, realisation: float, rise: float, horizon_months: int
) -> Amounts:
    """Return staff time saved as a negative cost: seats × minutes/60 × loaded rate × the share that is realised."""
    worth = seats * (minutes_per_seat / 60 * rate_nano * realisation)
    return to_amounts(-worth * monthly_risen(rise, horizon_months))
