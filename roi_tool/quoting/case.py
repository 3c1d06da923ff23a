"""A case: a customer, his bills as read, and the price book. Prepared once; then every scenario is cheap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from roi_tool.cdr import Bill, CallTable
from roi_tool.quoting.comparison import UsageResult
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


@dataclass(frozen=True, eq=False)
class Case:
    """Everything that does not change while sliders move.

    Attributes:
        customer: see `Customer`.
        bills: as read, in order of period.
        calls: the calls of all bills together.
        price_book: the operator's offer (`pricebook.PriceBook`).
        traffic: the measured traffic (`traffic.TrafficProfile`).
        usages: option id → what these very calls cost under its tariff.
        scenario: every driver at its base.
    """

    customer: Customer
    bills: tuple[Bill, ...]
    calls: CallTable
    price_book: Any
    traffic: Any
    usages: Mapping[str, UsageResult]
    scenario: Scenario
