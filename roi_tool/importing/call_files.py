"""Files of calls, CSV or Parquet, read and written in batches: a file may be larger than memory.

Reading is lenient: a start, a called number and a duration are enough, under their usual names. Rows that cannot be read stay
in the batch with a fault, so that whoever rates them can account for every row.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from roi_tool.cdr.schema import CALL_COLUMNS, CallTable, make_calls
from roi_tool.importing.call_cells import durations_of, instants_of
from roi_tool.importing.table_writer import TableWriter
from roi_tool.problems import Problem, ProblemError, Where

FAULTS = ("", "bad_start", "bad_duration")
BATCH_BYTES = 8 << 20
BATCH_ROWS = 262_144
NAMES: Mapping[str, tuple[str, ...]] = {
    "call_id": ("call_id", "id", "uniqueid", "uuid", "cdr_id"),
    "start": ("start", "start_time", "answer_time", "answered_at", "calldate", "datetime", "timestamp", "date_time", "date"),
    "called": (
        "called",
        "called_number",
        "callee",
        "destination",
        "dst",
        "dialled",
        "dialed",
        "destination_number",
        "number",
        "to",
    ),
    "caller": ("caller", "caller_number", "calling", "calling_number", "src", "source", "caller_id_number", "from"),
    "duration_ms": ("duration_ms",),
    "duration_s": ("duration_s", "billsec", "duration_seconds", "duration_sec", "seconds", "usage_s", "duration", "usage"),
    "direction": ("direction",),
    "called_class": ("called_class",),
    "account": ("account", "account_id", "customer", "accountcode"),
    "site": ("site",),
}
"""Meaning → names of its column, in the order in which they are tried; case, spaces and hyphens do not matter."""


@dataclass(frozen=True, eq=False)
class CallBatch:
    """Some rows of a file: `source` as they stand there, `values` read by meaning, `fault` places in `FAULTS`."""

    first_row: int
    """Row number of the first record, as a spreadsheet counts."""
    source: pa.Table
    values: Mapping[str, Any]
    """`start_ms`, `duration_ms` (int64) and pandas text columns by meaning."""
    fault: npt.NDArray[np.int8]


@dataclass(eq=False)
class CallFile:
    """A file of calls: which column means what, and the records that could not even be cut into cells."""

    path: Path
    columns: tuple[str, ...]
    meaning: Mapping[str, str]
    timezone: str
    delimiter: str = ","
    broken: list[tuple[int, str]] = field(default_factory=list)
    """Row and reason of records with the wrong number of cells; filled while batches are read."""

    def batches(self) -> Iterator[CallBatch]:
        """Read the file from its start, batch by batch.

        Raises:
            ProblemError: the file turns out not to be what its head promised.
        """
        self.broken.clear()
        row = 1 if self.path.suffix.lower() == ".parquet" else 2
        for table in self._tables():
            yield self._batch(table, row)
            row += table.num_rows

    def _tables(self) -> Iterator[pa.Table]:
        try:
            if self.path.suffix.lower() == ".parquet":
                for batch in pq.ParquetFile(self.path).iter_batches(BATCH_ROWS):
                    yield pa.Table.from_batches([batch])
                return
            convert = pacsv.ConvertOptions(
                column_types=dict.fromkeys(self.columns, pa.string()),
                strings_can_be_null=False,
                quoted_strings_can_be_null=False,
            )
            parse = pacsv.ParseOptions(delimiter=self.delimiter, invalid_row_handler=self._broken, newlines_in_values=True)
            read = pacsv.ReadOptions(block_size=BATCH_BYTES, column_names=list(self.columns), skip_rows=1)
            with pacsv.open_csv(self.path, read_options=read, parse_options=parse, convert_options=convert) as reader:
                for batch in reader:
                    if batch.num_rows:
                        yield pa.Table.from_batches([batch])
        except (pa.ArrowInvalid, OSError) as error:
            reason = str(error).splitlines()[0]
            raise ProblemError(
                Problem("call_file_unreadable", where=Where(file=str(self.path)), detail={"reason": reason})
            ) from error

    def _broken(self, row: Any) -> str:
        self.broken.append((int(row.number or 0), f"{row.actual_columns} ≠ {row.expected_columns}"))
        return "skip"

    def _batch(self, table: pa.Table, row: int) -> CallBatch:
        start_ms, bad_start = instants_of(table[self.meaning["start"]], self.timezone)
        if "duration_ms" in self.meaning:
            duration_ms, bad_duration = durations_of(table[self.meaning["duration_ms"]], 1)
        else:
            duration_ms, bad_duration = durations_of(table[self.meaning["duration_s"]], 1000)
        fault = np.where(bad_start, np.int8(1), np.where(bad_duration, np.int8(2), np.int8(0))).astype(np.int8)
        values: dict[str, Any] = {"start_ms": start_ms, "duration_ms": duration_ms}
        for name in ("call_id", "called", "caller", "direction", "called_class", "account", "site"):
            if name in self.meaning:
                values[name] = _texts(table[self.meaning[name]])
        return CallBatch(row, table, values, fault)


def open_calls(path: Path | str, *, timezone: str = "UTC") -> CallFile:
    """Look at the head of a file of calls.

    Args:
        path: a `.parquet` file, or text with a header row and `,` `;` or tab between cells.
        timezone: IANA zone of starts that state none.

    Raises:
        ProblemError: there is no such file, it cannot be read, or it lacks a start, a called number or a duration.
    """
    file = Path(path)
    where = Where(file=str(file))
    if not file.is_file():
        raise ProblemError(Problem("call_file_missing", where=where))
    delimiter = ","
    try:
        if file.suffix.lower() == ".parquet":
            columns = tuple(pq.ParquetFile(file).schema_arrow.names)
        else:
            with file.open(encoding="utf-8-sig", newline="") as lines:
                head = lines.readline()
                delimiter = max(",;\t", key=head.count)
                columns = tuple(cell.strip() for cell in next(csv.reader([head], delimiter=delimiter), []))
    except (pa.ArrowInvalid, UnicodeDecodeError, OSError, csv.Error) as error:
        raise ProblemError(
            Problem("call_file_unreadable", where=where, detail={"reason": str(error).splitlines()[0]})
        ) from error
    meaning = _meaning(columns)
    missing = [name for name in ("start", "called") if name not in meaning]
    if not {"duration_ms", "duration_s"} & set(meaning):
        missing.append("duration_s")
    if missing or len(set(columns)) < len(columns):
        detail = {"missing": ", ".join(missing) or "distinct column names"}
        raise ProblemError(Problem("call_file_columns", where=where, detail=detail))
    return CallFile(file, columns, meaning, timezone, delimiter)


def _meaning(columns: tuple[str, ...]) -> dict[str, str]:
    plain = {name.strip().lower().replace(" ", "_").replace("-", "_"): name for name in reversed(columns)}
    found = {meaning: next((plain[name] for name in names if name in plain), "") for meaning, names in NAMES.items()}
    return {meaning: name for meaning, name in found.items() if name}


def _texts(column: pa.ChunkedArray) -> pd.Series:
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if not pa.types.is_string(column.type) and not pa.types.is_large_string(column.type):
        column = column.cast(pa.string())
    return pd.Series(pc.fill_null(column, "").combine_chunks().to_pandas(), dtype="str")


def read_calls(path: Path | str, *, timezone: str = "UTC", currency: str = "", country: str = "") -> CallTable:
    """Read a whole file of calls; absent columns get their neutral value (`cdr.make_calls`).

    Raises:
        ProblemError: it cannot be read; every row that cannot is named (at most 50).
    """
    file = open_calls(path, timezone=timezone)
    frames, problems = [], []
    for batch in file.batches():
        problems += faults_of(file, batch)
        frames.append(_frame(file, batch))
    problems = with_broken_rows(problems, broken_rows(file))
    if problems:
        raise ProblemError(*problems[:50])
    columns = {name: pd.concat([frame[name] for frame in frames], ignore_index=True) for name in frames[0]} if frames else {}
    columns = columns or {"start": pd.Series([], dtype="datetime64[us, UTC]"), "duration_ms": pd.Series([], dtype="int64")}
    return make_calls(columns, timezone=timezone, currency=currency, country=country)


def faults_of(file: CallFile, batch: CallBatch) -> list[Problem]:
    """Return a problem for each row of a batch that cannot be read."""
    problems = []
    for row in np.flatnonzero(batch.fault).tolist():
        meaning = "start" if batch.fault[row] == 1 else "duration_ms" if "duration_ms" in file.meaning else "duration_s"
        column = file.meaning[meaning]
        where = Where(file=str(file.path), row=batch.first_row + row, column=column)
        detail = {"cell": str(batch.source[column][row].as_py())}
        problems.append(Problem(f"call_{FAULTS[batch.fault[row]]}", where=where, detail=detail))
    return problems


def broken_rows(file: CallFile) -> list[Problem]:
    """Return a problem for each record that could not be cut into cells; the file is read again to find their rows."""
    if not file.broken:
        return []
    with file.path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        records = csv.reader(lines, delimiter=file.delimiter)
        rows = [records.line_num for cells in records if cells and len(cells) != len(file.columns)]
    found = []
    for place, (_, why) in enumerate(file.broken):
        row = rows[place] if place < len(rows) else None
        found.append(Problem("call_row_cells", where=Where(file=str(file.path), row=row), detail={"cells": why}))
    return found


def with_broken_rows(problems: list[Problem], broken: list[Problem]) -> list[Problem]:
    """Count the broken records, which no batch holds, into the row numbers of findings."""
    gaps = sorted(problem.where.row for problem in broken if problem.where.row is not None)
    moved = []
    for problem in problems:
        row = problem.where.row
        for gap in gaps:
            row = row + 1 if row is not None and gap <= row else row
        moved.append(replace(problem, where=replace(problem.where, row=row)))
    return sorted([*moved, *broken], key=lambda problem: problem.where.row or 0)


def _frame(file: CallFile, batch: CallBatch) -> dict[str, pd.Series]:
    columns: dict[str, pd.Series] = {
        "start": pd.Series(pd.to_datetime(batch.values["start_ms"], unit="ms", utc=True)).astype("datetime64[us, UTC]"),
        "duration_ms": pd.Series(batch.values["duration_ms"]),
        "source_file": pd.Series([str(file.path)] * batch.source.num_rows, dtype="str"),
        "source_row": pd.Series(np.arange(batch.source.num_rows, dtype=np.int64) + batch.first_row),
    }
    columns |= {name: batch.values[name] for name in batch.values if name in CALL_COLUMNS and name != "duration_ms"}
    for name in ("billed_ms", "charge_nano", "group_id"):
        if name in file.columns:
            cells = _texts(batch.source[name])
            columns[name] = cells if name == "group_id" else pd.to_numeric(cells.where(cells != "", None)).astype("Int64")
    return columns


def write_calls(calls: CallTable, path: Path | str) -> None:
    """Write a call table as CSV or Parquet by the file's ending; starts in UTC, ISO 8601."""
    table = pa.Table.from_pandas(calls.frame, preserve_index=False)
    with TableWriter(Path(path)) as writer:
        writer.write(table)
