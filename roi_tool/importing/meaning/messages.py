"""Texts and data sessions among the calls: their money is kept as usage that is not itemised, the rest is skipped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pyarrow as pa

from roi_tool.cdr import Charge, ChargeKind
from roi_tool.importing.layout import Role
from roi_tool.importing.meaning.call_rows import CallRows, table_cells
from roi_tool.importing.plan import Sheet
from roi_tool.problems import Where


@dataclass(frozen=True)
class Messages:
    """Charges by what the rows call themselves, and how many rows are counted as charges or skipped."""

    charges: tuple[Charge, ...]
    charge_rows: int
    skipped: int


def read_messages(sheet: Sheet, rows: CallRows) -> Messages:
    """Sum the money of texts and data by description."""
    places = np.flatnonzero(rows.messages & ~rows.is_call)
    if not len(places):
        return Messages((), 0, 0)
    names = _names(sheet, places)
    sums: dict[str, tuple[int, int, int]] = {}
    skipped = 0
    for place, name in zip(places.tolist(), names, strict=True):
        amount = int(rows.charge.values[place])
        if not rows.charge.valid[place] or not amount:
            skipped += 1
            continue
        total, count, first = sums.get(name, (0, 0, place))
        sums[name] = (total + amount, count + 1, first)
    return Messages(tuple(_charges(sheet, sums)), sum(count for _, count, _ in sums.values()), skipped)


def _charges(sheet: Sheet, sums: Mapping[str, tuple[int, int, int]]) -> list[Charge]:
    numbers, file, title = sheet.table.row_numbers, sheet.table.file, sheet.table.sheet
    return [
        Charge(ChargeKind.USAGE_SUMMARY, name, total, Decimal(count), where=Where(file, int(numbers[first]), sheet=title))
        for name, (total, count, first) in sums.items()
    ]


def _names(sheet: Sheet, places: np.ndarray) -> list[str]:
    """Return what each row calls itself: of the columns that may say so, the first that does."""
    roles = [role for role in (Role.TYPE, Role.KIND, Role.DESCRIPTION, Role.PLACE) if sheet.columns.has(role)]
    texts = [table_cells(sheet, role).take(pa.array(places)).to_pylist() for role in roles]
    return [next((text.strip() for text in cells if text.strip()), "SMS") for cells in zip(*texts, strict=True)] or [
        "SMS"
    ] * len(places)
