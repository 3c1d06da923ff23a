"""Minimum spend: what an account's month lacks to it is charged as shortfall."""

from __future__ import annotations

import numpy as np

from roi_tool.money import to_nano
from roi_tool.rating.ledger import Ledger
from roi_tool.tariff import MinimumSpend


def shortfalls(ledger: Ledger, rule: MinimumSpend) -> list[tuple[int, int, int]]:
    """Return (account, month, nano) for each account and month with calls that spends less than agreed."""
    rows = ledger.within(rule.reach)
    pairs = np.stack([ledger.account, ledger.month], axis=1)
    names, segment = np.unique(pairs, axis=0, return_inverse=True)
    spent = np.zeros(len(names), dtype=np.int64)
    np.add.at(spent, segment.reshape(-1), np.where(rows, ledger.charge_nano, 0))
    agreed = to_nano(rule.amount)
    return [
        (account, month, agreed - total)
        for (account, month), total in zip(names.tolist(), spent.tolist(), strict=True)
        if total < agreed
    ]
