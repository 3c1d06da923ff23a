"""Which of several time bands holds when: the calendar's rules unrolled into instants, year by year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np

from roi_tool.rating.timeline import Timeline
from roi_tool.tariff import HolidayCalendar, Holidays, TimeBand

DAY_S = 86_400
NO_BAND = -1
_EPOCH = date(1970, 1, 1)

Choice = tuple[TimeBand | None, float]
"""A band (None: always, but every real band of the same weight comes before it) and its weight."""


class Schedule:
    """The border instants of a fixed list of choices in one zone. Years are unrolled when first asked for, and kept."""

    def __init__(self, choices: Sequence[Choice], calendar: HolidayCalendar, timezone: str) -> None:
        self._choices = tuple(choices)
        self._calendar = calendar
        self._timezone = timezone
        self._years: dict[int, tuple[list[int], list[int]]] = {}
        self._spans: dict[tuple[int, int], Timeline] = {}
        self._last = (0, 0, Timeline(np.zeros(1, dtype=np.int64), np.full(1, NO_BAND, dtype=np.int16)))

    def timeline(self, from_ms: int, till_ms: int) -> Timeline:
        """Return the borders that cover `[from_ms, till_ms]` (ms since 1970 UTC)."""
        low, high, known = self._last
        if low <= from_ms and till_ms < high:
            return known
        first, last = _year_of(from_ms), _year_of(till_ms)
        if (first, last) not in self._spans:
            instants: list[int] = []
            winners: list[int] = []
            for year in range(first, last + 1):
                more_instants, more_winners = self._year(year)
                skip = 1 if winners and more_winners and winners[-1] == more_winners[0] else 0
                instants += more_instants[skip:]
                winners += more_winners[skip:]
            self._spans[first, last] = Timeline(np.array(instants, dtype=np.int64), np.array(winners, dtype=np.int16))
        borders = self._spans[first, last]
        self._last = (_year_ms(first), _year_ms(last + 1), borders)
        return borders

    def _year(self, year: int) -> tuple[list[int], list[int]]:
        if year not in self._years:
            holidays = frozenset().union(*(holidays_of(self._calendar, near) for near in (year - 1, year, year + 1)))
            instants: list[int] = []
            winners: list[int] = []
            for start, end, offset in offset_stretches(self._timezone, year):
                for instant, winner in self._stretch(start, end, offset, holidays):
                    if not winners or winners[-1] != winner:
                        instants.append(instant)
                        winners.append(winner)
            self._years[year] = (instants, winners)
        return self._years[year]

    def _stretch(self, start: int, end: int, offset: int, holidays: frozenset[date]) -> list[tuple[int, int]]:
        """Borders within a stretch of one UTC offset; all in ms, `offset` in seconds."""
        found: list[tuple[int, int]] = []
        first_day, last_day = (start // 1000 + offset) // DAY_S, (end // 1000 + offset) // DAY_S
        for day in range(first_day, last_day + 1):
            low = max(start, (day * DAY_S - offset) * 1000)
            high = min(end, ((day + 1) * DAY_S - offset) * 1000)
            if low >= high:
                continue
            spans = [*self._spans_of(day - 1, offset, holidays), *self._spans_of(day, offset, holidays)]
            edges = {low}
            for span in spans:
                edges.update(edge for edge in span[:2] if low < edge < high)
            for edge in sorted(edges):
                held = [span for span in spans if span[0] <= edge < span[1]]
                found.append((edge, max(held, key=lambda span: span[2])[3] if held else NO_BAND))
        return found

    def _spans_of(
        self, day: int, offset: int, holidays: frozenset[date]
    ) -> list[tuple[int, int, tuple[float, bool, int], int]]:
        """Start, end, rank and choice of each window that starts on a local day; the rank decides among windows."""
        spans = []
        when = _EPOCH + timedelta(days=day)
        midnight = (day * DAY_S - offset) * 1000
        for choice, (band, weight) in enumerate(self._choices):
            if band is None:
                spans.append((midnight, midnight + DAY_S * 1000, (weight, False, day * DAY_S), choice))
                continue
            if not holds_on(band, when, holidays):
                continue
            for window in band.windows:
                length = window.end_s + (0 if window.end_s > window.start_s else DAY_S)
                begin, end = midnight + window.start_s * 1000, midnight + length * 1000
                if band.valid_from:
                    begin = max(begin, instant_ms(band.valid_from))
                if band.valid_till:
                    end = min(end, instant_ms(band.valid_till))
                if begin < end:
                    spans.append((begin, end, (weight, True, day * DAY_S + window.start_s), choice))
        return spans


def holds_on(band: TimeBand, when: date, holidays: frozenset[date]) -> bool:
    """Say whether the band's windows start on a local day."""
    return (
        (not band.weekdays or when.isoweekday() in band.weekdays)
        and (not band.months or when.month in band.months)
        and (not band.month_days or when.day in band.month_days)
        and (not band.years or when.year in band.years)
        and (band.holidays is Holidays.ANY or (when in holidays) == (band.holidays is Holidays.ONLY))
    )


@lru_cache(maxsize=256)
def holidays_of(calendar: HolidayCalendar, year: int) -> frozenset[date]:
    """Return a year's holidays: of the country by the `holidays` package, and the calendar's own dates."""
    days: set[date] = set()
    if calendar.country:
        import holidays

        days |= set(holidays.country_holidays(calendar.country, subdiv=calendar.subdivision or None, years=year))
    return frozenset((days | calendar.added) - calendar.removed)


@lru_cache(maxsize=1024)
def offset_stretches(timezone: str, year: int) -> tuple[tuple[int, int, int], ...]:
    """Return the stretches of one UTC offset in a UTC year: start and end in ms, offset in seconds."""
    zone = ZoneInfo(timezone)
    first, last = (int(datetime(when, 1, 1, tzinfo=UTC).timestamp()) for when in (year, year + 1))
    stretches = []
    start, offset = first, _offset(zone, first)
    for midnight in range(first + DAY_S, last + 1, DAY_S):
        there = _offset(zone, midnight)
        if there != offset:
            low, high = midnight - DAY_S, midnight
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if _offset(zone, middle) == offset else (low, middle)
            if high < last:
                stretches.append((start * 1000, high * 1000, offset))
                start, offset = high, there
    stretches.append((start * 1000, last * 1000, offset))
    return tuple(stretches)


def instant_ms(moment: datetime) -> int:
    """Return an aware instant in ms since 1970, floored."""
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def _offset(zone: ZoneInfo, seconds: int) -> int:
    shift = datetime.fromtimestamp(seconds, zone).utcoffset()
    return 0 if shift is None else int(shift.total_seconds())


def _year_of(ms: int) -> int:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=ms)).year


def _year_ms(year: int) -> int:
    return int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) * 1000
