"""Hours, minutes and seconds in columns of their own: told apart from one duration that is shown in several units."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from roi_tool.importing.cells.durations import DurationFormat
from roi_tool.importing.detection.titles import duration_unit_of_title

_PARTS = (DurationFormat.HOURS, DurationFormat.MINUTES, DurationFormat.SECONDS)
_BELOW = 60


def duration_parts(candidates: Sequence[int], samples: Sequence[Sequence[str]], titles: Sequence[str]) -> tuple[int, ...]:
    """Return the columns that make up one duration, () where each of them is a duration by itself.

    Minutes that are the seconds of the same row rounded up say the same twice and are no part.
    """
    units = {duration_unit_of_title(titles[place]): place for place in candidates}
    parts = [unit for unit in _PARTS if unit in units]
    if len(parts) < 2 or len(units) != len(candidates) or len(parts) != len(units):
        return ()
    rows = list(zip(*([_number(cell) for cell in samples[units[unit]]] for unit in parts), strict=True))
    full = [row for row in rows if all(value is not None for value in row)]
    smaller = [value for row in full for value in row[1:] if value is not None]
    if not full or any(value >= _BELOW or value != int(value) for value in smaller):
        return ()
    if parts[-2:] == [DurationFormat.MINUTES, DurationFormat.SECONDS] and all(
        (row[-2] or 0) == (1 if row[-1] else 0) for row in full
    ):
        return ()
    return tuple(units[unit] for unit in parts)


def _number(cell: str) -> Decimal | None:
    try:
        return Decimal(cell)
    except InvalidOperation:
        return None
