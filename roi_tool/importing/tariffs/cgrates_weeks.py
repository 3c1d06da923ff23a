"""Bands as CGRateS timings. A timing has no end, so each day is cut where the price changes and every stretch is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from roi_tool.problems import Problem, ProblemError
from roi_tool.tariff import DeckEntry, Holidays, TimeBand

_DAY_S = 86_400
_WEEK = range(1, 8)
PLAIN_WEIGHT, CALENDAR_WEIGHT = 10, 20

Days = tuple[frozenset[int], frozenset[int], frozenset[int]]
"""Years, months and days of the month; empty is all."""
EVERY_DAY: Days = (frozenset(), frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `start_s` of these days the rate holds, until the next stretch of the day."""

    rate: str
    days: Days
    weekdays: tuple[int, ...]
    start_s: int
    weight: int

    @property
    def is_always(self) -> bool:
        """Whether it is the whole of every day."""
        return self.days == EVERY_DAY and len(self.weekdays) == 7 and self.start_s == 0


def stretches(
    prefix: str, entries: Sequence[DeckEntry], bands: dict[str, TimeBand], holidays: frozenset[date] = frozenset()
) -> tuple[Stretch, ...]:
    """Return the week of a prefix as stretches, special days (by month, day or year) after it with a higher weight.

    `holidays` are the calendar's; bands that ask for them are spelled out date by date.

    Raises:
        ProblemError: some time has no price (CGRateS stops working when a call runs into it), or two kinds of special days can
            fall on one date.
    """
    kinds = dict.fromkeys(_days_of(bands[entry.band]) for entry in entries if entry.band)
    special = [days for days in kinds if days != EVERY_DAY]
    if any(_may_meet(first, second) for place, first in enumerate(special) for second in special[place + 1 :]):
        raise ProblemError(
            Problem("cgrates_cannot_entry", detail={"prefix": prefix, "what": "months, days or years that overlap"})
        )
    plain = [entry for entry in entries if not entry.band or _days_of(bands[entry.band]) == EVERY_DAY]
    found = _weekly(prefix, plain, bands, EVERY_DAY)
    for days in special:
        with_special = [entry for entry in entries if entry in plain or _days_of(bands[entry.band]) == days]
        found += _weekly(prefix, with_special, bands, days)
    if any(entry.band and bands[entry.band].holidays is not Holidays.ANY for entry in entries):
        if special:
            what = "holidays beside months, days or years"
            raise ProblemError(Problem("cgrates_cannot_entry", detail={"prefix": prefix, "what": what}))
        found += _holidays(prefix, entries, bands, holidays)
    return tuple(found)


def _holidays(
    prefix: str, entries: Sequence[DeckEntry], bands: dict[str, TimeBand], holidays: frozenset[date]
) -> list[Stretch]:
    """Holidays, and the days after them into which their windows run, wherever they differ from the plain week."""
    one = timedelta(days=1)
    grouped: dict[tuple[int, int, tuple[tuple[int, str], ...]], list[int]] = {}
    for day in sorted({*holidays, *(holiday + one for holiday in holidays)}):
        weekday = day.isoweekday()
        cuts = _day(entries, bands, weekday, day in holidays, day - one in holidays)
        if any(not rate for _, rate in cuts):
            raise ProblemError(Problem("cgrates_gap", detail={"prefix": prefix, "day": day.isoformat()}))
        if cuts != _day(entries, bands, weekday):
            grouped.setdefault((day.year, day.month, tuple(cuts)), []).append(day.day)
    return [
        Stretch(rate, (frozenset({year}), frozenset({month}), frozenset(days)), tuple(_WEEK), start, CALENDAR_WEIGHT)
        for (year, month, cuts), days in grouped.items()
        for start, rate in cuts
    ]


def _days_of(band: TimeBand) -> Days:
    return band.years, band.months, band.month_days


def _may_meet(first: Days, second: Days) -> bool:
    return all(not one or not other or one & other for one, other in zip(first, second, strict=True))


def _weekly(prefix: str, entries: Sequence[DeckEntry], bands: dict[str, TimeBand], days: Days) -> list[Stretch]:
    by_day: dict[tuple[tuple[int, str], ...], list[int]] = {}
    for weekday in _WEEK:
        cuts = _day(entries, bands, weekday)
        if any(not rate for _, rate in cuts) or not cuts:
            raise ProblemError(Problem("cgrates_gap", detail={"prefix": prefix, "day": str(weekday)}))
        by_day.setdefault(tuple(cuts), []).append(weekday)
    weight = PLAIN_WEIGHT if days == EVERY_DAY else CALENDAR_WEIGHT
    return [Stretch(rate, days, tuple(weekdays), start, weight) for cuts, weekdays in by_day.items() for start, rate in cuts]


def _day(
    entries: Sequence[DeckEntry], bands: dict[str, TimeBand], weekday: int, holiday: bool = False, after_holiday: bool = False
) -> list[tuple[int, str]]:
    """Cut one day: (start, rate), "" where nothing holds. Windows of the day before may run into it."""
    spans: list[tuple[int, int, tuple[float, bool, int], str]] = []
    for entry in entries:
        if not entry.band:
            spans.append((0, _DAY_S, (entry.weight, False, 0), entry.rate))
            continue
        band = bands[entry.band]
        for shift, day, is_holiday in ((-_DAY_S, (weekday - 2) % 7 + 1, after_holiday), (0, weekday, holiday)):
            if band.weekdays and day not in band.weekdays:
                continue
            if band.holidays is not Holidays.ANY and is_holiday != (band.holidays is Holidays.ONLY):
                continue
            for window in band.windows:
                length = window.end_s + (0 if window.end_s > window.start_s else _DAY_S)
                start = window.start_s + shift
                spans.append((start, length + shift, (entry.weight, True, start), entry.rate))
    edges = sorted({0, *(edge for span in spans for edge in span[:2] if 0 < edge < _DAY_S)})
    cuts: list[tuple[int, str]] = []
    for edge in edges:
        held = [span for span in spans if span[0] <= edge < span[1]]
        rate = max(held, key=lambda span: span[2])[3] if held else ""
        if not cuts or cuts[-1][1] != rate:
            cuts.append((edge, rate))
    return cuts
