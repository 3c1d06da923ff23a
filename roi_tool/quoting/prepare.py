"""Prepares a case: reads the baseline, rates the calls under every option's tariff, finds every driver's base. Once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from roi_tool.cdr import Bill
from roi_tool.costing.leaving import TerminationTerms
from roi_tool.pricebook import PriceBook, SipWay
from roi_tool.problems import Problem, ProblemError
from roi_tool.quoting.base_scenario import base_scenario, check_facts
from roi_tool.quoting.call_costs import minutes_by_key, usage_under_tariff
from roi_tool.quoting.case import Case, Customer, DriverFact, ExchangeRate, Quantity, SitePart
from roi_tool.quoting.coverage import missing_costs
from roi_tool.quoting.currency import in_currency
from roi_tool.quoting.evidence import EvidenceList
from roi_tool.quoting.known_bases import Measured, known_bases
from roi_tool.quoting.mix import MIX, check_mix, mix_plan
from roi_tool.quoting.other_costs import OtherCost, check_other_costs, planned_costs
from roi_tool.quoting.plan import OptionPlan, computed_once
from roi_tool.quoting.planning import STAY, check_book_drivers, offer_plan, planned_taxes, stay_plan
from roi_tool.quoting.quantities import with_quantities
from roi_tool.quoting.today import Tariffs, read_today
from roi_tool.quoting.usage_problems import usage_problems


def prepare_case(
    customer: Customer,
    bills: Sequence[Bill],
    price_book: PriceBook,
    *,
    facts: Mapping[str, DriverFact] | None = None,
    sip_way: SipWay | None = None,
    mix: Sequence[SitePart] = (),
    exchange: Sequence[ExchangeRate] = (),
    other_costs: Sequence[OtherCost] = (),
    quantities: Sequence[Quantity] = (),
    leaving: TerminationTerms | None = None,
) -> Case:
    """Prepare a comparison. This is the slow part (every call is rated under every tariff); `compare` is the fast one.

    Args:
        customer: only the name is needed.
        bills: as read; of one currency. None: a typical customer's calls stand in, and say so.
        price_book: the operator's offer.
        facts: what is known of drivers, by id; it replaces bills, prices and defaults.
        sip_way: in which of the three ways SIP trunk is sold to this customer; None is the book's first.
        mix: site by site the option it moves to: compared as one more option, `mix`.
        exchange: rates for bills in other currencies than the book's; without one they are refused.
        other_costs: what this customer pays besides, under the options that each names.
        quantities: how many of a product he takes, where it differs from the book's usual.
        leaving: what the old contract asks for when it is ended early.

    Raises:
        ProblemError: negative seats, currencies mixed, a bill in another currency than the book's, an unknown driver.
    """
    from roi_tool.traffic import measure_traffic

    facts = dict(facts or {})
    _check_request(customer)
    check_facts(facts)
    check_book_drivers(price_book)
    bills, converted = in_currency(bills, price_book.currency, exchange)
    evidence = EvidenceList()
    tariffs = Tariffs(price_book)
    offers = with_quantities(price_book, price_book.offers_sold(sip_way), quantities)
    today = read_today(customer, bills, tariffs, evidence, facts)
    traffic = measure_traffic(today.calls) if len(today.calls) and not today.calls_typical else None
    # A mix names at least as many sites as there are.
    located = replace(customer, sites=max(customer.sites, len(mix)))
    minutes = minutes_by_key(today.calls, today.baseline.months)
    measured = Measured(located, today, minutes, None if traffic is None else int(traffic.sizing.channels), offers)
    scenario = base_scenario(known_bases(measured, facts, price_book), facts, price_book, evidence)
    taxes = planned_taxes(price_book, evidence, recovers_vat=customer.recovers_vat)
    plans = {STAY: stay_plan(today.usage, minutes, today.usage_mark, taxes)}
    for offer in offers:
        usage = usage_under_tariff(today.calls, tariffs.compiled(offer.tariff), offer.tariff, today.baseline.months)
        plans[offer.option] = offer_plan(
            offer, price_book, usage, minutes, evidence, taxes=taxes, quantities=quantities, leaving=leaving
        )
    if mix:
        sold = {offer.option: offer for offer in offers}
        check_mix(mix, int(scenario["seats"]), sold, today)
        plans[MIX] = mix_plan(mix, sold, today, tariffs, evidence, taxes=taxes, quantities=quantities, leaving=leaving)
    usages = {name: plan.usage for name, plan in plans.items()}
    case = Case(
        customer=customer,
        bills=today.bills,
        calls=today.calls,
        price_book=price_book,
        traffic=traffic,
        usages=usages,
        scenario=scenario,
        plans=computed_once(with_other_costs(plans, other_costs, evidence)),
        evidence=evidence.by_id(),
        problems=(*converted, *today.problems, *usage_problems(usages, price_book, today.baseline)),
        calls_typical=today.calls_typical,
        facts=facts,
        sip_way=sip_way,
        mix=tuple(mix),
        exchange=tuple(exchange),
        other_costs=tuple(other_costs),
        quantities=tuple(quantities),
        leaving=leaving,
    )
    return replace(case, problems=(*case.problems, *missing_costs(case)))


def with_other_costs(
    plans: Mapping[str, OptionPlan], costs: Sequence[OtherCost], evidence: EvidenceList
) -> dict[str, OptionPlan]:
    """Return the plans with the stated costs that each bears."""
    check_other_costs(costs, tuple(plans))
    return {name: replace(plan, others=planned_costs(costs, name, evidence)) for name, plan in plans.items()}


def prepare_again(case: Case, *, customer: Customer | None = None, bills: Sequence[Bill] | None = None) -> Case:
    """Prepare a case anew with another customer or other bills; what else was known of it is kept."""
    return prepare_case(
        case.customer if customer is None else customer,
        case.bills if bills is None else bills,
        case.price_book,
        facts=case.facts,
        sip_way=case.sip_way,
        mix=case.mix,
        exchange=case.exchange,
        other_costs=case.other_costs,
        quantities=case.quantities,
        leaving=case.leaving,
    )


def _check_request(customer: Customer) -> None:
    if not customer.name.strip():
        raise ProblemError(Problem("customer_nameless"))
    if customer.seats is not None and customer.seats < 1:
        raise ProblemError(Problem("seats_impossible", detail={"seats": str(customer.seats)}))
