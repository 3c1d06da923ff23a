"""Flags in comments, and increments that stand only in a footnote."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from roi_tool.importing.decks.deck import Change
from roi_tool.importing.decks.price_cells import read_increments

_NEGATED = re.compile(
    r"\bno\s+(?:rate\s+|price\s+)?(?:change|increase|decrease)|\bunchanged\b|\bsame\b|\bno rate change\b|=", re.IGNORECASE
)
_WORDS = (
    (Change.BLOCKED, re.compile(r"\bblock(?:ed)?\b|\bforbidden\b|\bbarred\b|\bnot allowed\b|\bsuspended\b", re.IGNORECASE)),
    (
        Change.CLOSED,
        re.compile(
            r"\bclos(?:ed?|ure)\b|\bdelet(?:ed?|ion)\b|\bremov(?:ed?|al)\b|\bdiscontinued?\b|\bwithdrawn\b|\bterminated\b|\bcancell?ed\b",
            re.IGNORECASE,
        ),
    ),
    (Change.INCREASE, re.compile(r"\bincreas\w*|\baumento\b|\bhigher\b|\bup\b", re.IGNORECASE)),
    (Change.DECREASE, re.compile(r"\bdecreas\w*|\breduc\w*|\bdiminuzione\b|\blower\b|\bdown\b", re.IGNORECASE)),
    (Change.NEW, re.compile(r"\bnew\b|\badd(?:ed|ition)?\b|\bnuovo\b", re.IGNORECASE)),
)
_YES = frozenset({"y", "yes", "true", "1", "x", "t"})


@lru_cache(maxsize=10_000)
def change_of_text(text: str) -> Change:
    """Return what a comment says of its row.

    >>> change_of_text("No Change "), change_of_text("Closed"), change_of_text("Rate Increase")
    (<Change.UNCHANGED: 'unchanged'>, <Change.CLOSED: 'closed'>, <Change.INCREASE: 'increase'>)
    """
    body = text.strip()
    if not body:
        return Change.NONE
    negated = bool(_NEGATED.search(body))
    rest = _NEGATED.sub(" ", body)
    for change, pattern in _WORDS:
        if pattern.search(rest):
            return change
    return Change.UNCHANGED if negated else Change.NONE


def is_yes(text: str) -> bool:
    """Say whether a cell of a yes-or-no column says yes."""
    return text.strip().casefold() in _YES


_INCREMENT = re.compile(r"(?<![\d/])(\d{1,3}\s*[/+]\s*\d{1,3})(?![\d/])")
_TOPIC = re.compile(r"increment|billing|pulse|billed|rounding|minimum", re.IGNORECASE)
_SPLIT = re.compile(r",|;|\band\b|&|\n|\.(?:\s|$)|:")
_NOISE = re.compile(
    r"\b(?:for|except|excluding|billing|increments?|are|is|in|on|to|the|calls?|with|all|other|others|regular|standard|default|"
    r"destinations?|countries|networks?|which|where|of|secs?|seconds?|minimum|pulse|billed|at|basis|per|as|follows|applies|apply|"
    r"rates?|unless|otherwise|stated|and)\b|[()\[\]*]|\d+\)",
    re.IGNORECASE,
)


def increments_of_notes(notes: Sequence[str]) -> tuple[tuple[int, int] | None, dict[str, tuple[int, int]]]:
    """Find increments in the rows around a table.

    Returns:
        The regular increments in milliseconds (None when the notes name none) and, by the name that a destination starts
        with (casefolded), those that differ.
    """
    regular: tuple[int, int] | None = None
    special: dict[str, tuple[int, int]] = {}
    on_topic = False
    for note in notes:
        on_topic = on_topic or bool(_TOPIC.search(note))
        found = list(_INCREMENT.finditer(note)) if on_topic else []
        if not found:
            continue
        ends = [match.start() for match in found[1:]] + [len(note)]
        after = [_names(note[match.end() : end]) for match, end in zip(found, ends, strict=True)]
        if len(found) > 1 and not after[-1]:  # the names stand before their increments
            after = [[], *after[:-1]]
        for match, names in zip(found, after, strict=True):
            pair = read_increments(match.group(1).replace("+", "/"))
            if pair is None:
                continue
            if regular is None and (not names or match is found[0]) and _is_regular(note, match.start(), len(found)):
                regular = pair
            elif names:
                special |= dict.fromkeys(names, pair)
    return regular, special


def _is_regular(note: str, start: int, count: int) -> bool:
    """The first increment of a note is the regular one unless its own words name a destination (`Vietnam: 60/1`)."""
    return count > 1 or not _names(note[:start]) or bool(re.search(r"regular|standard|default|all", note, re.IGNORECASE))


def _names(text: str) -> list[str]:
    names = []
    for part in _SPLIT.split(text):
        name = re.sub(r"\s+", " ", _NOISE.sub(" ", part)).strip(" -–/").casefold()
        if len(name) > 1 and not name.isdigit():
            names.append(name)
    return names
