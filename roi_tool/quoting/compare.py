"""The comparison: a pure function of (case, scenario), fast enough to follow a slider."""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from roi_tool.costing.discounting import Convention, discount_factors, nano_decimal
from roi_tool.costing.line import CostCategory, CostLine
from roi_tool.costing.months import Amounts
from roi_tool.costing.returns import measure_returns
from roi_tool.quoting.case import Case
from roi_tool.quoting.comparison import Comparison, OptionResult, VersusToday
from roi_tool.quoting.crossing import find_crossovers
from roi_tool.quoting.findings import comparison_findings
from roi_tool.quoting.inputs import Inputs, take_inputs
from roi_tool.quoting.option_lines import option_lines
from roi_tool.quoting.plan import OptionPlan
from roi_tool.quoting.planning import STAY
from roi_tool.quoting.scenario import Scenario
from roi_tool.quoting.sensitivity import tornado as swings


def compare(case: Case, scenario: Scenario, *, tornado: bool = True) -> Comparison:
    """Compare all options over the scenario's horizon.

    Args:
        case: prepared once by `prepare_case`.
        scenario: made from `case.scenario` by `with_value`.
        tornado: also move each driver to both ends of its range (some sixteen further evaluations); without it
            `Comparison.tornado` is empty, and `tornado(case, scenario)` gives it apart.
    """
    inputs = take_inputs(scenario)
    convention = Convention(scenario.convention)
    factors = discount_factors(inputs.horizon, inputs.value["discount_rate"], convention)
    options: list[OptionResult] = []
    stay_monthly: Amounts | None = None
    for plan in case.plans.values():
        lines = option_lines(plan, inputs)
        monthly = _sum(lines)
        versus = None if stay_monthly is None else _versus_today(stay_monthly, monthly, scenario, convention)
        if plan.id == STAY:
            stay_monthly = monthly
        present = nano_decimal(float(monthly @ factors))
        options.append(_result(plan, lines, monthly, inputs, npv_cost=present, versus=versus))
    best = min(options, key=lambda option: option.npv_cost).id
    results = tuple(options)
    return Comparison(
        currency=case.price_book.currency,
        tax_included=False,
        scenario=scenario,
        horizon_months=inputs.horizon,
        discount_rate=scenario["discount_rate"],
        options=results,
        crossovers=find_crossovers(results),
        best=best,
        tornado=swings(case, scenario, best) if tornado else (),
        evidence=case.evidence,
        problems=(*case.problems, *comparison_findings(case, scenario, inputs, results, best)),
    )


def _sum(lines: tuple[CostLine, ...]) -> Amounts:
    monthly: Amounts = np.add.reduce([line.amounts_nano for line in lines], axis=0)
    monthly.setflags(write=False)
    return monthly


def _result(
    plan: OptionPlan,
    lines: tuple[CostLine, ...],
    monthly: Amounts,
    inputs: Inputs,
    *,
    npv_cost: Decimal,
    versus: VersusToday | None,
) -> OptionResult:
    by_category: dict[CostCategory, int] = {}
    for line in lines:
        by_category[line.category] = by_category.get(line.category, 0) + line.total_nano
    total = int(monthly.sum())
    seat_months = int(inputs.seats[1:].sum())
    starts = range(1, inputs.horizon + 1, 12)
    yearly = np.add.reduceat(monthly, list(starts))
    return OptionResult(
        id=plan.id,
        lines=lines,
        monthly_nano=monthly,
        yearly_nano=tuple(yearly.tolist()),
        total_nano=total,
        npv_cost=npv_cost,
        per_user_month=nano_decimal(total / seat_months) if seat_months else Decimal(0),
        by_category_nano=by_category,
        usage=plan.usage,
        versus_today=versus,
    )


def _versus_today(stay: Amounts, option: Amounts, scenario: Scenario, convention: Convention) -> VersusToday:
    """Set an option against staying: what is no longer paid is the benefit, what the option costs is the cost."""
    figures = measure_returns(stay, option, rate=float(scenario["discount_rate"]), convention=convention)
    return VersusToday(
        saving_total_nano=int(stay.sum()) - int(option.sum()),
        npv=figures.npv,
        roi_tei=figures.roi_tei,
        roi_nucleus=figures.roi_nucleus,
        irr=figures.irr,
        payback_months=figures.payback_months,
        payback_discounted_months=figures.payback_discounted_months,
        undefined=figures.undefined,
    )
