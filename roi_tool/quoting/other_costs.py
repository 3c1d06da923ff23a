"""Costs that no price book knows: what this very customer pays besides under some of the options, with its source.

Headsets, cabling, a back-up line, call recording, days lost at cut-over: anything of the catalogue that is bought elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

import numpy as np

from roi_tool.costing.line import Confidence, CostCategory, CostLine, Evidence
from roi_tool.costing.months import month_numbers, to_amounts
from roi_tool.money import to_nano
from roi_tool.pricebook import CostItem, Per
from roi_tool.problems import Problem, ProblemError
from roi_tool.quoting.evidence import EvidenceList
from roi_tool.quoting.inputs import Inputs
from roi_tool.quoting.pieces import DRIVER_OF_PER, INPUTS_OF_PER, pieces_of


@dataclass(frozen=True, slots=True)
class OtherCost:
    """A cost as somebody stated it. Amounts are for one piece, excluding VAT; a negative one is money back.

    Attributes:
        label: as papers print it.
        options: ids of the options that bear it; "stay" may be among them.
        category: what it is counted under; calls are the engine's and taxes the tax table's.
        source: who says so; `as_of` when.
        once: paid in `month` (0 is the start).
        monthly: paid from the month after `month` (from `month` itself where that is not the start), for `months` months.
        per: what the number of pieces follows.
        month, months: when it begins and how long it lasts; None is to the end.
        rise: of the monthly price a year, from one year after it begins.
        answers: the items of the catalogue that it answers.
    """

    label: str
    options: tuple[str, ...]
    category: str
    source: str
    once: Decimal = Decimal(0)
    monthly: Decimal = Decimal(0)
    per: Per = Per.ORDER
    month: int = 0
    months: int | None = None
    rise: Decimal = Decimal(0)
    as_of: date | None = None
    confidence: Confidence = Confidence.ESTIMATE
    answers: tuple[CostItem, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedCost:
    """A stated cost, ready for an option."""

    line_id: str
    cost: OtherCost
    once_nano: int
    monthly_nano: int
    evidence: Evidence


def check_other_costs(costs: Sequence[OtherCost], options: Collection[str]) -> None:
    """See that stated costs are about options that are compared.

    Raises:
        ProblemError: `option_unknown`.
    """
    for option in (option for cost in costs for option in cost.options):
        if option not in options:
            raise ProblemError(Problem("option_unknown", detail={"option": option, "known": ", ".join(options)}))


def planned_costs(costs: Sequence[OtherCost], option: str, evidence: EvidenceList) -> tuple[PlannedCost, ...]:
    """Return the costs that an option bears; the same cost has the same mark under each option."""
    return tuple(
        PlannedCost(
            line_id=f"{option}.other{number}",
            cost=cost,
            once_nano=to_nano(cost.once),
            monthly_nano=to_nano(cost.monthly),
            evidence=evidence.mark(cost.confidence, cost.source, cost.as_of, f"cost {cost.label}"),
        )
        for number, cost in enumerate(costs, start=1)
        if option in cost.options
    )


def other_cost_lines(costs: Sequence[PlannedCost], inputs: Inputs) -> Iterator[CostLine]:
    """Return one line for each stated cost."""
    for planned in costs:
        cost = planned.cost
        pieces = pieces_of(cost.per, 1.0, inputs)
        begins = max(cost.month, 1)
        since = month_numbers(inputs.horizon) - begins
        runs = (since >= 0) if cost.months is None else (since >= 0) & (since < cost.months)
        risen = (1 + float(cost.rise)) ** (np.maximum(since, 0) // 12).astype(np.float64)
        amounts = planned.monthly_nano * risen * pieces * runs
        if cost.month <= inputs.horizon:
            amounts[cost.month] += float(planned.once_nano) * int(pieces[cost.month])
        yield CostLine(
            planned.line_id,
            CostCategory(cost.category),
            "cost.item",
            DRIVER_OF_PER[cost.per],
            planned.evidence,
            to_amounts(amounts),
            label_args=MappingProxyType({"name": cost.label}),
            inputs=INPUTS_OF_PER[cost.per],
            answers=cost.answers,
        )
