"""Which of several time bands holds when: the calendar's rules unrolled into instants, year by year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from heapq import heappop, heappush
from zoneinfo import ZoneInfo

import numpy as np

from roi_tool.rating.timeline import Timeline
from roi_tool.tariff import HolidayCalendar, Holidays, TimeBand

DAY_S = 86_400
DAY_MS = DAY_S * 1000
NO_BAND = -1
_EPOCH = date(1970, 1, 1)

Span = tuple[int, int, tuple[float, bool, int], int]
"""Start and end in ms since midnight, the rank (weight, a real band, start of the window), the choice."""
Choice = tuple[TimeBand | None, float]
"""A band (None: always, but every real band of the same weight comes before it) and its weight."""


class Schedule:
    """The border instants of a fixed list of choices in one zone. Years are unrolled when first asked for, and kept."""

    def __init__(self, choices: Sequence[Choice], calendar: HolidayCalendar, timezone: str) -> None:
        self._choices = tuple(choices)
        self._calendar = calendar
        self._timezone = timezone
        self._patterns: dict[tuple[tuple[int, ...], ...], list[tuple[int, int]]] = {}
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
        before = self._choices_of(first_day - 1, holidays)
        for day in range(first_day, last_day + 1):
            today = self._choices_of(day, holidays)
            midnight = (day * DAY_S - offset) * 1000
            low, high = max(start, midnight), min(end, midnight + DAY_MS)
            if low < high:
                found += self._day(midnight, low, high, before, today)
            before = today
        return found

    def _choices_of(self, day: int, holidays: frozenset[date]) -> tuple[int, ...]:
        """Return the choices whose windows start on a local day."""
        when = _EPOCH + timedelta(days=day)
        return tuple(choice for choice, (band, _) in enumerate(self._choices) if band is None or holds_on(band, when, holidays))

    def _day(
        self, midnight: int, low: int, high: int, before: tuple[int, ...], today: tuple[int, ...]
    ) -> list[tuple[int, int]]:
        """Borders of one local day between two instants; a day like an earlier one is not worked out again."""
        dated = any(self._has_border(choice, midnight) for choice in {*before, *today})
        valid = tuple(choice for choice in sorted({*before, *today}) if dated or self._is_valid(choice, midnight))
        key = (before, today, valid)
        pattern = None if dated else self._patterns.get(key)
        if pattern is None:
            spans = [*self._windows(before, -DAY_MS, valid, midnight), *self._windows(today, 0, valid, midnight)]
            pattern = _winners(spans)
            if not dated:
                self._patterns[key] = pattern
        at = [(midnight + begin, winner) for begin, winner in pattern]
        held = [winner for instant, winner in at if instant <= low]
        return [(low, held[-1]), *((instant, winner) for instant, winner in at if low < instant < high)]

    def _has_border(self, choice: int, midnight: int) -> bool:
        band = self._choices[choice][0]
        ends = (band.valid_from, band.valid_till) if band else ()
        return any(moment and midnight <= instant_ms(moment) < midnight + DAY_MS for moment in ends)

    def _is_valid(self, choice: int, midnight: int) -> bool:
        band = self._choices[choice][0]
        if band is None:
            return True
        begun = band.valid_from is None or instant_ms(band.valid_from) <= midnight
        return begun and (band.valid_till is None or midnight < instant_ms(band.valid_till))

    def _windows(self, choices: tuple[int, ...], shift: int, valid: tuple[int, ...], midnight: int) -> list[Span]:
        """Windows that start `shift` ms from midnight, cut to `[0, one day)` and to the band's dates."""
        spans: list[Span] = []
        for choice in choices:
            band, weight = self._choices[choice]
            if choice not in valid:
                continue
            if band is None:
                spans.append((max(shift, 0), max(shift + DAY_MS, 0), (weight, False, shift), choice))
                continue
            for window in band.windows:
                lasting = window.end_s - window.start_s + (0 if window.end_s > window.start_s else DAY_S)
                begin = shift + window.start_s * 1000
                low, high = max(begin, 0), min(begin + lasting * 1000, DAY_MS)
                if band.valid_from:
                    low = max(low, instant_ms(band.valid_from) - midnight)
                if band.valid_till:
                    high = min(high, instant_ms(band.valid_till) - midnight)
                if low < high:
                    spans.append((low, high, (weight, True, begin), choice))
        return spans


def _winners(spans: list[Span]) -> list[tuple[int, int]]:
    """Return from when on which choice wins on a day: of the windows that hold, the highest weight, then the latest start."""
    edges = sorted({0, *(span[0] for span in spans), *(span[1] for span in spans if span[1] < DAY_MS)})
    coming = sorted(spans, reverse=True)
    held: list[tuple[float, bool, int, int, int]] = []
    found: list[tuple[int, int]] = []
    for edge in edges:
        while coming and coming[-1][0] <= edge:
            _, end, (weight, named, begin), choice = coming.pop()
            heappush(held, (-weight, not named, -begin, end, choice))
        while held and held[0][3] <= edge:
            heappop(held)
        winner = held[0][4] if held else NO_BAND
        if not found or found[-1][1] != winner:
            found.append((edge, winner))
    return found


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
