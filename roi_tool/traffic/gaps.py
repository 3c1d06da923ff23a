"""Weeks without a single call in the middle of a busy account: a bill that is missing, not a quiet time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

LEAST_DAYS = 21
"""Longer than any holiday of an office that goes on working afterwards."""
LEAST_EXPECTED = 20.0
"""Calls that would have been expected in the gap at the account's own rate: that all of them are absent is no chance."""

LEAST_KNOWN = 28
"""Days outside the gaps, without which nobody knows what is usual here."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Local days, first and last included, of which no bill was given."""

    first_day: date
    last_day: date


def calls_per_day(local: pd.DatetimeIndex, days: pd.DatetimeIndex) -> npt.NDArray[np.int64]:
    """Return how many calls began on each of `days`."""
    if not len(days):
        return np.zeros(0, dtype=np.int64)
    return np.bincount(day_numbers(local, days), minlength=len(days)).astype(np.int64)


def day_numbers(local: pd.DatetimeIndex, days: pd.DatetimeIndex) -> npt.NDArray[np.int64]:
    """Return the position in `days` of the day on which each call began."""
    return (local.tz_localize(None).normalize() - days[0]).days.to_numpy(dtype=np.int64)


def missing_days(per_day: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Return which days lie in a gap; `per_day` begins and ends with a day that has calls."""
    silent = np.concatenate(([False], per_day == 0, [False]))
    edges = np.flatnonzero(silent[1:] != silent[:-1])
    runs = [(first, after) for first, after in zip(edges[::2], edges[1::2], strict=True) if after - first >= LEAST_DAYS]
    known = len(per_day) - sum(after - first for first, after in runs)
    missing = np.zeros(len(per_day), dtype=bool)
    if known < LEAST_KNOWN:
        return missing
    for first, after in runs:
        if per_day.sum() / known * (after - first) >= LEAST_EXPECTED:
            missing[first:after] = True
    return missing


def gaps_of(days: pd.DatetimeIndex, missing: npt.NDArray[np.bool_]) -> tuple[Gap, ...]:
    """Return the runs of missing days."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], missing, [False])).astype(np.int8)))
    return tuple(
        Gap(days[int(first)].date(), days[int(after) - 1].date()) for first, after in zip(edges[::2], edges[1::2], strict=True)
    )
