"""When each record's call began and how long it took: from columns of dates, times, durations, answers and ends."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial

import numpy as np

from roi_tool.importing.cells.dates import DAY_US
from roi_tool.importing.cells.distinct import Parsed, parse_column
from roi_tool.importing.cells.durations import DurationFormat, parse_duration
from roi_tool.importing.cells.moments import Moments, join_date_and_time, parse_moments
from roi_tool.importing.detection.titles import duration_unit_of_title
from roi_tool.importing.layout import Role
from roi_tool.importing.meaning.role_cells import EMPTY_MARKS, is_empty, table_cells
from roi_tool.importing.plan import Sheet, column_cells

_IN_UTC = re.compile(r"\b(?:UTC|GMT)\b", re.IGNORECASE)
"""A title that names the zone: `Date (GMT)`."""
_BELOW_ZERO = re.compile(r"^-\d{1,6}(?:\.0+)?$")
"""Inbound platforms write -1 for a call that nobody answered."""


def moments_of_calls(sheet: Sheet) -> Moments:
    """Return when each record says its call began."""
    moments = _moments_as_written(sheet)
    titles = f"{sheet.columns.title(Role.START)} {sheet.columns.title(Role.DATE)} {sheet.columns.title(Role.TIME)}"
    if _IN_UTC.search(titles):
        return replace(moments, utc=np.ones(len(moments.utc), bool))
    return moments


def _moments_as_written(sheet: Sheet) -> Moments:
    if sheet.formats.year is None:
        return _moments_of_year(sheet, None)
    year, until = sheet.formats.year
    moments = _moments_of_year(sheet, year)
    late = moments.valid & (moments.values >= (until + 1) * DAY_US)
    if not late.any():
        return moments
    before = _moments_of_year(sheet, year - 1)  # a bill of January shows calls of December
    return replace(moments, values=np.where(late, before.values, moments.values))


def _moments_of_year(sheet: Sheet, year: int | None) -> Moments:
    columns, order = sheet.columns, sheet.formats.date_order
    if columns.has(Role.START):
        return parse_moments(table_cells(sheet, Role.START), order, year)
    dates = table_cells(sheet, Role.DATE)
    if columns.has(Role.TIME):
        return join_date_and_time(dates, table_cells(sheet, Role.TIME), order, year)
    return parse_moments(dates, order, year)


def durations_of_calls(sheet: Sheet, role: Role, how: DurationFormat) -> Parsed:
    """Return the milliseconds of a duration: its column's, several columns of one added, else the time from start to end."""
    if role is Role.DURATION and not sheet.columns.has(role) and sheet.columns.has(Role.END):
        return _elapsed(sheet)
    parts = sheet.columns.places.get(role, ())
    if len(parts) > 1 and sheet.columns.layout is None:
        return _added(sheet, parts)
    read = parse_column(table_cells(sheet, role), lambda text: _duration_or_none(text, how))
    if role is Role.DURATION and sheet.columns.has(Role.END) and sheet.columns.has(Role.ANSWER):
        # An exchange that leaves the duration empty still tells when the call ended.
        elapsed = _elapsed(sheet)
        gap = is_empty(table_cells(sheet, role)) & elapsed.valid & _clocked(sheet, Role.END).valid
        return Parsed(np.where(gap, elapsed.values, read.values), read.valid | gap)
    return read


def _added(sheet: Sheet, parts: tuple[int, ...]) -> Parsed:
    """Hours, minutes and seconds in columns of their own."""
    rows = len(sheet.table)
    total, known = np.zeros(rows, np.int64), np.zeros(rows, bool)
    for place in parts:
        unit = duration_unit_of_title(sheet.columns.titles[place]) or DurationFormat.SECONDS
        read = parse_column(column_cells(sheet.table, place), partial(_duration_or_none, how=unit))
        total += read.values
        known |= read.valid
    return Parsed(total, known)


def _duration_or_none(text: str, how: DurationFormat) -> int | None:
    if text in EMPTY_MARKS:
        return None
    return 0 if _BELOW_ZERO.match(text) else parse_duration(text, how)


def _elapsed(sheet: Sheet) -> Parsed:
    """Time from answer (else start) to end, where the file has no duration; a call without an answer lasts 0."""
    start = moments_of_calls(sheet)
    begin = _clocked(sheet, Role.ANSWER) if sheet.columns.has(Role.ANSWER) else start
    end = _clocked(sheet, Role.END)
    talked = begin.valid & end.valid & (end.values >= begin.values)
    return Parsed(
        np.where(talked, (end.values - begin.values) // 1000, 0), talked | (start.valid & sheet.columns.has(Role.ANSWER))
    )


def _clocked(sheet: Sheet, role: Role) -> Moments:
    """Return moments of a role that may hold a time of day alone: of the call's date, or of the next where it is earlier."""
    order, year = sheet.formats.date_order, sheet.formats.year[0] if sheet.formats.year else None
    cells = table_cells(sheet, role)
    moments = parse_moments(cells, order, year)
    if not sheet.columns.has(Role.DATE) or (moments.valid | is_empty(cells)).all():
        return moments
    joined = join_date_and_time(table_cells(sheet, Role.DATE), cells, order, year)
    begun = moments_of_calls(sheet).values
    values = np.where(joined.values < begun, joined.values + DAY_US, joined.values)
    alone = ~moments.valid & joined.valid & ~is_empty(cells)
    return Moments(np.where(alone, values, moments.values), moments.valid | alone, moments.utc)
