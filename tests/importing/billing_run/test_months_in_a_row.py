"""Billing run after billing run, each taking up what the month before left: the same charges as all months priced at once."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import hypothesis.strategies as st
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings

from roi_tool.billing import Account, Month
from roi_tool.importing.billing_run import RunRequest, run_billing
from roi_tool.importing.tariffs.write_tariff import write_tariff
from roi_tool.money import to_nano
from roi_tool.rating import AccountMonths, rate_calls
from roi_tool.tariff import Tariff
from tests.rating.oracle_months import Call, months_of
from tests.rating.random_months import FIRST, SEATS, months, table_of, tariffs

EVERYTHING = list(HealthCheck)


@dataclass(frozen=True)
class Customer:
    """An account with its calls, billed by one tariff after another from the month `begins` on (0 is the first)."""

    id: str
    plans: tuple[str, ...]
    calls: tuple[Call, ...]
    seats: int | None
    begins: int = 0

    def plan_in(self, place: int) -> str | None:
        return self.plans[place - self.begins] if 0 <= place - self.begins < len(self.plans) else None

    @property
    def billed_calls(self) -> list[Call]:
        return [call for call in self.calls if self.plan_in(call.month - FIRST)]


@st.composite
def customers(draw: st.DrawFn) -> tuple[int, dict[str, Tariff], list[Customer]]:
    """One who changes his tariff, one who comes later, one who leaves before the end."""
    count, first_calls = draw(months())
    before = draw(tariffs())
    same = tuple(rule.model_copy(update={"amount": Decimal(3)}) for rule in before.allowances)
    plans = {"one": before, "two": draw(tariffs(rules=same))}
    change = draw(st.integers(1, count))
    others = [draw(months())[1] for _ in range(2)]
    kept = [tuple(call for call in calls if call.month < FIRST + count) for calls in others]
    return (
        count,
        plans,
        [
            Customer("A", ("one",) * change + ("two",) * (count - change), tuple(first_calls), draw(SEATS)),
            Customer("new/comer", ("one",) * (count - 1), kept[0], draw(SEATS), begins=1),
            Customer("leaver", ("two",) * (count - 1), kept[1], draw(SEATS)),
        ],
    )


def write_month(folder: Path, place: int, people: Sequence[Customer]) -> RunRequest:
    file = folder / f"calls{place}.csv"
    rows = [
        (f"{one.id}-{number}", call.start.isoformat(), one.id, call.direction, call.caller, call.called, call.duration_ms)
        for one in people
        if one.plan_in(place)
        for number, call in enumerate(one.calls)
        if call.month == FIRST + place
    ]
    with file.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["call_id", "start", "account", "direction", "caller", "called", "duration_ms"])
        writer.writerows(rows)
    accounts = tuple(Account(id=one.id, tariff=plan, seats=one.seats) for one in people if (plan := one.plan_in(place)))
    previous = folder / f"out{place - 1}" if place else None
    month = Month.at(FIRST + place)
    return RunRequest((file,), accounts, folder / "tariffs", folder / f"out{place}", month, previous=previous)


def folder_of(output: Path, account: str) -> Path:
    [found] = [
        file.parent
        for file in output.glob("accounts/*/invoice.json")
        if json.loads(file.read_text(encoding="utf-8"))["account"] == account
    ]
    return found


def charges_in(output: Path, account: str) -> list[int]:
    rows = pq.read_table(folder_of(output, account) / "rated.parquet").to_pylist()
    return [to_nano(row["charge"] or 0) for row in sorted(rows, key=lambda row: row["source_row"])]


def check_chain(folder: Path, count: int, plans: dict[str, Tariff], people: Sequence[Customer]) -> None:
    for name, plan in plans.items():
        write_tariff(plan, folder / "tariffs" / name)
    charged: dict[str, list[list[int]]] = {one.id: [] for one in people}
    owed: dict[str, list[int]] = {one.id: [] for one in people}
    for place in range(count):
        request = write_month(folder, place, people)
        assert run_billing(request).closes
        for account in request.accounts:
            charged[account.id].append(charges_in(request.output, account.id))
            invoice = json.loads((folder_of(request.output, account.id) / "invoice.json").read_text(encoding="utf-8"))
            owed[account.id].append(to_nano(Decimal(invoice["period"])))
    for one in people:
        slow = months_of([plans[name] for name in one.plans], FIRST + one.begins, one.calls, one.seats)
        assert charged[one.id] == [[to_nano(charge) for charge in month.charges] for month in slow]
        assert owed[one.id] == [to_nano(month.shortfall) for month in slow]
        if len(set(one.plans)) == 1:
            span = AccountMonths(FIRST + one.begins, FIRST + one.begins + len(one.plans) - 1)
            rated = rate_calls(table_of(one.billed_calls), plans[one.plans[0]], seats=one.seats, months=span)
            chain = [charge for month in charged[one.id] for charge in month]
            assert chain == [int(charge) for charge in rated.frame["charge_nano"].fillna(0)]


def check_in_folder(case: tuple[int, dict[str, Tariff], list[Customer]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        check_chain(Path(folder), *case)


@settings(max_examples=8, deadline=None, suppress_health_check=EVERYTHING)
@given(customers())
def test_a_few_random_chains_of_runs(case: tuple[int, dict[str, Tariff], list[Customer]]) -> None:
    check_in_folder(case)


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=EVERYTHING)
@given(customers())
def test_random_chains_of_runs(case: tuple[int, dict[str, Tariff], list[Customer]]) -> None:
    check_in_folder(case)


@pytest.mark.nightly
@pytest.mark.slow
@settings(max_examples=2000, deadline=None, suppress_health_check=EVERYTHING)
@given(customers())
def test_many_random_chains_of_runs(case: tuple[int, dict[str, Tariff], list[Customer]]) -> None:
    check_in_folder(case)
