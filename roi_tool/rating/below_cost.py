"""Destinations sold below cost: in what was billed, and in what two decks would do to each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import pandas as pd

from roi_tool.rating.columns import CallColumns
from roi_tool.rating.compiled import CompiledTariff
from roi_tool.rating.engine import rate_columns
from roi_tool.rating.number_keys import keys_of_texts
from roi_tool.rating.rated import RatedCalls

_NUMBER_DIGITS = 12


@dataclass(frozen=True, slots=True)
class LossMaker:
    """A destination whose call costs more than it is sold for. Amounts are of one call of the probed length."""

    prefix: str
    destination: str
    charge_nano: int
    cost_nano: int
    carrier: str


def below_cost(rated: RatedCalls) -> pd.DataFrame:
    """Return by prefix the calls, charge, cost and margin (nano) of prefixes whose margin is negative, the worst first."""
    frame = rated.frame[rated.frame["margin_nano"].notna()]
    columns = ["charge_nano", "cost_nano", "margin_nano"]
    sums = frame.groupby("prefix", observed=True)[columns].sum()
    sums.insert(0, "calls", frame.groupby("prefix", observed=True).size())
    return sums[sums["margin_nano"] < 0].sort_values("margin_nano")


def loss_makers(compiled: CompiledTariff, *, when: datetime, seconds: int = 180) -> tuple[LossMaker, ...]:
    """Price a call to every prefix that the tariff or a carrier knows, and return those that would lose money.

    The alarm for a new deck: put it into the tariff as a carrier's, and see what comes that did not come before.

    Args:
        compiled: a tariff with carriers.
        when: the aware instant of the call.
        seconds: its length.
    """
    decks = [compiled.tariff.deck, *(carrier.tariff.deck for carrier in compiled.tariff.carriers)]
    prefixes = sorted({row.prefix for deck in decks for row in deck if row.prefix.isdigit() and row.direction == "outbound"})
    names = {row.prefix: row.destination for deck in reversed(decks) for row in deck}
    if not prefixes:
        return ()
    numbers = pd.Series([prefix.ljust(_NUMBER_DIGITS, "0") for prefix in prefixes], dtype="str")
    start = int((when - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1000)
    columns = CallColumns(
        start_ms=np.full(len(prefixes), start, dtype=np.int64),
        duration_ms=np.full(len(prefixes), seconds * 1000, dtype=np.int64),
        called=keys_of_texts(numbers),
    )
    rated = rate_columns(compiled, columns)
    if rated.cost_nano is None or rated.margin_nano is None or rated.carrier is None:
        return ()
    lost = np.flatnonzero((rated.margin_nano < 0) & (rated.prices.reason == 0) & (rated.carrier >= 0))
    carriers = compiled.tariff.carriers
    return tuple(
        LossMaker(
            prefix=prefixes[row],
            destination=names.get(prefixes[row], ""),
            charge_nano=int(rated.prices.charge_nano[row]),
            cost_nano=int(rated.cost_nano[row]),
            carrier=carriers[int(rated.carrier[row])].id,
        )
        for row in lost.tolist()
    )
