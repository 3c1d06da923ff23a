"""What `compare --json` says besides amounts: answers to the catalogue of costs, prices that change, what leaving costs."""

from __future__ import annotations

from typing import Any

from roi_tool.money import from_nano
from roi_tool.quoting import Case, Comparison, find_coverage, price_steps, take_inputs, what_is_owed
from roi_tool.wording import Wording


def catalogue_json(case: Case, comparison: Comparison, words: Wording) -> dict[str, dict[str, Any]]:
    """Return option → item → how it is answered: by which lines, in whose price, or why it does not arise."""
    coverage = find_coverage(case, {option.id: option.lines for option in comparison.options})
    return {
        option: {
            str(item): {"how": answer.how.value, "lines": list(answer.lines), "said": words.label(answer.said)}
            for item, answer in answers.items()
        }
        for option, answers in coverage.items()
    }


def conditions_json(case: Case, comparison: Comparison) -> dict[str, dict[str, Any]]:
    """Return option → its prices that change by contract, and each part of what ending the old contract costs."""
    inputs = take_inputs(comparison.scenario)
    found = {}
    for option in comparison.options:
        plan = case.plans[option.id]
        steps = price_steps(case, comparison.scenario, option.id)
        parts = () if plan.stays or plan.parts else what_is_owed(plan, inputs)
        found[option.id] = {
            "prices_that_change": [
                {
                    "line": step.line_id,
                    "free_months": step.free_months,
                    "in_term": from_nano(step.term_nano),
                    "renewal": from_nano(step.renewal_nano),
                    "renewal_from_month": step.renewal_from,
                    "rises_from_month": step.rises_from,
                    "rise": step.rise,
                }
                for step in steps
            ],
            "termination": [
                {
                    "kind": part.term.kind.value,
                    "share": part.share,
                    "months": part.months,
                    "amount": from_nano(round(part.amount_nano)),
                }
                for part in parts
            ],
        }
    return found
