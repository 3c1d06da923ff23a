"""What calls cost by themselves: columns of rate, prefix, billed time, charge, and the reason where there is no price."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from roi_tool.rating.number_keys import IntColumn
from roi_tool.rating.prefix_index import Ids

REASONS = ("", "no_number", "no_rate", "no_band", "too_long", "too_dear")
"""Reason words by number; "" is rated."""
RATED, NO_NUMBER_GIVEN, NO_PREFIX, NO_BAND_HOLDS, TOO_LONG, TOO_DEAR = range(len(REASONS))
Rows = npt.NDArray[np.intp]


@dataclass(eq=False)
class Prices:
    """Columns of the result; a part of it is a view, so that threads fill one table."""

    rate: Ids
    """Rate number, -1 where none."""
    prefix: Ids
    """Place in `CompiledTariff.prefixes`, -1 where none."""
    group: Ids
    """Place in `CompiledTariff.groups`."""
    billed_ms: IntColumn
    charge_nano: IntColumn
    reason: npt.NDArray[np.int8]

    @classmethod
    def empty(cls, rows: int) -> Prices:
        """Make columns of calls that cost nothing."""
        return cls(
            np.full(rows, -1, dtype=np.int32),
            np.full(rows, -1, dtype=np.int32),
            np.zeros(rows, dtype=np.int32),
            np.zeros(rows, dtype=np.int64),
            np.zeros(rows, dtype=np.int64),
            np.zeros(rows, dtype=np.int8),
        )

    def part(self, rows: slice) -> Prices:
        """Return a view of some rows."""
        return Prices(
            self.rate[rows],
            self.prefix[rows],
            self.group[rows],
            self.billed_ms[rows],
            self.charge_nano[rows],
            self.reason[rows],
        )

    def put(self, rows: Rows, other: Prices) -> None:
        """Write another table's rows into these."""
        self.rate[rows], self.prefix[rows], self.group[rows] = other.rate, other.prefix, other.group
        self.billed_ms[rows], self.charge_nano[rows], self.reason[rows] = other.billed_ms, other.charge_nano, other.reason
