"""What became of one call among the others of its month: rules, taxes and the carrier's cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd

from roi_tool.rating.columns import CLASSES, DIRECTIONS, CallColumns
from roi_tool.rating.compiled import CompiledTariff
from roi_tool.rating.engine import rate_columns
from roi_tool.rating.number_keys import keys_of_texts
from roi_tool.rating.trail import RuleStep, Trail


@dataclass(frozen=True, slots=True)
class CallStory:
    """One call after everything. In nano units; `carrier` "" where none prices it, `cost_nano` None without carriers."""

    steps: tuple[RuleStep, ...]
    covered_ms: int
    fees_covered: bool
    charge_nano: int
    tax_nano: int
    tax_included: bool
    carrier: str = ""
    cost_nano: int | None = None
    margin_nano: int | None = None


def follow_call(compiled: CompiledTariff, columns: CallColumns, row: int, *, seats: int | None = None) -> CallStory:
    """Price all calls and tell what happened to the one at `row`."""
    trail = Trail(row)
    rated = rate_columns(compiled, columns, seats=seats, trail=trail)
    covered = sum(step.covered_ms for step in trail.steps)
    carrier = -1 if rated.carrier is None else int(rated.carrier[row])
    margin = rated.margin_nano
    return CallStory(
        steps=tuple(trail.steps),
        covered_ms=covered,
        fees_covered=trail.fees_covered,
        charge_nano=int(rated.prices.charge_nano[row]),
        tax_nano=int(rated.tax_nano[row]),
        tax_included=rated.tax_included,
        carrier="" if carrier < 0 else compiled.tariff.carriers[carrier].id,
        cost_nano=None if rated.cost_nano is None else int(rated.cost_nano[row]),
        margin_nano=None if margin is None else int(margin[row]),
    )


def lone_call(
    called: str, caller: str, start: datetime, duration_ms: int, direction: str, called_class: str, timezone: str
) -> CallColumns:
    """Make columns of a single call: the first of its month."""
    start_ms = (start - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
    return CallColumns(
        start_ms=np.array([start_ms], dtype=np.int64),
        duration_ms=np.array([duration_ms], dtype=np.int64),
        called=keys_of_texts(pd.Series([called], dtype="str")),
        direction=np.array([DIRECTIONS.index(direction)], dtype=np.int8),
        called_class=np.array([CLASSES.index(called_class or "unknown")], dtype=np.int8),
        caller=keys_of_texts(pd.Series([caller], dtype="str")),
        timezone=timezone,
    )
