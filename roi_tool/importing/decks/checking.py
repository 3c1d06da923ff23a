"""Looks a deck over before anybody bills by it: zero prices, prices far from their neighbours, codes that fall through."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from statistics import median

from roi_tool.importing.decks.code_cells import country_calling_code
from roi_tool.importing.decks.deck import Deck, DeckCode
from roi_tool.importing.decks.schedule import by_code

FAR = 10
"""A price is out of line when it differs from the median of its country by this factor."""
FAR_FROM_NAMESAKES = 5
"""The same for codes that carry the same destination name."""
FEWEST = 5
OLD_DAYS = 90


@dataclass(frozen=True, slots=True)
class OutOfLine:
    """A code whose price is far from those of its neighbours. `median` is theirs; `beside` says who they are."""

    code: DeckCode
    median: Decimal
    beside: str


@dataclass(frozen=True, slots=True)
class FallsThrough:
    """A code that begins in the future; until then its calls take the price of a shorter code."""

    code: DeckCode
    shorter: DeckCode


@dataclass(frozen=True, slots=True)
class DeckCheck:
    """What a look at the whole deck shows. None of it stops the deck from being used."""

    zero: tuple[DeckCode, ...]
    out_of_line: tuple[OutOfLine, ...]
    falls_through: tuple[FallsThrough, ...]
    age_days: int | None
    """Days since the youngest date of the deck; None when it holds no date that has come."""

    @property
    def is_old(self) -> bool:
        """Whether the deck is older than 90 days."""
        return self.age_days is not None and self.age_days > OLD_DAYS


def check_deck(deck: Deck, on: datetime) -> DeckCheck:
    """Look a deck over as it holds at `on` (aware)."""
    grouped = by_code(deck.codes)
    latest = [entries[-1] for entries in grouped.values()]
    past = [moment for code in deck.codes if (moment := code.effective_from) is not None and moment <= on]
    return DeckCheck(
        zero=tuple(code for code in latest if not code.rate and not code.connect_fee),
        out_of_line=_out_of_line(latest),
        falls_through=_falls_through(grouped, on),
        age_days=(on - max(past)).days if past else None,
    )


def _out_of_line(codes: Sequence[DeckCode]) -> tuple[OutOfLine, ...]:
    countries: defaultdict[str, list[DeckCode]] = defaultdict(list)
    names: defaultdict[tuple[str, str], list[DeckCode]] = defaultdict(list)
    for code in codes:
        if code.rate:
            country = country_calling_code(code.prefix)
            countries[country].append(code)
            if code.destination:
                names[country, code.destination.casefold()].append(code)
    found: dict[tuple[str, str], OutOfLine] = {}
    for group, factor in ((countries, FAR), (names, FAR_FROM_NAMESAKES)):
        for key, members in group.items():
            beside = key if isinstance(key, str) else members[0].destination
            for odd in _odd_of_group(members, factor, f"+{beside}" if isinstance(key, str) else beside):
                found.setdefault((odd.code.prefix, odd.code.jurisdiction), odd)
    return tuple(sorted(found.values(), key=lambda odd: odd.code.row))


def _odd_of_group(members: Sequence[DeckCode], factor: int, beside: str) -> list[OutOfLine]:
    if len(members) < FEWEST:
        return []
    middle = median([code.rate or Decimal(0) for code in members])
    return [
        OutOfLine(code, middle, beside) for code in members if code.rate and not middle / factor <= code.rate <= middle * factor
    ]


def _falls_through(grouped: dict[tuple[str, str], list[DeckCode]], on: datetime) -> tuple[FallsThrough, ...]:
    held = {
        prefix: entry
        for (prefix, _), entries in grouped.items()
        for entry in entries
        if (entry.effective_from is None or entry.effective_from <= on)
        and (entry.effective_till is None or on < entry.effective_till)
    }
    found = []
    for (prefix, _), entries in grouped.items():
        if prefix in held or entries[0].effective_from is None or entries[0].effective_from <= on:
            continue
        shorter = next((held[prefix[:length]] for length in range(len(prefix) - 1, 0, -1) if prefix[:length] in held), None)
        if shorter is not None and (shorter.rate or 0) < (entries[0].rate or 0):
            found.append(FallsThrough(entries[0], shorter))
    return tuple(found)
