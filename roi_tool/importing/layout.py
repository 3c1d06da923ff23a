"""A layout as data: how to know a file, what its columns are, and the rules of its rows. Validated when it is loaded."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator

from roi_tool.cdr import ChargeKind, Direction
from roi_tool.importing.cells.dates import DateOrder
from roi_tool.importing.cells.durations import DurationFormat


class Role(StrEnum):
    """What a column is for."""

    START = "start"
    DATE = "date"
    TIME = "time"
    ANSWER = "answer"
    END = "end"
    DURATION = "duration"
    BILLED = "billed"
    CALLER = "caller"
    CALLED = "called"
    NUMBER = "number"
    """The other party, whichever way the call went."""
    OWN = "own"
    """The customer's own line, whichever way the call went."""
    DIRECTION = "direction"
    TYPE = "type"
    STATUS = "status"
    CHARGE = "charge"
    """Money of the call without tax, or as the bill counts it; several columns are added."""
    CHARGE_WITH_TAX = "charge_with_tax"
    TAX = "tax"
    CREDIT_MARK = "credit_mark"
    RATE = "rate"
    QUANTITY = "quantity"
    DESCRIPTION = "description"
    KIND = "kind"
    PLACE = "place"
    ACCOUNT = "account"
    SITE = "site"
    CALL_ID = "call_id"
    GROUP = "group"
    CURRENCY = "currency"
    WEEKDAY = "weekday"
    EPOCH = "epoch"
    RING = "ring"
    IGNORED = "ignored"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _valid_pattern(pattern: str) -> str:
    re.compile(pattern)
    return pattern


Pattern = Annotated[str, AfterValidator(_valid_pattern)]
ColumnName = str | int
"""A title, or a place counted from 1."""


class Recognise(_Strict):
    """What proves that a table has this layout. With a header: titles that one row must hold. Without: width and patterns."""

    titles: tuple[str, ...] = ()
    not_titles: tuple[str, ...] = ()
    sheet: Pattern = ""
    widths: tuple[int, ...] = ()
    patterns: dict[int, Pattern] = Field(default_factory=dict)
    """Column (from 1) → what at least nine in ten of its first cells must match in full."""
    any_pattern: Pattern = ""
    """What the cells of some one column must match in full, wherever it stands."""
    first_line: Pattern = ""


class Formats(_Strict):
    """How cells are written; what is left out is found in the column itself."""

    date_order: DateOrder | None = None
    duration: DurationFormat | None = None
    billed: DurationFormat | None = None
    decimal: Literal[".", ","] | None = None
    amount_unit: Literal["unit", "hundredth"] = "unit"
    amount_sign: Literal[1, -1] = 1
    """-1 where the file shows what the customer pays as negative."""
    currency: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    """Of all amounts, whatever their signs say; a layout's own `currency` holds where the file says nothing."""


class Condition(_Strict):
    """A test of one cell of a row. All that are given must hold."""

    column: ColumnName
    equals: tuple[str, ...] = ()
    matches: Pattern = ""
    empty: bool | None = None


class RowRule(_Strict):
    """What to do with rows that meet all conditions: the first rule that applies decides."""

    when: tuple[Condition, ...] = Field(min_length=1)
    take: Literal["skip", "charge", "call"]
    reason: str = "layout_rule"
    kind: ChargeKind | None = None
    amount: ColumnName | None = None
    tax: ColumnName | None = None
    description: tuple[ColumnName, ...] = ()
    quantity: ColumnName | None = None
    sign: Literal[1, -1] = 1
    """-1 where the file writes what it gives back without a minus."""


class Directions(_Strict):
    """How the file says which way a call went: whole texts, or with `*` for any letters (`TERM_*`)."""

    default: Direction | None = None
    outbound: tuple[str, ...] = ()
    inbound: tuple[str, ...] = ()
    internal: tuple[str, ...] = ()
    internal_when: tuple[Condition, ...] = ()
    """Conditions that make a call internal whatever its direction says."""


class Legs(_Strict):
    """Several rows of one call: those with the same text in the columns `by` are one call."""

    by: tuple[ColumnName, ...] = Field(min_length=1)
    join: Literal["answered", "sum", "first"] = "answered"
    """Talked time of the call: of its longest answered row, the sum of its rows, or that of its first row."""
    cut: Pattern = ""
    """What is cut out of the key, where the legs' keys differ by a mark."""
    near_s: int = 0
    """When not 0, rows further apart than this are calls of their own although the text is the same."""


class NumberRule(_Strict):
    """Numbers of some rows lack the digits before them (`011`, `+`)."""

    role: Role
    prefix: str = ""
    prefix_column: ColumnName | None = None
    """The digits stand in a column of their own (an area code); leading zeros are left out."""
    when: tuple[Condition, ...] = Field(min_length=1)


class Summary(_Strict):
    """Records that sum up others by a key. What they hold beyond those others is kept as usage that is not itemised."""

    when: tuple[Condition, ...] = Field(min_length=1)
    key: ColumnName
    amount: ColumnName
    tax: ColumnName | None = None
    description: tuple[ColumnName, ...] = ()
    items_when: tuple[Condition, ...] = Field(min_length=1)
    items_key: ColumnName
    items_amount: ColumnName
    items_tax: ColumnName | None = None


class StatedTotal(_Strict):
    """Where the file states its total."""

    when: tuple[Condition, ...] = Field(min_length=1)
    columns: tuple[ColumnName, ...] = Field(min_length=1)
    tax_included: bool | None = None
    label: str = ""
    of_file: bool = False
    """True for records that together sum up all that this file holds; they explain a total that covers more."""


class Layout(_Strict):
    """One known layout of a bill or call record file."""

    name: str = Field(pattern=r"^[a-z0-9_]+$")
    title: str
    carrier: str = ""
    country: str = ""
    timezone: str = ""
    currency: str = Field(default="", pattern=r"^([A-Z]{3})?$")
    tax_included: bool | None = None
    prices: bool = True
    """False for exchanges whose files show usage only."""
    delimiter: str = ""
    recognise: Recognise
    columns: dict[Role, ColumnName | tuple[ColumnName, ...]] = Field(default_factory=dict)
    formats: Formats = Formats()
    direction: Directions = Directions()
    rows: tuple[RowRule, ...] = ()
    legs: Legs | None = None
    line: Pattern = ""
    """For printed columns: a pattern with named groups; each group is a column of its name."""
    fill: bool = False
    """Roles that the layout does not name are found by the titles, as in an unknown file."""
    ragged: tuple[ColumnName, ...] = ()
    """Columns that may hold delimiters without quotes: what rows have too many is put together there."""
    ragged_check: tuple[Condition, ...] = ()
    """What a mended row must meet; by default the first column of `ragged` takes all."""
    numbers: tuple[NumberRule, ...] = ()
    totals: tuple[StatedTotal, ...] = ()
    summaries: tuple[Summary, ...] = ()
    clean: dict[Role, Pattern] = Field(default_factory=dict)
    """Role → what is cut out of each of its cells (a suffix, a prefix such as `Ext.`)."""
    note: str = ""

    @field_validator("columns", mode="before")
    @classmethod
    def _lists_to_tuples(cls, value: object) -> object:
        if isinstance(value, dict):
            return {key: tuple(item) if isinstance(item, list) else item for key, item in value.items()}
        return value
