"""What comes on top of a call's price: surcharges and taxes, dated, marked where they are estimates."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, Field

from roi_tool.tariff.discount import Reach
from roi_tool.tariff.rate import FROZEN, Price


class Surcharge(BaseModel):
    """A fixed amount for each charged call and a percentage of its price; part of the charge and taxed with it."""

    model_config = FROZEN
    id: str = Field(min_length=1)
    per_call: Price = Decimal(0)
    percent: Annotated[Decimal, Field(ge=0, le=1000)] = Decimal(0)
    reach: Reach = Reach()
    jurisdiction: str = ""
    valid_from: AwareDatetime | None = None
    valid_till: AwareDatetime | None = None
    estimate: bool = False


class Tax(BaseModel):
    """A percentage of the charge, by the day of the call. Taxes that hold together are added, not compounded."""

    model_config = FROZEN
    id: str = Field(min_length=1)
    percent: Annotated[Decimal, Field(ge=0, le=1000)]
    jurisdiction: str = ""
    valid_from: AwareDatetime | None = None
    valid_till: AwareDatetime | None = None
    estimate: bool = False
