"""Payback and crossover: when one running total overtakes another."""

from __future__ import annotations

import numpy as np

from roi_tool.costing.discounting import Amounts, Floats

NOT_WITHIN = "undefined.payback_not_within"
NOT_LASTING = "undefined.payback_not_lasting"
NO_FLOW = "undefined.no_flow"


def payback_periods(cumulative: Amounts | Floats) -> float | str:
    """Return the periods until the running total of the net benefit has covered what was put in, or the code of why not.

    0 is "at once": nothing had to be put in. Within a period the total is taken to move evenly. A total that covers the
    outlay and is below zero again at the end of the horizon has not paid back.

    Args:
        cumulative: net benefit so far, index 0 at the start; any unit.

    >>> payback_periods(np.array([-140.0, 20.0, 180.0]))
    0.875
    """
    first = int((cumulative != 0).argmax())
    if cumulative[first] == 0:
        return NO_FLOW
    ends_below = bool(cumulative[-1] < 0)
    if cumulative[first] > 0:
        return NOT_LASTING if ends_below else 0.0
    end = first + int((cumulative[first:] >= 0).argmax())
    if end == first:
        return NOT_WITHIN
    if ends_below:
        return NOT_LASTING
    before, after = float(cumulative[end - 1]), float(cumulative[end])
    return end - 1 + before / (before - after)


def falls_back_at(cumulative: Amounts | Floats) -> int | None:
    """Return the first period in which a running total that had come to zero or more is below zero again; None if never."""
    # Zero before anything flowed is no recovery.
    first = int((cumulative != 0).argmax())
    below = np.asarray(cumulative[first:] < 0, dtype=bool)
    falls = below[1:] & ~below[:-1]
    at = int(falls.argmax()) if len(falls) else 0
    return first + at + 1 if len(falls) and falls[at] else None


def crossover_periods(cost_a: Amounts | Floats, cost_b: Amounts | Floats) -> list[tuple[int, bool]]:
    """Return every period from which the cheaper of two running costs is the other one than before.

    Args:
        cost_a: cost so far of the first, index 0 at the start.
        cost_b: cost so far of the second, same shape and unit.

    Returns:
        (period, whether the second is the cheaper from then on), in order. Equal totals change nothing.
    """
    sign = np.sign(cost_a - cost_b).astype(np.int64)
    moved = np.flatnonzero(sign)
    signs = sign[moved]
    turns = np.flatnonzero(signs[1:] != signs[:-1]) + 1
    return [(int(moved[turn]), bool(signs[turn] > 0)) for turn in turns]
