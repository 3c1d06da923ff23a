"""Today, as the bills tell it: how many months they cover, what they charge for calls and for everything else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from roi_tool.cdr import Bill, CallTable, ChargeKind
from roi_tool.problems import Problem, Severity

DAYS_PER_MONTH = 365.25 / 12
_RENTAL_KINDS = (ChargeKind.RECURRING, ChargeKind.FEE, ChargeKind.DISCOUNT, ChargeKind.CREDIT)


@dataclass(frozen=True, slots=True)
class Baseline:
    """What the bills charge over `months` months, excluding taxes and single charges.

    `calls_nano` are the itemised calls and `summary_nano` the calls that are only summed up; `rental_nano` is the rest.
    """

    months: int
    calls_nano: int
    summary_nano: int
    rental_nano: int
    period_start: date | None
    period_end: date | None
    problems: tuple[Problem, ...]


def read_baseline(bills: Sequence[Bill], calls: CallTable, currency: str) -> Baseline:
    """Add up the bills."""
    problems: list[Problem] = []
    spans = _spans(bills, calls)
    days = sum((end - start).days for start, end in spans)
    months = max(1, round(days / DAYS_PER_MONTH))
    for (_, ended), (begun, _) in pairwise(spans):
        if (begun - ended).days > 3:
            detail = {"start": ended.isoformat(), "end": begun.isoformat()}
            problems.append(Problem("bills_month_missing", Severity.WARNING, detail=detail))
    if bills and abs(days / DAYS_PER_MONTH - months) > 0.2:
        detail = {"days": str(days), "months": str(months)}
        problems.append(Problem("bills_odd_period", Severity.WARNING, detail=detail))
    charges = [charge for bill in bills for charge in bill.charges]
    problems += _unreconciled(bills)
    return Baseline(
        months,
        int(calls.frame["charge_nano"].sum()),
        sum(charge.amount_nano for charge in charges if charge.kind is ChargeKind.USAGE_SUMMARY),
        sum(charge.amount_nano for charge in charges if charge.kind in _RENTAL_KINDS),
        spans[0][0] if spans else None,
        spans[-1][1] if spans else None,
        tuple(problems),
    )


def _spans(bills: Sequence[Bill], calls: CallTable) -> list[tuple[date, date]]:
    """Return the covered spans of days, half-open, merged and in order."""
    spans = sorted(span for bill in bills if (span := _span(bill)) is not None)
    if not spans and len(calls):
        spans = [_span_of_calls(calls)]
    merged: list[tuple[date, date]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _span(bill: Bill) -> tuple[date, date] | None:
    if bill.period_start and bill.period_end and bill.period_start < bill.period_end:
        return bill.period_start, bill.period_end
    return _span_of_calls(bill.calls) if len(bill.calls) else None


def _span_of_calls(calls: CallTable) -> tuple[date, date]:
    """Return the calendar months that the calls touch, in the account's zone."""
    local = calls.frame["start"].dt.tz_convert(calls.timezone)
    first, last = local.min().date(), local.max().date()
    after = (last.replace(day=1) + timedelta(days=32)).replace(day=1)
    return first.replace(day=1), after


def _unreconciled(bills: Sequence[Bill]) -> list[Problem]:
    problems = []
    for number, bill in enumerate(bills, start=1):
        difference = bill.reconciliation.difference_nano
        if difference:
            name = bill.files[0].path if bill.files else f"bill {number}"
            detail = {"bill": name.replace("\\", "/").rsplit("/", 1)[-1], "difference": f"{difference / 1e9:.2f}"}
            problems.append(Problem("bill_unreconciled", Severity.WARNING, detail=detail))
    return problems
