"""Records of text, column by column, each with its way home."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_tool.problems import Problem

LineSplit = str | tuple[int, ...]
"""How printed lines are split: by the named groups of a pattern (what does not match keeps its text in the first column), or at
places."""


@dataclass(frozen=True, eq=False)
class RawTable:
    """One sheet or text file, blank records left out.

    Attributes:
        columns: one string array per column, all of one length; a missing cell is "".
        row_numbers: where each record stands in the source, from 1 as a spreadsheet counts.
        widths: how many fields each record really has.
    """

    file: str
    columns: tuple[pa.Array, ...]
    row_numbers: npt.NDArray[np.int64]
    widths: npt.NDArray[np.int64]
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    lines: tuple[str, ...] = ()
    """The first lines of a text file as they stand, for layouts of printed columns."""
    formulas: bool = False
    """The sheet holds formulas whose values were never computed."""
    sure: float | None = None
    """How sure the split into records and cells can be at most, from 0 to 1; None where nothing had to be guessed."""
    notes: tuple[Problem, ...] = ()
    """What was left out beside it, to be said with the bill."""

    def __len__(self) -> int:
        return len(self.row_numbers)

    @property
    def width(self) -> int:
        """How many columns the widest record has."""
        return len(self.columns)

    def nbytes(self) -> int:
        """Return how much room its cells take."""
        return sum(column.nbytes for column in self.columns)

    def record(self, index: int) -> list[str]:
        """Return one record's fields, trimmed, without the empty ones that only pad it to the table's width."""
        return [str(column[index].as_py()).strip() for column in self.columns[: int(self.widths[index])]]

    def head(self, count: int) -> list[list[str]]:
        """Return the first `count` records."""
        return [self.record(index) for index in range(min(count, len(self)))]

    def without_records(self) -> RawTable:
        """Return what is known of the table, without any record."""
        none = np.zeros(0, np.int64)
        return replace(self, columns=(), lines=(), row_numbers=none, widths=none)

    def slice(self, start: int, stop: int) -> RawTable:
        """Return the records from `start` up to before `stop`."""
        return replace(
            self,
            columns=tuple(column.slice(start, max(stop - start, 0)) for column in self.columns),
            row_numbers=self.row_numbers[start:stop],
            widths=self.widths[start:stop],
        )

    def widened(self, width: int) -> RawTable:
        """Return the table with at least so many columns, those added empty."""
        if width <= self.width:
            return self
        empty = pa.repeat(pa.scalar("", pa.string()), len(self))
        return replace(self, columns=(*self.columns, *[empty] * (width - self.width)))

    def take(self, indices: npt.NDArray[np.int64]) -> RawTable:
        """Return the records at these places."""
        wanted = pa.array(indices)
        return replace(
            self,
            columns=tuple(column.take(wanted) for column in self.columns),
            row_numbers=self.row_numbers[indices],
            widths=self.widths[indices],
        )


def table_of_rows(file: str, rows: Sequence[Sequence[str]], numbers: Sequence[int] | None = None, **facts: object) -> RawTable:
    """Make a table of rows of unequal width; blank ones are dropped, the others padded.

    Args:
        file: path of the source.
        rows: the records.
        numbers: their places in the source; by default counted from 1.
        facts: other attributes of `RawTable`.
    """
    places = range(1, len(rows) + 1) if numbers is None else numbers
    kept = [(number, row) for number, row in zip(places, rows, strict=True) if any(cell and not cell.isspace() for cell in row)]
    width = max((len(row) for _, row in kept), default=0)
    widths = np.fromiter((len(row) for _, row in kept), np.int64, len(kept))
    padded = [row if len(row) == width else [*row, *[""] * (width - len(row))] for _, row in kept]
    columns = tuple(pa.array(cells, pa.string()) for cells in zip(*padded, strict=True)) if padded else ()
    numbered = np.fromiter((number for number, _ in kept), np.int64, len(kept))
    return RawTable(file, columns, numbered, widths, **facts)  # type: ignore[arg-type]


def joined_tables(tables: Sequence[RawTable]) -> RawTable:
    """Put parts of one table together again."""
    if len(tables) == 1:
        return tables[0]
    width = max(table.width for table in tables)
    wide = [table.widened(width) for table in tables]
    columns = tuple(pa.concat_arrays([table.columns[place] for table in wide]) for place in range(width))
    numbers = np.concatenate([table.row_numbers for table in wide])
    return replace(tables[0], columns=columns, row_numbers=numbers, widths=np.concatenate([table.widths for table in wide]))


def without_blank_rows(table: RawTable) -> RawTable:
    """Drop records whose every cell is empty or blank."""
    if not len(table) or not table.columns:
        return table
    blank = _may_be_blank(table.columns[0])
    for column in table.columns:
        if not blank.any():
            return table
        cells = pc.utf8_trim_whitespace(column.filter(pa.array(blank)))
        blank[blank] = pc.equal(pc.binary_length(cells), 0).to_numpy(zero_copy_only=False)
    return table.take(np.flatnonzero(~blank)) if blank.any() else table


def _may_be_blank(column: pa.Array) -> npt.NDArray[np.bool_]:
    """Say which cells are empty or begin with a blank: to trim the cells of long tables takes longer than to read them."""
    first = pc.utf8_slice_codeunits(column, 0, 1)
    return np.array(pc.equal(pc.binary_length(pc.utf8_trim_whitespace(first)), 0).to_numpy(zero_copy_only=False), bool)


def line_splitter(how: LineSplit) -> Callable[[str], list[str]]:
    """Return what splits a printed line into its fields.

    >>> line_splitter(r"^(?P<date>\\d+) (?P<number>\\d+)$")("1305 0207"), line_splitter((0, 5))("1305 0207")
    (['1305', '0207'], ['1305', '0207'])
    """
    if isinstance(how, tuple):
        edges = [*how, None]
        return lambda line: [line.expandtabs()[begin:end].strip() for begin, end in pairwise(edges)]
    pattern = re.compile(how)
    width = len(pattern.groupindex)

    def fields(line: str) -> list[str]:
        match = pattern.match(line)
        return [text or "" for text in match.groups()][:width] if match else [line.strip()]

    return fields
