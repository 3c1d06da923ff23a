"""Starts and durations of a whole column of cells; what the fast way cannot read is tried cell by cell."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

IntColumn = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
_LONGEST_MS = 2**52


def instants_of(column: pa.ChunkedArray, timezone: str) -> tuple[IntColumn, Flags]:
    """Return instants in ms since 1970 (floored) and which cells cannot be read. Cells without a zone are in `timezone`."""
    kind = column.type
    if pa.types.is_timestamp(kind):
        return _of_timestamps(column, timezone)
    column = column.cast(pa.string())
    for target in (pa.timestamp("us", "UTC"), pa.timestamp("us")):
        try:
            return _of_timestamps(column.cast(target), timezone)
        except pa.ArrowInvalid:
            continue
    values = np.zeros(len(column), dtype=np.int64)
    bad = np.zeros(len(column), dtype=bool)
    zone = ZoneInfo(timezone)
    for row, cell in enumerate(column.to_pylist()):
        try:
            moment = datetime.fromisoformat((cell or "").strip())
            moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
            values[row] = (moment - datetime(1970, 1, 1, tzinfo=UTC)) // _MILLISECOND
        except ValueError:
            bad[row] = True
    return values, bad


_MILLISECOND = datetime(1970, 1, 1, 0, 0, 0, 1000, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)


def _of_timestamps(column: pa.ChunkedArray, timezone: str) -> tuple[IntColumn, Flags]:
    if column.type.tz is None and timezone != "UTC":
        # The clock shows an hour twice or not at all twice a year: the earlier instant, and the border itself.
        column = pc.assume_timezone(column, timezone, ambiguous="earliest", nonexistent="latest")
    empty = pc.is_null(column).to_numpy().astype(bool)
    micros = pc.fill_null(column.cast(pa.timestamp("us", column.type.tz)).cast(pa.int64()), 0).to_numpy()
    return micros // 1000, empty


def durations_of(column: pa.ChunkedArray, ms_per_unit: int) -> tuple[IntColumn, Flags]:
    """Return durations in ms and which cells cannot be read or are negative.

    Cells are whole or decimal numbers of the unit, or `H:MM:SS` / `M:SS`.
    """
    if pa.types.is_floating(column.type):
        column = column.cast(pa.string())
    try:
        values = column.cast(pa.int64())
        bad = pc.is_null(values).to_numpy().astype(bool)
        counts = pc.fill_null(values, 0).to_numpy()
        bad |= (counts < 0) | (counts > _LONGEST_MS // ms_per_unit)
        return np.where(bad, 0, counts * ms_per_unit), bad
    except pa.ArrowInvalid:
        pass
    result = np.zeros(len(column), dtype=np.int64)
    bad = np.zeros(len(column), dtype=bool)
    known: dict[str, int | None] = {}
    for row, cell in enumerate(column.cast(pa.string()).to_pylist()):
        text = cell or ""
        if text not in known:
            known[text] = duration_ms(text, ms_per_unit)
        value = known[text]
        bad[row] = value is None
        result[row] = value or 0
    return result, bad


def duration_ms(text: str, ms_per_unit: int) -> int | None:
    """Read one duration as ms, rounded half up; None when it is none.

    >>> duration_ms("61.5", 1000), duration_ms("0:01:01", 1000), duration_ms("-3", 1000)
    (61500, 61000, None)
    """
    try:
        if ":" in text:
            total = Decimal(0)
            for part in text.strip().split(":"):
                total = total * 60 + Decimal(part)
            scaled = total * 1000
        else:
            scaled = Decimal(text.strip()) * ms_per_unit
        if not scaled.is_finite() or scaled < 0 or scaled > _LONGEST_MS:
            return None
        return int((scaled * 2 + 1) // 2)
    except (InvalidOperation, ValueError):
        return None
