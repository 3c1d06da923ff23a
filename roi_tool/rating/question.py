"""The price of a single call: a question at the desk, or a call that is going on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from roi_tool.rating.compiled import CompiledTariff
from roi_tool.rating.lookup import find_offer, row_at_start, segments_for
from roi_tool.rating.single import ExactPrice, price_exact
from roi_tool.rating.stateless import LONGEST_CALL_MS
from roi_tool.tariff import DeckEntry

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class CallPrice:
    """What one call costs by itself (no allowance, tier, surcharge or tax), or the reason word why it has no price."""

    reason: str
    prefix: str = ""
    entry: DeckEntry | None = None
    """The deck row at the start of the call."""
    price: ExactPrice | None = None
    jurisdiction: str = ""

    @property
    def charge_nano(self) -> int:
        """The rounded charge; 0 without a price."""
        return self.price.charge_nano if self.price else 0

    @property
    def billed_ms(self) -> int:
        """The billed time; 0 without a price."""
        return self.price.billed_ms if self.price else 0


def price_call(
    compiled: CompiledTariff,
    *,
    called: str,
    start: datetime,
    duration_ms: int,
    direction: str = "outbound",
    called_class: str = "",
    caller: str = "",
    timezone: str = "UTC",
    covered_ms: int = 0,
    covers_fees: bool = True,
    offset_ms: int = 0,
) -> CallPrice:
    """Price one call.

    Args:
        compiled: the tariff.
        called, caller: digits with or without `+`.
        start: an aware instant.
        duration_ms: time talked, 0 for an attempt.
        direction, called_class: words of the call table.
        timezone: the account's, where the tariff names none.
        covered_ms: billed time from the start that an allowance pays, and with `covers_fees` the fees too.
        offset_ms: price only what comes after this time of the call (a later part of a session): without fees.
    """
    start_ms = (start - _EPOCH) // _MILLISECOND
    if direction != "outbound" and not compiled.prices(direction):
        return CallPrice("")
    if duration_ms > LONGEST_CALL_MS:
        return CallPrice("too_long")
    found = find_offer(compiled, called, start_ms, direction, called_class, caller)
    if found.offer is None:
        return CallPrice(found.reason, jurisdiction=found.jurisdiction)
    zone = compiled.zone(timezone)
    segments = segments_for(compiled, found.offer, start_ms, duration_ms, zone)
    if segments is None:
        return CallPrice("no_band", found.prefix)
    split, free = compiled.tariff.split, covers_fees
    price = price_exact(
        compiled.rates, segments, duration_ms, split, covered_ms=covered_ms, covers_fees=free, offset_ms=offset_ms
    )
    if price.charge_nano >= 2**63:
        return CallPrice("too_dear", found.prefix)
    return CallPrice("", found.prefix, row_at_start(compiled, found, start_ms, zone), price, found.jurisdiction)
