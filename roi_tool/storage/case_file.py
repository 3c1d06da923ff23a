"""A case file: who the customer is, where his bills and the price book lie, what is known, what is assumed. YAML or JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from roi_tool.costing.leaving import TerminationTerms
from roi_tool.costing.line import Confidence
from roi_tool.pricebook import CostItem, CostName, Per, SipWay
from roi_tool.problems import Problem, ProblemError, Where
from roi_tool.problems.entries import entry_findings
from roi_tool.quoting import Customer, DriverFact, ExchangeRate, OtherCost, Quantity, SitePart
from roi_tool.storage.entry_files import parse_entries
from roi_tool.storage.termination_entry import TerminationEntry

SUFFIXES = (".yaml", ".yml", ".json")
MOST_BYTES = 1_000_000
"""A case file larger than this is refused unread."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class CustomerEntry(_Part):
    """Who the case is for."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    country: Annotated[str, Field(pattern=r"^([A-Z]{2})?$")] = ""
    seats: Annotated[int, Field(ge=1, le=300_000)] | None = None
    sites: Annotated[int, Field(ge=1, le=100_000)] = 1
    contact: str = ""
    recovers_vat: bool = True

    def customer(self) -> Customer:
        """Return the domain's value."""
        return Customer(self.name, self.country, self.seats, self.sites, self.contact, self.recovers_vat)


class BillEntry(_Part):
    """One bill: a file or several of one account and period, and what the files do not say themselves."""

    files: tuple[str, ...]
    layout: str | None = None
    country: str | None = None
    timezone: str | None = None
    currency: str | None = None
    date_order: Literal["dmy", "mdy", "ymd"] | None = None


class DriverEntry(_Part):
    """A driver's base value with its source; `low` and `high` are its evidence-based range."""

    value: Decimal
    source: Annotated[str, Field(min_length=1)]
    date: dt.date | None = None
    confidence: Confidence = Confidence.ESTIMATE
    low: Decimal | None = None
    high: Decimal | None = None

    def fact(self) -> DriverFact:
        """Return the domain's value."""
        return DriverFact(self.value, self.source, self.date, self.confidence, self.low, self.high)


class SiteEntry(_Part):
    """A site of the option `mix`."""

    site: str
    seats: Annotated[int, Field(ge=1)]
    option: str

    def part(self) -> SitePart:
        """Return the domain's value."""
        return SitePart(self.site, self.seats, self.option)


class RateEntry(_Part):
    """What one unit of a foreign currency is worth in the price book's."""

    rate: Annotated[Decimal, Field(gt=0)]
    date: dt.date
    source: Annotated[str, Field(min_length=1)]


class CostEntry(_Part):
    """A cost that no price book knows, with its source; see `quoting.OtherCost`."""

    label: Annotated[str, Field(min_length=1, max_length=120)]
    options: Annotated[tuple[str, ...], Field(min_length=1)]
    category: Literal[CostName, "labour"] = "other"
    source: Annotated[str, Field(min_length=1)]
    once: Annotated[Decimal, Field(ge=-(10**7), le=10**7, decimal_places=6)] = Decimal(0)
    monthly: Annotated[Decimal, Field(ge=-(10**7), le=10**7, decimal_places=6)] = Decimal(0)
    per: Per = Per.ORDER
    month: Annotated[int, Field(ge=0, le=120)] = 0
    months: Annotated[int, Field(ge=1, le=120)] | None = None
    rise: Annotated[Decimal, Field(ge=Decimal("-0.5"), le=1)] = Decimal(0)
    date: dt.date | None = None
    confidence: Confidence = Confidence.ESTIMATE
    answers: tuple[CostItem, ...] = ()

    def cost(self) -> OtherCost:
        """Return the domain's value."""
        own = self.model_dump(exclude={"date"})
        return OtherCost(**own, as_of=self.date)


class QuantityEntry(_Part):
    """How many of a product the customer takes; see `quoting.Quantity`."""

    times: Annotated[Decimal, Field(ge=0, le=10_000)]
    source: Annotated[str, Field(min_length=1)]
    options: tuple[str, ...] = ()
    date: dt.date | None = None
    confidence: Confidence = Confidence.ESTIMATE


class CaseFile(_Part):
    """A case as written.

    Attributes:
        customer: only its name is needed.
        price_book: a folder beside the case file, or the name of a shipped one.
        bills: paths relative to the case file; none is a first answer from typical calls.
        country, timezone, currency: for bills that do not say.
        drivers: what is known of drivers (it is their base).
        scenario: where drivers stand to begin with (moved from the base).
        convention: "tei" or "monthly".
        costs: what the customer pays besides the price book, under the options that each names.
        quantities: SKU → how many of a product he takes, where it differs from the price book's usual.
        termination: what the old contract asks for when it is ended early.
        exchange: currency code → rate, for bills in other currencies than the price book's.
        mix: site by site the option it moves to, compared as one more option.
        sip_way: "with_bandwidth", "with_services" or "own_bandwidth".
    """

    customer: CustomerEntry
    price_book: Annotated[str, Field(min_length=1)]
    bills: tuple[BillEntry, ...] = ()
    country: str = ""
    timezone: str | None = None
    currency: str | None = None
    drivers: Mapping[str, DriverEntry] = Field(default_factory=dict)
    scenario: Mapping[str, Decimal] = Field(default_factory=dict)
    convention: Literal["tei", "monthly"] = "tei"
    sip_way: SipWay | None = None
    mix: tuple[SiteEntry, ...] = ()
    exchange: Mapping[str, RateEntry] = Field(default_factory=dict)
    costs: tuple[CostEntry, ...] = ()
    quantities: Mapping[str, QuantityEntry] = Field(default_factory=dict)
    termination: TerminationEntry | None = None

    @field_validator("bills", mode="before")
    @classmethod
    def _one_file_is_one_bill(cls, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return [{"files": [entry]} if isinstance(entry, str) else entry for entry in value]

    def exchange_rates(self) -> tuple[ExchangeRate, ...]:
        """Return the rates of exchange."""
        return tuple(ExchangeRate(code, entry.rate, entry.date, entry.source) for code, entry in self.exchange.items())

    def stated_quantities(self) -> tuple[Quantity, ...]:
        """Return the stated numbers of pieces."""
        return tuple(
            Quantity(sku, entry.times, entry.source, entry.options, entry.date, entry.confidence)
            for sku, entry in self.quantities.items()
        )

    def leaving(self) -> TerminationTerms | None:
        """Return what the old contract asks for, if the case says it."""
        return None if self.termination is None else self.termination.terms_of_contract()

    def facts(self) -> dict[str, DriverFact]:
        """Return what is known of drivers."""
        return {name: entry.fact() for name, entry in self.drivers.items()}


def read_case_file(path: Path) -> CaseFile:
    """Read a case file.

    Raises:
        ProblemError: no such file, no YAML or JSON, or an entry that is wrong: which, and why.
    """
    path = Path(path)
    where = Where(str(path))
    if not path.is_file():
        raise ProblemError(Problem("case_no_file", where=where))
    if path.stat().st_size > MOST_BYTES:
        raise ProblemError(Problem("case_too_large", where=where, detail={"limit": str(MOST_BYTES // 1_000_000)}))
    try:
        return CaseFile.model_validate(parse_entries(path))
    except ValidationError as error:
        raise ProblemError(*entry_findings(error, CaseFile, where)) from None
