"""Blocks of another shape in one file: below calls a bill may list texts and data under titles of their own."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_tool.importing.cells.title_text import normalised
from roi_tool.importing.detection.header import CALL_ROLES, find_header
from roi_tool.importing.detection.titles import meaning_of_title
from roi_tool.importing.layout import Role
from roi_tool.importing.records.raw_table import RawTable, joined_tables

_ALL_COLUMNS_BELOW = 100_000
"""Further down the title of the date is looked for in its own column only."""
_FEWEST_NEW = 2
_HEADING_CELLS = 2
_HEADING_RECORDS = 100


class BlockSplitter:
    """Splits the records of a source, part by part, into its table and one for each further kind of titles.

    Titles are told by the date's own title, which each block repeats. A block whose titles are all known already (the same
    ones again, or one of them left out) stays where it is.
    """

    def __init__(self) -> None:
        self._held: RawTable | None = None
        self._done = 0
        self._kind = 0
        self._kinds: dict[tuple[str, ...], int] = {}
        self._begun = False
        self._header: int | None = None
        self._dated: tuple[int, str] | None = None
        self._known: frozenset[str] = frozenset()

    def split(self, part: RawTable) -> list[tuple[int, RawTable]]:
        """Return (kind, records) of what can be told so far; the last lines of a part may be headings of the next block.

        Args:
            part: the next records; of the first of a source at least so many that the header is among them.
        """
        if not self._begun:
            self._begin(part)
        if self._dated is None:
            return [(0, part)]
        table = part if self._held is None else joined_tables([self._held, part])
        count = _above_headings(table)
        self._held = table.slice(count, len(table))
        return self._told_apart(table.slice(0, count))

    def rest(self) -> list[tuple[int, RawTable]]:
        """Return the records that were held back: no more will follow."""
        held, self._held = self._held, None
        return [] if held is None or not len(held) else self._told_apart(held)

    def _told_apart(self, table: RawTable) -> list[tuple[int, RawTable]]:
        kinds = self._kinds_of(table)
        self._done += len(table)
        found = np.unique(kinds).tolist()
        if len(found) < 2:
            return [(kind, table) for kind in found]
        return [(kind, table.take(np.flatnonzero(kinds == kind))) for kind in found]

    def _begin(self, table: RawTable) -> None:
        self._begun = True
        header = find_header(table)
        titles = table.record(header) if header is not None else []
        dated = [place for place, title in enumerate(titles) if meaning_of_title(title).role in (Role.START, Role.DATE)]
        if dated:
            self._header, self._dated = header, (dated[0], titles[dated[0]])
            self._known = frozenset(normalised(title) for title in titles)

    def _kinds_of(self, table: RawTable) -> npt.NDArray[np.int64]:
        kinds = np.full(len(table), self._kind, np.int64)
        for place in self._repeated(table):
            if self._header is not None and self._done + place <= self._header:
                continue
            record = table.record(place)
            new = tuple(title for title in map(normalised, record) if title and title not in self._known)
            is_new = len(new) >= _FEWEST_NEW and _is_titles(record)
            self._kind = self._kinds.setdefault(new, len(self._kinds) + 1) if is_new else 0
            kinds[_with_headings(table, place) :] = self._kind
        return kinds

    def _repeated(self, table: RawTable) -> list[int]:
        """Return the records that hold the date's title again."""
        assert self._dated is not None
        own, title = self._dated
        found = np.zeros(len(table), bool)
        upper = max(min(_ALL_COLUMNS_BELOW - self._done, len(table)), 0)
        for place, column in enumerate(table.columns):
            cells = column if place == own else column.slice(0, upper)
            if len(cells):
                found[: len(cells)] |= np.asarray(pc.equal(cells, pa.scalar(title)).to_numpy(zero_copy_only=False), bool)
        return [int(row) for row in np.flatnonzero(found)]


def _is_heading(table: RawTable, place: int) -> bool:
    return sum(bool(cell) for cell in table.record(place)) <= _HEADING_CELLS


def _above_headings(table: RawTable) -> int:
    """Return how many records stand above those at the end that may be headings."""
    count = len(table)
    while count > max(len(table) - _HEADING_RECORDS, 0) and _is_heading(table, count - 1):
        count -= 1
    return count


def _with_headings(table: RawTable, place: int) -> int:
    """Return where a block begins: its heading lines stand above its titles."""
    first = max(place - _HEADING_RECORDS, 0)
    while place > first and _is_heading(table, place - 1):
        place -= 1
    return place


def _is_titles(record: list[str]) -> bool:
    return len({meaning_of_title(cell).role for cell in record if cell} & CALL_ROLES) >= 2
