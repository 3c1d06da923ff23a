"""Records of a table to columns of calls: which records are calls, and their moments, durations, money and directions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_tool.importing.cells.amounts import AmountFormat, parse_amount
from roi_tool.importing.cells.distinct import Parsed, distinct, map_texts, parse_column
from roi_tool.importing.cells.moments import Moments
from roi_tool.importing.cells.words import credit_mark_of, is_free, is_unanswered
from roi_tool.importing.layout import NumberRule, Role
from roi_tool.importing.meaning.call_times import durations_of_calls, moments_of_calls
from roi_tool.importing.meaning.conditions import meets_all
from roi_tool.importing.meaning.directions import stated_directions
from roi_tool.importing.meaning.role_cells import EMPTY_MARKS, empty_among, table_cells
from roi_tool.importing.meaning.tax_sentences import tax_said
from roi_tool.importing.plan import Columns, Sheet, column_cells, column_place

MESSAGE_WORDS = re.compile(
    r"\bsms\b|\bmms\b|\btext(?:s| message)?\b|\bmessag|短信|彩信|\bdata\b|\bgprs\b|\bpkt\b|internet|流量"
    r"|\bko\b|\bdaten\b|\bdonn[ée]es\b|\bdati\b|\bdados\b|\bmb\b|\bkb\b|\bbytes?\b",
    re.IGNORECASE,
)


Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class CallRows:
    """Columns over all records of a table; only where `is_call` do they mean anything.

    `unread` maps a problem code to the records that look like calls but hold a cell that can't be read.
    """

    is_call: Mask
    moments: Moments
    duration: Parsed
    billed: Parsed
    charge: Parsed
    tax_included: bool | None
    caller: pa.Array
    called: pa.Array
    direction: npt.NDArray[np.int8]
    """Place in `Direction`, -1 where the record does not say."""
    messages: Mask
    unread: Mapping[str, npt.NDArray[np.bool_]]
    unanswered: Mask
    tax_nano: int = 0
    """Tax of all calls, where it stands in a column of its own."""


def read_call_rows(sheet: Sheet, decided: Mask, may_call: Mask | None) -> CallRows:
    """Parse every column that calls need, over the whole table at once.

    Args:
        sheet: the table.
        decided: records that a rule of the layout has taken already.
        may_call: the only records that may be calls, where rules name them.
    """
    table, columns, formats = sheet.table, sheet.columns, sheet.formats
    rows = len(table)
    moments = moments_of_calls(sheet)
    below = (np.arange(rows) >= sheet.first()) & ~decided
    if may_call is not None:
        below &= may_call
    duration = durations_of_calls(sheet, Role.DURATION, formats.duration)
    billed = durations_of_calls(sheet, Role.BILLED, formats.billed) if columns.has(Role.BILLED) else duration
    charge, money_unread, tax_included = _charges(sheet)
    numbered = _has_number(sheet)
    messages = _messages(sheet)
    dated = moments.valid & below
    timed = duration.valid if columns.has(Role.DURATION, Role.END) else np.zeros(rows, bool)
    duration_empty = empty_among(table_cells(sheet, Role.DURATION), ~duration.valid)
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
        cleaned_cells(sheet, Role.CALLER),
        cleaned_cells(sheet, Role.CALLED),
        stated_directions(sheet),
        messages & dated & below,
        unread,
        unanswered,
        _tax(sheet, is_call),
    )


def _charges(sheet: Sheet) -> tuple[Parsed, npt.NDArray[np.bool_], bool | None]:
    """Return the money of each record (columns of one role added), where it can't be read, and whether it holds tax."""
    columns = sheet.columns
    role = Role.CHARGE if columns.has(Role.CHARGE) else Role.CHARGE_WITH_TAX
    rows = len(sheet.table)
    total, known, unread = np.zeros(rows, np.int64), np.zeros(rows, bool), np.zeros(rows, bool)
    for place in columns.places.get(role, ()):
        cells = column_cells(sheet.table, place)
        parsed = parse_column(cells, lambda text: _money_or_none(text, sheet.formats.amount))
        total += parsed.values
        known |= parsed.valid
        unread |= ~parsed.valid & ~empty_among(cells, ~parsed.valid)
    if columns.layout is not None and columns.layout.formats.amount_sign < 0:
        total = -total
    if columns.has(Role.CREDIT_MARK):
        texts, places = distinct(table_cells(sheet, Role.CREDIT_MARK))
        marks = np.array([credit_mark_of(text) < 0 for text in texts], bool)[places] if texts else np.zeros(rows, bool)
        total = np.where(marks, -np.abs(total), total)
    declared = columns.layout.tax_included if columns.layout else None
    included = declared if declared is not None else _tax_state(columns, role)
    return Parsed(total, known), unread, included


@lru_cache(maxsize=1 << 15)
def _money_or_none(text: str, how: AmountFormat) -> int | None:
    if text in EMPTY_MARKS:
        return None
    return 0 if is_free(text) else parse_amount(text, how)


def _tax(sheet: Sheet, is_call: Mask) -> int:
    """Return the tax of all calls, of each column that holds some (`GST`, `PST`)."""
    total = 0
    for place in sheet.columns.places.get(Role.TAX, ()):
        parsed = parse_column(column_cells(sheet.table, place), lambda text: _money_or_none(text, sheet.formats.amount))
        total += int(parsed.values[is_call].sum())
    return total


def _tax_state(columns: Columns, role: Role) -> bool | None:
    if role is Role.CHARGE_WITH_TAX:
        return True
    title = columns.title(Role.CHARGE)
    if columns.has(Role.TAX, Role.CHARGE_WITH_TAX) or re.search(r"\bex|\bnet\b|netto|sans taxe", title.casefold()):
        return False
    return tax_said([title])


def _has_number(sheet: Sheet) -> npt.NDArray[np.bool_]:
    found = np.zeros(len(sheet.table), bool)
    for role in (Role.CALLED, Role.NUMBER, Role.CALLER):
        if sheet.columns.has(role):
            found |= ~found & ~empty_among(table_cells(sheet, role), ~found)
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
    if not sheet.columns.has(Role.STATUS):
        return np.full(len(sheet.table), is_unanswered(""))
    texts, places = distinct(table_cells(sheet, Role.STATUS))
    return np.array([is_unanswered(text) for text in texts], bool)[places] if texts else np.zeros(0, bool)


def cleaned_cells(sheet: Sheet, role: Role) -> pa.Array:
    """Return a role's cells without what the layout cuts out of them, with the digits that it puts before them."""
    cells = table_cells(sheet, role)
    layout = sheet.columns.layout
    pattern = layout.clean.get(role) if layout else None
    if pattern:
        cells = map_texts(cells, lambda text: re.sub(pattern, "", text).strip())
    for rule in layout.numbers if layout else ():
        if rule.role is role:
            prefixed = pc.binary_join_element_wise(_prefixes(sheet, rule), cells, "")
            cells = pc.if_else(pa.array(meets_all(sheet, rule.when)), prefixed, cells)
    return cells


def _prefixes(sheet: Sheet, rule: NumberRule) -> pa.Array | pa.Scalar:
    if rule.prefix_column is None:
        return pa.scalar(rule.prefix)
    place = column_place(rule.prefix_column, sheet.columns.titles, sheet.table.width)
    return map_texts(column_cells(sheet.table, place), lambda text: rule.prefix + text.strip().lstrip("0"))
