"""Sizing from minutes alone, for a bill that does not show when its calls were made. All of it rests on assumptions."""

from __future__ import annotations

import math
from dataclasses import dataclass

from roi_tool.problems import Problem, ProblemError
from roi_tool.traffic.sizing import Sizing, size_channels

BUSY_HOUR_SHARE = 0.17
"""Share of a working day's minutes that falls into its busiest hour; usual figures lie between 0.12 and 0.20."""
WORKING_DAYS = 21.0
"""Working days of a mean month: 365.25 / 12 × 5 / 7 = 21.7, less a few holidays."""


@dataclass(frozen=True, slots=True)
class MinutesOnly:
    """The busy hour as it follows from minutes; `sizing.measured_peak` is 0, since none was measured."""

    minutes_per_month: float
    working_days: float
    busy_hour_share: float
    busy_hour_erlangs: float
    sizing: Sizing


def size_from_minutes(
    minutes_per_month: float,
    *,
    working_days: float = WORKING_DAYS,
    busy_hour_share: float = BUSY_HOUR_SHARE,
    blocking: float = 0.01,
    growth: float = 0.0,
    burst: float = 0.0,
) -> MinutesOnly:
    """Return `erlangs = minutes / working days × busy-hour share / 60` and the channels by Erlang B.

    Args:
        minutes_per_month: inbound and outbound together.
        working_days: days of a month on which they are talked.
        busy_hour_share: share of a day's minutes in its busiest hour.
        blocking: grade of service.
        growth: share that the traffic is expected to grow.
        burst: share added on top of it.

    Raises:
        ProblemError: `traffic_minutes`, `erlang_blocking`, `traffic_growth`.

    >>> round(size_from_minutes(21_000).busy_hour_erlangs, 3)
    2.833
    """
    if not (0 <= minutes_per_month < math.inf and 0 < working_days <= 31 and 0 < busy_hour_share <= 1):
        detail = {"minutes": f"{minutes_per_month:g}", "days": f"{working_days:g}", "share": f"{busy_hour_share:g}"}
        raise ProblemError(Problem("traffic_minutes", detail=detail))
    erlangs = minutes_per_month / working_days * busy_hour_share / 60.0
    sizing = size_channels(erlangs, 0, blocking=blocking, growth=growth, burst=burst)
    return MinutesOnly(minutes_per_month, working_days, busy_hour_share, erlangs, sizing)
