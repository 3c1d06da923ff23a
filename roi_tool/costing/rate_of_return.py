"""IRR and XIRR, only where they have one meaning: where the sign of the flows changes once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pyxirr

from roi_tool.costing.discounting import Amounts, Floats

NO_CHANGE = "undefined.irr_no_change"
MANY_CHANGES = "undefined.irr_many_changes"
OUT_OF_REACH = "undefined.irr_out_of_reach"


def sign_changes(flows: Amounts | Floats) -> int:
    """Return how often the sign of successive flows changes; zeros are passed over."""
    signs = np.sign(flows[flows != 0]).astype(np.int64)
    return int((signs[1:] != signs[:-1]).sum())


def irr(flows: Amounts | Floats) -> float | str:
    """Return the rate per period at which the flows are worth nothing today, or the code of why there is none.

    Args:
        flows: net flow by period, index 0 at the start; any unit.
    """
    reason = _reason(flows)
    if reason:
        return reason
    scaled = _scaled(flows)
    return _checked(pyxirr.irr(scaled), scaled, np.arange(len(scaled), dtype=np.float64))


def xirr(flows: Amounts | Floats, days: Sequence[date]) -> float | str:
    """Return the yearly rate at which dated flows are worth nothing on the first day (years of 365 days), or why not.

    Source: Microsoft, XIRR function: exponent (d_i − d_1)/365.
    """
    reason = _reason(flows)
    if reason:
        return reason
    scaled = _scaled(flows)
    years = np.array([(day - days[0]).days / 365.0 for day in days])
    return _checked(pyxirr.xirr(days, scaled), scaled, years)


def _reason(flows: Amounts | Floats) -> str:
    changes = sign_changes(flows)
    return "" if changes == 1 else (NO_CHANGE if changes == 0 else MANY_CHANGES)


def _scaled(flows: Amounts | Floats) -> Floats:
    values = flows.astype(np.float64)
    scaled: Floats = values / np.abs(values).max()
    return scaled


def _checked(found: float | None, scaled: Floats, times: Floats) -> float | str:
    """Take the library's rate where it is a root, polished; else search, which one change of sign makes safe (Descartes)."""

    def value(rate: float) -> float:
        return float(np.dot(scaled, (1.0 + rate) ** -times))

    if found is not None and -1.0 < found < 1e6 and abs(value(found)) < 1e-9:
        return _polished(float(found), scaled, times)
    low, high = -27.0, 27.0  # of the logarithm of 1 + rate: from −100 % to 5 × 10¹¹
    with np.errstate(over="ignore", invalid="ignore"):
        at_low = value(np.expm1(low))
        if not np.sign(at_low) * np.sign(value(np.expm1(high))) < 0:
            return OUT_OF_REACH
        for _ in range(200):
            middle = (low + high) / 2.0
            if np.sign(value(np.expm1(middle))) == np.sign(at_low):
                low = middle
            else:
                high = middle
    return float(np.expm1((low + high) / 2.0))


def _polished(rate: float, scaled: Floats, times: Floats) -> float:
    """Take Newton's steps in the logarithm of 1 + rate: at thousands of per cent a library stops some digits early."""
    growth = float(np.log1p(rate))
    for _ in range(3):
        discounted = scaled * np.exp(-growth * times)
        slope = float(np.dot(times, discounted))
        step = float(discounted.sum()) / slope if slope else 0.0
        if not abs(step) < 1e-3:
            return rate
        growth += step
        if abs(step) < 1e-15:
            break
    return float(np.expm1(growth))
