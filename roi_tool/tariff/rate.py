"""What one call costs once its rate is known: fees, slots of the call, increments, limits."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from roi_tool.money import Rounding, to_nano

DAY_MS = 86_400_000
MINUTE_MS = 60_000

FROZEN = ConfigDict(frozen=True, extra="forbid")
Price = Annotated[Decimal, Field(ge=0, le=Decimal(1_000_000), allow_inf_nan=False)]
"""An amount of the tariff's currency from 0 to a million, at most 9 decimals (checked when the tariff is made)."""
Span = Annotated[int, Field(ge=0, le=366 * DAY_MS)]
Step = Annotated[int, Field(ge=1, le=366 * DAY_MS)]


class Slot(BaseModel):
    """From `from_ms` of the call on: `price` for each `unit_ms`, billed in steps of `increment_ms`."""

    model_config = FROZEN
    price: Price
    from_ms: Span = 0
    unit_ms: Step = MINUTE_MS
    increment_ms: Step = 1000


class Rate(BaseModel):
    """The terms of one price.

    Attributes:
        id: how deck rows name it.
        slots: parts of the call by time since its start, the first from 0, ascending. Increments `60/6` are two slots: the
            first minute in one step of 60 s, the rest in steps of 6 s. See `per_minute`.
        connect_fee: for each answered call (longer than 0), once, by the rate at its start.
        attempt_fee: for each call, answered or not.
        minimum_ms: an answered call is billed as if it lasted at least so long.
        grace_ms: a call shorter than this costs nothing but the attempt fee.
        min_charge, max_charge: limits of an answered call before rounding, fees included; the cap first, then the floor.
        call_decimals, call_rounding: how the price of a call is rounded where that differs from the tariff's rule.
    """

    model_config = FROZEN
    id: str = Field(min_length=1)
    slots: tuple[Slot, ...] = Field(min_length=1)
    connect_fee: Price = Decimal(0)
    attempt_fee: Price = Decimal(0)
    minimum_ms: Span = 0
    grace_ms: Span = 0
    min_charge: Price | None = None
    max_charge: Price | None = None
    call_decimals: Annotated[int, Field(ge=0, le=9)] | None = None
    call_rounding: Rounding | None = None

    @model_validator(mode="after")
    def _check(self) -> Rate:
        starts = [slot.from_ms for slot in self.slots]
        if starts[0] != 0 or any(first >= second for first, second in pairwise(starts)):
            raise ValueError("slots must start at 0 and ascend")
        for amount in (
            self.connect_fee,
            self.attempt_fee,
            self.min_charge,
            self.max_charge,
            *(slot.price for slot in self.slots),
        ):
            if amount is not None:
                to_nano(amount)
        return self

    @classmethod
    def per_minute(cls, id: str, price: Decimal | str, increments: str = "1/1", **terms: object) -> Rate:  # noqa: A002
        """Make a rate from a price per minute and increments in seconds, `initial/subsequent`.

        >>> [(slot.from_ms, slot.increment_ms) for slot in Rate.per_minute("uk", "0.012", "60/6").slots]
        [(0, 60000), (60000, 6000)]
        """
        return cls.model_validate({"id": id, "slots": increment_slots(Decimal(price), increments), **terms})


def increment_slots(price: Decimal, increments: str, unit_ms: int = MINUTE_MS) -> tuple[Slot, ...]:
    """Return the slots of `initial/subsequent` increments in seconds (`"60/6"`, `"1"` is `"1/1"`).

    Raises:
        ValueError: the text is not two whole numbers of seconds above 0.
    """
    parts = [part.strip() for part in increments.replace("+", "/").split("/")]
    if not (1 <= len(parts) <= 2 and all(part.isascii() and part.isdigit() and int(part) > 0 for part in parts)):
        raise ValueError(f"increments “{increments}” are not two numbers of seconds such as 60/1")
    initial, following = int(parts[0]) * 1000, int(parts[-1]) * 1000
    first = Slot(price=price, unit_ms=unit_ms, increment_ms=initial)
    if initial == following:
        return (first,)
    return (first, Slot(price=price, from_ms=initial, unit_ms=unit_ms, increment_ms=following))
