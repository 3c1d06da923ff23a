"""Bills in another currency than the price book's, converted at a rate with a date and a source, never silently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from roi_tool.cdr import Bill
from roi_tool.money import Rounding, round_ratio
from roi_tool.problems import Problem, ProblemError, Severity
from roi_tool.quoting.case import ExchangeRate

CONVERTED = "currency_converted"


def in_currency(
    bills: Sequence[Bill], currency: str, rates: Sequence[ExchangeRate]
) -> tuple[tuple[Bill, ...], tuple[Problem, ...]]:
    """Return the bills in one currency, and what was converted how.

    Raises:
        ProblemError: a bill in a currency without a rate (`currencies_differ`), a rate that is none (`exchange_rate`).
    """
    known = {rate.currency: rate for rate in rates}
    for rate in rates:
        if not 0 < rate.rate < 10**6:
            raise ProblemError(Problem("exchange_rate", detail={"currency": rate.currency, "rate": str(rate.rate)}))
    found = {bill.currency or bill.calls.currency for bill in bills} - {"", currency}
    if found - set(known):
        detail = {"bills": ", ".join(sorted(found)), "book": currency}
        raise ProblemError(Problem("currencies_differ", detail=detail))
    converted = tuple(_converted(bill, currency, known) for bill in bills)
    # Kept with the bill, so that a quote that is opened again says it too.
    said = [problem for bill in converted for problem in bill.problems if problem.code == CONVERTED]
    return converted, tuple(problem for place, problem in enumerate(said) if problem not in said[:place])


def _words(rate: ExchangeRate, currency: str) -> Problem:
    detail = {
        "from": rate.currency,
        "to": currency,
        "rate": format(rate.rate, "f"),
        "day": rate.as_of.isoformat(),
        "source": rate.source,
    }
    return Problem(CONVERTED, Severity.INFO, detail=detail)


def _converted(bill: Bill, currency: str, rates: dict[str, ExchangeRate]) -> Bill:
    own = bill.currency or bill.calls.currency
    if own in ("", currency):
        return bill
    numerator, denominator = rates[own].rate.as_integer_ratio()

    def nano(amount: int) -> int:
        return round_ratio(amount * numerator, denominator, Rounding.HALF_UP)

    frame = bill.calls.frame
    charges = [None if pd.isna(amount) else nano(int(amount)) for amount in frame["charge_nano"]]
    calls = replace(
        bill.calls,
        frame=frame.assign(charge_nano=pd.array(charges, dtype="Int64")),
        currency=currency if bill.calls.currency else "",
    )
    stated = bill.reconciliation.stated_nano
    return replace(
        bill,
        calls=calls,
        charges=tuple(replace(charge, amount_nano=nano(charge.amount_nano)) for charge in bill.charges),
        currency=currency,
        problems=(*bill.problems, _words(rates[own], currency)),
        # Both sides by the same rate, so that a bill which reconciles still does.
        reconciliation=replace(
            bill.reconciliation,
            stated_nano=None if stated is None else nano(stated),
            read_nano=nano(bill.reconciliation.read_nano),
        ),
    )
