"""The result of pricing calls: as NumPy columns, and for a call table its totals and its frame."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.arrays import IntegerArray

from roi_tool.rating.carried import Carried
from roi_tool.rating.compiled import CompiledTariff
from roi_tool.rating.number_keys import IntColumn
from roi_tool.rating.prices import REASONS, Prices
from roi_tool.rating.stateful import PeriodCharge


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
        carried: what the account takes into the next month, where its months are known.
    """

    prices: Prices
    tax_nano: IntColumn
    tax_included: bool = False
    covered_ms: IntColumn | None = None
    cost_nano: IntColumn | None = None
    carrier: npt.NDArray[np.int16] | None = None
    period_charges: tuple[PeriodCharge, ...] = ()
    carried: Carried | None = None

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

    @property
    def carried(self) -> Carried | None:
        """What the account's allowances have left after the last of its months; None where the months were not stated."""
        return self.columns.carried

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


def exact_sum(values: IntColumn) -> int:
    """Sum integers without overflow."""
    low = int((values & 0xFFFFFFFF).sum())
    return (int((values >> 32).sum()) << 32) + low
