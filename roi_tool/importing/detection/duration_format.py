"""How durations are written, judged by title, by all cells, and against start and end, charges and a second duration column."""

from __future__ import annotations

import re

import numpy as np

from roi_tool.cdr import Question
from roi_tool.importing.cells.amounts import parse_amount
from roi_tool.importing.cells.dates import DAY_US, DateOrder, parse_moment, parse_time
from roi_tool.importing.cells.distinct import distinct
from roi_tool.importing.cells.durations import DurationFormat, parse_duration
from roi_tool.importing.detection.titles import duration_unit_of_title
from roi_tool.importing.layout import Role
from roi_tool.importing.plan import Columns, column_cells
from roi_tool.importing.records.raw_table import RawTable

_SAMPLE = 1000
_THREE = re.compile(r"^\d{1,7}[:.]\d{1,2}[:.]\d{1,2}(?:[.,]\d+)?$")
_TWO = re.compile(r"^\d{1,6}:\d{2}$")
_WHOLE = re.compile(r"^\d+$")
_DECIMAL = re.compile(r"^\d*[.,]\d+$")


def find_duration_format(table: RawTable, columns: Columns, role: Role) -> tuple[DurationFormat, list[Question]]:
    """Return the format of a duration column, with a question where two readings remain."""
    place = columns.place(role)
    if place is None:
        return DurationFormat.SECONDS, []
    texts = [text for text in distinct(column_cells(table, place).slice(columns.first(), 200_000))[0] if text][:_SAMPLE]
    title = columns.titles[place] if place < len(columns.titles) else ""
    named = duration_unit_of_title(title)
    shapes = [sum(bool(shape.match(text)) for text in texts) for shape in (_THREE, _TWO, _WHOLE, _DECIMAL)]
    three, two, whole, decimal = shapes
    if three and three >= max(two, whole, decimal):
        return DurationFormat.HMS, []
    if two and two >= max(whole, decimal):
        return _clock_of_two(table, columns, place, texts, named)
    if whole or decimal:
        return _number(table, columns, place, texts, named)
    return DurationFormat.SECONDS, []


def _clock_of_two(
    table: RawTable, columns: Columns, place: int, texts: list[str], named: DurationFormat | None
) -> tuple[DurationFormat, list[Question]]:
    """`0:07`: seven seconds or seven minutes?"""
    if named in (DurationFormat.MS, DurationFormat.HM):
        return named, []
    firsts = [int(text.partition(":")[0]) for text in texts if _TWO.match(text)]
    candidates = (DurationFormat.MS, DurationFormat.HM)
    judged = _judge(table, columns, place, candidates)
    if judged is not None:
        return judged, []
    if max(firsts) >= 24:
        return DurationFormat.MS, []
    samples = tuple(sorted(texts, key=len, reverse=True)[:3])
    # Calls of an office last minutes: many different first parts speak for minutes before the colon.
    likely = (
        DurationFormat.MS
        if max(firsts) >= 3 and len(set(firsts)) >= 3
        else DurationFormat.HM
        if max(firsts) == 0
        else DurationFormat.MS
    )
    if max(firsts) >= 6 and len(set(firsts)) >= 5:
        return DurationFormat.MS, []
    return likely, [Question("ambiguous_duration", tuple(item.value for item in candidates), samples)]


def _number(  # noqa: PLR0911 - one proof after the other
    table: RawTable, columns: Columns, place: int, texts: list[str], named: DurationFormat | None
) -> tuple[DurationFormat, list[Question]]:
    numbers = [text for text in texts if _WHOLE.match(text) or _DECIMAL.match(text)]
    if named in (
        DurationFormat.SECONDS,
        DurationFormat.MINUTES,
        DurationFormat.MILLISECONDS,
        DurationFormat.SIX_SECONDS,
        DurationFormat.HOURS,
    ):
        return named, []
    if named is DurationFormat.HMS or _looks_packed(numbers):
        judged = _judge(table, columns, place, (DurationFormat.HHMMSS, DurationFormat.SECONDS))
        return judged or DurationFormat.HHMMSS, []
    candidates = (
        DurationFormat.SECONDS,
        DurationFormat.MINUTES,
        DurationFormat.MILLISECONDS,
        DurationFormat.SIX_SECONDS,
        DurationFormat.TENTHS,
    )
    judged = _judge(table, columns, place, candidates)
    if judged is not None:
        return judged, []
    values = [float(text.replace(",", ".")) for text in numbers]
    decimals = any(_DECIMAL.match(text) for text in texts)
    if values and decimals and max(values) < 1:
        return DurationFormat.DAY_FRACTION, []
    if values and max(values) >= 60:
        return DurationFormat.SECONDS, []
    options = (DurationFormat.MINUTES, DurationFormat.SECONDS) if decimals else (DurationFormat.SECONDS, DurationFormat.MINUTES)
    if len(values) < 12 or not values:
        return options[0], []
    return options[0], [Question("ambiguous_duration", tuple(item.value for item in options), tuple(texts[:3]))]


def _looks_packed(texts: list[str]) -> bool:
    """HHMMSS: six digits with leading zeros, minutes and seconds never above 59."""
    if not texts or not all(len(text) == 6 and text.isdecimal() for text in texts):
        return False
    return all(int(text[2:4]) < 60 and int(text[4:]) < 60 for text in texts) and sum(
        text[0] == "0" for text in texts
    ) >= 0.9 * len(texts)


def _judge(table: RawTable, columns: Columns, place: int, candidates: tuple[DurationFormat, ...]) -> DurationFormat | None:
    """Return the candidate that start and end, a second duration or the charges confirm; None when nothing does."""
    first = columns.first()
    texts = [str(text).strip() for text in column_cells(table, place).slice(first, _SAMPLE).to_pylist()]
    readings = {item: np.array([_or_nan(parse_duration(text, item)) for text in texts]) for item in candidates}
    for other in (_elapsed(table, columns), _other_duration(table, columns, place)):
        if other is not None:
            found = _closest(readings, other)
            if found is not None:
                return found
    return _by_rate(readings, table, columns)


def _or_nan(value: int | None) -> float:
    return float("nan") if value is None else float(value)


def _elapsed(table: RawTable, columns: Columns) -> np.ndarray | None:
    """Milliseconds between answer (or start) and end."""
    begin = columns.place(Role.ANSWER) if columns.has(Role.ANSWER) else columns.place(Role.START)
    if begin is None:
        begin = columns.place(Role.TIME)
    end = columns.place(Role.END)
    if begin is None or end is None:
        return None
    starts = column_cells(table, begin).slice(columns.first(), _SAMPLE).to_pylist()
    ends = column_cells(table, end).slice(columns.first(), _SAMPLE).to_pylist()
    return np.array([_between(a.strip(), b.strip()) for a, b in zip(starts, ends, strict=True)])


def _between(start: str, end: str) -> float:
    left, right = _instant(start), _instant(end)
    if left is None or right is None:
        return float("nan")
    gap = right - left
    return float(gap % DAY_US if gap < 0 else gap) / 1000


def _instant(text: str) -> int | None:
    moment = parse_moment(text, DateOrder.DMY)
    if moment is not None:
        return moment[0]
    clock = parse_time(text)
    return None if clock is None else clock[0]


def _other_duration(table: RawTable, columns: Columns, place: int) -> np.ndarray | None:
    """Another duration column that is written with its units (H:MM:SS, `5分32秒`)."""
    for other in (*columns.places.get(Role.DURATION, ()), *columns.places.get(Role.BILLED, ())):
        if other == place:
            continue
        texts = [str(text).strip() for text in column_cells(table, other).slice(columns.first(), _SAMPLE).to_pylist()]
        if sum(bool(_THREE.match(text)) for text in texts) > 0.8 * len(texts):
            return np.array([_or_nan(parse_duration(text, DurationFormat.HMS)) for text in texts])
    return None


def _closest(readings: dict[DurationFormat, np.ndarray], known: np.ndarray) -> DurationFormat | None:
    best, best_share = None, 0.0
    for item, values in readings.items():
        use = np.isfinite(values) & np.isfinite(known) & ((values > 0) | (known > 0))
        if use.sum() < 1:
            continue
        close = (
            np.abs(values[use] - known[use]) <= np.maximum(61_000, 0.02 * known[use])
            if item is DurationFormat.MINUTES
            else np.abs(values[use] - known[use]) <= 2000
        )
        share = float(close.mean())
        if share > best_share + 0.05:
            best, best_share = item, share
    return best if best_share > 0.6 else None


def _by_rate(readings: dict[DurationFormat, np.ndarray], table: RawTable, columns: Columns) -> DurationFormat | None:
    """A price per minute above 8 or below 0.0005 of any large currency, as the median of all, is no telephone rate."""
    place = columns.place(Role.CHARGE) if columns.has(Role.CHARGE) else columns.place(Role.CHARGE_WITH_TAX)
    if place is None:
        return None
    cells = [str(text).strip() for text in column_cells(table, place).slice(columns.first(), _SAMPLE).to_pylist()]
    charges = np.array([_or_nan(parse_amount(text)) for text in cells]) / 1e9
    fitting = []
    for item, values in readings.items():
        use = np.isfinite(values) & np.isfinite(charges) & (values > 0) & (charges > 0)
        if use.sum() < 3:
            return None
        per_minute = float(np.median(charges[use] / (values[use] / 60_000)))
        if 0.002 <= per_minute <= 1.2:
            fitting.append(item)
    return fitting[0] if len(fitting) == 1 else None
