"""Customer, case, scenario and comparison: the same calls under every option. Must not know disk formats or screens."""

from roi_tool.quoting.comparison import Comparison, Crossover, OptionResult, Swing, UsageResult, VersusToday
from roi_tool.quoting.scenario import Driver, DriverUnit, Scenario

__all__ = [
    "Comparison",
    "Crossover",
    "Driver",
    "DriverUnit",
    "OptionResult",
    "Scenario",
    "Swing",
    "UsageResult",
    "VersusToday",
]
