"""Which way each record says its call went: by a column of its own, else by words in its type or place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fnmatch import fnmatchcase

import numpy as np
import numpy.typing as npt

from roi_tool.cdr import Direction
from roi_tool.importing.cells.distinct import distinct
from roi_tool.importing.cells.words import direction_of
from roi_tool.importing.layout import Role
from roi_tool.importing.meaning.conditions import meets_all
from roi_tool.importing.plan import Sheet, merged_cells

_INBOUND_WORDS = re.compile(
    r"\binbound\b|\bincoming\b|\bincoming cl\b|被叫|呼入|\beingehend|\bentrant|\bentrata\b|\brecebida", re.IGNORECASE
)
_ORDER = (Direction.OUTBOUND, Direction.INBOUND, Direction.INTERNAL)


def stated_directions(sheet: Sheet) -> npt.NDArray[np.int8]:
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
        texts, places = distinct(merged_cells(sheet.table, columns.places.get(role, ())))
        codes = np.array([_code(text, role, declared) for text in texts], np.int8)
        if len(codes):
            stated = codes[places]
            result = np.where(stated >= 0, stated, result)
    if layout is not None and layout.direction.internal_when:
        result = np.where(meets_all(sheet, layout.direction.internal_when), np.int8(_ORDER.index(Direction.INTERNAL)), result)
    if layout is not None and layout.direction.default is not None:
        result = np.where(result < 0, np.int8(_ORDER.index(layout.direction.default)), result)
    return result


def _code(text: str, role: Role, declared: Mapping[str, Direction]) -> int:
    plain = text.casefold()
    found = declared.get(plain)
    if found is None:
        found = next((way for shape, way in declared.items() if "*" in shape and fnmatchcase(plain, shape)), None)
    if found is None and role is Role.DIRECTION:
        found = direction_of(text)
    if found is None and _INBOUND_WORDS.search(text):
        found = Direction.INBOUND
    return -1 if found is None else _ORDER.index(found)
