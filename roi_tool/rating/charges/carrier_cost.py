"""The cost side: every carrier prices every call, the cheapest that is good enough carries it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from roi_tool.rating.number_keys import IntColumn

_NOT_PRICED = np.iinfo(np.int64).max


def least_cost(offers: Sequence[tuple[IntColumn, npt.NDArray[np.bool_]]], rows: int) -> tuple[IntColumn, npt.NDArray[np.int16]]:
    """Choose for each call.

    Args:
        offers: of each carrier the price of every call, and which calls it prices at all.
        rows: how many calls.

    Returns:
        Cost (0 where none) and place of the carrier (-1 where no carrier prices the call; the first of equally cheap ones).
    """
    cost = np.full(rows, _NOT_PRICED, dtype=np.int64)
    chosen = np.full(rows, -1, dtype=np.int16)
    for place, (price, priced) in enumerate(offers):
        better = priced & (price < cost)
        cost[better], chosen[better] = price[better], place
    cost[chosen < 0] = 0
    return cost, chosen
