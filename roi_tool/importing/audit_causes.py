"""Why a charge may differ from the contract: which other way of charging would give just what the bill shows."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import numpy as np
import numpy.typing as npt
import pandas as pd

from roi_tool.cdr import CallTable
from roi_tool.money import Rounding, round_ratio_column
from roi_tool.rating import CompiledTariff, rate_calls

_MINUTE_MS = 60_000
_OTHER_TIMES = ((2, 11), (2, 22), (5, 11), (6, 11))
"""Weekday (Monday is 0) and hour of a Wednesday's day and evening, a Saturday and a Sunday."""
Nanos = npt.NDArray[np.int64]


def find_causes(
    calls: CallTable, billed: Nanos, contract: CompiledTariff, tolerance: int, vat: Decimal | None = None
) -> npt.NDArray[np.object_]:
    """Return for each call the code of what would explain its charge, "" where nothing tried does.

    A contract whose prices depend on the calls before cannot be tried call by call: then nothing is said.

    Args:
        calls: those whose charge is not the contract's.
        billed: their charges.
        contract: what was agreed.
        tolerance: half of the last decimal that the bill prints.
        vat: rate as a fraction, where it is known.
    """
    found = np.full(len(calls), "", object)
    if contract.tariff.is_stateful:
        return found
    for cause, prices in _tried(calls, contract, vat):
        wide = 2 * tolerance - 1 if cause == "rounded" else tolerance
        fits = (np.abs(billed - prices) <= wide) & (found == "")
        found[fits] = cause
    return found


def _tried(calls: CallTable, contract: CompiledTariff, vat: Decimal | None) -> Iterator[tuple[str, Nanos]]:
    frame = calls.frame
    agreed = _prices(calls, contract)
    yield "rounded", agreed
    minutes = -(-frame["duration_ms"].to_numpy() // _MINUTE_MS) * _MINUTE_MS
    yield "whole_minutes", _prices(calls.with_frame(frame.assign(duration_ms=minutes)), contract)
    for start in _other_starts(calls):
        yield "other_time", _prices(calls.with_frame(frame.assign(start=start)), contract)
    rate = vat if vat is not None else sum((tax.percent for tax in contract.tariff.taxes), Decimal(0)) / 100
    if rate:
        over, under = (1 + rate).as_integer_ratio()
        yield "with_tax", round_ratio_column(agreed * over, under, Rounding.HALF_UP)
        yield "without_tax", round_ratio_column(agreed * under, over, Rounding.HALF_UP)


def _prices(calls: CallTable, contract: CompiledTariff) -> Nanos:
    return np.asarray(rate_calls(calls, contract).frame["charge_nano"].fillna(0).astype("int64").to_numpy())


def _other_starts(calls: CallTable) -> Iterator[pd.Series]:
    """Yield the calls' starts moved to other times of the same week, in the account's zone."""
    local = calls.frame["start"].dt.tz_convert(calls.timezone).dt.tz_localize(None)
    days = local.dt.normalize() - pd.to_timedelta(local.dt.day_of_week, unit="D")
    for weekday, hour in _OTHER_TIMES:
        moved = (days + pd.Timedelta(days=weekday, hours=hour)).dt.tz_localize(
            calls.timezone, nonexistent="shift_forward", ambiguous="NaT"
        )
        yield moved.dt.tz_convert("UTC").astype(calls.frame["start"].dtype)
