"""Cells of figures in the reader's format, for every kind of paper."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from roi_tool.money import Money, minor_digits
from roi_tool.reporting.blocks import Cell, CellFormat
from roi_tool.wording import Wording

DASH = Cell("–")


def count_cell(words: Wording, number: int) -> Cell:
    """A cell with a count."""
    return Cell(words.number(number), number, CellFormat.COUNT)


def percent_cell(words: Wording, fraction: Decimal | float, decimals: int = 0) -> Cell:
    """A cell with a fraction as a percentage."""
    return Cell(words.percent(fraction, decimals), Decimal(str(fraction)), CellFormat.PERCENT)


def number_cell(words: Wording, number: float, decimals: int) -> Cell:
    """A cell with a number of so many decimals."""
    return Cell(words.number(number, decimals), Decimal(str(round(number, decimals))), CellFormat.NUMBER)


def money_cell(words: Wording, amount_nano: int | None, currency: str) -> Cell:
    """A cell in the currency's minor unit, without its sign; a dash for None."""
    if amount_nano is None:
        return DASH
    value = Money(amount_nano, currency).decimal
    return Cell(words.number(value, minor_digits(currency)), value, CellFormat.MONEY)


def day_cell(words: Wording, day: date | None) -> Cell:
    """A cell with a date; a dash for None."""
    return Cell(words.day(day, "medium"), day, CellFormat.DAY) if day else DASH
