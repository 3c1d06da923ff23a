"""CGRateS's own rounding of increments, step for step in the same binary fractions, and where it cuts a call.

Source: cgr-engine v0.10.4 observed running; engine/timespans.go, engine/rateinterval.go and utils.Round of that version.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from roi_tool.money import Rounding

NS_PER_MS = 1_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY_MS = 86_400_000
_MILLISECOND = timedelta(milliseconds=1)

IntColumn = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class BinaryPrice:
    """A slot's price as CGRateS holds it: the amount of a unit over its nanoseconds, and the decimals that are kept."""

    per_ns: float
    decimals: int

    def step_nano(self, time_ms: int, count: int) -> int:
        """Return the price of one of `count` increments that together last `time_ms`, in nano units."""
        power = 10.0**self.decimals
        whole = _middle(float(time_ms * NS_PER_MS) * self.per_ns * power) / power
        return _middle(whole / count * power) * int(10 ** (9 - self.decimals))


def _middle(value: float) -> int:
    return math.ceil(value) if value % 1.0 >= 0.5 else math.floor(value)


def step_nano_column(per_ns: npt.NDArray[np.float64], decimals: int, time_ms: IntColumn, count: IntColumn) -> IntColumn:
    """`BinaryPrice.step_nano` for columns; 0 where there is no increment."""
    power = 10.0**decimals
    whole = _middle_column((time_ms * NS_PER_MS).astype(np.float64) * per_ns * power) / power
    steps = _middle_column(whole / np.maximum(count, 1) * power)
    return np.where(count > 0, steps, 0).astype(np.int64) * np.int64(10 ** (9 - decimals))


def _middle_column(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    below = np.floor(values)
    return below + (values - below >= 0.5)


def is_binary(decimals: int, method: Rounding) -> bool:
    """Say whether CGRateS rounds the cost of a call so: where no decimals are asked for it keeps all it has."""
    return decimals < UNROUNDED and method is not Rounding.HALF_EVEN


UNROUNDED = 9
MOST_DECIMALS = 7
"""What lies below is held for noise of the binary fractions when an amount is rounded up."""


class BinaryCost:
    """The cost of one call as CGRateS adds it up, part by part; `BinaryCosts` does it for columns."""

    def __init__(self) -> None:
        self.cost = self._seen = 0.0

    def add(self, amount_nano: int, decimals: int, most_nano: int) -> None:
        """Add a part (the connect fee belongs to the first); a cap (below 0: none) also counts what was seen before."""
        unit = 10 ** (9 - decimals)
        self.cost += (2 * amount_nano + unit) // (2 * unit) / 10**decimals
        self._seen += self.cost
        if 0 <= most_nano <= self._seen * 1e9:
            self.cost = self._seen = most_nano / 1e9

    def rounded(self, decimals: int, method: Rounding) -> int:
        """Return the charge in nano units."""
        value = self.cost * 10.0**decimals
        part = value % 1.0
        raised = part >= 10.0 ** -max(MOST_DECIMALS, decimals) if method is Rounding.UP else part >= 0.5
        return (math.floor(value) + (raised and method is not Rounding.DOWN)) * int(10 ** (9 - decimals))


class BinaryCosts:
    """`BinaryCost` in columns."""

    def __init__(self, rows: int) -> None:
        self.cost = np.zeros(rows)
        self._seen = np.zeros(rows)

    def add(self, amount_nano: IntColumn, decimals: int, most_nano: IntColumn | int, used: npt.NDArray[np.bool_]) -> None:
        """Add a part of each call in which it is `used`."""
        unit = 10 ** (9 - decimals)
        part = ((2 * amount_nano + unit) // (2 * unit)).astype(np.float64) / 10.0**decimals
        self.cost = np.where(used, self.cost + part, self.cost)
        self._seen = np.where(used, self._seen + self.cost, self._seen)
        capped = used & (np.asarray(most_nano) >= 0) & (most_nano <= self._seen * 1e9)
        if capped.any():
            most = np.asarray(most_nano) / 1e9
            self.cost, self._seen = np.where(capped, most, self.cost), np.where(capped, most, self._seen)

    def rounded(self, decimals: int, method: Rounding) -> IntColumn:
        """Return the charges in nano units."""
        value = self.cost * 10.0**decimals
        below = np.floor(value)
        part = value - below
        least = 10.0 ** -max(MOST_DECIMALS, decimals) if method is Rounding.UP else 0.5
        raised = (part >= least) & (method is not Rounding.DOWN)
        return (below + raised).astype(np.int64) * np.int64(10 ** (9 - decimals))


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


def may_reach_midnight(start_ms: IntColumn, lasting_ms: IntColumn, zone: str) -> npt.NDArray[np.bool_]:
    """Say which calls may last over a local midnight; an hour early, for the days on which clocks change."""
    import pandas as pd

    local = pd.DatetimeIndex(start_ms.astype("datetime64[ms]"), tz="UTC").tz_convert(zone).tz_localize(None)
    clock = local.to_numpy(dtype="datetime64[ms]").astype(np.int64) % _DAY_MS
    reached: npt.NDArray[np.bool_] = clock + lasting_ms > _DAY_MS - 3_600_000
    return reached


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
