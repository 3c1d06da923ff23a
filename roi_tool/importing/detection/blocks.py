"""Blocks of another shape in one file: below calls a bill may list texts and data under titles of their own."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from roi_tool.importing.cells.title_text import normalised
from roi_tool.importing.detection.header import CALL_ROLES, find_header
from roi_tool.importing.detection.titles import meaning_of_title
from roi_tool.importing.layout import Role
from roi_tool.importing.records.raw_table import RawTable

_ALL_COLUMNS_BELOW = 100_000
"""In longer tables the title of the date is looked for in its own column only."""
_FEWEST_NEW = 2
_HEADING_CELLS = 2


def split_blocks(table: RawTable) -> list[RawTable]:
    """Return the table, and for each further kind of titles in it a table of the records below them.

    Titles are told by the date's own title, which each block repeats. A block whose titles are all known already (the same
    ones again, or one of them left out) stays where it is.
    """
    header = find_header(table)
    if header is None:
        return [table]
    titles = table.record(header)
    dated = [place for place, title in enumerate(titles) if meaning_of_title(title).role in (Role.START, Role.DATE)]
    if not dated:
        return [table]
    known = {normalised(title) for title in titles}
    kinds: dict[tuple[str, ...], int] = {}
    starts: list[tuple[int, int]] = [(0, 0)]
    for place in _repeated(table, titles[dated[0]], dated[0]):
        if place <= header:
            continue
        record = table.record(place)
        new = tuple(title for title in map(normalised, record) if title and title not in known)
        if len(new) < _FEWEST_NEW or not _is_titles(record):
            starts.append((place, 0))
        else:
            starts.append((place, kinds.setdefault(new, len(kinds) + 1)))
    if not kinds:
        return [table]
    kind_of = np.zeros(len(table), np.int64)
    for place, kind in starts:
        kind_of[_with_headings(table, place) :] = kind
    return [table.take(np.flatnonzero(kind_of == kind)) for kind in range(len(kinds) + 1)]


def _with_headings(table: RawTable, place: int) -> int:
    """Return where a block begins: its heading lines stand above its titles."""
    while place > 0 and sum(bool(cell) for cell in table.record(place - 1)) <= _HEADING_CELLS:
        place -= 1
    return place


def _repeated(table: RawTable, title: str, place: int) -> list[int]:
    """Return the records that hold the date's title again."""
    places = range(table.width) if len(table) < _ALL_COLUMNS_BELOW else [place]
    found = np.zeros(len(table), bool)
    for column in places:
        found |= np.asarray(pc.equal(table.columns[column], pa.scalar(title)).to_numpy(zero_copy_only=False), bool)
    return [int(row) for row in np.flatnonzero(found)]


def _is_titles(record: list[str]) -> bool:
    return len({meaning_of_title(cell).role for cell in record if cell} & CALL_ROLES) >= 2
