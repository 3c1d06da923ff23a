"""Printed columns: the lines of a text split by a layout's pattern, or where all of them are blank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from roi_tool.importing.records.decoding import Text
from roi_tool.importing.records.raw_table import LineSplit, RawTable, line_splitter, table_of_rows
from roi_tool.importing.records.record_source import PORTIONS, Part, Portions, Records
from roi_tool.importing.records.rows_of_text import numbered_lines
from roi_tool.problems import Problem

_LINES_BYTES = 1 << 18


@dataclass(frozen=True)
class PrintedLines:
    """Lines split one by one."""

    text: Text
    how: LineSplit
    portions: Portions = PORTIONS
    notes: tuple[Problem, ...] = ()

    @property
    def file(self) -> str:
        """Path of the source."""
        return self.text.source.file

    def parts(self) -> Iterator[Part]:
        """Give the records from the first to the last."""
        split = line_splitter(self.how)
        rows: list[list[str]] = []
        numbers: list[int] = []
        with self.text.open() as stream:
            size, begun = max(self.text.source.size, 1), 0
            for number, line in numbered_lines(stream):
                rows.append(split(line))
                numbers.append(number)
                if len(rows) >= self.portions.records or stream.done - begun >= self.portions.row_bytes():
                    yield Part(self._table(rows, numbers), stream.done / size)
                    rows, numbers, begun = [], [], stream.done
            yield Part(self._table(rows, numbers), 1.0)

    def noted(self, notes: Sequence[Problem]) -> Records:
        """Return the same records with further notes."""
        return replace(self, notes=(*self.notes, *notes))

    def printed(self, how: LineSplit) -> Records:
        """Return the same lines split in another way."""
        return PrintedLines(self.text, how, self.portions, self.notes)

    def _table(self, rows: Sequence[Sequence[str]], numbers: Sequence[int]) -> RawTable:
        if numbers and numbers[0] > 1:
            return table_of_rows(self.file, rows, numbers, encoding=self.text.encoding)
        lines = first_lines(self.text, self.portions.head_records)
        return table_of_rows(self.file, rows, numbers, encoding=self.text.encoding, lines=lines, notes=self.notes)


def first_lines(text: Text, count: int) -> tuple[str, ...]:
    """Return the first lines that are not blank, as they stand."""
    lines = text.head(_LINES_BYTES).splitlines()
    if text.source.size > _LINES_BYTES:
        lines = lines[:-1]  # the cut may run through it
    return tuple(line for line in lines if line.strip())[:count]
