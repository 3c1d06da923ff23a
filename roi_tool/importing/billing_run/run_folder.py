"""The folder of a billing run: one process at a time, one run for ever, and each account's place in it."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from roi_tool.importing.billing_run.control_sheet import CONTROL_FILE, put_text
from roi_tool.problems import Problem, ProblemError, Where

RUN_FILE = "run.json"
LOCK_FILE = ".lock"
ACCOUNTS_FOLDER = "accounts"
WORK_FOLDER = ".work"


@contextmanager
def alone_in(output: Path) -> Iterator[None]:
    """Keep a second process out of the folder; the lock goes with its process, however that ends."""
    with (output / LOCK_FILE).open("w") as lock:
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


def claim_folder(output: Path, identity: Mapping[str, Any]) -> None:
    """Write down which run the folder belongs to, or see that it is this one. A run that has billed nobody yet gives way.

    Raises:
        ProblemError: it belongs to another run, or holds other files.
    """
    file = output / RUN_FILE
    if file.is_file():
        begun = json.loads(file.read_text(encoding="utf-8"))
        if begun == identity:
            return
        if (output / ACCOUNTS_FOLDER).exists() or (output / CONTROL_FILE).exists():
            names = identity.keys() | begun.keys()
            changed = ", ".join(sorted(name for name in names if begun.get(name) != identity.get(name)))
            raise ProblemError(Problem("billing_other_run", where=Where(str(output)), detail={"changed": changed}))
        shutil.rmtree(output / WORK_FOLDER, ignore_errors=True)
    elif any(entry.name != LOCK_FILE for entry in output.iterdir()):
        raise ProblemError(Problem("billing_folder_taken", where=Where(str(output))))
    put_text(file, json.dumps(identity, indent=1) + "\n")


def digest_of(path: Path) -> str:
    """Return the checksum of a call file."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise ProblemError(Problem("call_file_missing", where=Where(str(path)))) from error


def output_folders(output: Path, accounts: Sequence[str]) -> list[Path]:
    """Return each account's folder: its id where that is a safe name, else with a number that keeps names apart."""
    folders = []
    for place, account in enumerate(accounts, start=1):
        safe = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-_") else "_" for letter in account)[:60]
        folders.append(output / ACCOUNTS_FOLDER / (safe if safe == account else f"{safe}~{place}"))
    return folders
