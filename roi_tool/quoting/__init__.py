"""Customer, case, scenario and comparison: the same calls under every option. Must not know disk formats or screens."""

from roi_tool.quoting.case import Case, Customer, DriverFact
from roi_tool.quoting.compare import compare
from roi_tool.quoting.comparison import Comparison, Crossover, OptionResult, Swing, UsageResult, VersusToday
from roi_tool.quoting.prepare import prepare_case
from roi_tool.quoting.scenario import Driver, DriverUnit, Scenario
from roi_tool.quoting.sensitivity import tornado
from roi_tool.quoting.solving import FIGURES, Solution, solve

__all__ = [
    "FIGURES",
    "Case",
    "Comparison",
    "Crossover",
    "Customer",
    "Driver",
    "DriverFact",
    "DriverUnit",
    "OptionResult",
    "Scenario",
    "Solution",
    "Swing",
    "UsageResult",
    "VersusToday",
    "compare",
    "prepare_case",
    "solve",
    "tornado",
]
