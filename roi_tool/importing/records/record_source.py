"""Where records come from: part by part, as often as they are asked for, so that a long file is never held whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from roi_tool.importing.records.raw_table import LineSplit, RawTable, joined_tables, line_splitter, table_of_rows
from roi_tool.problems import Problem


@dataclass(frozen=True, slots=True)
class Portions:
    """How much is held at a time. The outcome is the same whatever they are, but for `head_records`."""

    text_bytes: int = 1 << 24
    """Text that makes one part."""
    records: int = 1 << 20
    """Records that make one part at most."""
    head_records: int = 5_000
    """First records of a table, which tell what its columns are."""
    calls: int = 2_000_000
    """Calls that are held in memory; from more on, they lie in files without a name."""

    def row_bytes(self) -> int:
        """Return how much text makes one part where it is read as lists, which take more room than columns."""
        return max(self.text_bytes // 8, 1)


PORTIONS = Portions()


_MOST_LINES = 200_000


class Part(NamedTuple):
    """Some records of a table, and which share of the source was read when they were."""

    table: RawTable
    share: float


class TornApartError(Exception):
    """What was split in one way turned out, further down, to need another; `instead` begins again from the first record."""

    def __init__(self, records: Records, instead: Records) -> None:
        super().__init__("the records must be split in another way")
        self.records, self.instead = records, instead


class Records(Protocol):
    """The records of one text or sheet."""

    @property
    def file(self) -> str:
        """Path of the source."""

    def parts(self) -> Iterator[Part]:
        """Give the records from the first to the last; at least one part, which may be empty.

        Raises:
            TornApartError: they must be split in another way.
        """

    def printed(self, how: LineSplit) -> Records:
        """Return the same source with its printed lines split as is said."""

    def noted(self, notes: Sequence[Problem]) -> Records:
        """Return the same source with what was left out beside it, to be said with the bill."""


@dataclass(frozen=True, eq=False)
class HeldRecords:
    """A table that stands in memory: sheets of workbooks, markup, PDFs."""

    table: RawTable
    portions: Portions = PORTIONS

    @property
    def file(self) -> str:
        """Path of the source."""
        return self.table.file

    def parts(self) -> Iterator[Part]:
        """Give the table in slices."""
        count, step = len(self.table), self.portions.records
        if count <= step:
            yield Part(self.table, 1.0)
            return
        for start in range(0, count, step):
            yield Part(self.table.slice(start, start + step), min(start + step, count) / count)

    def printed(self, how: LineSplit) -> Records:
        """Return the table's lines, each split as is said: such as stand in the one column of a sheet."""
        if not self.table.lines:
            return self
        split_line = line_splitter(how)
        rows = [split_line(str(cell)) for cell in self.table.columns[0].to_pylist()]
        split = table_of_rows(self.file, rows, self.table.row_numbers.tolist(), encoding=self.table.encoding)
        known = replace(split, lines=self.table.lines, sheet=self.table.sheet, notes=self.table.notes)
        return SettledRecords(known, self.portions)

    def noted(self, notes: Sequence[Problem]) -> Records:
        """Return the table with further notes."""
        return replace(self, table=replace(self.table, notes=(*self.table.notes, *notes)))


class SettledRecords(HeldRecords):
    """A table that is split as it should be: its lines are not split again."""

    def printed(self, how: LineSplit) -> Records:
        """Return itself."""
        del how
        return self


def held_records(table: RawTable, portions: Portions = PORTIONS) -> HeldRecords:
    """Return a table that stands in memory as a source; a sheet of one column may hold printed lines."""
    if table.encoding == "workbook" and table.width == 1 and not table.lines and len(table) <= _MOST_LINES:
        table = replace(table, lines=tuple(str(cell) for cell in table.columns[0].to_pylist()))
    return HeldRecords(table, portions)


def whole_table(records: Records) -> RawTable:
    """Return all records as one table."""
    try:
        return joined_tables([part.table for part in records.parts()])
    except TornApartError as torn:
        return whole_table(torn.instead)
