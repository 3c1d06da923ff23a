"""Delimited text to records: the delimiter found, quotes and ragged rows survived, read part by part."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from roi_tool.importing.records.columns_of_text import NotRectangularError, columnar_parts
from roi_tool.importing.records.decoding import Text
from roi_tool.importing.records.limits import MAX_COLUMNS
from roi_tool.importing.records.printed_lines import PrintedLines, first_lines
from roi_tool.importing.records.raw_table import LineSplit, RawTable, table_of_rows
from roi_tool.importing.records.record_source import PORTIONS, Part, Portions, Records, TornApartError
from roi_tool.importing.records.rows_of_text import Splitting, numbered_rows
from roi_tool.problems import Problem

_HEAD_BYTES = 1 << 16
_COLUMNAR_FROM = 1 << 20
"""Files below this many bytes go row by row: the outcome is the same, and it is fast enough."""
_LINE_CHARACTERS = 1 << 14
_CLOCK = re.compile(r"\b\d{1,4}:\d{2}:\d{2}\b")
"""Times of day part nothing."""
_DELIMITERS = (",", ";", "\t", "|", "~", ":")


@dataclass(frozen=True)
class TextRecords:
    """The records of a text.

    Attributes:
        text: the text.
        how: how it is split into rows.
        columnar: read column by column, for long texts whose rows are nearly all of one width.
        portions: how much is read at a time.
    """

    text: Text
    how: Splitting
    columnar: bool = False
    portions: Portions = PORTIONS
    notes: tuple[Problem, ...] = ()

    @property
    def file(self) -> str:
        """Path of the source."""
        return self.text.source.file

    def parts(self) -> Iterator[Part]:
        """Give the records from the first to the last; the first part carries the text's first lines.

        Raises:
            TornApartError: many rows are of another width, so that they must be read row by row.
            ProblemError: too many columns to be a bill, or bytes that are no text.
        """
        lines, told = first_lines(self.text, self.portions.head_records), False
        try:
            for part in columnar_parts(self.text, self.how, self.portions) if self.columnar else self._rows():
                yield part if told else part._replace(table=replace(part.table, lines=lines, notes=self.notes))
                told = True
        except NotRectangularError:
            by_rows = replace(self, columnar=False)
            if told:
                raise TornApartError(self, by_rows) from None
            yield from by_rows.parts()

    def noted(self, notes: Sequence[Problem]) -> Records:
        """Return the same records with further notes."""
        return replace(self, notes=(*self.notes, *notes))

    def printed(self, how: LineSplit) -> Records:
        """Return the text's lines, each split as is said."""
        return PrintedLines(self.text, how, self.portions, self.notes)

    def _rows(self) -> Iterator[Part]:
        rows: list[list[str]] = []
        numbers: list[int] = []
        with self.text.open() as stream:
            size, begun = max(self.text.source.size, 1), 0
            for number, row in numbered_rows(stream, self.how, self.file):
                rows.append(row)
                numbers.append(number)
                if len(rows) >= self.portions.records or stream.done - begun >= self.portions.row_bytes():
                    yield Part(self._table(rows, numbers), stream.done / size)
                    rows, numbers, begun = [], [], stream.done
            yield Part(self._table(rows, numbers), 1.0)

    def _table(self, rows: list[list[str]], numbers: list[int]) -> RawTable:
        return table_of_rows(self.file, rows, numbers, encoding=self.text.encoding, delimiter=self.how.delimiter)


def delimited_records(text: Text, delimiter: str = "", portions: Portions = PORTIONS) -> TextRecords:
    """Find how a text is split into records.

    Args:
        text: the text.
        delimiter: the one that a layout declares; else it is found.
        portions: how much is read at a time.
    """
    first, head = 0, text.head(_HEAD_BYTES)
    if head[:4].lower() == "sep=" and len(head) > 4:
        sign = head[4:5]
        first, delimiter = 1, sign if sign not in ("\r", "\n") else delimiter
        head = head.partition("\n")[2]
    chosen = delimiter or find_delimiter(head)
    escape = _has_backslash_escapes(head, chosen)
    whole = head if text.source.size <= _HEAD_BYTES else head.rpartition("\n")[0]
    width = usual_width(whole, chosen)
    columnar = text.source.size >= _COLUMNAR_FROM and not escape and 2 <= width <= MAX_COLUMNS
    return TextRecords(text, Splitting(chosen, escape, first, width), columnar, portions)


def find_delimiter(head: str) -> str:
    """Return the delimiter under which most lines have one same width above one; "" when there is none."""
    lines = [line[:_LINE_CHARACTERS] for line in head.splitlines()[:400] if line.strip()]
    if len(lines) > 3 and not head.endswith("\n"):
        lines = lines[:-1]  # the cut may run through it
    best, best_score = "", 0.0
    for delimiter in _DELIMITERS:
        looked_at = [_CLOCK.sub("", line) for line in lines] if delimiter == ":" else lines
        widths = Counter(len(row) for row in _split_lines(looked_at, delimiter))
        width, count = max(
            ((w, n) for w, n in widths.items() if w > 1), key=lambda pair: pair[1] * pair[0] ** 0.5, default=(1, 0)
        )
        if width < (5 if delimiter == ":" else 2) or (delimiter == ":" and best):
            continue
        steady = sum(n for w, n in widths.items() if w > 1) / max(len(lines), 1)
        score = (count / max(len(lines), 1)) * 0.6 + steady * 0.4 + min(width, 12) * 0.04
        if score > best_score:
            best, best_score = delimiter, score
    return best


def usual_width(text: str, delimiter: str) -> int:
    """Return how many fields most rows of a text have, 0 when it has none."""
    if not delimiter:
        return 1
    rows = _split_lines(io.StringIO(text, newline=""), delimiter, skipinitialspace=True)
    counts = Counter(len(row) for row in rows if any(row))
    return counts.most_common(1)[0][0] if counts else 0


def _split_lines(lines: Iterable[str], delimiter: str, *, skipinitialspace: bool = False) -> Iterator[list[str]]:
    try:
        yield from csv.reader(lines, delimiter=delimiter, skipinitialspace=skipinitialspace)
    except csv.Error:
        return


def _has_backslash_escapes(head: str, delimiter: str) -> bool:
    """BroadWorks protects a delimiter inside a field by a backslash, not by quotes."""
    return bool(delimiter) and "\\" + delimiter in head and '"' not in head
