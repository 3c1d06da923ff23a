"""The customer's own line where it stands not in each row but in a heading above the rows (`Call Detail,202-555-0134`)."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa

from roi_tool.importing.plan import Sheet

_HEADING = re.compile(
    r"(?:\b(?:calls?|detail|details|number|no|phone|telephone|mobile|line|wireless|service|from|for|user|rufnummer|anschluss|ligne"
    r"|l[ií]nea|linha|numero)\b|号码|用户)[^\d+(]{0,12}(\+?\(?\d[\d\s().\-]{6,20}\d)\W*$",
    re.IGNORECASE,
)
_MOST_CELLS = 3
_MOST_RECORDS = 20_000


class LineHeadings:
    """Knows, part by part, which line's heading stands above a record."""

    def __init__(self) -> None:
        self._above, self._looked_at = "", 0

    def lines(self, sheet: Sheet, is_call: np.ndarray) -> pa.Array:
        """Return for each record the number that the last heading above it names, "" where none does."""
        table = sheet.table
        places, numbers = [], [self._above]
        others = np.flatnonzero(~is_call & (table.widths > 0))[: _MOST_RECORDS - self._looked_at].tolist()
        self._looked_at += len(others)
        for place in others:
            filled = [cell for cell in table.record(place) if cell]
            match = _HEADING.search(" ".join(filled)) if 0 < len(filled) <= _MOST_CELLS else None
            if match and 7 <= sum(letter.isdecimal() for letter in match.group(1)) <= 15:
                places.append(place)
                numbers.append(match.group(1).strip())
        self._above = numbers[-1]
        which = np.searchsorted(np.array(places, np.int64), np.arange(len(table)), side="right")
        return pa.array(numbers, pa.string()).take(pa.array(which))
