"""Reads the tables of one file part by part, and comes to what reading it whole would.

The plan (what the columns are, how their cells are written) is made of what was seen so far, and read by as long as what is
seen further down agrees with it. Where it does not, reading begins again with the better plan. A file of one part is planned
from all of it, and read once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from roi_tool.importing.file_sources import Source, as_printed
from roi_tool.importing.records.opening import holds_formulas_only
from roi_tool.importing.records.raw_table import RawTable
from roi_tool.importing.records.record_source import PORTIONS, Portions, Records, TornApartError
from roi_tool.importing.table_reading import TableReader, TableReading
from roi_tool.importing.tax_of_file import with_tax_said
from roi_tool.importing.understanding import FilePlan, Found, Request, TablePlan, found_columns, plan_file
from roi_tool.importing.witness import Witness
from roi_tool.problems import Problem, ProblemError, Severity, Where

Key = tuple[int, int]
"""Place of a source in its file, and of a kind of titles in the source."""
_GIVEN_UP_AFTER = 2
"""Beginnings that late proofs may spoil; after these the file is looked through before it is read."""
_DUE_AGAIN = 4
"""Late proofs are looked for when so many times more is read: what they spoil is no more than that."""
_MOST_HELD = 64 << 20
"""Bytes of several sources' beginnings that are held until they are read."""


@dataclass
class _Table:
    """What is known of one table."""

    witness: Witness
    facts: RawTable
    """The table without its records."""
    found: Found | None = None
    found_at: tuple[int, int] = (-1, -1)
    """What its witness had seen when the columns were found: changes of shape, and all."""


def read_tables(
    sources: Sequence[Records],
    request: Request,
    progress: Callable[[float], None] | None = None,
    portions: Portions = PORTIONS,
) -> list[TableReading]:
    """Read the tables of one file; blocks under titles of their own are tables of their own.

    Args:
        sources: its texts or sheets.
        request: what the caller settled beforehand.
        progress: told the share done, from 0 to 1; what it raises ends the reading.
        portions: how much is held at a time.

    Raises:
        ProblemError: they hold no calls and no charges, or cannot be read.
    """
    reader = _FileReader(sources, request, progress, portions)
    readings, notes = reader.read(), reader.notes()
    file = sources[0].file
    if not any(reading.rows_calls or reading.charges or reading.sure_charges for reading in readings):
        code = "workbook_formulas" if holds_formulas_only(Path(file)) else "no_calls"
        raise ProblemError(Problem(code, where=Where(file)), *(note for note in notes if note.severity is not Severity.INFO))
    readings[0].problems.extend(notes)
    return readings


class _FileReader:
    def __init__(
        self, sources: Sequence[Records], request: Request, progress: Callable[[float], None] | None, portions: Portions
    ) -> None:
        self._sources = [Source(records) for records in sources]
        self._request, self._progress, self._portions = request, progress, portions
        self._tables: dict[Key, _Table] = {}
        self._plan: FilePlan | None = None
        self._planned_at = -1
        self._told = 0.0

    def read(self) -> list[TableReading]:
        attempt = 0
        while True:
            try:
                if not self._tables:
                    self._look_at_beginnings()
                readings = self._read_by_plan(only_look=attempt == _GIVEN_UP_AFTER)
            except TornApartError as torn:
                self._begin_otherwise(torn)
                continue
            if readings is not None:
                return readings
            attempt += 1

    def notes(self) -> list[Problem]:
        """Return what was left out beside the tables."""
        found: list[Problem] = []
        for table in self._tables.values():
            found += [note for note in table.facts.notes if note not in found]
        return found

    def _look_at_beginnings(self) -> None:
        """See enough of each source to make a plan."""
        for place, source in enumerate(self._sources):
            self._look(place, source)
            printed = source.records
            if (place, 0) in self._tables:
                printed = as_printed(source.records, self._tables[place, 0].witness.table(), self._request)
            if printed is not source.records:
                source.records = printed
                self._forget(place)
                self._look(place, source)
        if not self._tables:
            raise ProblemError(Problem("file_empty", where=Where(self._sources[0].records.file)))

    def _look(self, place: int, source: Source) -> None:
        seen: Counter[Key] = Counter()
        for kind, block in source.look():
            self._note((place, kind), block, seen)
            if self._tables[place, kind].witness.records >= self._portions.head_records:
                break
        if place and sum(table.nbytes() for one in self._sources for _, table in one.beginning) > _MOST_HELD:
            source.beginning, source.rest = [], None  # what many long texts begin with is read again

    def _begin_otherwise(self, torn: TornApartError) -> None:
        for place, source in enumerate(self._sources):
            if source.records is torn.records:
                source.records = torn.instead
                self._forget(place)
        self._tables.clear()

    def _forget(self, place: int) -> None:
        self._tables = {key: table for key, table in self._tables.items() if key[0] != place}

    def _note(self, key: Key, block: RawTable, seen: Counter[Key]) -> None:
        """Let a block's witness look at it."""
        if key not in self._tables:
            self._tables[key] = _Table(Witness(self._portions.head_records), block.without_records())
        self._tables[key].witness.add(block, seen[key])
        seen[key] += len(block)

    def _read_by_plan(self, *, only_look: bool) -> list[TableReading] | None:
        """Read all tables, None when what was seen further down asks for another plan."""
        seen: Counter[Key] = Counter()
        readers: dict[Key, TableReader] = {}
        plans, blocks, due = self._plans(), 0, 1
        for place, source in enumerate(self._sources):
            for kind, block in source.blocks():
                key = place, kind
                self._note(key, block, seen)
                blocks += 1
                if not only_look:
                    if key not in plans or blocks == due:
                        due *= _DUE_AGAIN
                        newer = self._plans()
                        if not _agree(plans, newer, readers):
                            return None
                        plans = newer
                    own = plans[key]
                    if key not in readers:
                        readers[key] = TableReader(own.found.columns, own.formats, own.habits, self._portions)
                    readers[key].read(own.found.mended(block).widened(own.width))
                    pa.default_memory_pool().release_unused()
                self._tell((place + source.share) / len(self._sources))
        final = self._plans(last=True)
        if only_look or not _agree(plans, final, readers):
            return None
        return self._finished(readers, final)

    def _finished(self, readers: Mapping[Key, TableReader], plans: Mapping[Key, TablePlan]) -> list[TableReading]:
        readings = []
        for key in sorted(readers):
            reading = readers[key].finish(self._tables[key].facts, plans[key].formats)
            readings.append(replace(reading, shape=plans[key].shape, answered=plans[key].answered))
        assert self._plan is not None
        if self._plan.assumed_zone:
            file = self._sources[0].records.file
            detail = {"zone": self._plan.assumed_zone, "country": plans[min(readers)].habits.country}
            readings[0].problems.append(Problem("zone_assumed", Severity.INFO, Where(file), detail))
        return with_tax_said(readings)

    def _plans(self, *, last: bool = False) -> dict[Key, TablePlan]:
        """Return the plan of each table by what was seen so far.

        Args:
            last: all was seen: the columns are found anew where anything was seen since.
        """
        keys = sorted(self._tables)
        tables = [self._tables[key] for key in keys]
        changes = sum(table.witness.changes for table in tables)
        stale = self._plan is None or self._planned_at != changes
        for table in tables:
            at = table.witness.shape_changes, table.witness.changes if last else table.found_at[1]
            if table.found is None or table.found_at != at:
                found = found_columns(table.witness.table(), self._request)
                stale |= found != table.found
                table.found, table.found_at = found, (table.witness.shape_changes, table.witness.changes)
        if self._plan is None or stale:
            witnesses = [table.witness.table() for table in tables]
            self._plan = plan_file(witnesses, [table.found for table in tables if table.found], self._request)
            self._planned_at = changes
        return dict(zip(keys, self._plan.tables, strict=True))

    def _tell(self, share: float) -> None:
        self._told = max(self._told, share)
        if self._progress is not None:
            self._progress(self._told)


def _agree(plans: Mapping[Key, TablePlan], newer: Mapping[Key, TablePlan], readers: Mapping[Key, TableReader]) -> bool:
    """Say whether what was read already would be read alike by the newer plans."""
    return all(plans[key].reads_like(newer[key]) for key in readers)
