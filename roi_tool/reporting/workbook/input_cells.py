"""The cells that hold a scenario's inputs, as terms of formulas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from roi_tool.quoting import Scenario
from roi_tool.reporting.workbook.expression import Expression
from roi_tool.reporting.workbook.sheet import place

VALUE_COLUMN = 1


class InputCells:
    """One cell for each driver, on the sheet of assumptions.

    Attributes:
        base: driver → value from which the bills were re-scaled and the listed prices taken.
    """

    def __init__(self, scenario: Scenario, sheet: str, first_row: int) -> None:
        self._rows = {driver.id: first_row + offset for offset, driver in enumerate(scenario)}
        self._cells = {
            driver.id: Expression(place(self._rows[driver.id], VALUE_COLUMN, sheet=sheet), float(driver.value))
            for driver in scenario
        }
        self.base = {driver.id: float(driver.base) for driver in scenario}

    def __call__(self, driver: str) -> Expression:
        """Return the cell of a driver."""
        return self._cells[driver]

    def row(self, driver: str) -> int:
        """Return the row of a driver."""
        return self._rows[driver]


@dataclass(frozen=True)
class PartCells:
    """The inputs of one site of a mix: its share of those that are divided among sites."""

    cells: InputCells
    shares: Mapping[str, float] = field(default_factory=dict)

    @property
    def base(self) -> Mapping[str, float]:
        """See `InputCells`; a site's calls are re-scaled by the whole."""
        return self.cells.base

    def __call__(self, driver: str) -> Expression:
        """Return the cell of a driver, or the site's share of it."""
        cell = self.cells(driver)
        return cell * self.shares[driver] if driver in self.shares else cell
