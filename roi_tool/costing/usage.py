"""Calls: what the engine charged for the customer's very calls, over the months of the bills, re-scaled by the drivers.

This file never computes the price of a call; `rating` did. With nothing moved and nothing rising, the months that the
bills cover add up to the engine's charge to the last unit.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

import numpy as np

from roi_tool.costing.months import Amounts, Floats, month_numbers


@lru_cache(maxsize=256)
def steady_usage(charge_nano: int, bill_months: int | Fraction, horizon_months: int) -> Amounts:
    """Spread a charge of `bill_months` months evenly: month m gets ⌊charge·m/n⌋ − ⌊charge·(m−1)/n⌋ nano units.

    Any `bill_months` whole months in a row add up to `charge_nano` exactly.
    """
    months, parts_of_month = bill_months.as_integer_ratio()
    whole, rest = divmod(charge_nano * parts_of_month, months)
    month = month_numbers(horizon_months)
    parts = rest * (month % months) // months + rest * (month // months)
    spread = whole + np.diff(parts, prepend=0)
    spread[0] = 0
    spread.setflags(write=False)
    return spread


def usage_amounts(
    charge_nano: int, bill_months: int | Fraction, horizon_months: int, *, volume: float = 1.0, growth: Floats | None = None
) -> Amounts:
    """Return the usage cost of each month.

    Args:
        charge_nano: the engine's charge for all the calls of the bills.
        bill_months: how many months those bills cover; a part of a month as a fraction.
        horizon_months: months to look at.
        volume: cost of the moved volume over that of the bills (1 when nothing is moved).
        growth: factor of each month for rising prices and staff, shape (months + 1,); None for none.

    Returns:
        int64, shape (months + 1,), 0 at the start; exact where `volume` and `growth` are 1, else rounded to whole nano
        units, half to even.
    """
    steady = steady_usage(charge_nano, bill_months, horizon_months)
    if growth is None and volume == 1.0:
        return steady
    factor = volume if growth is None else volume * growth
    # The change is rounded, not the whole: months whose factor is 1 keep their exact amount.
    changed = steady + np.rint(steady * (factor - 1.0)).astype(np.int64)
    return np.asarray(changed, dtype=np.int64)
