"""The lines that code computes, each kind stated once: category, words, drivers, and the items of the catalogue it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from roi_tool.costing.line import CostCategory, CostLine
from roi_tool.costing.months import Amounts
from roi_tool.pricebook import CostItem, PbxRole
from roi_tool.quoting.inputs import Inputs
from roi_tool.quoting.plan import OptionPlan

NO_ARGS: Mapping[str, str] = MappingProxyType({})
_I = CostItem
_PBX = ("pbx_purchase", "seats", "staff_growth")
_OLD_RENTAL = ("today_rental", "kept_rental")
_OF_STAFF = ("seats", "labour_rate")


@dataclass(frozen=True, slots=True)
class LineKind:
    """A family of lines. `inputs`: the drivers that its amounts follow; `hard`: False where no bill gets smaller by it."""

    category: CostCategory
    label: str
    inputs: tuple[str, ...]
    answers: tuple[CostItem, ...] = ()
    hard: bool = True


KINDS: Mapping[str, LineKind] = {
    "usage": LineKind(
        CostCategory.USAGE,
        "cost.usage",
        ("outbound_minutes", "mobile_share", "staff_growth"),
        (_I.CALLS, _I.INTERNATIONAL_CALLS, _I.DIRECTORY_CALLS, _I.OVERAGE, _I.MINIMUM_SPEND),
    ),
    "commitments": LineKind(CostCategory.LINES, "cost.commitments", (), (_I.MINIMUM_SPEND, _I.BURST_CHANNELS)),
    "rental": LineKind(
        CostCategory.LINES,
        "cost.rental",
        ("today_rental", "carrier_price_rise"),
        (_I.TRUNK_LINES, _I.NUMBERS, _I.TOLL_FREE, _I.ANALOGUE_LINES, _I.FIXED_FEE, _I.ESCALATOR),
    ),
    "kept_rental": LineKind(CostCategory.CONNECTIVITY, "cost.kept_rental", ("kept_rental", "carrier_price_rise")),
    "purchase": LineKind(CostCategory.EQUIPMENT, "cost.pbx_purchase", _PBX),
    "financing": LineKind(
        CostCategory.EQUIPMENT,
        "cost.financing",
        (*_PBX, "finance_months", "finance_rate", "finance_residual"),
        (_I.LEASE,),
    ),
    "maintenance": LineKind(
        CostCategory.MAINTENANCE, "cost.maintenance", (*_PBX, "maintenance_rate", "labour_rise"), (_I.MAINTENANCE,)
    ),
    "assurance": LineKind(
        CostCategory.MAINTENANCE, "cost.assurance", (*_PBX, "assurance_rate", "labour_rise"), (_I.SOFTWARE_ASSURANCE,)
    ),
    "upgrade": LineKind(CostCategory.EQUIPMENT, "cost.upgrade", (*_PBX, "upgrade_share", "upgrade_month"), (_I.UPGRADE,)),
    "replacement": LineKind(CostCategory.EQUIPMENT, "cost.replacement", _PBX, (_I.REPLACEMENT,)),
    "spares": LineKind(CostCategory.EQUIPMENT, "cost.spares", (*_PBX, "spares_share"), (_I.SPARES,)),
    "residual": LineKind(CostCategory.EQUIPMENT, "cost.residual", (*_PBX, "residual_share"), (_I.RESIDUAL_VALUE,)),
    "power": LineKind(
        CostCategory.POWER,
        "cost.power",
        ("power_watts", "cooling_share", "power_price", "offer_price_rise"),
        (_I.POWER, _I.COOLING),
    ),
    "space": LineKind(CostCategory.POWER, "cost.space", ("rack_rent", "labour_rise"), (_I.RACK_SPACE,)),
    "administration": LineKind(
        CostCategory.LABOUR,
        "cost.administration",
        ("admin_hours", "labour_rate", "labour_rise"),
        (_I.ADMINISTRATION, _I.MOVES_CHANGES),
    ),
    "termination": LineKind(
        CostCategory.TERMINATION,
        "cost.termination",
        (*_OLD_RENTAL, "contract_months_left", "termination_share"),
        (_I.TERMINATION,),
    ),
    "overlap": LineKind(CostCategory.OVERLAP, "cost.overlap", (*_OLD_RENTAL, "overlap_weeks"), (_I.OVERLAP,)),
    "exit": LineKind(CostCategory.TERMINATION, "cost.exit", ("term_months", "exit_share"), (_I.PROVIDER_TERMINATION,)),
    "own_labour": LineKind(CostCategory.CHANGE, "cost.own_labour", ("project_hours", "labour_rate"), (_I.OWN_LABOUR,)),
    "downtime": LineKind(CostCategory.CHANGE, "cost.downtime", (*_OF_STAFF, "downtime_hours"), (_I.DOWNTIME,)),
    "learning": LineKind(
        CostCategory.CHANGE,
        "cost.learning",
        (*_OF_STAFF, "learning_hours", "soft_time_saved"),
        (_I.LEARNING,),
        hard=False,
    ),
    "time_saved": LineKind(
        CostCategory.LABOUR,
        "cost.time_saved",
        ("seats", "staff_growth", "soft_minutes_per_seat", "labour_rate", "soft_time_saved", "labour_rise"),
        hard=False,
    ),
}
_OF_A_KEPT_PBX: Mapping[str, tuple[str, ...]] = {
    "maintenance": ("today_maintenance", "labour_rise"),
    "upgrade": ("today_upgrade", "upgrade_month"),
}
"""The drivers of the same lines where the PBX is there already."""


def made_line(plan: OptionPlan, name: str, driver: str, inputs: Inputs, amounts: Amounts) -> CostLine:
    """Return a line of a kind; `driver` is the one whose evidence it carries."""
    kind = KINDS[name]
    follows = _OF_A_KEPT_PBX[name] if plan.pbx is PbxRole.KEPT and name in _OF_A_KEPT_PBX else kind.inputs
    answers = plan.pbx_answers if name == "purchase" else kind.answers
    line_id = f"{plan.id}.{name}"
    return CostLine(
        line_id, kind.category, kind.label, driver, inputs.marks[driver], amounts, kind.hard, NO_ARGS, follows, answers
    )
