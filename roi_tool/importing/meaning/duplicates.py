"""Calls that stand twice: in two files of one bill (counted once), or alike within one file (kept, and said)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from roi_tool.cdr import CallTable

_AT_ONCE = 1 << 18
_MINUTE_US = 60_000_000
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_HALF = np.uint64(32)


def keys_of_calls(calls: CallTable) -> npt.NDArray[np.uint64]:
    """Return one number per call that equal calls share: same start, parties, direction, duration and money.

    Two of 12 million different calls share one with a chance of four in a million.
    """
    frame = calls.frame
    money = frame["charge_nano"].array
    numbers = [
        frame["start"].array.asi8,
        frame["duration_ms"].to_numpy(),
        np.asarray(frame["direction"].cat.codes),
        money._data,
        money._mask,
    ]
    keys = np.zeros(len(frame), np.uint64)
    for first in range(0, len(frame), _AT_ONCE):
        part = keys[first : first + _AT_ONCE]
        for column in numbers:
            _mix(part, column[first : first + _AT_ONCE].astype(np.int64).view(np.uint64))
    for name in ("caller", "called"):
        done = 0
        for chunk in pa.chunked_array(frame[name].array.__arrow_array__()).chunks:
            _mix(keys[done : done + len(chunk)], text_keys(chunk))
            done += len(chunk)
    return keys


def text_keys(texts: pa.Array) -> npt.NDArray[np.uint64]:
    """Return one number per text that equal texts share."""
    if not len(texts):
        return np.zeros(0, np.uint64)
    encoded = texts.dictionary_encode()
    hashes = pd.util.hash_array(np.array(encoded.dictionary.to_pylist(), object), categorize=False)
    found: npt.NDArray[np.uint64] = np.asarray(hashes, np.uint64)[encoded.indices.to_numpy(zero_copy_only=False)]
    return found


def _mix(keys: npt.NDArray[np.uint64], further: npt.NDArray[np.uint64]) -> None:
    """Take further values into the keys, in place."""
    keys ^= further
    keys *= _FACTOR
    keys ^= keys >> _HALF
    keys *= _FACTOR
    keys ^= keys >> _HALF


def repeated_of(calls: CallTable, earlier: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
    """Return which calls stand in earlier files already."""
    return np.isin(keys_of_calls(calls), earlier)


def alike_within(calls: CallTable) -> npt.NDArray[np.bool_]:
    """Return which talked and charged calls are equal to one further up in the same table, to the second.

    A file whose times have no seconds proves nothing: two short calls within a minute are no rarity.
    """
    alike, counts = np.zeros(len(calls), bool), _compared(calls)
    if counts.any():
        places = np.flatnonzero(counts)
        keys = keys_of_calls(calls)[places]
        order = np.argsort(keys, kind="stable")
        again = keys[order][1:] == keys[order][:-1]
        alike[places[order[1:]][again]] = True
    return alike


def count_alike(calls: CallTable) -> int:
    """Return how many calls `alike_within` would find; takes less memory."""
    counts = _compared(calls)
    if not counts.any():
        return 0
    keys = keys_of_calls(calls)
    keys = keys if counts.all() else keys[counts]
    keys.sort()
    return int((keys[1:] == keys[:-1]).sum())


def _compared(calls: CallTable) -> npt.NDArray[np.bool_]:
    """Return which calls are compared; none in a file whose times have no seconds."""
    frame = calls.frame
    starts = frame["start"].array.asi8
    if not any((starts[first : first + _AT_ONCE] % _MINUTE_US).any() for first in range(0, len(starts), _AT_ONCE)):
        return np.zeros(len(frame), bool)
    counts = frame["duration_ms"].to_numpy() > 0
    done = 0
    for chunk in pa.chunked_array(frame["caller"].array.__arrow_array__()).chunks:
        counts[done : done + len(chunk)] &= pc.binary_length(chunk).to_numpy(zero_copy_only=False) > 0
        done += len(chunk)
    return np.asarray(counts)
