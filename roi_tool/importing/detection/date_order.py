"""Day first or month first: decided by the whole column and by whatever else proves it, else asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from roi_tool.cdr import Question
from roi_tool.importing.cells.dates import DAY_US, WEEKDAYS, DateOrder, day_of, parse_date, parse_moment, split_date_and_time
from roi_tool.importing.cells.distinct import distinct
from roi_tool.importing.cells.moments import distinct_days
from roi_tool.importing.layout import Role
from roi_tool.importing.plan import Columns, Habits, column_cells
from roi_tool.importing.records.raw_table import RawTable

_OPEN = re.compile(r"^(?:\D{0,12}\s)?(\d{1,4})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{1,4})")
_DOTTED = re.compile(r"^\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}$")
"""`01.08.2016`: where dots part a date, the day comes first."""
_WITH_YEAR = re.compile(
    r"(?<!\d)(?:\d{1,4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,4}日?|\d{1,2}\.? (?:de )?[^\W\d]{3,10}\.? (?:de )?\d{4}"
    r"|[^\W\d]{3,10} \d{1,2},? \d{4})"
)
_AFTER_INVOICE_DAYS = 1
_LONGEST_PERIOD_DAYS, _SEVERAL_YEARS_DAYS = 190, 360
_PACKED = re.compile(r"^\d{8}$|^\d{6}$")
_MONTH_FIRST = frozenset({"US", "PH", "FM", "MH", "PW", "GU", "PR"})
_YEAR_FIRST = frozenset({"CN", "JP", "KR", "TW", "HU", "LT", "MN", "ZA", "SE"})


def find_date_order(  # noqa: PLR0911 - one proof after the other
    table: RawTable, columns: Columns, habits: Habits
) -> tuple[DateOrder, list[Question]]:
    """Return the order of day and month in the table's dates, with a question where nothing proves it."""
    place = columns.place(Role.START) if columns.place(Role.START) is not None else columns.place(Role.DATE)
    if place is None:
        return DateOrder.DMY, []
    days = distinct_days(column_cells(table, place).slice(columns.first()))[:50_000]
    possible = _possible_orders(days)
    if DateOrder.YMD in possible and len(possible) > 1 and habit_of_country(habits.country) is not DateOrder.YMD:
        if _is_year_first(days, possible):
            return DateOrder.YMD, []
        possible.remove(DateOrder.YMD)
    if len(possible) == 1:
        return possible[0], []
    if not possible:
        return DateOrder.DMY, []
    if DateOrder.DMY in possible and days and all(_DOTTED.match(day) for day in days if day[:1].isdigit()):
        return DateOrder.DMY, []
    for proof in (_by_weekday, _by_epoch, _by_period, _by_other_column):
        found = proof(table, columns, possible)
        if found is not None:
            return found, []
    found = _by_span(days, possible)
    if found is not None:
        return found, []
    habit = habit_of_country(habits.country)
    chosen = habit if habit in possible else possible[0]
    return chosen, [Question("ambiguous_date", tuple(order.value for order in possible), tuple(days[:3]))]


def _is_year_first(days: Sequence[str], possible: Sequence[DateOrder]) -> bool:
    """Say whether two-digit parts hold a year before the others: else the bill would span several years."""
    spans = {}
    for order in possible:
        numbers = {number for number in (parse_date(day, order, 2024) for day in days) if number is not None}
        spans[order] = max(numbers) - min(numbers) if numbers else 0
    others = [span for order, span in spans.items() if order is not DateOrder.YMD]
    return len(days) > 1 and spans[DateOrder.YMD] <= _LONGEST_PERIOD_DAYS and min(others) > _SEVERAL_YEARS_DAYS


def habit_of_country(country: str) -> DateOrder:
    """Return how a country writes dates in numbers."""
    if country in _MONTH_FIRST:
        return DateOrder.MDY
    return DateOrder.YMD if country in _YEAR_FIRST else DateOrder.DMY


def _possible_orders(days: Sequence[str]) -> list[DateOrder]:
    """Return the orders under which every open date reads; [] when no date is open."""
    open_days = [
        day
        for day in days
        if (_OPEN.match(day) and not re.match(r"^\D{0,12}\d{4}", day))
        or _PACKED.match(day)
        or re.match(r"^\d{1,2}[-/.]\d{1,2}\.?$", day)
    ]
    if not open_days:
        return []
    scores = {
        order: sum(parse_date(day, order, 2024) is not None for day in open_days)
        for order in (DateOrder.DMY, DateOrder.MDY, DateOrder.YMD)
    }
    best = max(scores.values())
    # Totals and stray texts may stand among the dates: the order that reads clearly more of them is proved.
    kept = [order for order, count in scores.items() if count == best and best]
    if DateOrder.YMD in kept and len(kept) > 1:
        readings = {order: [parse_date(day, order, 2024) for day in open_days] for order in kept}
        same = [order for order in kept if order is not DateOrder.YMD and readings[order] == readings[DateOrder.YMD]]
        if same or not all(re.match(r"^\d{2}[-/.]\d{1,2}[-/.]\d{2}$|^\d{6}$|^\d{8}$", day) for day in open_days):
            kept.remove(DateOrder.YMD)
    readings_of = {order: tuple(parse_date(day, order, 2024) for day in open_days) for order in kept}
    return kept if len(set(readings_of.values())) > 1 else kept[:1]


def _rows(table: RawTable, columns: Columns, role: Role, limit: int = 2000) -> list[tuple[str, str]]:
    """Return pairs of the date's cell and another column's cell."""
    when = columns.place(Role.START) if columns.place(Role.START) is not None else columns.place(Role.DATE)
    other = columns.place(role)
    if when is None or other is None:
        return []
    first = columns.first()
    left = column_cells(table, when).slice(first, limit).to_pylist()
    right = column_cells(table, other).slice(first, limit).to_pylist()
    return [(a.strip(), b.strip()) for a, b in zip(left, right, strict=True) if a.strip() and b.strip()]


def _vote(pairs: list[tuple[str, str]], possible: Sequence[DateOrder], agrees: object) -> DateOrder | None:
    counts = dict.fromkeys(possible, 0)
    for day_text, other in pairs:
        for order in possible:
            day = parse_date(split_date_and_time(day_text)[0], order)
            if day is not None and callable(agrees) and agrees(day, other):
                counts[order] += 1
    ranked = sorted(counts.items(), key=lambda item: -item[1])
    if len(ranked) > 1 and ranked[0][1] > max(2 * ranked[1][1], 0) and ranked[0][1] >= 1:
        return ranked[0][0]
    return None


def _by_weekday(table: RawTable, columns: Columns, possible: Sequence[DateOrder]) -> DateOrder | None:
    def agrees(day: int, other: str) -> bool:
        return WEEKDAYS.get(other.casefold().rstrip("."), -1) == (day + 3) % 7

    beside = _vote(_rows(table, columns, Role.WEEKDAY), possible, agrees)
    if beside is not None:
        return beside
    own = Role.START if columns.has(Role.START) else Role.DATE
    within = [(day, day.split()[0].strip(",")) for day, _ in _rows(table, columns, own) if not day[:1].isdigit()]
    return _vote(within, possible, agrees)


def _by_epoch(table: RawTable, columns: Columns, possible: Sequence[DateOrder]) -> DateOrder | None:
    """An Asterisk `uniqueid` begins with the epoch second of the call."""

    def agrees(day: int, other: str) -> bool:
        match = re.search(r"(?<!\d)(1[0-9]{9})(?!\d)", other)
        return bool(match) and abs(int(match.group(1)) / 86400 - day - 0.5) < 1.6 if match else False

    for role in (Role.EPOCH, Role.CALL_ID, Role.GROUP):
        found = _vote(_rows(table, columns, role), possible, agrees)
        if found is not None:
            return found
    return None


def _by_period(table: RawTable, columns: Columns, possible: Sequence[DateOrder]) -> DateOrder | None:
    """Dates of the preamble (a billing period, an invoice date) that can be read in one order only."""
    texts = " ".join(cell for record in table.head(min(columns.first(), 30)) for cell in record)
    found = re.findall(r"\b\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}\b", texts)
    fitting = [order for order in possible if found and all(parse_date(text, order) is not None for text in found)]
    return fitting[0] if len(fitting) == 1 else None


def _by_other_column(table: RawTable, columns: Columns, possible: Sequence[DateOrder]) -> DateOrder | None:
    """An end or answer that is written unambiguously settles the start."""
    for role in (Role.END, Role.ANSWER):

        def agrees(day: int, other: str) -> bool:
            readings = {parse_moment(other, order) for order in DateOrder} - {None}
            return len(readings) == 1 and any(
                item is not None and abs(item[0] // 86_400_000_000 - day) <= 1 for item in readings
            )

        found = _vote(_rows(table, columns, role), possible, agrees)
        if found is not None:
            return found
    return None


def _by_span(days: Sequence[str], possible: Sequence[DateOrder]) -> DateOrder | None:
    """One month of calls that under another order would be one day of each month is told by its spread."""
    spans: dict[DateOrder, tuple[int, int]] = {}
    today = (date.today() - date(1970, 1, 1)).days + 2  # noqa: DTZ011 - a bill may come from a zone ahead of ours
    for order in possible:
        numbers = sorted({number for number in (parse_date(day, order, 2024) for day in days) if number is not None})
        if numbers:
            spans[order] = (numbers[-1] - numbers[0], len(numbers))
    past = [order for order in possible if order in spans and max(parse_date(day, order, 2024) or 0 for day in days) <= today]
    if len(spans) < 2:
        return None
    ranked = sorted(spans.items(), key=lambda item: item[1][0])
    (best, (narrow, count)), (_, (wide, _)) = ranked[0], ranked[1]
    if count >= 4 and narrow <= 40 and wide >= 85:
        return best
    return past[0] if len(past) == 1 and len(days) >= 4 else None


def year_of_dates(table: RawTable, columns: Columns, order: DateOrder) -> tuple[int, int] | None:
    """Return the year of dates that show none, and the last day that may lie in it (since 1970): later ones are a year before.

    The preamble's dates tell (a billing period, the day of the invoice), else the day at the desk.
    """
    place = columns.place(Role.DATE) if columns.has(Role.DATE) else columns.place(Role.START)
    if place is None:
        return None
    texts = [text for text in distinct(column_cells(table, place).slice(columns.first(), 200))[0] if text][:20]
    if not texts or any(parse_date(split_date_and_time(text)[0], order) is not None for text in texts):
        return None
    latest = max(_days_of_preamble(table, columns, order), default=_today())
    return day_of(latest * DAY_US).year, latest + _AFTER_INVOICE_DAYS


def _days_of_preamble(table: RawTable, columns: Columns, order: DateOrder) -> list[int]:
    """Return the days that stand above the titles: a billing period, the day of the invoice."""
    texts = [cell for record in table.head(min(columns.first(), 30)) for cell in record]
    found = [match for text in texts for match in _WITH_YEAR.findall(text)]
    days = [parse_date(text.strip(), order) for text in found]
    return [day for day in days if day is not None and day <= _today()]


def _today() -> int:
    return (date.today() - date(1970, 1, 1)).days  # noqa: DTZ011 - the day at the desk is meant
