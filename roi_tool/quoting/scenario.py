"""A scenario: every value that may be moved, each with its unit, bounds and source. Frozen: a slider makes a new one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from roi_tool.costing.line import Evidence
from roi_tool.problems import Problem, ProblemError


class DriverUnit(StrEnum):
    """What a driver's value counts."""

    SEATS = "seats"
    CHANNELS = "channels"
    FRACTION = "fraction"
    """0.1 is 10 %."""
    FRACTION_PER_YEAR = "fraction_per_year"
    MINUTES_PER_MONTH = "minutes_per_month"
    HOURS_PER_MONTH = "hours_per_month"
    MONEY = "money"
    MONEY_PER_MONTH = "money_per_month"
    MONEY_PER_SEAT_MONTH = "money_per_seat_month"
    MONEY_PER_HOUR = "money_per_hour"
    MONTHS = "months"
    COUNT = "count"


WHOLE_UNITS = (DriverUnit.SEATS, DriverUnit.CHANNELS, DriverUnit.MONTHS)
"""Of these there are no halves."""


@dataclass(frozen=True, slots=True)
class Driver:
    """One value that the meeting may move.

    Attributes:
        id: stable name, such as `seats` or `hosted_seat_price`; `wording` has the words as `driver.<id>`.
        value: as it stands; `base` is what it was before anyone moved it.
        low, high, step: bounds (inclusive) and the slider's step.
        range_low, range_high: the evidence-based range that the tornado uses.
        evidence: where the base value comes from.
    """

    id: str
    unit: DriverUnit
    value: Decimal
    base: Decimal
    low: Decimal
    high: Decimal
    step: Decimal
    range_low: Decimal
    range_high: Decimal
    evidence: Evidence

    @property
    def moved(self) -> bool:
        """Whether the value differs from its base."""
        return self.value != self.base


@dataclass(frozen=True)
class Scenario:
    """A named, ordered set of drivers. Horizon and discount rate are drivers too (`horizon_months`, `discount_rate`)."""

    drivers: Mapping[str, Driver] = field(default_factory=dict)
    name: str = ""
    convention: str = "tei"
    """"tei": years discounted at their end; "monthly": months discounted at their end."""

    def __getitem__(self, driver_id: str) -> Decimal:
        return self.driver(driver_id).value

    def __iter__(self) -> Iterator[Driver]:
        return iter(self.drivers.values())

    def driver(self, driver_id: str) -> Driver:
        """Return a driver.

        Raises:
            ProblemError: `driver_unknown`, naming it and the ones there are.
        """
        try:
            return self.drivers[driver_id]
        except KeyError:
            known = ", ".join(self.drivers)
            raise ProblemError(Problem("driver_unknown", detail={"driver": driver_id, "known": known})) from None

    def with_value(self, driver_id: str, value: Decimal) -> Scenario:
        """Return the scenario with one driver moved.

        Raises:
            ProblemError: unknown driver, a value outside its bounds (`driver_out_of_bounds`), half a seat, channel or month
                (`driver_not_whole`).
        """
        driver = self.driver(driver_id)
        if driver.unit in WHOLE_UNITS and value.is_finite() and value != value.to_integral_value():
            raise ProblemError(Problem("driver_not_whole", detail={"driver": f"driver.{driver_id}", "value": str(value)}))
        if not value.is_finite() or not driver.low <= value <= driver.high:
            detail = {
                "driver": f"driver.{driver_id}",
                "value": str(value),
                "low": str(driver.low),
                "high": str(driver.high),
            }
            raise ProblemError(Problem("driver_out_of_bounds", detail=detail))
        return replace(self, drivers={**self.drivers, driver_id: replace(driver, value=value)})

    def at_base(self) -> Scenario:
        """Return the scenario with every driver where it began."""
        return replace(self, drivers={name: replace(driver, value=driver.base) for name, driver in self.drivers.items()})
