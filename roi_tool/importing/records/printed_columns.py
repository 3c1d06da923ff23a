"""Printed columns that no layout knows: lines without a delimiter, cut where all of them are blank."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from roi_tool.importing.records.raw_table import RawTable

_FEWEST_LINES, _FEWEST_COLUMNS = 3, 4
_LINES_LOOKED_AT, _WIDEST = 400, 2000
_STRAYS = 0.02
"""Share of the lines that may print something in a gap (titles that are wider than their columns, totals)."""


def printed_edges(table: RawTable) -> tuple[int, ...]:
    """Return where the columns of a table's lines begin, the first at 0; () where they show no columns.

    A gap is at least two blanks wide: single ones part the groups of a number.

    >>> from roi_tool.importing.records.raw_table import table_of_rows
    >>> lines = ("Date    Number    Secs  Cost", "13 May  020 7946    65  0.12", "14 May  020 7947     7  0.02")
    >>> printed_edges(table_of_rows("a.txt", [[line] for line in lines], lines=lines))
    (0, 8, 18, 24)
    """
    if table.width != 1 or table.delimiter or len(table.lines) < _FEWEST_LINES:
        return ()
    texts = [str(cell).expandtabs().rstrip() for cell in table.columns[0].to_pylist()]
    long = [text for text in texts if len(text) >= 0.6 * _usual_length(texts)][:_LINES_LOOKED_AT]
    width = min(max(map(len, long), default=0), _WIDEST)
    if not width:
        return ()
    printed = np.zeros(width, np.int64)
    for text in long:
        printed += np.fromiter((letter != " " for letter in text[:width].ljust(width)), np.int64, width)
    blank = printed <= _STRAYS * len(long)
    cuts = [match.end() for match in re.finditer(r"1{2,}(?=0)", "".join("1" if gap else "0" for gap in blank))]
    return (0, *(cut for cut in cuts if cut)) if len(cuts) >= _FEWEST_COLUMNS - 1 else ()


def _usual_length(texts: Sequence[str]) -> float:
    lengths = sorted(len(text) for text in texts if text)
    return lengths[int(0.75 * (len(lengths) - 1))] if lengths else 0
