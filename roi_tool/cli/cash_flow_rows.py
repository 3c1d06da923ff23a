"""The shapes in which people write a row of money for `roi-tool returns`, brought to one: start, year 1, year 2, …"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_START = ("initial", "start", "upfront", "year0", "y0", "0", "month0", "m0")
_ABOUT = (
    "label",
    "name",
    "risk",
    "soft",
    "flows",
    "values",
    "years",
    "months",
    "total",
    "present_value",
    "pv",
    "note",
    "source",
)
_COLUMN = re.compile(r"^(?:year|y|month|m)?[ _-]?(\d{1,4})$")


def list_rows(given: Any) -> Any:
    """Return a side (benefits or costs) as a list of rows: one row stands alone, or rows stand under their labels."""
    if isinstance(given, dict):
        if _is_row(given):
            return [given]
        return [{"label": label, **(row if isinstance(row, dict) else {"flows": row})} for label, row in given.items()]
    if isinstance(given, list) and given and not isinstance(given[0], (list, dict)):
        return [given]
    return given


def columns_of(row: Mapping[str, Any]) -> Any:
    """Return the columns of a row that is an object: `flows`, or `initial` with `years` or `year1`, `year2`, ….

    What has no columns is returned as None.
    """
    plain = {_plain(key): value for key, value in row.items()}
    start = next((plain[key] for key in _START if key in plain), None)
    after = next((plain[key] for key in ("flows", "values", "years", "months") if key in plain), None)
    if isinstance(after, list):
        return after if start is None else [start, *after]
    numbered = {int(found[1]): value for key, value in plain.items() if (found := _COLUMN.match(key)) and int(found[1])}
    if sorted(numbered) != list(range(1, len(numbered) + 1)) or not (numbered or start is not None):
        return None
    return [0 if start is None else start, *(numbered[place] for place in sorted(numbered))]


def _is_row(given: Mapping[str, Any]) -> bool:
    return any(_plain(key) in (*_START, *_ABOUT) or _COLUMN.match(_plain(key)) for key in given)


def _plain(key: str) -> str:
    return key.strip().lower()
