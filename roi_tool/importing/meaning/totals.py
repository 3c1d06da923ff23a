"""What was read against what the bill states, and money that stands both in a summary and in its detail counted once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from roi_tool.cdr import CallTable, Charge, ChargeKind, Reconciliation
from roi_tool.importing.meaning.remainder import Stated


def calls_nano(calls: CallTable) -> int:
    """Return the sum of the calls' charges."""
    return int(calls.frame["charge_nano"].sum())


def without_repeated_usage(charges: Sequence[Charge], itemised_nano: int | None) -> tuple[list[Charge], int]:
    """Drop the summaries of calls that are itemised; return what is left and how many rows were dropped.

    Args:
        charges: as they stand on the bill.
        itemised_nano: money of the itemised calls, None when there are none.
    """
    if itemised_nano is None:
        return list(charges), 0
    usage = [charge for charge in charges if charge.kind is ChargeKind.USAGE_SUMMARY]
    others = [charge for charge in charges if charge.kind is not ChargeKind.USAGE_SUMMARY]
    return others, len(usage)


def reconcile(stated: Sequence[Stated], calls: CallTable, charges: Sequence[Charge]) -> Reconciliation:
    """Hold what was read against the best stated total: the grand total, else the one before tax, else that of the calls."""
    usage = calls_nano(calls)
    net = usage + sum(charge.amount_nano for charge in charges if charge.kind is not ChargeKind.TAX)
    grand = usage + sum(charge.amount_nano for charge in charges)
    reads = {"grand": grand, "net": net, "calls": usage}
    for level in ("grand", "net", "calls"):
        found = [item for item in stated if item.level == level]
        if not found:
            continue
        exact = next((item for item in reversed(found) if item.amount_nano == reads[level]), None)
        chosen = exact or found[-1]
        if level == "calls" and exact is None and sum(item.amount_nano for item in found) == usage:
            chosen = replace(found[-1], amount_nano=usage)  # a subtotal for each page, line or class
        return Reconciliation(chosen.amount_nano, reads[level], chosen.label)
    return Reconciliation(None, grand)
