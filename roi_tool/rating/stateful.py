"""Puts the kinds of charge in their order: allowances, fair use, tiers, money off, surcharges, taxes, commitments, cost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from roi_tool.money import Rounding, round_ratio
from roi_tool.rating.area_codes import JURISDICTIONS
from roi_tool.rating.carried import AccountMonths, Carried
from roi_tool.rating.charges.allowances import apply_allowance
from roi_tool.rating.charges.carrier_cost import least_cost
from roi_tool.rating.charges.channels import channel_charges
from roi_tool.rating.charges.fair_use import MINUTE_MS, apply_fair_use
from roi_tool.rating.charges.minimum_spend import shortfalls
from roi_tool.rating.charges.surcharges import surcharge
from roi_tool.rating.charges.taxes import tax_of
from roi_tool.rating.charges.tiers import apply_tiers
from roi_tool.rating.columns import CallColumns
from roi_tool.rating.compiled import CompiledTariff
from roi_tool.rating.ledger import Ledger, open_ledger
from roi_tool.rating.number_keys import IntColumn
from roi_tool.rating.prices import Prices
from roi_tool.rating.repricing import Reprice
from roi_tool.rating.trail import Trail
from roi_tool.tariff import Counted


@dataclass(frozen=True, slots=True)
class PeriodCharge:
    """What an account owes for a month besides its calls."""

    account: int
    """Number of the account."""
    month: int
    """Local month, year × 12 + month − 1."""
    rule: str
    """Id of the rule."""
    kind: str
    """shortfall, tier_flat, or channels."""
    amount_nano: int
    quantity: int = 0
    """Peak of concurrent calls, for channels."""


@dataclass(frozen=True, eq=False)
class AfterCharges:
    """What the rules made of the prices."""

    period_charges: tuple[PeriodCharge, ...]
    covered_ms: IntColumn
    tax_nano: IntColumn
    carried: Carried | None = None


def apply_rules(
    compiled: CompiledTariff,
    columns: CallColumns,
    prices: Prices,
    seats: int | None,
    jurisdiction: npt.NDArray[np.int8] | None,
    reprice: Reprice,
    months: AccountMonths | None = None,
    trail: Trail | None = None,
) -> AfterCharges:
    """Apply every rule that looks at more than one call, or at the charge; changes `prices.charge_nano`."""
    tariff = compiled.tariff
    period: list[PeriodCharge] = []
    covered = np.zeros(0, dtype=np.int64)
    carried = None if months is None else Carried(months.last)
    if tariff.has_rules:
        ledger = open_ledger(compiled, columns, prices, seats, months)
        note = _noting(ledger, trail)
        for allowance in tariff.allowances:
            if allowance.counted is not Counted.MONEY:
                apply_allowance(ledger, allowance)
                note("allowance", allowance.id)
        _reprice_covered(ledger, reprice)
        if trail is not None:
            trail.start(ledger)
        period += _apply_volume(compiled, ledger, note)
        for allowance in tariff.allowances:
            if allowance.counted is Counted.MONEY:
                apply_allowance(ledger, allowance)
                note("credit", allowance.id)
        for extra in tariff.surcharges:
            ledger.charge_nano += surcharge(ledger, extra, jurisdiction, JURISDICTIONS)
            note("surcharge", extra.id)
        period += _commitments(compiled, ledger)
        covered = ledger.covered_ms
        if months is not None:
            carried = Carried(months.last, ledger.left)
    tax = np.zeros(len(columns), dtype=np.int64)
    if tariff.taxes:
        tax = tax_of(prices.charge_nano, columns.start_ms, tariff.taxes, tariff.tax_included, jurisdiction, JURISDICTIONS)
    return AfterCharges(tuple(period), covered, tax, carried)


Note = Callable[[str, str], None]


def _noting(ledger: Ledger, trail: Trail | None) -> Note:
    """Return what is called after each rule: nothing, unless a call is followed."""
    if trail is None:
        return lambda kind, rule: None
    trail.start(ledger)
    return lambda kind, rule: trail.note(kind, rule, ledger)


def _apply_volume(compiled: CompiledTariff, ledger: Ledger, note: Note) -> list[PeriodCharge]:
    """Fair use and tiers."""
    rounded, terms = _rounder(compiled), compiled.tariff.rounding
    decimals = 9 if terms.call_decimals is None else terms.call_decimals
    period: list[PeriodCharge] = []
    for rule in compiled.tariff.fair_use:
        rows, above = apply_fair_use(ledger, rule)
        ledger.charge_nano[rows] = 0
        for row, amount in above:
            ledger.charge_nano[row] = rounded(Fraction(amount, MINUTE_MS))
        note("fair_use", rule.id)
    for table in compiled.tariff.tier_tables:
        flats = apply_tiers(ledger, table, decimals, terms.call_rounding)
        note("tiers", table.id)
        period += [PeriodCharge(account, month, table.id, "tier_flat", amount) for account, month, amount in flats]
    return period


def _commitments(compiled: CompiledTariff, ledger: Ledger) -> list[PeriodCharge]:
    """Minimum spend and channels."""
    tariff = compiled.tariff
    period: list[PeriodCharge] = []
    if tariff.minimum_spend:
        lacking = shortfalls(ledger, tariff.minimum_spend)
        period += [PeriodCharge(account, month, tariff.minimum_spend.id, "shortfall", lack) for account, month, lack in lacking]
    if tariff.channels:
        charges = channel_charges(ledger, tariff.channels)
        rule = tariff.channels.id
        period += [PeriodCharge(account, month, rule, "channels", amount, peak) for account, month, amount, peak in charges]
    return period


def _reprice_covered(ledger: Ledger, reprice: Reprice) -> None:
    """Charge only what allowances leave. Wholly covered calls cost nothing where their fees are covered too."""
    touched = ledger.covered_ms > 0
    whole = touched & (ledger.covered_ms >= ledger.billed_ms) & ledger.fees_covered
    ledger.charge_nano[whole] = 0
    for row in np.flatnonzero(touched & ~whole).tolist():
        ledger.charge_nano[row] = reprice(row, int(ledger.covered_ms[row]), bool(ledger.fees_covered[row]))


def _rounder(compiled: CompiledTariff) -> Callable[[Fraction], int]:
    rule = compiled.tariff.rounding
    step = 10 ** (9 - (9 if rule.call_decimals is None else rule.call_decimals))
    method: Rounding = rule.call_rounding
    return lambda price: round_ratio(price.numerator, price.denominator * step, method) * step


def carrier_choice(
    compiled: CompiledTariff, priced: list[tuple[IntColumn, npt.NDArray[np.bool_]]], rows: int
) -> tuple[IntColumn, npt.NDArray[np.int16]]:
    """Choose the carrier of each call among those that are good enough; places count all carriers of the tariff."""
    good = [place for place, carrier in enumerate(compiled.tariff.carriers) if carrier.quality >= compiled.tariff.quality_floor]
    cost, chosen = least_cost([priced[place] for place in good], rows)
    places = np.array([*good, -1], dtype=np.int16)
    return cost, places[chosen]
