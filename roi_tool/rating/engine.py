"""Prices calls under a tariff: sorts them by plane, prices them on all processor cores, and keeps account of every call."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pandas as pd

from roi_tool.cdr.schema import CallTable
from roi_tool.rating.area_codes import JURISDICTIONS, jurisdictions_of
from roi_tool.rating.carried import AccountMonths, Carried
from roi_tool.rating.columns import CLASSES, DIRECTIONS, CallColumns
from roi_tool.rating.compiled import CompiledTariff, compile_tariff
from roi_tool.rating.plane import PlaneKey
from roi_tool.rating.prices import Prices
from roi_tool.rating.rated import RatedCalls, RatedColumns
from roi_tool.rating.repricing import repricer
from roi_tool.rating.stateful import apply_rules, carrier_choice
from roi_tool.rating.stateless import price_columns
from roi_tool.rating.trail import Trail
from roi_tool.tariff import Tariff

CHUNK = 1 << 17
"""Calls per piece of work: its columns stay in the processor's cache."""


def rate_calls(
    calls: CallTable,
    tariff: Tariff | CompiledTariff,
    *,
    seats: int | None = None,
    months: AccountMonths | None = None,
    one_account: bool = False,
) -> RatedCalls:
    """Price every call of a table.

    Inbound and internal calls cost 0 unless the deck has rows for their direction.

    Args:
        calls: the calls of one or several accounts.
        tariff: compile it once (`compile_tariff`) where it prices often.
        seats: seats of the account, for pooled allowances; None counts each month's outbound callers of each account.
        months: where these are the calls of one account in months that are billed: which, and what it brings into them. Then
            a month without calls counts too. Rating month by month, each with what the one before carried, gives the same as
            rating all of them at once.
        one_account: take all calls for one account's, whatever accounts the bills named that they come from.

    Raises:
        ProblemError: the tariff is ambiguous.
        ValueError: `months` do not fit the calls.
    """
    compiled = tariff if isinstance(tariff, CompiledTariff) else compile_tariff(tariff)
    columns = CallColumns.of_table(calls)
    if one_account:
        columns = replace(columns, account=None)
    rated = rate_columns(compiled, columns, seats=seats, months=months)
    names = tuple(str(name) for name in pd.unique(calls.frame["account"])) if rated.period_charges else ()
    return RatedCalls(compiled, rated, calls.frame.index, names)


def rate_columns(
    compiled: CompiledTariff,
    columns: CallColumns,
    *,
    seats: int | None = None,
    months: AccountMonths | None = None,
    trail: Trail | None = None,
) -> RatedColumns:
    """Price calls given as columns; `rate_calls` for call tables. A `trail` follows one of them through the rules."""
    prices = price_stateless(compiled, columns)
    if columns.ignored is not None and columns.ignored.any():
        prices.rate[columns.ignored], prices.prefix[columns.ignored] = -1, -1
        prices.billed_ms[columns.ignored] = 0
        prices.charge_nano[columns.ignored] = 0
    cost, carrier = None, None
    if compiled.carriers:
        # A carrier prices the outbound calls; its deck need not know the customer's other directions.
        offers = [price_stateless(one, columns) for one in compiled.carriers]
        priced = [(offer.charge_nano, (offer.reason == 0) & (offer.rate >= 0)) for offer in offers]
        cost, carrier = carrier_choice(compiled, priced, len(columns))
        unrated = prices.reason != 0
        cost[unrated], carrier[unrated] = 0, -1
    tariff = compiled.tariff
    asks = any(extra.jurisdiction for extra in tariff.surcharges) or any(tax.jurisdiction for tax in tariff.taxes)
    jurisdiction = jurisdictions_of(columns.caller, columns.called) if asks else None
    if not (tariff.has_rules or tariff.taxes):
        nothing = np.zeros(len(columns), dtype=np.int64)
        carried = None if months is None else Carried(months.last)
        return RatedColumns(prices, nothing, tariff.tax_included, None, cost, carrier, carried=carried)
    after = apply_rules(compiled, columns, prices, seats, jurisdiction, repricer(compiled, columns), months, trail)
    covered = after.covered_ms if len(after.covered_ms) == len(columns) else None
    period = after.period_charges
    return RatedColumns(prices, after.tax_nano, tariff.tax_included, covered, cost, carrier, period, after.carried)


def price_stateless(compiled: CompiledTariff, columns: CallColumns) -> Prices:
    """Price every call by itself: no allowance, tier, surcharge or tax."""
    prices = Prices.empty(len(columns))
    work = [slice(first, min(first + CHUNK, len(columns))) for first in range(0, len(columns), CHUNK)]
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if len(work) < 2 or cores < 2:
        for rows in work:
            _price_chunk(compiled, _part(columns, rows), prices.part(rows))
        return prices
    with ThreadPoolExecutor(cores) as pool:
        # NumPy lets go of the interpreter's lock, so threads are enough and nothing is copied.
        for _ in pool.map(lambda rows: _price_chunk(compiled, _part(columns, rows), prices.part(rows)), work):
            pass
    return prices


def _part(columns: CallColumns, rows: slice) -> CallColumns:
    return replace(
        columns,
        start_ms=columns.start_ms[rows],
        duration_ms=columns.duration_ms[rows],
        called=columns.called.part(rows),
        direction=None if columns.direction is None else columns.direction[rows],
        called_class=None if columns.called_class is None else columns.called_class[rows],
        caller=None if columns.caller is None else columns.caller.part(rows),
        account=None,
        ignored=None,
    )


def _price_chunk(compiled: CompiledTariff, columns: CallColumns, out: Prices) -> None:
    zone = columns.timezone
    for key, rows in _planes(compiled, columns):
        if rows is None:
            price_columns(compiled, compiled.plane(key), zone, columns.start_ms, columns.duration_ms, columns.called, out)
            continue
        part = Prices.empty(len(rows))
        called = columns.called.take(rows)
        price_columns(compiled, compiled.plane(key), zone, columns.start_ms[rows], columns.duration_ms[rows], called, part)
        out.put(rows, part)


def _planes(compiled: CompiledTariff, columns: CallColumns) -> Iterator[tuple[PlaneKey, np.ndarray | None]]:
    """Yield the planes into which calls fall, with their rows (None: all). Directions without prices are left out."""
    whole = np.arange(len(columns))
    for direction, rows in _groups(columns.direction, whole, DIRECTIONS, "outbound"):
        if not compiled.prices(direction) and direction != "outbound":
            continue
        classes = columns.called_class if direction in compiled.asks_class else None
        sides = jurisdictions_of(columns.caller, columns.called) if direction in compiled.asks_jurisdiction else None
        for called_class, class_rows in _groups(classes, rows, CLASSES, ""):
            for jurisdiction, side_rows in _groups(sides, class_rows, JURISDICTIONS, ""):
                borders = compiled.eras.get(direction)
                if borders is None or not len(borders):
                    yield (direction, called_class, jurisdiction, 0), _whole(side_rows, columns)
                    continue
                era = np.searchsorted(borders, columns.start_ms[side_rows], side="right")
                for number in np.unique(era).tolist():
                    yield (direction, called_class, jurisdiction, number), _whole(side_rows[era == number], columns)


def _groups(
    codes: np.ndarray | None, rows: np.ndarray, words: tuple[str, ...], otherwise: str
) -> Iterator[tuple[str, np.ndarray]]:
    if codes is None:
        yield otherwise, rows
        return
    mine = codes if len(rows) == len(codes) else codes[rows]
    low, high = (int(mine.min()), int(mine.max())) if len(mine) else (0, -1)
    if low == high:
        yield (words[low] if low >= 0 else otherwise), rows
        return
    for code in np.unique(mine).tolist():
        yield (words[code] if code >= 0 else otherwise), rows[mine == code]


def _whole(rows: np.ndarray, columns: CallColumns) -> np.ndarray | None:
    return None if len(rows) == len(columns) else rows
