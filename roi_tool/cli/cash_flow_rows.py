"""The shapes in which people write a row of money for `roi-tool returns`, brought to one: start, year 1, year 2, …"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
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
_MONTH = re.compile(r"^(?:month|m)[ _-]?\d{1,4}$")
_SUM = re.compile(r"^(?:sub)?total|^present[ _-]?value|^n?pv\b")


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
    return [Decimal(0) if start is None else start, *(numbered[place] for place in sorted(numbered))]


def counted_in_months(sides: Iterable[Any]) -> bool:
    """Whether rows name their columns months: `{"initial": 250, "months": [60, 60]}`, `{"month1": 60, …}`."""
    rows = [row for side in sides for row in (list_rows(side) or ()) if isinstance(row, dict)]
    return any(_plain(key) == "months" or _MONTH.match(_plain(key)) for row in rows for key in row)


def without_sums(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the file without the columns that `"columns": ["initial", "year1", …, "total", "present_value"]` calls sums.

    They are no flows: a total read as one more year would double the money.
    """
    names = content.get("columns")
    if not isinstance(names, list):
        return dict(content)
    kept = [place for place, name in enumerate(names) if not _SUM.match(_plain(str(name)))]
    sides = ("benefits", "costs", "flows")
    return {key: _kept(value, kept, len(names)) if key in sides else value for key, value in content.items()}


def _kept(given: Any, kept: list[int], width: int) -> Any:
    """Take the kept columns of every list of numbers that is as wide as the named columns, at whatever depth."""
    if isinstance(given, dict):
        return {key: _kept(value, kept, width) for key, value in given.items()}
    if isinstance(given, list) and any(isinstance(one, list | dict) for one in given):
        return [_kept(one, kept, width) for one in given]
    return [given[place] for place in kept] if isinstance(given, list) and len(given) == width else given


def _is_row(given: Mapping[str, Any]) -> bool:
    return any(_plain(key) in (*_START, *_ABOUT) or _COLUMN.match(_plain(key)) for key in given)


def _plain(key: str) -> str:
    return key.strip().lower()
