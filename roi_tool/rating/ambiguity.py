"""Finds two deck rows that fit some call equally well. Such a tariff is refused: a silent pick would be a wrong bill."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from itertools import combinations

from roi_tool.tariff import DeckEntry, Holidays, Tariff, TimeBand

MOST_REPORTED = 20
_EVER = datetime.max.replace(tzinfo=UTC)
_NEVER = datetime.min.replace(tzinfo=UTC)


def find_ambiguity(tariff: Tariff) -> list[dict[str, str]]:
    """Return the pairs of rows that conflict (at most `MOST_REPORTED`), as details of a `tariff_ambiguous` problem."""
    keys = [(row.prefix, row.exact, row.direction) for row in tariff.deck]
    if len(set(keys)) == len(keys):
        return []
    groups: dict[tuple[str, bool, str], list[int]] = defaultdict(list)
    for number, key in enumerate(keys):
        groups[key].append(number)
    bands = {band.id: band for band in tariff.bands}
    found: list[dict[str, str]] = []
    for numbers in groups.values():
        if len(numbers) == 1:
            continue
        for first, second in combinations(numbers, 2):
            if _conflict(tariff.deck[first], tariff.deck[second], bands):
                detail = {"prefix": tariff.deck[first].prefix or "*"}
                detail["first"], detail["second"] = (_named(number, tariff.deck[number]) for number in (first, second))
                found.append(detail)
                if len(found) == MOST_REPORTED:
                    return found
    return found


def _named(number: int, row: DeckEntry) -> str:
    parts = [f"row {number + 1}", f"rate {row.rate}", row.band and f"band {row.band}", row.destination]
    if row.valid_from:
        parts.append(f"from {row.valid_from.isoformat()}")
    if row.valid_till:
        parts.append(f"till {row.valid_till.isoformat()}")
    return ", ".join(part for part in parts if part)


def _conflict(first: DeckEntry, second: DeckEntry, bands: dict[str, TimeBand]) -> bool:
    if first.weight != second.weight:
        return False
    for one, other in ((first.called_class, second.called_class), (first.jurisdiction, second.jurisdiction)):
        if one and other and one != other:
            return False
    if bool(first.called_class) + bool(first.jurisdiction) != bool(second.called_class) + bool(second.jurisdiction):
        return False
    if not _overlap(first.valid_from, first.valid_till, second.valid_from, second.valid_till):
        return False
    if not first.band or not second.band:
        return first.band == second.band
    return first.band == second.band or bands_conflict(bands[first.band], bands[second.band])


def bands_conflict(first: TimeBand, second: TimeBand) -> bool:
    """Say whether windows of both bands can start at the same instant, so that neither started last."""
    for one, other in (
        (first.weekdays, second.weekdays),
        (first.months, second.months),
        (first.month_days, second.month_days),
        (first.years, second.years),
    ):
        if one and other and not one & other:
            return False
    if {first.holidays, second.holidays} == {Holidays.ONLY, Holidays.EXCEPT}:
        return False
    if not _overlap(first.valid_from, first.valid_till, second.valid_from, second.valid_till):
        return False
    return bool({window.start_s for window in first.windows} & {window.start_s for window in second.windows})


def _overlap(
    first_from: datetime | None, first_till: datetime | None, second_from: datetime | None, second_till: datetime | None
) -> bool:
    return (first_from or _NEVER) < (second_till or _EVER) and (second_from or _NEVER) < (first_till or _EVER)
