"""A bill as it was read: its calls, its other charges, every row accounted for, and the money reconciled."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from roi_tool.cdr.schema import CallTable
from roi_tool.problems import Problem, Where


class ChargeKind(StrEnum):
    """What a charge that is not a call is for."""

    RECURRING = "recurring"
    ONE_OFF = "one_off"
    USAGE_SUMMARY = "usage_summary"
    """Money of calls that are not itemised; where they are, the summary row is skipped and not a charge."""
    TAX = "tax"
    FEE = "fee"
    DISCOUNT = "discount"
    CREDIT = "credit"


@dataclass(frozen=True, slots=True)
class Charge:
    """A line of the bill that is not a call. `amount_nano` is negative for discounts and credits."""

    kind: ChargeKind
    description: str
    amount_nano: int
    quantity: Decimal = Decimal(1)
    tax_included: bool | None = None
    period_start: date | None = None
    period_end: date | None = None
    where: Where = Where()


@dataclass(frozen=True, slots=True)
class Question:
    """Two readings remain: asked once. `code` names the sentence, `options` the answers, `samples` the cells in doubt."""

    code: str
    options: tuple[str, ...]
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """A question that was not asked again: for files of this shape the user had given `answer` to `kind` on the day `on`."""

    kind: str
    """"date_order", "duration", "timezone", "currency" or "charge" (the title of the charge's column)."""
    answer: str
    on: date


@dataclass(frozen=True, slots=True)
class FileReading:
    """What was understood of one file. `rows_total` counts non-blank records and is the sum of the other four."""

    path: str
    layout: str
    """Name of a declared layout, or "detected"."""
    encoding: str = ""
    delimiter: str = ""
    date_order: str = ""
    confidence: float = 1.0
    rows_total: int = 0
    rows_calls: int = 0
    rows_charges: int = 0
    rows_skipped: int = 0
    rows_rejected: int = 0
    skipped_by_reason: tuple[tuple[str, int], ...] = ()
    questions: tuple[Question, ...] = ()
    shape: str = ""
    """What files with the same titles and the same way of writing share: answers are remembered under it."""
    answered: tuple[Answered, ...] = ()
    """What earlier answers of the user settled."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record that could not be read: `problem` says where and why, `text` is the record as it stood."""

    problem: Problem
    text: str
    amount_nano: int | None = None
    """The money in its charge column, where that can be read: it is missing from what was read."""


@dataclass(frozen=True, slots=True)
class ReconciliationLine:
    """A part of the bill that states its own money, against what was read of it: explains where a difference comes from.

    `code`: "subtotal" (a lesser total of the bill), "summary" (a summary of rows, against those rows), "file" (all summaries of
    the file), "not_in_file" (what the stated total holds beyond them), "rejected" (the money of a row that could not be read).
    """

    code: str
    label: str
    stated_nano: int
    read_nano: int
    where: Where = Where()

    @property
    def difference_nano(self) -> int:
        """Stated less read."""
        return self.stated_nano - self.read_nano


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What was read against the total that the bill states. `by` says what the stated total is and where it stands."""

    stated_nano: int | None
    read_nano: int
    by: str = ""
    lines: tuple[ReconciliationLine, ...] = ()
    """Where the bill states parts of the total: which of them differ. Empty when the total agrees."""

    @property
    def difference_nano(self) -> int | None:
        """Stated less read; None when the bill states no total."""
        return None if self.stated_nano is None else self.stated_nano - self.read_nano

    @property
    def unexplained_nano(self) -> int | None:
        """What of the difference no line explains; None when the bill states no total.

        What the total holds beyond the file explains itself. Of the rest each rejected row explains its money; lesser totals
        and summaries explain it where together they differ by just as much.
        """
        if self.difference_nano is None:
            return None
        inside = [line.difference_nano for line in self.lines if line.code == "file"]
        rest = sum(inside) if inside else self.difference_nano
        parts = sum(line.difference_nano for line in self.lines if line.code in ("subtotal", "summary"))
        rejected = sum(line.difference_nano for line in self.lines if line.code == "rejected")
        return 0 if rest in (parts, parts + rejected) else rest - rejected


@dataclass(frozen=True)
class Bill:
    """One bill: one or several files of one account and period."""

    calls: CallTable
    charges: tuple[Charge, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    files: tuple[FileReading, ...] = ()
    reconciliation: Reconciliation = field(default_factory=lambda: Reconciliation(None, 0))
    currency: str = ""
    period_start: date | None = None
    period_end: date | None = None
    """Half-open: the day after the last."""
    carrier: str = ""
    problems: tuple[Problem, ...] = ()
