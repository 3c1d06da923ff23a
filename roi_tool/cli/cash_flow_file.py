"""Reads the JSON that `roi-tool returns` is given: rows of money, a rate, a convention. No figure is made here."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import numpy as np

from roi_tool.cli.cash_flow_rows import columns_of, counted_in_months, list_rows, without_sums
from roi_tool.costing.discounting import Amounts, Convention, Period
from roi_tool.costing.printed_figures import FlowRow
from roi_tool.problems import Problem, ProblemError, Where

_MOST_COLUMNS = 12 * 100 + 1
_MOST_YEARS = 10
"""A comparison is made over one to ten years: more columns than that are hardly years."""
_MOST_BYTES = 64 << 20
_MOST_AMOUNT = Decimal(10) ** 15


@dataclass(frozen=True, eq=False)
class CashFlows:
    """What the file says.

    Attributes:
        rows: benefits, then costs; a soft row stands apart in `left_out` unless the file asks for it.
        rate: yearly.
        convention, period: see `costing.discounting`.
        days: a date for each column, or None.
        printed: figures to be explained, name → range.
        left_out: labels of soft rows that were not counted.
        notes: codes of what was understood in a way that should be said.
        unknown: entries of the file that mean nothing here.
    """

    rows: tuple[FlowRow, ...]
    rate: Decimal
    convention: Convention
    period: Period
    days: tuple[date, ...] | None
    printed: Mapping[str, tuple[Decimal, Decimal]]
    left_out: tuple[str, ...]
    notes: tuple[str, ...]
    unknown: tuple[str, ...] = ()


def read_json(path: Path) -> dict[str, Any]:
    """Return the object in a file; numbers are exact.

    Raises:
        ProblemError: `returns_file`, `returns_json`.
    """
    try:
        with path.open("rb") as file:  # a pipe is fine, one without end is not
            text = file.read(_MOST_BYTES).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ProblemError(Problem("returns_file", where=Where(str(path)), detail={"reason": str(error)})) from None
    try:
        content = json.loads(text, parse_float=Decimal, parse_int=Decimal, parse_constant=Decimal)
    except (ValueError, RecursionError) as error:
        raise ProblemError(Problem("returns_json", where=Where(str(path)), detail={"reason": str(error)})) from None
    if not isinstance(content, dict):
        raise ProblemError(Problem("returns_json", where=Where(str(path)), detail={"reason": "not an object"}))
    return content


def read_cash_flows(content: Mapping[str, Any]) -> CashFlows:
    """Make sense of the object.

    Raises:
        ProblemError: a sentence's worth of what is wrong.
    """
    content, unknown = _known_keys(content)
    content = without_sums(content)
    if "rate" not in content:
        raise ProblemError(Problem("returns_key_missing", detail={"key": "rate"}))
    convention = _choice(content, "convention", Convention, Convention.TEI)
    with_soft = content.get("include_soft", False) is True
    rows, left_out, notes = [], [], []
    for side in ("benefits", "costs"):
        for label, amounts, soft in _side(content, side):
            if soft and not with_soft:
                left_out.append(label)
            else:
                rows.append(FlowRow(label, amounts, side == "costs"))
    if "flows" in content:
        rows += _both_sides(amounts_of(content["flows"], "flows"))
    rows, turned = _costs_upright(rows)
    if turned:
        notes.append("note.costs_negative")
    if not rows:
        raise ProblemError(Problem("returns_empty"))
    period, note = _period(content, convention, len(rows[0].amounts_nano) - 1)
    notes += note
    rate = number_of(content["rate"], "rate")
    if rate > 1:
        notes.append("note.rate_above_one")
    return CashFlows(
        rows=tuple(rows),
        rate=rate,
        convention=convention,
        period=period,
        days=days_of(content["dates"]) if content.get("dates") is not None else None,
        printed=_printed(content.get("printed") or {}),
        left_out=tuple(left_out),
        notes=tuple(notes),
        unknown=unknown,
    )


def _period(content: Mapping[str, Any], convention: Convention, columns: int) -> tuple[Period, list[str]]:
    """Return what one column is, and the note where nobody said it: years, but many columns of a monthly case are months."""
    said = Period.MONTHS if counted_in_months([content.get("benefits"), content.get("costs")]) else None
    if "periods" in content or said:
        return _choice(content, "periods", Period, said), []
    many = columns > _MOST_YEARS
    if convention is Convention.MONTHLY:
        return (Period.MONTHS if many else Period.YEARS), ([] if many else ["note.columns_are_years"])
    return Period.YEARS, (["note.columns_are_years"] if many else [])


_KEYS = (
    *("rate", "convention", "periods", "benefits", "costs", "flows", "dates", "printed", "include_soft", "scenarios"),
    *("name", "title", "note", "source", "sources", "currency", "columns"),
)
_OTHER_NAMES = {
    **{"discount_rate": "rate", "period": "periods", "total_benefits": "benefits", "total_costs": "costs"},
    **{"benefit": "benefits", "cost": "costs", "cash_flows": "flows", "net": "flows"},
}


def _known_keys(content: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the file's entries under their own names, and the names that mean nothing here."""
    named = {_OTHER_NAMES.get(key, key) if _OTHER_NAMES.get(key) not in content else key: content[key] for key in content}
    return named, tuple(key for key in named if key not in _KEYS)


def scenarios_of(content: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return each scenario of a file as a case of its own: what it does not say is as the file says for all.

    Raises:
        ProblemError: `returns_scenarios`: they are no object of objects, or there is none.
    """
    given = content["scenarios"]
    if not isinstance(given, dict) or not given or not all(isinstance(one, dict) for one in given.values()):
        raise ProblemError(Problem("returns_scenarios"))
    common = {key: value for key, value in content.items() if key != "scenarios"}
    return {name: {**common, **one} for name, one in given.items()}


def number_of(value: Any, name: str) -> Decimal:
    """Return a number given as a number, a string (`"12.50"`, `"10%"`) or a ratio (`"0.08/12"`).

    Raises:
        ProblemError: `returns_number`, naming where it stands.
    """
    try:
        if isinstance(value, str):
            text = _plain_number(value)
            top, slash, bottom = text.partition("/")
            if slash:
                number = Decimal(top) / Decimal(bottom)
            else:
                number = Decimal(text[:-1].strip()) / 100 if text.endswith("%") else Decimal(text)
        elif isinstance(value, Decimal):
            number = value
        else:
            raise InvalidOperation
        if not number.is_finite() or abs(number) > _MOST_AMOUNT:
            raise InvalidOperation
    except ArithmeticError:
        raise ProblemError(Problem("returns_number", detail={"name": name, "value": _shown(value)})) from None
    return number


_GROUPED = re.compile(r"^-?\d{1,3}(,\d{3})+(\.\d+)?$")


def _plain_number(text: str) -> str:
    """Take off what tables put around figures: a currency sign, brackets for a minus, commas between thousands."""
    plain = text.strip().replace("\N{MINUS SIGN}", "-")
    if plain.startswith("(") and plain.endswith(")"):
        plain = "-" + plain[1:-1].strip()
    minus = plain.startswith("-")
    plain = plain.removeprefix("-").lstrip("$£€¥ ").strip()
    plain = ("-" if minus and not plain.startswith("-") else "") + plain
    return plain.replace(",", "") if _GROUPED.match(plain) else plain


def numbers_of(values: Any, name: str) -> list[Decimal]:
    """Return a list of numbers. Raises as `number_of`; `returns_list` when it is no list, or one past all reason."""
    if not isinstance(values, list) or not 0 < len(values) <= _MOST_COLUMNS:
        raise ProblemError(Problem("returns_list", detail={"name": name, "most": str(_MOST_COLUMNS)}))
    return [number_of(value, f"{name}[{index}]") for index, value in enumerate(values)]


def days_of(values: Any) -> tuple[date, ...]:
    """Return ISO dates.

    Raises:
        ProblemError: `returns_date`.
    """
    if not isinstance(values, list):
        raise ProblemError(Problem("returns_date", detail={"value": _shown(values)}))
    days = []
    for value in values:
        try:
            days.append(date.fromisoformat(value))
        except (TypeError, ValueError):
            raise ProblemError(Problem("returns_date", detail={"value": _shown(value)})) from None
    return tuple(days)


def amounts_of(values: Any, name: str) -> Amounts:
    """Return amounts as whole nano units of any size (an object array): a cash flow may be larger than 63 bits hold."""
    nano = [int((number * 10**9).to_integral_value()) for number in numbers_of(values, name)]
    return np.array(nano, dtype=object)


def _side(content: Mapping[str, Any], side: str) -> list[tuple[str, Amounts, bool]]:
    """Return (label, amounts, soft) of each row of a side. One flat list is one row."""
    given = list_rows(content.get(side))
    if given is None:
        return []
    if not isinstance(given, list):
        raise ProblemError(Problem("returns_list", detail={"name": side, "most": str(_MOST_COLUMNS)}))
    found = []
    for index, row in enumerate(given):
        name = f"{side}[{index}]"
        if isinstance(row, dict):
            amounts = _risk_adjusted(amounts_of(columns_of(row), name), row.get("risk"), name, side)
            found.append((str(row.get("label", row.get("name", name))), amounts, row.get("soft", False) is True))
        else:
            found.append((name, amounts_of(row, name), False))
    return found


def _risk_adjusted(amounts: Amounts, risk: Any, name: str, side: str) -> Amounts:
    """Cut benefits and raise costs by the row's risk. Source: Forrester TEI, risk adjustment by a percentage per line."""
    if risk is None:
        return amounts
    share = number_of(risk, f"{name}.risk")
    if not 0 <= share <= 1:
        raise ProblemError(Problem("returns_risk", detail={"name": name, "value": str(share)}))
    factor = 1 - share if side == "benefits" else 1 + share
    return np.array([int((amount * factor).to_integral_value()) for amount in amounts], dtype=object)


def _both_sides(net: Amounts) -> list[FlowRow]:
    """Part a net flow: what comes in is a benefit, what goes out a cost."""
    nothing = np.zeros(len(net), dtype=object)
    return [FlowRow("flows in", np.maximum(net, nothing), False), FlowRow("flows out", np.maximum(-net, nothing), True)]


def _costs_upright(rows: Sequence[FlowRow]) -> tuple[list[FlowRow], bool]:
    """Turn the costs of a table that prints them with a minus sign (no cost is above zero, one is below)."""
    amounts = [amount for row in rows if row.is_cost for amount in row.amounts_nano]
    if not amounts or max(amounts) > 0 or min(amounts) == 0:
        return list(rows), False
    return [FlowRow(row.label, -row.amounts_nano, True) if row.is_cost else row for row in rows], True


def _printed(given: Any) -> dict[str, tuple[Decimal, Decimal]]:
    if not isinstance(given, dict):
        raise ProblemError(Problem("returns_list", detail={"name": "printed", "most": str(_MOST_COLUMNS)}))
    ranges = {}
    for name, value in given.items():
        ends = numbers_of(value if isinstance(value, list) else [value], f"printed.{name}")
        ranges[name] = (min(ends), max(ends))
    return ranges


def _choice(content: Mapping[str, Any], key: str, kind: Any, default: Any) -> Any:
    value = content.get(key, default)
    value = value.strip().lower() if isinstance(value, str) else value
    if value not in [item.value for item in kind]:
        known = ", ".join(item.value for item in kind)
        raise ProblemError(Problem("returns_choice", detail={"key": key, "value": _shown(value), "known": known}))
    return kind(value)


def _shown(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"
