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

from roi_tool.cdr.schema import CallTable
from roi_tool.rating.columns import CLASSES, DIRECTIONS, CallColumns
from roi_tool.rating.compiled import CompiledTariff, PlaneKey, compile_tariff
from roi_tool.rating.number_keys import IntColumn
from roi_tool.rating.stateless import REASONS, Prices, price_columns
from roi_tool.tariff import Tariff

CHUNK = 1 << 17
"""Calls per piece of work: its columns stay in the processor's cache."""


@dataclass(frozen=True)
class RatedCalls:
    """The result of `rate_calls`.

    Attributes:
        frame: one row per call, in the order of the calls: `rate_id`, `prefix` (category, "" where none), `billed_ms` (int64),
            `charge_nano`, `cost_nano`, `margin_nano`, `tax_nano` (Int64; null when unrated, cost and margin also without
            carriers), `reason` (category, "" when rated).
        currency: of all amounts.
    """

    frame: pd.DataFrame
    currency: str

    @cached_property
    def unrated_by_reason(self) -> dict[str, int]:
        """Unrated calls by reason word."""
        counts = self.frame["reason"].value_counts()
        return {str(reason): int(count) for reason, count in counts.items() if reason and count}

    @cached_property
    def unrated(self) -> int:
        """How many calls have no price."""
        return sum(self.unrated_by_reason.values())

    @property
    def rated(self) -> int:
        """How many calls have a price (which may be 0)."""
        return len(self.frame) - self.unrated

    @cached_property
    def charge_nano(self) -> int:
        """Sum of the charges; exact."""
        return exact_sum(self.frame["charge_nano"])

    @cached_property
    def billed_ms(self) -> int:
        """Sum of the billed time."""
        return exact_sum(self.frame["billed_ms"])


def exact_sum(column: pd.Series) -> int:
    """Sum integers without overflow; nulls count 0."""
    values = column.to_numpy(dtype=np.int64, na_value=0)
    if not len(values):
        return 0
    low = int((values & 0xFFFFFFFF).sum())
    return (int((values >> 32).sum()) << 32) + low


def rate_calls(calls: CallTable, tariff: Tariff | CompiledTariff) -> RatedCalls:
    """Price every call of a table.

    Inbound and internal calls cost 0 unless the deck has rows for their direction.

    Raises:
        ProblemError: the tariff is ambiguous (see `compile_tariff`; compile once where the same tariff prices often).
    """
    compiled = tariff if isinstance(tariff, CompiledTariff) else compile_tariff(tariff)
    rated = rate_columns(compiled, CallColumns.of_table(calls))
    return RatedCalls(_frame(compiled, rated, calls.frame.index), compiled.tariff.currency)


@dataclass(frozen=True, eq=False)
class RatedColumns:
    """The result as NumPy columns, for who streams files. `cost_nano` is None where the tariff names no carriers."""

    prices: Prices
    tax_nano: IntColumn
    cost_nano: IntColumn | None = None
    without_cost: npt.NDArray[np.bool_] | None = None
    """Rated calls that no carrier prices."""

    @property
    def margin_nano(self) -> IntColumn | None:
        """Charge without its tax, less cost."""
        return None if self.cost_nano is None else self.prices.charge_nano - self.tax_within_nano - self.cost_nano

    @property
    def tax_within_nano(self) -> IntColumn | int:
        """Tax that stands inside the charge."""
        return 0

    def part(self, rows: slice) -> RatedColumns:
        """Return a view of some rows."""
        cost = None if self.cost_nano is None else self.cost_nano[rows]
        without = None if self.without_cost is None else self.without_cost[rows]
        return RatedColumns(self.prices.part(rows), self.tax_nano[rows], cost, without)


def rate_columns(compiled: CompiledTariff, columns: CallColumns) -> RatedColumns:
    """Price calls given as columns; `rate_calls` for call tables."""
    prices = price_stateless(compiled, columns)
    return RatedColumns(prices, np.zeros(len(columns), dtype=np.int64))


def _frame(compiled: CompiledTariff, rated: RatedColumns, index: pd.Index) -> pd.DataFrame:
    prices = rated.prices
    unrated = prices.reason != 0
    charge = pd.array(prices.charge_nano, dtype="Int64")
    charge[unrated] = pd.NA
    nothing = pd.array(np.zeros(len(prices.rate), dtype=np.int64), dtype="Int64")
    nothing[:] = pd.NA
    tax = pd.array(np.zeros(len(prices.rate), dtype=np.int64), dtype="Int64")
    tax[unrated] = pd.NA
    return pd.DataFrame(
        {
            "rate_id": _names(prices.rate, [rate.id for rate in compiled.rates]),
            "prefix": _names(prices.prefix, compiled.prefixes),
            "billed_ms": prices.billed_ms,
            "charge_nano": charge,
            "cost_nano": nothing,
            "margin_nano": nothing.copy(),
            "tax_nano": tax,
            "reason": pd.Categorical.from_codes(prices.reason, categories=list(REASONS)),
        },
        index=index,
    )


def _names(codes: np.ndarray, names: list[str]) -> pd.Categorical:
    """Name numbers; -1 (none) is ""."""
    distinct = {name: number for number, name in enumerate(dict.fromkeys(["", *names]))}
    places = np.array([*(distinct[name] for name in names), 0], dtype=np.int32)
    return pd.Categorical.from_codes(places[codes], categories=list(distinct))


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
    called = columns.called
    texts = None if called.texts is None else called.texts.iloc[rows]
    return replace(
        columns,
        start_ms=columns.start_ms[rows],
        duration_ms=columns.duration_ms[rows],
        called=replace(called, key=called.key[rows], length=called.length[rows], texts=texts),
        direction=None if columns.direction is None else columns.direction[rows],
        called_class=None if columns.called_class is None else columns.called_class[rows],
        caller=None,
        account=None,
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
        for called_class, class_rows in _groups(classes, rows, CLASSES, ""):
            borders = compiled.eras.get(direction)
            if borders is None or not len(borders):
                yield (direction, called_class, "", 0), _whole(class_rows, columns)
                continue
            era = np.searchsorted(borders, columns.start_ms[class_rows], side="right")
            for number in np.unique(era).tolist():
                yield (direction, called_class, "", number), _whole(class_rows[era == number], columns)


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
