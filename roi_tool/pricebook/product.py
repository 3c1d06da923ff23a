"""One thing with a price: what it costs once and a month, during the term, in a promotion and after both."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from roi_tool.pricebook.cost_item import CostItem

Price = Annotated[Decimal, Field(ge=0, le=Decimal("10000000"), max_digits=16, decimal_places=6)]
"""A price of the book: not negative, at most six decimals, currency units excluding VAT."""


class Entry(BaseModel):
    """Base of every entry of a price book: frozen, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class ProductUnit(StrEnum):
    """What one of the product serves."""

    SEAT = "seat"
    CHANNEL = "channel"
    LINE = "line"
    """A primary-rate circuit or an analogue line."""
    SITE = "site"
    NUMBER = "number"
    ONCE = "once"


class Product(Entry):
    """A line of the price book.

    Attributes:
        sku: unique in the book; printed as the way home of every figure that comes from it.
        name: as the quote prints it.
        unit: what one of it serves.
        once: paid when it is bought.
        monthly: paid every month without a term, or after it where `renewal` is absent.
        by_term: months of contract → monthly price during that term.
        renewal: monthly price once the term is over; None: the `monthly` price.
        free_months: months at the start without the monthly price; the price after them is shown.
        life_months: after so many months it is bought again; 0: it outlasts every comparison.
        includes: items of the catalogue that its price covers besides the one it is sold for.
        driver: id of the scenario driver that this price feeds, or "".
        ends_on: day on which the product is withdrawn from the market, with `note` to say so.
        note: a sentence for the reader.
    """

    sku: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[A-Z0-9][A-Z0-9._-]*$")]
    name: Annotated[str, Field(min_length=1, max_length=120)]
    unit: ProductUnit
    once: Price = Decimal(0)
    monthly: Price = Decimal(0)
    by_term: Mapping[int, Price] = Field(default_factory=dict)
    renewal: Price | None = None
    free_months: Annotated[int, Field(ge=0, le=60)] = 0
    life_months: Annotated[int, Field(ge=0, le=240)] = 0
    includes: tuple[CostItem, ...] = ()
    driver: str = ""
    ends_on: date | None = None
    note: str = ""

    def monthly_in_term(self, term_months: int) -> Decimal:
        """Return the monthly price during a contract of this length: that of the longest listed term not above it."""
        fitting = [months for months in self.by_term if months <= term_months]
        return self.by_term[max(fitting)] if fitting else self.monthly

    @property
    def monthly_after_term(self) -> Decimal:
        """The monthly price once the term is over."""
        return self.monthly if self.renewal is None else self.renewal
