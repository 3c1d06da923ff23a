"""Minimum spend: what an account's month lacks to it is charged as shortfall."""

from __future__ import annotations

import numpy as np

from roi_tool.money import to_nano
from roi_tool.rating.ledger import Ledger
from roi_tool.tariff import MinimumSpend


def shortfalls(ledger: Ledger, rule: MinimumSpend) -> list[tuple[int, int, int]]:
    """Return (account, month, nano) for each account and month that spends less than agreed.

    Months with calls, and every month for which the account is billed: who does not call at all owes it all.
    """
    rows = ledger.within(rule.reach)
    segment, accounts, months = ledger.segments()
    spent = np.zeros(len(accounts), dtype=np.int64)
    np.add.at(spent, segment, np.where(rows, ledger.charge_nano, 0))
    agreed = to_nano(rule.amount)
    found = zip(accounts.tolist(), months.tolist(), spent.tolist(), strict=True)
    return [(account, month, agreed - total) for account, month, total in found if total < agreed]
