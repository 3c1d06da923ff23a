"""The lines of what the operator sells: products of the price book in an option, month by month.

A slider moves one driver and most lines follow others: those are found again, not computed again.
"""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType

from roi_tool.costing.line import CostLine, Evidence
from roi_tool.costing.months import Amounts, nothing
from roi_tool.costing.priced_item import ItemPrice, item_amounts
from roi_tool.pricebook import CostItem
from roi_tool.quoting.inputs import NANO, Inputs
from roi_tool.quoting.item_pieces import first_driver, pieces_by_value
from roi_tool.quoting.plan import PlannedItem


def item_line(item: PlannedItem, inputs: Inputs) -> CostLine:
    """Return an item's line."""
    value, horizon = inputs.value, inputs.horizon
    for name in item.share:
        if not value[name] and not item.least:
            return _no_line(item, horizon)
    values = tuple([value[name] for name in item.follows])
    if not item.driver:
        return _line(item, values, horizon)
    return _line(item, values, horizon, int(inputs.base["term_months"]), inputs.marks[item.driver])


@lru_cache(maxsize=1024)
def _no_line(item: PlannedItem, horizon: int) -> CostLine:
    """Return the line of a product that nobody takes."""
    return _made(item, nothing(horizon), item.evidence)


@lru_cache(maxsize=8192)
def _line(
    item: PlannedItem, values: tuple[float, ...], horizon: int, base_term: int = 0, mark: Evidence | None = None
) -> CostLine:
    return _made(item, _amounts(item.same_as or item, values, horizon, base_term), mark or item.evidence)


@lru_cache(maxsize=4096)
def _amounts(item: PlannedItem, values: tuple[float, ...], horizon: int, base_term: int) -> Amounts:
    value = dict(zip(item.follows, values, strict=True))
    pieces = pieces_by_value(item, value, horizon)
    term = int(value.get("term_months", base_term))
    return item_amounts(
        _price(item, value, term, base_term),
        pieces,
        term_months=term,
        rise=value.get("offer_price_rise", 0.0),
        horizon_months=horizon,
        from_month=item.month,
        life_months=item.life_months,
    )


def _made(item: PlannedItem, amounts: Amounts, mark: Evidence) -> CostLine:
    horizon = len(amounts) - 1
    replaced = item.life_months and item.month + item.life_months < horizon
    answers = (*item.answers, CostItem.REPLACEMENT) if replaced else item.answers
    return CostLine(
        item.line_id,
        item.category,
        "cost.item",
        first_driver(item),
        mark,
        amounts,
        label_args=MappingProxyType({"name": item.name}),
        inputs=item.follows,
        answers=answers,
    )


def item_price(item: PlannedItem, inputs: Inputs) -> ItemPrice:
    """Return an item's prices for the term that is chosen, as its driver has moved them."""
    return _price(item, inputs.value, inputs.term, int(inputs.base["term_months"]))


def _price(item: PlannedItem, value: dict[str, float], term: int, base_term: int) -> ItemPrice:
    term_nano, renewal_nano = item.term_nano(term), item.after_term_nano(term)
    if item.driver:
        listed = item.term_nano(base_term)
        moved = value[item.driver] * NANO
        if listed:
            factor = moved / listed
            term_nano, renewal_nano = round(term_nano * factor), round(renewal_nano * factor)
        else:
            term_nano = renewal_nano = round(moved)
    return ItemPrice(item.once_nano, term_nano, renewal_nano, item.free_months, item.fixed_in_term)
