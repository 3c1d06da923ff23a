"""Codes that stand twice: equal ones are kept once, contradicting ones are refused, both rows named."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime

from roi_tool.importing.decks.deck import DeckCode
from roi_tool.problems import Problem, Severity, Where

_Key = tuple[str, str, datetime | None, datetime | None]


def split_duplicates(
    codes: Sequence[DeckCode], file: str, sheet: str
) -> tuple[list[DeckCode], Counter[int], Counter[int], list[Problem]]:
    """Keep each code once for each jurisdiction and date.

    Returns:
        The codes left; how many codes of which row were skipped as mere repetitions; how many were rejected because another
        row gives them another price; the problems.
    """
    first: dict[_Key, DeckCode] = {}
    twice: defaultdict[_Key, list[DeckCode]] = defaultdict(list)
    for code in codes:
        if code.terms is None:
            continue
        key = (code.prefix, code.jurisdiction, code.effective_from, code.effective_till)
        other = first.setdefault(key, code)
        if other is not code:
            twice[key].append(code)
    skipped: Counter[int] = Counter()
    rejected: Counter[int] = Counter()
    if not twice:
        return list(codes), skipped, rejected, []
    problems: list[Problem] = []
    gone: set[int] = set()
    for key, others in twice.items():
        kept = first[key]
        if all(other.terms == kept.terms for other in others):
            gone.update(id(other) for other in others)
            skipped.update(other.row for other in others)
            detail = {"code": kept.prefix, "rows": ", ".join(str(item.row) for item in (kept, *others))}
            problems.append(Problem("deck_code_repeated", Severity.INFO, Where(file, others[0].row, sheet=sheet), detail))
            continue
        rows = [kept, *others]
        gone.update(map(id, rows))
        rejected.update(item.row for item in rows)
        detail = {
            "code": kept.prefix,
            "rows": ", ".join(str(item.row) for item in rows),
            "prices": ", ".join(str(item.rate) for item in rows),
        }
        problems.append(Problem("deck_code_contradicted", Severity.ERROR, Where(file, kept.row, sheet=sheet), detail))
    return [code for code in codes if id(code) not in gone], skipped, rejected, problems
