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
from roi_tool.rating import AccountMonths, Carried, CompiledTariff, RatedCalls, rate_calls
from roi_tool.tariff import Tariff, Tax


@dataclass(frozen=True, eq=False)
class BilledAccount:
    """What a month of one account comes to. `rated.frame` is row-aligned with `calls.frame`.

    `carried` is what the account takes into the next month; `lapsed` names the allowances that had something left in the month
    before and that the tariff does not roll over any more.
    """

    invoice: Invoice
    calls: CallTable
    rated: RatedCalls
    carried: Carried
    lapsed: tuple[str, ...] = ()


def bill_account(
    account: Account, calls: CallTable, tariff: CompiledTariff, month: Month, number: str, carried: Carried | None = None
) -> BilledAccount:
    """Bill one account for one month.

    Args:
        account: who pays.
        calls: its calls of the month and no others.
        tariff: of the account, compiled.
        month: in `billing_zone`.
        number: of the invoice.
        carried: what its allowances had left when the month before ended; None where it was not billed then.

    Raises:
        ValueError: a call is of another month, or `carried` is not of the month before (`carry_problems` says what else may be
            wrong with it).
    """
    plan = tariff.tariff
    rated = rate_calls(calls, tariff, seats=account.seats, months=AccountMonths(month.place, month.place, carried))
    usage = list(_usage_lines(calls, rated, tariff))
    period = [
        InvoiceLine(LineKind.PERIOD, charge.kind, charge.rule, max(charge.quantity, 1) * NANO, 0, 0, charge.amount_nano)
        for charge in rated.period_charges
        if charge.amount_nano
    ]
    subscriptions = list(_subscription_lines(account, month, _invoice_decimals(plan)))
    lines = (*usage, *period, *subscriptions)
    taxes = _taxes(plan, rated, [*period, *subscriptions], month.first)
    invoice = _invoice(account, tariff, month, number, lines, taxes, len(calls), rated)
    return BilledAccount(invoice, calls, rated, rated.carried or Carried(month.place), carried.lapsed(plan) if carried else ())


def billing_zone(account: Account, tariff: CompiledTariff) -> str:
    """Return the zone in which the account's month begins and ends: the tariff's, where it names one."""
    return tariff.zone(account.timezone)


def _invoice(
    account: Account,
    tariff: CompiledTariff,
    month: Month,
    number: str,
    lines: tuple[InvoiceLine, ...],
    taxes: tuple[TaxLine, ...],
    calls: int,
    rated: RatedCalls,
) -> Invoice:
    """Add the lines up."""
    plan = tariff.tariff
    exact = sum(line.amount_nano for line in lines)
    net = round_nano(exact, _invoice_decimals(plan), plan.rounding.invoice_rounding)
    tax = sum(line.amount_nano for line in taxes)
    return Invoice(
        number=number,
        account=account.id,
        name=account.name,
        tariff=plan.id,
        tariff_fingerprint=plan.fingerprint,
        period_start=month.first,
        period_end=month.end,
        timezone=billing_zone(account, tariff),
        currency=plan.currency,
        lines=lines,
        taxes=taxes,
        calls=calls,
        unrated_calls=rated.unrated,
        usage_nano=rated.charge_nano,
        period_nano=_sum_of(lines, LineKind.PERIOD),
        subscriptions_nano=_sum_of(lines, LineKind.SUBSCRIPTION),
        rounding_nano=net - exact,
        net_nano=net,
        tax_nano=tax,
        tax_included=plan.tax_included,
        total_nano=net if plan.tax_included else net + tax,
    )


def _sum_of(lines: tuple[InvoiceLine, ...], kind: LineKind) -> int:
    return sum(line.amount_nano for line in lines if line.kind is kind)


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
