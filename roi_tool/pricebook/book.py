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
from roi_tool.pricebook.cost_item import CostItem
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
    no_such_cost: Mapping[CostItem, str] = Field(default_factory=dict)
    """Items of the catalogue that cost nothing in this country or with this operator, each with the reason."""
    left_out: Mapping[CostItem, str] = Field(default_factory=dict)
    """Items of the catalogue that the operator does not sell and the comparison leaves out, each with what to do about it."""
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

    def assumes(self, assumption_id: str) -> bool:
        """Return whether the book has an assumption of this id."""
        return any(item.id == assumption_id for item in self.assumptions)

    def assumption(self, assumption_id: str) -> Assumption:
        """Return an assumption by id."""
        found = next((item for item in self.assumptions if item.id == assumption_id), None)
        return found or _absent(assumption_id)


def check_price_book(book: PriceBook) -> list[Problem]:
    """Say what contradicts itself in a book whose entries are each well-formed; an empty list means nothing does."""
    problems: list[Problem] = []
    if not is_currency_code(book.currency):
        problems.append(_wrong("entry_wrong_form", "pricebook", "currency", found=book.currency, form="form.currency"))
    if book.timezone not in available_timezones():
        problems.append(_wrong("entry_wrong_form", "pricebook", "timezone", found=book.timezone, form="form.timezone"))
    if book.valid_until <= book.valid_from:
        days = {"found": book.valid_until.isoformat(), "limit": book.valid_from.isoformat()}
        problems.append(_wrong("pricebook_dates", "pricebook", "valid_until", **days))
    problems += _doubles("product", (product.sku for product in book.products))
    problems += _doubles("offer", (f"{offer.option} {offer.way or ''}".strip() for offer in book.offers))
    problems += _doubles("assumption", (item.id for item in book.assumptions))
    known = {product.sku for product in book.products}
    for offer in book.offers:
        problems += _doubles(f"offer {offer.option}: item", (item.sku for item in offer.items))
        for item in offer.items:
            if item.sku not in known:
                problems.append(_wrong("pricebook_no_product", f"offer {offer.option}", "sku", found=item.sku))
        if offer.tariff not in book.tariffs:
            problems.append(_no_tariff(book, f"offer {offer.option}", "tariff", offer.tariff))
        if offer.option == "stay":
            problems.append(_wrong("pricebook_offers_staying", "offer stay", "option"))
    if book.today_tariff not in book.tariffs:
        problems.append(_no_tariff(book, "pricebook", "today_tariff", book.today_tariff))
    for name, tariff in book.tariffs.items():
        if tariff.currency != book.currency:
            currencies = {"found": tariff.currency, "limit": book.currency}
            problems.append(_wrong("pricebook_tariff_currency", f"tariff {name}", "currency", **currencies))
    present = {item.id for item in book.assumptions}
    missing = [name for name in REQUIRED_ASSUMPTIONS if name not in present]
    if missing:
        problems.append(_wrong("pricebook_assumptions", "assumptions", "id", known=", ".join(missing)))
    return problems


def _wrong(code: str, entry: str, key: str, **detail: str) -> Problem:
    """Return a finding about a key of an entry; `entry` is also what names the file it stands in."""
    return Problem(code, where=Where(), detail={"of": entry, "entry": f"{entry}, {key}", **detail})


def _no_tariff(book: PriceBook, entry: str, key: str, name: str) -> Problem:
    return _wrong("pricebook_no_tariff", entry, key, found=name or "–", known=", ".join(book.tariffs) or "–")


def _doubles(kind: str, names: Iterable[str]) -> list[Problem]:
    seen: set[str] = set()
    problems = []
    for name in names:
        if name in seen:
            problems.append(_wrong("pricebook_twice", f"{kind} {name}", "id"))
        seen.add(name)
    return problems


def _absent(name: str) -> NoReturn:
    raise KeyError(name)
