"""What a product's monthly price does over the months: free at first, the term's price, the renewal's, then yearly rises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from roi_tool.quoting.case import Case
from roi_tool.quoting.inputs import Inputs, take_inputs
from roi_tool.quoting.item_lines import item_price
from roi_tool.quoting.item_pieces import item_pieces
from roi_tool.quoting.plan import OptionPlan
from roi_tool.quoting.scenario import Scenario


@dataclass(frozen=True, slots=True)
class PriceSteps:
    """One product's monthly price, nano units a piece. Months are counted from 1.

    `renewal_from` is the first month at the renewal price and `rises_from` the first that has risen; either may lie past the
    time compared. `rise` is a fraction a year.
    """

    line_id: str
    name: str
    free_months: int
    term_nano: int
    renewal_nano: int
    renewal_from: int
    rises_from: int
    rise: float


def price_steps(case: Case, scenario: Scenario, option: str) -> tuple[PriceSteps, ...]:
    """Return the products of an option whose price changes by contract: a promotion that ends, another price at renewal."""
    inputs, plan = take_inputs(scenario), case.plans[option]
    parts = [(part.plan, inputs.part(part.shares)) for part in plan.parts] or [(plan, inputs)]
    return tuple(step for part, own in parts for step in _of_plan(part, own))


def _of_plan(plan: OptionPlan, inputs: Inputs) -> Iterator[PriceSteps]:
    for item in plan.items:
        price = item_price(item, inputs)
        changes = price.free_months or price.term_nano != price.renewal_nano
        if not changes or not item_pieces(item, inputs).any():
            continue
        rises_after = inputs.term if price.fixed_in_term else 0
        yield PriceSteps(
            line_id=item.line_id,
            name=item.name,
            free_months=price.free_months,
            term_nano=price.term_nano,
            renewal_nano=price.renewal_nano,
            renewal_from=item.month + inputs.term + 1,
            rises_from=item.month + rises_after + 13,
            rise=inputs.value["offer_price_rise"],
        )
