"""What the cells of a column look like: moments, dates, clocks, telephone numbers; and how many of them do."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from roi_tool.importing.cells.dates import DateOrder, parse_date, parse_moment, parse_time

PHONE = re.compile(
    r"^[+(]?[\d][\d\s().\-/*xX]{2,24}$|^[*#]\d{1,5}#?$|^anonymous$|^withheld$|^unknown$|^private$", re.IGNORECASE
)
_EPOCH_DIGITS = 10
_DOTTED = re.compile(r"[ T]\d{1,2}\.\d{2}(\.\d{2})?$")
CLOCK = re.compile(r"^\d{1,4}:\d{2}(?::\d{2})?(?: ?[AaPp]\.?[Mm]\.?)?$|^\d{1,4}\.\d{2}\.\d{2}$")


def share_of(cells: Sequence[str], test: Callable[[str], object]) -> float:
    """Return which share of the cells that hold something pass a test, 0 when none holds anything."""
    filled = [cell for cell in cells if cell and cell not in ("--", "-", "NULL", "\\N", "N/A")]
    if not filled:
        return 0.0
    return sum(bool(test(cell)) for cell in filled) / len(filled)


def is_moment(cell: str) -> bool:
    """Say whether a text is a date with a time, in any order of its parts, or an epoch."""
    timed = (
        ":" in cell or bool(re.fullmatch(r"\d{10}(\.\d+)?|\d{12,14}(\.\d+)?|\d{5}\.\d+", cell)) or bool(_DOTTED.search(cell))
    )
    whole = cell.partition(".")[0]
    if len(whole) == _EPOCH_DIGITS and whole.isdecimal() and whole[0] != "1":
        return False  # ten digits that would be an epoch after 2033 are a telephone number
    return timed and any(parse_moment(cell, order) is not None for order in DateOrder)


def is_date(cell: str) -> bool:
    """Say whether a text is a date, in any order of its parts."""
    return any(parse_date(cell, order, 2024) is not None for order in DateOrder)


def is_day_of_month(cell: str) -> bool:
    """Say whether a text is a number of two digits at most."""
    return cell.isdecimal() and len(cell) <= 2


def is_clock(cell: str) -> bool:
    """Say whether a text is a time of day with a sign between its parts."""
    return parse_time(cell) is not None and bool(re.search(r"[:.hH]|[ap]\.?m", cell, re.IGNORECASE))


def is_packed_time(cell: str) -> bool:
    """Say whether a text is a time of day in six digits."""
    return len(cell) == 6 and cell.isdecimal() and parse_time(cell) is not None


def is_phone(cell: str) -> bool:
    """Say whether a text is a telephone number, whole or masked, or a word for one that was withheld."""
    return bool(PHONE.match(cell)) and not is_date(cell)
