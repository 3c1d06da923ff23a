"""A schedule's border instants, found for whole columns by division instead of search."""

from __future__ import annotations

from math import gcd

import numpy as np
import numpy.typing as npt

from roi_tool.rating.number_keys import IntColumn

_LARGEST_TABLE = 2_000_000
_EVER = np.int64(2**62)


class Timeline:
    """Ascending borders (ms) and the choice that holds from each (-1: no band)."""

    def __init__(self, borders: IntColumn, choices: npt.NDArray[np.int16]) -> None:
        self.borders = borders
        self.choices = choices
        self.ends: IntColumn = np.append(borders[1:], _EVER)
        self.border_list: list[int] = borders.tolist()
        self.choice_list: list[int] = choices.tolist()
        self._first = int(borders[0])
        step = gcd(*(np.diff(borders).tolist() or [86_400_000]))
        cells = (int(borders[-1]) - self._first) // step + 1
        self._step = step
        self._table: npt.NDArray[np.int32] | None = None
        if cells <= _LARGEST_TABLE:
            instants = self._first + np.arange(cells, dtype=np.int64) * step
            self._table = (np.searchsorted(borders, instants, side="right") - 1).astype(np.int32)

    def find(self, start_ms: IntColumn) -> npt.NDArray[np.int32]:
        """Return the stretch (position in `borders`) into which each instant falls."""
        if self._table is None:
            return (np.searchsorted(self.borders, start_ms, side="right") - 1).astype(np.int32)
        # Every border stands at a whole number of steps, so a cell never lies in two stretches.
        return self._table[np.minimum((start_ms - self._first) // self._step, len(self._table) - 1)]
