"""What the customer's very calls cost: on the bills, and under a tariff by the one engine."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from roi_tool.cdr import CallTable, Direction
from roi_tool.quoting.baseline import Baseline
from roi_tool.quoting.comparison import UsageResult

if TYPE_CHECKING:
    from roi_tool.rating import CompiledTariff

SUMMARY = "summary"
"""Key of calls that the bill sums up without listing them."""


def usage_on_bills(calls: CallTable, baseline: Baseline) -> UsageResult:
    """Return what the carrier charged: itemised calls and summed-up ones."""
    frame = calls.frame
    by_class = _by_key(frame, frame["charge_nano"])
    if baseline.summary_nano:
        by_class[SUMMARY] = baseline.summary_nano
    charge = baseline.calls_nano + baseline.summary_nano
    taken_out = sum(by_class.values()) - charge
    if taken_out:
        by_class = _scaled(by_class, charge)
    billed = int(frame["billed_ms"].fillna(frame["duration_ms"]).sum())
    return UsageResult("", len(frame), len(frame), 0, charge, billed, baseline.months, by_class)


def usage_of_site(calls: CallTable, itemised_nano: int, summary_nano: int, months: int | Fraction) -> UsageResult:
    """Return what the carrier charged for one site's calls: its part of the itemised calls and of the summed-up ones."""
    frame = calls.frame
    by_class = _by_key(frame, frame["charge_nano"])
    by_class = _scaled(by_class, itemised_nano) if sum(by_class.values()) else {}
    unassigned = itemised_nano - sum(by_class.values()) + summary_nano
    if unassigned:
        by_class[SUMMARY] = unassigned
    billed = int(frame["billed_ms"].fillna(frame["duration_ms"]).sum())
    return UsageResult("", len(frame), len(frame), 0, itemised_nano + summary_nano, billed, months, by_class)


def _scaled(parts: Mapping[str, int], total: int) -> dict[str, int]:
    """Return the parts in proportion, adding up to `total`; the largest takes what rounding leaves."""
    whole = sum(parts.values())
    scaled = {key: part * total // whole for key, part in parts.items()}
    largest = max(scaled, key=lambda key: scaled[key])
    scaled[largest] += total - sum(scaled.values())
    return scaled


def usage_under_tariff(calls: CallTable, tariff: CompiledTariff, tariff_id: str, months: int | Fraction) -> UsageResult:
    """Rate the calls as those of one account, as which they will be ordered and billed.

    The charge is the number that `roi-tool rate` prints for one account's calls.
    """
    from roi_tool.rating import rate_calls

    rated = rate_calls(calls, tariff, one_account=True)
    return UsageResult(
        tariff_id=tariff_id,
        calls=len(calls),
        rated=rated.rated,
        unrated=rated.unrated,
        charge_nano=rated.charge_nano,
        billed_ms=rated.billed_ms,
        months=months,
        by_class_nano=_by_key(calls.frame, rated.frame["charge_nano"]),
        period_nano=sum(charge.amount_nano for charge in rated.period_charges),
    )


def minutes_by_key(calls: CallTable, months: int | Fraction) -> dict[str, float]:
    """Return talked minutes a month by the keys of `UsageResult.by_class_nano`."""
    sums = _by_key(calls.frame, calls.frame["duration_ms"])
    return {key: total / 60_000 / months for key, total in sums.items()}


def outbound_minutes(minutes: Mapping[str, float]) -> float:
    """Return the outbound minutes a month among `minutes_by_key`."""
    other = (Direction.INBOUND.value, "internal_calls", SUMMARY)
    return sum(value for key, value in minutes.items() if key not in other)


def _by_key(frame: pd.DataFrame, amounts: pd.Series) -> dict[str, int]:
    """Sum by what moves a call's cost: the class of an outbound call, else its direction. Nulls count as 0."""
    values = amounts.fillna(0).to_numpy(dtype=np.int64)
    directions, classes = frame["direction"].cat, frame["called_class"].cat
    direction, called = directions.codes.to_numpy(), classes.codes.to_numpy()
    outbound = list(directions.categories).index(Direction.OUTBOUND.value)
    sums = {}
    for code, name in enumerate(classes.categories):
        own = (direction == outbound) & (called == code)
        if own.any():
            sums[str(name)] = int(values[own].sum())
    for direction_name, key in ((Direction.INBOUND, "inbound"), (Direction.INTERNAL, "internal_calls")):
        own = direction == list(directions.categories).index(direction_name.value)
        if own.any():
            sums[key] = int(values[own].sum())
    return sums
