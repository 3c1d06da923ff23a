"""A cost line: one reason to pay, month by month, with the way home of its figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

import numpy as np
import numpy.typing as npt


class CostCategory(StrEnum):
    """What a line is for; the rows of "by category"."""

    USAGE = "usage"
    LINES = "lines"
    SEATS = "seats"
    NUMBERS = "numbers"
    EQUIPMENT = "equipment"
    LICENCES = "licences"
    SETUP = "setup"
    MAINTENANCE = "maintenance"
    LABOUR = "labour"
    POWER = "power"
    CONNECTIVITY = "connectivity"
    TRAINING = "training"
    PORTING = "porting"
    TERMINATION = "termination"
    OVERLAP = "overlap"
    CHANGE = "change"
    """The customer's own people's time in the change: nobody bills it and no tax is on it."""
    TAX = "tax"
    OTHER = "other"


class Confidence(StrEnum):
    """The badge beside a figure: how it is known."""

    BILL = "bill"
    CONTRACT = "contract"
    MEASURED = "measured"
    PRICE_BOOK = "price_book"
    CHOICE = "choice"
    ESTIMATE = "estimate"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The way home of a figure.

    `id` is the mark printed beside it: E1 (evidence: bill, measurement, contract), P3 (price book line), A2 (assumption).
    `source` is words from the data (a file and row, a price book's SKU, an author), `as_of` its date.
    """

    id: str
    confidence: Confidence
    source: str
    as_of: date | None = None


@dataclass(frozen=True, eq=False)
class CostLine:
    """One line of an option.

    Attributes:
        id: stable, such as `hosted.seats`.
        category: see `CostCategory`.
        label: a code that `wording` turns into words, such as `cost.seats`; `label_args` fills its blanks.
        driver: id of the scenario driver that moves the line most, or "" for a fixed price.
        evidence: where its figure comes from.
        amounts_nano: int64, shape (months + 1,), read-only: index 0 is paid at the start, index m at the end of month m;
            costs positive, residual values negative.
        inputs: ids of every driver that the amounts follow, `driver` among them: each has its own evidence.
        answers: the items of the catalogue of costs that it answers (`pricebook.CostItem`).
        hard: False for a soft cost or benefit (never in the headline unless asked).
    """

    id: str
    category: CostCategory
    label: str
    driver: str
    evidence: Evidence
    amounts_nano: npt.NDArray[np.int64]
    hard: bool = True
    label_args: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    inputs: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()

    @property
    def total_nano(self) -> int:
        """Everything paid over the horizon. Added up once: a slider finds most lines again."""
        known: int | None = self.__dict__.get("_total_nano")
        if known is None:
            known = self.__dict__["_total_nano"] = int(self.amounts_nano.sum())
        return known

    @property
    def once_nano(self) -> int:
        """What is paid at the start."""
        return int(self.amounts_nano[0])

    @property
    def first_month_nano(self) -> int:
        """What is paid in month 1."""
        return int(self.amounts_nano[1]) if len(self.amounts_nano) > 1 else 0
