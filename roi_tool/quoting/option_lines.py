"""The cost lines of one option for one scenario: which families of `costing` apply, moved by which drivers."""

from __future__ import annotations

from collections.abc import Iterator

from roi_tool.costing.labour import administration_amounts, time_saved_amounts
from roi_tool.costing.line import CostLine
from roi_tool.costing.months import monthly_risen, risen, to_amounts
from roi_tool.costing.usage import usage_amounts
from roi_tool.pricebook import PbxRole
from roi_tool.quoting.change_lines import change_lines
from roi_tool.quoting.inputs import Inputs
from roi_tool.quoting.item_lines import item_line
from roi_tool.quoting.line_kinds import KINDS, NO_ARGS, made_line
from roi_tool.quoting.other_costs import other_cost_lines
from roi_tool.quoting.pbx_lines import kept_pbx_lines, new_pbx_lines
from roi_tool.quoting.plan import OptionPlan
from roi_tool.quoting.tax_lines import tax_lines


def option_lines(plan: OptionPlan, inputs: Inputs) -> tuple[CostLine, ...]:
    """Return an option's lines; taxes and fees that are a cost come last."""
    if plan.parts:
        lines = tuple(line for part in plan.parts for line in _lines(part.plan, inputs.part(part.shares)))
    else:
        lines = tuple(_lines(plan, inputs))
    if plan.others:
        lines = (*lines, *other_cost_lines(plan.others, inputs))
    return (*lines, *tax_lines(plan, lines, inputs)) if plan.taxes else lines


def _lines(plan: OptionPlan, inputs: Inputs) -> Iterator[CostLine]:
    yield _usage_line(plan, inputs)
    if plan.usage.period_nano:
        yield _commitments(plan, inputs)
    if plan.stays:
        yield _today_rental(plan, inputs)
    items = [item_line(item, inputs) for item in plan.items]
    yield from items
    if plan.pbx is PbxRole.NEW:
        yield from new_pbx_lines(plan, inputs)
    elif plan.pbx is PbxRole.KEPT:
        yield from kept_pbx_lines(plan, inputs)
    yield _administration(plan, inputs)
    if not plan.stays:
        yield from change_lines(plan, inputs, items)
    if plan.soft:
        yield _time_saved(plan, inputs)


def _usage_line(plan: OptionPlan, inputs: Inputs) -> CostLine:
    usage = plan.usage
    rise = inputs.value["carrier_price_rise" if plan.stays else "offer_price_rise"]
    growth = None
    if rise or inputs.value["staff_growth"]:
        growth = risen(rise, inputs.horizon) * risen(inputs.value["staff_growth"], inputs.horizon)
    amounts = usage_amounts(usage.charge_nano, usage.months, inputs.horizon, volume=_volume(plan, inputs), growth=growth)
    kind = KINDS["usage"]
    follows = (*kind.inputs, "carrier_price_rise" if plan.stays else "offer_price_rise")
    line_id, mark = f"{plan.id}.usage", plan.usage_evidence
    return CostLine(
        line_id, kind.category, kind.label, "outbound_minutes", mark, amounts, kind.hard, NO_ARGS, follows, kind.answers
    )


def _commitments(plan: OptionPlan, inputs: Inputs) -> CostLine:
    """What the tariff charges besides calls, as the engine found it for the calls on the bills; only a rise moves it."""
    rise = "carrier_price_rise" if plan.stays else "offer_price_rise"
    growth = risen(inputs.value[rise], inputs.horizon) if inputs.value[rise] else None
    kind, usage = KINDS["commitments"], plan.usage
    amounts = usage_amounts(usage.period_nano, usage.months, inputs.horizon, growth=growth)
    line_id, mark = f"{plan.id}.commitments", plan.usage_evidence
    return CostLine(line_id, kind.category, kind.label, rise, mark, amounts, kind.hard, NO_ARGS, (rise,), kind.answers)


def _volume(plan: OptionPlan, inputs: Inputs) -> float:
    """Return cost of the moved calls over that of the bills': each class moves with its minutes."""
    minutes = inputs.ratio("outbound_minutes")
    share, base_share = inputs.value["mobile_share"], inputs.base["mobile_share"]
    if minutes == 1.0 and share == base_share:
        return 1.0
    total = sum(plan.usage.by_class_nano.values())
    if not total:
        return 1.0
    mobile = share / base_share if base_share else 1.0
    rest = plan.landline_share
    landline = (rest - (share - base_share)) / rest if rest else 1.0
    moved = 0.0
    for key, nano in plan.usage.by_class_nano.items():
        if key in ("inbound", "internal_calls"):
            moved += nano
        elif key == "mobile":
            moved += nano * minutes * mobile
        elif key == "geographic":
            moved += nano * minutes * max(0.0, landline)
        else:
            moved += nano * minutes
    return moved / total


def _today_rental(plan: OptionPlan, inputs: Inputs) -> CostLine:
    rise = monthly_risen(inputs.value["carrier_price_rise"], inputs.horizon)
    amounts = to_amounts(inputs.nano("today_rental") * rise)
    return made_line(plan, "rental", "today_rental", inputs, amounts)


def _administration(plan: OptionPlan, inputs: Inputs) -> CostLine:
    value = inputs.value
    amounts = administration_amounts(
        value["admin_hours"], inputs.nano("labour_rate"), plan.admin_share, value["labour_rise"], inputs.horizon
    )
    return made_line(plan, "administration", "admin_hours", inputs, amounts)


def _time_saved(plan: OptionPlan, inputs: Inputs) -> CostLine:
    value = inputs.value
    amounts = time_saved_amounts(
        inputs.seats,
        value["soft_minutes_per_seat"],
        inputs.nano("labour_rate"),
        realisation=value["soft_time_saved"],
        rise=value["labour_rise"],
        horizon_months=inputs.horizon,
    )
    return made_line(plan, "time_saved", "soft_time_saved", inputs, amounts)
