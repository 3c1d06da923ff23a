"""A tariff read back as a deck, so that a new deck can be compared with what is in force."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from roi_tool.importing.decks.deck import Deck, DeckCode, Terms
from roi_tool.problems import Problem, Severity, Where
from roi_tool.tariff import DeckEntry, Rate, Slot, Tariff

_NO_FEE = Decimal(0)


def is_tariff(path: Path) -> bool:
    """Whether a path is a tariff (its folder or its file) and no deck."""
    return path.is_dir() or path.suffix.lower() == ".toml"


def tariff_as_deck(tariff: Tariff, path: Path) -> Deck:
    """Return the rows of a tariff that a deck can hold: a price for every outbound call that begins with a code.

    Rows of one time band, class of number or other direction, whole numbers, and rates that no deck can express are left out;
    a finding names the first of them and their count.
    """
    terms = {rate.id: _terms(rate) for rate in tariff.rates}
    codes = [_code(row, found) for row in tariff.deck if _is_plain(row) and (found := terms[row.rate]) is not None]
    problems: tuple[Problem, ...] = ()
    if len(codes) < len(tariff.deck):
        lacking = next(row for row in tariff.deck if not _is_plain(row) or terms[row.rate] is None)
        detail = {"count": str(len(tariff.deck) - len(codes)), "prefix": lacking.prefix or "*"}
        problems = (Problem("deck_rows_of_tariff_left_out", Severity.WARNING, Where(str(path)), detail),)
    zone = tariff.timezone or "UTC"
    return Deck(codes=tuple(codes), currency=tariff.currency, timezone=zone, problems=problems, file=str(path))


def _is_plain(row: DeckEntry) -> bool:
    return row.direction == "outbound" and not (row.band or row.called_class or row.exact)


def _code(row: DeckEntry, terms: Terms) -> DeckCode:
    return DeckCode(
        prefix=row.prefix,
        destination=row.destination or row.group,
        terms=terms,
        effective_from=row.valid_from,
        effective_till=row.valid_till,
        jurisdiction=row.jurisdiction,
    )


def _terms(rate: Rate) -> Terms | None:
    """Return the terms of a rate: one price, or one for the first increment and one for the rest. None where there is more."""
    first, last = rate.slots[0], rate.slots[-1]
    initial = first.increment_ms
    more = len(rate.slots) > 2 or (len(rate.slots) == 2 and last.from_ms != initial)
    if more or rate.attempt_fee or rate.minimum_ms > initial:
        return None
    price, begin = _per_minute(last), _per_minute(first)
    if price is None or begin is None:
        return None
    return Terms(
        rate=price,
        first_rate=None if begin == price else begin,
        connect_fee=rate.connect_fee or _NO_FEE,
        initial_ms=initial,
        subsequent_ms=last.increment_ms,
        grace_ms=rate.grace_ms,
        min_charge=rate.min_charge,
        max_charge=rate.max_charge,
    )


def _per_minute(slot: Slot) -> Decimal | None:
    """Return a price per minute; None where it has more than 9 decimals."""
    price = slot.price * 60_000 / slot.unit_ms
    rounded = round(price, 9)
    return rounded.normalize() + _NO_FEE if rounded * slot.unit_ms == slot.price * 60_000 else None
