"""Several records of one call made one: ring-all legs, transfers, continuations, diversions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from roi_tool.importing.layout import Legs
from roi_tool.importing.plan import Sheet, column_cells, column_place

_AT_ONCE = 1 << 20
"""Records that are compared at a time: all legs of a call are among them."""


@dataclass(frozen=True, eq=False)
class LegColumns:
    """The records of all calls. `key`: a number that the legs of one call share, 0 for a record that has none."""

    key: npt.NDArray[np.uint64]
    start_us: npt.NDArray[np.int64]
    duration_ms: npt.NDArray[np.int64]
    charge_nano: npt.NDArray[np.int64]
    charge_missing: npt.NDArray[np.bool_]
    internal: npt.NDArray[np.bool_]
    """Whether the number called is an extension."""

    def of(self, places: npt.NDArray[np.int64]) -> LegColumns:
        """Return the records at these places."""
        columns: list[npt.NDArray[Any]] = [
            self.start_us,
            self.duration_ms,
            self.charge_nano,
            self.charge_missing,
            self.internal,
        ]
        return LegColumns(self.key[places], *(column[places] for column in columns))


@dataclass(frozen=True, eq=False)
class JoinedLegs:
    """The calls after their legs are joined. `kept`: the places of the records that stand for them, rising."""

    kept: npt.NDArray[np.int64]
    start_us: npt.NDArray[np.int64]
    duration_ms: npt.NDArray[np.int64]
    charge_nano: npt.NDArray[np.int64]
    charge_missing: npt.NDArray[np.bool_]


def leg_keys(sheet: Sheet, places: npt.NDArray[np.int64], legs: Legs) -> pa.Array | None:
    """Return what the legs of one call share, "" for a record that has none; None when the table lacks a column of it."""
    parts = []
    for name in legs.by:
        place = column_place(name, sheet.columns.titles, sheet.table.width)
        if place is None:
            return None
        parts.append(column_cells(sheet.table, place).take(pa.array(places)))
    keys = pd.Series(parts[0].to_pylist(), dtype="str").str.strip()
    for part in parts[1:]:
        keys = keys + "\x1f" + pd.Series(part.to_pylist(), dtype="str").str.strip()
    if legs.cut:
        keys = keys.str.replace(legs.cut, "", regex=True)
    return pa.array(keys.where(~keys.str.replace("\x1f", "").isin(["", "NULL", "0"]), ""), pa.large_string())


def join_legs(records: LegColumns, legs: Legs) -> JoinedLegs | None:
    """Join the records of one call; None when no two belong together.

    The call keeps the parties and the time of the leg that is charged, else of its longest, the first start, and the sum of
    the legs' charges.
    """
    parts = 1 + len(records.key) // _AT_ONCE
    found = []
    for part in range(parts):
        mine = records.key != 0
        if parts > 1:
            mine &= records.key % np.uint64(parts) == part
        places = np.flatnonzero(mine)
        found.append((places, _joined(records.of(places), legs)))
    if not any(len(joined.kept) < len(places) for places, joined in found):
        return None
    kept = [np.flatnonzero(records.key == 0), *(places[joined.kept] for places, joined in found)]
    alone = records.of(kept[0])
    order = np.argsort(np.concatenate(kept), kind="stable")

    def of_all(name: str) -> npt.NDArray[Any]:
        return np.asarray(np.concatenate([getattr(alone, name), *(getattr(joined, name) for _, joined in found)])[order])

    names = ("start_us", "duration_ms", "charge_nano", "charge_missing")
    return JoinedLegs(np.concatenate(kept)[order], *(of_all(name) for name in names))


def _joined(records: LegColumns, legs: Legs) -> JoinedLegs:
    codes = np.unique(records.key, return_inverse=True)[1]
    if legs.near_s:
        codes = _split_by_time(codes, records.start_us, legs.near_s)
    count = int(codes.max()) + 1 if len(codes) else 0
    places = np.arange(len(codes))
    if legs.join == "first":
        order = np.lexsort((places, codes))
    else:
        # Of two legs of one talk (the trunk's and a queue member's) the one that a line outside saw tells the parties.
        free = records.charge_missing | (records.charge_nano == 0)
        order = np.lexsort((places, records.internal, -records.duration_ms, free, codes))
    best = order[np.flatnonzero(np.diff(codes[order], prepend=-1))]
    start = np.full(count, np.iinfo(np.int64).max)
    np.minimum.at(start, codes, records.start_us)
    charge, duration = np.zeros(count, np.int64), np.zeros(count, np.int64)
    np.add.at(charge, codes, np.where(records.charge_missing, 0, records.charge_nano))
    np.add.at(duration, codes, records.duration_ms)
    missing = np.ones(count, bool)
    missing[codes[~records.charge_missing]] = False
    kept = np.sort(best)
    mine = codes[kept]
    length = duration[mine] if legs.join == "sum" else records.duration_ms[kept]
    return JoinedLegs(kept, start[mine], length, charge[mine], missing[mine])


def _split_by_time(codes: np.ndarray, starts_us: np.ndarray, near_s: int) -> np.ndarray:
    """A key that is used again later (a counter that starts over) marks another call."""
    order = np.lexsort((starts_us, codes))
    new = np.diff(codes[order], prepend=-1) != 0
    new |= np.diff(starts_us[order], prepend=starts_us[order[:1]]) > near_s * 1_000_000
    result = np.empty(len(codes), np.int64)
    result[order] = np.cumsum(new) - 1
    return result
