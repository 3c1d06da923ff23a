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
import pathlib, re, sys, threading, time
from roi_tool.importing import read_bill
import roi_tool.importing.bill_reading
def told(name):
    return int(re.search(name + r":\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1]) << 10
before, own, most = told("VmHWM"), told("RssAnon"), [0]
def watch():
    while True:
        most[0] = max(most[0], told("RssAnon"))
        time.sleep(0.02)
threading.Thread(target=watch, daemon=True).start()
bill = read_bill(sys.argv[1], country="GB")
print(told("VmHWM") - before, most[0] - own)
"""
LONG = 5
"""How many times as long the long CSV is: its calls lie in files."""


def _peak_over_size(path: Path, *, own: bool = False) -> float:
    """Return the most memory that reading takes above the loaded program, over the file's size; in a process of its own.

    Args:
        path: the file.
        own: count only the program's own memory, not the pages of files, which the system drops at need.
    """
    told = subprocess.run([sys.executable, "-c", _PEAK, str(path)], check=True, capture_output=True, text=True)
    return int(told.stdout.split()[own]) / path.stat().st_size


def _memory(path: Path, folder: Path) -> list[tuple[str, float, str]]:
    """Measure the memory of reading the calls of a CSV: as it is, in another encoding, quoted with legs, and a long one."""
    text = path.read_text()
    chinese, legs, long = folder / "chinese.csv", folder / "legs.csv", folder / "long.csv"
    chinese.write_text(text.replace("UK National", "本地通话 费用"), encoding="gb18030")
    with legs.open("w") as target:
        for place, line in enumerate(text.splitlines()[1 : CALLS // 4]):
            start, _, caller, called, _, length, *_ = line.split(",")
            cells = ["", caller, called, "from-trunk", "Sam", "a", "b", "Dial", "c", start, start, start, length, length]
            cells += ["ANSWERED", "DOCUMENTATION", f"1778665020.{place}", "", "", f"1778665020.{place // 2}", str(place)]
            target.write(",".join(f'"{cell}"' for cell in cells) + "\n")
    head, _, body = text.partition("\n")
    with long.open("w") as target:
        target.write(head + "\n")
        for place in range(LONG):
            target.write(body.replace("2026-05-", f"{2021 + place}-05-"))
    del text, body
    return [
        ("memory of reading the CSV", _peak_over_size(path), "over the file's size; at most 4"),
        ("memory of it in GB 18030", _peak_over_size(chinese), "over the file's size; at most 4"),
        ("memory of quoted rows with legs", _peak_over_size(legs), "over the file's size; at most 4"),
        (
            f"memory of a CSV {LONG} times as long",
            _peak_over_size(long, own=True),
            "own memory over the file's size; falls with it",
        ),
    ]


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
        memory = _memory(path, Path(folder)) if sys.platform == "linux" else []  # which counts it
        calamine = _seconds(lambda: python_calamine.CalamineWorkbook.from_path(sheet).get_sheet_by_index(0).to_python())
        workbook = _seconds(lambda: read_bill(sheet, country="GB"))
    return [
        ("CSV of 1 million calls", ours / plain, "read_bill over pandas.read_csv(dtype=str); at most 1.5"),
        *memory,
        ("XLSX of 200,000 calls", workbook / calamine, "read_bill over calamine's own read; at most 1.6"),
        ("calls per second from CSV", CALLS / ours, "checked call table"),
    ]
