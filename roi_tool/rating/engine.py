"""Prices calls under a tariff: sorts them by plane, prices them on all processor cores, and keeps account of every call."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.arrays import IntegerArray

from roi_tool.cdr.schema import CallTable
from roi_tool.rating.area_codes import JURISDICTIONS, jurisdictions_of
from roi_tool.rating.columns import CLASSES, DIRECTIONS, CallColumns
from roi_tool.rating.compiled import CompiledTariff, compile_tariff
from roi_tool.rating.number_keys import IntColumn
from roi_tool.rating.plane import PlaneKey
from roi_tool.rating.repricing import repricer
from roi_tool.rating.stateful import PeriodCharge, apply_rules, carrier_choice
from roi_tool.rating.stateless import REASONS, Prices, price_columns
from roi_tool.rating.trail import Trail
from roi_tool.tariff import Tariff

CHUNK = 1 << 17
"""Calls per piece of work: its columns stay in the processor's cache."""


@dataclass(frozen=True, eq=False)
class RatedCalls:
    """The result of `rate_calls`.

    Attributes:
        compiled: the tariff.
        columns: the result as NumPy columns.
        index: of the calls' frame.
        accounts: names by the account numbers of `period_charges`.
    """

    compiled: CompiledTariff
    columns: RatedColumns
    index: pd.Index
    accounts: tuple[str, ...] = ()

    @cached_property
    def frame(self) -> pd.DataFrame:
        """One row per call, in the order of the calls; made when first asked for, so that a what-if needs no frame.

        `rate_id`, `prefix` (category, "" where none), `billed_ms` (int64), `charge_nano`, `cost_nano`, `margin_nano`,
        `tax_nano` (Int64; null when unrated, cost and margin also without carriers), `reason` (category, "" when rated).
        """
        return rated_frame(self.compiled, self.columns, self.index)

    @property
    def currency(self) -> str:
        """Of all amounts."""
        return self.compiled.tariff.currency

    @property
    def period_charges(self) -> tuple[PeriodCharge, ...]:
        """What accounts owe by the month besides their calls: shortfall, tier amounts, channels."""
        return self.columns.period_charges

    @cached_property
    def unrated_by_reason(self) -> dict[str, int]:
        """Unrated calls by reason word."""
        counts = np.bincount(self.columns.prices.reason, minlength=len(REASONS)).tolist()
        return {reason: count for reason, count in zip(REASONS, counts, strict=True) if reason and count}

    @cached_property
    def unrated(self) -> int:
        """How many calls have no price."""
        return sum(self.unrated_by_reason.values())

    @property
    def rated(self) -> int:
        """How many calls have a price (which may be 0)."""
        return len(self.index) - self.unrated

    @cached_property
    def charge_nano(self) -> int:
        """Sum of the charges; exact."""
        return exact_sum(self.columns.prices.charge_nano)

    @cached_property
    def billed_ms(self) -> int:
        """Sum of the billed time."""
        return exact_sum(self.columns.prices.billed_ms)


def exact_sum(values: IntColumn) -> int:
    """Sum integers without overflow."""
    low = int((values & 0xFFFFFFFF).sum())
    return (int((values >> 32).sum()) << 32) + low


def rate_calls(calls: CallTable, tariff: Tariff | CompiledTariff, *, seats: int | None = None) -> RatedCalls:
    """Price every call of a table.

    Inbound and internal calls cost 0 unless the deck has rows for their direction.

    Args:
        calls: the calls of one or several accounts.
        tariff: compile it once (`compile_tariff`) where it prices often.
        seats: seats of the account, for pooled allowances; None counts the distinct outbound callers of each account.

    Raises:
        ProblemError: the tariff is ambiguous.
    """
    compiled = tariff if isinstance(tariff, CompiledTariff) else compile_tariff(tariff)
    rated = rate_columns(compiled, CallColumns.of_table(calls), seats=seats)
    names = tuple(str(name) for name in pd.unique(calls.frame["account"])) if rated.period_charges else ()
    return RatedCalls(compiled, rated, calls.frame.index, names)


@dataclass(frozen=True, eq=False)
class RatedColumns:
    """The result as NumPy columns, for who streams files. Unrated calls are 0 in every amount.

    Attributes:
        prices: rate, prefix, billed time, charge and reason.
        tax_nano: tax on the charge, or inside it for a tax-inclusive tariff.
        tax_included: whether it stands inside.
        covered_ms: billed time that allowances paid; None where the tariff has none.
        cost_nano: cost at the chosen carrier; None where the tariff names no carriers.
        carrier: place of the chosen carrier in the tariff, -1 where none prices the call.
        period_charges: what accounts owe by the month.
    """

    prices: Prices
    tax_nano: IntColumn
    tax_included: bool = False
    covered_ms: IntColumn | None = None
    cost_nano: IntColumn | None = None
    carrier: npt.NDArray[np.int16] | None = None
    period_charges: tuple[PeriodCharge, ...] = ()

    @property
    def without_cost(self) -> npt.NDArray[np.bool_]:
        """Calls that no carrier prices."""
        return np.ones(len(self.tax_nano), dtype=bool) if self.carrier is None else self.carrier < 0

    @property
    def margin_nano(self) -> IntColumn | None:
        """Charge without tax, less cost."""
        if self.cost_nano is None:
            return None
        net = self.prices.charge_nano - self.tax_nano if self.tax_included else self.prices.charge_nano
        return net - self.cost_nano

    def part(self, rows: slice) -> RatedColumns:
        """Return a view of some rows, without the period's charges."""
        columns = (None if column is None else column[rows] for column in (self.covered_ms, self.cost_nano))
        covered, cost = columns
        carrier = None if self.carrier is None else self.carrier[rows]
        return RatedColumns(self.prices.part(rows), self.tax_nano[rows], self.tax_included, covered, cost, carrier)


def rate_columns(
    compiled: CompiledTariff, columns: CallColumns, *, seats: int | None = None, trail: Trail | None = None
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
        return RatedColumns(prices, np.zeros(len(columns), dtype=np.int64), tariff.tax_included, None, cost, carrier)
    after = apply_rules(compiled, columns, prices, seats, jurisdiction, repricer(compiled, columns), trail)
    covered = after.covered_ms if len(after.covered_ms) == len(columns) else None
    return RatedColumns(prices, after.tax_nano, tariff.tax_included, covered, cost, carrier, after.period_charges)


def rated_frame(compiled: CompiledTariff, rated: RatedColumns, index: pd.Index) -> pd.DataFrame:
    """Return the result as a frame (see `RatedCalls.frame`)."""
    prices = rated.prices
    unrated = prices.reason != 0
    margin = rated.margin_nano
    costless = unrated | rated.without_cost
    nothing = np.zeros(len(unrated), dtype=np.int64)
    return pd.DataFrame(
        {
            "rate_id": _names(prices.rate, [rate.id for rate in compiled.rates]),
            "prefix": _names(prices.prefix, compiled.prefixes),
            "billed_ms": prices.billed_ms,
            "charge_nano": IntegerArray(prices.charge_nano, unrated),
            "cost_nano": IntegerArray(nothing if rated.cost_nano is None else rated.cost_nano, costless),
            "margin_nano": IntegerArray(nothing if margin is None else margin, costless.copy()),
            "tax_nano": IntegerArray(rated.tax_nano, unrated.copy()),
            "reason": pd.Categorical.from_codes(prices.reason.astype(np.int64), categories=pd.Index(REASONS, dtype="str")),
        },
        index=index,
    )


def _names(codes: np.ndarray, names: list[str]) -> pd.Categorical:
    """Name numbers; -1 (none) is ""."""
    distinct = {name: number for number, name in enumerate(dict.fromkeys(["", *names]))}
    places = np.array([*(distinct[name] for name in names), 0], dtype=np.int32)
    return pd.Categorical.from_codes(places[codes], categories=pd.Index(list(distinct), dtype="str"))


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
