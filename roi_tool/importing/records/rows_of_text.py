"""Text row by row: quotes, escapes, rows of any width, and quotation marks without a partner are survived."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from roi_tool.importing.records.decoding import Utf8Stream
from roi_tool.importing.records.limits import MAX_COLUMNS, MAX_FIELD_CHARACTERS
from roi_tool.importing.records.torn_quotes import records_in
from roi_tool.importing.stopping import may_stop
from roi_tool.problems import Problem, ProblemError, Where

_LONGEST_LINE = MAX_COLUMNS * MAX_FIELD_CHARACTERS
"""What a line holds beyond this is no record of a bill and is left out."""
_LONGEST_FIELD = 1 << 24
_ASK_EVERY = 1024
_UNREADABLE = ["\ufffd"]


@dataclass(frozen=True, slots=True)
class Splitting:
    """How a text is split into rows.

    Attributes:
        delimiter: between fields, "" where each line is one field.
        escape: a backslash protects a delimiter, quotes mean nothing.
        first: how many lines above the rows only say how they are split.
        width: how many fields most rows have.
    """

    delimiter: str
    escape: bool = False
    first: int = 0
    width: int = 0


def numbered_rows(stream: Utf8Stream, how: Splitting, file: str) -> Iterator[tuple[int, list[str]]]:
    """Give the rows of a text, each with the number of the line that it begins in.

    Raises:
        ProblemError: too many columns to be a bill.
    """
    lines = _lines(stream)
    for _ in range(how.first):
        next(lines, None)
    if not how.delimiter:
        for number, line in enumerate(_split_further(lines), 1 + how.first):
            yield number, [line[:MAX_FIELD_CHARACTERS]]
        return
    csv.field_size_limit(_LONGEST_FIELD)
    taken: list[str] = []
    reader = _reader(_noted(lines, taken), how)
    number, row = 1 + how.first, _next_row(reader)
    while row is not None:
        if not number % _ASK_EVERY:
            may_stop()
        own = taken[:]
        taken.clear()
        following = _next_row(reader)
        for place, record in enumerate(_given_back(row, own, how, is_last=following is None) or [row]):
            yield number + place, bounded(record, file)
        number, row = number + len(own), following


def numbered_lines(stream: Utf8Stream) -> Iterator[tuple[int, str]]:
    """Give the lines of a text without their ends."""
    yield from enumerate(_split_further(_lines(stream)), 1)


def rows_of_odd(odd: list[tuple[int, str]], how: Splitting, file: str) -> tuple[list[list[str]], list[int]]:
    """Return the rows that texts of single rows really are, and their numbers.

    Raises:
        ProblemError: too many columns to be a bill.
    """
    rows: list[list[str]] = []
    numbers: list[int] = []
    for number, text in odd:
        torn = records_in(text, how.delimiter, how.width)
        found = torn or [next(csv.reader([text], delimiter=how.delimiter, skipinitialspace=True), [])]
        rows += [bounded(row, file) for row in found]
        numbers += [number + how.first] * len(found)
    return rows, numbers


def bounded(row: list[str], file: str) -> list[str]:
    """Return a row with its cells cut to what a bill may hold.

    Raises:
        ProblemError: too many columns to be a bill.
    """
    if any(len(cell) > MAX_FIELD_CHARACTERS for cell in row):
        row = [cell[:MAX_FIELD_CHARACTERS] for cell in row]
    if len(row) > MAX_COLUMNS:
        while row and not row[-1].strip():
            row.pop()
        if len(row) > MAX_COLUMNS:
            detail = {"count": str(len(row)), "limit": str(MAX_COLUMNS)}
            raise ProblemError(Problem("too_many_columns", where=Where(file), detail=detail))
    return row


def _lines(stream: Utf8Stream) -> Iterator[str]:
    """Give the lines of a text with their ends, as the reader of delimited text wants them."""
    source = io.TextIOWrapper(io.BufferedReader(stream, 1 << 16), encoding="utf-8", newline="")
    while line := source.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE and line[-1] not in "\r\n":
            while (rest := source.readline(_LONGEST_LINE)) and rest[-1] not in "\r\n":
                pass
            line += "\n"
        yield line


def _split_further(lines: Iterator[str]) -> Iterator[str]:
    """Give lines without their ends; form feeds and the like end a line too."""
    for line in lines:
        yield from line.splitlines()


def _noted(lines: Iterator[str], taken: list[str]) -> Iterator[str]:
    """Give the lines, and note which the present row has taken."""
    for line in lines:
        taken.append(line)
        yield line


def _reader(lines: Iterator[str], how: Splitting) -> Any:
    if how.escape:
        return csv.reader(lines, delimiter=how.delimiter, quoting=csv.QUOTE_NONE, escapechar="\\")
    return csv.reader(lines, delimiter=how.delimiter, skipinitialspace=True)


def _next_row(reader: Any) -> list[str] | None:
    try:
        row: list[str] | None = next(reader, None)
    except csv.Error:
        return _UNREADABLE
    return row


def _given_back(row: list[str], lines: list[str], how: Splitting, *, is_last: bool) -> list[list[str]] | None:
    """Return the records that a quotation mark without its partner has swallowed into one, None where none did."""
    if len(lines) < 2 and not (is_last and len(row) < how.width):
        return None
    text = "".join(lines)
    return records_in(text, how.delimiter, how.width) if '"' in text else None
