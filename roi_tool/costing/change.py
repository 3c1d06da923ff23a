"""What changing over costs the customer's own people: project time, hours without telephones, slower work while learning."""

from __future__ import annotations

from roi_tool.costing.leaving import at_the_start
from roi_tool.costing.months import Amounts


def hours_amounts(hours: float, rate_nano: float, share: float, horizon_months: int) -> Amounts:
    """Return hours × hourly rate × share, at the start."""
    return at_the_start(hours * rate_nano * share, horizon_months)
