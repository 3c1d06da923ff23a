"""The traffic of a customer's calls: what a rep shows, and what sizes the lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from roi_tool.cdr import CallTable, Direction
from roi_tool.traffic.bandwidth import DEFAULT_LINK, Bandwidth, Link, measure_bandwidth
from roi_tool.traffic.concurrency import Occupancy, measure_occupancy
from roi_tool.traffic.rhythm import (
    Begun,
    BusyHour,
    HourlyTraffic,
    MonthSlot,
    Slot,
    measure_hours,
    slots_by_hour,
    slots_by_month,
    slots_by_weekday,
    zone_of,
)
from roi_tool.traffic.sizing import DecidedBy, Sizing, size_channels
from roi_tool.traffic.trend import Trend, measure_trend

_MEAN_MONTH_DAYS = 365.25 / 12


@dataclass(frozen=True, eq=False)
class TrafficProfile:
    """Everything measured of a table of calls. Times are in `timezone`, the account's own.

    Attributes:
        timezone: IANA name.
        first_day, last_day: local days of the first and the last call; None without calls.
        months: length of the period in months, rounded to whole ones, at least 1.
        calls: calls to and from outside, legs of one call counted once; `answered` those that were talked on.
        internal_calls: rows of calls inside the house, which take no channel.
        minutes: minutes talked with the outside, all legs.
        by_hour, by_weekday (Monday first), by_month: see `Slot`.
        busy_hour: the clock hour with the most traffic; None without calls.
        typical_busy_hour: the hour of the day that is busiest on an average working day, and its mean erlangs.
        peak_concurrent: the most calls at one time, at `peak_at` for the first time.
        level_seconds: for how many seconds exactly 0, 1, 2, … calls stood between the first call and the last.
        minutes_per_month_by_class: outbound minutes per month by called class.
        outbound_minutes_per_month, inbound_minutes_per_month: the same by direction.
        sizing: channels needed and what decides.
        trend: growth of the traffic with its uncertainty; None for less than four whole weeks.
        hours: every clock hour of the period.
    """

    timezone: str
    first_day: date | None
    last_day: date | None
    months: int
    calls: int
    answered: int
    internal_calls: int
    minutes: float
    by_hour: tuple[Slot, ...]
    by_weekday: tuple[Slot, ...]
    by_month: tuple[MonthSlot, ...]
    busy_hour: BusyHour | None
    typical_busy_hour: tuple[int, float] | None
    peak_concurrent: int
    peak_at: datetime | None
    level_seconds: tuple[float, ...]
    minutes_per_month_by_class: Mapping[str, float]
    outbound_minutes_per_month: float
    inbound_minutes_per_month: float
    sizing: Sizing
    trend: Trend | None
    hours: HourlyTraffic

    @property
    def busy_hour_erlangs(self) -> float:
        """Traffic of the busiest clock hour; 0 without calls."""
        return self.busy_hour.erlangs if self.busy_hour else 0.0

    @property
    def channels_needed(self) -> int:
        """See `Sizing`."""
        return self.sizing.channels

    @property
    def decided_by(self) -> DecidedBy:
        """See `Sizing`."""
        return self.sizing.decided_by

    @property
    def blocking(self) -> float:
        """Grade of service that the sizing was made for."""
        return self.sizing.blocking

    def resized(self, *, blocking: float | None = None, growth: float = 0.0, burst: float = 0.0) -> Sizing:
        """Return the sizing of the same calls for another grade of service, growth or burst; cheap."""
        wanted = self.blocking if blocking is None else blocking
        return size_channels(self.busy_hour_erlangs, self.peak_concurrent, blocking=wanted, growth=growth, burst=burst)

    def share_of_lines_used(self, lines: int) -> float | None:
        """Return what share of the lines paid for was ever in use at one time; None when none is paid for."""
        return min(self.peak_concurrent, lines) / lines if lines > 0 else None

    def bandwidth(self, codec: str = "g711", link: Link = DEFAULT_LINK) -> Bandwidth:
        """Return what the channels needed take of a link one way, all in use; see `traffic.bandwidth`."""
        return measure_bandwidth(codec, self.channels_needed, link)

    def extremes(self, *, busiest: bool) -> Mapping[str, int | str | None]:
        """Return the hour of the day, the weekday (1 is Monday) and the month with the most or the least minutes a day.

        The quietest hour and weekday are sought among those with calls: that an office is closed at night says nothing.
        Months count whole: minutes per day of the month that lie in the period.
        """
        pick = max if busiest else min
        months = {f"{item.month:%Y-%m}": item.slot for item in self.by_month}
        chosen: dict[str, int | str | None] = {}
        for name, slots in (("hour", dict(enumerate(self.by_hour))), ("weekday", dict(enumerate(self.by_weekday, 1)))):
            used = {key: slot for key, slot in slots.items() if slot.calls}
            chosen[name] = pick(used, key=lambda key: used[key].minutes_per_day, default=None)
        chosen["month"] = pick(months, key=lambda key: months[key].minutes_per_day, default=None)
        return chosen

    def seconds_beyond(self, lines: int) -> float:
        """Return for how many seconds more calls stood than there are lines."""
        return float(sum(self.level_seconds[max(lines, 0) + 1 :]))


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
        ProblemError: `traffic_zone`, `erlang_blocking`, `traffic_growth`.
    """
    zone = zone_of(calls.timezone)
    frame = calls.frame
    outside = frame[(frame["direction"] != Direction.INTERNAL.value).to_numpy(dtype=bool)]
    local = pd.DatetimeIndex(outside["start"]).tz_convert(zone)
    days = _days(local)
    covered = months if months else max(1, round(len(days) / _MEAN_MONTH_DAYS))
    minutes = outside["duration_ms"].to_numpy(dtype=np.int64) / 60_000
    occupancy = measure_occupancy(calls)
    hours = measure_hours(occupancy, zone)
    begun = Begun(local, ~outside["group_id"].duplicated().to_numpy(dtype=bool), minutes)
    outbound = (outside["direction"] == Direction.OUTBOUND.value).to_numpy(dtype=bool)
    by_class = pd.Series(minutes[outbound]).groupby(outside["called_class"].to_numpy()[outbound]).sum() / covered
    busy = hours.busiest
    return TrafficProfile(
        timezone=calls.timezone,
        first_day=days[0].date() if len(days) else None,
        last_day=days[-1].date() if len(days) else None,
        months=covered,
        calls=int(begun.first_leg.sum()),
        answered=int(outside.loc[minutes > 0, "group_id"].nunique()),
        internal_calls=len(frame) - len(outside),
        minutes=float(minutes.sum()),
        by_hour=slots_by_hour(begun, days, hours),
        by_weekday=slots_by_weekday(begun, days, hours),
        by_month=slots_by_month(begun, days, hours),
        busy_hour=busy,
        typical_busy_hour=_typical_busy_hour(hours),
        peak_concurrent=occupancy.peak,
        peak_at=_instant(occupancy, zone),
        level_seconds=tuple((occupancy.us_by_level() / 1e6).tolist()),
        minutes_per_month_by_class={str(name): float(value) for name, value in by_class.items() if value > 0},
        outbound_minutes_per_month=float(minutes[outbound].sum()) / covered,
        inbound_minutes_per_month=float(minutes[~outbound].sum()) / covered,
        sizing=size_channels(busy.erlangs if busy else 0.0, occupancy.peak, blocking=blocking, growth=growth, burst=burst),
        trend=measure_trend(days, local, minutes),
        hours=hours,
    )


def _days(local: pd.DatetimeIndex) -> pd.DatetimeIndex:
    """Return every local day from the first call to the last."""
    if not len(local):
        return pd.DatetimeIndex([])
    naive = local.tz_localize(None)
    return pd.date_range(naive.min().normalize(), naive.max().normalize(), freq="D")


def _typical_busy_hour(hours: HourlyTraffic) -> tuple[int, float] | None:
    """Return the hour of the day with the highest mean traffic over Mondays to Fridays, and that mean."""
    working = np.asarray(hours.starts.weekday < 5)
    if not working.any():
        return None
    hour = hours.starts.hour.to_numpy(dtype=np.int64)[working]
    days = len(np.unique(hours.starts.tz_localize(None).normalize()[working]))
    mean = np.bincount(hour, weights=hours.erlangs[working], minlength=24) / days
    best = int(mean.argmax())
    return (best, float(mean[best])) if mean[best] > 0 else None


def _instant(occupancy: Occupancy, zone: ZoneInfo) -> datetime | None:
    at = occupancy.peak_at_us
    return None if at is None else pd.Timestamp(at, unit="us", tz="UTC").tz_convert(zone).to_pydatetime()
