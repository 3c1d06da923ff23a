"""What holds for one call: its plane, prefix, offer and the rates along its time."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from roi_tool.rating.area_codes import JURISDICTIONS, jurisdictions_of
from roi_tool.rating.cgrates_cuts import as_cgrates_cuts
from roi_tool.rating.compiled import CompiledTariff
from roi_tool.rating.number_keys import NO_DIGITS, NumberKeys, key_of_text
from roi_tool.rating.plane import NO_SCHEDULE, Offer, Rows, find_text
from roi_tool.rating.single import segments_of
from roi_tool.tariff import DeckEntry, Split


@dataclass(frozen=True, slots=True)
class Found:
    """The offer for a call, or the reason word why there is none."""

    reason: str
    prefix: str = ""
    offer: Offer | None = None
    rows: Rows | None = None
    """The prefix's own deck rows, in the order of the offer's rates."""
    jurisdiction: str = ""


def find_offer(
    compiled: CompiledTariff, called: str, start_ms: int, direction: str = "outbound", called_class: str = "", caller: str = ""
) -> Found:
    """Find the deck's row for one call."""
    key, length, text = key_of_text(called)
    if not length:
        return Found("no_number")
    jurisdiction = ""
    if direction in compiled.asks_jurisdiction:
        jurisdiction = jurisdiction_of(caller, called)
    kind = called_class if direction in compiled.asks_class else ""
    plane = compiled.plane((direction, kind, jurisdiction, compiled.era_of(direction, start_ms)))
    number = plane.exact.get(text, -1) if plane.exact else -1
    if number < 0:
        number = find_text(plane, text) if key == NO_DIGITS else plane.index.find_one(key, length)
    if number < 0:
        return Found("no_rate", jurisdiction=jurisdiction)
    return Found("", plane.prefixes[number], plane.offers[plane.offer_list[number]], plane.rows[number], jurisdiction)


def jurisdiction_of(caller: str, called: str) -> str:
    """Return the word for a US call by both of its numbers."""
    import numpy as np

    keys = []
    for text in (caller, called):
        key, length, _ = key_of_text(text)
        keys.append(NumberKeys(np.array([key], dtype=np.int64), np.array([length], dtype=np.int8)))
    return JURISDICTIONS[int(jurisdictions_of(keys[0], keys[1])[0])]


def segments_for(
    compiled: CompiledTariff, offer: Offer, start_ms: int, duration_ms: int, zone: str
) -> list[tuple[int, int]] | None:
    """Return (ms since the start, rate number) along a call, or None where no band holds at some time of it."""
    cgrates = compiled.table.binary_decimals is not None
    if offer.schedule == NO_SCHEDULE:
        whole = [(0, offer.rates[0])]
        return as_cgrates_cuts(compiled, whole, start_ms, duration_ms, zone) if cgrates else whole
    schedule = compiled.schedule(offer.schedule, zone)
    timeline = schedule.timeline(start_ms, start_ms + duration_ms + compiled.longest_minimum_ms)
    first = segments_of(timeline.border_list, timeline.choice_list, offer.rates, start_ms, 0)
    if first is None or compiled.tariff.split is Split.AT_START:
        return first
    rate = compiled.rates[first[0][1]]
    lasting = 0 if duration_ms < rate.grace_ms or duration_ms <= 0 else max(duration_ms, rate.minimum_ms)
    found = segments_of(timeline.border_list, timeline.choice_list, offer.rates, start_ms, lasting, every_border=cgrates)
    return as_cgrates_cuts(compiled, found, start_ms, duration_ms, zone) if cgrates and found else found


def row_at_start(compiled: CompiledTariff, found: Found, start_ms: int, zone: str) -> DeckEntry | None:
    """Return the deck row that holds when a call starts: of several bands at one price the one whose time it is."""
    if found.offer is None or not isinstance(found.rows, list):
        return found.rows if isinstance(found.rows, DeckEntry) else None
    if found.offer.schedule == NO_SCHEDULE:
        return found.rows[0]
    timeline = compiled.schedule(found.offer.schedule, zone).timeline(start_ms, start_ms)
    return found.rows[timeline.choice_list[bisect_right(timeline.border_list, start_ms) - 1]]
