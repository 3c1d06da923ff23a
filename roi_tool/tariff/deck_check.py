"""Checks the rows of a deck without making an object of each."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from roi_tool.tariff.deck import DeckEntry

JURISDICTIONS = ("", "interstate", "intrastate", "indeterminate")
LONGEST_PREFIX = 15
_PREFIX_LETTERS = "0123456789*#ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_"
DIRECTIONS = ("outbound", "inbound", "internal")
CALLED_CLASSES = (
    "",
    "geographic",
    "mobile",
    "toll_free",
    "premium",
    "shared_cost",
    "special",
    "emergency",
    "international",
    "internal",
    "unknown",
)
"""The words of the call table (`roi_tool.cdr`, a room this one must not know); a test holds them equal."""


def check_deck(deck: Sequence[DeckEntry], rates: Collection[str], bands: Collection[str]) -> None:
    """See that every row names what exists.

    Raises:
        ValueError: for the first row that does not; the text names the row by number and prefix.
    """
    for number, entry in enumerate(deck, start=1):
        fault = row_fault(entry, rates, bands)
        if fault:
            raise ValueError(f"deck row {number} (prefix {entry.prefix!r}): {fault}")


def row_fault(entry: DeckEntry, rates: Collection[str], bands: Collection[str]) -> str:
    """Say what is wrong with a row; "" is nothing."""
    prefix = entry.prefix
    if (not prefix.isdigit() and prefix.strip(_PREFIX_LETTERS)) or len(prefix) > LONGEST_PREFIX or not prefix.isascii():
        return f"{prefix!r} is no prefix of at most {LONGEST_PREFIX} digits"
    if entry.rate not in rates:
        return f"there is no rate {entry.rate!r}"
    if entry.band and entry.band not in bands:
        return f"there is no band {entry.band!r}"
    return _words_fault(entry) or _dates_fault(entry)


def _words_fault(entry: DeckEntry) -> str:
    for word, known in (
        (entry.direction, DIRECTIONS),
        (entry.called_class, CALLED_CLASSES),
        (entry.jurisdiction, JURISDICTIONS),
    ):
        if word not in known:
            return f"{word!r} is none of {', '.join(filter(None, known))}"
    return ""


def _dates_fault(entry: DeckEntry) -> str:
    for moment in (entry.valid_from, entry.valid_till):
        if moment is not None and moment.tzinfo is None:
            return "its dates lack a time zone"
    if entry.valid_from and entry.valid_till and entry.valid_from >= entry.valid_till:
        return "it ends before it starts"
    return ""
