"""The tariff: rates, deck, bands and every rule that prices a customer's calls, as one frozen value."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field, SkipValidation, field_validator, model_validator

from roi_tool.money import Rounding, is_currency_code
from roi_tool.tariff.band import HolidayCalendar, TimeBand
from roi_tool.tariff.deck import DeckEntry
from roi_tool.tariff.deck_check import check_deck
from roi_tool.tariff.discount import Allowance, ChannelCommitment, FairUse, MinimumSpend, TierTable
from roi_tool.tariff.levy import Surcharge, Tax
from roi_tool.tariff.rate import FROZEN, Rate


class Split(StrEnum):
    """How a call is billed that crosses a border between bands (or between slots).

    carry: the rounded-up surplus of one part eats into the next. per_part: each part rounds up for itself. at_start: the band
    at the start prices the whole call (between its slots the surplus carries).
    """

    CARRY = "carry"
    PER_PART = "per_part"
    AT_START = "at_start"


class IncrementRounding(StrEnum):
    """How the price of one increment is rounded, where `increment_decimals` asks for it.

    half_up: each increment's exact price, half up. cgrates: as CGRateS 0.10 does it, in binary floating point: the price of
    each part of the call, then that divided by the number of its increments; parts end at midnight too, and a border of bands
    within a slot that the call outlasts is not seen.
    """

    HALF_UP = "half_up"
    CGRATES = "cgrates"


Decimals = Annotated[int, Field(ge=0, le=9)]


class RoundingRule(BaseModel):
    """Where amounts are rounded. Symmetric about zero; see `roi_tool.money.Rounding`.

    `increment_decimals` rounds the price of one increment, half up, before it is multiplied (CGRateS 0.x does, with 5); None
    keeps the exact fraction. `call_decimals` rounds the price of a call; None keeps it to 9 decimals (half up).
    """

    model_config = FROZEN
    increment_decimals: Decimals | None = None
    increment_rounding: IncrementRounding = IncrementRounding.HALF_UP
    call_decimals: Decimals | None = None
    call_rounding: Rounding = Rounding.HALF_UP
    invoice_decimals: Decimals | None = None
    """Decimals of a sum on an invoice; None is the currency's minor unit."""
    invoice_rounding: Rounding = Rounding.HALF_UP

    @model_validator(mode="after")
    def _needs_decimals(self) -> RoundingRule:
        if self.increment_rounding is IncrementRounding.CGRATES and self.increment_decimals is None:
            raise ValueError("increment_rounding = cgrates needs increment_decimals (CGRateS has 5)")
        return self


class Carrier(BaseModel):
    """A supplier of minutes: its own tariff is what the calls cost the operator."""

    model_config = FROZEN
    id: str = Field(min_length=1)
    tariff: Tariff
    quality: Annotated[Decimal, Field(ge=0, le=1)] = Decimal(1)
    """Such as its answer-seizure ratio; compared with the tariff's `quality_floor`."""


class Tariff(BaseModel):
    """Everything that prices calls. Validated when made: every name that a row uses exists, every amount is a whole nano.

    `timezone` "" judges bands and months in the zone of the account's call table.
    """

    model_config = FROZEN
    id: str = Field(min_length=1)
    version: str = "1"
    name: str = ""
    currency: str
    timezone: str = ""
    tax_included: bool = False
    split: Split = Split.CARRY
    rounding: RoundingRule = RoundingRule()
    calendar: HolidayCalendar = HolidayCalendar()
    bands: tuple[TimeBand, ...] = ()
    rates: tuple[Rate, ...] = ()
    deck: Annotated[tuple[DeckEntry, ...], SkipValidation] = ()
    allowances: tuple[Allowance, ...] = ()
    tier_tables: tuple[TierTable, ...] = ()
    fair_use: tuple[FairUse, ...] = ()
    minimum_spend: MinimumSpend | None = None
    channels: ChannelCommitment | None = None
    surcharges: tuple[Surcharge, ...] = ()
    taxes: tuple[Tax, ...] = ()
    carriers: tuple[Carrier, ...] = ()
    quality_floor: Annotated[Decimal, Field(ge=0, le=1)] = Decimal(0)

    @field_validator("currency")
    @classmethod
    def _currency(cls, code: str) -> str:
        if not is_currency_code(code):
            raise ValueError(f"{code!r} is no currency code of three capital letters")
        return code

    @field_validator("timezone")
    @classmethod
    def _zone(cls, name: str) -> str:
        if name:
            try:
                ZoneInfo(name)
            except (KeyError, ValueError, OSError) as error:
                raise ValueError(f"{name!r} is no time zone") from error
        return name

    @model_validator(mode="after")
    def _names(self) -> Tariff:
        for what, ids in (
            ("rate", [rate.id for rate in self.rates]),
            ("band", [band.id for band in self.bands]),
            ("carrier", [carrier.id for carrier in self.carriers]),
            ("allowance", [allowance.id for allowance in self.allowances]),
        ):
            if len(set(ids)) < len(ids):
                twice = next(name for name in ids if ids.count(name) > 1)
                raise ValueError(f"{what} {twice!r} stands twice")
        if self.rounding.increment_rounding is IncrementRounding.CGRATES and self.split is Split.PER_PART:
            raise ValueError("increment_rounding = cgrates does not go with split = per_part")
        check_deck(self.deck, {rate.id for rate in self.rates}, {band.id for band in self.bands})
        for carrier in self.carriers:
            if carrier.tariff.currency != self.currency:
                raise ValueError(f"carrier {carrier.id!r} is priced in {carrier.tariff.currency}, not {self.currency}")
        return self

    @cached_property
    def fingerprint(self) -> str:
        """A hash of everything that prices: two tariffs with the same fingerprint price every call alike."""
        digest = hashlib.sha256(self.model_dump_json(exclude={"deck", "carriers", "name"}).encode())
        for entry in self.deck:
            digest.update(repr(tuple(entry)).encode())
        for carrier in self.carriers:
            digest.update(f"{carrier.id}{carrier.quality}{carrier.tariff.fingerprint}".encode())
        return digest.hexdigest()

    @property
    def has_rules(self) -> bool:
        """Whether anything but rates, taxes and carriers prices the calls."""
        return self.is_stateful or bool(self.surcharges or self.minimum_spend or self.channels)

    @property
    def is_stateful(self) -> bool:
        """Whether the price of a call depends on the calls before it in its month."""
        return bool(self.allowances or self.tier_tables or self.fair_use)

    @property
    def counts_by_month(self) -> bool:
        """Whether what calls cost in a part of a month says little about a whole one."""
        return self.is_stateful or bool(self.minimum_spend or self.channels)
