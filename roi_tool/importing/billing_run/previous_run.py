"""The finished run of the month before: what its accounts' allowances have left, checked before anything is billed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from roi_tool.billing import Account, AccountControl, Month, carry_problems
from roi_tool.importing.billing_run.carried_file import CARRIED_FILE, read_carried
from roi_tool.importing.billing_run.control_sheet import CONTROL_FILE, read_sheet
from roi_tool.importing.billing_run.run_folder import output_folders
from roi_tool.problems import Problem, ProblemError, Where
from roi_tool.rating import Carried, CompiledTariff

MOST_NAMED = 50


@dataclass(frozen=True)
class PreviousRun:
    """A run that is done.

    Attributes:
        folder: its output.
        month: that it billed.
        controls: the share of each account in its control sheet, by id; with the account's folder.
        sha256: of its control sheet, which holds the checksum of every account's `carried.json`.
    """

    folder: Path
    month: Month
    controls: Mapping[str, tuple[AccountControl, Path]]
    sha256: str

    def carried(self, account: str) -> Carried | None:
        """Return what an account brings along; None where it was not billed, or by a version that carried nothing.

        Raises:
            ProblemError: `billing_previous_damaged`: its file is not what the run wrote.
        """
        control, folder = self.controls.get(account, (None, self.folder))
        if control is None or not control.carried_sha256:
            return None
        file = folder / CARRIED_FILE
        try:
            content = file.read_bytes()
            if hashlib.sha256(content).hexdigest() != control.carried_sha256:
                raise ValueError("it was changed")
            return read_carried(content)
        except (OSError, ValueError) as error:
            raise ProblemError(Problem("billing_previous_damaged", where=Where(str(file)))) from error


def open_previous(folder: Path) -> PreviousRun:
    """Open the output of the month before.

    Raises:
        ProblemError: `billing_previous_unfinished`: there is no finished run in the folder, or it did not close.
    """
    unfinished = Problem("billing_previous_unfinished", where=Where(str(folder)))
    try:
        content = (folder / CONTROL_FILE).read_bytes()
        sheet = read_sheet(folder / CONTROL_FILE)
        if sheet is None or not sheet.closes:
            raise ProblemError(unfinished)
        month = Month.of(sheet.period)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ArithmeticError) as error:
        raise ProblemError(unfinished) from error
    folders = output_folders(folder, [control.account for control in sheet.accounts])
    controls = {control.account: (control, place) for control, place in zip(sheet.accounts, folders, strict=True)}
    return PreviousRun(folder, month, controls, hashlib.sha256(content).hexdigest())


def check_previous(
    previous: PreviousRun, month: Month, accounts: Sequence[Account], tariffs: Mapping[str, CompiledTariff]
) -> tuple[str, ...]:
    """Check, before anything is billed, that a run can go on from the month before.

    Returns:
        The accounts with something left that are not billed any more.

    Raises:
        ProblemError: it is of another month (`billing_previous_month`), what it wrote was changed, or an allowance counts
            something else than it did (`billing_allowance_changed`).
    """
    if previous.month != month.before:
        detail = {"found": str(previous.month), "needed": str(month.before), "month": str(month)}
        raise ProblemError(Problem("billing_previous_month", where=Where(str(previous.folder)), detail=detail))
    problems: list[Problem] = []
    for account in accounts:
        carried = previous.carried(account.id)
        if carried is not None:
            problems += carry_problems(account, carried, tariffs[account.tariff].tariff)
    if problems:
        raise ProblemError(*problems[:MOST_NAMED])
    billed = {account.id for account in accounts}
    departed = ((name, previous.carried(name)) for name in previous.controls if name not in billed)
    return tuple(name for name, carried in departed if carried is not None and not carried.is_empty)
