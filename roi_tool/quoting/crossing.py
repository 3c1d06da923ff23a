"""Crossovers: the month from which another option of a pair has cost less in total."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from roi_tool.costing.payback import crossover_periods
from roi_tool.quoting.comparison import Crossover, OptionResult


def find_crossovers(options: Sequence[OptionResult]) -> tuple[Crossover, ...]:
    """Return every month in which a pair of options changes places, by month.

    `b` of a crossover is the cheaper from its month on; a pair that changes places twice stands twice.
    """
    found = []
    cumulative = [option.cumulative_nano for option in options]
    for first, second in combinations(range(len(options)), 2):
        for month, second_cheaper in crossover_periods(cumulative[first], cumulative[second]):
            a, b = (first, second) if second_cheaper else (second, first)
            found.append(Crossover(options[a].id, options[b].id, month))
    return tuple(sorted(found, key=lambda crossover: crossover.month))
