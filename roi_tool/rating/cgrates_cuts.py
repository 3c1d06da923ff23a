"""Where CGRateS cuts a call into parts: at midnight, where a slot ends that the call outlasts, else where a band ends.

Source: cgr-engine v0.10.4 observed running; engine/calldesc.go and engine/timespans.go of that version.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from roi_tool.rating.compiled import CompiledTariff
from roi_tool.rating.number_keys import IntColumn

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY_MS = 86_400_000
_MILLISECOND = timedelta(milliseconds=1)


def as_cgrates_cuts(
    compiled: CompiledTariff, segments: Sequence[tuple[int, int]], start_ms: int, duration_ms: int, zone: str
) -> list[tuple[int, int]]:
    """Return the segments (at every border of bands) as CGRateS parts the call."""
    lasting = max(duration_ms, compiled.rates[segments[0][1]].minimum_ms)
    return cut(segments, compiled.table.slot_starts, midnights(start_ms, lasting, zone), lasting)


def midnights(start_ms: int, lasting_ms: int, zone: str) -> list[int]:
    """Return the local midnights within a call, in ms since its start."""
    start, place = _EPOCH + timedelta(milliseconds=start_ms), ZoneInfo(zone)
    day = start.astimezone(place).date()
    found: list[int] = []
    while True:
        day += timedelta(days=1)
        at = (datetime.combine(day, time(), place).astimezone(UTC) - start) // _MILLISECOND
        if at >= lasting_ms:
            return found
        found.append(at)


def lasts_over_midnight(start_ms: IntColumn, lasting_ms: IntColumn, zone: str) -> npt.NDArray[np.bool_]:
    """Say which calls last over a local midnight."""
    over: npt.NDArray[np.bool_] = _local_days(start_ms, zone) != _local_days(start_ms + np.maximum(lasting_ms, 1) - 1, zone)
    return over


def _local_days(instants_ms: IntColumn, zone: str) -> IntColumn:
    import pandas as pd

    local = pd.DatetimeIndex(instants_ms.astype("datetime64[ms]"), tz="UTC").tz_convert(zone).tz_localize(None)
    return local.to_numpy(dtype="datetime64[ms]").astype(np.int64) // _DAY_MS


def cut(
    segments: Sequence[tuple[int, int]], slot_starts: Sequence[Sequence[int]], days: Sequence[int], lasting_ms: int
) -> list[tuple[int, int]]:
    """Cut a call as CGRateS does: at each midnight, then where a slot ends that is outlasted, else where a band ends.

    Args:
        segments: (ms since the start, rate number), at each border of bands.
        slot_starts: by rate number where its slots start.
        days: midnights within the call.
        lasting_ms: length of the call.
    """
    borders = [begin for begin, _ in segments]
    edges = [*days, max(lasting_ms, 1)]
    parts: list[tuple[int, int]] = []
    at = 0
    while at < edges[-1]:
        number = bisect_right(borders, at) - 1
        rate = segments[number][1]
        parts.append((at, rate))
        end = edges[bisect_right(edges, at)]
        slot = next((start for start in slot_starts[rate] if at < start < end), None)
        band = borders[number + 1] if number + 1 < len(borders) else end
        at = slot if slot is not None else min(band, end)
    return parts
