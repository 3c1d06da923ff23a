"""The JSON shapes of `roi-tool deck`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from roi_tool.importing.decks import CodeMovement, Deck, DeckCheck, DeckCode, DeckDifference, Movement
from roi_tool.problems import Problem
from roi_tool.wording import Wording


def reading_answer(read: Deck, deck: Deck, check: DeckCheck, problems: Sequence[Problem], words: Wording) -> dict[str, Any]:
    """A deck as it was read; `deck` is what it comes to once it has amended the one in force."""
    counts = read.counts
    return {
        "file": read.file,
        "mapping": mapping_answer(read),
        "currency": deck.currency,
        "timezone": deck.timezone,
        "full": read.full,
        "rows": {
            "total": counts.rows_total,
            "priced": counts.rows_priced,
            "skipped": counts.rows_skipped,
            "rejected": counts.rows_rejected,
            "skipped_by_reason": dict(counts.skipped_by_reason),
        },
        "codes": {
            "found": counts.codes_found,
            "out": counts.codes_out,
            "skipped": counts.codes_skipped,
            "rejected": counts.codes_rejected,
        },
        "check": check_answer(check),
        "problems": [
            {
                "code": problem.code,
                "severity": str(problem.severity),
                "row": problem.where.row,
                "sheet": problem.where.sheet,
                "text": words.sentence(problem),
            }
            for problem in problems
        ],
        "entries": [code_answer(code) for code in deck.codes],
    }


def mapping_answer(deck: Deck) -> dict[str, Any]:
    """How the file was understood."""
    mapping = deck.mapping
    return {
        "sheet": mapping.sheet,
        "encoding": mapping.encoding,
        "delimiter": mapping.delimiter,
        "header_row": mapping.header_row,
        "columns": [{"title": title, "role": role} for title, role in mapping.columns],
        "hyphen": mapping.hyphen,
        "date_order": mapping.date_order,
        "decimal": mapping.decimal,
        "increments": mapping.increments,
        "sample": [list(row) for row in mapping.sample],
    }


def code_answer(code: DeckCode) -> dict[str, Any]:
    """One code."""
    terms = code.terms
    return {
        "prefix": code.prefix,
        "destination": code.destination,
        "rate": terms.rate if terms else None,
        "first_rate": terms.first_rate if terms else None,
        "connect_fee": code.connect_fee,
        "initial_s": code.initial_s,
        "subsequent_s": code.subsequent_s,
        "effective_from": code.effective_from,
        "effective_till": code.effective_till,
        "change": str(code.change),
        "jurisdiction": code.jurisdiction,
        "row": code.row,
    }


def check_answer(check: DeckCheck) -> dict[str, Any]:
    """A look at the whole deck."""
    return {
        "zero": [code.prefix for code in check.zero],
        "out_of_line": [
            {"prefix": odd.code.prefix, "rate": odd.code.rate, "median": odd.median, "beside": odd.beside}
            for odd in check.out_of_line
        ],
        "falls_through": [{"prefix": fall.code.prefix, "to": fall.shorter.prefix} for fall in check.falls_through],
        "age_days": check.age_days,
    }


def difference_answer(difference: DeckDifference, full: bool, new: Deck) -> Mapping[str, Any]:
    """Two decks side by side."""

    def listed(item: CodeMovement) -> dict[str, Any]:
        return {
            "prefix": item.prefix,
            "jurisdiction": item.jurisdiction,
            "destination": item.new.destination if item.new else item.old.destination if item.old else "",
            "old": item.old.rate if item.old else None,
            "new": item.new.rate if item.new else None,
            "old_increments": item.old.terms.increments if item.old and item.old.terms else None,
            "new_increments": item.new.terms.increments if item.new and item.new.terms else None,
            "change": item.percent.quantize(Decimal("0.000001")) if item.percent is not None else None,
            "from": item.since,
        }

    return {
        "full": full,
        "counts": {**difference.counts(), "duplicates": difference.repeated},
        **{str(kind): [listed(item) for item in difference.of(kind)] for kind in Movement if kind is not Movement.UNCHANGED},
        "duplicates": [
            {"prefix": problem.detail["code"], "rows": problem.detail["rows"]}
            for problem in new.problems
            if problem.code in ("deck_code_repeated", "deck_code_contradicted")
        ],
        "check": check_answer(difference.check),
    }
