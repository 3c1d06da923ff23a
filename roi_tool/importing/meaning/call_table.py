"""Call rows to the checked call table: instants, parties in E.164, classes, directions; legs of one call joined."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute

from roi_tool.cdr import CALL_COLUMNS, CalledClass, CallTable, Direction
from roi_tool.cdr.numbers import NumberReading, read_number
from roi_tool.cdr.schema import CLASS_TYPE, DIRECTION_TYPE
from roi_tool.importing.cells.distinct import distinct, map_texts
from roi_tool.importing.cells.moments import to_instants
from roi_tool.importing.layout import Role
from roi_tool.importing.meaning.call_rows import EMPTY_MARKS, CallRows, cleaned_cells
from roi_tool.importing.meaning.line_headings import lines_of_headings
from roi_tool.importing.plan import Sheet

_CLASSES = tuple(CalledClass)
_INTERNAL = _CLASSES.index(CalledClass.INTERNAL)
_SPECIAL = _CLASSES.index(CalledClass.SPECIAL)
_OUT, _IN, _INT = 0, 1, 2


@dataclass(frozen=True, eq=False)
class Parties:
    """Who called whom, in E.164 where it can be said, with classes as places in `CalledClass`."""

    caller: pa.Array
    called: pa.Array
    caller_class: npt.NDArray[np.int8]
    called_class: npt.NDArray[np.int8]
    direction: npt.NDArray[np.int8]
    mangled: int
    """How many numbers a spreadsheet has turned into `1.41555E+10`."""


@dataclass(frozen=True, eq=False)
class CallTexts:
    """All that calls need of a table's texts: once it is read, the cells themselves may be let go."""

    parties: Parties
    account: pd.Series
    site: pd.Series
    groups: pd.Series | None
    """The file's own mark of calls that belong together, None when it has none."""


def read_call_texts(sheet: Sheet, rows: CallRows, country: str) -> CallTexts:
    """Return the texts of a table's calls, one per record that is a call."""
    places = np.flatnonzero(rows.is_call)
    return CallTexts(
        _parties(sheet, rows, places, country),
        _text(_named(sheet, Role.ACCOUNT, places)),
        _text(_named(sheet, Role.SITE, places)),
        _text(_taken(sheet, Role.GROUP, places)) if sheet.columns.has(Role.GROUP) else None,
    )


def build_calls(sheet: Sheet, rows: CallRows, texts: CallTexts, country: str, timezone: str, currency: str) -> CallTable:
    """Return the calls of a table, one row per record; of the table only the record numbers and titles are read."""
    places = np.flatnonzero(rows.is_call)
    table, parties = sheet.table, texts.parties
    charge = pd.array(rows.charge.values[places], dtype="Int64")
    charge[~rows.charge.valid[places]] = pd.NA
    priced = bool(rows.charge.valid[places].any())
    has_billed = sheet.columns.has(Role.BILLED) or priced
    billed = pd.array(rows.billed.values[places], dtype="Int64")
    billed[~rows.billed.valid[places] if has_billed else np.ones(len(places), bool)] = pd.NA
    numbers = table.row_numbers[places]
    moments = type(rows.moments)(rows.moments.values[places], rows.moments.valid[places], rows.moments.utc[places])
    ids = pa.array(np.arange(1, len(places) + 1)).cast(pa.string())
    call_ids = _text(ids)
    pa.default_memory_pool().release_unused()
    columns = {
        "call_id": call_ids,
        "group_id": call_ids if texts.groups is None else texts.groups,
        "start": to_instants(moments, timezone).astype("datetime64[us, UTC]").array,
        "direction": pd.Categorical.from_codes(parties.direction, dtype=DIRECTION_TYPE),
        "caller": _text(parties.caller),
        "called": _text(parties.called),
        "called_class": pd.Categorical.from_codes(parties.called_class, dtype=CLASS_TYPE),
        "duration_ms": rows.duration.values[places],
        "billed_ms": billed,
        "charge_nano": charge,
        "account": texts.account,
        "site": texts.site,
        "source_file": _text(_constant(table.file, len(places))),
        "source_row": numbers,
    }
    frame = pd.DataFrame(columns, copy=False).astype(dict(CALL_COLUMNS))
    return CallTable(frame, timezone, currency if priced else "", country, rows.tax_included if priced else None)


def _text(cells: pa.Array) -> pd.Series:
    return pd.Series(pd.array(cells, dtype="str"))


def _constant(text: str, count: int) -> pa.Array:
    return pa.repeat(pa.scalar(text, pa.string()), count)


def _taken(sheet: Sheet, role: Role, places: npt.NDArray[np.int64]) -> pa.Array:
    if not sheet.columns.has(role):
        return _constant("", len(places))
    return cleaned_cells(sheet, role).take(pa.array(places))


def _named(sheet: Sheet, role: Role, places: npt.NDArray[np.int64]) -> pa.Array:
    return map_texts(_taken(sheet, role, places), lambda text: "" if text in EMPTY_MARKS else text)


def _read(cells: pa.Array, country: str) -> tuple[pa.Array, npt.NDArray[np.int8], int]:
    """Return E.164 digits, classes and how many are mangled, once per distinct number."""
    texts, places = distinct(cells)
    if not texts:
        return cells, np.zeros(0, np.int8), 0
    readings: list[NumberReading] = [read_number(text, country) for text in texts]
    digits = pa.array([reading.digits for reading in readings], pa.string())
    indices = pa.array(places.astype(np.int32))
    classes = np.fromiter((_CLASSES.index(reading.called_class) for reading in readings), np.int8, len(readings))
    mangled = np.fromiter((reading.mangled for reading in readings), bool, len(readings))
    return pa.DictionaryArray.from_arrays(indices, digits).cast(pa.string()), classes[places], int(mangled[places].sum())


def _parties(sheet: Sheet, rows: CallRows, places: npt.NDArray[np.int64], country: str) -> Parties:
    taken = pa.array(places)
    direction = rows.direction[places].copy()
    columns = sheet.columns
    if columns.has(Role.OWN, Role.CALLER):
        own = _taken(sheet, Role.OWN, places)
    else:
        own = lines_of_headings(sheet, rows.is_call).take(taken)
    if columns.has(Role.CALLER) and columns.has(Role.CALLED):
        caller, called = rows.caller.take(taken), rows.called.take(taken)
    elif columns.has(Role.CALLED) and columns.has(Role.NUMBER) and not columns.has(Role.CALLER, Role.OWN):
        # `Rufnummer` beside `Zielrufnummer`: the plain one is the customer's own.
        caller, called = _taken(sheet, Role.NUMBER, places), rows.called.take(taken)
    elif columns.has(Role.CALLER) and columns.has(Role.NUMBER):
        caller, called = rows.caller.take(taken), _taken(sheet, Role.NUMBER, places)
    elif columns.has(Role.CALLER) and not columns.has(Role.NUMBER):
        caller, called = rows.caller.take(taken), own
    else:
        # One column holds the other party, whichever way the call went.
        other = _taken(sheet, Role.NUMBER, places) if columns.has(Role.NUMBER) else rows.called.take(taken)
        inbound = direction == _IN
        caller, called = _swap(own, other, inbound), _swap(other, own, inbound)
    caller, caller_class, mangled = _read(caller, country)
    called, called_class, more = _read(called, country)
    if _is_exchange(sheet, caller_class):
        caller_class, called_class = _with_extensions(caller, called, caller_class, called_class)
        reached = (direction == _IN) & (called_class == _SPECIAL) & _is_short(called)
        called_class = np.where(reached, np.int8(_INTERNAL), called_class).astype(np.int8)
    else:
        # A carrier's bill knows no extensions: `101` is a service.
        called_class = np.where(called_class == _INTERNAL, np.int8(_SPECIAL), called_class)
    direction = _infer_direction(direction, caller_class, called_class, sheet)
    called_class = np.where(direction == _INT, np.int8(_INTERNAL), called_class).astype(np.int8)
    return Parties(caller, called, caller_class, called_class, direction, mangled + more)


def _swap(first: pa.Array, second: pa.Array, where: npt.NDArray[np.bool_]) -> pa.Array:
    """Return `first`, but `second` where the mask is set."""
    return pa.compute.if_else(pa.array(where), second, first)


def _infer_direction(
    stated: npt.NDArray[np.int8], caller_class: npt.NDArray[np.int8], called_class: npt.NDArray[np.int8], sheet: Sheet
) -> npt.NDArray[np.int8]:
    """Tell the direction of calls that state none: an exchange by who is an extension, a carrier's bill lists calls made."""
    unknown = stated < 0
    if not unknown.any():
        return stated
    inner_caller, inner_called = caller_class == _INTERNAL, called_class == _INTERNAL
    guess = np.full(len(stated), _OUT, np.int8)
    if _is_exchange(sheet, caller_class):
        guess[~inner_caller] = _IN
        guess[inner_caller & inner_called] = _INT
    return np.where(unknown, guess, stated).astype(np.int8)


def _with_extensions(
    caller: pa.Array, called: pa.Array, caller_class: npt.NDArray[np.int8], called_class: npt.NDArray[np.int8]
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.int8]]:
    """Take short callers as extensions, and who is called by such a number too: 202 is a service only outside."""
    inner = _is_short(caller) & (caller_class == _SPECIAL)
    if not inner.any():
        return caller_class, called_class
    extensions = caller.filter(pa.array(inner)).unique()
    reached = pa.compute.is_in(called, value_set=extensions).to_numpy(zero_copy_only=False)
    return (
        np.where(inner, np.int8(_INTERNAL), caller_class).astype(np.int8),
        np.where(reached, np.int8(_INTERNAL), called_class).astype(np.int8),
    )


def _is_short(numbers: pa.Array) -> npt.NDArray[np.bool_]:
    return np.asarray(pa.compute.less_equal(pa.compute.utf8_length(numbers), 5).to_numpy(zero_copy_only=False))


def _is_exchange(sheet: Sheet, caller_class: npt.NDArray[np.int8]) -> bool:
    """Say whether the table was written by an exchange: without prices, or with extensions among the callers."""
    if sheet.columns.layout is not None and not sheet.columns.layout.prices:
        return True
    return bool(len(caller_class) and (caller_class == _INTERNAL).mean() > 0.1)


DIRECTION_CODES = {Direction.OUTBOUND: _OUT, Direction.INBOUND: _IN, Direction.INTERNAL: _INT}
