"""Records of a table to columns of calls: which records are calls, and their moments, durations, money and directions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_tool.cdr import Direction
from roi_tool.importing.cells.amounts import parse_amount
from roi_tool.importing.cells.distinct import Parsed, distinct, map_texts, parse_column
from roi_tool.importing.cells.durations import DurationFormat, parse_duration
from roi_tool.importing.cells.moments import Moments, join_date_and_time, parse_moments
from roi_tool.importing.cells.words import direction_of, is_unanswered
from roi_tool.importing.layout import Role
from roi_tool.importing.plan import Columns, Sheet, column_cells

_EMPTY_MARKS = frozenset({"", "-", "--", "NULL", "null", "\\N", "N/A", "n/a", "None", "(null)"})
_INBOUND_WORDS = re.compile(
    r"\binbound\b|\bincoming\b|\bincoming cl\b|被叫|呼入|\beingehend|\bentrant|\bentrata\b|\brecebida", re.IGNORECASE
)
MESSAGE_WORDS = re.compile(
    r"\bsms\b|\bmms\b|\btext(?:s| message)?\b|\bmessag|短信|彩信|\bdata\b|\bgprs\b|\bpkt\b|internet|流量|\bdaten\b|\bdonn[ée]es\b|\bdati\b|\bdados\b|\bmb\b|\bkb\b|\bbytes?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, eq=False)
class CallRows:
    """Columns over all records of a table; only where `is_call` do they mean anything.

    `unread` maps a problem code to the records that look like calls but hold a cell that can't be read.
    """

    is_call: npt.NDArray[np.bool_]
    moments: Moments
    duration: Parsed
    billed: Parsed
    charge: Parsed
    tax_included: bool | None
    caller: pa.Array
    called: pa.Array
    direction: npt.NDArray[np.int8]
    """Place in `Direction`, -1 where the record does not say."""
    messages: npt.NDArray[np.bool_]
    unread: Mapping[str, npt.NDArray[np.bool_]]
    unanswered: npt.NDArray[np.bool_]


def read_call_rows(sheet: Sheet) -> CallRows:
    """Parse every column that calls need, over the whole table at once."""
    table, columns, formats = sheet.table, sheet.columns, sheet.formats
    rows = len(table)
    moments = _moments(sheet)
    below = np.arange(rows) >= columns.first()
    duration = _durations(sheet, Role.DURATION, formats.duration)
    billed = _durations(sheet, Role.BILLED, formats.billed) if columns.has(Role.BILLED) else duration
    charge, money_unread, tax_included = _charges(sheet)
    numbered = _has_number(sheet)
    messages = _messages(sheet)
    dated = moments.valid & below
    timed = duration.valid if columns.has(Role.DURATION) else np.zeros(rows, bool)
    duration_empty = _is_empty(table_cells(sheet, Role.DURATION))
    unanswered = _unanswered(sheet)
    # An exchange leaves the duration of a call that nobody answered empty.
    timed |= duration_empty & unanswered
    is_call = dated & timed & ~money_unread & ~messages
    if columns.has(Role.CALLED, Role.NUMBER, Role.CALLER):
        is_call &= numbered | (duration.values > 0)
    unread = {
        "cell_not_date": below & ~moments.valid & timed & numbered,
        "cell_not_duration": dated & ~timed & ~duration_empty & ~messages,
        "cell_not_amount": dated & timed & money_unread & ~messages,
    }
    return CallRows(
        is_call,
        moments,
        duration,
        billed,
        charge,
        tax_included,
        _cleaned(sheet, Role.CALLER),
        _cleaned(sheet, Role.CALLED),
        _directions(sheet),
        messages & dated,
        unread,
        unanswered,
    )


def table_cells(sheet: Sheet, role: Role) -> pa.Array:
    """Return the cells of a role's first column; all empty when there is none."""
    return column_cells(sheet.table, sheet.columns.place(role))


def _moments(sheet: Sheet) -> Moments:
    columns, formats = sheet.columns, sheet.formats
    if columns.has(Role.START):
        return parse_moments(table_cells(sheet, Role.START), formats.date_order, formats.year)
    dates = table_cells(sheet, Role.DATE)
    if columns.has(Role.TIME):
        return join_date_and_time(dates, table_cells(sheet, Role.TIME), formats.date_order, formats.year)
    return parse_moments(dates, formats.date_order, formats.year)


def _durations(sheet: Sheet, role: Role, how: DurationFormat) -> Parsed:
    return parse_column(table_cells(sheet, role), lambda text: None if text in _EMPTY_MARKS else parse_duration(text, how))


def _charges(sheet: Sheet) -> tuple[Parsed, npt.NDArray[np.bool_], bool | None]:
    """Return the money of each record (columns of one role added), where it can't be read, and whether it holds tax."""
    columns = sheet.columns
    role = Role.CHARGE if columns.has(Role.CHARGE) else Role.CHARGE_WITH_TAX
    rows = len(sheet.table)
    total, known, unread = np.zeros(rows, np.int64), np.zeros(rows, bool), np.zeros(rows, bool)
    for place in columns.places.get(role, ()):
        cells = column_cells(sheet.table, place)
        parsed = parse_column(cells, lambda text: None if text in _EMPTY_MARKS else parse_amount(text, sheet.formats.amount))
        total += parsed.values
        known |= parsed.valid
        unread |= ~parsed.valid & ~_is_empty(cells)
    declared = columns.layout.tax_included if columns.layout else None
    included = declared if declared is not None else _tax_state(columns, role)
    return Parsed(total, known), unread, included


def _tax_state(columns: Columns, role: Role) -> bool | None:
    if role is Role.CHARGE_WITH_TAX:
        return True
    title = columns.title(Role.CHARGE).casefold()
    if columns.has(Role.TAX, Role.CHARGE_WITH_TAX) or re.search(r"\bex|\bnet\b|netto|\bht\b|不含税|sans taxe", title):
        return False
    return None


def _is_empty(cells: pa.Array) -> npt.NDArray[np.bool_]:
    texts, places = distinct(cells)
    return np.array([text in _EMPTY_MARKS for text in texts], bool)[places] if texts else np.zeros(0, bool)


def _has_number(sheet: Sheet) -> npt.NDArray[np.bool_]:
    found = np.zeros(len(sheet.table), bool)
    for role in (Role.CALLED, Role.NUMBER, Role.CALLER):
        if sheet.columns.has(role):
            found |= ~_is_empty(table_cells(sheet, role))
    return found


def _messages(sheet: Sheet) -> npt.NDArray[np.bool_]:
    """Texts and data sessions stand among the calls of mobile bills; a duration such as `1 KB` tells them too."""
    found = np.zeros(len(sheet.table), bool)
    if sheet.columns.layout is not None and not sheet.columns.layout.prices:
        return found
    for role in (Role.TYPE, Role.KIND, Role.DURATION, Role.DESCRIPTION):
        if sheet.columns.has(role):
            texts, places = distinct(table_cells(sheet, role))
            found |= np.array([bool(MESSAGE_WORDS.search(text)) for text in texts], bool)[places] if texts else found
    if sheet.columns.has(Role.DURATION):
        # A voice call over data (`Internet call`) still has a clock.
        texts, places = distinct(table_cells(sheet, Role.DURATION))
        timed = np.array([bool(re.match(r"^0*[1-9]\d*[:m分]|^\d+:\d*[1-9]", text)) for text in texts], bool)
        found &= ~timed[places] if texts else found
    return found


def _unanswered(sheet: Sheet) -> npt.NDArray[np.bool_]:
    texts, places = distinct(table_cells(sheet, Role.STATUS))
    return np.array([is_unanswered(text) for text in texts], bool)[places] if texts else np.zeros(0, bool)


def _cleaned(sheet: Sheet, role: Role) -> pa.Array:
    cells = table_cells(sheet, role)
    layout = sheet.columns.layout
    pattern = layout.clean.get(role) if layout else None
    if pattern:
        return map_texts(cells, lambda text: re.sub(pattern, "", text).strip())
    return cells


_ORDER = (Direction.OUTBOUND, Direction.INBOUND, Direction.INTERNAL)


def _directions(sheet: Sheet) -> npt.NDArray[np.int8]:
    """Return the direction that each record states, by its own column, else by words in the type or place."""
    columns, layout = sheet.columns, sheet.columns.layout
    result = np.full(len(sheet.table), -1, np.int8)
    declared: dict[str, Direction] = {}
    if layout is not None:
        for way in _ORDER:
            declared |= {text.casefold(): way for text in getattr(layout.direction, way.value)}
    for role in (Role.TYPE, Role.PLACE, Role.DIRECTION):
        if not columns.has(role):
            continue
        texts, places = distinct(table_cells(sheet, role))
        codes = np.array([_code(text, role, declared) for text in texts], np.int8)
        if len(codes):
            stated = codes[places]
            result = np.where(stated >= 0, stated, result)
    if layout is not None and layout.direction.default is not None:
        result = np.where(result < 0, np.int8(_ORDER.index(layout.direction.default)), result)
    return result


def _code(text: str, role: Role, declared: Mapping[str, Direction]) -> int:
    found = declared.get(text.casefold())
    if found is None and role is Role.DIRECTION:
        found = direction_of(text)
    if found is None and _INBOUND_WORDS.search(text):
        found = Direction.INBOUND
    return -1 if found is None else _ORDER.index(found)


def any_true(mask: pa.Array) -> bool:
    """Say whether a boolean arrow array holds a true."""
    return bool(pc.any(mask).as_py())
