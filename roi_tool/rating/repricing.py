"""Prices single calls of the columns again, where an allowance pays their beginning."""

from __future__ import annotations

from collections.abc import Callable

from roi_tool.rating.columns import CLASSES, DIRECTIONS, CallColumns
from roi_tool.rating.compiled import CompiledTariff
from roi_tool.rating.lookup import find_offer, segments_for
from roi_tool.rating.single import price_exact

Reprice = Callable[[int, int, bool], int]
"""(row, covered ms, fees covered) → charge in nano."""


def repricer(compiled: CompiledTariff, columns: CallColumns) -> Reprice:
    """Return the function that prices a row again."""
    zone = compiled.zone(columns.timezone)

    def reprice(row: int, covered_ms: int, fees_covered: bool) -> int:
        called, start, lasting = columns.called.text_of(row), int(columns.start_ms[row]), int(columns.duration_ms[row])
        direction = "outbound" if columns.direction is None else DIRECTIONS[columns.direction[row]]
        kind = "" if columns.called_class is None else CLASSES[columns.called_class[row]]
        caller = "" if columns.caller is None else columns.caller.text_of(row)
        found = find_offer(compiled, called, start, direction, kind, caller)
        assert found.offer is not None
        segments = segments_for(compiled, found.offer, start, lasting, zone)
        assert segments is not None
        price = price_exact(
            compiled.rates, segments, lasting, compiled.tariff.split, covered_ms=covered_ms, covers_fees=fees_covered
        )
        return price.charge_nano

    return reprice
