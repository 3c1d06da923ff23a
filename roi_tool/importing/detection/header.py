"""Finds the header record: titles that are known words, over cells that are not."""

from __future__ import annotations

import re

from roi_tool.importing.cells.title_text import normalised
from roi_tool.importing.detection.titles import meaning_of_title
from roi_tool.importing.layout import Role
from roi_tool.importing.records.raw_table import RawTable

_ROWS_SEARCHED = 80
_VALUE = re.compile(r"^[\d\s.,:/+()£€$¥%-]*\d[\d\s.,:/+()£€$¥%-]*$")
CALL_ROLES = frozenset(
    {
        Role.START,
        Role.DATE,
        Role.TIME,
        Role.DURATION,
        Role.BILLED,
        Role.CALLED,
        Role.NUMBER,
        Role.CALLER,
        Role.DIRECTION,
        Role.END,
    }
)


def find_header(table: RawTable) -> int | None:
    """Return the place of the header record of the widest block of rows, None when no record looks like one."""
    best, best_score = None, 0.0
    for place, record in enumerate(table.head(_ROWS_SEARCHED)):
        score = _score(record)
        if score > best_score + 0.5:
            best, best_score = place, score
    return best


def titles_at(table: RawTable, header: int) -> tuple[tuple[str, ...], int]:
    """Return a table's titles and the place of the last record that holds them; two records of titles are read as one.

    `Originating, , Call` over `Number, City, Date` says Originating Number, Originating City and Call Date.
    """
    head = table.head(header + 2)
    alone = tuple(head[header])
    best, best_score, last = alone, len(_roles(alone)), header
    for upper, lower in ((header - 1, header), (header, header + 1)):
        if upper < 0 or lower >= len(head) or not (_is_all_words(head[upper]) and _is_all_words(head[lower])):
            continue
        joined = _joined(head[upper], head[lower])
        told_apart = len({*joined}) > len({*alone})  # two columns `Number` become two meanings
        if len(_roles(joined)) > best_score + (not told_apart) or (told_apart and len(_roles(joined)) == best_score):
            best, best_score, last = joined, len(_roles(joined)), lower
    return best, last


def _joined(upper: list[str], lower: list[str]) -> tuple[str, ...]:
    titles, over = [], ""
    for place in range(max(len(upper), len(lower))):
        over = (upper[place] if place < len(upper) else "") or over
        under = lower[place] if place < len(lower) else ""
        titles.append(f"{over} {under}".strip() if under else over if place < len(upper) and upper[place] else "")
    return tuple(titles)


def _is_all_words(record: list[str]) -> bool:
    filled = [cell for cell in record if cell]
    return len(filled) >= 3 and not any(re.search(r"\d", cell) for cell in filled)


def _roles(titles: tuple[str, ...]) -> set[Role]:
    return {meaning.role for meaning in map(meaning_of_title, titles) if meaning.role is not None}


def _score(record: list[str]) -> float:
    """Count the distinct roles that the record's cells name; values instead of titles speak against it."""
    filled = [cell for cell in record if cell]
    if len(filled) < 2:
        return 0.0
    if sum(bool(_VALUE.match(cell)) for cell in filled) > 0.34 * len(filled):
        return 0.0
    meanings = [meaning_of_title(cell) for cell in filled]
    weights: dict[Role, float] = {}
    for meaning in meanings:
        if meaning.role is not None:
            weights[meaning.role] = max(weights.get(meaning.role, 0.0), meaning.weight)
    score = sum(weights.values())
    if len(weights) < 2 or sum(len(cell) > 45 for cell in filled) > 0.3 * len(filled):
        return 0.0
    calls = sum(weight for role, weight in weights.items() if role in CALL_ROLES)
    return score + 0.5 * calls + 0.1 * len(filled) / max(len(record), 1)


def is_header_again(record: list[str], titles: tuple[str, ...]) -> bool:
    """Say whether a record repeats the header (each page or account of some bills does)."""
    plain = [normalised(cell) for cell in record if cell]
    known = {normalised(title) for title in titles if title}
    return len(plain) >= 2 and sum(cell in known for cell in plain) >= 0.6 * len(plain)
