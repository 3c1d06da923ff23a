"""What must be said beside the figures of one scenario, whether it helps the sale or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import numpy as np

from roi_tool.pricebook import SERVICES
from roi_tool.problems import Problem, Severity
from roi_tool.quoting.case import Case
from roi_tool.quoting.comparison import OptionResult
from roi_tool.quoting.plan import OptionPlan
from roi_tool.quoting.planning import STAY
from roi_tool.quoting.scenario import Scenario

_SERVICES = frozenset(str(service) for service in SERVICES)
MONTHS_PAST = 24
"""A ranking that flips so soon after the horizon is reported too."""


def comparison_findings(case: Case, scenario: Scenario, options: Sequence[OptionResult], best: str) -> tuple[Problem, ...]:
    """Return the findings: soft savings counted, a lead that changes, too few channels, products that end, …"""
    return (
        *_counted_softly(scenario),
        *_staying(best),
        *_lead_changes(options),
        *_lead_changes_later(options, best),
        *_channels(case, scenario),
        *_withdrawn(case),
        *_unequal_scope(case, options),
        *_term_goes_on(case, scenario),
    )


def _counted_softly(scenario: Scenario) -> Iterator[Problem]:
    share = scenario["soft_time_saved"]
    if share > 0:
        yield Problem("soft_savings_counted", Severity.INFO, detail={"share": _plain(share * 100)})


def _staying(best: str) -> Iterator[Problem]:
    if best == STAY:
        yield Problem("staying_is_cheapest", Severity.INFO)


def _lead_changes(options: Sequence[OptionResult]) -> Iterator[Problem]:
    """Say each month in which another option takes the lead in what has been paid so far."""
    running = np.stack([option.cumulative_nano for option in options])
    leaders = running[:, 1:].argmin(axis=0)
    changes = np.flatnonzero(np.diff(leaders)) + 1
    for place in changes.tolist():
        before, after = options[int(leaders[place - 1])].id, options[int(leaders[place])].id
        if before == STAY:
            continue  # that is the payback, printed with every option
        detail = {"a": f"option.{before}", "b": f"option.{after}", "month": str(place + 1)}
        yield Problem("lead_changes", Severity.INFO, detail=detail)


def _lead_changes_later(options: Sequence[OptionResult], best: str) -> Iterator[Problem]:
    """Say where another option would overtake the best within two years past the horizon, at the last year's pace."""
    chosen = next(option for option in options if option.id == best)
    horizon = len(chosen.monthly_nano) - 1
    months = min(12, horizon)
    for option in options:
        gap = option.total_nano - chosen.total_nano
        steady = _pace(chosen, months) - _pace(option, months)
        if option.id != best and gap >= 0 and steady > 0 and gap / steady <= MONTHS_PAST:
            month = horizon + int(gap // steady) + 1
            detail = {"a": f"option.{best}", "b": f"option.{option.id}", "month": str(month), "horizon": str(horizon)}
            yield Problem("lead_changes_later", Severity.INFO, detail=detail)


def _pace(option: OptionResult, months: int) -> float:
    """Return what an ordinary one of the last months costs: their median, so that a single payment does not count."""
    return float(np.median(option.monthly_nano[-months:]))


def _channels(case: Case, scenario: Scenario) -> Iterator[Problem]:
    if case.traffic is None:
        return
    minutes = scenario.driver("outbound_minutes")
    needed = int(case.traffic.sizing.channels * (minutes.value / minutes.base if minutes.base else 1))
    if scenario["channels"] < needed:
        detail = {"channels": _plain(scenario["channels"]), "needed": str(needed)}
        yield Problem("channels_too_few", Severity.WARNING, detail=detail)


def _withdrawn(case: Case) -> Iterator[Problem]:
    used = {item.sku for offer in case.price_book.offers_sold(case.sip_way) for item in offer.items}
    for product in case.price_book.products:
        if product.ends_on is not None and product.sku in used:
            detail = {"product": product.name, "day": product.ends_on.isoformat(), "note": product.note}
            yield Problem("product_withdrawn", Severity.INFO, detail=detail)


def _unequal_scope(case: Case, options: Sequence[OptionResult]) -> Iterator[Problem]:
    """Say what one option includes and another leaves to the customer."""
    if case.sip_way == "own_bandwidth":
        yield Problem("scope_own_bandwidth", Severity.WARNING)
    having = {option.id: _services(case.plans[option.id], option) for option in options}
    for service in SERVICES:
        those = [name for name, services in having.items() if str(service) in services]
        others = [name for name in having if name not in those]
        if those and others:
            detail = {"item": f"item.{service}", "those": _named(those), "others": _named(others)}
            yield Problem("scope_unequal", Severity.WARNING, detail=detail)


def _services(plan: OptionPlan, option: OptionResult) -> set[str]:
    """Return the services that an option has, paid for by a line or in a product's price; of a mix those of every site."""
    paying = [line for line in option.lines if not _SERVICES.isdisjoint(line.answers) and line.total_nano]
    sites = [(part.plan, f"{part.plan.id}.") for part in plan.parts]
    others = [line for line in paying if not any(line.id.startswith(prefix) for _, prefix in sites)]
    had = []
    for one, prefix in sites or [(plan, "")]:
        own = [line for line in paying if prefix and line.id.startswith(prefix)]
        included = {item for planned in one.items for item in planned.includes} | set(one.pbx_includes)
        had.append({str(item) for line in (*own, *others) for item in line.answers} | {str(item) for item in included})
    return set.intersection(*had) & _SERVICES


def _named(options: Sequence[str]) -> str:
    return ", ".join(f"option.{name}" for name in options)


def _term_goes_on(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Say that a new contract binds for longer than is compared."""
    months = scenario["term_months"] - scenario["horizon_months"]
    bound = any(item.fixed_in_term for plan in case.plans.values() for item in plan.items)
    if months > 0 and bound:
        detail = {"term": _plain(scenario["term_months"]), "months": _plain(months)}
        yield Problem("term_goes_on", Severity.INFO, detail=detail)


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")
