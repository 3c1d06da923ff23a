"""A deck as a tariff that the engine prices by."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from roi_tool.importing.decks.deck import Change, Deck, DeckCode, Terms
from roi_tool.importing.decks.schedule import by_code, in_order
from roi_tool.problems import Problem, Severity, Where
from roi_tool.tariff import DeckEntry, Rate, RoundingRule, Slot, Tariff

FALLBACK_CURRENCY = "USD"
"""Wholesale decks that name no currency are mostly in dollars; the tariff made says that it was assumed."""


def deck_tariff(deck: Deck, *, tariff_id: str = "", rounding: RoundingRule | None = None) -> tuple[Tariff, tuple[Problem, ...]]:
    """Make a tariff of a deck: one rate for each distinct set of terms, one row for each code and date.

    Prices of one code follow each other by their dates. Destinations become groups, so that allowances can name them.

    Returns:
        The tariff, and findings: codes without a price that are left out, an assumed currency.
    """
    problems: list[Problem] = []
    where = Where(deck.file)
    if not deck.currency:
        problems.append(Problem("deck_currency_assumed", Severity.WARNING, where, {"currency": FALLBACK_CURRENCY}))
    rates: dict[Terms, Rate] = {}
    entries: list[DeckEntry] = []
    for codes in by_code(deck.codes).values():
        for code in in_order(codes):
            assert code.terms is not None
            rate = rates.get(code.terms)
            if rate is None:
                rate = rates[code.terms] = _rate(code.terms)
            entries.append(_entry(code, rate.id))
    problems += _left_out(deck, where)
    tariff = Tariff(
        id=tariff_id or Path(deck.file).stem or "deck",
        currency=deck.currency or FALLBACK_CURRENCY,
        timezone=deck.timezone,
        rounding=rounding or RoundingRule(),
        rates=tuple(rates.values()),
        deck=tuple(entries),
    )
    return tariff, tuple(problems)


def _entry(code: DeckCode, rate: str) -> DeckEntry:
    return DeckEntry(
        prefix=code.prefix,
        rate=rate,
        destination=code.destination,
        group=code.destination,
        jurisdiction=code.jurisdiction,
        valid_from=code.effective_from,
        valid_till=code.effective_till,
    )


def _rate(terms: Terms) -> Rate:
    parts = [f"{terms.rate:f}/min {terms.increments}"]
    for value, text in (
        (terms.first_rate is not None, f"first {terms.first_rate}"),
        (terms.connect_fee, f"+{terms.connect_fee:f}"),
        (terms.grace_ms, f"grace {terms.grace_ms / 1000:g}s"),
        (terms.free_ms, f"free {terms.free_ms / 1000:g}s"),
        (terms.min_charge is not None, f"min {terms.min_charge}"),
        (terms.max_charge is not None, f"max {terms.max_charge}"),
    ):
        if value:
            parts.append(text)
    return Rate(
        id=" ".join(parts),
        slots=_slots(terms),
        connect_fee=terms.connect_fee,
        grace_ms=terms.grace_ms,
        min_charge=terms.min_charge,
        max_charge=terms.max_charge,
    )


def _slots(terms: Terms) -> tuple[Slot, ...]:
    first = terms.rate if terms.first_rate is None else terms.first_rate
    if terms.free_ms:
        initial = max(terms.free_ms, 1)
        free = Slot(price=0, increment_ms=initial)  # type: ignore[arg-type]
        return (free, Slot(price=terms.rate, from_ms=initial, increment_ms=terms.subsequent_ms))
    initial_slot = Slot(price=first, increment_ms=terms.initial_ms)
    if terms.initial_ms == terms.subsequent_ms and first == terms.rate:
        return (initial_slot,)
    return (initial_slot, Slot(price=terms.rate, from_ms=terms.initial_ms, increment_ms=terms.subsequent_ms))


def _left_out(deck: Deck, where: Where) -> list[Problem]:
    counts: Mapping[Change, int] = {
        change: sum(1 for code in deck.codes if code.terms is None and code.change is change)
        for change in (Change.CLOSED, Change.BLOCKED, Change.UNCHANGED)
    }
    return [
        Problem(
            f"deck_{change}_without_price",
            Severity.WARNING if change is not Change.CLOSED else Severity.INFO,
            where,
            {"count": str(count)},
        )
        for change, count in counts.items()
        if count
    ]
