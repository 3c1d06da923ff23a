"""What is free, cheaper or owed by volume: allowances, tiers, commitments. Counted per account and local month."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Annotated

from pydantic import BaseModel, Field, model_validator

from roi_tool.tariff.rate import FROZEN, Price

Percent = Annotated[Decimal, Field(ge=0, le=100)]


class Reach(BaseModel):
    """Which priced calls a rule is about: any of the groups or classes; both empty means every outbound call."""

    model_config = FROZEN
    groups: frozenset[str] = frozenset()
    """Destination groups of deck rows."""
    classes: frozenset[str] = frozenset()
    """`CalledClass` words."""
    directions: frozenset[str] = frozenset({"outbound"})


class Counted(StrEnum):
    """What an allowance or a tier counts."""

    MINUTES = "minutes"
    CALLS = "calls"
    MONEY = "money"


class Shared(StrEnum):
    """Who uses an allowance."""

    SEAT = "seat"
    """Each calling number has the amount for itself."""
    POOL = "pool"
    """The amount times the seats, used by all together."""
    ACCOUNT = "account"
    """The amount once for the account."""


class Allowance(BaseModel):
    """Usage that is not charged each month. Used in the order of the calls' starts; several in the order given.

    A call that outlasts the rest is split exactly: billed time beyond the rest is charged at its own price to the millisecond.
    """

    model_config = FROZEN
    id: str = Field(min_length=1)
    amount: Annotated[Decimal, Field(ge=0)]
    """Minutes, calls or money of the tariff's currency, by `counted`."""
    counted: Counted = Counted.MINUTES
    shared: Shared = Shared.POOL
    reach: Reach = Reach()
    rollover_months: Annotated[int, Field(ge=0, le=12)] = 0
    """How many further months what is left stays usable; the oldest is used first."""
    covers_fees: bool = True
    """Whether connect fees of calls that are covered (wholly or in part) are free too."""


class TierMode(StrEnum):
    """Whether a tier prices the units inside it, or all units once it is reached."""

    GRADUATED = "graduated"
    ALL_UNITS = "all_units"


class Tier(BaseModel):
    """From `start` (inclusive) on: a price per unit, or a percentage off, and a flat amount once it is reached."""

    model_config = FROZEN
    start: Annotated[Decimal, Field(ge=0)] = Decimal(0)
    unit_price: Price | None = None
    percent_off: Percent = Decimal(0)
    flat: Price = Decimal(0)


class TierTable(BaseModel):
    """Volume pricing of the calls in reach, by monthly minutes or spend. Tiers are half-open and ascend from 0."""

    model_config = FROZEN
    id: str = Field(min_length=1)
    mode: TierMode = TierMode.GRADUATED
    counted: Counted = Counted.MINUTES
    tiers: tuple[Tier, ...] = Field(min_length=1)
    reach: Reach = Reach()

    @model_validator(mode="after")
    def _check(self) -> TierTable:
        starts = [tier.start for tier in self.tiers]
        if starts[0] != 0 or any(first >= second for first, second in pairwise(starts)):
            raise ValueError(f"the tiers of {self.id} must start at 0 and ascend")
        if self.counted is not Counted.MINUTES and any(tier.unit_price is not None for tier in self.tiers):
            raise ValueError(f"tiers by {self.counted} take a percentage, not a price per minute ({self.id})")
        return self


class FairUse(BaseModel):
    """A cap of an otherwise free use per seat and month; minutes above it cost `price` each."""

    model_config = FROZEN
    id: str = Field(min_length=1)
    minutes: Annotated[Decimal, Field(ge=0)]
    price: Price
    reach: Reach = Reach()


class MinimumSpend(BaseModel):
    """The account's usage of a month comes to at least `amount`; what is missing is charged as shortfall."""

    model_config = FROZEN
    id: str = "minimum_spend"
    amount: Price
    reach: Reach = Reach()


class ChannelCommitment(BaseModel):
    """Committed channels at a monthly price, and burst channels: the month's peak of concurrent calls above them."""

    model_config = FROZEN
    id: str = "channels"
    committed: Annotated[int, Field(ge=0, le=1_000_000)]
    committed_price: Price = Decimal(0)
    burst_price: Price = Decimal(0)
