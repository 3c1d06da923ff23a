"""A case: a customer, his bills as read, and the price book. Prepared once; then every scenario is cheap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from roi_tool.cdr import Bill, CallTable
from roi_tool.costing.leaving import TerminationTerms
from roi_tool.costing.line import Confidence, Evidence
from roi_tool.pricebook import PriceBook, SipWay
from roi_tool.problems import Problem
from roi_tool.quoting.comparison import UsageResult
from roi_tool.quoting.other_costs import OtherCost
from roi_tool.quoting.plan import OptionPlan
from roi_tool.quoting.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Customer:
    """Who the comparison is for. Only the name is needed; everything else has a default that is shown as a default."""

    name: str
    country: str = ""
    """ISO 3166 alpha-2."""
    seats: int | None = None
    sites: int = 1
    contact: str = ""
    recovers_vat: bool = True
    """False for who can't claim VAT back (a charity, a bank): then it is a cost of every option."""


@dataclass(frozen=True, slots=True)
class DriverFact:
    """What somebody said about a driver: it replaces the default. `low` and `high` are its evidence-based range."""

    value: Decimal
    source: str
    as_of: date | None = None
    confidence: Confidence = Confidence.ESTIMATE
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ExchangeRate:
    """What one unit of a foreign currency is worth in the price book's, on a day, by a source."""

    currency: str
    rate: Decimal
    as_of: date
    source: str


@dataclass(frozen=True, slots=True)
class SitePart:
    """A site as the bills name it, how many seats it has, and the option it moves to; "stay" leaves it as it is."""

    site: str
    seats: int
    option: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many of a product this customer takes, where that differs from the price book's usual make-up of an option.

    Attributes:
        sku: of the product.
        times: pieces for each seat, site, … that the offer counts by; 0 for none (it is there and paid for already).
        source: who says so; `as_of` when.
        options: the options that it holds for; none named: all.
    """

    sku: str
    times: Decimal
    source: str
    options: tuple[str, ...] = ()
    as_of: date | None = None
    confidence: Confidence = Confidence.ESTIMATE


@dataclass(frozen=True, eq=False)
class Case:
    """Everything that does not change while sliders move.

    Attributes:
        customer: see `Customer`.
        bills: as read, in order of period, converted into the book's currency where they were in another.
        calls: the calls of all bills together; without bills, a typical customer's (`calls_typical` is then True).
        price_book: the operator's offer.
        traffic: the measured traffic (`traffic.TrafficProfile`), None without calls.
        usages: option id → what these very calls cost under its tariff.
        scenario: every driver at its base.
        plans: option id → what it is made of; "stay" first.
        evidence: every mark that a line or a driver may carry.
        problems: what was found while preparing; each comparison repeats them.
        facts: what was said about drivers, as given.
        exchange: the rates at which bills in other currencies were converted.
        mix: the sites of the option `mix`, if it is compared.
        other_costs: what was stated besides the price book.
        quantities: where the customer takes more or fewer of a product than usual.
        leaving: what ending the old contract early costs; None: months left, rental and share, as the drivers say.
        sip_way: in which of the three ways SIP trunk is sold to this customer; None is the book's first.
    """

    customer: Customer
    bills: tuple[Bill, ...]
    calls: CallTable
    price_book: PriceBook
    traffic: Any
    usages: Mapping[str, UsageResult]
    scenario: Scenario
    plans: Mapping[str, OptionPlan]
    evidence: Mapping[str, Evidence]
    problems: tuple[Problem, ...] = ()
    calls_typical: bool = False
    facts: Mapping[str, DriverFact] = field(default_factory=dict)
    sip_way: SipWay | None = None
    mix: tuple[SitePart, ...] = ()
    exchange: tuple[ExchangeRate, ...] = ()
    other_costs: tuple[OtherCost, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    leaving: TerminationTerms | None = None
