"""Words in cells that carry a meaning: which way a call went, whether it was answered, a total, the kind of a charge."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from roi_tool.cdr import ChargeKind, Direction

with (Path(__file__).parent / "words.toml").open("rb") as _source:
    _WORDS = tomllib.load(_source)
_OUT_WORDS, _IN_WORDS, _INTERNAL_WORDS = (frozenset(_WORDS[name]) for name in ("outbound", "inbound", "internal"))
_STATUS = frozenset(_WORDS["status"])
_FREE = frozenset(_WORDS["free"])
_CREDIT_MARKS, _DEBIT_MARKS = frozenset(_WORDS["credit_marks"]), frozenset(_WORDS["debit_marks"])
_UNANSWERED = re.compile(_WORDS["unanswered"], re.IGNORECASE)
_TOTAL = re.compile("|".join(_WORDS["total"]), re.IGNORECASE)
_CARRIED = re.compile(_WORDS["carried"], re.IGNORECASE)
_KIND_PATTERNS = [(ChargeKind(entry["kind"]), re.compile(entry["matches"], re.IGNORECASE)) for entry in _WORDS["kinds"]]
_RECURRING_WINS = re.compile(r"rental|monthly|subscription|recurring|月租|月费|grundgebühr|per month|mrc\b", re.IGNORECASE)
_NOT_RECURRING = re.compile(r"\bvat\b|\btax\b|discount|credit|rabatt", re.IGNORECASE)


@lru_cache(maxsize=65536)
def direction_of(cell: str) -> Direction | None:
    """Return the direction that a cell names, None when it names none.

    >>> direction_of("主叫").value, direction_of("Incoming").value
    ('outbound', 'inbound')
    """
    text = cell.strip().casefold()
    if text in _OUT_WORDS:
        return Direction.OUTBOUND
    if text in _IN_WORDS:
        return Direction.INBOUND
    if text in _INTERNAL_WORDS:
        return Direction.INTERNAL
    if re.match(r"(?:inbound|incoming|received|eingehend|entrant|被叫|呼入)", text):
        return Direction.INBOUND
    if re.match(r"(?:outbound|outgoing|ausgehend|abgehend|sortant|salient|主叫|呼出)", text):
        return Direction.OUTBOUND
    return Direction.INTERNAL if re.match(r"(?:internal|内部|内线)", text) else None


def is_status_word(cell: str) -> bool:
    """Say whether a cell is a word for how a call ended."""
    return cell.strip().casefold() in _STATUS


def credit_mark_of(cell: str) -> int:
    """Return -1 for a mark of money given back (`CR`, `-`, `H`), 1 for one of money to pay, 0 for any other text."""
    text = cell.strip().casefold().rstrip(".")
    return -1 if text in _CREDIT_MARKS else 1 if text in _DEBIT_MARKS else 0


def is_credit_mark(cell: str) -> bool:
    """Say whether a cell marks money as to be paid or given back."""
    return credit_mark_of(cell) != 0


def is_free(cell: str) -> bool:
    """Say whether a cell in a column of money is a word for nothing to pay (`Free`, `inklusive`)."""
    return cell.strip().casefold() in _FREE


@lru_cache(maxsize=65536)
def is_unanswered(cell: str) -> bool:
    """Say whether a status means that nobody talked."""
    return bool(_UNANSWERED.search(cell))


@lru_cache(maxsize=65536)
def is_total_label(cell: str) -> bool:
    """Say whether a cell labels a total or a subtotal."""
    return len(cell) < 80 and bool(_TOTAL.search(cell.strip()))


def is_carried_over(cell: str) -> bool:
    """Say whether a cell labels a sum that only leads from one page to the next."""
    return bool(_CARRIED.match(cell))


def charge_kind_of(description: str) -> ChargeKind | None:
    """Return the kind that a description of a charge names, None when it names none."""
    if _RECURRING_WINS.search(description) and not _NOT_RECURRING.search(description):
        return ChargeKind.RECURRING
    for kind, pattern in _KIND_PATTERNS:
        if pattern.search(description):
            return kind
    return None
