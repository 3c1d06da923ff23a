"""What was read against what the bill states, and money that stands both in a summary and in its detail counted once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from roi_tool.cdr import CallTable, Charge, ChargeKind, Reconciliation, ReconciliationLine
from roi_tool.importing.cells.words import charge_kind_of
from roi_tool.importing.meaning.remainder import Stated


def calls_nano(calls: CallTable) -> int:
    """Return the sum of the calls' charges."""
    return int(calls.frame["charge_nano"].sum())


def beyond_itemised(charges: Sequence[Charge], itemised_nano: int | None) -> list[Charge]:
    """Return what the summaries of calls hold beyond the itemised calls: it may not be itemised at all.

    Where one summary is exactly what is itemised, the others stand for themselves (unless they break down the same money);
    else what all of them hold beyond it is one charge.

    Args:
        charges: as they stand on the bill.
        itemised_nano: money of the itemised calls, None when there are none: then all summaries are kept.
    """
    usage = [charge for charge in charges if charge.kind is ChargeKind.USAGE_SUMMARY and charge.amount_nano]
    if itemised_nano is None:
        return usage
    same = next((charge for charge in usage if charge.amount_nano == itemised_nano), None)
    if same is not None:
        rest = [charge for charge in usage if charge is not same]
        return [] if sum(charge.amount_nano for charge in rest) == itemised_nano else rest
    excess = sum(charge.amount_nano for charge in usage) - itemised_nano
    return [replace(usage[0], amount_nano=excess, quantity=Decimal(1))] if excess > 0 else []


def with_usage_once(
    charges: Sequence[Charge], sure: Sequence[Charge], calls: CallTable, stated: Sequence[Stated]
) -> tuple[list[Charge], int, list[Charge]]:
    """Count money that stands in a summary and in its calls once; keep what is only summed up.

    The stated total decides, where there is one: when the bill adds up without the summaries, they hold nothing more.

    Args:
        charges: of small tables and single lines, summaries of calls among them.
        sure: other charges, which repeat nothing.
        calls: the itemised calls of the same file.
        stated: the totals that the file states.

    Returns:
        All charges that count; how many rows of summaries were dropped; the summaries that were kept although calls are
        itemised.
    """
    itemised = calls_nano(calls) if len(calls) and calls.frame["charge_nano"].notna().any() else None
    usage = [charge for charge in charges if charge.kind is ChargeKind.USAGE_SUMMARY]
    if itemised is None or not usage:
        return [*charges, *sure], 0, []
    others = [charge for charge in charges if charge.kind is not ChargeKind.USAGE_SUMMARY] + list(sure)
    more = beyond_itemised(usage, itemised)
    without, with_more = (reconcile(stated, calls, kept).difference_nano for kept in (others, [*others, *more]))
    if not more or (without is not None and with_more is not None and abs(without) <= abs(with_more)):
        return others, len(usage), []
    return [*others, *more], len(usage) - len(more), more


def reconcile(
    stated: Sequence[Stated], calls: CallTable, charges: Sequence[Charge], summaries: Sequence[ReconciliationLine] = ()
) -> Reconciliation:
    """Hold what was read against the best stated total: the grand total, else the one before tax, else that of the calls.

    Where they differ, the lesser totals of the bill and the summaries that do not agree with their records tell where.
    """
    usage = calls_nano(calls)
    net = usage + sum(charge.amount_nano for charge in charges if charge.kind is not ChargeKind.TAX)
    grand = usage + sum(charge.amount_nano for charge in charges)
    reads = {"grand": grand, "net": net, "calls": usage}
    for level in ("grand", "net", "calls"):
        found = [item for item in stated if item.level == level]
        if not found:
            continue
        exact = next((item for item in reversed(found) if item.amount_nano == reads[level]), None)
        blocks = [item for item in stated if item.level in ("grand", "calls") and not item.label.casefold().startswith("sub")]
        if level == "grand" and exact is None and len(blocks) > 1 and sum(item.amount_nano for item in blocks) == grand:
            return Reconciliation(
                grand, grand, "; ".join(dict.fromkeys(item.label for item in blocks))
            )  # a total for each block
        chosen = exact or found[-1]
        if level == "calls" and exact is None and sum(item.amount_nano for item in found) == usage:
            chosen = replace(found[-1], amount_nano=usage)  # a subtotal for each page, line or class
        lines = () if chosen.amount_nano == reads[level] else (*_lines(stated, chosen, reads, charges), *summaries)
        return Reconciliation(chosen.amount_nano, reads[level], chosen.label, lines)
    return Reconciliation(None, grand)


def _lines(
    stated: Sequence[Stated], chosen: Stated, reads: Mapping[str, int], charges: Sequence[Charge]
) -> list[ReconciliationLine]:
    """Return the other totals of the bill against what was read of each."""
    found = []
    for item in stated:
        if item is chosen or item.amount_nano == chosen.amount_nano:
            continue
        if item.level == "file":
            found.append(ReconciliationLine("file", item.label, item.amount_nano, reads["grand"], item.where))
            rest = chosen.amount_nano - item.amount_nano
            found.append(ReconciliationLine("not_in_file", chosen.label, rest, 0, chosen.where))
        elif item.level == "part":
            kind = charge_kind_of(item.label)
            read = sum(charge.amount_nano for charge in charges if charge.kind is kind)
            found.append(ReconciliationLine("subtotal", item.label, item.amount_nano, read, item.where))
        elif sum(other.level == item.level for other in stated) == 1:
            found.append(ReconciliationLine("subtotal", item.label, item.amount_nano, reads[item.level], item.where))
    return found
