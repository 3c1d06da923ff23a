"""Records of text, column by column, each with its way home."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_tool.problems import Problem


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
    """Lines of a text file as they stand, for layouts of printed columns; only of files of a megabyte at most."""
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

    def record(self, index: int) -> list[str]:
        """Return one record's fields, trimmed, without the empty ones that only pad it to the table's width."""
        return [str(column[index].as_py()).strip() for column in self.columns[: int(self.widths[index])]]

    def head(self, count: int) -> list[list[str]]:
        """Return the first `count` records."""
        return [self.record(index) for index in range(min(count, len(self)))]

    def without_cells(self) -> RawTable:
        """Return the table's facts and record numbers alone."""
        return replace(self, columns=(), lines=())

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
    """Put tables of one source below each other; narrower ones are padded."""
    width = max(table.width for table in tables)
    if len(tables) == 1:
        return tables[0]
    columns = [
        pa.concat_arrays([table.columns[place] if place < table.width else _blank(len(table)) for table in tables])
        for place in range(width)
    ]
    numbers = np.concatenate([table.row_numbers for table in tables])
    return replace(
        tables[0], columns=tuple(columns), row_numbers=numbers, widths=np.concatenate([table.widths for table in tables])
    )


def _blank(length: int) -> pa.Array:
    return pa.array([""] * length, pa.string())


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
