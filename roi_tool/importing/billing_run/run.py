"""A billing run in a folder: stoppable at any moment, taken up where it stopped, no call billed twice or lost.

What is done is what stands under its final name. Each account's folder appears in one step (`account_output`), the spool of
calls too (`call_spool`), and `run.json` says which run the folder belongs to: the same command goes on, another one is refused.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from roi_tool.billing import (
    Account,
    AccountControl,
    BilledAccount,
    ControlSheet,
    Month,
    bill_account,
    billing_zone,
    rolling_allowances,
)
from roi_tool.importing.billing_run.account_calls import call_table, split_rows
from roi_tool.importing.billing_run.account_output import EXCEPTIONS_FILE, exception_rows, put_account, read_control
from roi_tool.importing.billing_run.call_spool import (
    SpoolFacts,
    accounts_with,
    calls_by_account,
    exceptions_of,
    likeliest_month,
    make_spool,
    read_facts,
)
from roi_tool.importing.billing_run.control_sheet import (
    CONTROL_FILE,
    control_csv,
    control_document,
    put_text,
    read_sheet,
    write_exceptions,
)
from roi_tool.importing.billing_run.previous_run import PreviousRun, check_previous, open_previous
from roi_tool.importing.billing_run.run_folder import WORK_FOLDER, alone_in, claim_folder, digest_of, output_folders
from roi_tool.importing.billing_run.shared_calls import SHARED_FILE, write_shared_calls
from roi_tool.importing.call_files import open_calls
from roi_tool.importing.tariffs import read_tariff
from roi_tool.problems import Problem, ProblemError, Where
from roi_tool.rating import CompiledTariff, compile_tariff


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
    previous: Path | None = None
    """The output of the month before, for allowances that roll over; None begins with nothing carried."""


@dataclass(frozen=True, slots=True)
class _Run:
    """A run that has begun: its request, and what was read for it."""

    request: RunRequest
    tariffs: Mapping[str, CompiledTariff]
    previous: PreviousRun | None

    @property
    def files(self) -> list[str]:
        return [path.name for path in self.request.calls]

    @property
    def folders(self) -> list[Path]:
        return output_folders(self.request.output, [account.id for account in self.request.accounts])

    @property
    def spool(self) -> Path:
        return self.request.output / WORK_FOLDER / "spool"


def run_billing(request: RunRequest, progress: Callable[[int, int], None] | None = None) -> ControlSheet:
    """Do the run, or what is left of it, and return its control sheet.

    Args:
        request: what to bill.
        progress: told accounts done and accounts in all.

    Raises:
        ProblemError: a file cannot be read, an account names no tariff that is there, the folder belongs to another run,
            another process is at it, or the month before cannot be taken up.
    """
    output = request.output
    output.mkdir(parents=True, exist_ok=True)
    with alone_in(output):
        run = _Run(request, _tariffs(request), None if request.previous is None else open_previous(request.previous))
        claim_folder(output, _identity(run))
        finished = read_sheet(output / CONTROL_FILE)
        if finished is not None:
            shutil.rmtree(output / WORK_FOLDER, ignore_errors=True)
            return finished
        facts = read_facts(run.spool)
        if facts is None:
            files = [open_calls(path, timezone=request.timezone) for path in request.calls]
            facts = make_spool(run.spool, files, request.accounts)
        month = _month(run, facts)
        departed = check_previous(run.previous, month, request.accounts, run.tariffs) if run.previous else ()
        controls = _bill_all(run, month, progress)
        return _close(run, facts, month, controls, departed)


def _month(run: _Run, facts: SpoolFacts) -> Month:
    """The month that is asked for, else that of most calls, else the one after the month before."""
    month = run.request.month or likeliest_month(facts) or (run.previous.month.after if run.previous else None)
    if month is None:
        raise ProblemError(Problem("billing_no_calls", where=Where(str(run.request.calls[0]))))
    return month


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
            found[name] = compile_tariff(read_tariff(place))
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


def _identity(run: _Run) -> dict[str, Any]:
    """What makes two runs the same: the content of everything that goes in."""
    request = run.request
    accounts = hashlib.sha256("\n".join(account.model_dump_json() for account in request.accounts).encode()).hexdigest()
    identity = {
        "format": "billing run 1",
        "calls": [{"file": path.name, "sha256": digest_of(path)} for path in request.calls],
        "accounts": accounts,
        "tariffs": {name: compiled.tariff.fingerprint for name, compiled in run.tariffs.items()},
        "month": str(request.month or ""),
        "kind": request.kind,
        "timezone": request.timezone,
        "paper": request.paper is not None,
    }
    if run.previous is not None:
        identity["previous"] = {"month": str(run.previous.month), "sha256": run.previous.sha256}
    return identity


def _bill_all(run: _Run, month: Month, progress: Callable[[int, int], None] | None) -> list[AccountControl]:
    folders = run.folders
    controls: dict[int, AccountControl] = {
        place: read_control(folder) for place, folder in enumerate(folders) if folder.is_dir()
    }
    waiting = [place for place in range(len(folders)) if place not in controls]
    for place, rows in calls_by_account(run.spool, waiting):
        account = run.request.accounts[place]
        tariff = run.tariffs[account.tariff]
        mine, left_out, outside, twice = split_rows(rows, month, billing_zone(account, tariff))
        calls = call_table(mine, account, run.files)
        carried = run.previous.carried(account.id) if run.previous else None
        billed = bill_account(account, calls, tariff, month, f"{month}-{place + 1:06d}", carried)
        controls[place] = put_account(
            folders[place],
            billed,
            left_out,
            run.files,
            kind=run.request.kind,
            outside_period=outside,
            duplicates=twice,
            paper=run.request.paper,
        )
        if progress:
            progress(len(controls), len(folders))
    return [controls[place] for place in range(len(folders))]


def _close(
    run: _Run, facts: SpoolFacts, month: Month, controls: Sequence[AccountControl], departed: tuple[str, ...]
) -> ControlSheet:
    """Write exceptions and control sheet; the sheet comes last and says that the run is done."""
    output = run.request.output
    sharing = accounts_with(run.spool, facts.shared_ids)
    shared = [(run.folders[place] / f"rated.{run.request.kind}", controls[place]) for place in sharing]
    sheet = ControlSheet(
        period=str(month),
        calls_read=facts.calls,
        exceptions=tuple(sorted(facts.exceptions.items())),
        accounts=tuple(controls),
        shared_ids=facts.shared_ids,
        shared_charges=write_shared_calls(output / SHARED_FILE, facts.shared_ids, shared),
        previous=str(run.previous.month) if run.previous else "",
        rolling=tuple(f"{name}: {rule}" for name, plan in run.tariffs.items() for rule in rolling_allowances(plan.tariff)),
        departed=departed,
    )
    nobody = exception_rows(exceptions_of(run.spool), run.files)
    write_exceptions(output / EXCEPTIONS_FILE, nobody, [folder / EXCEPTIONS_FILE for folder in run.folders])
    put_text(output / "control.csv", control_csv(sheet))
    put_text(output / CONTROL_FILE, json.dumps(control_document(sheet), indent=1) + "\n")
    shutil.rmtree(output / WORK_FOLDER, ignore_errors=True)
    return sheet
