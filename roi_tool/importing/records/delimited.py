"""Delimited text to records: the delimiter found, quotes and ragged rows survived, long files read column by column."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.csv

from roi_tool.importing.records.decoding import Decoded
from roi_tool.importing.records.limits import MAX_COLUMNS, MAX_FIELD_CHARACTERS
from roi_tool.importing.records.raw_table import RawTable, table_of_rows, without_blank_rows
from roi_tool.importing.records.torn_quotes import records_in
from roi_tool.importing.stopping import may_stop
from roi_tool.problems import Problem, ProblemError, Where

_HEAD_CHARACTERS = 1 << 16
_ASK_EVERY = 2048
_COLUMNAR_FROM = 1 << 20
"""Files below this many characters go row by row: the outcome is the same, and it is fast enough."""
_PRINTED_UP_TO = 1 << 26
"""Text without a delimiter may be printed columns, which are cut from its lines."""
_LINE_CHARACTERS = 1 << 14
_DELIMITERS = (",", ";", "\t", "|", "~", ":")


def read_delimited(decoded: Decoded, file: str, delimiter: str = "") -> RawTable:
    """Split a text into records.

    Args:
        decoded: the text.
        file: path of the source.
        delimiter: the one that a layout declares; else it is found.

    Raises:
        ProblemError: too many columns to be a bill.
    """
    skipped = 0
    if decoded.head(4).lower() == "sep=" and decoded.size > 4:
        first, _, rest = decoded.text.partition("\n")
        delimiter = first[4:5] if first[4:5] not in ("", "\r") else delimiter
        decoded, skipped = Decoded(rest, decoded.encoding), 1
    head = decoded.head(_HEAD_CHARACTERS)
    chosen = delimiter or find_delimiter(head)
    escape = _has_backslash_escapes(head, chosen)
    table = None
    if decoded.size >= _COLUMNAR_FROM and chosen and not escape:
        table = _read_columnar(decoded, file, chosen, skipped)
    if table is None:
        text = decoded.text
        rows, numbers = _read_rows(text, file, chosen, escape, skipped)
        kept = len(text) < (_PRINTED_UP_TO if not chosen else _COLUMNAR_FROM)
        lines = tuple(line for line in text.splitlines() if line.strip()) if kept else ()
        table = table_of_rows(file, rows, numbers, encoding=decoded.encoding, delimiter=chosen, lines=lines)
    return table


def find_delimiter(head: str) -> str:
    """Return the delimiter under which most lines have one same width above one; "" when there is none."""
    lines = [line[:_LINE_CHARACTERS] for line in head.splitlines()[:400] if line.strip()]
    if len(lines) > 3 and not head.endswith("\n"):
        lines = lines[:-1]  # the cut may run through it
    best, best_score = "", 0.0
    for delimiter in _DELIMITERS:
        widths = Counter(len(row) for row in _split_lines(lines, delimiter))
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


def _split_lines(lines: list[str], delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(lines, delimiter=delimiter)
    except csv.Error:
        return


def _has_backslash_escapes(head: str, delimiter: str) -> bool:
    """BroadWorks protects a delimiter inside a field by a backslash, not by quotes."""
    return bool(delimiter) and "\\" + delimiter in head and '"' not in head


def _read_rows(text: str, file: str, delimiter: str, escape: bool, skipped: int) -> tuple[list[list[str]], list[int]]:
    csv.field_size_limit(1 << 24)
    if not delimiter:
        lines = text.splitlines()
        return [[line[:MAX_FIELD_CHARACTERS]] for line in lines], list(range(1 + skipped, len(lines) + 1 + skipped))
    source = io.StringIO(text.replace("\x00", ""), newline="")
    if escape:
        reader = csv.reader(source, delimiter=delimiter, quoting=csv.QUOTE_NONE, escapechar="\\")
    else:
        reader = csv.reader(source, delimiter=delimiter, skipinitialspace=True)
    rows: list[list[str]] = []
    numbers: list[int] = []
    previous = 0
    while True:
        try:
            row = next(reader, None)
        except csv.Error:
            row = ["\ufffd"]
        if not len(rows) % _ASK_EVERY:
            may_stop()
        if row is None:
            return _with_torn_records(text, rows, numbers, file, delimiter, skipped)
        rows.append(_bounded(row, file))
        numbers.append(previous + 1 + skipped)
        previous = reader.line_num


def _with_torn_records(
    text: str, rows: list[list[str]], numbers: list[int], file: str, delimiter: str, skipped: int
) -> tuple[list[list[str]], list[int]]:
    """Give back the records that a torn quote has swallowed into one."""
    if '"' not in text or not delimiter:
        return rows, numbers
    width = Counter(map(len, rows)).most_common(1)[0][0]
    last = len(rows) - 1
    spanning = [
        place
        for place, row in enumerate(rows)
        if any("\n" in cell or "\r" in cell for cell in row) or (place == last and len(row) < width)
    ]
    if not spanning:
        return rows, numbers
    lines = io.StringIO(text.replace("\x00", ""), newline="").readlines()
    for place in reversed(spanning):
        begin = numbers[place] - 1 - skipped
        end = numbers[place + 1] - 1 - skipped if place + 1 < len(numbers) else len(lines)
        found = records_in("".join(lines[begin:end]), delimiter, width)
        if found is not None:
            rows[place : place + 1] = [_bounded(row, file) for row in found]
            first = numbers[place]
            numbers[place : place + 1] = range(first, first + len(found))
    return rows, numbers


def _bounded(row: list[str], file: str) -> list[str]:
    if any(len(cell) > MAX_FIELD_CHARACTERS for cell in row):
        row = [cell[:MAX_FIELD_CHARACTERS] for cell in row]
    if len(row) > MAX_COLUMNS:
        while row and not row[-1].strip():
            row.pop()
        if len(row) > MAX_COLUMNS:
            raise ProblemError(
                Problem("too_many_columns", where=Where(file), detail={"count": str(len(row)), "limit": str(MAX_COLUMNS)})
            )
    return row


def _read_columnar(decoded: Decoded, file: str, delimiter: str, skipped: int) -> RawTable | None:
    """Read a long, mostly rectangular text; None when too many rows are ragged for that to pay."""
    head_rows, _ = _read_rows(decoded.head(_HEAD_CHARACTERS).rpartition("\n")[0], file, delimiter, False, 0)
    counts = Counter(len(row) for row in head_rows if any(row))
    width = counts.most_common(1)[0][0] if counts else 0
    if width < 2 or width > MAX_COLUMNS:
        return None
    odd: list[tuple[int, str]] = []
    names = [str(index) for index in range(width)]

    def keep_odd(row: pa.csv.InvalidRow) -> str:
        odd.append((row.number, row.text))
        return "skip" if len(odd) <= 50_000 else "error"

    try:
        table = pa.csv.read_csv(
            pa.BufferReader(decoded.raw if decoded.raw is not None else decoded.text.encode("utf-8")),
            read_options=pa.csv.ReadOptions(column_names=names, use_threads=False, block_size=8 << 20),
            parse_options=pa.csv.ParseOptions(
                delimiter=delimiter,
                newlines_in_values=decoded.has_quotes(),
                ignore_empty_lines=False,
                invalid_row_handler=keep_odd,
            ),
            convert_options=pa.csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, quoted_strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None
    count = len(table)
    columns = []
    while table.num_columns:  # each column is let go as soon as it is in one piece
        column = table.column(0).combine_chunks()
        columns.append(column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column)
        table = table.remove_column(0)
    pa.default_memory_pool().release_unused()
    numbers = _numbers_between(count, [number for number, _ in odd])
    widths = np.broadcast_to(np.int64(width), (count,))  # one number for all: it takes no room
    regular = RawTable(file, tuple(columns), numbers + skipped, widths, encoding=decoded.encoding, delimiter=delimiter)
    return without_blank_rows(_with_odd_rows(regular, odd, delimiter, skipped))


def _numbers_between(count: int, taken: list[int]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the row numbers of `count` rows, those in `taken` (rising) left out."""
    numbers = np.arange(1, count + 1, dtype=np.int64)
    if taken:
        gaps = np.asarray(taken, np.int64) - np.arange(len(taken), dtype=np.int64)
        numbers += np.searchsorted(gaps, numbers, side="right")
    return numbers


def _with_odd_rows(table: RawTable, odd: list[tuple[int, str]], delimiter: str, skipped: int) -> RawTable:
    """Put the rows of another width back in their places."""
    if not odd:
        return table
    rows: list[list[str]] = []
    places: list[int] = []
    for number, text in odd:
        torn = records_in(text, delimiter, table.width)
        found = torn or [next(csv.reader([text], delimiter=delimiter, skipinitialspace=True), [])]
        rows += [_bounded(row, table.file) for row in found]
        places += [number + skipped] * len(found)
    extra = table_of_rows(table.file, rows, places)
    width = max(table.width, extra.width)
    columns = []
    for index in range(width):
        upper = table.columns[index] if index < table.width else pa.array([""] * len(table), pa.string())
        lower = extra.columns[index] if index < extra.width else pa.array([""] * len(extra), pa.string())
        columns.append(pa.concat_arrays([upper, lower]))
    numbers = np.concatenate([table.row_numbers, extra.row_numbers])
    widths = np.concatenate([table.widths, extra.widths])
    joined = RawTable(table.file, tuple(columns), numbers, widths, encoding=table.encoding, delimiter=table.delimiter)
    return joined.take(np.argsort(numbers, kind="stable"))


def split_lines(table: RawTable, pattern: str) -> RawTable:
    """Split printed lines into the named groups of a pattern; a line that does not match keeps its text in the first column."""
    compiled = re.compile(pattern)
    width = len(compiled.groupindex)
    rows = []
    for line in table.lines:
        match = compiled.match(line)
        rows.append([text or "" for text in match.groups()][:width] if match else [line.strip()])
    return table_of_rows(table.file, rows, encoding=table.encoding, lines=table.lines)
