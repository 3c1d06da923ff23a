"""The options' results for one scenario: lines, months, present value, and each against staying."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

import numpy as np

from roi_tool.costing.discounting import Convention, discount_factors, nano_decimal
from roi_tool.costing.line import CostCategory, CostLine
from roi_tool.costing.months import Amounts
from roi_tool.costing.returns import measure_returns
from roi_tool.problems import Problem, ProblemError
from roi_tool.quoting.case import Case
from roi_tool.quoting.comparison import OptionResult, VersusToday
from roi_tool.quoting.inputs import Inputs, take_inputs
from roi_tool.quoting.option_lines import option_lines
from roi_tool.quoting.plan import OptionPlan
from roi_tool.quoting.planning import STAY
from roi_tool.quoting.scenario import Scenario

_MOST_NANO = 9 * 10**18
"""What an int64 sum holds: nine thousand million currency units."""


def option_results(case: Case, scenario: Scenario, only: Collection[str] = ()) -> tuple[OptionResult, ...]:
    """Return the results of all options, or of "stay" and those in `only`; "stay" comes first.

    Raises:
        ProblemError: `amounts_too_large`: an option's total does not fit exact amounts.
    """
    inputs = take_inputs(scenario)
    convention = Convention(scenario.convention)
    factors = discount_factors(inputs.horizon, inputs.value["discount_rate"], convention)
    results: list[OptionResult] = []
    stay_monthly: Amounts | None = None
    for plan in case.plans.values():
        if only and plan.id != STAY and plan.id not in only:
            continue
        lines = option_lines(plan, inputs)
        monthly = _sum(lines)
        versus = None if stay_monthly is None else _versus_today(stay_monthly, monthly, scenario, convention)
        if plan.id == STAY:
            stay_monthly = monthly
        present = nano_decimal(float(monthly @ factors))
        results.append(_result(plan, lines, monthly, inputs, npv_cost=present, versus=versus))
    return tuple(results)


def _sum(lines: tuple[CostLine, ...]) -> Amounts:
    monthly: Amounts = np.add.reduce([line.amounts_nano for line in lines], axis=0)
    if int(np.abs(monthly).max()) * len(monthly) > _MOST_NANO:
        raise ProblemError(Problem("amounts_too_large"))
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
    yearly = np.add.reduceat(monthly, list(range(1, inputs.horizon + 1, 12)))
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
