"""Several columns of money: the one that is the sum of the others, else the best title, else a question."""

from __future__ import annotations

from collections.abc import Sequence

from roi_tool.cdr import Question
from roi_tool.importing.cells.amounts import AmountFormat, parse_amount

_FEWEST_ROWS = 3


def choose_money(
    candidates: Sequence[tuple[float, int]], samples: Sequence[Sequence[str]], titles: Sequence[str]
) -> tuple[int | None, tuple[Question, ...]]:
    """Return which of several columns titled as a charge is the charge of the call.

    Args:
        candidates: weight of the title and place of each column.
        samples: first cells of every column of the table.
        titles: of the columns.

    Returns:
        The place (None leaves the choice to the titles), and a question where nothing decides.
    """
    filled = [(weight, place) for weight, place in candidates if any(samples[place])]
    if len(filled) < 2:
        return None, ()
    amounts = {place: _amounts(samples[place]) for _, place in filled}
    total = _sum_of_others(amounts)
    if total is not None:
        return total, ()
    best = max(weight for weight, _ in filled)
    equal = [place for weight, place in filled if weight == best]
    if len(equal) < 2 or all(amounts[place] == amounts[equal[0]] for place in equal):
        return None, ()
    named = [place for place in equal if "total" in titles[place].casefold()]
    if len(named) == 1:
        return named[0], ()
    options = tuple(titles[place] for place in equal)
    examples = tuple(next((cell for cell in samples[place] if cell), "") for place in equal)
    return equal[0], (Question("ambiguous_money", options, examples),)


def _amounts(cells: Sequence[str]) -> list[int]:
    comma = AmountFormat("," if any("," in cell and "." not in cell for cell in cells) else ".")
    return [parse_amount(cell, comma) or 0 for cell in cells]


def _sum_of_others(amounts: dict[int, list[int]]) -> int | None:
    for place, own in amounts.items():
        others = [amount for other, amount in amounts.items() if other != place]
        rows = [(value, sum(parts)) for value, *parts in zip(own, *others, strict=True) if value or any(parts)]
        agree = sum(value == total for value, total in rows)
        if len(rows) >= _FEWEST_ROWS and agree >= 0.9 * len(rows) and any(any(other) for other in others):
            return place
    return None
