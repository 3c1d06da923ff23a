"""Keeps the open quote: a file of the user's, and a copy aside in case the program or the machine stops."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

if TYPE_CHECKING:
    from roi_tool.quoting import Scenario
    from roi_tool.quoting.case import Case

QUOTE_SUFFIX = ".roiquote"


def save_quote(path: Path, case: Case, scenario: Scenario) -> Path:
    """Write the quote where the user wants it, with the ending of a quote, and return where it lies.

    Raises:
        ProblemError: the file cannot be written (`quote_not_written`).
    """
    from roi_tool.storage import write_quote_file

    place = path if path.suffix.lower() == QUOTE_SUFFIX else path.with_name(path.name + QUOTE_SUFFIX)
    write_quote_file(place, case, scenario)
    return place.resolve()


def autosave_file() -> Path:
    """Return where the copy aside lies."""
    return platformdirs.user_state_path("roi-tool", appauthor=False) / f"autosave{QUOTE_SUFFIX}"


def keep_aside(case: Case, scenario: Scenario) -> None:
    """Write the copy aside.

    Raises:
        ProblemError: it cannot be written (`quote_not_written`).
    """
    file = autosave_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    save_quote(file, case, scenario)


def forget_aside() -> None:
    """Remove the copy: the quote was saved, or its user let it go."""
    autosave_file().unlink(missing_ok=True)


def operator_name(brand: str) -> str:
    """Return the operator's name as its brand gives it, without reading the rest of the brand; else the brand's own name."""
    import tomllib

    from roi_tool.resources import report_templates_folder

    try:
        content = tomllib.loads((report_templates_folder() / brand / "brand.toml").read_text(encoding="utf-8"))
        return str(content["operator"])
    except (OSError, ValueError, KeyError):
        return brand.replace("-", " ").title()
