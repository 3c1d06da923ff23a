"""Taxes: dated percentages of the charge, on top of it or (tax-inclusive decks) inside it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from roi_tool.money import Rounding
from roi_tool.rating.number_keys import IntColumn
from roi_tool.rating.percentage import percent, share_of
from roi_tool.rating.schedule import instant_ms
from roi_tool.tariff import Tax


def tax_of(
    charge_nano: IntColumn,
    start_ms: IntColumn,
    taxes: Sequence[Tax],
    included: bool,
    jurisdiction: np.ndarray | None,
    words: tuple[str, ...],
) -> IntColumn:
    """Return the tax of each charge, kept to 9 decimals (half up). Taxes that hold together are added, not compounded."""
    # Each tax is a bit: calls with the same bits have the same total percentage.
    bits = np.zeros(len(charge_nano), dtype=np.int64)
    for number, tax in enumerate(taxes):
        rows = np.ones(len(charge_nano), dtype=bool)
        if tax.jurisdiction:
            rows &= (jurisdiction == words.index(tax.jurisdiction)) if jurisdiction is not None else False
        if tax.valid_from:
            rows &= start_ms >= instant_ms(tax.valid_from)
        if tax.valid_till:
            rows &= start_ms < instant_ms(tax.valid_till)
        bits |= rows.astype(np.int64) << number
    result = np.zeros(len(charge_nano), dtype=np.int64)
    for held in np.unique(bits).tolist():
        ratio = sum((percent(tax.percent) for number, tax in enumerate(taxes) if held >> number & 1), Fraction(0))
        rows = bits == held
        result[rows] = share_of(charge_nano[rows], ratio / (1 + ratio) if included else ratio, 9, Rounding.HALF_UP)
    return result
