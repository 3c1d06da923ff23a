"""How a command speaks: results on standard output, progress and problems on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from roi_tool.problems import Problem, Severity
from roi_tool.wording import Wording

DONE = 0
NEEDS_ATTENTION = 1
WRONG_REQUEST = 2


class Console:
    """Prints for people, or with `as_json` one JSON object on standard output and nothing else there."""

    def __init__(self, words: Wording, *, as_json: bool = False) -> None:
        self.words = words
        self.as_json = as_json

    def say(self, text: str = "") -> None:
        """Print a line of the result for people; nothing in JSON mode."""
        if not self.as_json:
            print(text)

    def progress(self, text: str) -> None:
        """Print a line about what is going on."""
        print(text, file=sys.stderr)

    def problems(self, problems: Iterable[Problem], *, at_most: int = 20) -> None:
        """Print each problem as one sentence; past `at_most` only their count."""
        found = list(problems)
        for problem in found[:at_most]:
            print(self.words.sentence(problem), file=sys.stderr)
        if len(found) > at_most:
            print(self.words.text("… and {count} more.", count=len(found) - at_most), file=sys.stderr)

    def result(self, answer: Mapping[str, Any]) -> None:
        """Print the JSON object, where JSON was asked for. Decimals become strings, times ISO 8601."""
        if self.as_json:
            print(json.dumps(answer, ensure_ascii=False, indent=1, default=_plain))

    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]], *, text_columns: int = 1) -> None:
        """Print a table for people: the first `text_columns` to the left, figures to the right."""
        cells = [list(header), *(list(row) for row in rows)]
        widths = [max(width(row[column]) for row in cells) for column in range(len(header))]
        for index, row in enumerate(cells):
            parts = []
            for column, cell in enumerate(row):
                space = " " * (widths[column] - width(cell))
                parts.append(cell + space if column < text_columns else space + cell)
            self.say("  ".join(parts).rstrip())
            if index == 0:
                self.say("  ".join("─" * wide for wide in widths))


def worst_status(problems: Iterable[Problem]) -> int:
    """Return 1 when any finding needs attention, else 0."""
    return NEEDS_ATTENTION if any(problem.severity is not Severity.INFO for problem in problems) else DONE


def cut(text: str, widest: int) -> str:
    """Return a text of at most `widest` columns; what is too long loses its middle, so that an ending stays readable.

    >>> cut("einzelverbindungen_2026-05_07.csv", 20)
    'einzelve…6-05_07.csv'
    """
    if width(text) <= widest:
        return text
    tail = (widest - 1) * 11 // 20 + 1
    head = widest - 1 - tail
    while width(text[:head]) + width(text[-tail:]) > widest - 1:
        head, tail = head - 1, tail - 1
    return f"{text[:head]}…{text[-tail:]}"


def width(text: str) -> int:
    """Return the columns that a terminal needs: ideographs take two."""
    import unicodedata

    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "item"):
        return value.item()
    raise TypeError(f"{type(value).__name__} has no JSON form")
