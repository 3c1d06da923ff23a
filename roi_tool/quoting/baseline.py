"""Today, as the bills tell it: how many months they cover, what they charge for calls and for everything else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from roi_tool.cdr import Bill, CallTable, ChargeKind
from roi_tool.cdr.covered_months import accounts_covered, merged_spans, months_counted, months_covered, span_of_bill
from roi_tool.money import Rounding, round_ratio
from roi_tool.problems import Problem, Severity

_GOES_ON = re.compile(
    r"\b(broadband|internet|fib(re|er)|fttp|fttc|sogea|a?dsl|ethernet|leased line|wan|sd-wan|router|wi-?fi|hosting|domain"
    r"|data plan|mobile (plan|contract|subscription)|sim card|glasfaser|mietleitung|mobilfunkvertrag|fibre optique"
    r"|acc[eè]s internet)\b|宽带|互联网|专线|流量包",
    re.IGNORECASE,
)
"""Charges for something else than telephony, by the words that carriers use for it."""
_RENTAL_KINDS = (ChargeKind.RECURRING, ChargeKind.FEE, ChargeKind.DISCOUNT, ChargeKind.CREDIT)


@dataclass(frozen=True, slots=True)
class Baseline:
    """What the bills charge over `months` months, excluding taxes and single charges.

    `calls_nano` are the itemised calls and `summary_nano` the calls that are only summed up; `rental_nano` is the rest.
    `calls_priced` says whether any call carries a charge. `going_on_nano` is the part of the rental that is for something
    else than telephony (internet access, mobile contracts) and goes on under every option.
    """

    months: int | Fraction
    """Whole where the bills cover whole months or nearly so; a part of a month counts as the share of its days."""
    calls_nano: int
    summary_nano: int
    rental_nano: int
    going_on_nano: int
    calls_priced: bool
    period_start: date | None
    period_end: date | None
    problems: tuple[Problem, ...]


def read_baseline(bills: Sequence[Bill], calls: CallTable, *, vat_rate: Decimal) -> Baseline:
    """Add up the bills, excluding taxes: VAT at `vat_rate` is taken out of amounts that include it, and that is said."""
    problems: list[Problem] = []
    spans = merged_spans([span for bill in bills if (span := span_of_bill(bill)) is not None])
    counted = months_counted(months_covered(spans)) or Fraction(1)
    months = int(counted) if counted.denominator == 1 else counted
    for (_, ended), (begun, _) in pairwise(spans):
        if (begun - ended).days > 3:
            detail = {"start": ended.isoformat(), "end": begun.isoformat()}
            problems.append(Problem("bills_month_missing", Severity.WARNING, detail=detail))
    if counted.denominator > 1:
        days = sum((end - start).days for start, end in spans)
        detail = {"days": str(days), "months": f"{float(counted):.2f}"}
        problems.append(Problem("bills_odd_period", Severity.WARNING, detail=detail))
    problems += _uneven(bills, counted)
    included = bool(calls.tax_included)
    problems += _unreconciled(bills)
    if included or any(charge.tax_included for bill in bills for charge in bill.charges):
        problems.append(Problem("vat_taken_out", Severity.INFO, detail={"rate": f"{vat_rate * 100:g}"}))
    going_on = _net_charges(bills, _RENTAL_KINDS, included, vat_rate, only=_GOES_ON)
    if going_on > 0:
        problems.append(Problem("rental_goes_on", Severity.INFO, detail={"amount": f"{float(going_on / counted) / 1e9:.2f}"}))
    return Baseline(
        months,
        _net(int(calls.frame["charge_nano"].sum()), included, vat_rate),
        _net_charges(bills, (ChargeKind.USAGE_SUMMARY,), included, vat_rate),
        _net_charges(bills, _RENTAL_KINDS, included, vat_rate),
        going_on,
        bool(calls.frame["charge_nano"].notna().any()),
        spans[0][0] if spans else None,
        spans[-1][1] if spans else None,
        tuple(problems),
    )


def _uneven(bills: Sequence[Bill], counted: Fraction) -> list[Problem]:
    """Say which carrier's bills cover fewer months than all bills together: over all months its cost is too low.

    One that goes on where another ends is no such case: the customer went from the one to the other.
    """
    accounts = accounts_covered(bills)
    months = Counter(month.named for account in accounts for month in account.months if month.days_covered)
    return [
        Problem(
            "bills_uneven",
            Severity.WARNING,
            detail={
                "bills": account.name,
                "own": f"{float(account.months_counted):.4g}",
                "months": f"{float(counted):.4g}",
            },
        )
        for account in accounts
        if counted - account.months_counted > Fraction(1, 5) and any(months[month.named] > 1 for month in account.months)
    ]


def _unreconciled(bills: Sequence[Bill]) -> list[Problem]:
    problems = []
    for number, bill in enumerate(bills, start=1):
        difference = bill.reconciliation.difference_nano
        if difference:
            name = bill.files[0].path if bill.files else f"bill {number}"
            detail = {"bill": name.replace("\\", "/").rsplit("/", 1)[-1], "difference": f"{difference / 1e9:.2f}"}
            problems.append(Problem("bill_unreconciled", Severity.WARNING, detail=detail))
    return problems


def _net(amount_nano: int, tax_included: bool, vat_rate: Decimal) -> int:
    """Return an amount without VAT, half up."""
    if not tax_included:
        return amount_nano
    numerator, denominator = (1 + vat_rate).as_integer_ratio()
    return round_ratio(amount_nano * denominator, numerator, Rounding.HALF_UP)


def _net_charges(
    bills: Sequence[Bill],
    kinds: tuple[ChargeKind, ...],
    calls_included: bool,
    vat_rate: Decimal,
    *,
    only: re.Pattern[str] | None = None,
) -> int:
    return sum(
        _net(charge.amount_nano, calls_included if charge.tax_included is None else charge.tax_included, vat_rate)
        for bill in bills
        for charge in bill.charges
        if charge.kind in kinds and (only is None or only.search(charge.description))
    )
