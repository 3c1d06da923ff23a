"""Cells of prices and increments: exact decimals, decimal commas decided once for a column, never a binary float."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import NamedTuple

_STRIP = re.compile(r"[\s\u00a0\u202f$€£¥₹₽]|(?i:usd|eur|gbp|cad|aud|chf|inr|us\$|per|/?min\b|cents?\b|ct\b|¢)")
_PLAIN = re.compile(r"^-?(?:\d+(?:\.\d*)?|\.\d+)$")
_SCIENTIFIC = re.compile(r"^-?\d+(?:\.\d+)?[eE]-?\d{1,3}$")
_THOUSANDS = re.compile(r"^-?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?$")
_NANO = Decimal("0.000000001")
HIGHEST_PRICE = Decimal(1_000_000)


class Price(NamedTuple):
    """A price, or the code of the problem with it. `rounded` says that it was finer than 10⁻⁹ of the unit."""

    value: Decimal | None
    fault: str = ""
    rounded: bool = False


def decimal_sign(cells: Iterable[str]) -> tuple[str, str]:
    """Decide for a whole column whether the comma is the decimal sign.

    Returns:
        "." or ",", and a sample cell when both readings remain (`1,234` and nothing that decides).
    """
    doubtful = ""
    points = False
    for cell in cells:
        body = _STRIP.sub("", cell)
        if "," not in body:
            points = points or "." in body
        elif "." in body:
            return ("," if body.rindex(",") > body.rindex(".") else "."), ""
        elif not _THOUSANDS.match(body):
            return ",", ""
        else:
            doubtful = doubtful or cell
    if not doubtful or points:
        return ".", ""
    return ",", doubtful


def read_price(cell: str, decimal: str = ".", scale: Decimal = Decimal(1), *, from_workbook: bool = False) -> Price:
    """Read a price.

    Args:
        cell: its text.
        decimal: the column's decimal sign.
        scale: what 1 in the cell is in currency units (0.01 for cents; 60 for a price per second).
        from_workbook: digits past the fifteenth are noise of the spreadsheet's arithmetic.
    """
    body = _STRIP.sub("", cell)
    if body.startswith("(") and body.endswith(")"):
        body = "-" + body[1:-1]
    body = body.replace(".", "").replace(",", ".") if decimal == "," and "," in body else body.replace(",", "")
    if not _PLAIN.match(body) and not _SCIENTIFIC.match(body):
        return Price(None, "deck_rate_not_number")
    try:
        value = Decimal(body)
    except InvalidOperation:
        return Price(None, "deck_rate_not_number")
    if from_workbook and len(value.as_tuple().digits) > 15:
        value = Decimal(f"{value:.15g}")
    value *= scale
    if value < 0:
        return Price(None, "deck_rate_negative")
    if value > HIGHEST_PRICE:
        return Price(None, "deck_rate_too_high")
    exact = value.quantize(_NANO, ROUND_HALF_UP)
    return Price(exact.normalize() + 0, "", exact != value)


_PAIR = re.compile(r"^(\d+(?:\.\d+)?)\s*(?:[/\-+:xX|]|,|\s+)\s*(\d+(?:\.\d+)?)(?:\s*(?:s|sec|secs|seconds)\.?)?$")
_SINGLE = re.compile(r"^(\d+(?:\.\d+)?)\s*(s|sec|secs|seconds|min|minute)?\.?$", re.IGNORECASE)
_TRIPLE = re.compile(r"^(\d+)\s*/\s*(\d+)\s*/\s*(\d+)$")


def read_increments(cell: str) -> tuple[int, int] | None:
    """Return initial and subsequent increments in milliseconds; None when the cell is no increment.

    A single number is both; `0` counts as a second. Three parts are minimum, first and further increment.

    >>> read_increments("60/1"), read_increments("6-6"), read_increments("60")
    ((60000, 1000), (6000, 6000), (60000, 60000))
    """
    body = cell.strip()
    triple = _TRIPLE.match(body)
    if triple:
        minimum, first, further = (int(part) * 1000 for part in triple.groups())
        return (max(minimum, first), further) if further else None
    pair = _PAIR.match(body)
    if pair:
        return _milliseconds(pair.group(1)), _milliseconds(pair.group(2))
    single = _SINGLE.match(body)
    if single:
        unit = 60 if (single.group(2) or "").lower().startswith("min") else 1
        both = _milliseconds(single.group(1)) * unit
        return both, both
    return None


def _milliseconds(text: str) -> int:
    """Seconds to milliseconds; 0 is what some decks write for a second."""
    return int(Decimal(text) * 1000) or 1000
