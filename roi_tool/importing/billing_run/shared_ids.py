"""Finds call ids that stand under several accounts: such a call would be paid by two customers."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow.parquet as pq


class IdsByAccount:
    """Collects 16 bytes for each call that has an id: enough to find the ids that two accounts share."""

    def __init__(self) -> None:
        self._hashes: list[npt.NDArray[np.uint64]] = []
        self._places: list[npt.NDArray[np.int64]] = []

    def add(self, ids: pd.Series, places: npt.NDArray[np.int64]) -> None:
        """Take a batch: ids ("" for none) and the places of their accounts (-1 for nobody's)."""
        held = (places >= 0) & (ids != "").to_numpy()
        if held.any():
            self._hashes.append(pd.util.hash_array(ids.to_numpy(dtype=object)[held]))
            self._places.append(places[held])

    def shared(self) -> set[int]:
        """Return the hashes of ids under several accounts."""
        if not self._hashes:
            return set()
        hashes, places = np.concatenate(self._hashes), np.concatenate(self._places)
        order = np.argsort(hashes, kind="stable")
        hashes, places = hashes[order], places[order]
        other = (hashes[1:] == hashes[:-1]) & (places[1:] != places[:-1])
        return set(hashes[1:][other].tolist())


def ids_with_hashes(files: Iterable[Path], hashes: set[int]) -> list[str]:
    """Return the call ids of some spool files that have these hashes, sorted."""
    found: set[str] = set()
    for file in files if hashes else ():
        ids = pd.Series(pq.read_table(file, columns=["call_id"])["call_id"].to_pandas().unique(), dtype="str")
        mine = pd.Series(pd.util.hash_array(ids.to_numpy(dtype=object))).isin(list(hashes))
        found.update(ids[mine.to_numpy()])
    return sorted(found - {""})
