"""Rating in figures: ten million calls against a Decimal loop, a file against pyarrow alone, compiling, a single call."""

from __future__ import annotations

import os
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from roi_tool.cdr.schema import make_calls
from roi_tool.importing.call_files import open_calls
from roi_tool.importing.rated_files import rate_file
from roi_tool.rating import CallColumns, compile_tariff, price_call, rate_calls, rate_columns
from roi_tool.tariff import Allowance, DeckEntry, Rate, Reach, RoundingRule, Tariff, TimeBand, Window

Row = tuple[str, float, str]
CALLS = int(os.environ.get("ROI_TOOL_BENCH_CALLS", "10000000"))
LOOP_CALLS = 100_000
FIRST_MS = 1_777_593_600_000
MONTH_MS = 30 * 86_400_000


def deck(prefixes: int, seed: int = 7) -> tuple[tuple[Rate, ...], tuple[DeckEntry, ...]]:
    rng = np.random.default_rng(seed)
    rates = tuple(Rate.per_minute(f"r{number}", f"0.{number:04d}", "60/1") for number in range(1, 2001))
    codes = {str(code) for code in rng.integers(100, 10_000_000, prefixes)} | {str(digit) for digit in range(1, 10)}
    rows = []
    for place, code in enumerate(sorted(codes)):
        rows.append(DeckEntry(code, rates[place % 2000].id, band="day"))
        rows.append(DeckEntry(code, rates[place * 7 % 2000].id))
    return rates, tuple(rows)


def tariff(prefixes: int = 100_000, **rules: object) -> Tariff:
    rates, rows = deck(prefixes)
    band = TimeBand(id="day", weekdays=frozenset(range(1, 6)), windows=(Window(start_s=8 * 3600, end_s=18 * 3600),))
    values = {"id": "bench", "currency": "GBP", "bands": (band,), "rates": rates, "deck": rows}
    return Tariff(**values, rounding=RoundingRule(call_decimals=4), **rules)  # type: ignore[arg-type]


def calls(count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(11)
    start = FIRST_MS + rng.integers(0, MONTH_MS, count)
    lasting = rng.exponential(180, count).astype(np.int64) * 1000
    return start, lasting, rng.integers(10**9, 10**12, count)


def decimal_loop(plan: Tariff, start: np.ndarray, lasting: np.ndarray, number: np.ndarray) -> Decimal:
    """What most programs do: a dictionary per prefix length, and Decimal for every call."""
    price = {rate.id: rate.slots[0].price for rate in plan.rates}
    by_length: dict[int, dict[str, list[Decimal]]] = {}
    for row in plan.deck:
        prices = by_length.setdefault(len(row.prefix), {}).setdefault(row.prefix, [Decimal(0), Decimal(0)])
        prices[0 if row.band else 1] = price[row.rate]
    lengths = sorted(by_length, reverse=True)
    cent, total = Decimal("0.0001"), Decimal(0)
    for begin, duration, called in zip(start.tolist(), lasting.tolist(), map(str, number.tolist()), strict=True):
        found = next(prices for length in lengths if (prices := by_length[length].get(called[:length])) is not None)
        moment = datetime.fromtimestamp(begin / 1000, UTC)
        seconds = duration // 1000
        billed = max(seconds, 60) if seconds else 0
        rate = found[0] if moment.isoweekday() < 6 and 8 <= moment.hour < 18 else found[1]
        total += (rate * billed / 60).quantize(cent, ROUND_HALF_UP)
    return total


def timed(work: Callable[[], object], times: int = 3) -> float:
    """Best of several runs, in seconds: the machine is shared."""
    best = float("inf")
    for _ in range(times):
        begun = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begun)
    return best


def run() -> list[Row]:
    return [*_columns(), *_compiling(), *_one_call(), *_what_if(), *_file_to_file()]


def _columns() -> list[Row]:
    plan = tariff()
    compiled = compile_tariff(plan)
    start, lasting, number = calls(CALLS)
    some = slice(0, LOOP_CALLS)
    loop = timed(lambda: decimal_loop(plan, start[some], lasting[some], number[some]), 2) / LOOP_CALLS * CALLS
    rate_columns(compiled, CallColumns.of_integers(start[some], lasting[some], number[some]))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    stateless = timed(lambda: rate_columns(compiled, CallColumns.of_integers(start, lasting, number)))
    extra = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    rows = [
        ("rating, integers, against the Decimal loop", loop / stateless, "times; at least 40"),
        ("rating, integers", CALLS / stateless / 1e6, "million calls a second"),
        ("rating, extra memory", extra, "MB; under 1000"),
    ]
    fewer = min(CALLS, 2_000_000)
    rows += _texts_and_allowances(plan, start[:fewer], lasting[:fewer], number[:fewer], stateless / CALLS * fewer)
    return rows


def _texts_and_allowances(
    plan: Tariff, start: np.ndarray, lasting: np.ndarray, number: np.ndarray, integers: float
) -> list[Row]:
    import pandas as pd

    from roi_tool.rating.number_keys import keys_of_texts

    texts = pd.Series(number).astype("str")
    compiled = compile_tariff(plan)
    with_texts = timed(lambda: rate_columns(compiled, CallColumns(start, lasting, keys_of_texts(texts))))
    allowance = Allowance(id="free", amount=Decimal(1000), reach=Reach())
    pooled = compile_tariff(plan.model_copy(update={"allowances": (allowance,)}))
    with_allowance = timed(lambda: rate_columns(pooled, CallColumns.of_integers(start, lasting, number), seats=50))
    return [
        ("rating, text numbers against integers", with_texts / integers, "times the time; at most 2"),
        ("rating, pooled allowance against none", with_allowance / integers, "times the time; at most 2"),
    ]


def _compiling() -> list[Row]:
    rates = tuple(Rate.per_minute(f"r{number}", f"0.{number:04d}", "6/6") for number in range(1, 501))
    codes = [f"1{area}{exchange}" for area in range(200, 450) for exchange in range(200, 1000)]
    rows = tuple(DeckEntry(code, rates[place % 500].id) for place, code in enumerate(codes))
    plan = Tariff(id="npanxx", currency="USD", rates=rates, deck=rows)
    one = CallColumns.of_integers(np.array([FIRST_MS]), np.array([60_000]), np.array([12002001234]))
    seconds = timed(lambda: rate_columns(compile_tariff(plan), one))
    return [(f"compiling {len(codes)} NPANXX codes, first call priced", seconds, "seconds; under 1")]


def _one_call() -> list[Row]:
    compiled = compile_tariff(tariff(20_000))
    when = datetime(2026, 5, 4, 9, tzinfo=UTC)

    def many() -> None:
        for _ in range(1000):
            price_call(compiled, called="441132960000", start=when, duration_ms=61_000)

    many()
    return [("pricing one call", timed(many) * 1000, "microseconds; under 50")]


def _what_if() -> list[Row]:
    """A slider moves the increments: new terms, the same calls and deck."""
    import pandas as pd

    count = 1_000_000
    start, lasting, number = calls(count)
    moments = pd.to_datetime(start, unit="ms", utc=True)
    table = make_calls({"start": moments, "called": pd.Series(number).astype("str"), "duration_ms": lasting})
    plan = tariff(5_000)
    compiled = compile_tariff(plan)
    rate_calls(table, compiled)
    steps = iter(range(6, 60))

    def change() -> int:
        terms = f"30/{next(steps)}"
        rates = tuple(Rate.per_minute(rate.id, rate.slots[0].price, terms) for rate in plan.rates)
        return rate_calls(table, compile_tariff(plan.model_copy(update={"rates": rates}), like=compiled)).charge_nano

    return [("rating a million calls again after changed increments", timed(change, 5) * 1000, "milliseconds; under 150")]


def _file_to_file() -> list[Row]:
    count = 1_000_000
    start, lasting, number = calls(count)
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "calls.csv", Path(folder) / "rated.csv"
        moments = pa.array(np.char.add(np.datetime_as_string(start.astype("datetime64[ms]"), unit="s"), "Z"))
        ids = pa.array(np.arange(count)).cast(pa.string())
        table = pa.table(
            {"call_id": ids, "start": moments, "called": pa.array(number).cast(pa.string()), "duration_s": lasting // 1000}
        )
        pacsv.write_csv(table, source)
        options = pacsv.ConvertOptions(column_types=dict.fromkeys(table.column_names, pa.string()))

        def alone() -> None:
            pacsv.write_csv(pacsv.read_csv(source, convert_options=options), target)

        compiled = compile_tariff(tariff(20_000))
        rate_file(compiled, open_calls(source), target)
        ratio = timed(lambda: rate_file(compiled, open_calls(source), target), 7) / timed(alone, 7)
    return [
        ("rating a CSV of 1 million calls, file to file, against pyarrow reading and writing it", ratio, "times; at most 3")
    ]


if __name__ == "__main__":
    for name, figure, meaning in run():
        print(f"{figure:10.2f}  {name} ({meaning})")
