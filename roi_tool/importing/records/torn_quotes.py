"""A quotation mark without its partner swallows the records below it: they are told by their width and given back."""

from __future__ import annotations

import csv

_FEWEST_FITTING = 0.8
_MOST_LINES = 2_000_000


def records_in(text: str, delimiter: str, width: int) -> list[list[str]] | None:
    """Return the records that a text of several lines really is, None where it is one record with line breaks in a field.

    Args:
        text: the lines as they stand in the file.
        delimiter: of the file.
        width: how many fields most of its records have.

    >>> records_in('1,"020,5\\n2,021,6\\n', ",", 3)
    [['1', '020', '5'], ['2', '021', '6']]
    >>> records_in('1,"two\\nlines",5\\n', ",", 3) is None
    True
    """
    lines = [line for line in text.splitlines() if line.strip()] if width > 1 and delimiter else []
    if not lines or len(lines) > _MOST_LINES or (len(lines) == 1 and lines[0].count('"') % 2 == 0):
        return None
    rows = [_fields(line, delimiter) for line in lines]
    return rows if sum(len(row) == width for row in rows) >= _FEWEST_FITTING * len(rows) else None


def _fields(line: str, delimiter: str) -> list[str]:
    if line.count('"') % 2 == 0:
        return next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])
    return [cell.strip().strip('"') for cell in line.split(delimiter)]
