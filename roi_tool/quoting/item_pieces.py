"""How many pieces of a product an option needs in each month: its count, less the shares of it that do without."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from roi_tool.costing.months import Amounts, month_numbers
from roi_tool.pricebook import Per
from roi_tool.quoting.inputs import Inputs
from roi_tool.quoting.pieces import DRIVER_OF_PER, INPUTS_OF_PER, counted
from roi_tool.quoting.plan import PlannedItem


def item_pieces(item: PlannedItem, inputs: Inputs) -> Amounts:
    """Return the whole pieces of an item by month: those of its count, less the shares that do without it."""
    return pieces_by_value(item, inputs.value, inputs.horizon)


def pieces_by_value(item: PlannedItem, value: Mapping[str, float], horizon: int) -> Amounts:
    """`item_pieces` from the values of the drivers that the item follows."""
    pieces = counted(item.per, item.times, value, horizon)
    for name in item.share:
        pieces = _part(pieces, value[name])
    for name in item.without:
        pieces = pieces - _part(pieces, value[name])
    if item.least:
        pieces = np.maximum(pieces, item.least)
    if item.committed:
        bound = month_numbers(horizon) <= value["term_months"]
        pieces = np.where(bound, np.maximum(pieces, _part(pieces[:1], item.committed)), pieces)
    return pieces


def first_driver(item: PlannedItem) -> str:
    """Return the driver that moves an item most: its price's, else the share it goes to, else what its number follows."""
    return item.driver or next(iter(item.share), DRIVER_OF_PER[item.per])


def inputs_of_item(
    per: Per, driver: str, share: Sequence[str], without: Sequence[str], *, monthly: bool, committed: bool
) -> tuple[str, ...]:
    """Return every driver that an item follows."""
    priced = ("term_months", "offer_price_rise") if monthly else ()
    term = ("term_months",) if committed else ()
    every = (*INPUTS_OF_PER[per], *share, *without, *((driver,) if driver else ()), *priced, *term)
    return tuple(dict.fromkeys(every))


def _part(pieces: Amounts, share: float) -> Amounts:
    return pieces if share == 1 else np.ceil(pieces * share - 1e-9).astype(np.int64)
