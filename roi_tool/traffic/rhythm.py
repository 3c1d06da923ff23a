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


@dataclass(frozen=True, slots=True)
class BusyHour:
    """One clock hour and its traffic in erlangs (mean number of channels taken)."""

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
    lead = int(local[0].minute) // 15
    starts = local[begins]
    if lead:
        starts = starts.delete(0).insert(0, starts[0] - pd.Timedelta(minutes=15 * lead))
    return HourlyTraffic(
        starts=starts,
        erlangs=np.add.reduceat(used, begins) / 3.6e9,
        peaks=np.maximum.reduceat(peaks, begins),
    )


def _peaks(occupancy: Occupancy, edges: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the most channels taken at one time between successive edges."""
    peaks = occupancy.taken_at(edges[:-1])
    bins = np.searchsorted(edges, occupancy.at_us, side="right") - 1
    inside = bins < len(peaks)
    np.maximum.at(peaks, bins[inside], occupancy.taken[inside])
    return peaks
