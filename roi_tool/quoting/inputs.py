"""A scenario as plain numbers, taken out once per comparison."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from roi_tool.costing.line import Evidence
from roi_tool.costing.months import Amounts, whole_units
from roi_tool.quoting.scenario import Scenario

NANO = 1e9


@dataclass(frozen=True, slots=True)
class Inputs:
    """Driver values as floats (`value`, and `base` for what is re-scaled), and what follows from them."""

    value: dict[str, float]
    base: dict[str, float]
    horizon: int
    term: int
    seats: Amounts
    """Whole seats in each month."""
    marks: dict[str, Evidence]
    """Driver id → where its base comes from."""

    def nano(self, driver: str) -> float:
        """Return an amount of money in nano units."""
        return self.value[driver] * NANO

    def moved(self, values: Mapping[str, float]) -> Inputs:
        """Return the inputs with other values of some drivers (not of the horizon or the term)."""
        value = {**self.value, **values}
        seats = whole_units(round(value["seats"]), value["staff_growth"], self.horizon)
        return replace(self, value=value, seats=seats)

    def part(self, shares: Mapping[str, float]) -> Inputs:
        """Return the inputs of a site: its share of the drivers that are divided among sites."""
        return self.moved({name: self.value[name] * share for name, share in shares.items()})

    def ratio(self, driver: str) -> float:
        """Return value over base; exactly 1 where nothing is moved, 1 where the base is 0."""
        base = self.base[driver]
        return self.value[driver] / base if base else 1.0


def take_inputs(scenario: Scenario) -> Inputs:
    """Take a scenario's numbers out."""
    value = {driver.id: float(driver.value) for driver in scenario}
    base = {driver.id: float(driver.base) for driver in scenario}
    horizon = int(value["horizon_months"])
    seats = whole_units(int(value["seats"]), value["staff_growth"], horizon)
    marks = {driver.id: driver.evidence for driver in scenario}
    return Inputs(value, base, horizon, int(value["term_months"]), seats, marks)
