"""What moves the answer: each driver taken to both ends of its evidence-based range, one at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from roi_tool.costing.line import CostLine
from roi_tool.quoting.case import Case
from roi_tool.quoting.comparison import Swing
from roi_tool.quoting.inputs import Inputs, take_inputs
from roi_tool.quoting.option_lines import option_lines
from roi_tool.quoting.planning import STAY
from roi_tool.quoting.scenario import Driver, Scenario

TORNADO_DRIVERS = (
    "seats",
    "staff_growth",
    "outbound_minutes",
    "mobile_share",
    "hosted_seat_price",
    "channels",
    "channel_price",
    "pri_line_price",
    "pbx_purchase",
    "maintenance_rate",
    "admin_hours",
    "labour_rate",
    "carrier_price_rise",
    "offer_price_rise",
    "labour_rise",
    "today_rental",
    "today_maintenance",
    "today_upgrade",
    "upgrade_share",
    "residual_share",
    "contract_months_left",
    "termination_share",
    "overlap_weeks",
    "numbers",
    "analogue_lines",
    "power_watts",
    "power_price",
    "finance_rate",
    "lan_share",
    "desk_phone_share",
    "headset_share",
    "common_area_share",
    "analogue_devices",
    "backup_share",
    "project_hours",
    "downtime_hours",
    "spares_share",
    "cooling_share",
    "rack_rent",
)
"""What is not known for certain. What is chosen (term, months compared, discount rate, whether staff time counts) stays as
given, and so does the month of an upgrade, which moves the answer by leaps."""
BARS = 8


def tornado(case: Case, scenario: Scenario, option: str = "") -> tuple[Swing, ...]:
    """Return the longest bars of the tornado about an option's saving against staying, longest first.

    Args:
        case: as prepared.
        scenario: where the other drivers stand.
        option: whose saving; by default the cheapest other than staying.
    """
    if len(case.plans) < 2:
        return ()
    base = take_inputs(scenario)
    chosen = option if option and option != STAY else _cheapest(case, base)
    standing = {name: option_lines(case.plans[name], base) for name in (STAY, chosen)}
    swings = []
    for name in TORNADO_DRIVERS:
        driver = scenario.drivers[name]
        low, high = moved_range(driver)
        moves = [option for option, lines in standing.items() if any(name in line.inputs for line in lines)]
        if low == high or not moves:
            continue
        at_low, at_high = (_saving(case, base.moved({name: float(value)}), standing, moves) for value in (low, high))
        if at_low != at_high:
            swings.append(Swing(name, low, high, at_low, at_high))
    swings.sort(key=lambda swing: -abs(swing.saving_at_high_nano - swing.saving_at_low_nano))
    return tuple(swings[:BARS])


def moved_range(driver: Driver) -> tuple[Decimal, Decimal]:
    """Return the range about the value as it stands: a moved driver's range moves along, within its bounds."""
    shift = driver.value - driver.base
    return max(driver.low, driver.range_low + shift), min(driver.high, driver.range_high + shift)


def _saving(case: Case, moved: Inputs, standing: Mapping[str, Sequence[CostLine]], moves: Sequence[str]) -> int:
    """Return the saving of the option beside staying; only what the driver moves is reckoned again."""
    stay, option = (
        _total(case, moved, name) if name in moves else sum(line.total_nano for line in lines)
        for name, lines in standing.items()
    )
    return stay - option


def _cheapest(case: Case, inputs: Inputs) -> str:
    others = [option for option in case.plans if option != STAY]
    return min(others, key=lambda option: _total(case, inputs, option))


def _total(case: Case, inputs: Inputs, option: str) -> int:
    return sum(line.total_nano for line in option_lines(case.plans[option], inputs))
