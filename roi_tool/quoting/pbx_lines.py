"""The lines of a PBX that stands at the customer's: a new one with all that comes after its purchase, or the one he has."""

from __future__ import annotations

from collections.abc import Iterator

from roi_tool.costing.financing import financing_amounts
from roi_tool.costing.leaving import at_the_start
from roi_tool.costing.line import CostLine
from roi_tool.costing.maintenance import maintenance_amounts
from roi_tool.costing.power import power_amounts, rent_amounts
from roi_tool.costing.purchase import purchase_amounts, replacement_amounts, residual_amounts, upgrade_amounts
from roi_tool.quoting.inputs import Inputs
from roi_tool.quoting.line_kinds import made_line
from roi_tool.quoting.plan import OptionPlan

EQUIPMENT_LIFE_MONTHS = 84
"""Source: end of life after 5–7 years in every checklist read; see docs/decisions."""


def new_pbx_lines(plan: OptionPlan, inputs: Inputs) -> Iterator[CostLine]:
    """Return the purchase (or its instalments) and what follows from it."""
    value, horizon, life = inputs.value, inputs.horizon, EQUIPMENT_LIFE_MONTHS
    factor = _purchase_factor(plan, inputs)
    amounts = purchase_amounts(plan.pbx_fixed_nano * factor, plan.pbx_seat_nano * factor, inputs.seats)
    bought = float(amounts[0])
    yield made_line(plan, "purchase", "pbx_purchase", inputs, amounts)
    if value["finance_months"]:
        months, residual = int(value["finance_months"]), value["finance_residual"]
        amounts = financing_amounts(bought, value["finance_rate"], months, horizon, residual_share=residual)
        yield made_line(plan, "financing", "finance_months", inputs, amounts)
    yield made_line(plan, "spares", "spares_share", inputs, at_the_start(bought * value["spares_share"], horizon))
    amounts = maintenance_amounts(bought, value["maintenance_rate"], value["labour_rise"], horizon)
    yield made_line(plan, "maintenance", "maintenance_rate", inputs, amounts)
    amounts = maintenance_amounts(bought, value["assurance_rate"], value["labour_rise"], horizon)
    yield made_line(plan, "assurance", "assurance_rate", inputs, amounts)
    amounts = upgrade_amounts(bought, value["upgrade_share"], int(value["upgrade_month"]), horizon, life)
    yield made_line(plan, "upgrade", "upgrade_share", inputs, amounts)
    yield made_line(plan, "replacement", "pbx_purchase", inputs, replacement_amounts(bought, life, horizon))
    amounts = residual_amounts(bought, value["residual_share"], horizon, life)
    yield made_line(plan, "residual", "residual_share", inputs, amounts)
    yield from _room_lines(plan, inputs)


def kept_pbx_lines(plan: OptionPlan, inputs: Inputs) -> Iterator[CostLine]:
    """Return what the PBX that is there goes on to cost; it is paid for and not bought again."""
    value, horizon = inputs.value, inputs.horizon
    amounts = maintenance_amounts(inputs.nano("today_maintenance"), 12.0, value["labour_rise"], horizon)
    yield made_line(plan, "maintenance", "today_maintenance", inputs, amounts)
    amounts = upgrade_amounts(inputs.nano("today_upgrade"), 1.0, int(value["upgrade_month"]), horizon)
    yield made_line(plan, "upgrade", "today_upgrade", inputs, amounts)
    yield from _room_lines(plan, inputs)


def _purchase_factor(plan: OptionPlan, inputs: Inputs) -> float:
    listed = plan.pbx_fixed_nano + plan.pbx_seat_nano * inputs.base["seats"]
    return inputs.nano("pbx_purchase") / listed if listed else 0.0


def _room_lines(plan: OptionPlan, inputs: Inputs) -> Iterator[CostLine]:
    """Return the electricity, the cooling and the room of a PBX, new or not."""
    value = inputs.value
    amounts = power_amounts(
        value["power_watts"],
        inputs.nano("power_price"),
        value["offer_price_rise"],
        inputs.horizon,
        cooling_share=value["cooling_share"],
    )
    yield made_line(plan, "power", "power_watts", inputs, amounts)
    amounts = rent_amounts(inputs.nano("rack_rent"), value["labour_rise"], inputs.horizon)
    yield made_line(plan, "space", "rack_rent", inputs, amounts)
