"""A price book: one operator's offer in one country and currency for a span of time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, NoReturn
from zoneinfo import available_timezones

from pydantic import Field

from roi_tool.money import is_currency_code
from roi_tool.pricebook.assumption import Assumption, TaxRule, TypicalCall
from roi_tool.pricebook.offer import Offer, SipWay
from roi_tool.pricebook.product import Entry, Product
from roi_tool.problems import Problem, Where
from roi_tool.tariff import Tariff

REQUIRED_ASSUMPTIONS = (
    "seats",
    "staff_growth",
    "channels_per_seat",
    "numbers_per_seat",
    "analogue_lines",
    "maintenance_rate",
    "admin_hours_per_seat",
    "labour_rate",
    "labour_rise",
    "term_months",
    "horizon_months",
    "discount_rate",
    "carrier_price_rise",
    "offer_price_rise",
    "soft_time_saved",
    "soft_minutes_per_seat",
    "contract_months_left",
    "termination_share",
    "overlap_weeks",
    "upgrade_share",
    "upgrade_month",
    "residual_share",
    "power_watts",
    "power_price",
    "kept_pbx_share",
    "today_rental_per_seat",
    "finance_months",
    "finance_rate",
)
"""Assumptions without which there is no first answer; a book that lacks one is refused."""


class PriceBook(Entry):
    """An operator's offer. Prices exclude VAT unless `prices_include_vat`.

    `valid_from` and `valid_until` are half-open. `tariffs` are keyed by the id that offers name.
    """

    id: Annotated[str, Field(min_length=1, max_length=80)]
    version: Annotated[str, Field(min_length=1, max_length=40)]
    operator: Annotated[str, Field(min_length=1, max_length=120)]
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    timezone: str = "UTC"
    valid_from: date
    valid_until: date
    vat_rate: Annotated[Decimal, Field(ge=0, le=1)]
    note: str = ""
    products: tuple[Product, ...]
    offers: tuple[Offer, ...]
    assumptions: tuple[Assumption, ...]
    taxes: tuple[TaxRule, ...] = ()
    typical_calls: tuple[TypicalCall, ...] = ()
    today_tariff: str = ""
    """Id of a tariff that stands in for today's carrier where no bill says what calls cost."""
    tariffs: Mapping[str, Tariff] = Field(default_factory=dict)

    def product(self, sku: str) -> Product:
        """Return a product by its SKU (`KeyError` when absent; `check_price_book` sees to it that offers name none such)."""
        return next((product for product in self.products if product.sku == sku), None) or _absent(sku)

    def offers_sold(self, way: SipWay | None = None) -> tuple[Offer, ...]:
        """Return one offer per option, in the book's order: the one sold in this way, else the option's first."""
        chosen: dict[str, Offer] = {}
        for offer in self.offers:
            if offer.option not in chosen or (way is not None and offer.way == way):
                chosen[offer.option] = offer
        return tuple(chosen.values())

    def assumption(self, assumption_id: str) -> Assumption:
        """Return an assumption by id."""
        found = next((item for item in self.assumptions if item.id == assumption_id), None)
        return found or _absent(assumption_id)


def check_price_book(book: PriceBook) -> list[Problem]:
    """Say what contradicts itself in a book whose entries are each well-formed; an empty list means nothing does."""
    problems: list[Problem] = []
    if not is_currency_code(book.currency):
        problems.append(_wrong("pricebook", "currency", f"{book.currency} is no currency code"))
    if book.timezone not in available_timezones():
        problems.append(_wrong("pricebook", "timezone", f"{book.timezone} is no time zone"))
    if book.valid_until <= book.valid_from:
        problems.append(_wrong("pricebook", "valid_until", "it is not after valid_from"))
    problems += _doubles("product", (product.sku for product in book.products))
    problems += _doubles("offer", (f"{offer.option} {offer.way or ''}".strip() for offer in book.offers))
    problems += _doubles("assumption", (item.id for item in book.assumptions))
    known = {product.sku for product in book.products}
    for offer in book.offers:
        for item in offer.items:
            if item.sku not in known:
                problems.append(_wrong(f"offer {offer.option}", "sku", f"there is no product {item.sku}"))
        if offer.tariff not in book.tariffs:
            problems.append(_wrong(f"offer {offer.option}", "tariff", f"there is no tariff {offer.tariff}"))
        if offer.option == "stay":
            problems.append(_wrong("offer stay", "option", "staying as you are is the customer's, not the operator's"))
    if book.today_tariff not in book.tariffs:
        problems.append(_wrong("pricebook", "today_tariff", f"there is no tariff {book.today_tariff}".rstrip()))
    for name, tariff in book.tariffs.items():
        if tariff.currency != book.currency:
            problems.append(_wrong(f"tariff {name}", "currency", f"{tariff.currency} is not the book's {book.currency}"))
    present = {item.id for item in book.assumptions}
    missing = [name for name in REQUIRED_ASSUMPTIONS if name not in present]
    if missing:
        problems.append(_wrong("assumptions", "id", f"missing: {', '.join(missing)}"))
    return problems


def _wrong(entry: str, key: str, reason: str) -> Problem:
    return Problem("pricebook_wrong", where=Where(), detail={"entry": entry, "key": key, "reason": reason})


def _doubles(kind: str, names: Iterable[str]) -> list[Problem]:
    seen: set[str] = set()
    problems = []
    for name in names:
        if name in seen:
            problems.append(_wrong(f"{kind} {name}", "id", "it stands twice"))
        seen.add(name)
    return problems


def _absent(name: str) -> NoReturn:
    raise KeyError(name)
