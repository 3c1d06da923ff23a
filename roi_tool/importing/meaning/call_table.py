"""Call rows to the checked call table, part by part: instants, parties, money; legs of one call joined."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from roi_tool.cdr import CALL_COLUMNS, CallTable, empty_calls
from roi_tool.cdr.schema import CLASS_TYPE, DIRECTION_TYPE
from roi_tool.importing.cells.moments import Moments, to_instants
from roi_tool.importing.column_store import ColumnStore, Values
from roi_tool.importing.layout import Role
from roi_tool.importing.meaning.call_rows import CallRows
from roi_tool.importing.meaning.duplicates import text_keys
from roi_tool.importing.meaning.legs import JoinedLegs, LegColumns, join_legs, leg_keys
from roi_tool.importing.meaning.parties import INTERNAL, Parties, PartyReader, named_cells, taken_cells
from roi_tool.importing.plan import Columns, Habits, Sheet
from roi_tool.importing.records.record_source import Portions


@dataclass(frozen=True, eq=False)
class GatheredCalls:
    """All calls of a table. `legs`: how many records went into another's call."""

    calls: CallTable
    legs: int


class CallGatherer:
    """Gathers the calls of a table part by part, and says at its end what only all of them together tell.

    Args:
        columns: of the table.
        habits: of the account.
        portions: how many calls are held in memory.
    """

    def __init__(self, columns: Columns, habits: Habits, portions: Portions) -> None:
        self.parties = PartyReader(columns, habits.country)
        self._columns, self._habits = columns, habits
        self._store = ColumnStore(portions.calls)
        self._tax_included: bool | None = None
        self._priced = False

    def add(self, sheet: Sheet, rows: CallRows) -> None:
        """Add the calls of a part.

        Raises:
            ProblemError: there is no room for them.
        """
        places = np.flatnonzero(rows.is_call)
        parties = self.parties.read(sheet, rows, places)
        self._tax_included = rows.tax_included
        if not len(places):
            return
        self._priced |= bool(rows.charge.valid[places].any())
        moments = Moments(rows.moments.values[places], rows.moments.valid[places], rows.moments.utc[places])
        self._store.add(
            {
                "start": pd.DatetimeIndex(to_instants(moments, self._habits.timezone)).as_unit("us").asi8,
                "direction": parties.direction,
                "caller": parties.caller,
                "called": parties.called,
                "caller_class": parties.caller_class,
                "called_class": parties.called_class,
                "duration_ms": rows.duration.values[places],
                "billed_ms": rows.billed.values[places],
                "billed_missing": ~rows.billed.valid[places],
                "charge_nano": rows.charge.values[places],
                "charge_missing": ~rows.charge.valid[places],
                "account": named_cells(sheet, Role.ACCOUNT, places).cast(pa.large_string()),
                "site": named_cells(sheet, Role.SITE, places).cast(pa.large_string()),
                "source_row": sheet.table.row_numbers[places],
                **self._groups(sheet, places),
            }
        )

    def finish(self, file: str, currency: str) -> GatheredCalls:
        """Return the call table.

        Args:
            file: path of the source.
            currency: of the calls' money.

        Raises:
            ProblemError: there is no room for it.
        """
        zone, country, records = self._habits.timezone, self._habits.country, len(self._store)
        if not records:
            return GatheredCalls(empty_calls(timezone=zone, country=country), 0)
        self._settle_parties()
        joined = self._joined()
        store = self._store if joined is None else self._store.taken(joined.kept)
        store.derive("call_id", _ids(store.lengths, joined))
        store.derive("source_file", (pa.repeat(pa.scalar(file, pa.large_string()), count) for count in store.lengths))
        group = "call_id" if not self._columns.has(Role.GROUP) else "group_id"
        if joined is not None:
            store.derive("group_id", (pc.if_else(pc.equal(leg, ""), own, leg) for leg, own in store.chunks("leg", group)))
            group = "group_id"
        frame = pd.DataFrame(self._columns_of_frame(store, joined, group), copy=False).astype(dict(CALL_COLUMNS))
        taxed = self._tax_included if self._priced else None
        calls = CallTable(frame, zone, currency if self._priced else "", country, taxed)
        return GatheredCalls(calls, records - len(calls))

    def _groups(self, sheet: Sheet, places: npt.NDArray[np.int64]) -> dict[str, Values]:
        """Return the file's own mark of calls that belong together, and what the legs of one call share."""
        columns: dict[str, Values] = {}
        if sheet.columns.has(Role.GROUP):
            columns["group_id"] = taken_cells(sheet, Role.GROUP, places).cast(pa.large_string())
        legs = self._columns.layout.legs if self._columns.layout else None
        keys = leg_keys(sheet, places, legs) if legs else None
        if keys is not None:
            none = pc.equal(keys, "").to_numpy(zero_copy_only=False)
            columns["leg"], columns["leg_key"] = keys, np.where(none, np.uint64(0), text_keys(keys) | np.uint64(1))
        return columns

    def _settle_parties(self) -> None:
        names = ("caller", "called", "caller_class", "called_class", "direction")
        settled = [self.parties.settled(Parties(*chunk)) for chunk in self._store.chunks(*names)]
        self._store.derive("called_class", (called_class for called_class, _ in settled))
        self._store.derive("direction", (direction for _, direction in settled))

    def _joined(self) -> JoinedLegs | None:
        layout, store = self._columns.layout, self._store
        if layout is None or layout.legs is None or "leg_key" not in store:
            return None
        records = LegColumns(
            store.numbers("leg_key"),
            store.numbers("start"),
            store.numbers("duration_ms"),
            store.numbers("charge_nano"),
            store.numbers("charge_missing"),
            store.numbers("called_class") == INTERNAL,
        )
        return join_legs(records, layout.legs)

    def _columns_of_frame(self, store: ColumnStore, joined: JoinedLegs | None, group: str) -> dict[str, Any]:
        """Return the columns of the call table, none of them copied."""
        numbers, texts = store.numbers, store.texts
        start = numbers("start") if joined is None else joined.start_us
        duration = numbers("duration_ms") if joined is None else joined.duration_ms
        charge = numbers("charge_nano") if joined is None else joined.charge_nano
        missing = numbers("charge_missing") if joined is None else joined.charge_missing
        is_billed = self._columns.has(Role.BILLED) or self._priced
        unbilled = numbers("billed_missing") if is_billed else np.ones(len(store), bool)
        values = {
            "call_id": pd.array(texts("call_id"), dtype="str"),
            "group_id": pd.array(texts(group), dtype="str"),
            "start": pd.array(start, dtype=CALL_COLUMNS["start"], copy=False),
            "direction": pd.Categorical.from_codes(numbers("direction"), dtype=DIRECTION_TYPE),
            "called_class": pd.Categorical.from_codes(numbers("called_class"), dtype=CLASS_TYPE),
            "duration_ms": duration,
            "billed_ms": pd.arrays.IntegerArray(numbers("billed_ms"), unbilled),
            "charge_nano": pd.arrays.IntegerArray(charge, missing),
            "source_row": numbers("source_row"),
        }
        return {name: values[name] if name in values else pd.array(texts(name), dtype="str") for name in CALL_COLUMNS}


def _ids(lengths: list[int], joined: JoinedLegs | None) -> Iterator[pa.Array]:
    """Give the calls' ids, chunk by chunk: each is its record's number among the calls."""
    first = 0
    for length in lengths:
        places = np.arange(first, first + length) if joined is None else joined.kept[first : first + length]
        yield pa.array(places + 1).cast(pa.large_string())
        first += length
