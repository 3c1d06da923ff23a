"""A price notice applied to the deck in force: amendment or full replacement, increases from their date on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from roi_tool.importing.decks.deck import Change, Deck, DeckCode
from roi_tool.importing.decks.schedule import ALWAYS, Key, by_code, in_order, starts


def amend_deck(current: Deck, notice: Deck, *, full: bool, on: datetime) -> Deck:
    """Return the deck that holds once a notice is taken in.

    A code that the notice prices from a date keeps today's price until then. A code that the notice does not name stays as it
    is in an amendment, and ends at `on` in a full replacement. A closed code ends at its date, at `on` when none is given. A
    code named without a price keeps its price.

    Args:
        current: the deck in force.
        notice: the new deck.
        full: whether the notice replaces the whole deck.
        on: the instant from which undated rows of the notice hold (aware).
    """
    old, new = by_code(current.codes), by_code(notice.codes)
    closed = {code.prefix: code for code in notice.codes if code.change in (Change.CLOSED, Change.BLOCKED)}
    named = {code.prefix for code in notice.codes}
    jurisdictions: dict[str, set[str]] = {}
    for prefix, jurisdiction in new:
        jurisdictions.setdefault(prefix, set()).add(jurisdiction)
    codes: list[DeckCode] = []
    for key in [*old, *(key for key in new if key not in old)]:
        before = old.get(key, [])
        after = [code for code in new.get(key, []) if code.change is not Change.CLOSED]
        ends = _end(key, closed, named, jurisdictions, full, on, after)
        codes += _merged(before, after, ends, on)
    codes += [code for code in notice.codes if code.terms is None and code.change is Change.BLOCKED]
    return replace(notice, codes=tuple(codes), currency=notice.currency or current.currency, full=None)


def _end(
    key: Key,
    closed: dict[str, DeckCode],
    named: set[str],
    jurisdictions: dict[str, set[str]],
    full: bool,
    on: datetime,
    after: list[DeckCode],
) -> datetime | None:
    """Return when the prices of the deck in force end, None when the notice does not end them."""
    prefix, jurisdiction = key
    if prefix in closed and not after:
        return closed[prefix].effective_till or on
    if prefix in jurisdictions and jurisdiction not in jurisdictions[prefix]:
        return on  # the notice prices the code by other jurisdictions
    return on if full and prefix not in named else None


def _merged(before: list[DeckCode], after: list[DeckCode], ends: datetime | None, on: datetime) -> list[DeckCode]:
    if after and before:
        after = [code if code.effective_from else code._replace(effective_from=on) for code in after]
    first = min(map(starts, after), default=None)
    kept = [code for code in before if first is None or starts(code) < first or first == ALWAYS]
    limits = [moment for moment in (ends, first) if moment is not None and moment != ALWAYS]
    limit = min(limits, default=None)
    result = []
    for code in kept:
        till = code.effective_till
        if limit is not None and (till is None or till > limit):
            till = limit
        if till is None or starts(code) < till:
            result.append(code._replace(effective_till=till))
    return in_order([*result, *after])
