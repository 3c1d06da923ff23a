"""A file of calls in, the same file with prices out: in batches, every row accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from roi_tool.importing.call_files import FAULTS, CallBatch, CallFile, broken_rows, faults_of, with_broken_rows
from roi_tool.importing.table_writer import TableWriter
from roi_tool.problems import Problem, ProblemError
from roi_tool.rating import CallColumns, CompiledTariff, RatedColumns, rate_columns
from roi_tool.rating.columns import CLASSES, DIRECTIONS
from roi_tool.rating.number_keys import keys_of_texts
from roi_tool.rating.prices import REASONS

RESULT_COLUMNS = ("rate_id", "prefix", "billed_ms", "charge", "cost", "margin", "reason")
MOST_KEPT = 100


@dataclass
class RatedFile:
    """What came of a file: calls in = rated + unrated."""

    currency: str
    calls: int = 0
    unrated: int = 0
    charge_nano: int = 0
    billed_ms: int = 0
    unrated_by_reason: Counter[str] = field(default_factory=Counter)
    row_problems: list[Problem] = field(default_factory=list)
    """The first rows that could not be read."""

    @property
    def rated(self) -> int:
        """Calls with a price."""
        return self.calls - self.unrated


def rate_file(compiled: CompiledTariff, file: CallFile, output: Path | None) -> RatedFile:
    """Price a file; with `output`, write the input's columns and `RESULT_COLUMNS` there (CSV or Parquet by its ending).

    A tariff that prices each call by itself is applied batch by batch; one with allowances or tiers must see all calls of a
    month first, so their columns (about 60 bytes a call, not the file) are held in memory and the file is read twice.

    Raises:
        ProblemError: the file cannot be read.
    """
    done = RatedFile(compiled.tariff.currency)
    whole = rate_whole(compiled, file) if compiled.tariff.is_stateful else None
    writer = TableWriter(output) if output else None
    if writer is None:
        _each_batch(compiled, file, whole, done, None)
    else:
        with writer:
            _each_batch(compiled, file, whole, done, writer)
    broken = broken_rows(file)
    done.row_problems = with_broken_rows(done.row_problems, broken)
    if broken:
        done.calls += len(broken)
        done.unrated += len(broken)
        done.unrated_by_reason["bad_row"] += len(broken)
    return done


def _each_batch(
    compiled: CompiledTariff, file: CallFile, whole: RatedColumns | None, done: RatedFile, writer: TableWriter | None
) -> None:
    first = 0
    for batch in ahead(file.batches()):
        rows = batch.source.num_rows
        rated = whole.part(slice(first, first + rows)) if whole else rate_columns(compiled, columns_of(batch, file.timezone))
        first += rows
        _count(done, file, batch, rated)
        if writer is not None:
            writer.write_later(result_table(compiled, batch, rated))
    if first == 0 and writer is not None:
        writer.write(pa.table({name: pa.array([], pa.string()) for name in (*file.columns, *RESULT_COLUMNS)}))


def ahead(batches: Iterator[CallBatch]) -> Iterator[CallBatch]:
    """Read the next batch while the last one is worked on."""
    with ThreadPoolExecutor(1) as reader:
        coming = reader.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = reader.submit(next, batches, None)
            yield batch


def rate_whole(compiled: CompiledTariff, file: CallFile) -> RatedColumns:
    """Price all calls of a file at once, for rules that look at a whole month."""
    return rate_columns(compiled, whole_columns(file))


def whole_columns(file: CallFile) -> CallColumns:
    """Return the columns of all calls of a file."""
    accounts: dict[str, int] = {}
    return CallColumns.joined([columns_of(batch, file.timezone, accounts) for batch in file.batches()], file.timezone)


def columns_of(batch: CallBatch, timezone: str, accounts: dict[str, int] | None = None) -> CallColumns:
    """Take a batch's columns for the engine. `accounts` numbers the accounts alike over several batches."""
    values = batch.values
    account = None
    if "account" in values and accounts is not None:
        codes, names = pd.factorize(values["account"])
        places = np.array([accounts.setdefault(str(name), len(accounts)) for name in names], dtype=np.int64)
        account = places[codes] if len(places) else np.zeros(0, dtype=np.int64)
    return CallColumns(
        start_ms=values["start_ms"],
        duration_ms=values["duration_ms"],
        called=keys_of_texts(values["called"]),
        direction=_codes(values.get("direction"), DIRECTIONS, "outbound"),
        called_class=_codes(values.get("called_class"), CLASSES, "unknown"),
        caller=keys_of_texts(values["caller"]) if "caller" in values else None,
        account=account,
        timezone=timezone,
        ignored=batch.fault > 0,
    )


@dataclass(frozen=True, slots=True)
class FoundCall:
    """One call of a file; `position` counts the records from 0."""

    position: int
    called: str
    caller: str
    start: datetime
    duration_ms: int
    direction: str
    called_class: str


def find_call(file: CallFile, call_id: str) -> FoundCall | None:
    """Return the call with an id (in a file without ids: the number of the record from 1), or None.

    Raises:
        ProblemError: the call's row cannot be read; the problem says why.
    """
    position = 0
    for batch in file.batches():
        rows = batch.source.num_rows
        if "call_id" in batch.values:
            places = np.flatnonzero((batch.values["call_id"] == call_id).to_numpy(dtype=bool))
        else:
            wanted = int(call_id) - 1 - position if call_id.isascii() and call_id.isdigit() else -1
            places = np.array([wanted] if 0 <= wanted < rows else [], dtype=np.intp)
        if len(places) and batch.fault[places[0]]:
            row = batch.first_row + int(places[0])
            raise ProblemError(*(problem for problem in faults_of(file, batch) if problem.where.row == row))
        if len(places):
            return _found(batch, int(places[0]), position)
        position += rows
    return None


def _found(batch: CallBatch, row: int, before: int) -> FoundCall:
    columns = columns_of(batch, "UTC")
    return FoundCall(
        position=before + row,
        called=columns.called.text_of(row),
        caller="" if columns.caller is None else columns.caller.text_of(row),
        start=datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(columns.start_ms[row])),
        duration_ms=int(columns.duration_ms[row]),
        direction="outbound" if columns.direction is None else DIRECTIONS[columns.direction[row]],
        called_class="" if columns.called_class is None else CLASSES[columns.called_class[row]],
    )


def _codes(texts: pd.Series | None, words: tuple[str, ...], otherwise: str) -> npt.NDArray[np.int8] | None:
    if texts is None:
        return None
    codes, names = pd.factorize(texts)
    places = [words.index(name) if name in words else words.index(otherwise) for name in map(_plain_word, names)]
    return np.array(places, dtype=np.int8)[codes] if places else np.zeros(0, dtype=np.int8)


def _plain_word(text: str) -> str:
    word = str(text).strip().lower()
    return {"out": "outbound", "outgoing": "outbound", "in": "inbound", "incoming": "inbound"}.get(word, word)


def _count(done: RatedFile, file: CallFile, batch: CallBatch, rated: RatedColumns) -> None:
    prices = rated.prices
    done.calls += len(prices.reason)
    for code, word in enumerate(FAULTS):
        if code and (count := int((batch.fault == code).sum())):
            done.unrated_by_reason[word] += count
            done.unrated += count
    for code, count in enumerate(np.bincount(prices.reason[batch.fault == 0], minlength=len(REASONS)).tolist()):
        if code and count:
            done.unrated_by_reason[REASONS[code]] += count
            done.unrated += count
    done.charge_nano += _sum(prices.charge_nano)
    done.billed_ms += _sum(prices.billed_ms)
    if len(done.row_problems) < MOST_KEPT and batch.fault.any():
        done.row_problems += faults_of(file, batch)[: MOST_KEPT - len(done.row_problems)]


def _sum(column: npt.NDArray[np.int64]) -> int:
    return (int((column >> 32).sum()) << 32) + int((column & 0xFFFFFFFF).sum())


def result_table(compiled: CompiledTariff, batch: CallBatch, rated: RatedColumns) -> pa.Table:
    """Return the rows as they stood with the result columns; an input column of such a name becomes `input_…`."""
    prices = rated.prices
    unrated = (prices.reason != 0) | (batch.fault > 0)
    rule = compiled.tariff.rounding
    decimals = 9 if rule.call_decimals is None or compiled.has_own_decimals else rule.call_decimals
    charge = _money(prices.charge_nano, unrated, decimals)
    nothing = pa.nulls(len(unrated), pa.decimal128(20, 9))
    cost = margin = nothing
    if rated.cost_nano is not None and rated.margin_nano is not None:
        missing = unrated | rated.without_cost
        cost, margin = _money(rated.cost_nano, missing, 9), _money(rated.margin_nano, missing, 9)
    reasons = np.where(batch.fault > 0, batch.fault + len(REASONS) - 1, prices.reason)
    columns = {
        "rate_id": _named(prices.rate, [rate.id for rate in compiled.rates]),
        "prefix": _named(prices.prefix, compiled.prefixes),
        "billed_ms": pa.array(prices.billed_ms, mask=unrated),
        "charge": charge,
        "cost": cost,
        "margin": margin,
        "reason": pa.array([*REASONS, *FAULTS[1:]]).take(pa.array(reasons)),
    }
    source = batch.source.rename_columns([f"input_{name}" if name in columns else name for name in batch.source.column_names])
    for name, column in columns.items():
        source = source.append_column(name, column)
    return source


def _named(codes: npt.NDArray[np.int32], names: list[str]) -> pa.Array:
    return pa.array([*names, ""], pa.string()).take(pa.array(np.where(codes < 0, len(names), codes)))


def _money(amounts: npt.NDArray[np.int64], missing: npt.NDArray[np.bool_], decimals: int) -> pa.Array:
    """Nano amounts as exact decimals; they are whole in the given decimals."""
    units = amounts // 10 ** (9 - decimals)
    words = np.empty((len(units), 2), dtype=np.int64)
    words[:, 0], words[:, 1] = units, units >> 63
    valid = pa.array(~missing).buffers()[1]
    return pa.Array.from_buffers(pa.decimal128(20, decimals), len(units), [valid, pa.py_buffer(words)])
