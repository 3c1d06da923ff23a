"""Two decks side by side, before anything changes: what is new, dearer, cheaper, closed, unchanged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from roi_tool.importing.decks.checking import DeckCheck, check_deck
from roi_tool.importing.decks.deck import Change, Deck, DeckCode, Terms
from roi_tool.importing.decks.schedule import Key, by_code, price_at

_TYPICAL_CALLS_MS = (1_000, 30_000, 61_000, 185_000, 600_000)


class Movement(StrEnum):
    """What happens to a code."""

    NEW = "new"
    DEARER = "dearer"
    CHEAPER = "cheaper"
    CLOSED = "closed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class CodeMovement:
    """One code in both decks. `old` is None for a new code, `new` for a closed one; `since` is the date of the change."""

    prefix: str
    jurisdiction: str
    movement: Movement
    old: DeckCode | None
    new: DeckCode | None
    since: datetime | None = None

    @property
    def percent(self) -> Decimal | None:
        """Change of the price per minute as a fraction of the old one; None where either is missing or the old is 0."""
        if self.old is None or self.new is None or not self.old.rate or self.new.rate is None:
            return None
        return (self.new.rate - self.old.rate) / self.old.rate


@dataclass(frozen=True)
class DeckDifference:
    """All codes of both decks, each with its movement, in the order of their prefixes, and a look at the new deck."""

    movements: tuple[CodeMovement, ...]
    check: DeckCheck
    repeated: int
    """Codes that stood twice in the new deck's file."""

    def of(self, movement: Movement) -> list[CodeMovement]:
        """Return the codes of one movement."""
        return [item for item in self.movements if item.movement is movement]

    def counts(self) -> dict[str, int]:
        """Count the codes of each movement."""
        return {str(movement): len(self.of(movement)) for movement in Movement}


def compare_decks(old: Deck, new: Deck, on: datetime, *, full: bool = True) -> DeckDifference:
    """Compare two decks by the prices they come to.

    A code's old price is the one that holds at `on` (else the last it had), its new price the last that the new deck gives it.
    Where the price per minute is equal, what typical calls cost under fees and increments decides.

    Args:
        old: the deck in force.
        new: the deck to come.
        on: now, or when the new deck is taken in (aware).
        full: a code that the new deck does not name is closed; in an amendment (False) it is unchanged.
    """
    before, after = by_code(old.codes), by_code(new.codes)
    closed = {code.prefix: code for code in new.codes if code.change in (Change.CLOSED, Change.BLOCKED)}
    named = {code.prefix for code in new.codes if code.terms is None and code.change is Change.UNCHANGED}
    movements = tuple(
        _movement(key, before.get(key, []), after.get(key, []), closed.get(key[0]), on, full and key[0] not in named)
        for key in sorted({*before, *after})
    )
    return DeckDifference(movements, check_deck(new, on), new.counts.codes_skipped)


def _movement(
    key: Key, before: list[DeckCode], after: list[DeckCode], closed: DeckCode | None, on: datetime, full: bool
) -> CodeMovement:
    old = (price_at(before, on) or before[-1]) if before else None
    new = after[-1] if after else None
    if closed is not None and (new is None or new.change is Change.CLOSED):
        return CodeMovement(*key, Movement.CLOSED, old, None, closed.effective_till)
    if new is None:
        if full:
            return CodeMovement(*key, Movement.CLOSED, old, None, on)
        return CodeMovement(*key, Movement.UNCHANGED, old, old)
    if old is None:
        return CodeMovement(*key, Movement.NEW, None, new, new.effective_from)
    assert old.terms is not None
    assert new.terms is not None
    difference = _dearer_by(old.terms, new.terms)
    movement = Movement.DEARER if difference > 0 else Movement.CHEAPER if difference < 0 else Movement.UNCHANGED
    return CodeMovement(*key, movement, old, new, new.effective_from)


def _dearer_by(old: Terms, new: Terms) -> Decimal:
    if old == new:
        return Decimal(0)
    if old.rate != new.rate:
        return new.rate - old.rate
    return sum((_cost(new, length) - _cost(old, length) for length in _TYPICAL_CALLS_MS), Decimal(0))


def _cost(terms: Terms, length_ms: int) -> Decimal:
    """What one call of a length comes to, for comparison only: the engine prices calls."""
    if length_ms < terms.grace_ms:
        return Decimal(0)
    rest = max(0, length_ms - terms.initial_ms)
    further = -(-rest // terms.subsequent_ms) * terms.subsequent_ms
    first = terms.rate if terms.first_rate is None else terms.first_rate
    cost = terms.connect_fee + (first * terms.initial_ms + terms.rate * further) / 60_000
    cost -= terms.rate * min(terms.free_ms, length_ms) / 60_000
    if terms.max_charge is not None:
        cost = min(cost, terms.max_charge)
    return max(cost, terms.min_charge or Decimal(0))
