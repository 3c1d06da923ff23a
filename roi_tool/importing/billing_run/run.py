"""A billing run in a folder: stoppable at any moment, taken up where it stopped, no call billed twice or lost.

What is done is what stands under its final name. Each account's folder appears in one step (`account_output`), the spool of
calls too (`call_spool`), and `run.json` says which run the folder belongs to: the same command goes on, another one is refused.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from roi_tool.billing import Account, AccountControl, BilledAccount, ControlSheet, Month, bill_account
from roi_tool.cdr.schema import CalledClass, CallTable, Direction, make_calls
from roi_tool.importing.billing_run.account_output import EXCEPTIONS_FILE, exception_rows, put_account, read_control
from roi_tool.importing.billing_run.call_spool import (
    SpoolFacts,
    calls_by_account,
    exceptions_of,
    likeliest_month,
    make_spool,
    read_facts,
)
from roi_tool.importing.billing_run.control_sheet import (
    control_csv,
    control_document,
    put_text,
    read_sheet,
    write_exceptions,
)
from roi_tool.importing.call_files import open_calls
from roi_tool.importing.tariffs import read_tariff
from roi_tool.problems import Problem, ProblemError, Where
from roi_tool.rating import CompiledTariff, compile_tariff

RUN_FILE = "run.json"
CONTROL_FILE = "control.json"
_WORK = ".work"
_DIRECTIONS = {item.value for item in Direction}
_CLASSES = {item.value for item in CalledClass}
_SHORT = {"out": "outbound", "outgoing": "outbound", "in": "inbound", "incoming": "inbound"}


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What to bill, and where to."""

    calls: tuple[Path, ...]
    accounts: tuple[Account, ...]
    tariffs: Path
    output: Path
    month: Month | None = None
    """None takes the month that most calls are of."""
    kind: str = "parquet"
    """Of the rated calls: "csv" or "parquet"."""
    timezone: str = "UTC"
    """Of starts in the call files that state none."""
    paper: Callable[[Path, BilledAccount], None] | None = None
    """Writes an account's invoice for people into the folder it is given, which appears when all of it is there."""


def run_billing(request: RunRequest, progress: Callable[[int, int], None] | None = None) -> ControlSheet:
    """Do the run, or what is left of it, and return its control sheet.

    Args:
        request: what to bill.
        progress: told accounts done and accounts in all.

    Raises:
        ProblemError: a file cannot be read, an account names no tariff that is there, the folder belongs to another run, or
            another process is at it.
    """
    output = request.output
    output.mkdir(parents=True, exist_ok=True)
    with _alone(output):
        tariffs = _tariffs(request)
        identity = _identity(request, tariffs)
        _claim(output, identity)
        finished = read_sheet(output / CONTROL_FILE)
        if finished is not None:
            shutil.rmtree(output / _WORK, ignore_errors=True)
            return finished
        spool = output / _WORK / "spool"
        facts = read_facts(spool)
        if facts is None:
            facts = make_spool(spool, [open_calls(path, timezone=request.timezone) for path in request.calls], request.accounts)
        month = request.month or likeliest_month(facts)
        if month is None:
            raise ProblemError(Problem("billing_no_calls", where=Where(str(request.calls[0]))))
        controls = _bill_all(request, tariffs, spool, month, progress)
        return _close(request, spool, facts, month, controls)


@contextmanager
def _alone(output: Path) -> Iterator[None]:
    """Keep a second process out of the folder; the lock goes with its process, however that ends."""
    with (output / ".lock").open("w") as lock:
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ProblemError(Problem("billing_run_busy", where=Where(str(output)))) from error
        yield


def _tariffs(request: RunRequest) -> dict[str, CompiledTariff]:
    found: dict[str, CompiledTariff] = {}
    problems: list[Problem] = []
    for name in sorted({account.tariff for account in request.accounts}):
        place = _tariff_place(request.tariffs, name)
        if place is None:
            names = [account.id for account in request.accounts if account.tariff == name]
            detail = {"tariff": name, "accounts": ", ".join(names[:5])}
            problems.append(Problem("billing_tariff_missing", where=Where(str(request.tariffs)), detail=detail))
            continue
        try:
            tariff = read_tariff(place)
            # A run sees one month: without the months before it would charge minutes that were promised free.
            problems += [
                Problem("billing_rollover", where=Where(str(place)), detail={"allowance": allowance.id})
                for allowance in tariff.allowances
                if allowance.rollover_months
            ]
            found[name] = compile_tariff(tariff)
        except ProblemError as error:
            problems += error.problems
    if problems:
        raise ProblemError(*problems[:50])
    return found


def _tariff_place(folder: Path, name: str) -> Path | None:
    """Find a tariff by name under the folder, never outside it."""
    for place in (folder / name, folder / f"{name}.toml"):
        if place.exists() and place.resolve().is_relative_to(folder.resolve()):
            return place
    return None


def _identity(request: RunRequest, tariffs: Mapping[str, CompiledTariff]) -> dict[str, Any]:
    """What makes two runs the same: the content of everything that goes in."""
    accounts = hashlib.sha256("\n".join(account.model_dump_json() for account in request.accounts).encode()).hexdigest()
    return {
        "format": "billing run 1",
        "calls": [{"file": path.name, "sha256": _digest(path)} for path in request.calls],
        "accounts": accounts,
        "tariffs": {name: compiled.tariff.fingerprint for name, compiled in tariffs.items()},
        "month": str(request.month or ""),
        "kind": request.kind,
        "timezone": request.timezone,
        "paper": request.paper is not None,
    }


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise ProblemError(Problem("call_file_missing", where=Where(str(path)))) from error


def _claim(output: Path, identity: Mapping[str, Any]) -> None:
    file = output / RUN_FILE
    if file.is_file():
        begun = json.loads(file.read_text(encoding="utf-8"))
        if begun != identity:
            changed = ", ".join(sorted(name for name in identity if begun.get(name) != identity[name]))
            raise ProblemError(Problem("billing_other_run", where=Where(str(output)), detail={"changed": changed}))
        return
    if any(entry.name not in (".lock",) for entry in output.iterdir()):
        raise ProblemError(Problem("billing_folder_taken", where=Where(str(output))))
    put_text(file, json.dumps(identity, indent=1) + "\n")


def _bill_all(
    request: RunRequest,
    tariffs: Mapping[str, CompiledTariff],
    spool: Path,
    month: Month,
    progress: Callable[[int, int], None] | None,
) -> list[AccountControl]:
    names = [path.name for path in request.calls]
    folders = output_folders(request.output, request.accounts)
    controls: dict[int, AccountControl] = {
        place: read_control(folder) for place, folder in enumerate(folders) if folder.is_dir()
    }
    waiting = [place for place in range(len(folders)) if place not in controls]
    for place, rows in calls_by_account(spool, waiting):
        account = request.accounts[place]
        mine, left_out, outside, twice = _split(rows, month, account.timezone)
        calls = _call_table(mine, account, names)
        number = f"{month}-{place + 1:06d}"
        billed = bill_account(account, calls, tariffs[account.tariff], month, number)
        controls[place] = put_account(
            folders[place],
            billed,
            left_out,
            names,
            kind=request.kind,
            outside_period=outside,
            duplicates=twice,
            paper=request.paper,
        )
        if progress:
            progress(len(controls), len(folders))
    return [controls[place] for place in range(len(folders))]


def output_folders(output: Path, accounts: Sequence[Account]) -> list[Path]:
    """Return each account's folder: its id where that is a safe name, else with a number that keeps names apart."""
    folders = []
    for place, account in enumerate(accounts, start=1):
        safe = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-_") else "_" for letter in account.id)[
            :60
        ]
        folders.append(output / "accounts" / (safe if safe == account.id else f"{safe}~{place}"))
    return folders


def _split(rows: pd.DataFrame, month: Month, timezone: str) -> tuple[pd.DataFrame, pd.DataFrame, int, int]:
    """Part an account's rows: of the month, and left out with a reason."""
    start, end = month.instants_ms(timezone)
    outside = (rows["start_ms"] < start) | (rows["start_ms"] >= end)
    twice = (rows["call_id"] != "") & rows["call_id"].duplicated() & ~outside
    reasons = np.where(outside, "outside_period", np.where(twice, "duplicate", ""))
    left = rows.assign(reason=reasons)
    return rows[~(outside | twice)], left[outside | twice], int(outside.sum()), int(twice.sum())


def _call_table(rows: pd.DataFrame, account: Account, files: Sequence[str]) -> CallTable:
    ids = rows["call_id"].where(rows["call_id"] != "", rows["file"].astype(str) + ":" + rows["row"].astype(str))
    direction = rows["direction"].str.strip().str.lower().replace(_SHORT)
    called_class = rows["called_class"].str.strip().str.lower()
    columns = {
        "call_id": ids.to_numpy(),
        "start": pd.to_datetime(rows["start_ms"].to_numpy(), unit="ms", utc=True).as_unit("us"),
        "direction": direction.where(direction.isin(_DIRECTIONS), "outbound").to_numpy(),
        "caller": rows["caller"].to_numpy(),
        "called": rows["called"].to_numpy(),
        "called_class": called_class.where(called_class.isin(_CLASSES), "unknown").to_numpy(),
        "duration_ms": rows["duration_ms"].to_numpy(),
        "account": [account.id] * len(rows),
        "site": rows["site"].to_numpy(),
        "source_file": [files[number] for number in rows["file"]],
        "source_row": rows["row"].to_numpy(),
    }
    return make_calls(columns, timezone=account.timezone)


def _close(
    request: RunRequest, spool: Path, facts: SpoolFacts, month: Month, controls: Sequence[AccountControl]
) -> ControlSheet:
    """Write exceptions and control sheet; the sheet comes last and says that the run is done."""
    sheet = ControlSheet(str(month), facts.calls, tuple(sorted(facts.exceptions.items())), tuple(controls), facts.shared_ids)
    nobody = exception_rows(exceptions_of(spool), [path.name for path in request.calls])
    folders = output_folders(request.output, request.accounts)
    write_exceptions(request.output / EXCEPTIONS_FILE, nobody, [folder / EXCEPTIONS_FILE for folder in folders])
    put_text(request.output / "control.csv", control_csv(sheet))
    put_text(request.output / CONTROL_FILE, json.dumps(control_document(sheet), indent=1) + "\n")
    shutil.rmtree(request.output / _WORK, ignore_errors=True)
    return sheet
