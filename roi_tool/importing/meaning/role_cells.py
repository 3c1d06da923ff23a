"""The cells that a role has in a table, and which of them hold nothing."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_tool.importing.layout import Role
from roi_tool.importing.plan import Sheet, merged_cells

EMPTY_MARKS = frozenset({"", "-", "--", "NULL", "null", "\\N", "N/A", "n/a", "None", "(null)"})
_EMPTY = pa.array(sorted(EMPTY_MARKS))


def table_cells(sheet: Sheet, role: Role) -> pa.Array:
    """Return the cells of a role; of several columns the first that is not empty; all empty when there is none."""
    return merged_cells(sheet.table, sheet.columns.places.get(role, ()))


def is_empty(cells: pa.Array) -> npt.NDArray[np.bool_]:
    """Say which cells hold nothing, or a mark for nothing."""
    found = pc.is_in(pc.utf8_trim_whitespace(cells), value_set=_EMPTY)
    return np.asarray(found.to_numpy(zero_copy_only=False))


def empty_among(cells: pa.Array, among: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Return which of these records have an empty cell: of the others it is not asked."""
    empty = np.zeros(len(cells), bool)
    places = np.flatnonzero(among)
    if len(places):
        empty[places] = is_empty(cells if len(places) == len(cells) else cells.take(pa.array(places)))
    return empty
