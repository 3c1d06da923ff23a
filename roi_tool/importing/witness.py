"""What tells how a table is written: its first records, and every later one that holds something not seen before.

Detection looks at these records instead of at all: of a column with few different texts they hold each, of one with many the
first so many, of a column of moments each day. So a long table is judged as a whole without being held.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_tool.importing.detection.columns import MOST_TORN
from roi_tool.importing.records.raw_table import RawTable, joined_tables

_MOST_TEXTS = 2_000
"""Different texts of one column that are looked for; what proves a way of writing is among them."""
_SOON = 10_000
_MOMENT = re.compile(r"^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}([ T])\d")
_DATED_SHARE = 0.3


class Witness:
    """Gathers these records part by part.

    Args:
        head_records: how many first records are kept whatever they hold.
    """

    def __init__(self, head_records: int) -> None:
        self._head_records = head_records
        self.records = 0
        """How many records were looked at."""
        self.width = 0
        self.shape_changes = 0
        """How often records came that may change what the columns are; else only how their cells are written."""
        self.changes = 0
        self._parts: list[RawTable] = []
        self._seen: dict[int, set[str]] = {}
        self._dated: dict[int, str] | None = None
        self._widths: Counter[int] = Counter()

    def table(self) -> RawTable:
        """Return the records kept so far, as wide as the widest of all."""
        if len(self._parts) > 1:
            self._parts = [joined_tables(self._parts)]
        return self._parts[0].widened(self.width)

    def add(self, part: RawTable, before: int) -> None:
        """Look at a part; what was looked at already is passed over.

        Args:
            part: the records.
            before: how many records of the table stand before them.
        """
        fresh = part.slice(self.records - before, len(part)) if self.records > before else part
        if not len(fresh):
            return
        room = max(self._head_records - self.records, 0)
        self.records += len(fresh)
        self.width = max(self.width, fresh.width)
        if room:
            head, fresh = fresh.slice(0, room), fresh.slice(room, len(fresh))
            self._keep(head)
            self.shape_changes += 1
        if not len(fresh):
            return
        if self._dated is None:  # the first record below the head
            head = self.table()
            self._dated = _dated_columns(head)
            self._new_places(head)
        first = fresh.slice(0, _SOON)  # after which most columns of many texts are looked at no more
        self._keep(first.take(self._new_places(first)))
        if len(fresh) > _SOON:
            rest = fresh.slice(_SOON, len(fresh))
            self._keep(rest.take(self._new_places(rest)))

    def _keep(self, table: RawTable) -> None:
        if len(table):
            self._parts.append(table if not self._parts else replace(table, lines=()))
            self.changes += 1

    def _new_places(self, table: RawTable) -> npt.NDArray[np.int64]:
        """Return the places of the records that hold something new, and note it."""
        found = [self._of_new_widths(table)]
        for place, column in enumerate(table.columns):
            seen = self._seen.setdefault(place, {""})
            if len(seen) < _MOST_TEXTS:
                sign = (self._dated or {}).get(place)
                found.append(_first_places(column if sign is None else _days(column, sign), seen))
        return np.unique(np.concatenate(found))

    def _of_new_widths(self, table: RawTable) -> npt.NDArray[np.int64]:
        places = []
        for width in np.unique(table.widths).tolist():
            room = MOST_TORN - self._widths[width]
            if room > 0:
                first = np.flatnonzero(table.widths == width)[:room]
                self._widths[width] += len(first)
                self.shape_changes += 1
                places.append(first)
        return np.concatenate(places) if places else np.zeros(0, np.int64)


def _first_places(column: pa.Array, seen: set[str]) -> npt.NDArray[np.int64]:
    """Return where texts stand for the first time that were not seen before, as long as there is room for them."""
    encoded = column.dictionary_encode()
    codes = encoded.indices.to_numpy(zero_copy_only=False)
    firsts = np.flatnonzero(np.diff(np.maximum.accumulate(codes), prepend=-1) > 0) if len(codes) else codes
    places = []
    for code, text in enumerate(encoded.dictionary.slice(0, 2 * _MOST_TEXTS).to_pylist()):
        if len(seen) >= _MOST_TEXTS:
            break
        if text not in seen:
            seen.add(text)
            places.append(int(firsts[code]))
    return np.array(places, np.int64)


def _dated_columns(head: RawTable) -> dict[int, str]:
    """Return the columns of moments, with what stands between day and time: their days are told apart, not their times."""
    found: dict[int, str] = {}
    for place, column in enumerate(head.columns):
        cells = [cell for cell in column.to_pylist() if cell]
        signs = Counter(match.group(1) for cell in cells if (match := _MOMENT.match(cell.strip())))
        if signs and signs.total() > _DATED_SHARE * len(cells):
            found[place] = signs.most_common(1)[0][0]
    return found


def _days(column: pa.Array, sign: str) -> pa.Array:
    """Return what stands before the first sign in each cell, the whole cell where there is none."""
    ends = pc.find_substring(column, sign)
    end = ends[0].as_py() if len(ends) else -1
    if end > 0 and pc.all(pc.equal(ends, end)).as_py():
        return pc.utf8_slice_codeunits(column, 0, end)
    return pc.list_element(pc.split_pattern(pc.utf8_ltrim_whitespace(column), sign, max_splits=1), 0)
