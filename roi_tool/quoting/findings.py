"""What must be said beside the figures of one scenario."""

from __future__ import annotations

from collections.abc import Sequence

from roi_tool.problems import Problem, Severity
from roi_tool.quoting.case import Case
from roi_tool.quoting.comparison import OptionResult
from roi_tool.quoting.inputs import Inputs
from roi_tool.quoting.scenario import Scenario


def comparison_findings(
    case: Case, scenario: Scenario, inputs: Inputs, options: Sequence[OptionResult], best: str
) -> tuple[Problem, ...]:
    """Return the findings: soft savings counted, and staying being the cheapest."""
    problems = []
    if inputs.value["soft_time_saved"] > 0:
        detail = {"share": f"{inputs.value['soft_time_saved'] * 100:g}"}
        problems.append(Problem("soft_savings_counted", Severity.INFO, detail=detail))
    if best == "stay":
        problems.append(Problem("staying_is_cheapest", Severity.INFO))
    return tuple(problems)
