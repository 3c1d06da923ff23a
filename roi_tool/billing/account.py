"""Who is billed: an account, its tariff, its numbers and what it pays besides calls."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from roi_tool.money import to_nano

_FROZEN = ConfigDict(frozen=True, extra="forbid")
_DECIMALS_OF_NANO = 9


class Repeats(StrEnum):
    """How often a subscription is paid."""

    MONTHLY = "monthly"
    ONCE = "once"


class Subscription(BaseModel):
    """What an account pays besides its calls. `price` is for one, without tax unless the tariff's prices include it.

    A monthly one that starts or ends within the month is paid by the day: days held over days of the month. One that is paid
    once is paid in the month of `starts`.
    """

    model_config = _FROZEN
    description: str = Field(min_length=1)
    price: Decimal
    """Negative for a credit."""
    quantity: Annotated[Decimal, Field(ge=0)] = Decimal(1)
    repeats: Repeats = Repeats.MONTHLY
    starts: date | None = None
    ends: date | None = None
    """Half-open: the first day on which it is not held."""

    @model_validator(mode="after")
    def _check(self) -> Subscription:
        to_nano(self.price)
        to_nano(self.quantity)
        if self.starts and self.ends and self.starts >= self.ends:
            raise ValueError(f"“{self.description}” ends before it starts")
        if self.repeats is Repeats.ONCE and self.starts is None:
            raise ValueError(f"“{self.description}” is paid once but has no date")
        return self


class Account(BaseModel):
    """One account. Calls are its own when they name its id, or else one of its numbers."""

    model_config = _FROZEN
    id: str = Field(min_length=1)
    name: str = ""
    tariff: str = Field(min_length=1)
    """Name of a tariff of the run."""
    seats: Annotated[int, Field(ge=0)] | None = None
    """For pooled allowances; None counts the calling numbers."""
    timezone: str = "UTC"
    numbers: frozenset[str] = frozenset()
    """E.164 digits without `+`."""
    subscriptions: tuple[Subscription, ...] = ()

    @field_validator("timezone")
    @classmethod
    def _zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(f"{name!r} is no time zone") from error
        return name
