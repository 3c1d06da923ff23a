"""Does the traffic grow? A straight line through whole weeks, with the range that its scatter allows."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

LEAST_WEEKS = 4
_WEEKS_PER_MONTH = 365.25 / 12 / 7


@dataclass(frozen=True, slots=True)
class Trend:
    """Change of the traffic per month, as a share of its mean: 0.02 is 2 % more each month.

    Attributes:
        per_month: by least squares through the minutes of whole weeks.
        low, high: ends of its 95 % confidence interval (Student's t).
        weeks: whole weeks it rests on.
    """

    per_month: float
    low: float
    high: float
    weeks: int

    @property
    def is_certain(self) -> bool:
        """Whether the interval leaves out 0, so that the direction can be told at all."""
        return self.low > 0 or self.high < 0


def measure_trend(day: npt.NDArray[np.int64], minutes: npt.NDArray[np.float64], missing: npt.NDArray[np.bool_]) -> Trend | None:
    """Return the trend; None for less than `LEAST_WEEKS` whole weeks or no minutes.

    Args:
        day: on which day of the period each call began, counted from 0.
        minutes: length of each call.
        missing: for each day of the period, whether its bill is missing; a week with such a day is left out.
    """
    # Weeks are counted back from the last day: the first day of a bill is more often a part of one.
    weeks, lead = divmod(len(missing), 7)
    week = (day - lead) // 7
    whole = week >= 0
    sums = np.bincount(week[whole], weights=minutes[whole], minlength=weeks).astype(np.float64)
    known = np.flatnonzero(~missing[lead:].reshape(weeks, 7).any(axis=1))
    return fit_trend(sums[known], known.astype(np.float64))


def fit_trend(weekly: npt.NDArray[np.float64], at: npt.NDArray[np.float64] | None = None) -> Trend | None:
    """Return the trend of weekly sums; None when there are fewer than `LEAST_WEEKS` or they are all zero.

    Args:
        weekly: minutes of each week.
        at: number of each week, by default 0, 1, 2, …
    """
    count = len(weekly)
    mean = float(weekly.mean()) if count else 0.0
    if count < LEAST_WEEKS or mean <= 0:
        return None
    x = np.arange(count, dtype=np.float64) if at is None else at
    x = x - x.mean()
    spread = float(np.dot(x, x))
    slope = float(np.dot(x, weekly)) / spread
    rest = weekly - mean - slope * x
    error = math.sqrt(max(0.0, float(np.dot(rest, rest))) / (count - 2) / spread)
    reach = student_t_975(count - 2) * error
    scale = _WEEKS_PER_MONTH / mean
    return Trend(slope * scale, (slope - reach) * scale, (slope + reach) * scale, count)


def student_t_975(degrees: int) -> float:
    """Return the 97.5 % point of Student's t: exact to two degrees of freedom, within 0.2 % beyond.

    Source: M. Abramowitz, I. Stegun, Handbook of Mathematical Functions (1964), 26.7.5, from three degrees on; 26.7.1 for one
    and two, which have closed forms.
    """
    if degrees == 1:
        return math.tan(math.pi * 0.475)
    if degrees == 2:
        return 0.95 * math.sqrt(2.0 / (1.0 - 0.95**2))
    z, n = 1.959963984540054, float(degrees)
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    fourth = (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160
    return z + first / n + second / n**2 + third / n**3 + fourth / n**4
