"""What the home page says. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from roi_tool.wording import Wording

if TYPE_CHECKING:
    from roi_tool.workspace.keeping import Unsaved


@dataclass(frozen=True, slots=True)
class Step:
    """One of the three ways to begin: `action` is what its button does (`sample`, `customer`, `bills`)."""

    title: str
    about: str
    button: str
    action: str


@dataclass(frozen=True, slots=True)
class Recent:
    """A quote that was open before."""

    path: Path
    name: str
    about: str


def unsaved_quotes(kept: tuple[Unsaved, ...], words: Wording) -> tuple[Recent, ...]:
    """Return the copies of quotes that were not saved, each with its day and time."""
    return tuple(
        Recent(one.path, one.customer, f"{words.day(one.kept_at.date(), 'medium')}, {one.kept_at:%H:%M}") for one in kept
    )


def recent_quotes(places: tuple[str, ...], words: Wording) -> tuple[Recent, ...]:
    """Return the recent quotes that still are where they were, each with its folder and day."""
    found = []
    for path in map(Path, places):
        try:
            changed = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
        except OSError:
            continue
        found.append(Recent(path, path.stem, f"{path.parent.name} · {words.day(changed.date(), 'medium')}"))
    return tuple(found)


def first_steps(words: Wording) -> tuple[Step, ...]:
    """Return the ways to begin."""
    return (
        Step(
            words.text("A name and a number of seats"),
            words.text("Enough for a first answer in under a minute. Every other value has a default, shown as a default."),
            words.text("New customer"),
            "customer",
        ),
        Step(
            words.text("The customer’s phone bills"),
            words.text("CSV, XLSX or text, of any carrier. Every row is read, skipped for a reason, or shown as rejected."),
            words.text("Choose bills…"),
            "bills",
        ),
        Step(
            words.text("The sample customer"),
            words.text(
                "Alder & Wren Architects: 142 seats, London and Leeds, three months of bills. Look around, move sliders."
            ),
            words.text("Open the sample"),
            "sample",
        ),
    )
