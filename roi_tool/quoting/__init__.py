"""Customer, case, scenario and comparison: the same calls under every option. Must not know disk formats or screens."""

from roi_tool.quoting.case import Case, Customer, DriverFact, ExchangeRate, Quantity, SitePart
from roi_tool.quoting.change_lines import what_is_owed
from roi_tool.quoting.compare import compare
from roi_tool.quoting.comparison import Comparison, Crossover, OptionResult, Swing, UsageResult, VersusToday
from roi_tool.quoting.coverage import Answer, How, find_coverage
from roi_tool.quoting.inputs import Inputs, take_inputs
from roi_tool.quoting.order import Order, make_order
from roi_tool.quoting.other_costs import OtherCost
from roi_tool.quoting.prepare import prepare_again, prepare_case
from roi_tool.quoting.price_steps import PriceSteps, price_steps
from roi_tool.quoting.scenario import Driver, DriverUnit, Scenario
from roi_tool.quoting.sensitivity import tornado
from roi_tool.quoting.solving import FIGURES, Solution, solve
from roi_tool.quoting.uncertainty import OptionSpread, Uncertainty, break_even_values, measure_uncertainty

__all__ = [
    "FIGURES",
    "Answer",
    "Case",
    "Comparison",
    "Crossover",
    "Customer",
    "Driver",
    "DriverFact",
    "DriverUnit",
    "ExchangeRate",
    "How",
    "Inputs",
    "OptionResult",
    "OptionSpread",
    "Order",
    "OtherCost",
    "PriceSteps",
    "Quantity",
    "Scenario",
    "SitePart",
    "Solution",
    "Swing",
    "Uncertainty",
    "UsageResult",
    "VersusToday",
    "break_even_values",
    "compare",
    "find_coverage",
    "make_order",
    "measure_uncertainty",
    "prepare_again",
    "prepare_case",
    "price_steps",
    "solve",
    "take_inputs",
    "tornado",
    "what_is_owed",
]
