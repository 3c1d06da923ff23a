"""When calls happen: by hour of the day, weekday and month, all in the account's own zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd

from roi_tool.problems import Problem, ProblemError
from roi_tool.traffic.concurrency import Occupancy

QUARTER_US = 15 * 60 * 1_000_000
"""Every zone of today is a whole number of quarter hours from UTC, so that hours of any zone are made of these."""

HOUR_US = 4 * QUARTER_US


@dataclass(frozen=True, slots=True)
class Slot:
    """Calls begun in one hour of the day, on one weekday or in one month.

    Attributes:
        calls: calls begun.
        minutes: how long they lasted in all.
        days: days of the period that have this slot, to compare weekdays or months of unequal number.
        peak: most channels taken at one time in this slot.
    """

    calls: int
    minutes: float
    days: int
    peak: int

    @property
    def minutes_per_day(self) -> float:
        """Minutes per day that has this slot."""
        return self.minutes / self.days if self.days else 0.0


@dataclass(frozen=True, slots=True)
class MonthSlot:
    """A calendar month, by its first day."""

    month: date
    slot: Slot


@dataclass(frozen=True, eq=False)
class Begun:
    """The legs of calls with the outside, one row each.

    Attributes:
        local: when the leg began, in the account's zone.
        first_leg: bool, whether it is the first of its call, so that a call counts once.
        minutes: float, how long it lasted.
    """

    local: pd.DatetimeIndex
    first_leg: npt.NDArray[np.bool_]
    minutes: npt.NDArray[np.float64]

    def none(self) -> Begun:
        """Return no legs at all, in the same zone."""
        return Begun(self.local[:0], self.first_leg[:0], self.minutes[:0])


@dataclass(frozen=True, slots=True)
class BusyHour:
    """One hour and its traffic in erlangs (mean number of channels taken)."""

    start: datetime
    erlangs: float


@dataclass(frozen=True, eq=False)
class HourlyTraffic:
    """Clock hours of the account's zone from the first call to the last.

    Attributes:
        starts: the hour's first instant, with zone.
        erlangs: float, mean number of channels taken in it.
        peaks: int, most channels taken at one time in it.
    """

    starts: pd.DatetimeIndex
    erlangs: npt.NDArray[np.float64]
    peaks: npt.NDArray[np.int64]

    @property
    def busiest(self) -> BusyHour | None:
        """The hour with the most traffic, the first of equals; None when there is none."""
        if not len(self.erlangs) or self.erlangs.max() <= 0:
            return None
        at = int(self.erlangs.argmax())
        return BusyHour(self.starts[at].to_pydatetime(), float(self.erlangs[at]))


def zone_of(name: str) -> ZoneInfo:
    """Return a zone by its IANA name.

    Raises:
        ProblemError: `traffic_zone`.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ProblemError(Problem("traffic_zone", detail={"zone": name})) from None


def measure_hours(occupancy: Occupancy, zone: ZoneInfo) -> HourlyTraffic:
    """Return the traffic of every clock hour, exactly: a call that goes past the hour counts in both."""
    if not len(occupancy.at_us):
        return HourlyTraffic(pd.DatetimeIndex([], tz=zone), np.zeros(0), np.zeros(0, dtype=np.int64))
    first, last = int(occupancy.at_us[0]) // QUARTER_US, -(-int(occupancy.at_us[-1]) // QUARTER_US)
    edges = np.arange(first, last + 1, dtype=np.int64) * QUARTER_US
    used = np.diff(occupancy.channel_us_until(edges))
    local = pd.DatetimeIndex(edges[:-1].astype("datetime64[us]"), tz="UTC").tz_convert(zone)
    # An hour begins where the local minute is in the first quarter; the first one may have begun before the first call.
    begins = np.flatnonzero(np.append(True, local.minute[1:].to_numpy() < 15))
    peaks = _peaks(occupancy, edges)
    # Where clocks go back by half an hour (Lord Howe Island), one hour lasts an hour and a half; the first and last are whole.
    lasts = np.maximum(4, np.diff(np.append(begins, len(used))))
    lead = int(local[0].minute) // 15
    starts = local[begins]
    if lead:
        starts = starts.delete(0).insert(0, starts[0] - pd.Timedelta(minutes=15 * lead))
    return HourlyTraffic(
        starts=starts,
        erlangs=np.add.reduceat(used, begins) / (lasts * QUARTER_US),
        peaks=np.maximum.reduceat(peaks, begins),
    )


def busiest_sixty_minutes(occupancy: Occupancy, zone: ZoneInfo) -> BusyHour | None:
    """Return the hour with the most traffic, wherever it begins, exactly; the first of equals, None without calls.

    It is never quieter than the busiest clock hour. The traffic of a moving hour changes its slope only where the hour begins
    or ends with a change of the staircase, so that these are all the places to look at.

    Source: ITU-T E.600 (1993), “busy hour”: the continuous hour for which the traffic is greatest.
    """
    if not occupancy.peak:
        return None
    begins = np.concatenate((occupancy.at_us, occupancy.at_us - HOUR_US))
    used = occupancy.channel_us_until(begins + HOUR_US) - occupancy.channel_us_until(begins)
    most = int(used.max())
    first = int(begins[used == most].min())
    return BusyHour(pd.Timestamp(first, unit="us", tz="UTC").tz_convert(zone).to_pydatetime(), most / HOUR_US)


def _peaks(occupancy: Occupancy, edges: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the most channels taken at one time between successive edges."""
    peaks = occupancy.taken_at(edges[:-1])
    bins = np.searchsorted(edges, occupancy.at_us, side="right") - 1
    inside = bins < len(peaks)
    np.maximum.at(peaks, bins[inside], occupancy.taken[inside])
    return peaks


def slots_by_hour(begun: Begun, days: pd.DatetimeIndex, hours: HourlyTraffic) -> tuple[Slot, ...]:
    """Return the 24 hours of the day; `days` are the days of the period with a bill."""
    return _slots(begun, begun.local.hour, np.full(24, len(days)), hours.starts.hour, hours)


def slots_by_weekday(begun: Begun, days: pd.DatetimeIndex, hours: HourlyTraffic) -> tuple[Slot, ...]:
    """Return the seven weekdays, Monday first."""
    return _slots(begun, begun.local.day_of_week, np.bincount(days.day_of_week, minlength=7), hours.starts.day_of_week, hours)


def slots_by_month(begun: Begun, days: pd.DatetimeIndex, hours: HourlyTraffic) -> tuple[MonthSlot, ...]:
    """Return every calendar month of the period, without calls too; a month whose bill is missing has 0 days."""
    if not len(days):
        return ()
    origin = days[0].year * 12 + days[0].month - 1
    day_counts = np.bincount(days.year * 12 + days.month - 1 - origin)
    # The hour into which a last call runs on may lie in a month in which none began; it stays with the last.
    of_hour = (hours.starts.year * 12 + hours.starts.month - 1 - origin).to_numpy(dtype=np.int64)
    slots = _slots(
        begun,
        begun.local.year * 12 + begun.local.month - 1 - origin,
        day_counts,
        pd.Index(np.minimum(of_hour, len(day_counts) - 1)),
        hours,
    )
    months = (divmod(origin + number, 12) for number in range(len(slots)))
    return tuple(MonthSlot(date(year, month + 1, 1), slot) for (year, month), slot in zip(months, slots, strict=True))


def _slots(
    begun: Begun, slot_of_leg: pd.Index, days: npt.NDArray[np.int64], slot_of_hour: pd.Index, hours: HourlyTraffic
) -> tuple[Slot, ...]:
    """Count calls and minutes where a call began; peaks by the clock hour in which they stood."""
    index = slot_of_leg.to_numpy(dtype=np.int64)
    calls = np.bincount(index[begun.first_leg], minlength=len(days))
    lasted = np.bincount(index, weights=begun.minutes, minlength=len(days))
    peaks = np.zeros(len(days), dtype=np.int64)
    np.maximum.at(peaks, slot_of_hour.to_numpy(dtype=np.int64), hours.peaks)
    rows = zip(calls.tolist(), lasted.tolist(), days.tolist(), peaks.tolist(), strict=True)
    return tuple(Slot(*row) for row in rows)
