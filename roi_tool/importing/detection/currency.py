"""Which currency a table's money is in: stated by a column, a title, a sign or the preamble; a lone `$` may need a question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from roi_tool.cdr import Question
from roi_tool.importing.cells.amounts import currency_of_text
from roi_tool.importing.cells.countries import currency_of_country
from roi_tool.importing.cells.distinct import distinct
from roi_tool.importing.layout import Role
from roi_tool.importing.plan import Columns, Habits, column_cells
from roi_tool.importing.records.raw_table import RawTable

_CODE = re.compile(
    r"\b(GBP|USD|EUR|CNY|RMB|AUD|NZD|CAD|BRL|CHF|SEK|DKK|NOK|PLN|CZK|JPY|INR|RUB|ZAR|HKD|SGD|MXN)\b", re.IGNORECASE
)
_SECONDS = re.compile(r"sek\.|dauer|zeit|minut", re.IGNORECASE)
"""`Dauer (Sek.)` are seconds, not Swedish money."""
_DOLLARS = ("USD", "CAD", "AUD", "NZD")
_DOLLAR_MONEY = frozenset({*_DOLLARS, "HKD", "SGD", "TWD", "MXN", "COP", "CLP", "ARS"})
"""Currencies that write their amounts with a lone `$`."""


def find_currency(
    table: RawTable, columns: Columns, habits: Habits, samples: Sequence[str]
) -> tuple[str, tuple[Question, ...]]:
    """Return the currency: asked for, stated by the file, the layout's or the country's; and a question where `$` is open."""
    declared = habits.currency or (columns.layout.formats.currency if columns.layout else None)
    if declared:
        return declared, ()
    of_column = _of_column(table, columns)
    if of_column:
        return of_column, ()
    head = [cell for record in table.head(min(columns.first() or 12, 20)) for cell in record]
    stated = stated_currency([*columns.titles, *samples[:50], *head], columns.titles, samples[:50])
    if stated:
        return stated, ()
    answered = habits.recalled.answers.get("currency")
    if answered or (columns.layout and columns.layout.currency):
        return answered or (columns.layout.currency if columns.layout else ""), ()
    usual = currency_of_country(habits.country)
    dollars = next((text for text in (*samples[:50], *columns.titles, *head) if "$" in text), "")
    if dollars and (not habits.country_told or usual not in _DOLLAR_MONEY):
        return _DOLLARS[0], (Question("ambiguous_currency", _DOLLARS, (dollars,)),)
    return usual, ()


def stated_currency(signed: Iterable[str], *coded: Iterable[str]) -> str:
    """Return the currency that a sign states, else a code; "" where none does or the sign is that of many.

    Args:
        signed: texts that may hold a sign.
        coded: texts that may hold a code; in others three letters may be anything.
    """
    for text in signed:
        found = currency_of_text(text)
        if found:
            return found
    for text in (text for texts in coded for text in texts):
        code = _CODE.search(text.replace("_", " "))
        if code and not (code.group(1).upper() == "SEK" and _SECONDS.search(text)):
            return "CNY" if code.group(1).upper() == "RMB" else code.group(1).upper()
        if "人民币" in text:
            return "CNY"
    return ""


def _of_column(table: RawTable, columns: Columns) -> str:
    place = columns.place(Role.CURRENCY)
    if place is None:
        return ""
    texts = distinct(column_cells(table, place).slice(columns.first()))[0]
    stated = {text.upper() for text in texts if re.fullmatch(r"[A-Za-z]{3}", text)}
    return stated.pop() if len(stated) == 1 else ""
