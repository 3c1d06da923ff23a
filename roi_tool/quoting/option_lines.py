"""The cost lines of one option for one scenario: which families of `costing` apply, moved by which drivers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from roi_tool.costing.financing import financing_amounts
from roi_tool.costing.labour import administration_amounts, time_saved_amounts
from roi_tool.costing.leaving import overlap_amounts, termination_amounts
from roi_tool.costing.line import CostCategory, CostLine
from roi_tool.costing.maintenance import maintenance_amounts
from roi_tool.costing.months import Amounts, monthly_risen, risen, to_amounts
from roi_tool.costing.power import power_amounts
from roi_tool.costing.priced_item import ItemPrice, item_amounts
from roi_tool.costing.purchase import purchase_amounts, residual_amounts, upgrade_amounts
from roi_tool.costing.usage import usage_amounts
from roi_tool.pricebook import PbxRole
from roi_tool.quoting.inputs import Inputs
from roi_tool.quoting.other_costs import other_cost_lines
from roi_tool.quoting.pieces import DRIVER_OF_PER, INPUTS_OF_PER, pieces_of
from roi_tool.quoting.plan import OptionPlan, PlannedItem
from roi_tool.quoting.planning import STAY
from roi_tool.quoting.tax_lines import tax_lines

EQUIPMENT_LIFE_MONTHS = 84
"""Source: end of life after 5–7 years in every checklist read; see docs/decisions."""

_NO_ARGS: Mapping[str, str] = MappingProxyType({})
_KINDS = {
    "rental": (CostCategory.LINES, "cost.rental"),
    "kept_rental": (CostCategory.CONNECTIVITY, "cost.kept_rental"),
    "purchase": (CostCategory.EQUIPMENT, "cost.pbx_purchase"),
    "financing": (CostCategory.EQUIPMENT, "cost.financing"),
    "maintenance": (CostCategory.MAINTENANCE, "cost.maintenance"),
    "upgrade": (CostCategory.EQUIPMENT, "cost.upgrade"),
    "residual": (CostCategory.EQUIPMENT, "cost.residual"),
    "power": (CostCategory.POWER, "cost.power"),
    "administration": (CostCategory.LABOUR, "cost.administration"),
    "termination": (CostCategory.TERMINATION, "cost.termination"),
    "overlap": (CostCategory.OVERLAP, "cost.overlap"),
    "time_saved": (CostCategory.LABOUR, "cost.time_saved"),
}
_SOFT = frozenset({"time_saved"})
_PBX = ("pbx_purchase", "seats", "staff_growth")
_OLD_RENTAL = ("today_rental", "kept_rental")
_INPUTS = {
    "rental": ("today_rental", "carrier_price_rise"),
    "kept_rental": ("kept_rental", "carrier_price_rise"),
    "purchase": _PBX,
    "financing": (*_PBX, "finance_months", "finance_rate", "finance_residual"),
    "maintenance": (*_PBX, "maintenance_rate", "labour_rise"),
    "upgrade": (*_PBX, "upgrade_share", "upgrade_month"),
    "residual": (*_PBX, "residual_share"),
    "power": ("power_watts", "power_price", "offer_price_rise"),
    "administration": ("admin_hours", "labour_rate", "labour_rise"),
    "termination": (*_OLD_RENTAL, "contract_months_left", "termination_share"),
    "overlap": (*_OLD_RENTAL, "overlap_weeks"),
    "time_saved": ("seats", "staff_growth", "soft_minutes_per_seat", "labour_rate", "soft_time_saved", "labour_rise"),
}
"""Line → the drivers that its amounts follow."""
_INPUTS_KEPT = {
    "maintenance": ("today_maintenance", "labour_rise"),
    "upgrade": ("today_upgrade", "upgrade_month"),
}
"""The same, of a PBX that is there already."""
_INPUTS_OF_USAGE = ("outbound_minutes", "mobile_share", "staff_growth")


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
    if plan.id == STAY:
        yield _today_rental(plan, inputs)
    for item in plan.items:
        yield _item_line(item, inputs)
    if plan.pbx is PbxRole.NEW:
        yield from _new_pbx(plan, inputs)
    elif plan.pbx is PbxRole.KEPT:
        yield from _kept_pbx(plan, inputs)
    yield _administration(plan, inputs)
    if plan.id != STAY:
        yield from _leaving(plan, inputs)
    if plan.soft:
        yield _time_saved(plan, inputs)


def _usage_line(plan: OptionPlan, inputs: Inputs) -> CostLine:
    usage = plan.usage
    rise = inputs.value["carrier_price_rise" if plan.id == STAY else "offer_price_rise"]
    growth = None
    if rise or inputs.value["staff_growth"]:
        growth = risen(rise, inputs.horizon) * risen(inputs.value["staff_growth"], inputs.horizon)
    amounts = usage_amounts(usage.charge_nano, usage.months, inputs.horizon, volume=_volume(plan, inputs), growth=growth)
    inputs_of = (*_INPUTS_OF_USAGE, "carrier_price_rise" if plan.id == STAY else "offer_price_rise")
    evidence = plan.usage_evidence
    return CostLine(
        f"{plan.id}.usage", CostCategory.USAGE, "cost.usage", "outbound_minutes", evidence, amounts, inputs=inputs_of
    )


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
    return _line(plan, "rental", "today_rental", inputs, amounts)


def _item_line(item: PlannedItem, inputs: Inputs) -> CostLine:
    amounts = item_amounts(
        item_price(item, inputs),
        pieces_of(item.per, item.times, inputs),
        term_months=inputs.term,
        rise=inputs.value["offer_price_rise"],
        horizon_months=inputs.horizon,
        from_month=item.month,
    )
    driver = item.driver or DRIVER_OF_PER[item.per]
    evidence = inputs.marks[item.driver] if item.driver else item.evidence
    args = MappingProxyType({"name": item.name})
    inputs_of = (*INPUTS_OF_PER[item.per], *((item.driver,) if item.driver else ()), "term_months", "offer_price_rise")
    return CostLine(item.line_id, item.category, "cost.item", driver, evidence, amounts, label_args=args, inputs=inputs_of)


def item_price(item: PlannedItem, inputs: Inputs) -> ItemPrice:
    """Return an item's prices for the term that is chosen, as its driver has moved them."""
    base_term = int(inputs.base["term_months"])
    term_nano, renewal_nano = item.term_nano(inputs.term), item.after_term_nano(inputs.term)
    if item.driver:
        listed = item.term_nano(base_term)
        if listed:
            factor = inputs.nano(item.driver) / listed
            term_nano, renewal_nano = round(term_nano * factor), round(renewal_nano * factor)
        else:
            term_nano = renewal_nano = round(inputs.nano(item.driver))
    return ItemPrice(item.once_nano, term_nano, renewal_nano, item.free_months, item.fixed_in_term)


def _purchase_factor(plan: OptionPlan, inputs: Inputs) -> float:
    listed = plan.pbx_fixed_nano + plan.pbx_seat_nano * inputs.base["seats"]
    return inputs.nano("pbx_purchase") / listed if listed else 0.0


def _new_pbx(plan: OptionPlan, inputs: Inputs) -> Iterator[CostLine]:
    value, horizon = inputs.value, inputs.horizon
    factor = _purchase_factor(plan, inputs)
    amounts = purchase_amounts(plan.pbx_fixed_nano * factor, plan.pbx_seat_nano * factor, inputs.seats)
    bought = float(amounts[0])
    yield _line(plan, "purchase", "pbx_purchase", inputs, amounts)
    if value["finance_months"]:
        months, residual = int(value["finance_months"]), value["finance_residual"]
        amounts = financing_amounts(bought, value["finance_rate"], months, horizon, residual_share=residual)
        yield _line(plan, "financing", "finance_months", inputs, amounts)
    amounts = maintenance_amounts(bought, value["maintenance_rate"], value["labour_rise"], horizon)
    yield _line(plan, "maintenance", "maintenance_rate", inputs, amounts)
    amounts = upgrade_amounts(bought, value["upgrade_share"], int(value["upgrade_month"]), horizon)
    yield _line(plan, "upgrade", "upgrade_share", inputs, amounts)
    amounts = residual_amounts(bought, value["residual_share"], horizon, EQUIPMENT_LIFE_MONTHS)
    yield _line(plan, "residual", "residual_share", inputs, amounts)
    yield _power(plan, inputs)


def _kept_pbx(plan: OptionPlan, inputs: Inputs) -> Iterator[CostLine]:
    value, horizon = inputs.value, inputs.horizon
    amounts = maintenance_amounts(inputs.nano("today_maintenance"), 12.0, value["labour_rise"], horizon)
    yield _line(plan, "maintenance", "today_maintenance", inputs, amounts)
    if value["today_upgrade"]:
        amounts = upgrade_amounts(inputs.nano("today_upgrade"), 1.0, int(value["upgrade_month"]), horizon)
        yield _line(plan, "upgrade", "today_upgrade", inputs, amounts)
    yield _power(plan, inputs)


def _power(plan: OptionPlan, inputs: Inputs) -> CostLine:
    value = inputs.value
    amounts = power_amounts(value["power_watts"], inputs.nano("power_price"), value["offer_price_rise"], inputs.horizon)
    return _line(plan, "power", "power_watts", inputs, amounts)


def _administration(plan: OptionPlan, inputs: Inputs) -> CostLine:
    value = inputs.value
    amounts = administration_amounts(
        value["admin_hours"], inputs.nano("labour_rate"), plan.admin_share, value["labour_rise"], inputs.horizon
    )
    return _line(plan, "administration", "admin_hours", inputs, amounts)


def _leaving(plan: OptionPlan, inputs: Inputs) -> Iterator[CostLine]:
    value, horizon = inputs.value, inputs.horizon
    rental = max(0.0, inputs.nano("today_rental") - inputs.nano("kept_rental"))
    if value["kept_rental"]:
        amounts = to_amounts(inputs.nano("kept_rental") * monthly_risen(value["carrier_price_rise"], horizon))
        yield _line(plan, "kept_rental", "kept_rental", inputs, amounts)
    amounts = termination_amounts(rental, value["contract_months_left"], value["termination_share"], horizon)
    yield _line(plan, "termination", "contract_months_left", inputs, amounts)
    amounts = overlap_amounts(rental, value["overlap_weeks"], horizon)
    yield _line(plan, "overlap", "overlap_weeks", inputs, amounts)


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
    return _line(plan, "time_saved", "soft_time_saved", inputs, amounts)


def _line(plan: OptionPlan, name: str, driver: str, inputs: Inputs, amounts: Amounts) -> CostLine:
    category, label = _KINDS[name]
    follows = _INPUTS_KEPT[name] if plan.pbx is PbxRole.KEPT and name in _INPUTS_KEPT else _INPUTS[name]
    mark, hard = inputs.marks[driver], name not in _SOFT
    return CostLine(f"{plan.id}.{name}", category, label, driver, mark, amounts, hard, _NO_ARGS, follows)
