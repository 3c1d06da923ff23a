"""The calls of a typical customer, for a first answer before any bill: from the price book's table, the same every time."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from roi_tool.cdr import CallTable, make_calls
from roi_tool.pricebook import PriceBook, TypicalCall
from roi_tool.problems import Problem, ProblemError

WORKING_DAYS = 21
MOST_SEATS = 10_000
"""A larger customer's calls are not made up: it takes long, and so much money deserves its bills."""
_OPENS, _OPEN_HOURS = 9, 8


def typical_calls(book: PriceBook, seats: int) -> CallTable:
    """Return one month of calls for so many seats, spread evenly over office hours of the month before the book begins.

    The minutes of each kind are those of the book's table to the millisecond; calls of a kind are equally long.

    Raises:
        ProblemError: the book has no typical calls (`no_calls_at_all`); too many seats (`typical_too_many`).
    """
    if seats > MOST_SEATS:
        raise ProblemError(Problem("typical_too_many", detail={"seats": str(seats), "most": str(MOST_SEATS)}))
    if not book.typical_calls:
        raise ProblemError(Problem("no_calls_at_all", detail={"book": book.id}))
    days = _working_days(book)
    columns: dict[str, list[object]] = {"start": [], "called": [], "called_class": [], "duration_ms": []}
    for kind in book.typical_calls:
        for start, duration_ms in _calls_of_kind(kind, seats, days):
            columns["start"].append(start)
            columns["called"].append(kind.called)
            columns["called_class"].append(kind.called_class)
            columns["duration_ms"].append(duration_ms)
    return make_calls(columns, timezone=book.timezone, country=book.country, currency=book.currency, tax_included=False)


def _working_days(book: PriceBook) -> list[datetime]:
    """Return the opening times of the first working days of the month before the book begins."""
    month = (book.valid_from.replace(day=1) - timedelta(days=1)).replace(day=1)
    first = datetime(month.year, month.month, 1, _OPENS, tzinfo=ZoneInfo(book.timezone))
    days = [first + timedelta(days=number) for number in range(31)]
    return [day for day in days if day.isoweekday() <= 5][:WORKING_DAYS]


def _calls_of_kind(kind: TypicalCall, seats: int, days: list[datetime]) -> list[tuple[datetime, int]]:
    total_ms = int(kind.minutes_per_seat * seats * 60_000)
    if not total_ms:
        return []
    count = max(1, int((Decimal(total_ms) / 1000 / kind.mean_seconds).to_integral_value()))
    each, left = divmod(total_ms, count)
    open_seconds = _OPEN_HOURS * 3600
    calls = []
    for number in range(count):
        at = number * len(days) * open_seconds // count
        start = days[at // open_seconds] + timedelta(seconds=at % open_seconds)
        calls.append((start, each + (left if number == 0 else 0)))
    return calls
