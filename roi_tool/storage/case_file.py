"""A case file: who the customer is, where his bills and the price book lie, what is known, what is assumed. YAML or JSON."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from roi_tool.costing.line import Confidence
from roi_tool.pricebook import CostName, Per, SipWay
from roi_tool.problems import Problem, ProblemError, Where
from roi_tool.quoting import Customer, DriverFact, ExchangeRate, OtherCost, SitePart

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

    def cost(self) -> OtherCost:
        """Return the domain's value."""
        own = self.model_dump(exclude={"date"})
        return OtherCost(**own, as_of=self.date)


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

    @field_validator("bills", mode="before")
    @classmethod
    def _one_file_is_one_bill(cls, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return [{"files": [entry]} if isinstance(entry, str) else entry for entry in value]

    def exchange_rates(self) -> tuple[ExchangeRate, ...]:
        """Return the rates of exchange."""
        return tuple(ExchangeRate(code, entry.rate, entry.date, entry.source) for code, entry in self.exchange.items())

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
    content = _parse(path, where)
    if not isinstance(content, dict):
        raise ProblemError(Problem("case_not_readable", where=where, detail={"reason": "it holds no entries"}))
    try:
        return CaseFile.model_validate(content)
    except ValidationError as error:
        raise ProblemError(*_findings(error, where)) from None


def _parse(path: Path, where: Where) -> Any:
    try:
        text = path.read_text(encoding="utf-8-sig")
        if path.suffix.lower() == ".json":
            return json.loads(text, parse_float=Decimal, object_pairs_hook=_each_key_once)
        return yaml.load(text, Loader=_TextLoader)
    except UnicodeDecodeError:
        reason = "it is not UTF-8 text"
    except _KeyTwiceError as error:
        reason = f"“{error}” stands there twice"
    except json.JSONDecodeError as error:
        reason = f"line {error.lineno}: {error.msg}"
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = f"line {mark.line + 1}: {getattr(error, 'problem', '')}" if mark else str(error)
    except RecursionError:
        reason = "it is nested too deeply"
    raise ProblemError(Problem("case_not_readable", where=where, detail={"reason": reason}))


class _KeyTwiceError(Exception):
    """Of two entries of one name nobody knows which is meant."""


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _KeyTwiceError(key)
        found[key] = value
    return found


class _TextLoader(yaml.SafeLoader):
    """Reads numbers with a point as they are written: 9.5 is 9.5, never 9.4999…, and refuses aliases (they can explode)."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "aliases are not allowed", event.start_mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        keys = [key.value for key, _ in node.value]
        for place, key in enumerate(keys):
            if isinstance(key, str) and key in keys[:place]:
                raise _KeyTwiceError(key)
        return super().construct_mapping(node, deep)


_TextLoader.add_constructor("tag:yaml.org,2002:float", lambda loader, node: str(node.value))


_REASONS = {
    "missing": "it is missing",
    **dict.fromkeys(("int_parsing", "int_type", "int_from_float"), "it must be a whole number"),
    **dict.fromkeys(("decimal_parsing", "decimal_type", "finite_number"), "it must be a number"),
    **dict.fromkeys(("tuple_type", "list_type"), "it must be a list"),
    **dict.fromkeys(
        ("dict_type", "mapping_type", "model_type", "model_attributes_type"), "it must be entries of a name and a value"
    ),
    **dict.fromkeys(("string_type", "string_too_short"), "it must be text"),
    **dict.fromkeys(("date_from_datetime_parsing", "date_parsing", "date_type"), "it must be a date such as 2026-08-31"),
}
"""Kind of finding → what is asked for; other kinds speak for themselves."""


def _findings(error: ValidationError, where: Where) -> list[Problem]:
    findings = []
    for item in error.errors(include_url=False):
        entry = ".".join(str(part) for part in item["loc"]) or "case"
        unknown = item["type"] == "extra_forbidden"
        given = "" if unknown or isinstance(item["input"], dict | list) else f" (found: {item['input']})"
        said = _REASONS.get(item["type"]) or item["msg"].removeprefix("Value error, ")
        reason = "there is no such entry" if unknown else said + given
        findings.append(Problem("case_wrong", where=where, detail={"entry": entry, "reason": reason}))
    return findings
