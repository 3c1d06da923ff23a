"""How many channels a customer pays for, by the recurring charges of his bills; nothing is guessed where they do not say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from roi_tool.cdr import Bill, Charge, ChargeKind

_CHANNELS_BY_WORDS: tuple[tuple[re.Pattern[str], int], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), channels)
    for pattern, channels in (
        (r"\b23\s?b\s?\+\s?d\b", 23),
        (r"\b30\s?b\s?\+\s?d\b", 30),
        (r"\b2\s?b\s?\+\s?d\b", 2),
        (r"\bchannels?\b|\b(sprach)?kan[aä]le?\b|\bcana(l|ux)\b|信道|中继线路|并发", 1),
        (r"\bprim[aä]rmultiplex|\bacc[eè]s primaire\b|\bt2\b", 30),
        (r"\bbasisanschl[uü]ss|\bacc[eè]s de base\b|\bt0\b|\bisdn\s?2e?\b", 2),
        (r"\b(pstn|analogue|analog|exchange|business|pots) lines?\b|\banalogansch", 1),
    )
)
"""What one piece of a charge holds, the first that fits. Source: ITU-T I.431 (1993) 30B+D and 23B+D, I.430 (1995) 2B+D."""
_EXTRA = re.compile(
    r"\bper (channel|line|isdn)|\b(je|pro) (kanal|sprachkanal)|\bpar (canal|ligne)|每|\b(caller|call|care|repair|maintenance"
    r"|diversion|barring|number|ddi|did|display|divert|install\w*|connection|broadband|leased|ethernet|wan)\b",
    re.IGNORECASE,
)
"""A feature that is charged by the channel, numbers, or a line of another kind."""


@dataclass(frozen=True, slots=True)
class PaidChannels:
    """Channels paid for at one time, and the words of the bill that say so. `by` is (description, pieces, channels)."""

    channels: int
    by: tuple[tuple[str, int, int], ...] = ()


def find_paid_channels(bills: Sequence[Bill]) -> PaidChannels | None:
    """Return the channels of the last bill that names any; None when none does.

    Several lines of one bill (its sites) are added up; the same lines of earlier bills are not.
    """
    by_bill: dict[tuple[date, str], list[tuple[str, int, int]]] = {}
    for bill in bills:
        for charge in bill.charges:
            each = _channels_each(charge)
            if each and charge.quantity >= 1:
                start = charge.period_start or bill.period_start or date.min
                pieces = int(charge.quantity)
                by_bill.setdefault((start, charge.where.file), []).append((charge.description, pieces, pieces * each))
    if not by_bill:
        return None
    last = tuple(by_bill[max(by_bill)])
    return PaidChannels(sum(channels for _, _, channels in last), last)


def _channels_each(charge: Charge) -> int:
    """Return the channels of one piece; 0 for what is no rental of channels."""
    if charge.kind is not ChargeKind.RECURRING or _EXTRA.search(charge.description):
        return 0
    return next((channels for words, channels in _CHANNELS_BY_WORDS if words.search(charge.description)), 0)
