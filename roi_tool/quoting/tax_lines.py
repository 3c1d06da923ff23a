"""The lines of taxes and fees that are a cost for this customer, on top of an option's other lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import MappingProxyType

import numpy as np

from roi_tool.costing.line import CostCategory, CostLine
from roi_tool.costing.taxes import fixed_amounts, in_force, percentage_amounts
from roi_tool.quoting.inputs import Inputs
from roi_tool.quoting.pieces import DRIVER_OF_PER, INPUTS_OF_PER, pieces_of
from roi_tool.quoting.plan import OptionPlan, PlannedTax


def tax_lines(plan: OptionPlan, lines: Sequence[CostLine], inputs: Inputs) -> Iterator[CostLine]:
    """Return one line per tax; a tax is never taken on another tax."""
    for number, tax in enumerate(plan.taxes, start=1):
        held = in_force(tax.from_month, tax.until_month, inputs.horizon)
        amounts = np.zeros(inputs.horizon + 1, dtype=np.int64)
        follows: dict[str, None] = dict.fromkeys(INPUTS_OF_PER[tax.per] if tax.fixed_nano else ())
        if tax.percent:
            of = [line for line in lines if line.category in tax.categories and line.hard]
            taxed = [line.amounts_nano for line in of]
            follows |= dict.fromkeys(name for line in of for name in line.inputs)
            if taxed:
                amounts = amounts + percentage_amounts(np.add.reduce(taxed), tax.percent, held)
        if tax.fixed_nano:
            amounts = amounts + fixed_amounts(pieces_of(tax.per, 1.0, inputs), tax.fixed_nano, held)
        yield _line(plan, number, tax, amounts, tuple(follows))


def _line(plan: OptionPlan, number: int, tax: PlannedTax, amounts: np.ndarray, follows: tuple[str, ...]) -> CostLine:
    driver = DRIVER_OF_PER[tax.per] if tax.fixed_nano else ""
    words = MappingProxyType({"name": tax.name})
    line_id = f"{plan.id}.tax{number}"
    return CostLine(
        line_id,
        CostCategory.TAX,
        "cost.tax",
        driver,
        tax.evidence,
        amounts,
        label_args=words,
        inputs=follows,
        answers=(tax.answers,),
    )
