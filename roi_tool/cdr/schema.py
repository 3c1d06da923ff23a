"""The call table: its columns, their types, and the check that a frame keeps to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import pandas as pd

from roi_tool.problems import Problem, ProblemError


class Direction(StrEnum):
    """Which way a call went, seen from the customer."""

    OUTBOUND = "outbound"
    INBOUND = "inbound"
    INTERNAL = "internal"


class CalledClass(StrEnum):
    """What kind of number was called."""

    GEOGRAPHIC = "geographic"
    MOBILE = "mobile"
    TOLL_FREE = "toll_free"
    PREMIUM = "premium"
    SHARED_COST = "shared_cost"
    SPECIAL = "special"
    EMERGENCY = "emergency"
    INTERNATIONAL = "international"
    INTERNAL = "internal"
    UNKNOWN = "unknown"


DIRECTION_TYPE = pd.CategoricalDtype([item.value for item in Direction])
CLASS_TYPE = pd.CategoricalDtype([item.value for item in CalledClass])

CALL_COLUMNS: Mapping[str, Any] = {
    "call_id": "str",
    "group_id": "str",
    "start": "datetime64[us, UTC]",
    "direction": DIRECTION_TYPE,
    "caller": "str",
    "called": "str",
    "called_class": CLASS_TYPE,
    "duration_ms": "int64",
    "billed_ms": "Int64",
    "charge_nano": "Int64",
    "account": "str",
    "site": "str",
    "source_file": "str",
    "source_row": "int64",
}
"""Column name → pandas dtype.

`call_id` is unique in the table; legs of one call share `group_id`. `start` is an instant in UTC (bands are judged in
the account's zone). `caller` and `called` are E.164 digits without `+`, or as given when no E.164 number (short code,
masked). `duration_ms` is the time talked, `billed_ms` the time the carrier billed (null if the bill does not say),
`charge_nano` the carrier's charge in 10⁻⁹ of the currency unit (null if the bill shows none). `source_file` and
`source_row` (1-based, as a spreadsheet counts) are the way home.
"""

_REQUIRED_NOT_NULL = (
    "call_id",
    "group_id",
    "start",
    "direction",
    "caller",
    "called",
    "called_class",
    "account",
    "site",
)


@dataclass(frozen=True, eq=False)
class CallTable:
    """Calls with what a frame alone can't carry safely.

    Attributes:
        frame: one row per call, columns and dtypes of `CALL_COLUMNS`, in that order; treated as read-only.
        timezone: IANA name of the account's zone, in which time bands are judged and local times shown.
        currency: ISO 4217 code of `charge_nano`, or "" when no call carries a charge.
        country: ISO 3166 alpha-2 code of the account, to read national numbers.
        tax_included: whether `charge_nano` includes tax; None when the bill does not say.
    """

    frame: pd.DataFrame
    timezone: str = "UTC"
    currency: str = ""
    country: str = ""
    tax_included: bool | None = None

    def __len__(self) -> int:
        return len(self.frame)

    def with_frame(self, frame: pd.DataFrame) -> CallTable:
        """Return the same account's table with other rows."""
        return replace(self, frame=frame)


def make_calls(columns: Mapping[str, Any], **meta: Any) -> CallTable:
    """Build a checked table from columns; absent ones get their neutral value (see below), order does not matter.

    Neutral values: `call_id` counts from 1, `group_id` is the call's own id, direction outbound, class unknown, `billed_ms`
    and `charge_nano` null, `source_row` 0, strings empty.

    Raises:
        ProblemError: the columns do not make a call table.
    """
    frame = pd.DataFrame(dict(columns))
    rows = len(frame)
    if "call_id" not in frame:
        frame["call_id"] = [str(number) for number in range(1, rows + 1)]
    defaults: dict[str, Any] = {
        "group_id": frame["call_id"],
        "direction": Direction.OUTBOUND.value,
        "called_class": CalledClass.UNKNOWN.value,
        "billed_ms": pd.NA,
        "charge_nano": pd.NA,
        "source_row": 0,
    }
    for name in CALL_COLUMNS:
        if name not in frame:
            if name in ("start", "duration_ms"):
                raise ProblemError(Problem("calls_column_missing", detail={"column": name}))
            frame[name] = defaults.get(name, "")
    try:
        frame = frame[list(CALL_COLUMNS)].astype(dict(CALL_COLUMNS))
    except (TypeError, ValueError) as error:
        raise ProblemError(Problem("calls_column_type", detail={"reason": str(error)})) from error
    table = CallTable(frame, **meta)
    problems = check_calls(table)
    if problems:
        raise ProblemError(*problems)
    return table


def empty_calls(**meta: Any) -> CallTable:
    """Return a table without calls."""
    columns = {name: pd.Series([], dtype=dtype) for name, dtype in CALL_COLUMNS.items()}
    return CallTable(pd.DataFrame(columns), **meta)


def check_calls(calls: CallTable) -> list[Problem]:
    """Say how the table breaks its schema; an empty list means it keeps to it."""
    frame = calls.frame
    if list(frame.columns) != list(CALL_COLUMNS):
        return [Problem("calls_columns", detail={"columns": ", ".join(map(str, frame.columns))})]
    problems = [
        Problem("calls_column_type", detail={"column": name, "reason": f"{frame[name].dtype} is not {dtype}"})
        for name, dtype in CALL_COLUMNS.items()
        if frame[name].dtype != pd.Series([], dtype=dtype).dtype
    ]
    if problems:
        return problems
    problems += [
        Problem("calls_null", detail={"column": name, "count": str(int(frame[name].isna().sum()))})
        for name in _REQUIRED_NOT_NULL
        if frame[name].isna().any()
    ]
    if frame["call_id"].duplicated().any():
        problems.append(
            Problem("calls_id_twice", detail={"id": str(frame.loc[frame["call_id"].duplicated(), "call_id"].iloc[0])})
        )
    if (frame["duration_ms"] < 0).any():
        problems.append(Problem("calls_negative_duration"))
    return problems


def concatenate_calls(tables: Sequence[CallTable]) -> CallTable:
    """Put the calls of several bills of one account together; ids are made unique by the bill's position.

    A table that names no currency takes that of the others; of one without charges neither currency nor tax state counts.

    Raises:
        ProblemError: the tables differ in currency, zone, country or tax state.
    """
    if not tables:
        return empty_calls()
    if len(tables) == 1:
        return tables[0]
    filled = [table for table in tables if len(table)] or [tables[0]]
    charged = [table for table in filled if table.frame["charge_nano"].notna().any()] or filled
    currency = _one("currency", [table for table in charged if table.currency])
    tax_included = _one("tax_included", charged)
    timezone, country = _one("timezone", filled), _one("country", filled)
    frames = []
    for position, table in enumerate(tables, start=1):
        prefix = f"{position}-"
        frames.append(table.frame.assign(call_id=prefix + table.frame["call_id"], group_id=prefix + table.frame["group_id"]))
    frame = pd.concat(frames, ignore_index=True).astype(dict(CALL_COLUMNS))
    return CallTable(frame, timezone, currency or "", country, tax_included)


def _one(name: str, tables: Sequence[CallTable]) -> Any:
    """Return what an attribute is in all of the tables, None of none.

    Raises:
        ProblemError: they differ in it.
    """
    values = {getattr(table, name) for table in tables}
    if len(values) > 1:
        raise ProblemError(Problem("calls_mixed", detail={"what": name, "values": ", ".join(sorted(map(str, values)))}))
    return values.pop() if values else None
