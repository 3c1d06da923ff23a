"""One account's month: its calls and its tariff to rated calls and an invoice. Pure: the same input gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from roi_tool.billing.account import Account, Repeats, Subscription
from roi_tool.billing.invoice import Invoice, InvoiceLine, LineKind, TaxLine
from roi_tool.billing.period import Month
from roi_tool.cdr.schema import CallTable
from roi_tool.money import NANO, Rounding, minor_digits, round_nano, round_ratio, to_nano
from roi_tool.rating import CompiledTariff, RatedCalls, rate_calls
from roi_tool.tariff import Tariff, Tax


@dataclass(frozen=True, eq=False)
class BilledAccount:
    """What a month of one account comes to. `rated.frame` is row-aligned with `calls.frame`."""

    invoice: Invoice
    calls: CallTable
    rated: RatedCalls


def bill_account(account: Account, calls: CallTable, tariff: CompiledTariff, month: Month, number: str) -> BilledAccount:
    """Bill one account for one month.

    Args:
        account: who pays.
        calls: its calls of the month and no others.
        tariff: of the account, compiled.
        month: in the account's zone.
        number: of the invoice.
    """
    plan = tariff.tariff
    rated = rate_calls(calls, tariff, seats=account.seats)
    usage = list(_usage_lines(calls, rated, tariff))
    period = [
        InvoiceLine(LineKind.PERIOD, charge.kind, charge.rule, max(charge.quantity, 1) * NANO, 0, 0, charge.amount_nano)
        for charge in rated.period_charges
        if charge.amount_nano
    ]
    subscriptions = list(_subscription_lines(account, month, _invoice_decimals(plan)))
    lines = (*usage, *period, *subscriptions)
    exact = sum(line.amount_nano for line in lines)
    net = round_nano(exact, _invoice_decimals(plan), plan.rounding.invoice_rounding)
    taxes = _taxes(plan, rated, [*period, *subscriptions], month.first)
    tax = sum(line.amount_nano for line in taxes)
    invoice = Invoice(
        number=number,
        account=account.id,
        name=account.name,
        tariff=plan.id,
        tariff_fingerprint=plan.fingerprint,
        period_start=month.first,
        period_end=month.end,
        timezone=account.timezone,
        currency=plan.currency,
        lines=lines,
        taxes=taxes,
        calls=len(calls),
        unrated_calls=rated.unrated,
        usage_nano=rated.charge_nano,
        period_nano=sum(line.amount_nano for line in period),
        subscriptions_nano=sum(line.amount_nano for line in subscriptions),
        rounding_nano=net - exact,
        net_nano=net,
        tax_nano=tax,
        tax_included=plan.tax_included,
        total_nano=net if plan.tax_included else net + tax,
    )
    return BilledAccount(invoice, calls, rated)


def _invoice_decimals(tariff: Tariff) -> int:
    decimals = tariff.rounding.invoice_decimals
    return minor_digits(tariff.currency) if decimals is None else decimals


def _usage_lines(calls: CallTable, rated: RatedCalls, tariff: CompiledTariff) -> Iterator[InvoiceLine]:
    """Rated calls by destination group and class of number, the exact sum of their charges each."""
    frame = rated.frame
    groups = {entry.prefix: entry.group for entry in tariff.tariff.deck if entry.group}
    found = pd.DataFrame(
        {
            "group": frame["prefix"].astype("str").map(lambda prefix: groups.get(prefix, "")),
            "class": calls.frame["called_class"].astype("str").to_numpy(),
            "direction": calls.frame["direction"].astype("str").to_numpy(),
            "billed": frame["billed_ms"].to_numpy(),
            "charge": frame["charge_nano"],
        }
    )[(frame["reason"] == "").to_numpy()]
    for (direction, group, called_class), rows in found.groupby(["direction", "group", "class"], sort=True):
        charge = sum(rows["charge"].astype(object))
        billed = int(rows["billed"].sum())
        code = str(group or called_class)
        yield InvoiceLine(LineKind.USAGE, code, f"{direction} {code}", len(rows) * NANO, billed, 0, int(charge))


def _subscription_lines(account: Account, month: Month, decimals: int) -> Iterator[InvoiceLine]:
    for subscription in account.subscriptions:
        share = _share(subscription, month)
        if not share:
            continue
        price, quantity = to_nano(subscription.price), to_nano(subscription.quantity)
        due = Fraction(price * quantity, NANO) * share
        places = 10 ** (9 - decimals)
        amount = round_ratio(due.numerator, due.denominator * places, Rounding.HALF_UP) * places
        yield InvoiceLine(LineKind.SUBSCRIPTION, "", subscription.description, quantity, 0, price, amount)


def _share(subscription: Subscription, month: Month) -> Fraction:
    """What part of the month is paid: all of it, some days of it, or nothing."""
    if subscription.repeats is Repeats.ONCE:
        starts = subscription.starts
        return Fraction(int(starts is not None and month.first <= starts < month.end))
    first = max(month.first, subscription.starts or month.first)
    end = min(month.end, subscription.ends or month.end)
    return Fraction(max((end - first).days, 0), month.days)


def _taxes(tariff: Tariff, rated: RatedCalls, others: list[InvoiceLine], day: date) -> tuple[TaxLine, ...]:
    """Tax on calls as the engine found it, and the undivided taxes of the tariff on all else, rounded once each."""
    decimals, method = _invoice_decimals(tariff), tariff.rounding.invoice_rounding
    found: list[TaxLine] = []
    on_calls = int(sum(rated.frame["tax_nano"].dropna().astype(object)))
    if on_calls:
        rounded = round_nano(on_calls, decimals, method)
        found.append(TaxLine("calls", "", rated.charge_nano, rounded, any(tax.estimate for tax in tariff.taxes)))
    base = sum(line.amount_nano for line in others)
    for tax in tariff.taxes:
        if base and not tax.jurisdiction and _holds(tax, day):
            percent = Fraction(tax.percent)
            due = base * percent / (100 + percent if tariff.tax_included else Fraction(100))
            places = 10 ** (9 - decimals)
            amount = round_ratio(due.numerator, due.denominator * places, method) * places
            found.append(TaxLine(tax.id, format(Decimal(tax.percent), "f"), base, amount, tax.estimate))
    return tuple(found)


def _holds(tax: Tax, day: date) -> bool:
    return (tax.valid_from is None or tax.valid_from.date() <= day) and (tax.valid_till is None or day < tax.valid_till.date())
