"""Which price of a code holds when: later dates end earlier prices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime

from roi_tool.importing.decks.deck import Change, DeckCode

ALWAYS = datetime.min.replace(tzinfo=UTC)
NEVER = datetime.max.replace(tzinfo=UTC)

Key = tuple[str, str]


def key_of(code: DeckCode) -> Key:
    """Return what makes two entries prices of one code: prefix and jurisdiction."""
    return code.prefix, code.jurisdiction


def starts(code: DeckCode) -> datetime:
    """Return when the entry begins, the beginning of time when it does not say."""
    return code.effective_from or ALWAYS


def by_code(codes: Iterable[DeckCode]) -> dict[Key, list[DeckCode]]:
    """Group priced entries by code, oldest first."""
    grouped: defaultdict[Key, list[DeckCode]] = defaultdict(list)
    for code in codes:
        if code.terms is not None:
            grouped[key_of(code)].append(code)
    for entries in grouped.values():
        if len(entries) > 1:
            entries.sort(key=starts)
    return dict(grouped)


def closings(codes: Iterable[DeckCode]) -> dict[str, datetime | None]:
    """Return when codes are closed (None: at once), by prefix."""
    return {code.prefix: code.effective_till for code in codes if code.change is Change.CLOSED}


def in_order(entries: list[DeckCode]) -> list[DeckCode]:
    """End each price where the next begins; entries come oldest first. One that would never hold is left out."""
    if len(entries) == 1:
        return entries
    result = []
    for place, entry in enumerate(entries):
        following = entries[place + 1].effective_from if place + 1 < len(entries) else None
        if place + 1 < len(entries) and following is None:
            continue
        till = entry.effective_till
        if following is not None and (till is None or following < till):
            entry = entry._replace(effective_till=following)  # noqa: PLW2901
        if entry.effective_from is None or entry.effective_till is None or entry.effective_from < entry.effective_till:
            result.append(entry)
    return result


def price_at(entries: list[DeckCode], moment: datetime) -> DeckCode | None:
    """Return the entry that holds at a moment; entries come oldest first."""
    held = None
    for entry in entries:
        if starts(entry) <= moment and (entry.effective_till is None or moment < entry.effective_till):
            held = entry
    return held
