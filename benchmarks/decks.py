"""Decks in figures: 300,000 codes read, compared, made into a tariff, against reading the same file with the csv module."""

from __future__ import annotations

import csv
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from roi_tool.importing.decks import compare_decks, deck_tariff, read_deck

CODES = 300_000


def write_deck(path: Path, codes: int = CODES) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write("Destination,Dial Code,Rate/Min,Effective Date,Billing,Change\n")
        for number in range(codes):
            rate = f"{number * 37 % 9973 / 10000:.4f}"
            day = f"{1 + number % 28:02d}/{1 + number % 9:02d}/2026"
            file.write(f"Place {number % 900} Mobile,{100_000 + number * 7},{rate},{day},60/1,No Change\n")


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def plain_read(path: Path) -> int:
    with path.open(newline="", encoding="utf-8") as file:
        return sum(len(row) for row in csv.reader(file))


def run() -> list[tuple[str, float, str]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "deck.csv"
        write_deck(path)
        plain = min(timed(lambda: plain_read(path)) for _ in range(3))
        begun = time.perf_counter()
        deck = read_deck(path)
        reading = time.perf_counter() - begun
        making = timed(lambda: deck_tariff(deck))
        comparing = timed(lambda: compare_decks(deck, deck, datetime(2026, 6, 1, tzinfo=UTC)))
    return [
        ("deck_read_per_csv", reading / plain, f"{CODES:,} codes: seconds to read the deck over seconds of csv.reader alone"),
        ("deck_read_us_per_code", reading / CODES * 1e6, "microseconds a code, with counts, dates and terms"),
        ("deck_tariff_us_per_code", making / CODES * 1e6, "microseconds a code to make the tariff"),
        ("deck_diff_us_per_code", comparing / CODES * 1e6, "microseconds a code to compare two decks"),
    ]
