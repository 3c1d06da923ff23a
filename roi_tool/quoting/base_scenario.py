"""Every driver at its base: from what was said, the bills, the price book, or the book's assumption, in this order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from roi_tool.costing.line import Confidence, Evidence
from roi_tool.pricebook import PriceBook
from roi_tool.problems import Problem, ProblemError
from roi_tool.quoting.case import DriverFact
from roi_tool.quoting.evidence import EvidenceList
from roi_tool.quoting.scenario import WHOLE_UNITS, Driver, DriverUnit, Scenario

_UNIT = DriverUnit


@dataclass(frozen=True, slots=True)
class DriverForm:
    """A driver's unit and bounds. `high` None: three times the base, at least `high_floor`."""

    unit: DriverUnit
    step: str
    low: str = "0"
    high: str | None = None
    high_floor: str = "1"


NOTHING_SAID = "source.nothing_said"
_MOST: Mapping[DriverUnit, Decimal] = {
    _UNIT.SEATS: Decimal(300_000),
    _UNIT.CHANNELS: Decimal(100_000),
    _UNIT.MINUTES_PER_MONTH: Decimal(10**9),
    _UNIT.HOURS_PER_MONTH: Decimal(100_000),
    _UNIT.MONEY: Decimal(10**9),
    _UNIT.MONEY_PER_MONTH: Decimal(10**8),
    _UNIT.MONEY_PER_SEAT_MONTH: Decimal(1000),
    _UNIT.MONEY_PER_HOUR: Decimal(10_000),
    _UNIT.COUNT: Decimal(10**6),
}
"""No driver goes further: beyond, exact amounts would no longer fit the columns that hold them."""

FORMS: Mapping[str, DriverForm] = {
    "seats": DriverForm(_UNIT.SEATS, "1", "1", None, "20"),
    "staff_growth": DriverForm(_UNIT.FRACTION_PER_YEAR, "0.005", "-0.2", "0.3"),
    "outbound_minutes": DriverForm(_UNIT.MINUTES_PER_MONTH, "10", "0", None, "1000"),
    "mobile_share": DriverForm(_UNIT.FRACTION, "0.01", "0", "1"),
    "hosted_seat_price": DriverForm(_UNIT.MONEY_PER_SEAT_MONTH, "0.05", "0", None, "1"),
    "channels": DriverForm(_UNIT.CHANNELS, "1", "1", None, "10"),
    "channel_price": DriverForm(_UNIT.MONEY_PER_MONTH, "0.05", "0", None, "1"),
    "pri_line_price": DriverForm(_UNIT.MONEY_PER_MONTH, "1", "0", None, "1"),
    "pbx_purchase": DriverForm(_UNIT.MONEY, "100", "0", None, "1000"),
    "maintenance_rate": DriverForm(_UNIT.FRACTION_PER_YEAR, "0.005", "0", "0.4"),
    "admin_hours": DriverForm(_UNIT.HOURS_PER_MONTH, "0.5", "0", None, "10"),
    "labour_rate": DriverForm(_UNIT.MONEY_PER_HOUR, "0.5", "0", None, "10"),
    "term_months": DriverForm(_UNIT.MONTHS, "12", "1", "84"),
    "soft_time_saved": DriverForm(_UNIT.FRACTION, "0.05", "0", "1"),
    "horizon_months": DriverForm(_UNIT.MONTHS, "12", "1", "120"),
    "discount_rate": DriverForm(_UNIT.FRACTION_PER_YEAR, "0.005", "0", "0.5"),
    "today_rental": DriverForm(_UNIT.MONEY_PER_MONTH, "1", "0", None, "100"),
    "kept_rental": DriverForm(_UNIT.MONEY_PER_MONTH, "1", "0", None, "100"),
    "today_maintenance": DriverForm(_UNIT.MONEY_PER_MONTH, "1", "0", None, "100"),
    "today_upgrade": DriverForm(_UNIT.MONEY, "100", "0", None, "20000"),
    "numbers": DriverForm(_UNIT.COUNT, "1", "0", None, "100"),
    "freephone_numbers": DriverForm(_UNIT.COUNT, "1", "0", None, "20"),
    "analogue_lines": DriverForm(_UNIT.COUNT, "1", "0", None, "20"),
    "sites": DriverForm(_UNIT.COUNT, "1", "1", None, "10"),
    "carrier_price_rise": DriverForm(_UNIT.FRACTION_PER_YEAR, "0.005", "-0.1", "0.3"),
    "offer_price_rise": DriverForm(_UNIT.FRACTION_PER_YEAR, "0.005", "-0.1", "0.3"),
    "labour_rise": DriverForm(_UNIT.FRACTION_PER_YEAR, "0.005", "-0.1", "0.3"),
    "contract_months_left": DriverForm(_UNIT.MONTHS, "1", "0", "84"),
    "termination_share": DriverForm(_UNIT.FRACTION, "0.05", "0", "1"),
    "overlap_weeks": DriverForm(_UNIT.COUNT, "1", "0", "26"),
    "upgrade_share": DriverForm(_UNIT.FRACTION, "0.01", "0", "1"),
    "upgrade_month": DriverForm(_UNIT.MONTHS, "1", "12", "121"),
    "residual_share": DriverForm(_UNIT.FRACTION, "0.05", "0", "1"),
    "soft_minutes_per_seat": DriverForm(_UNIT.COUNT, "5", "0", "1200"),
    "power_watts": DriverForm(_UNIT.COUNT, "10", "0", "20000"),
    "power_price": DriverForm(_UNIT.MONEY, "0.01", "0", "5"),
    "finance_months": DriverForm(_UNIT.MONTHS, "12", "0", "84"),
    "finance_rate": DriverForm(_UNIT.FRACTION_PER_YEAR, "0.005", "0", "0.4"),
    "finance_residual": DriverForm(_UNIT.FRACTION, "0.05", "0", "1"),
    "assurance_rate": DriverForm(_UNIT.FRACTION_PER_YEAR, "0.005", "0", "0.3"),
    "spares_share": DriverForm(_UNIT.FRACTION, "0.01", "0", "0.5"),
    "cooling_share": DriverForm(_UNIT.FRACTION, "0.05", "0", "2"),
    "rack_rent": DriverForm(_UNIT.MONEY_PER_MONTH, "1", "0", None, "500"),
    "lan_share": DriverForm(_UNIT.FRACTION, "0.05", "0", "1"),
    "desk_phone_share": DriverForm(_UNIT.FRACTION, "0.05", "0", "1"),
    "phone_rental_share": DriverForm(_UNIT.FRACTION, "0.05", "0", "1"),
    "headset_share": DriverForm(_UNIT.FRACTION, "0.05", "0", "1"),
    "common_area_share": DriverForm(_UNIT.FRACTION, "0.01", "0", "1"),
    "analogue_devices": DriverForm(_UNIT.COUNT, "1", "0", None, "20"),
    "backup_share": DriverForm(_UNIT.FRACTION, "0.1", "0", "1"),
    "burst_share": DriverForm(_UNIT.FRACTION, "0.05", "0", "1"),
    "caller_name_share": DriverForm(_UNIT.FRACTION, "0.05", "0", "1"),
    "recording_share": DriverForm(_UNIT.FRACTION, "0.05", "0", "1"),
    "crm_share": DriverForm(_UNIT.FRACTION, "0.05", "0", "1"),
    "contact_centre_share": DriverForm(_UNIT.FRACTION, "0.05", "0", "1"),
    "exit_share": DriverForm(_UNIT.FRACTION, "0.05", "0", "1"),
    "project_hours": DriverForm(_UNIT.COUNT, "1", "0", None, "100"),
    "downtime_hours": DriverForm(_UNIT.COUNT, "0.25", "0", "40"),
    "learning_hours": DriverForm(_UNIT.COUNT, "0.25", "0", "40"),
}
"""Driver id → form, in the order in which a meeting uses them."""


@dataclass(frozen=True, slots=True)
class Base:
    """A base value that the case itself knows (a bill, a measurement, a price), with its range."""

    value: Decimal
    evidence: Evidence
    low: Decimal
    high: Decimal
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    """Bounds of entry where they are closer than the driver's form says."""


OPTIONAL = (
    "finance_residual",
    "assurance_rate",
    "spares_share",
    "cooling_share",
    "rack_rent",
    "lan_share",
    "phone_rental_share",
    "headset_share",
    "common_area_share",
    "analogue_devices",
    "backup_share",
    "burst_share",
    "caller_name_share",
    "recording_share",
    "crm_share",
    "contact_centre_share",
    "exit_share",
    "downtime_hours",
    "learning_hours",
)
"""Drivers that stand at 0 where the price book assumes nothing about them."""


def base_scenario(
    known: Mapping[str, Base], facts: Mapping[str, DriverFact], book: PriceBook, evidence: EvidenceList
) -> Scenario:
    """Return the scenario with each driver of `FORMS` at its base.

    Raises:
        ProblemError: a base lies outside its driver's bounds, or is half of what has no halves.
    """
    drivers = {}
    for name, form in FORMS.items():
        if name in facts:
            base = _from_fact(facts[name])
        elif name in known:
            base = known[name]
        elif name in OPTIONAL and not book.assumes(name):
            base = Base(Decimal(0), unmarked(Confidence.DEFAULT, NOTHING_SAID), Decimal(0), Decimal(0))
        else:
            base = from_assumption(book, name)
        drivers[name] = _driver(name, form, base, evidence)
    return Scenario(drivers)


def check_facts(facts: Mapping[str, DriverFact]) -> None:
    """See that facts are about drivers, and numbers.

    Raises:
        ProblemError: `driver_unknown`; `driver_out_of_bounds` for what is no finite number; `driver_range` for a range that
            does not hold its value.
    """
    for name, fact in facts.items():
        if name not in FORMS:
            raise ProblemError(Problem("driver_unknown", detail={"driver": name, "known": ", ".join(FORMS)}))
        for value in (fact.value, fact.low, fact.high):
            if value is not None and not value.is_finite():
                raise ProblemError(_out_of_bounds(name, value, Decimal(FORMS[name].low), FORMS[name].high or "…"))
        low = fact.value if fact.low is None else fact.low
        high = fact.value if fact.high is None else fact.high
        if not low <= fact.value <= high:
            detail = {"driver": f"driver.{name}", "low": str(low), "value": str(fact.value), "high": str(high)}
            raise ProblemError(Problem("driver_range", detail=detail))


def _out_of_bounds(name: str, value: Decimal, low: Decimal, high: Decimal | str) -> Problem:
    detail = {"driver": f"driver.{name}", "value": str(value), "low": str(low), "high": str(high)}
    return Problem("driver_out_of_bounds", detail=detail)


def from_assumption(book: PriceBook, name: str) -> Base:
    """Return a book's assumption as a base."""
    item = book.assumption(name)
    return Base(item.value, unmarked(Confidence(item.confidence), item.source, item.as_of), item.low, item.high)


def unmarked(confidence: Confidence, source: str, as_of: date | None = None) -> Evidence:
    """Return evidence that gets its mark only when a driver rests on it, so that the list of evidence has no gaps."""
    return Evidence("", confidence, source, as_of)


def _from_fact(fact: DriverFact) -> Base:
    low = fact.value if fact.low is None else fact.low
    high = fact.value if fact.high is None else fact.high
    return Base(fact.value, unmarked(fact.confidence, fact.source, fact.as_of), low, high)


def _driver(name: str, form: DriverForm, base: Base, evidence: EvidenceList) -> Driver:
    low = Decimal(form.low)
    high = max(base.value * 3, Decimal(form.high_floor)) if form.high is None else Decimal(form.high)
    step = Decimal(form.step)
    if form.high is None:
        high = min(high, _MOST[form.unit])
        high = (high / step).to_integral_value(ROUND_HALF_UP) * step
    low = low if base.minimum is None else base.minimum
    high = high if base.maximum is None else base.maximum
    if form.unit in WHOLE_UNITS and base.value != base.value.to_integral_value():
        raise ProblemError(Problem("driver_not_whole", detail={"driver": f"driver.{name}", "value": str(base.value)}))
    if not low <= base.value <= high:
        raise ProblemError(_out_of_bounds(name, base.value, low, high))
    mark = base.evidence
    if not mark.id:
        # Each assumption has a mark of its own; a price or a bill keeps the one it has beside the cost lines.
        about = "" if mark.confidence in (Confidence.PRICE_BOOK, Confidence.BILL, Confidence.MEASURED) else name
        mark = evidence.mark(mark.confidence, mark.source, mark.as_of, about)
    range_low, range_high = max(low, min(base.low, base.value)), min(high, max(base.high, base.value))
    return Driver(name, form.unit, base.value, base.value, low, high, step, range_low, range_high, mark)
