"""When an office calls and how long: two peaks a day, a lunch dip, quiet evenings, weekends and holidays, log-normal talks."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

# Share of a working day's calls by hour of the day, any unit.
OFFICE_HOURS: tuple[float, ...] = (
    0.02, 0.01, 0.01, 0.01, 0.02, 0.05, 0.15, 0.6, 3.2, 9.3, 12.6, 11.8,
    6.9, 6.2, 10.4, 11.6, 9.8, 5.2, 1.5, 0.6, 0.35, 0.2, 0.1, 0.05,
)  # fmt: skip
# Fewer people are in on Monday mornings than on Tuesdays; Friday afternoons are short.
WEEKDAYS: tuple[float, ...] = (1.04, 1.12, 1.06, 1.05, 0.86, 0.055, 0.03)


@dataclass(frozen=True)
class Pattern:
    """The calling day of one office. `per_day` is the mean number of calls on a plain working day."""

    per_day: float
    hours: Sequence[float] = OFFICE_HOURS
    weekdays: Sequence[float] = WEEKDAYS
    months: Mapping[int, float] = field(default_factory=dict)
    holidays: Collection[date] = ()


def days_of(first: date, months: int) -> Iterator[date]:
    """Yield every day of `months` whole months from the first of a month on."""
    end_index = first.year * 12 + first.month - 1 + months
    end = date(end_index // 12, end_index % 12 + 1, 1)
    day = first
    while day < end:
        yield day
        day += timedelta(days=1)


def call_times(rng: Random, pattern: Pattern, days: Iterator[date]) -> list[datetime]:
    """Return local start times, sorted, with whole seconds."""
    times = []
    for day in days:
        level = pattern.weekdays[6] if day in pattern.holidays else pattern.weekdays[day.weekday()]
        expected = pattern.per_day * level * pattern.months.get(day.month, 1.0)
        count = max(0, round(expected * (1 + 0.08 * rng.gauss(0, 1)) + 0.5 * math.sqrt(expected) * rng.gauss(0, 1)))
        midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - local time
        times += [
            midnight + timedelta(hours=hour, seconds=rng.randrange(3600))
            for hour in rng.choices(range(24), weights=pattern.hours, k=count)
        ]
    return sorted(times)


def talk_seconds(rng: Random, median: float, spread: float = 1.1, longest: int = 7200) -> int:
    """Draw a log-normal call duration in whole seconds, at least one; what would outlast `longest` is drawn again."""
    while (seconds := round(rng.lognormvariate(math.log(median), spread))) > longest:
        pass
    return max(1, seconds)
