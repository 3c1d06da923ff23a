"""What the user has answered about files of one shape, so that it is not asked again: one small file each, easily forgotten.

An answer is kept under the shape of the table it was given for: its titles and how its dates and durations are written. It
settles only what would be asked otherwise; what a file proves, and what the caller says, come first.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from zoneinfo import available_timezones

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from roi_tool.importing.cells.dates import DateOrder
from roi_tool.importing.cells.durations import DurationFormat
from roi_tool.importing.cells.title_text import normalised
from roi_tool.importing.layout import Role
from roi_tool.importing.plan import Columns, Recalled, column_cells
from roi_tool.importing.records.raw_table import RawTable
from roi_tool.problems import Problem, ProblemError, Where

_SAMPLE = 400
_TIMED = (Role.START, Role.DATE, Role.TIME, Role.DURATION, Role.BILLED)
CHARGE = "charge"
"""Kind of the answer that names the column of the charge by its title."""


class RememberedAnswers(BaseModel):
    """The answers for one shape."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    shape: str = Field(pattern=r"^[0-9a-f]{16}$")
    like: str = ""
    """Name of the file it was answered for, so that a person knows which bills are meant. Nothing in it is kept."""
    on: date
    date_order: DateOrder | None = None
    duration: DurationFormat | None = None
    timezone: str | None = None
    currency: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    charge: str | None = None

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str | None) -> str | None:
        if value is not None and value not in available_timezones():
            raise ValueError("no such time zone")
        return value

    def answers(self) -> dict[str, str]:
        """Return kind of question → answer."""
        values = self.model_dump(mode="json", exclude={"shape", "like", "on"}, exclude_none=True)
        return {str(kind): str(answer) for kind, answer in values.items()}


def shape_of(table: RawTable, columns: Columns) -> str:
    """Return what tables with the same titles, and dates and durations written alike, share: 16 hexadecimal digits."""
    titles = [normalised(title) for title in columns.titles]
    written = {}
    for role in (one for one in _TIMED if columns.has(one)):
        cells = column_cells(table, columns.place(role)).slice(columns.first(), _SAMPLE).to_pylist()
        shapes = Counter(_written(cell.strip()) for cell in cells if any(letter.isdigit() for letter in cell))
        if shapes:
            written[role.value] = max(shapes, key=lambda shape: (shapes[shape], shape))
    known = json.dumps([titles or table.width, written], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(known.encode()).hexdigest()[:16]


def _written(cell: str) -> str:
    """Return how a cell is written.

    >>> _written("03/04/2026 09:15"), _written("3/4/2026 21:15")
    ('0/0/0 0:0', '0/0/0 0:0')
    """
    return re.sub(r"\d+", "0", re.sub(r"[^\W\d_]+", "a", cell))


def answers_folder() -> Path:
    """Return where the answers lie, beside the user's layouts."""
    return platformdirs.user_config_path("roi-tool", appauthor=False) / "answers"


def recall(shape: str) -> RememberedAnswers | None:
    """Return what was answered for a shape. A file that is broken is as good as none: it must not stop a bill."""
    try:
        return RememberedAnswers.model_validate(tomllib.loads(_file(shape).read_text(encoding="utf-8")))
    except (OSError, ValueError, ValidationError):
        return None


def recall_all() -> tuple[RememberedAnswers, ...]:
    """Return all answers, the newest first."""
    found = [one for file in sorted(answers_folder().glob("*.toml")) if (one := recall(file.stem)) is not None]
    return tuple(sorted(found, key=lambda one: one.on, reverse=True))


def remember(shape: str, answers: Mapping[str, str], like: str = "", *, on: date | None = None) -> None:
    """Keep answers for a shape beside those given before; a new answer to the same question takes the old one's place.

    Raises:
        ProblemError: it is no answer to such a question, or the file cannot be written (`answer_not_kept`).
    """
    before = recall(shape)
    given = {**(before.answers() if before else {}), **answers}
    named = like or (before.like if before else "")
    day, file = on or date.today(), _file(shape)  # noqa: DTZ011 - the day at the desk
    try:
        kept = RememberedAnswers.model_validate({**given, "shape": shape, "like": named, "on": day})
    except ValidationError as error:
        detail = {"reason": str(error.errors()[0]["msg"])}
        raise ProblemError(Problem("answer_not_kept", where=Where(str(file)), detail=detail)) from error
    partial = file.with_suffix(".partial")
    lines = [f"{name} = {_toml(value)}" for name, value in kept.model_dump(mode="json", exclude_none=True).items()]
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text("\n".join(lines) + "\n", encoding="utf-8")
        partial.replace(file)
    except OSError as error:
        detail = {"reason": error.strerror or str(error)}
        raise ProblemError(Problem("answer_not_kept", where=Where(str(file)), detail=detail)) from error


def forget(shape: str) -> bool:
    """Forget what was answered for a shape; False where nothing was.

    Raises:
        ProblemError: the file cannot be removed (`answer_not_kept`).
    """
    try:
        _file(shape).unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        detail = {"reason": error.strerror or str(error)}
        raise ProblemError(Problem("answer_not_kept", where=Where(str(_file(shape))), detail=detail)) from error
    return True


def recalled_for(tables: Sequence[tuple[RawTable, Columns]]) -> Recalled:
    """Return what was answered for the tables of one file; an answer for one sheet holds for the others too."""
    answers: dict[str, str] = {}
    days = []
    for table, columns in tables:
        found = recall(shape_of(table, columns))
        if found is not None:
            answers = {**found.answers(), **answers}
            days.append(found.on)
    return Recalled(answers, max(days)) if answers else Recalled()


def with_charge_answered(columns: Columns, recalled: Recalled) -> Columns:
    """Return the columns with the charge in the column that the user has named, where that would be asked otherwise."""
    title = recalled.answers.get(CHARGE)
    asked = next((one for one in columns.questions if one.code == "ambiguous_money"), None)
    if title is None or asked is None or title not in asked.options:
        return columns
    return with_charge(columns, title)


def with_charge(columns: Columns, title: str) -> Columns:
    """Return the columns with the charge in the column of a title; the question which it is falls."""
    places = {**columns.places, Role.CHARGE: (columns.titles.index(title),)}
    left = tuple(one for one in columns.questions if one.code != "ambiguous_money")
    return replace(columns, places=places, questions=left)


def _file(shape: str) -> Path:
    return answers_folder() / f"{shape}.toml"


def _toml(value: object) -> str:
    # A JSON text or list of texts is a TOML one, but for DEL, which TOML wants escaped.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
