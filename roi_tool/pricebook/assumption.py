"""What a book assumes where the customer has not said: each with its range, source, date and confidence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from roi_tool.pricebook.cost_item import CostItem
from roi_tool.pricebook.offer import CostName
from roi_tool.pricebook.product import Entry

TaxedCost = CostName | Literal["usage"]


class Assumption(Entry):
    """A default value of a scenario driver or of a model constant.

    `low` and `high` are the evidence-based range that the tornado uses, `minimum` and `maximum` the bounds of entry.
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    value: Decimal
    low: Decimal
    high: Decimal
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    step: Annotated[Decimal, Field(gt=0)] | None = None
    source: Annotated[str, Field(min_length=1)]
    as_of: date
    confidence: Literal["contract", "measured", "price_book", "choice", "estimate", "default"] = "default"

    @model_validator(mode="after")
    def _ordered(self) -> Assumption:
        points = [self.low, self.value, self.high]
        if self.minimum is not None:
            points.insert(0, self.minimum)
        if self.maximum is not None:
            points.append(self.maximum)
        if points != sorted(points):
            raise PydanticCustomError("range_order", "minimum ≤ low ≤ value ≤ high ≤ maximum does not hold")
        return self


class TaxRule(Entry):
    """A tax or fee, dated; always an estimate on a quote.

    `percent` is a fraction of the taxed cost categories, `fixed` an amount per `per` and month. A recoverable tax (VAT of a
    registered business) is stated and not counted as a cost. `answers` is the item of the catalogue that it is.
    """

    name: Annotated[str, Field(min_length=1)]
    answers: CostItem = CostItem.TAXES
    percent: Annotated[Decimal, Field(ge=0, le=1)] = Decimal(0)
    fixed: Annotated[Decimal, Field(ge=0, le=1000)] = Decimal(0)
    per: Literal["seat", "channel", "line", "site", "number", "order"] = "line"
    applies_to: tuple[TaxedCost, ...] = ()
    recoverable: bool = False
    valid_from: date
    valid_until: date | None = None
    source: Annotated[str, Field(min_length=1)]


class TypicalCall(Entry):
    """One kind of call of a typical customer, for a first answer without bills."""

    called_class: str
    called: Annotated[str, Field(pattern=r"^\d{2,15}$")]
    minutes_per_seat: Annotated[Decimal, Field(ge=0, le=10000)]
    """Minutes a seat and month."""
    mean_seconds: Annotated[int, Field(gt=0, le=36000)]
