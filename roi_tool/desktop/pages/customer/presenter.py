"""Checks what was typed about the customer and makes a `Customer` of it. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from roi_tool.wording import Wording

if TYPE_CHECKING:
    from roi_tool.quoting.case import Customer

MOST_SEATS = 100_000
COUNTRIES = ("GB", "US", "DE", "FR", "CN", "AU", "IE", "NL", "ES", "IT", "CA", "IN", "SG")


@dataclass(frozen=True, slots=True)
class CustomerForm:
    """The fields as text. Empty ones fall to their defaults, which the page shows as defaults."""

    name: str = ""
    seats: str = ""
    sites: str = ""
    contact: str = ""
    country: str = "GB"


def form_of(customer: Customer) -> CustomerForm:
    """Return the fields of a customer."""
    seats = "" if customer.seats is None else str(customer.seats)
    return CustomerForm(customer.name, seats, str(customer.sites), customer.contact, customer.country or "GB")


def read_form(form: CustomerForm, words: Wording) -> tuple[Customer | None, dict[str, str]]:
    """Return the customer, or None and a sentence for each field that is wrong."""
    from roi_tool.quoting.case import Customer

    wrong: dict[str, str] = {}
    if not form.name.strip():
        wrong["name"] = words.text("Type the customer’s name: it stands on every page of the quote.")
    seats = _count(form.seats)
    if form.seats.strip() and (seats is None or not 1 <= seats <= MOST_SEATS):
        most = words.number(MOST_SEATS)
        wrong["seats"] = words.text("Type a whole number of seats from 1 to {most}, or nothing.", most=most)
    sites = _count(form.sites)
    if form.sites.strip() and (sites is None or not 1 <= sites <= 10_000):
        wrong["sites"] = words.text("Type a whole number of sites from 1 to {most}, or nothing.", most=words.number(10_000))
    if wrong:
        return None, wrong
    return Customer(form.name.strip(), form.country, seats, sites or 1, form.contact.strip()), {}


def country_choices(words: Wording) -> tuple[tuple[str, str], ...]:
    """Return (code, name in the reader's language)."""
    return tuple((code, words.locale.territories.get(code, code)) for code in COUNTRIES)


def _count(text: str) -> int | None:
    plain = text.strip().replace(",", "").replace(" ", "")
    return int(plain) if plain.isascii() and plain.isdigit() else None
