"""How fast bills are read: as ratios to plain readers of the same files, in one run, on a file made here."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import python_calamine
import xlsxwriter

from roi_tool.cdr.numbers import read_number
from roi_tool.importing import read_bill

CALLS = 1_000_000
SHEET_CALLS = 200_000
HEADER = ("Call Date", "Account", "From", "To", "Destination", "Duration", "Cost", "Call ID")


def _rows(count: int) -> list[tuple[str, ...]]:
    rng = np.random.default_rng(5)
    areas = ("020794", "011349", "016149", "077009", "080815")
    called = [f"{areas[i % len(areas)]}{rng.integers(0, 10**5):05d}" for i in range(20_000)]
    start = np.datetime64("2026-05-01T00:00:00") + np.sort(rng.integers(0, 31 * 86400, count)).astype("timedelta64[s]")
    starts = np.char.replace(np.datetime_as_string(start), "T", " ")
    who, whom, length, cost = (rng.integers(0, high, count) for high in (200, 20_000, 1800, 9000))
    return [
        (
            starts[i],
            "ACC1",
            f"0113496{who[i]:04d}",
            called[whom[i]],
            "UK National",
            str(length[i]),
            f"{cost[i] / 10_000:.4f}",
            f"c{i:08d}",
        )
        for i in range(count)
    ]


def _seconds(job: Callable[[], object], times: int = 2) -> float:
    """Return the shortest of some runs; numbers are forgotten before each."""
    best = float("inf")
    for _ in range(times):
        read_number.cache_clear()
        begin = time.perf_counter()
        job()
        best = min(best, time.perf_counter() - begin)
    return best


_PEAK = """
import pathlib, re, sys
from roi_tool.importing import read_bill
peak = lambda: int(re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1]) << 10
before = peak()
read_bill(sys.argv[1], country="GB")
print(peak() - before)
"""


def _peak_over_size(path: Path) -> float:
    """Return the most memory that reading takes above the loaded program, over the file's size; in a process of its own."""
    told = subprocess.run([sys.executable, "-c", _PEAK, str(path)], check=True, capture_output=True, text=True)
    return int(told.stdout) / path.stat().st_size


def run() -> list[tuple[str, float, str]]:
    """Measure; return (name, figure, meaning)."""
    with tempfile.TemporaryDirectory() as folder:
        path, sheet = Path(folder) / "calls.csv", Path(folder) / "calls.xlsx"
        rows = _rows(CALLS)
        path.write_text(",".join(HEADER) + "\n" + "\n".join(map(",".join, rows)) + "\n")
        book = xlsxwriter.Workbook(str(sheet), {"constant_memory": True})
        page = book.add_worksheet()
        for place, row in enumerate([HEADER, *rows[:SHEET_CALLS]]):
            page.write_row(place, 0, row)
        book.close()
        del rows
        plain = _seconds(lambda: pd.read_csv(path, dtype=str, engine="c"))
        ours = _seconds(lambda: read_bill(path, country="GB"))
        memory = []
        if sys.platform == "linux":  # which counts it
            memory.append(("memory of reading the CSV", _peak_over_size(path), "over the file's size; at most 4"))
        calamine = _seconds(lambda: python_calamine.CalamineWorkbook.from_path(sheet).get_sheet_by_index(0).to_python())
        workbook = _seconds(lambda: read_bill(sheet, country="GB"))
    return [
        ("CSV of 1 million calls", ours / plain, "read_bill over pandas.read_csv(dtype=str); at most 1.5"),
        *memory,
        ("XLSX of 200,000 calls", workbook / calamine, "read_bill over calamine's own read; at most 1.6"),
        ("calls per second from CSV", CALLS / ours, "checked call table"),
    ]
