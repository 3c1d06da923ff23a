"""One finding, and the one exception that carries findings to the edge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

_NOTHING: Mapping[str, str] = MappingProxyType({})


class Severity(StrEnum):
    """How much a finding matters to the person at the desk."""

    INFO = "info"
    QUESTION = "question"
    """Two readings remain; the user is asked once."""
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Where:
    """The way home of a finding. `row` counts from 1 as a spreadsheet does, header included."""

    file: str = ""
    row: int | None = None
    column: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding: `code` names the sentence in `wording`, `detail` fills its blanks with plain strings."""

    code: str
    severity: Severity = Severity.ERROR
    where: Where = Where()
    detail: Mapping[str, str] = field(default_factory=lambda: _NOTHING)


class ProblemError(Exception):
    """Nothing useful can be returned: the request itself fails, for these reasons.

    Raised where a function has no value to give (an unreadable file, an invalid tariff); caught at the edge (command
    line, window), which shows each problem as a sentence.
    """

    def __init__(self, *problems: Problem) -> None:
        if not problems:
            raise ValueError("a ProblemError carries at least one problem")
        super().__init__("; ".join(problem.code for problem in problems))
        self.problems: tuple[Problem, ...] = problems
