"""Customer, case, scenario and comparison: the same calls under every option. Must not know disk formats or screens."""

from roi_tool.quoting.case import Case, Customer, DriverFact, ExchangeRate, SitePart
from roi_tool.quoting.compare import compare
from roi_tool.quoting.comparison import Comparison, Crossover, OptionResult, Swing, UsageResult, VersusToday
from roi_tool.quoting.order import Order, make_order
from roi_tool.quoting.other_costs import OtherCost
from roi_tool.quoting.prepare import prepare_again, prepare_case
from roi_tool.quoting.scenario import Driver, DriverUnit, Scenario
from roi_tool.quoting.sensitivity import tornado
from roi_tool.quoting.solving import FIGURES, Solution, solve
from roi_tool.quoting.uncertainty import OptionSpread, Uncertainty, break_even_values, measure_uncertainty

__all__ = [
    "FIGURES",
    "Case",
    "Comparison",
    "Crossover",
    "Customer",
    "Driver",
    "DriverFact",
    "DriverUnit",
    "ExchangeRate",
    "OptionResult",
    "OptionSpread",
    "Order",
    "OtherCost",
    "Scenario",
    "SitePart",
    "Solution",
    "Swing",
    "Uncertainty",
    "UsageResult",
    "VersusToday",
    "break_even_values",
    "compare",
    "make_order",
    "measure_uncertainty",
    "prepare_again",
    "prepare_case",
    "solve",
    "tornado",
]
