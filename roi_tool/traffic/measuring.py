"""Measures the traffic of a table of calls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd

from roi_tool.cdr import CallTable, Direction, empty_calls
from roi_tool.problems import Problem, ProblemError
from roi_tool.traffic.concurrency import Occupancy, measure_occupancy
from roi_tool.traffic.gaps import calls_per_day, day_numbers, gaps_of, missing_days
from roi_tool.traffic.minutes_only import MinutesOnly, size_from_minutes
from roi_tool.traffic.profile import TrafficProfile
from roi_tool.traffic.rhythm import (
    Begun,
    HourlyTraffic,
    busiest_sixty_minutes,
    measure_hours,
    slots_by_hour,
    slots_by_month,
    slots_by_weekday,
    zone_of,
)
from roi_tool.traffic.sizing import size_channels
from roi_tool.traffic.trend import measure_trend

_MEAN_MONTH_DAYS = 365.25 / 12
_MOST_YEARS = 30
_TIMELESS_CALLS = 10
_TIMELESS_SHARE = 0.9
"""So many calls, and so large a share of them begun at midnight to the second, mean that the bill shows days without times."""


@dataclass(frozen=True, eq=False)
class _Outside:
    """The legs with the outside, as columns of one length."""

    frame: pd.DataFrame
    begun: Begun
    outbound: npt.NDArray[np.bool_]

    @property
    def timeless(self) -> bool:
        """Whether the bill shows days without times."""
        local = self.begun.local
        midnight = (local.hour == 0) & (local.minute == 0) & (local.second == 0) & (local.microsecond == 0)
        return len(local) >= _TIMELESS_CALLS and bool(midnight.mean() >= _TIMELESS_SHARE)


def measure_traffic(
    calls: CallTable, *, blocking: float = 0.01, growth: float = 0.0, burst: float = 0.0, months: int | None = None
) -> TrafficProfile:
    """Measure the traffic of calls.

    Args:
        calls: of one account; no calls at all give a profile of zeros.
        blocking: grade of service for the sizing.
        growth: share that the traffic is expected to grow, for the sizing.
        burst: share added on top of it.
        months: months that the bills cover, where known; else from the first and the last day.

    Raises:
        ProblemError: `traffic_zone`, `traffic_span`, `erlang_blocking`, `traffic_growth`.
    """
    zone = zone_of(calls.timezone)
    outside = _outside(calls.frame, zone)
    begun, minutes = outside.begun, outside.begun.minutes
    days = _days(begun.local)
    missing = missing_days(calls_per_day(begun.local, days))
    billed = days[~missing]
    covered = months if months else max(1, round(len(billed) / _MEAN_MONTH_DAYS))
    timeless = outside.timeless
    occupancy = measure_occupancy(empty_calls() if timeless else calls)
    hours = measure_hours(occupancy, zone)
    estimate = _estimate(outside, covered, blocking, growth, burst) if timeless else None
    busy = hours.busiest
    erlangs = busy.erlangs if busy else 0.0
    sizing = size_channels(erlangs, occupancy.peak, blocking=blocking, growth=growth, burst=burst)
    return TrafficProfile(
        timezone=calls.timezone,
        first_day=days[0].date() if len(days) else None,
        last_day=days[-1].date() if len(days) else None,
        months=covered,
        calls=int(begun.first_leg.sum()),
        answered=int(outside.frame.loc[minutes > 0, "group_id"].nunique()),
        internal_calls=len(calls) - len(outside.frame),
        minutes=float(minutes.sum()),
        by_hour=slots_by_hour(begun.none() if timeless else begun, billed, hours),
        by_weekday=slots_by_weekday(begun, billed, hours),
        by_month=slots_by_month(begun, billed, hours),
        busy_hour=busy,
        typical_busy_hour=_typical_busy_hour(hours, billed),
        peak_concurrent=occupancy.peak,
        peak_at=_instant(occupancy, zone),
        level_seconds=tuple((occupancy.us_by_level() / 1e6).tolist()),
        minutes_per_month_by_class=_by_class(outside, covered),
        outbound_minutes_per_month=float(minutes[outside.outbound].sum()) / covered,
        inbound_minutes_per_month=float(minutes[~outside.outbound].sum()) / covered,
        sizing=estimate.sizing if estimate else sizing,
        trend=measure_trend(day_numbers(begun.local, days), minutes, missing) if len(days) else None,
        hours=hours,
        estimate=estimate,
        gaps=gaps_of(days, missing),
        busiest_sixty_minutes=busiest_sixty_minutes(occupancy, zone),
    )


def _outside(frame: pd.DataFrame, zone: ZoneInfo) -> _Outside:
    kept = frame[(frame["direction"] != Direction.INTERNAL.value).to_numpy(dtype=bool)]
    local = pd.DatetimeIndex(kept["start"]).tz_convert(zone)
    minutes = kept["duration_ms"].to_numpy(dtype=np.int64) / 60_000
    first_leg = ~kept["group_id"].duplicated().to_numpy(dtype=bool)
    outbound = (kept["direction"] == Direction.OUTBOUND.value).to_numpy(dtype=bool)
    return _Outside(kept, Begun(local, first_leg, minutes), outbound)


def _days(local: pd.DatetimeIndex) -> pd.DatetimeIndex:
    """Return every local day from the first call to the last."""
    if not len(local):
        return pd.DatetimeIndex([])
    naive = local.tz_localize(None)
    first, last = naive.min().normalize(), naive.max().normalize()
    if last.year - first.year > _MOST_YEARS:
        detail = {"first": f"{first:%Y-%m-%d}", "last": f"{last:%Y-%m-%d}", "most": str(_MOST_YEARS)}
        raise ProblemError(Problem("traffic_span", detail=detail))
    return pd.date_range(first, last, freq="D")


def _by_class(outside: _Outside, months: int) -> dict[str, float]:
    """Return outbound minutes per month by called class, classes without minutes left out."""
    classes = outside.frame["called_class"].cat
    codes = classes.codes.to_numpy(dtype=np.int64)[outside.outbound]
    sums = np.bincount(codes, weights=outside.begun.minutes[outside.outbound], minlength=len(classes.categories))
    return {str(name): float(total) / months for name, total in zip(classes.categories, sums, strict=True) if total > 0}


def _estimate(outside: _Outside, months: int, blocking: float, growth: float, burst: float) -> MinutesOnly:
    """Size a bill that shows days without times: its own working days, and the usual share of the busy hour."""
    naive = outside.begun.local.tz_localize(None).normalize()
    working_days = naive[naive.day_of_week < 5].nunique() / months
    return size_from_minutes(
        float(outside.begun.minutes.sum()) / months,
        working_days=min(max(working_days, 1.0), 23.0),
        blocking=blocking,
        growth=growth,
        burst=burst,
    )


def _typical_busy_hour(hours: HourlyTraffic, days: pd.DatetimeIndex) -> tuple[int, float] | None:
    """Return the hour of the day with the highest mean traffic over Mondays to Fridays, and that mean."""
    count = int((days.day_of_week < 5).sum())
    working = np.asarray(hours.starts.day_of_week < 5)
    if not count or not working.any():
        return None
    hour = hours.starts.hour.to_numpy(dtype=np.int64)[working]
    mean = np.bincount(hour, weights=hours.erlangs[working], minlength=24) / count
    best = int(mean.argmax())
    return (best, float(mean[best])) if mean[best] > 0 else None


def _instant(occupancy: Occupancy, zone: ZoneInfo) -> datetime | None:
    at = occupancy.peak_at_us
    return None if at is None else pd.Timestamp(at, unit="us", tz="UTC").tz_convert(zone).to_pydatetime()
