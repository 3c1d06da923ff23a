"""Sorts the calls of a run by account into a few files, so that each account's month fits in memory.

The spool is made whole or not at all: a run that is killed while it is made makes it again.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from roi_tool.billing import Account, Month
from roi_tool.importing.billing_run.shared_ids import IdsByAccount, ids_with_hashes
from roi_tool.importing.call_files import FAULTS, CallBatch, CallFile, broken_rows

BUCKETS = 32
FACTS_FILE = "facts.json"
EXCEPTIONS_FILE = "exceptions.parquet"
_NOBODY = -1
_SCHEMA = pa.schema(
    [
        ("account", pa.int64()),
        ("file", pa.int32()),
        ("row", pa.int64()),
        ("call_id", pa.string()),
        ("start_ms", pa.int64()),
        ("duration_ms", pa.int64()),
        ("caller", pa.string()),
        ("called", pa.string()),
        ("direction", pa.string()),
        ("called_class", pa.string()),
        ("site", pa.string()),
        ("reason", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class SpoolFacts:
    """What was sorted. `exceptions` counts rows without an account by reason; `months` the calls by UTC month."""

    calls: int
    exceptions: Mapping[str, int]
    months: Mapping[str, int]
    accounts: Mapping[int, int]
    """Calls by the place of the account in the accounts file."""
    shared_ids: tuple[str, ...] = ()
    """Call ids that stand under several accounts."""


def make_spool(folder: Path, files: Sequence[CallFile], accounts: Sequence[Account]) -> SpoolFacts:
    """Sort the calls of all files into `folder`; it appears when it is complete.

    A call is an account's when it names its id; else when its caller (for inbound calls the called number) is one of its
    numbers. Without any account column and with one account, all calls are its own.
    """
    making = folder.with_name(folder.name + ".making")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    gaps: dict[int, list[int]] = {}
    with _Sorter(making, _Owners(accounts)) as sorter:
        for number, file in enumerate(files):
            for batch in file.batches():
                sorter.add(batch, number)
            gaps[number] = [problem.where.row or 0 for problem in broken_rows(file)]
            sorter.add_broken(number, gaps[number])
    facts = sorter.facts()
    (making / FACTS_FILE).write_text(json.dumps({**asdict(facts), "gaps": gaps}), encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    making.rename(folder)
    return facts


class _Sorter:
    """Writes calls into the files of their accounts, and counts them."""

    def __init__(self, folder: Path, owners: _Owners) -> None:
        self._folder = folder
        self._owners = owners
        self._buckets = [pq.ParquetWriter(place, _SCHEMA) for place in _bucket_files(folder)]
        self._exceptions = pq.ParquetWriter(folder / EXCEPTIONS_FILE, _SCHEMA)
        self._ids = IdsByAccount()
        self._calls = 0
        self._reasons: Counter[str] = Counter()
        self._months: Counter[str] = Counter()
        self._of_account: Counter[int] = Counter()

    def __enter__(self) -> _Sorter:
        return self

    def __exit__(self, *_: object) -> None:
        for writer in (*self._buckets, self._exceptions):
            writer.close()

    def add(self, batch: CallBatch, file: int) -> None:
        """Sort the calls of a batch."""
        table, places = _table(batch, file, self._owners)
        self._calls += table.num_rows
        if "call_id" in batch.values:
            self._ids.add(batch.values["call_id"], places)
        codes, found = np.unique(places, return_counts=True)
        self._of_account.update({int(code): int(count) for code, count in zip(codes, found, strict=True) if code >= 0})
        _count_months(batch, self._months)
        for bucket, writer in enumerate(self._buckets):
            mine = (places >= 0) & (places % BUCKETS == bucket)
            if mine.any():
                writer.write_table(table.filter(pa.array(mine)))
        nobody = table.filter(pa.array(places < 0))
        self._reasons.update(nobody["reason"].to_pylist())
        self._exceptions.write_table(nobody)

    def add_broken(self, file: int, rows: Sequence[int]) -> None:
        """Note records that are no rows."""
        if rows:
            self._calls += len(rows)
            self._reasons["bad_row"] += len(rows)
            self._exceptions.write_table(_broken(file, rows))

    def facts(self) -> SpoolFacts:
        """Return what was sorted, once all of it is written."""
        shared = tuple(ids_with_hashes(_bucket_files(self._folder), self._ids.shared()))
        return SpoolFacts(self._calls, dict(self._reasons), dict(self._months), dict(self._of_account), shared)


def _bucket_files(folder: Path) -> list[Path]:
    return [folder / f"{bucket:03d}.parquet" for bucket in range(BUCKETS)]


def read_facts(folder: Path) -> SpoolFacts | None:
    """Return what a finished spool holds; None when there is none."""
    file = folder / FACTS_FILE
    if not file.is_file():
        return None
    read: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    accounts = {int(place): count for place, count in read["accounts"].items()}
    return SpoolFacts(read["calls"], read["exceptions"], read["months"], accounts, tuple(read["shared_ids"]))


def _gaps(folder: Path) -> dict[int, list[int]]:
    """Rows of each file's broken records, which were not counted when the other rows were numbered."""
    read = json.loads((folder / FACTS_FILE).read_text(encoding="utf-8"))["gaps"]
    return {int(number): sorted(rows) for number, rows in read.items() if rows}


def _renumbered(frame: pd.DataFrame, gaps: Mapping[int, list[int]]) -> pd.DataFrame:
    """Count the broken records into the row numbers of the others."""
    rows = frame["row"].to_numpy(copy=True)
    for number, broken in gaps.items():
        mine = (frame["file"] == number).to_numpy() & (frame["reason"] != "bad_row").to_numpy()
        before = np.asarray(broken) - np.arange(len(broken))
        rows[mine] += np.searchsorted(before, rows[mine], side="right")
    return frame.assign(row=rows)


def calls_by_account(folder: Path, wanted: Iterable[int]) -> Iterator[tuple[int, pd.DataFrame]]:
    """Yield each wanted account's rows, in the order of the files; accounts without calls get an empty frame."""
    gaps = _gaps(folder)
    by_bucket: dict[int, list[int]] = {}
    for place in wanted:
        by_bucket.setdefault(place % BUCKETS, []).append(place)
    for bucket, places in sorted(by_bucket.items()):
        frame = _renumbered(pq.read_table(_bucket_files(folder)[bucket]).to_pandas(), gaps)
        grouped = {int(str(place)): rows for place, rows in frame.groupby("account", sort=False)}
        for place in places:
            yield place, grouped.get(place, frame.iloc[:0]).reset_index(drop=True)


def accounts_with(folder: Path, ids: Sequence[str]) -> list[int]:
    """Return the places of the accounts that have calls of some ids."""
    found: set[int] = set()
    for file in _bucket_files(folder) if ids else ():
        table = pq.read_table(file, columns=["account"], filters=[("call_id", "in", list(ids))])
        found.update(table["account"].to_pylist())
    return sorted(found)


def exceptions_of(folder: Path) -> pd.DataFrame:
    """Return the rows that no account took."""
    frame: pd.DataFrame = pq.read_table(folder / EXCEPTIONS_FILE).to_pandas()
    return _renumbered(frame, _gaps(folder))


class _Owners:
    """Finds the account of each call."""

    def __init__(self, accounts: Sequence[Account]) -> None:
        self._by_id = {account.id: place for place, account in enumerate(accounts)}
        self._by_number = {number: place for place, account in enumerate(accounts) for number in account.numbers}
        self._only = 0 if len(accounts) == 1 and not self._by_number else _NOBODY

    def of(self, values: Mapping[str, Any], rows: int) -> npt.NDArray[np.int64]:
        """Return the place of each call's account, -1 for nobody's."""
        if "account" in values:
            named = values["account"]
            found: npt.NDArray[np.int64] = named.map(self._by_id).fillna(_NOBODY).to_numpy(dtype=np.int64)
            unnamed = (named == "").to_numpy()
        else:
            found = np.full(rows, self._only, dtype=np.int64)
            unnamed = found == _NOBODY
        if self._by_number and unnamed.any():
            numbers = values["caller"] if "caller" in values else pd.Series([""] * rows, dtype="str")
            if "direction" in values:
                inbound = values["direction"].str.strip().str.lower().isin(["inbound", "in", "incoming"])
                numbers = numbers.where(~inbound, values["called"])
            by_number = numbers.str.lstrip("+").map(self._by_number).fillna(_NOBODY).to_numpy(dtype=np.int64)
            found = np.where(unnamed, by_number, found)
        return found


def _table(batch: CallBatch, file: int, owner: _Owners) -> tuple[pa.Table, npt.NDArray[np.int64]]:
    rows = batch.source.num_rows
    values = batch.values
    places = np.where(batch.fault > 0, _NOBODY, owner.of(values, rows))
    reasons = np.where(batch.fault > 0, np.array(FAULTS)[batch.fault], np.where(places < 0, "unknown_account", ""))
    numbers = np.arange(rows, dtype=np.int64) + batch.first_row
    blank = pa.array([""] * rows, pa.string())
    texts = {
        name: pa.array(values[name], pa.string()) if name in values else blank
        for name in ("caller", "called", "direction", "called_class", "site")
    }
    ids = pa.array(values["call_id"], pa.string()) if "call_id" in values else blank
    columns = {
        "account": pa.array(places),
        "file": pa.array(np.full(rows, file, dtype=np.int32)),
        "row": pa.array(numbers),
        "call_id": ids,
        "start_ms": pa.array(values["start_ms"]),
        "duration_ms": pa.array(values["duration_ms"]),
        **texts,
        "reason": pa.array(reasons.astype(object), pa.string()),
    }
    return pa.table(columns, schema=_SCHEMA), places


def _broken(file: int, rows: Sequence[int]) -> pa.Table:
    values = {field.name: [0 if pa.types.is_integer(field.type) else ""] * len(rows) for field in _SCHEMA}
    given = {"account": _NOBODY, "file": file, "reason": "bad_row"}
    return pa.table(
        {**values, **{name: [value] * len(rows) for name, value in given.items()}, "row": list(rows)}, schema=_SCHEMA
    )


def _count_months(batch: CallBatch, months: Counter[str]) -> None:
    good = batch.values["start_ms"][batch.fault == 0]
    found, counts = np.unique(good.astype("datetime64[ms]").astype("datetime64[M]"), return_counts=True)
    months.update({str(month): int(count) for month, count in zip(found, counts, strict=True)})


def likeliest_month(facts: SpoolFacts) -> Month | None:
    """Return the month that most calls are of; None without calls."""
    return Month.of(max(sorted(facts.months), key=lambda month: facts.months[month])) if facts.months else None
