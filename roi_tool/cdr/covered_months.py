"""Which months bills cover: whole, in part, or not at all. Days and months only; money is scaled elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import takewhile

from roi_tool.cdr.bill import Bill, ChargeKind

Span = tuple[date, date]
"""Half-open."""
_QUIET_DAYS = 4
"""A month of calls may begin or end with a long weekend."""
_NEARLY = Fraction(1, 5)


@dataclass(frozen=True, slots=True)
class MonthCovered:
    """A month of a bill's own count: of the calendar, or from the day on which its periods begin."""

    start: date
    end: date
    days_covered: int

    @property
    def days(self) -> int:
        """Days of the month."""
        return (self.end - self.start).days

    @property
    def state(self) -> str:
        """`full`, `partial` or `missing`."""
        return "full" if self.days_covered >= self.days else "partial" if self.days_covered else "missing"

    @property
    def named(self) -> date:
        """The first day of the calendar month that most of it lies in."""
        return (self.start + timedelta(days=15)).replace(day=1)


@dataclass(frozen=True, slots=True)
class AccountCovered:
    """The bills of one carrier and layout, and the months between their first and last day."""

    name: str
    bills: tuple[Bill, ...]
    months: tuple[MonthCovered, ...]

    @property
    def months_counted(self) -> Fraction:
        """How many months that is: see `months_counted`."""
        return months_counted(self.months)

    @property
    def first_day(self) -> date:
        """The first day that a bill covers."""
        return min(span[0] for bill in self.bills if (span := span_of_bill(bill)) is not None)

    @property
    def last_day(self) -> date:
        """The last day that a bill covers."""
        return max(span[1] for bill in self.bills if (span := span_of_bill(bill)) is not None) - timedelta(days=1)


def span_of_bill(bill: Bill) -> Span | None:
    """Return the days that a bill covers, None when neither it nor its calls tell.

    A period that only the calls tell reaches to the edge of a month which they nearly reach: nobody calls on a holiday. With
    rentals on the bill it is made of whole months, however few the calls are.
    """
    told = _days_of_calls(bill)
    stated = (bill.period_start, bill.period_end) if bill.period_start and bill.period_end else None
    if stated is not None and stated != told and stated[0] < stated[1]:
        return stated
    if told is None:
        return None
    start, end = _to_edges(*told)
    if any(charge.kind is ChargeKind.RECURRING for charge in bill.charges):
        end = _whole_months_after(start, end)
    return start, end


def months_covered(spans: Sequence[Span]) -> tuple[MonthCovered, ...]:
    """Return every month from the first day to the last, those between without a bill included.

    >>> [month.state for month in months_covered([(date(2026, 5, 1), date(2026, 6, 1)), (date(2026, 7, 1), date(2026, 7, 13))])]
    ['full', 'missing', 'partial']
    """
    if not spans:
        return ()
    merged = merged_spans(spans)
    day = _first_day_of_periods(merged)
    first, last = merged[0][0], merged[-1][1]
    start = first.replace(day=day) if first.day >= day else _month_before(first.replace(day=1)).replace(day=day)
    found = []
    while start < last:
        end = _month_after(start)
        days = sum(max(0, (min(end, stop) - max(start, begin)).days) for begin, stop in merged)
        found.append(MonthCovered(start, end, days))
        start = end
    return tuple(found)


def months_counted(months: Sequence[MonthCovered]) -> Fraction:
    """Return how many months that is: a part of a month counts as the share of its days.

    What is nearly a whole number of months counts as one: a quiet first week is no shorter month.

    >>> months_counted(months_covered([(date(2026, 5, 1), date(2026, 6, 1)), (date(2026, 6, 1), date(2026, 6, 13))]))
    Fraction(7, 5)
    >>> months_counted(months_covered([(date(2026, 5, 11), date(2026, 6, 8))]))
    Fraction(1, 1)
    """
    counted = sum((Fraction(month.days_covered, month.days) for month in months), Fraction(0))
    whole = round(counted)
    return Fraction(whole) if whole and abs(counted - whole) <= _NEARLY else counted


def merged_spans(spans: Sequence[Span]) -> list[Span]:
    """Return spans in order, those that touch or overlap put together."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def accounts_covered(bills: Sequence[Bill]) -> tuple[AccountCovered, ...]:
    """Return the months of each carrier's bills; bills of one carrier and shape, or of one layout, belong together."""
    groups: dict[tuple[str, ...], list[Bill]] = {}
    for bill in bills:
        if span_of_bill(bill) is not None:
            groups.setdefault(_key(bill), []).append(bill)
    found = []
    for group in groups.values():
        spans = [span for bill in group if (span := span_of_bill(bill)) is not None]
        found.append(AccountCovered(_name(group), tuple(group), months_covered(spans)))
    return tuple(found)


def _key(bill: Bill) -> tuple[str, ...]:
    first = bill.files[0] if bill.files else None
    if first is None:
        return (bill.carrier,)
    return (bill.carrier, first.layout if first.layout != "detected" else first.shape)


def _name(bills: Sequence[Bill]) -> str:
    """Return the carrier, else what the files' names have in common, else the first file's name."""
    if bills[0].carrier:
        return bills[0].carrier
    names = [re.split(r"[\\/]", bill.files[0].path)[-1] for bill in bills if bill.files]
    stems = [name.rsplit(".", 1)[0] for name in names]
    alike = "".join(letters[0] for letters in takewhile(lambda letters: len(set(letters)) == 1, zip(*stems, strict=False)))
    common = re.sub(r"[\W\d_]+$", "", alike) if len(stems) > 1 else ""
    return common or next(iter(names), "–")


def _days_of_calls(bill: Bill) -> Span | None:
    if not len(bill.calls):
        return None
    local = bill.calls.frame["start"].dt.tz_convert(bill.calls.timezone)
    return local.min().date(), local.max().date() + timedelta(days=1)


def _to_edges(start: date, end: date) -> Span:
    after = _month_after((end - timedelta(days=1)).replace(day=1))
    return (
        start.replace(day=1) if start.day <= 1 + _QUIET_DAYS else start,
        after if (after - end).days <= _QUIET_DAYS else end,
    )


def _whole_months_after(start: date, end: date) -> date:
    """Return the first day at or after `end` that lies whole months after `start`."""
    month, count = start.replace(day=1), 0
    while (found := _on_day(month, start.day)) < end or not count:
        month, count = _month_after(month), count + 1
    return found


def _on_day(month: date, day: int) -> date:
    """Return a day of a month, its last where it has no such day."""
    return min(month + timedelta(days=day - 1), _month_after(month) - timedelta(days=1))


def _first_day_of_periods(merged: Sequence[Span]) -> int:
    """Return the day on which the carrier's months begin: 1 unless each span is made of whole months from another day."""
    days = {start.day for start, _ in merged} | {end.day for _, end in merged}
    day = days.pop()
    return day if not days and day <= 28 else 1


def _month_after(day: date) -> date:
    return day.replace(year=day.year + day.month // 12, month=day.month % 12 + 1)


def _month_before(day: date) -> date:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)
