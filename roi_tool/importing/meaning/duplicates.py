"""Calls that stand twice: in two files of one bill (counted once), or alike within one file (kept, and said)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from roi_tool.cdr import CallTable

_KEY = ["start", "caller", "called", "direction", "duration_ms", "charge_nano"]


def keys_of_calls(calls: CallTable) -> npt.NDArray[np.uint64]:
    """Return one number per call that equal calls share: same start, parties, duration and money."""
    frame = calls.frame[_KEY].astype({"charge_nano": "float64", "direction": "str"})
    return np.asarray(pd.util.hash_pandas_object(frame, index=False).to_numpy(), np.uint64)


def repeated_of(calls: CallTable, earlier: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
    """Return which calls stand in earlier files already."""
    return np.isin(keys_of_calls(calls), earlier)


def alike_within(calls: CallTable) -> npt.NDArray[np.bool_]:
    """Return which talked and charged calls are equal to one further up in the same table, to the second.

    A file whose times have no seconds proves nothing: two short calls within a minute are no rarity.
    """
    frame = calls.frame
    if not len(frame) or bool((frame["start"].dt.second == 0).all()):
        return np.zeros(len(frame), bool)
    counts = (frame["duration_ms"] > 0).to_numpy() & (frame["caller"] != "").to_numpy()
    return np.asarray(frame.duplicated(_KEY, keep="first").to_numpy()) & counts
