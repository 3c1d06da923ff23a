"""Surcharges: a fixed amount and a percentage on top of each charged call, dated, by class, group or jurisdiction."""

from __future__ import annotations

import numpy as np

from roi_tool.money import Rounding, to_nano
from roi_tool.rating.ledger import Ledger
from roi_tool.rating.number_keys import IntColumn
from roi_tool.rating.percentage import percent, share_of
from roi_tool.rating.schedule import instant_ms
from roi_tool.tariff import Surcharge

Codes = np.ndarray


def surcharge(ledger: Ledger, rule: Surcharge, jurisdiction: Codes | None, words: tuple[str, ...]) -> IntColumn:
    """Return what the rule adds to each call; the percentage is of the charge so far, kept to 9 decimals (half up)."""
    rows = ledger.within(rule.reach) & (ledger.charge_nano > 0)
    if rule.jurisdiction:
        rows &= (jurisdiction == words.index(rule.jurisdiction)) if jurisdiction is not None else False
    if rule.valid_from:
        rows &= ledger.start_ms >= instant_ms(rule.valid_from)
    if rule.valid_till:
        rows &= ledger.start_ms < instant_ms(rule.valid_till)
    added = np.zeros(len(rows), dtype=np.int64)
    added[rows] = to_nano(rule.per_call) + share_of(ledger.charge_nano[rows], percent(rule.percent), 9, Rounding.HALF_UP)
    return added
