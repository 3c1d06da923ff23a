"""Accounts, tariffs and calls of a month to bill, and what stands in the output."""

import csv
import random
from collections import Counter

import pyarrow.parquet as pq

from roi_tool.importing.billing_run import RunRequest, read_accounts

TARIFF = """id = "retail"
currency = "GBP"
[[rates]]
id = "uk"
price_per_minute = 0.0125
[[rates]]
id = "mobile"
price_per_minute = 0.035
increments = "60/1"
connect_fee = 0.02
[[deck]]
prefix = "44"
rate = "uk"
[[deck]]
prefix = "447"
rate = "mobile"
"""
POOLED = (
    TARIFF.replace('id = "retail"', 'id = "pooled"', 1) + '[[allowances]]\nid = "minutes"\namount = 2\nshared = "account"\n'
)


def write_inputs(folder, accounts=12, calls=400, seed=1):
    chance = random.Random(seed)
    for name, text in (("retail", TARIFF), ("pooled", POOLED)):
        (folder / "tariffs" / name).mkdir(parents=True, exist_ok=True)
        (folder / "tariffs" / name / "tariff.toml").write_text(text)
    with (folder / "accounts.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["account", "name", "tariff", "timezone", "monthly_fee"])
        for number in range(accounts):
            plan = "pooled" if number % 3 == 0 else "retail"
            writer.writerow([f"C{number:03d}", f"Customer {number}", plan, "Europe/London", "12.50" if number % 2 else ""])
    with (folder / "calls.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["call_id", "start", "account", "caller", "called", "duration_s"])
        for number in range(calls):
            day = chance.randrange(1, 32)
            start = f"2026-05-{day:02d}T{chance.randrange(24):02d}:{chance.randrange(60):02d}:00Z"
            called = chance.choice(["442079460", "447700900", "999900000"]) + f"{chance.randrange(1000):03d}"
            writer.writerow(
                [f"id{number}", start, f"C{chance.randrange(accounts):03d}", "442079461000", called, chance.randrange(900)]
            )
        writer.writerow(["late", "2026-06-03T10:00:00Z", "C001", "442079461000", "442079460000", 60])
        writer.writerow(["twice", "2026-05-03T10:00:00Z", "C001", "442079461000", "442079460000", 60])
        writer.writerow(["twice", "2026-05-03T10:00:00Z", "C001", "442079461000", "442079460000", 60])
        writer.writerow(["stray", "2026-05-03T10:00:00Z", "NOBODY", "442079461000", "442079460000", 60])
        writer.writerow(["odd", "yesterday", "C001", "442079461000", "442079460000", 60])
        file.write("torn,2026-05-03T10:00:00Z\n")


def request_of(folder, output="out", **more):
    return RunRequest(
        (folder / "calls.csv",), read_accounts(folder / "accounts.csv"), folder / "tariffs", folder / output, **more
    )


def contents(folder):
    """Every result file by its path, bytes as they are."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name != ".lock"
    }


def rows_of(output):
    """Where each row of the call file ended up."""
    seen = Counter()
    for file in (output / "accounts").glob("*/rated.parquet"):
        table = pq.read_table(file).to_pydict()
        seen.update(row for row, reason in zip(table["source_row"], table["reason"], strict=True) if not reason)
    with (output / "exceptions.csv").open(newline="") as file:
        seen.update(int(row["row"]) for row in csv.DictReader(file))
    return seen
