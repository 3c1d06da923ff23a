"""What each option's total is made of: stacked bars, the seventeen categories gathered into six groups a reader can take in."""

from __future__ import annotations

from collections.abc import Mapping

from roi_tool.charting.axes import round_scale
from roi_tool.charting.spec import Bar, BarChart, Labels, Tick
from roi_tool.costing.line import CostCategory
from roi_tool.money import NANO
from roi_tool.quoting import Comparison, OptionResult

GROUPS: Mapping[str, tuple[CostCategory, ...]] = {
    "group_calls": (CostCategory.USAGE,),
    "group_rental": (CostCategory.LINES, CostCategory.SEATS, CostCategory.NUMBERS, CostCategory.CONNECTIVITY),
    "group_equipment": (CostCategory.EQUIPMENT, CostCategory.LICENCES),
    "group_upkeep": (CostCategory.MAINTENANCE, CostCategory.LABOUR, CostCategory.POWER),
    "group_change": (
        CostCategory.SETUP,
        CostCategory.TRAINING,
        CostCategory.PORTING,
        CostCategory.TERMINATION,
        CostCategory.OVERLAP,
        CostCategory.CHANGE,
    ),
    "group_other": (CostCategory.TAX, CostCategory.OTHER),
}
"""Role of the group → its categories; every category stands in exactly one group."""


def category_chart(comparison: Comparison, labels: Labels) -> BarChart:
    """Return one horizontal bar per option: its total over the horizon by group of costs, in currency units.

    A negative group (a residual value, a credit) is a part with a negative value; painters draw it left of zero.
    """
    totals = [_group_totals(option) for option in comparison.options]
    used = [role for role in GROUPS if any(total[role] for total in totals)]
    bars = tuple(
        Bar(
            label=labels.label(f"option.{option.id}"),
            parts=tuple(
                (role, total[role] / NANO, labels.short_money(total[role], comparison.currency)) for role in used if total[role]
            ),
            text=labels.short_money(option.total_nano, comparison.currency),
        )
        for option, total in zip(comparison.options, totals, strict=True)
    )
    lowest = min((sum(value for _, value, _ in bar.parts if value < 0) for bar in bars), default=0.0)
    highest = max((sum(value for _, value, _ in bar.parts if value > 0) for bar in bars), default=0.0)
    scale = round_scale(lowest, highest)
    return BarChart(
        title=labels.label("chart.categories", months=labels.number(comparison.horizon_months)),
        bars=bars,
        ticks=tuple(Tick(place, labels.short_money(round(place * NANO), comparison.currency)) for place in scale.places),
        legend=tuple((role, labels.label(f"chart.{role}")) for role in used),
    )


def _group_totals(option: OptionResult) -> dict[str, int]:
    amounts = option.by_category_nano
    return {role: sum(amounts.get(category, 0) for category in group) for role, group in GROUPS.items()}
