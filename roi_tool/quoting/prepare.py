"""Prepares a case: reads the baseline, rates the calls under every option's tariff, finds every driver's base. Once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from roi_tool.cdr import Bill, concatenate_calls
from roi_tool.costing.line import Confidence, Evidence
from roi_tool.pricebook import PriceBook
from roi_tool.problems import Problem, ProblemError, Severity
from roi_tool.quoting.base_scenario import base_scenario
from roi_tool.quoting.baseline import Baseline, read_baseline
from roi_tool.quoting.call_costs import minutes_by_key, usage_on_bills, usage_under_tariff
from roi_tool.quoting.case import Case, Customer, DriverFact
from roi_tool.quoting.comparison import UsageResult
from roi_tool.quoting.evidence import EvidenceList
from roi_tool.quoting.known_bases import Measured, known_bases
from roi_tool.quoting.planning import STAY, offer_plan, stay_plan


def prepare_case(
    customer: Customer,
    bills: Sequence[Bill],
    price_book: PriceBook,
    *,
    facts: Mapping[str, DriverFact] | None = None,
) -> Case:
    """Prepare a comparison. This is the slow part (every call is rated under every tariff); `compare` is the fast one.

    Args:
        customer: only the name is needed.
        bills: as read; of one currency. None: a typical customer's calls stand in, and say so.
        price_book: the operator's offer.
        facts: what is known of drivers, by id; it replaces bills, prices and defaults.

    Raises:
        ProblemError: negative seats, currencies mixed, a bill in another currency than the book's, an unknown driver.
    """
    from roi_tool.rating import compile_tariff
    from roi_tool.traffic import measure_traffic

    facts = dict(facts or {})
    _check_request(customer, bills, price_book)
    ordered = tuple(sorted(bills, key=lambda bill: (bill.period_start is None, str(bill.period_start))))
    evidence = EvidenceList()
    calls = concatenate_calls([bill.calls for bill in ordered])
    baseline = read_baseline(ordered, calls, price_book.currency)
    problems = list(baseline.problems)
    traffic = measure_traffic(calls) if len(calls) else None
    usages = {STAY: usage_on_bills(calls, baseline)}
    compiled: dict[str, Any] = {}
    for offer in price_book.offers:
        if offer.tariff not in compiled:
            compiled[offer.tariff] = compile_tariff(price_book.tariffs[offer.tariff])
        usages[offer.option] = usage_under_tariff(calls, compiled[offer.tariff], offer.tariff, baseline.months)
    problems += _unrated(usages)
    minutes = minutes_by_key(calls, baseline.months)
    mark = _bill_mark(baseline, ordered, evidence)
    measured = Measured(customer, baseline, calls, minutes, channels_needed(traffic), mark)
    scenario = base_scenario(known_bases(measured, facts, price_book, evidence), facts, price_book, evidence)
    plans = {STAY: stay_plan(usages[STAY], minutes, mark)}
    for offer in price_book.offers:
        plans[offer.option] = offer_plan(offer, price_book, usages[offer.option], minutes, evidence)
    return Case(
        customer=customer,
        bills=ordered,
        calls=calls,
        price_book=price_book,
        traffic=traffic,
        usages=usages,
        scenario=scenario,
        plans=plans,
        evidence=evidence.by_id(),
        problems=tuple(problems),
        facts=facts,
    )


def _check_request(customer: Customer, bills: Sequence[Bill], book: PriceBook) -> None:
    if not customer.name.strip():
        raise ProblemError(Problem("customer_nameless"))
    if customer.seats is not None and customer.seats < 1:
        raise ProblemError(Problem("seats_impossible", detail={"seats": str(customer.seats)}))
    currencies = {bill.currency or bill.calls.currency for bill in bills} - {""}
    if currencies - {book.currency}:
        detail = {"bills": ", ".join(sorted(currencies)), "book": book.currency}
        raise ProblemError(Problem("currencies_differ", detail=detail))


def _unrated(usages: Mapping[str, UsageResult]) -> list[Problem]:
    return [
        Problem(
            "calls_unrated",
            Severity.WARNING,
            detail={"count": str(usage.unrated), "calls": str(usage.calls), "tariff": usage.tariff_id},
        )
        for usage in {usage.tariff_id: usage for usage in usages.values()}.values()
        if usage.unrated
    ]


def _bill_mark(baseline: Baseline, bills: Sequence[Bill], evidence: EvidenceList) -> Evidence:
    if not bills:
        return evidence.mark(Confidence.DEFAULT, "no bills")
    names = [bill.files[0].path.replace("\\", "/").rsplit("/", 1)[-1] for bill in bills if bill.files]
    source = ", ".join(names) if names else f"{len(bills)} bills"
    return evidence.mark(Confidence.BILL, source, baseline.period_end)


def channels_needed(traffic: Any) -> int | None:
    """Return the channels that the measured traffic needs, or None without traffic."""
    return None if traffic is None else int(traffic.sizing.channels)
