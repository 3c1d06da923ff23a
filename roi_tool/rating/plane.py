"""The deck of one plane: prefixes, what each offers, and the rows behind it."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter

from roi_tool.rating.number_keys import IntColumn
from roi_tool.rating.prefix_index import Ids, PrefixIndex
from roi_tool.tariff import DeckEntry

NO_SCHEDULE = -1
Rows = DeckEntry | list[DeckEntry]
"""The deck row of a prefix; several where bands share it."""
terms = itemgetter(1, 4, 10, 2, 3)
"""Of a row its rate, band, weight, destination and group: rows alike in these share an offer."""
PlaneKey = tuple[str, str, str, int]
"""Direction, called class, jurisdiction ("" where the deck does not ask), number of the era."""


@dataclass(frozen=True, eq=False)
class Offer:
    """What a prefix has in a plane: one rate for always (`schedule` None), or one per choice of a schedule."""

    schedule: int
    """Number of the schedule, or -1."""
    entries: tuple[DeckEntry, ...]
    rates: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Plane:
    """The deck of one plane. `offer_of[prefix number]` names an offer; number -1 (no prefix) is offer -1."""

    index: PrefixIndex
    prefixes: tuple[str, ...]
    prefix_code: Ids
    """By prefix number its place in `CompiledTariff.prefixes`; one more at the end: -1."""
    offer_of: Ids
    offers: tuple[Offer, ...]
    fixed_rate: Ids
    """Rate by offer where it has no schedule, else -1; one more at the end: -1 for no offer."""
    schedule_of: Ids
    """Schedule by offer, or -1; one more at the end."""
    used_schedules: tuple[int, ...]
    rate_choices: Ids
    """Rate by offer and choice."""
    exact: dict[str, int]
    """Numbers that must match wholly → prefix number."""
    exact_codes: IntColumn
    """The same as sorted `number_codes`, for columns; `exact_numbers` are their prefix numbers."""
    exact_numbers: Ids
    texts: dict[str, int]
    """Prefixes that are not digits alone → prefix number."""
    catch_all: int
    """Prefix number of "", or -1."""
    rows: tuple[Rows, ...]
    """By prefix number its own deck row, or rows in the order of its offer's rates: offers are shared, rows are not."""
    offer_list: list[int]
    """`offer_of` as plain integers, for single calls."""
    group_of: Ids
    """By offer the place of its destination group in `CompiledTariff.groups`; one more at the end: 0 (no group)."""


def grouped(held: list[DeckEntry]) -> dict[tuple[str, bool], Rows]:
    """Put the rows of a prefix together: those that state the most, in an order that does not depend on the deck's."""
    groups: dict[tuple[str, bool], Rows] = {}
    for row in held:
        key = (row.prefix, row.exact)
        known = groups.get(key)
        if known is None:
            groups[key] = row
        elif isinstance(known, list):
            known.append(row)
        else:
            groups[key] = [known, row]
    for key, rows in groups.items():
        if isinstance(rows, list):
            stated = max(map(_stated, rows))
            groups[key] = sorted((row for row in rows if _stated(row) == stated), key=lambda row: (row.band, row.weight))
    return groups


def _stated(row: DeckEntry) -> int:
    """How many conditions a row states besides its prefix."""
    return bool(row.called_class) + bool(row.jurisdiction)


def find_text(plane: Plane, text: str) -> int:
    """Return the prefix number of a number that is not digits alone."""
    if text in plane.exact:
        return plane.exact[text]
    for length in range(len(text), 0, -1):
        if text[:length] in plane.texts:
            return plane.texts[text[:length]]
    return plane.catch_all
