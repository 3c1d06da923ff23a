"""Committed channels by the month, and burst channels: the month's peak of concurrent calls above them."""

from __future__ import annotations

import numpy as np

from roi_tool.money import to_nano
from roi_tool.rating.ledger import Ledger
from roi_tool.rating.number_keys import IntColumn
from roi_tool.tariff import ChannelCommitment


def peak_concurrency(start_ms: IntColumn, duration_ms: IntColumn) -> int:
    """Return the most calls at once; a call that ends as another starts frees its channel for it.

    >>> peak_concurrency(np.array([0, 10, 20]), np.array([20, 5, 5]))
    2
    """
    lasting = duration_ms > 0
    starts, ends = start_ms[lasting], (start_ms + duration_ms)[lasting]
    if not len(starts):
        return 0
    moments = np.concatenate([ends, starts])
    steps = np.concatenate([np.full(len(ends), -1), np.ones(len(starts), dtype=np.int64)])
    return int(np.cumsum(steps[np.argsort(moments, kind="stable")]).max())


def channel_charges(ledger: Ledger, rule: ChannelCommitment) -> list[tuple[int, int, int, int]]:
    """Return (account, month, nano, peak) for each account and month with calls, and for every month that is billed.

    Internal calls use no channel.
    """
    rows = ledger.counted & ledger.towards(frozenset({"outbound", "inbound"}))
    found: list[tuple[int, int, int, int]] = []
    segment, accounts, months = ledger.segments()
    for number, (account, month) in enumerate(zip(accounts.tolist(), months.tolist(), strict=True)):
        mine = rows & (segment == number)
        peak = peak_concurrency(ledger.start_ms[mine], ledger.duration_ms[mine])
        amount = rule.committed * to_nano(rule.committed_price) + max(peak - rule.committed, 0) * to_nano(rule.burst_price)
        found.append((account, month, amount, peak))
    return found
