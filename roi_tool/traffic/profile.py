"""The traffic of a customer: what a rep shows, and what sizes the lines. `measuring` makes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from roi_tool.traffic.bandwidth import DEFAULT_LINK, Bandwidth, Link, measure_bandwidth
from roi_tool.traffic.gaps import Gap
from roi_tool.traffic.minutes_only import MinutesOnly
from roi_tool.traffic.rhythm import BusyHour, HourlyTraffic, MonthSlot, Slot
from roi_tool.traffic.sizing import DecidedBy, Sizing, size_channels
from roi_tool.traffic.trend import Trend


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
        busiest_sixty_minutes: the hour with the most traffic wherever it begins; at least as busy as `busy_hour`.
        typical_busy_hour: the hour of the day that is busiest on an average working day, and its mean erlangs.
        peak_concurrent: the most calls at one time, at `peak_at` for the first time.
        level_seconds: for how many seconds exactly 0, 1, 2, … calls stood between the first call and the last.
        minutes_per_month_by_class: outbound minutes per month by called class.
        outbound_minutes_per_month, inbound_minutes_per_month: the same by direction.
        sizing: channels needed and what decides.
        trend: growth of the traffic with its uncertainty; None for less than four whole weeks.
        hours: every clock hour of the period.
        estimate: set when the bills do not say at what time calls were made: then the busy hour and the channels follow from
            the minutes and its assumptions, `peak_concurrent` is 0, and nothing is known of hours.
        gaps: weeks in the middle without a call: bills that are missing. Their days count in no average and no month.
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
    estimate: MinutesOnly | None = None
    gaps: tuple[Gap, ...] = ()
    busiest_sixty_minutes: BusyHour | None = None

    @property
    def busy_hour_erlangs(self) -> float:
        """Traffic of the busiest clock hour, measured or estimated; 0 without calls."""
        if self.estimate:
            return self.estimate.busy_hour_erlangs
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
        """Return what share of the lines paid for was ever in use at one time; None without lines or without times."""
        return min(self.peak_concurrent, lines) / lines if lines > 0 and self.estimate is None else None

    def bandwidth(self, codec: str = "g711", link: Link = DEFAULT_LINK) -> Bandwidth:
        """Return what the channels needed take of a link one way, all in use; see `traffic.bandwidth`."""
        return measure_bandwidth(codec, self.channels_needed, link)

    def extremes(self, *, busiest: bool) -> Mapping[str, int | str | None]:
        """Return the hour of the day, the weekday (1 is Monday) and the month with the most or the least minutes a day.

        The quietest hour and weekday are sought among those with calls: that an office is closed at night says nothing.
        Months are compared by the minutes per day of theirs that lies in the period. None where nothing is known.
        """
        pick = max if busiest else min
        months = {f"{item.month:%Y-%m}": item.slot for item in self.by_month if item.slot.days}
        chosen: dict[str, int | str | None] = {}
        for name, slots in (("hour", dict(enumerate(self.by_hour))), ("weekday", dict(enumerate(self.by_weekday, 1)))):
            used = {key: slot for key, slot in slots.items() if slot.calls}
            chosen[name] = pick(used, key=lambda key: used[key].minutes_per_day, default=None)
        chosen["month"] = pick(months, key=lambda key: months[key].minutes_per_day, default=None)
        return chosen

    def seconds_beyond(self, lines: int) -> float:
        """Return for how many seconds more calls stood than there are lines."""
        return float(sum(self.level_seconds[max(lines, 0) + 1 :]))
