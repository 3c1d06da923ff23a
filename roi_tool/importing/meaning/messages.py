"""Texts and data sessions among the calls: their money is kept as usage that is not itemised, the rest is skipped."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pyarrow as pa

from roi_tool.cdr import Charge, ChargeKind
from roi_tool.importing.layout import Role
from roi_tool.importing.meaning.call_rows import CallRows
from roi_tool.importing.meaning.role_cells import table_cells
from roi_tool.importing.plan import Sheet
from roi_tool.problems import Where


class MessageSums:
    """The money of texts and data by description, part by part; and how many rows are counted as charges or skipped."""

    def __init__(self) -> None:
        self.charge_rows, self.skipped = 0, 0
        self._sums: dict[str, tuple[int, int, Where]] = {}

    def add(self, sheet: Sheet, rows: CallRows) -> None:
        """Add those of a part."""
        places = np.flatnonzero(rows.messages & ~rows.is_call)
        if not len(places):
            return
        table = sheet.table
        for place, name in zip(places.tolist(), _names(sheet, places), strict=True):
            amount = int(rows.charge.values[place])
            if not rows.charge.valid[place] or not amount:
                self.skipped += 1
                continue
            self.charge_rows += 1
            where = Where(table.file, int(table.row_numbers[place]), sheet=table.sheet)
            total, count, first = self._sums.get(name, (0, 0, where))
            self._sums[name] = (total + amount, count + 1, first)

    def charges(self) -> list[Charge]:
        """Return one charge per description."""
        return [
            Charge(ChargeKind.USAGE_SUMMARY, name, total, Decimal(count), where=first)
            for name, (total, count, first) in self._sums.items()
        ]


def _names(sheet: Sheet, places: np.ndarray) -> list[str]:
    """Return what each row calls itself: of the columns that may say so, the first that does."""
    roles = [role for role in (Role.TYPE, Role.KIND, Role.DESCRIPTION, Role.PLACE) if sheet.columns.has(role)]
    texts = [table_cells(sheet, role).take(pa.array(places)).to_pylist() for role in roles]
    return [next((text.strip() for text in cells if text.strip()), "SMS") for cells in zip(*texts, strict=True)] or [
        "SMS"
    ] * len(places)
