"""What a product of the price book costs over the months: promotion, term, renewal, rises, and more of it as staff grow."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from roi_tool.costing.months import Amounts, Floats, month_numbers, to_amounts, whole_units


@dataclass(frozen=True, slots=True)
class ItemPrice:
    """A product's prices in nano units. `fixed_in_term`: rises wait until the term is over."""

    once_nano: int
    term_nano: int
    renewal_nano: int
    free_months: int = 0
    fixed_in_term: bool = True


@lru_cache(maxsize=1024)
def price_path(price: ItemPrice, term_months: int, rise: float, horizon_months: int, from_month: int = 0) -> Floats:
    """Return the monthly price of one piece in each month, nano units.

    Free months come first, then the term's price, then the renewal price; a yearly rise begins one year after the term
    where the price is fixed during it, else one year after the start.
    """
    month = month_numbers(horizon_months) - from_month
    in_term = month <= term_months
    begins = term_months if price.fixed_in_term else 0
    risen_years = np.maximum(month - 1 - begins, 0) // 12
    path = np.where(in_term, price.term_nano, price.renewal_nano) * (1 + rise) ** risen_years.astype(np.float64)
    path[month <= price.free_months] = 0
    path[month <= 0] = 0
    path.setflags(write=False)
    return path


def quantities(count: int, times: float, growth: float, horizon_months: int) -> Amounts:
    """Return whole pieces in each month: `times` for each of `count` growing units, fractions rounded up."""
    units = whole_units(count, growth, horizon_months)
    return units if times == 1 else np.ceil(units * times - 1e-9).astype(np.int64)


def quantities_at_least(pieces: Amounts, least: int, times: float = 1.0) -> Amounts:
    """Return `times` of the pieces of each month, never less than `times` of `least`, fractions rounded up."""
    most = np.maximum(pieces, least)
    return most if times == 1 else np.ceil(most * times - 1e-9).astype(np.int64)


def item_amounts(
    price: ItemPrice,
    pieces: Amounts,
    *,
    term_months: int,
    rise: float,
    horizon_months: int,
    from_month: int = 0,
    life_months: int = 0,
) -> Amounts:
    """Return what the pieces cost: the single price when each is bought, the monthly price while it is there.

    Pieces that are given back (falling staff) get no money back and stop their monthly price. Those of the beginning that are
    still there are bought again after each life (0: never) that ends before the horizon does.
    """
    amounts = np.zeros(horizon_months + 1)
    if price.term_nano or price.renewal_nano:
        amounts += price_path(price, term_months, rise, horizon_months, from_month) * pieces
    if price.once_nano and from_month <= horizon_months:
        amounts[from_month] += float(price.once_nano) * int(pieces[from_month])
        if pieces[-1] > pieces[from_month]:
            bought = np.diff(np.maximum.accumulate(pieces[from_month:]))
            amounts[from_month + 1 :] += price.once_nano * bought
        if life_months:
            again = slice(from_month + life_months, horizon_months, life_months)
            amounts[again] += float(price.once_nano) * np.minimum(pieces[from_month], pieces[again])
    return to_amounts(amounts)
