"""Several records of one call made one: ring-all legs, transfers, continuations, diversions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
import pyarrow as pa

from roi_tool.cdr import CalledClass, CallTable
from roi_tool.importing.layout import Legs
from roi_tool.importing.plan import Sheet, column_cells, column_place


@dataclass(frozen=True)
class Joined:
    """Calls after their legs are joined, and how many records went into another's call."""

    calls: CallTable
    joined: int


def join_legs(calls: CallTable, sheet: Sheet, rows: np.ndarray, legs: Legs | None) -> Joined:
    """Join the records of one call.

    The call keeps the parties and the time of the leg that is charged, else of its longest, the first start, and the sum of
    the legs' charges.

    Args:
        calls: one row per record.
        sheet: where they come from.
        rows: places of the records in the table, aligned with the calls.
        legs: how the layout tells legs.
    """
    if legs is None or not len(calls):
        return Joined(calls, 0)
    keys = _keys(sheet, rows, legs)
    if keys is None:
        return Joined(calls, 0)
    frame = calls.frame
    codes = pd.factorize(keys)[0]
    codes = np.where(keys.to_numpy() == "", len(frame) + np.arange(len(frame)), codes)
    if legs.near_s:
        codes = _split_by_time(codes, frame["start"], legs.near_s)
    counts = pd.Series(codes).map(pd.Series(codes).value_counts()).to_numpy()
    if (counts <= 1).all():
        return Joined(calls, 0)
    return _join(calls, codes, legs.join, frame.assign(group_id=keys.where(keys != "", frame["group_id"]).to_numpy()))


def _join(calls: CallTable, codes: np.ndarray, how: Literal["answered", "sum", "first"], frame: pd.DataFrame) -> Joined:
    # Of two legs of one talk (the trunk's and a queue member's) the one that a line outside saw tells the parties.
    inner = (frame["called_class"] == CalledClass.INTERNAL.value).to_numpy()
    free = (frame["charge_nano"].fillna(0) == 0).to_numpy()
    order = pd.DataFrame(
        {"code": codes, "length": frame["duration_ms"].to_numpy(), "inner": inner, "free": free, "place": np.arange(len(frame))}
    )
    if how == "first":
        best = order.drop_duplicates("code", keep="first")
    else:
        best = order.sort_values(
            ["code", "free", "length", "inner", "place"], ascending=[True, True, False, True, True]
        ).drop_duplicates("code", keep="first")
    kept = np.sort(best["place"].to_numpy())
    grouped = frame.groupby(codes, sort=False)
    result = frame.iloc[kept].copy()
    kept_codes = codes[kept]
    result["start"] = grouped["start"].min().reindex(kept_codes).array
    charges = grouped["charge_nano"].sum(min_count=1).reindex(kept_codes)
    result["charge_nano"] = charges.astype("Int64").array
    if how == "sum":
        result["duration_ms"] = grouped["duration_ms"].sum().reindex(kept_codes).to_numpy()
    return Joined(calls.with_frame(result.reset_index(drop=True)), len(frame) - len(result))


def _keys(sheet: Sheet, rows: np.ndarray, legs: Legs) -> pd.Series | None:
    parts = []
    for name in legs.by:
        place = column_place(name, sheet.columns.titles, sheet.table.width)
        if place is None:
            return None
        parts.append(column_cells(sheet.table, place).take(pa.array(rows)))
    keys = pd.Series(parts[0].to_pylist(), dtype="str").str.strip()
    for part in parts[1:]:
        keys = keys + "\x1f" + pd.Series(part.to_pylist(), dtype="str").str.strip()
    if legs.cut:
        keys = keys.str.replace(legs.cut, "", regex=True)
    return keys.where(~keys.str.replace("\x1f", "").isin(["", "NULL", "0"]), "")


def _split_by_time(codes: np.ndarray, starts: pd.Series, near_s: int) -> np.ndarray:
    """A key that is used again later (a counter that starts over) marks another call."""
    frame = pd.DataFrame({"code": codes, "start": starts.to_numpy()}).sort_values(["code", "start"])
    gap = frame["start"].diff().dt.total_seconds().abs() > near_s
    new = (frame["code"] != frame["code"].shift()) | gap
    return np.asarray(new.cumsum().sort_index().to_numpy())
