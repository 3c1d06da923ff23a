"""Who called whom: numbers in E.164, their classes, the direction; part by part, and what only all calls together tell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_tool.cdr import CalledClass
from roi_tool.cdr.numbers import NumberReading, read_number
from roi_tool.importing.cells.distinct import distinct, map_texts
from roi_tool.importing.layout import Role
from roi_tool.importing.meaning.call_rows import CallRows, cleaned_cells
from roi_tool.importing.meaning.line_headings import LineHeadings
from roi_tool.importing.meaning.role_cells import EMPTY_MARKS
from roi_tool.importing.plan import Columns, Sheet

_CLASSES = {called_class: place for place, called_class in enumerate(CalledClass)}
INTERNAL = _CLASSES[CalledClass.INTERNAL]
_SPECIAL = _CLASSES[CalledClass.SPECIAL]
_OUT, _IN, _INT = 0, 1, 2
_EXCHANGE_SHARE = 0.1
"""Share of callers that are extensions, above which an exchange wrote the table."""


@dataclass(frozen=True, eq=False)
class Parties:
    """Parties of a part's calls. Classes are places in `CalledClass`, directions in `Direction` (-1 where none is stated)."""

    caller: pa.Array
    called: pa.Array
    caller_class: npt.NDArray[np.int8]
    called_class: npt.NDArray[np.int8]
    direction: npt.NDArray[np.int8]


class PartyReader:
    """Reads the parties of a table's calls part by part. `mangled` counts numbers such as `1.41555E+10`."""

    def __init__(self, columns: Columns, country: str) -> None:
        self.mangled = 0
        self._columns, self._country = columns, country
        self._headings = LineHeadings()
        self._callers = self._internal = 0
        self._extensions: set[str] = set()

    def read(self, sheet: Sheet, rows: CallRows, places: npt.NDArray[np.int64]) -> Parties:
        """Return the parties as the cells say; `settled` says what is open after the last part."""
        direction = rows.direction[places]
        caller, called = self._cells(sheet, rows, places, direction)
        caller, caller_class, mangled = _read(caller, self._country)
        called, called_class, more = _read(called, self._country)
        self.mangled += mangled + more
        self._callers += len(caller_class)
        self._internal += int((caller_class == INTERNAL).sum())
        special = caller_class == _SPECIAL
        if special.any():
            numbers = caller.filter(pa.array(special)).unique()
            self._extensions.update(numbers.filter(pa.array(_is_short(numbers))).to_pylist())
        return Parties(caller, called, caller_class, called_class, direction)

    def settled(self, parties: Parties) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.int8]]:
        """Return the classes of the numbers called and the directions, with what all parts together tell."""
        caller_class, called_class, direction = parties.caller_class, parties.called_class, parties.direction
        exchange = self._is_exchange()
        if exchange:
            caller_class, called_class = self._with_extensions(parties)
            reached = (direction == _IN) & (called_class == _SPECIAL)
            if reached.any():
                called_class = np.where(reached & _is_short(parties.called), np.int8(INTERNAL), called_class)
        else:
            # A carrier's bill knows no extensions: `101` is a service.
            called_class = np.where(called_class == INTERNAL, np.int8(_SPECIAL), called_class)
        direction = _inferred(direction, caller_class == INTERNAL, called_class == INTERNAL, exchange)
        return np.where(direction == _INT, np.int8(INTERNAL), called_class).astype(np.int8), direction

    def _cells(
        self, sheet: Sheet, rows: CallRows, places: npt.NDArray[np.int64], direction: npt.NDArray[np.int8]
    ) -> tuple[pa.Array, pa.Array]:
        """Return the cells of caller and called, as far as the table has columns for them."""
        taken, columns = pa.array(places), sheet.columns
        if columns.has(Role.OWN, Role.CALLER):
            own = taken_cells(sheet, Role.OWN, places)
        else:
            own = self._headings.lines(sheet, rows.is_call).take(taken)
        if columns.has(Role.CALLER) and columns.has(Role.CALLED):
            return rows.caller.take(taken), rows.called.take(taken)
        if columns.has(Role.CALLED) and columns.has(Role.NUMBER) and not columns.has(Role.CALLER, Role.OWN):
            # `Rufnummer` beside `Zielrufnummer`: the plain one is the customer's own.
            return taken_cells(sheet, Role.NUMBER, places), rows.called.take(taken)
        if columns.has(Role.CALLER):
            return rows.caller.take(taken), taken_cells(sheet, Role.NUMBER, places) if columns.has(Role.NUMBER) else own
        # One column holds the other party, whichever way the call went.
        other = taken_cells(sheet, Role.NUMBER, places) if columns.has(Role.NUMBER) else rows.called.take(taken)
        inbound = direction == _IN
        return _swap(own, other, inbound), _swap(other, own, inbound)

    def _is_exchange(self) -> bool:
        """Say whether the table was written by an exchange: without prices, or with extensions among the callers."""
        if self._columns.layout is not None and not self._columns.layout.prices:
            return True
        return self._internal > _EXCHANGE_SHARE * self._callers

    def _with_extensions(self, parties: Parties) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.int8]]:
        """Take short callers as extensions, and who is called by such a number too: 202 is a service only outside."""
        caller_class, called_class = parties.caller_class, parties.called_class
        if not self._extensions:
            return caller_class, called_class
        inner = _is_short(parties.caller) & (caller_class == _SPECIAL)
        extensions = pa.array(sorted(self._extensions), parties.called.type)
        reached = pc.is_in(parties.called, value_set=extensions).to_numpy(zero_copy_only=False)
        return np.where(inner, np.int8(INTERNAL), caller_class), np.where(reached, np.int8(INTERNAL), called_class)


def taken_cells(sheet: Sheet, role: Role, places: npt.NDArray[np.int64]) -> pa.Array:
    """Return the cells of a role at these places, cleaned as the layout says; all empty when it has no column."""
    if not sheet.columns.has(role):
        return pa.repeat(pa.scalar("", pa.string()), len(places))
    return cleaned_cells(sheet, role).take(pa.array(places))


def named_cells(sheet: Sheet, role: Role, places: npt.NDArray[np.int64]) -> pa.Array:
    """Return the cells of a role at these places, without the marks that stand for an empty one."""
    cells = taken_cells(sheet, role, places)
    return cells if not sheet.columns.has(role) else map_texts(cells, lambda text: "" if text in EMPTY_MARKS else text)


def _read(cells: pa.Array, country: str) -> tuple[pa.Array, npt.NDArray[np.int8], int]:
    """Return E.164 digits, classes and how many are mangled, once per distinct number."""
    texts, places = distinct(cells)
    if not texts:
        return cells.cast(pa.large_string()), np.zeros(0, np.int8), 0
    readings: list[NumberReading] = [read_number(text, country) for text in texts]
    digits = pa.array([reading.digits for reading in readings], pa.large_string())
    classes = np.fromiter((_CLASSES[reading.called_class] for reading in readings), np.int8, len(readings))
    mangled = np.fromiter((reading.mangled for reading in readings), bool, len(readings))
    return digits.take(pa.array(places)), classes[places], int(mangled[places].sum())


def _swap(first: pa.Array, second: pa.Array, where: npt.NDArray[np.bool_]) -> pa.Array:
    """Return `first`, but `second` where the mask is set."""
    return pc.if_else(pa.array(where), second, first)


def _inferred(
    stated: npt.NDArray[np.int8], inner_caller: npt.NDArray[np.bool_], inner_called: npt.NDArray[np.bool_], exchange: bool
) -> npt.NDArray[np.int8]:
    """Tell the direction of calls that state none: an exchange by who is an extension, a carrier's bill lists calls made."""
    unknown = stated < 0
    if not unknown.any():
        return stated
    guess = np.full(len(stated), _OUT, np.int8)
    if exchange:
        guess[~inner_caller] = _IN
        guess[inner_caller & inner_called] = _INT
    return np.where(unknown, guess, stated).astype(np.int8)


def _is_short(numbers: pa.Array) -> npt.NDArray[np.bool_]:
    return np.asarray(pc.less_equal(pc.utf8_length(numbers), 5).to_numpy(zero_copy_only=False))
