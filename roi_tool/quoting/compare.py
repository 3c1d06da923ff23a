"""The comparison: a pure function of (case, scenario), fast enough to follow a slider."""

from __future__ import annotations

from roi_tool.quoting.case import Case
from roi_tool.quoting.comparison import Comparison
from roi_tool.quoting.crossing import find_crossovers
from roi_tool.quoting.findings import comparison_findings
from roi_tool.quoting.results import option_results
from roi_tool.quoting.scenario import Scenario
from roi_tool.quoting.sensitivity import tornado as swings


def compare(case: Case, scenario: Scenario, *, tornado: bool = True) -> Comparison:
    """Compare all options over the scenario's horizon.

    Args:
        case: prepared once by `prepare_case`.
        scenario: made from `case.scenario` by `with_value`.
        tornado: also move each driver to both ends of its range (some thirty further evaluations of two options); without
            it `Comparison.tornado` is empty, and `tornado(case, scenario)` gives it apart.
    """
    options = option_results(case, scenario)
    best = min(options, key=lambda option: option.npv_cost).id
    return Comparison(
        currency=case.price_book.currency,
        tax_included=not case.customer.recovers_vat,
        scenario=scenario,
        horizon_months=int(scenario["horizon_months"]),
        discount_rate=scenario["discount_rate"],
        options=options,
        crossovers=find_crossovers(options),
        best=best,
        tornado=swings(case, scenario, best) if tornado else (),
        evidence=case.evidence,
        problems=(*case.problems, *comparison_findings(case, scenario, options, best)),
    )
