"""An account's rows of the spool as its calls of the month, and the rows that are not among them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from roi_tool.billing import Account, Month
from roi_tool.cdr.schema import CalledClass, CallTable, Direction, make_calls

_DIRECTIONS = {item.value for item in Direction}
_CLASSES = {item.value for item in CalledClass}
_SHORT = {"out": "outbound", "outgoing": "outbound", "in": "inbound", "incoming": "inbound"}


def split_rows(rows: pd.DataFrame, month: Month, zone: str) -> tuple[pd.DataFrame, pd.DataFrame, int, int]:
    """Part an account's rows: of the month (in `zone`), and left out with a reason; how many lie outside, and came twice."""
    start, end = month.instants_ms(zone)
    outside = (rows["start_ms"] < start) | (rows["start_ms"] >= end)
    twice = (rows["call_id"] != "") & rows["call_id"].duplicated() & ~outside
    reasons = np.where(outside, "outside_period", np.where(twice, "duplicate", ""))
    left = rows.assign(reason=reasons)
    return rows[~(outside | twice)], left[outside | twice], int(outside.sum()), int(twice.sum())


def call_table(rows: pd.DataFrame, account: Account, files: Sequence[str]) -> CallTable:
    """Return rows of the spool as an account's calls; `files` are the names of the call files by number."""
    ids = rows["call_id"].where(rows["call_id"] != "", rows["file"].astype(str) + ":" + rows["row"].astype(str))
    direction = rows["direction"].str.strip().str.lower().replace(_SHORT)
    called_class = rows["called_class"].str.strip().str.lower()
    columns = {
        "call_id": ids.to_numpy(),
        "start": pd.to_datetime(rows["start_ms"].to_numpy(), unit="ms", utc=True).as_unit("us"),
        "direction": direction.where(direction.isin(_DIRECTIONS), "outbound").to_numpy(),
        "caller": rows["caller"].to_numpy(),
        "called": rows["called"].to_numpy(),
        "called_class": called_class.where(called_class.isin(_CLASSES), "unknown").to_numpy(),
        "duration_ms": rows["duration_ms"].to_numpy(),
        "account": [account.id] * len(rows),
        "site": rows["site"].to_numpy(),
        "source_file": [files[number] for number in rows["file"]],
        "source_row": rows["row"].to_numpy(),
    }
    return make_calls(columns, timezone=account.timezone)
