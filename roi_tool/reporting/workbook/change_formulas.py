"""The lines of changing over as formulas: leaving the old contract term by term, both services, own hours, leaving the new."""

from __future__ import annotations

from roi_tool.costing.leaving import TerminationKind, TerminationTerm
from roi_tool.costing.months import WEEKS_PER_MONTH
from roi_tool.money import NANO
from roi_tool.quoting.plan import OptionPlan
from roi_tool.reporting.workbook.expression import Expression, either, largest, number, smallest
from roi_tool.reporting.workbook.input_cells import PartCells
from roi_tool.reporting.workbook.line_places import LinePlaces
from roi_tool.reporting.workbook.quantities_sheet import Quantities
from roi_tool.reporting.workbook.recipe import Recipe, at_start, monthly


def of_change(plan: OptionPlan, cells: PartCells, rows: Quantities, lines: LinePlaces) -> dict[str, Recipe]:
    """Return line id → recipe of what an option costs because it is a change."""
    rental = largest(0.0, cells("today_rental") - cells("kept_rental"))
    carrier = rows.risen(cells, "carrier_price_rise")
    an_hour = cells("labour_rate") * plan.change_share
    kept = cells("kept_rental")
    return {
        f"{plan.id}.kept_rental": monthly(kept, carrier),
        f"{plan.id}.termination": at_start(_owed(plan, cells, rental)),
        f"{plan.id}.overlap": at_start(rental * cells("overlap_weeks") / WEEKS_PER_MONTH),
        f"{plan.id}.own_labour": at_start(cells("project_hours") * an_hour),
        f"{plan.id}.downtime": at_start(cells("downtime_hours") * cells("seats") * an_hour),
        f"{plan.id}.learning": at_start(cells("learning_hours") * cells("seats") * an_hour * cells("soft_time_saved")),
        f"{plan.id}.exit": _exit(plan, cells, lines),
    }


def _owed(plan: OptionPlan, cells: PartCells, rental: Expression) -> Expression:
    """Return what ending the old contract costs: its terms together, at most the cap."""
    if plan.leaving is None:
        return _term(TerminationTerm(TerminationKind.RENTAL), cells, rental)
    total = number(0)
    for term in plan.leaving.terms:
        total = total + _term(term, cells, rental)
    return total if plan.leaving.cap_nano is None else smallest(total, plan.leaving.cap_nano / NANO)


def _term(term: TerminationTerm, cells: PartCells, rental: Expression) -> Expression:
    left, amount = cells("contract_months_left"), term.amount_nano / NANO
    share = cells("termination_share") if term.share is None else number(term.share)
    match term.kind:
        case TerminationKind.RENTAL:
            owed = rental * left * share
        case TerminationKind.COMMITMENT:
            owed = left * amount * share
        case TerminationKind.DECLINING:
            own: Expression | float = 0.0
            for months, rate in sorted(term.steps):
                own = either(number(months) <= left, rate, own)
            owed = rental * left * own
        case TerminationKind.FIXED:
            owed = either(number(0) < left, amount * term.pieces, 0.0)
        case TerminationKind.FALLING:
            served = largest(0.0, number(term.months) - left)
            owed = either(number(0) < left, largest(0.0, number(amount) - served * (term.less_nano / NANO)) * term.pieces, 0.0)
        case TerminationKind.NOTICE:
            owed = largest(0.0, number(term.months) - cells("overlap_weeks") / WEEKS_PER_MONTH) * rental
        case TerminationKind.REPAYMENT:
            owed = smallest(1.0, left / term.months) * amount
    return owed


def _exit(plan: OptionPlan, cells: PartCells, lines: LinePlaces) -> Recipe:
    """Return what is still owed, in the horizon's month, of a new contract that goes on past it."""
    horizon, share = cells("horizon_months"), cells("exit_share")
    left = largest(0.0, cells("term_months") - horizon)
    bound = [item.line_id for item in plan.items if item.fixed_in_term]

    def paid(month: int) -> Expression | float:
        if not month or not bound:
            return 0.0
        monthly = number(0)
        for line in bound:
            monthly = monthly + lines.cell(line, month)
        return either(horizon.equals(month), monthly * left * share, 0.0)

    return paid
