"""Drivers' values as text with their unit, and typed text back to values. Plain Python."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from roi_tool.charting import driver_value
from roi_tool.money import Money, to_nano
from roi_tool.problems import Problem, ProblemError, Severity
from roi_tool.quoting import Driver, DriverUnit
from roi_tool.wording import Wording

_PERCENT = frozenset((DriverUnit.FRACTION, DriverUnit.FRACTION_PER_YEAR))
_MONEY = frozenset((DriverUnit.MONEY, DriverUnit.MONEY_PER_MONTH, DriverUnit.MONEY_PER_SEAT_MONTH, DriverUnit.MONEY_PER_HOUR))


def value_text(value: Decimal, unit: DriverUnit, currency: str, words: Wording) -> str:
    """Return a value with its unit as the exact field shows it: `31,480 / mo`, `36 months`, `£9.50`, `4 %`."""
    text = driver_value(value, unit, currency, words)
    match unit:
        case DriverUnit.MINUTES_PER_MONTH | DriverUnit.MONEY_PER_MONTH:
            return words.text("{value} / mo", value=text)
        case DriverUnit.HOURS_PER_MONTH:
            return words.text("{value} h / mo", value=text)
        case DriverUnit.MONEY_PER_HOUR:
            return words.text("{value} / h", value=text)
        case DriverUnit.MONTHS:
            return words.text("{value} months", value=text)
    return text


def change_text(before: Decimal, after: Decimal, unit: DriverUnit, currency: str, words: Wording) -> str:
    """Return the signed difference: `−£2.10`, `+12`."""
    step = after - before
    if unit in _MONEY:
        size = words.money(Money(abs(to_nano(round(step, 9))), currency))
    else:
        size = value_text(abs(step), unit, currency, words)
    return f"{'−' if step < 0 else '+'}{size}"


def parse_value(text: str, driver: Driver) -> Decimal:
    """Return the value that was typed: unit words and group separators are passed over, `%` or not is the same.

    Raises:
        ProblemError: no number (`value_unreadable`), or outside the bounds (`value_out_of_bounds`).
    """
    plain = text.replace("−", "-").replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
    # Signs of money before and words of units behind the number are passed over.
    core = re.sub(r"^([-+]?)[^\d.+-]*", r"\1", plain)
    core = re.sub(r"[^\d]*$", "", core)
    # A comma is only taken for a group where three digits follow: 1,5 is asked again rather than read as 15.
    number = re.fullmatch(r"[-+]?(?:\d{1,3}(?:[,']\d{3})+|\d+)?(?:\.\d+)?", core) if core.isascii() and core else None
    try:
        value = Decimal(re.sub(r"[,']", "", number.group())) if number else None
    except InvalidOperation:
        value = None
    if value is None:
        raise ProblemError(Problem("value_unreadable", Severity.WARNING, detail={"typed": text}))
    if driver.unit in _PERCENT:
        value /= 100
    if not driver.low <= value <= driver.high:
        scale = 100 if driver.unit in _PERCENT else 1
        low, high = (format((bound * scale).normalize(), "f") for bound in (driver.low, driver.high))
        raise ProblemError(Problem("value_out_of_bounds", Severity.WARNING, detail={"typed": text, "low": low, "high": high}))
    return value
