"""Today as far as it is known: the bills' calls and charges, or what stands in for them, each stand-in said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from roi_tool.cdr import Bill, CallTable, concatenate_calls
from roi_tool.costing.line import Confidence, Evidence
from roi_tool.pricebook import PriceBook
from roi_tool.problems import Problem, Severity
from roi_tool.quoting.baseline import Baseline, read_baseline
from roi_tool.quoting.call_costs import SUMMARY, usage_on_bills, usage_under_tariff
from roi_tool.quoting.case import Customer, DriverFact
from roi_tool.quoting.comparison import UsageResult
from roi_tool.quoting.evidence import EvidenceList
from roi_tool.quoting.typical_calls import typical_calls

if TYPE_CHECKING:
    from roi_tool.rating import CompiledTariff


class Tariffs:
    """The book's tariffs, compiled once each, when first asked for."""

    def __init__(self, book: PriceBook) -> None:
        self.book = book
        self._compiled: dict[str, CompiledTariff] = {}

    def compiled(self, tariff_id: str) -> CompiledTariff:
        """Return a tariff ready to rate (`ProblemError` where its rules contradict each other)."""
        from roi_tool.rating import compile_tariff

        if tariff_id not in self._compiled:
            self._compiled[tariff_id] = compile_tariff(self.book.tariffs[tariff_id])
        return self._compiled[tariff_id]


@dataclass(frozen=True)
class Today:
    """What the customer pays now. `usage_mark` is where the cost of the calls comes from, `bill_mark` where the rest does."""

    bills: tuple[Bill, ...]
    calls: CallTable
    calls_typical: bool
    baseline: Baseline
    usage: UsageResult
    usage_mark: Evidence
    bill_mark: Evidence
    problems: tuple[Problem, ...]


def read_today(
    customer: Customer,
    bills: Sequence[Bill],
    tariffs: Tariffs,
    evidence: EvidenceList,
    facts: Mapping[str, DriverFact],
) -> Today:
    """Read the bills; where they have no calls or no prices, let typical calls or the book's stand-in tariff stand in."""
    book = tariffs.book
    given = sorted(bills, key=lambda bill: (bill.period_start is None, str(bill.period_start)))
    ordered, twice = _each_once(given)
    calls = concatenate_calls([bill.calls for bill in ordered])
    baseline = read_baseline(ordered, calls, vat_rate=book.vat_rate)
    problems = [*twice, *baseline.problems]
    mark = _bill_mark(baseline, ordered, evidence)
    typical = not len(calls)
    if typical:
        seats = int(facts["seats"].value) if "seats" in facts else customer.seats or int(book.assumption("seats").value)
        calls = typical_calls(book, seats)
        code = "calls_not_itemised" if ordered else "calls_typical"
        problems.append(Problem(code, Severity.WARNING, detail={"seats": str(seats)}))
    usage, usage_mark = usage_on_bills(calls, baseline), mark
    if typical and baseline.summary_nano:
        usage = replace(usage, by_class_nano={SUMMARY: baseline.summary_nano})
    elif not baseline.calls_priced and not baseline.summary_nano:
        usage = usage_under_tariff(calls, tariffs.compiled(book.today_tariff), book.today_tariff, baseline.months)
        usage_mark = evidence.mark(Confidence.DEFAULT, f"{book.id} {book.version}: tariff {book.today_tariff}", book.valid_from)
        if not typical:
            problems.append(Problem("calls_unpriced", Severity.WARNING, detail={"tariff": book.today_tariff}))
    if ordered and not baseline.rental_nano:
        problems.append(Problem("rental_unknown", Severity.WARNING))
    return Today(ordered, calls, typical, baseline, usage, usage_mark, mark, tuple(problems))


def _each_once(bills: Sequence[Bill]) -> tuple[tuple[Bill, ...], list[Problem]]:
    """Leave out a bill that was given before under whatever name: same period, same calls, same charges."""
    kept: list[Bill] = []
    problems = []
    for bill in bills:
        same = next((other for other in kept if _same(bill, other)), None)
        if same is None:
            kept.append(bill)
        else:
            problems.append(Problem("bill_twice", Severity.WARNING, detail={"bill": _name(bill), "other": _name(same)}))
    return tuple(kept), problems


def _same(bill: Bill, other: Bill) -> bool:
    if (bill.period_start, bill.period_end, len(bill.calls)) != (other.period_start, other.period_end, len(other.calls)):
        return False
    charges, others = ([(item.description, item.amount_nano) for item in one.charges] for one in (bill, other))
    frame, against = bill.calls.frame, other.calls.frame
    if charges != others or not (len(frame) or charges):
        return False
    return all(frame[name].equals(against[name]) for name in ("duration_ms", "start", "called", "caller"))


def _name(bill: Bill) -> str:
    return bill.files[0].path.replace("\\", "/").rsplit("/", 1)[-1] if bill.files else "–"


def _bill_mark(baseline: Baseline, bills: Sequence[Bill], evidence: EvidenceList) -> Evidence:
    if not bills:
        return evidence.mark(Confidence.DEFAULT, "source.typical")
    names = [_name(bill) for bill in bills if bill.files]
    source = ", ".join(names) if names else f"{len(bills)} bills"
    return evidence.mark(Confidence.BILL, source, baseline.period_end)
