"""Rates, durations and timings of a CGRateS plan as ours."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal

from roi_tool.money import Rounding
from roi_tool.tariff import Rate, Slot, TimeBand, Window, clock_seconds

Row = Sequence[str]
ROUNDINGS = {"*up": Rounding.UP, "*middle": Rounding.HALF_UP, "*down": Rounding.DOWN}
_SECOND_NS = 1_000_000_000
_UNITS_NS = {"ns": 1, "us": 1000, "µs": 1000, "ms": 10**6, "s": _SECOND_NS, "m": 60 * _SECOND_NS, "h": 3600 * _SECOND_NS}
_PART = re.compile(r"(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)")


def duration_ns(text: str) -> int:
    """Read a Go duration (`1h2m3s`); a bare number is nanoseconds.

    Raises:
        ValueError: it is none.

    >>> duration_ns("1m30s"), duration_ns("10")
    (90000000000, 10)
    """
    given = text.strip()
    if not given:
        return 0
    if given.isdigit():
        return int(given)
    parts = _PART.findall(given)
    if "".join(number + unit for number, unit in parts) != given:
        raise ValueError(f"“{text}” is no duration")
    return int(sum(Decimal(number) * _UNITS_NS[unit] for number, unit in parts))


class PlanRates:
    """Makes our rates out of rows of Rates and DestinationRates; `made` keeps them by id."""

    def __init__(self, rows: Sequence[Row], unit_ns: int) -> None:
        self._unit_ns = unit_ns
        self._by_tag: dict[str, list[Row]] = {}
        for row in rows:
            self._by_tag.setdefault(row[0], []).append((*row, "", "", "", "", "")[:6])
        self.made: dict[str, Rate] = {}

    def add(self, row: Row) -> str:
        """Make the rate of a DestinationRates row; return its id.

        Raises:
            ValueError: its tag has no rates, or a cell cannot be read.
        """
        _, _, tag, method, decimals, cap, strategy = (*row, "", "", "", "", "")[:7]
        if tag not in self._by_tag:
            raise ValueError(f"there are no rates “{tag}”")
        if method and method not in ROUNDINGS:
            raise ValueError(f"“{method}” is no rounding method")
        digits = min(int(decimals or 0), 9)
        limit = Decimal(cap or 0) if strategy == "*free" else Decimal(0)
        name = tag + (f"|{method}{digits}" if digits else "") + (f"|max {limit}" if limit else "")
        if name not in self.made:
            slots = sorted((self._slot(slot) for slot in self._by_tag[tag]), key=lambda slot: slot.from_ms)
            first = min(self._by_tag[tag], key=lambda slot: duration_ns(slot[5]))
            self.made[name] = Rate(
                id=name,
                slots=tuple(slots),
                connect_fee=Decimal(first[1] or 0),
                max_charge=limit or None,
                call_decimals=digits or None,
                call_rounding=ROUNDINGS[method] if digits else None,
            )
        return name

    def _slot(self, row: Row) -> Slot:
        unit = duration_ns(row[3]) or _SECOND_NS
        step = duration_ns(row[4]) or _SECOND_NS
        return Slot(
            price=Decimal(row[2] or 0),
            from_ms=self._units(duration_ns(row[5])),
            unit_ms=self._units(unit),
            increment_ms=self._units(step),
        )

    def _units(self, nanoseconds: int) -> int:
        count, rest = divmod(nanoseconds, self._unit_ns)
        if rest:
            raise ValueError(f"{nanoseconds} ns is no whole number of units of {self._unit_ns} ns")
        return count


def timing_band(timings: Mapping[str, Row], tag: str, since: datetime | None, till: datetime | None) -> TimeBand | None:
    """Return a timing (from its start of day to midnight) between two activations as a band; None is always.

    Raises:
        ValueError: there is no such timing.
    """
    bounded = (since is not None and since.year > 1) or till is not None
    row: Row = (tag, "", "", "", "", "")
    if tag in timings:
        row = (*timings[tag], "", "", "", "", "")[:6]
    elif not tag.startswith("*"):
        raise ValueError(f"there is no timing “{tag}”")
    _, years, months, month_days, weekdays, start = row
    begin = 0 if not start or start.startswith("*") else clock_seconds(start.split(";")[0])
    days = frozenset((int(day) or 7) for day in _numbers(weekdays))
    if not bounded and not any((_numbers(years), _numbers(months), _numbers(month_days), days, begin)):
        return None
    name = tag + (f"@{since:%Y%m%dT%H%M%S}" if since and since.year > 1 else "") + (f"<{till:%Y%m%dT%H%M%S}" if till else "")
    return TimeBand(
        id=name,
        weekdays=days,
        windows=(Window(start_s=begin),),
        months=frozenset(_numbers(months)),
        month_days=frozenset(_numbers(month_days)),
        years=frozenset(_numbers(years)),
        valid_from=since.astimezone(UTC) if since and since.year > 1 else None,
        valid_till=till,
    )


def _numbers(cell: str) -> list[int]:
    return [] if not cell or cell.startswith("*") else [int(part) for part in cell.split(";") if part]
