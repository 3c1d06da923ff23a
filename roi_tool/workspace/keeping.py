"""Keeps quotes: in a file of the user's, and as copies aside in case the program or the machine stops."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

if TYPE_CHECKING:
    from roi_tool.quoting import Scenario
    from roi_tool.quoting.case import Case

QUOTE_SUFFIX = ".roiquote"


Stamp = tuple[int, int] | None
"""When a file was last written (ns) and its size: another one means that somebody else wrote it. None: there is no file."""


def stamp_of(path: Path) -> Stamp:
    """Return the stamp of a file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def save_quote(path: Path, case: Case, scenario: Scenario) -> Path:
    """Write the quote where the user wants it, with the ending of a quote, and return where it lies.

    Raises:
        ProblemError: the file cannot be written (`quote_not_written`).
    """
    from roi_tool.storage import write_quote_file

    place = path if path.suffix.lower() == QUOTE_SUFFIX else path.with_name(path.name + QUOTE_SUFFIX)
    write_quote_file(place, case, scenario)
    return place.resolve()


def free_place(path: Path) -> Path:
    """Return a place beside a file that nothing lies at: `name (2).roiquote`."""
    places = (path.with_name(f"{path.stem} ({number}){path.suffix}") for number in itertools.count(2))
    return next(place for place in places if not place.exists())


def unsaved_folder() -> Path:
    """Return where the copies of unsaved quotes lie."""
    return platformdirs.user_state_path("roi-tool", appauthor=False) / "unsaved"


def unsaved_file(session: str, number: int, case: Case) -> Path:
    """Return where a window keeps its copy of a quote: no two windows and no two quotes share a place.

    Args:
        session: the window's own mark, letters and digits.
        number: of the quote in that window.
        case: whose customer names the file.
    """
    from roi_tool.workspace.exporting import suggested_name

    return unsaved_folder() / f"{session}.{number}.{suggested_name(case, QUOTE_SUFFIX[1:])}"


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A copy that a session left behind which did not end well, or whose user went on to another quote."""

    path: Path
    customer: str
    kept_at: datetime


def unsaved_quotes(lives: Callable[[str], bool]) -> tuple[Unsaved, ...]:
    """Return the copies that no open window holds, the newest first.

    Args:
        lives: says whether the window of a session is still open.
    """
    found = []
    for path in unsaved_folder().glob(f"*{QUOTE_SUFFIX}"):
        session, _, rest = path.stem.partition(".")
        try:
            kept_at = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
        except OSError:
            continue
        if rest and not lives(session):
            found.append(Unsaved(path, rest.partition(".")[2].replace("-", " "), kept_at))
    return tuple(sorted(found, key=lambda one: one.kept_at, reverse=True))


def keep_aside(file: Path, case: Case, scenario: Scenario) -> None:
    """Write the copy of a quote.

    Raises:
        ProblemError: it cannot be written (`quote_not_written`).
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    save_quote(file, case, scenario)


def forget_aside(file: Path | None) -> None:
    """Remove a copy: the quote was saved, or its user let it go."""
    if file is not None:
        file.unlink(missing_ok=True)


def operator_name(brand: str) -> str:
    """Return the operator's name as its brand gives it, without reading the rest of the brand; else the brand's own name."""
    import tomllib

    from roi_tool.resources import report_templates_folder

    try:
        content = tomllib.loads((report_templates_folder() / brand / "brand.toml").read_text(encoding="utf-8"))
        return str(content["operator"])
    except (OSError, ValueError, KeyError):
        return brand.replace("-", " ").title()
