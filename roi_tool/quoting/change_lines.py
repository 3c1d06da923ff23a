"""The lines of changing over: leaving the old contract, both services at once, the customer's own time, leaving the new one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from roi_tool.costing.change import hours_amounts
from roi_tool.costing.leaving import TerminationPart, at_the_start, exit_amounts, overlap_amounts, owed, termination_parts
from roi_tool.costing.line import CostLine
from roi_tool.costing.months import monthly_risen, nothing, to_amounts
from roi_tool.quoting.inputs import Inputs
from roi_tool.quoting.line_kinds import made_line
from roi_tool.quoting.plan import OptionPlan


def change_lines(plan: OptionPlan, inputs: Inputs, items: Sequence[CostLine]) -> Iterator[CostLine]:
    """Return what an option other than staying costs because it is a change; `items` are the lines of its products."""
    value, horizon = inputs.value, inputs.horizon
    rate, share = inputs.nano("labour_rate"), plan.change_share
    if value["kept_rental"]:
        amounts = to_amounts(inputs.nano("kept_rental") * monthly_risen(value["carrier_price_rise"], horizon))
        yield made_line(plan, "kept_rental", "kept_rental", inputs, amounts)
    yield _termination(plan, inputs)
    amounts = overlap_amounts(_rental(inputs), value["overlap_weeks"], horizon)
    yield made_line(plan, "overlap", "overlap_weeks", inputs, amounts)
    amounts = hours_amounts(value["project_hours"], rate, share, horizon)
    yield made_line(plan, "own_labour", "project_hours", inputs, amounts)
    amounts = hours_amounts(value["downtime_hours"] * value["seats"], rate, share, horizon)
    yield made_line(plan, "downtime", "downtime_hours", inputs, amounts)
    counted = share * value["soft_time_saved"]
    amounts = hours_amounts(value["learning_hours"] * value["seats"], rate, counted, horizon)
    yield made_line(plan, "learning", "learning_hours", inputs, amounts)
    yield _exit(plan, inputs, items)


def what_is_owed(plan: OptionPlan, inputs: Inputs) -> tuple[TerminationPart, ...]:
    """Return each part of what ending the old contract costs, with what it was reckoned from."""
    value = inputs.value
    return termination_parts(
        plan.leaving,
        _rental(inputs),
        value["contract_months_left"],
        share=value["termination_share"],
        overlap_weeks=value["overlap_weeks"],
    )


def _termination(plan: OptionPlan, inputs: Inputs) -> CostLine:
    amounts = at_the_start(owed(plan.leaving, what_is_owed(plan, inputs)), inputs.horizon)
    line = made_line(plan, "termination", "contract_months_left", inputs, amounts)
    if plan.leaving_evidence is None:
        return line
    # A notice counts the weeks of both services as given.
    return replace(line, evidence=plan.leaving_evidence, inputs=(*line.inputs, "overlap_weeks"))


def _rental(inputs: Inputs) -> float:
    return max(0.0, inputs.nano("today_rental") - inputs.nano("kept_rental"))


def _exit(plan: OptionPlan, inputs: Inputs, items: Sequence[CostLine]) -> CostLine:
    """Return what leaving at the end costs where the new contract's term goes on past the time compared."""
    share = inputs.value["exit_share"]
    if inputs.term <= inputs.horizon or not share:
        return made_line(plan, "exit", "exit_share", inputs, nothing(inputs.horizon))
    bound = {item.line_id for item in plan.items if item.fixed_in_term}
    lines = [line for line in items if line.id in bound]
    monthly = sum(int(line.amounts_nano[-1]) for line in lines)
    line = made_line(plan, "exit", "exit_share", inputs, exit_amounts(monthly, inputs.term, share, inputs.horizon))
    follows = dict.fromkeys((*line.inputs, *(name for one in lines for name in one.inputs)))
    return replace(line, inputs=tuple(follows))
