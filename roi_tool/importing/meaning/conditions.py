"""Tests of cells that a layout declares, over whole columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from roi_tool.importing.cells.distinct import distinct
from roi_tool.importing.layout import Condition
from roi_tool.importing.plan import Sheet, column_cells, column_place


def meets_all(sheet: Sheet, conditions: Sequence[Condition]) -> npt.NDArray[np.bool_]:
    """Return which records meet all conditions."""
    meets = np.ones(len(sheet.table), bool)
    for condition in conditions:
        place = column_place(condition.column, sheet.columns.titles, sheet.table.width)
        texts, places = distinct(column_cells(sheet.table, place))
        if not texts:
            return meets
        meets &= np.array([holds(condition, text) for text in texts], bool)[places]
    return meets


def holds(condition: Condition, text: str) -> bool:
    """Say whether one cell meets a condition."""
    if condition.equals and text.casefold() not in {item.casefold() for item in condition.equals}:
        return False
    if condition.matches and not re.search(condition.matches, text):
        return False
    return condition.empty is None or condition.empty == (not text)
