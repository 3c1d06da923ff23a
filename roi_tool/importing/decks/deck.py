"""A rate deck as it was read: codes with their terms, every row accounted for, nothing priced yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from roi_tool.problems import Problem


class Change(StrEnum):
    """What the sender says about a code."""

    NONE = ""
    NEW = "new"
    INCREASE = "increase"
    DECREASE = "decrease"
    UNCHANGED = "unchanged"
    CLOSED = "closed"
    """The code ends at its date."""
    BLOCKED = "blocked"
    """Calls to the code are refused; it has no price."""


class Terms(NamedTuple):
    """The terms that many codes share. Money in units of the deck's currency, exact, at most 9 decimals.

    Attributes:
        rate: price per minute after the first increment.
        first_rate: price per minute of the first increment, None when it is `rate`.
        connect_fee: for each answered call.
        initial_ms, subsequent_ms: billing increments.
        grace_ms: calls shorter than this are free.
        free_ms: the first part of every call that costs nothing.
        min_charge, max_charge: limits of a call's charge, None where there are none.
    """

    rate: Decimal
    first_rate: Decimal | None = None
    connect_fee: Decimal = Decimal(0)
    initial_ms: int = 1000
    subsequent_ms: int = 1000
    grace_ms: int = 0
    free_ms: int = 0
    min_charge: Decimal | None = None
    max_charge: Decimal | None = None

    @property
    def increments(self) -> str:
        """The increments in seconds, such as `60/1`."""
        return f"{self.initial_ms / 1000:g}/{self.subsequent_ms / 1000:g}"


class DeckCode(NamedTuple):
    """One code at one price. `effective_from` and `effective_till` are half-open aware instants, None is open.

    `terms` is None only for a code that is closed or blocked without a price. `row` is the source row, counted from 1.
    """

    prefix: str
    destination: str
    terms: Terms | None
    effective_from: datetime | None = None
    effective_till: datetime | None = None
    change: Change = Change.NONE
    jurisdiction: str = ""
    row: int = 0

    @property
    def rate(self) -> Decimal | None:
        """Price per minute; None when the code has no price."""
        return self.terms.rate if self.terms else None

    @property
    def connect_fee(self) -> Decimal:
        """Fee for each answered call."""
        return self.terms.connect_fee if self.terms else Decimal(0)

    @property
    def initial_s(self) -> Decimal:
        """First billing increment in seconds."""
        return Decimal(self.terms.initial_ms if self.terms else 0) / 1000

    @property
    def subsequent_s(self) -> Decimal:
        """Further billing increments in seconds."""
        return Decimal(self.terms.subsequent_ms if self.terms else 0) / 1000


@dataclass(frozen=True, slots=True)
class Mapping:
    """The preview: what was understood of the file.

    Attributes:
        columns: (heading, role) in the order of the file; role "" means not used.
        header_row: where the headings stand, None when there are none.
        hyphen: "range", "area" or "" when no code holds a hyphen.
        date_order: "dmy", "mdy", "ymd" or "" when nothing depends on it.
        decimal: "." or ",".
        increments: how increments were found: "column", "two_columns", "footnote", "assumed".
        unit: "per_minute" or "per_second"; amounts in `Terms` are per minute already.
    """

    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    header_row: int | None = None
    columns: tuple[tuple[str, str], ...] = ()
    hyphen: str = ""
    date_order: str = ""
    decimal: str = "."
    increments: str = "assumed"
    unit: str = "per_minute"
    sample: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class DeckCounts:
    """Every non-blank row and every code accounted for.

    `rows_total` = `rows_priced` + `rows_skipped` + `rows_rejected`; `codes_found` = `codes_out` + `codes_skipped` +
    `codes_rejected`. A row is priced when at least one of its codes came out; headings, preamble and footnotes are skipped.
    `codes_out` counts distinct codes (a code with prices for several dates or jurisdictions counts once for each row).
    """

    rows_total: int = 0
    rows_priced: int = 0
    rows_skipped: int = 0
    rows_rejected: int = 0
    codes_found: int = 0
    codes_out: int = 0
    codes_skipped: int = 0
    codes_rejected: int = 0
    skipped_by_reason: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Deck:
    """One deck. `codes` in the order of the file; `currency` is "" when neither file nor caller names one."""

    codes: tuple[DeckCode, ...]
    currency: str = ""
    timezone: str = "UTC"
    mapping: Mapping = Mapping()
    counts: DeckCounts = DeckCounts()
    problems: tuple[Problem, ...] = ()
    full: bool | None = None
    """Whether the file says it is a full replacement (True) or an amendment (False); None when it does not say."""
    file: str = ""
    notes: tuple[str, ...] = field(default=(), repr=False)
    """Rows above and below the table, as text: terms that no column holds stand there."""

    def __len__(self) -> int:
        return len(self.codes)
