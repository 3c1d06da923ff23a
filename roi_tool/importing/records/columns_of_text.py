"""Long texts whose rows are nearly all of one width, read column by column."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from roi_tool.importing.records.decoding import Text
from roi_tool.importing.records.raw_table import RawTable, joined_tables, table_of_rows, without_blank_rows
from roi_tool.importing.records.record_source import Part, Portions
from roi_tool.importing.records.rows_of_text import Splitting, rows_of_odd
from roi_tool.importing.stopping import may_stop

_BLOCK_BYTES = 1 << 19
_ODD_ROWS = 50_000
_ODD_SHARE = 20
"""More rows of another width than this, and one in twenty, are quicker read row by row."""


class NotRectangularError(Exception):
    """Too many rows are of another width for columns to pay, or quotes are not as they should be."""


def columnar_parts(text: Text, how: Splitting, portions: Portions) -> Iterator[Part]:
    """Give the records of a text, those of another width in their places.

    Raises:
        NotRectangularError: they cannot be read so.
        ProblemError: too many columns to be a bill, or bytes that are no text.
    """
    yield from _ColumnarRows(text, how, portions).parts()


@dataclass(frozen=True)
class _ColumnarRows:
    text: Text
    how: Splitting
    portions: Portions

    def parts(self) -> Iterator[Part]:
        odd: list[tuple[int, str]] = []
        count = 0

        def keep_odd(row: pa.csv.InvalidRow) -> str:
            nonlocal count
            count += 1
            odd.append((row.number, row.text))
            return "skip" if count <= _ODD_ROWS + row.number // _ODD_SHARE else "error"

        with self.text.open() as stream:
            size, last, taken = max(self.text.source.size, 1), 0, 0
            held: list[RawTable] = []
            for batch in self._batches(io.BufferedReader(stream, 1 << 16), keep_odd):
                if self.text.has_quotes:
                    self._check_quotes(batch)
                table, last = self._numbered(batch, odd, last)
                held.append(table)
                may_stop()
                taken += batch.nbytes  # the reader is ahead by some blocks, so that the place in the file does not tell
                if taken >= self.portions.text_bytes:
                    yield from self._sliced(held, stream.done / size)
                    held, taken = [], 0
            if odd:
                held.append(self._odd_rows(odd))
            yield from self._sliced(held, 1.0)

    def _batches(self, source: io.BufferedReader, keep_odd: Callable[[pa.csv.InvalidRow], str]) -> Iterator[pa.RecordBatch]:
        for _ in range(self.how.first):
            source.readline()
        names = [str(index) for index in range(self.how.width)]
        block = min(_BLOCK_BYTES, max(self.portions.text_bytes, 1 << 16))
        try:
            yield from pa.csv.open_csv(
                pa.PythonFile(source, "r"),
                read_options=pa.csv.ReadOptions(column_names=names, use_threads=False, block_size=block),
                parse_options=pa.csv.ParseOptions(
                    delimiter=self.how.delimiter,
                    newlines_in_values=self.text.has_quotes,
                    ignore_empty_lines=False,
                    invalid_row_handler=keep_odd,
                ),
                convert_options=pa.csv.ConvertOptions(
                    check_utf8=False,  # it was decoded, or looked through before
                    column_types=dict.fromkeys(names, pa.string()),
                    strings_can_be_null=False,
                    quoted_strings_can_be_null=False,
                ),
            )
        except pa.ArrowInvalid as error:
            raise NotRectangularError from error

    def _check_quotes(self, batch: pa.RecordBatch) -> None:
        """Refuse cells that hold what looks like records: two quotation marks without partners make one cell of all between."""
        fewest = max((self.how.width - 1) // 2, 2)
        for column in batch.columns:
            spanning = pc.match_substring(column, "\n")
            if not pc.any(spanning).as_py():
                continue
            for cell in column.filter(spanning).to_pylist():
                if any(line.count(self.how.delimiter) >= fewest for line in cell.splitlines()):
                    raise NotRectangularError

    def _numbered(self, batch: pa.RecordBatch, odd: list[tuple[int, str]], last: int) -> tuple[RawTable, int]:
        """Return a batch with the odd rows that stand among its rows, and the number of its last row."""
        count = len(batch)
        numbers = _numbers_after(last, count, [number for number, _ in odd])
        if count:
            last = int(numbers[-1])
        widths = np.broadcast_to(np.int64(self.how.width), (count,))  # one number for all: it takes no room
        table = RawTable(
            self.text.source.file,
            tuple(batch.columns),
            numbers + self.how.first,
            widths,
            encoding=self.text.encoding,
            delimiter=self.how.delimiter,
        )
        among = [item for item in odd if item[0] < last]
        if not among:
            return table, last
        del odd[: len(among)]
        extra = self._odd_rows(among)
        together = joined_tables([table, extra]) if len(extra) else table
        return together.take(np.argsort(together.row_numbers, kind="stable")), last

    def _odd_rows(self, odd: list[tuple[int, str]]) -> RawTable:
        rows, numbers = rows_of_odd(odd, self.how, self.text.source.file)
        return table_of_rows(self.text.source.file, rows, numbers, encoding=self.text.encoding, delimiter=self.how.delimiter)

    def _sliced(self, held: list[RawTable], share: float) -> Iterator[Part]:
        if not held:
            return
        table = without_blank_rows(joined_tables(held))
        held.clear()
        step = self.portions.records
        for start in range(0, max(len(table), 1), step):
            yield Part(table if len(table) <= step else table.slice(start, start + step), share)


def _numbers_after(last: int, count: int, taken: list[int]) -> npt.NDArray[np.int64]:
    """Return the row numbers of `count` rows that follow the row `last`, those in `taken` (rising) left out."""
    numbers = np.arange(1, count + 1, dtype=np.int64)
    if taken:
        gaps = np.asarray(taken, np.int64) - last - np.arange(len(taken), dtype=np.int64)
        numbers += np.searchsorted(gaps, numbers, side="right")
    return numbers + last
