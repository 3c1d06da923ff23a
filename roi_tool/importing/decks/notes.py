"""What stands around a table: currency, whether the deck replaces everything, and footnotes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from roi_tool.importing.cells.amounts import currency_of_text
from roi_tool.importing.decks.finding import Layout
from roi_tool.importing.records.raw_table import RawTable
from roi_tool.money import is_currency_code

_KNOWN = (
    "USD EUR GBP CAD AUD NZD CHF SEK NOK DKK INR AED SAR ZAR SGD HKD CNY JPY BRL MXN PLN CZK HUF RON TRY RUB ILS KRW THB MYR "
    "IDR PHP"
)
_DOLLARS = frozenset({"USD", "AUD", "CAD", "NZD", "SGD", "HKD"})
_CODES = re.compile(rf"\b({_KNOWN.replace(' ', '|')})\b")
_STATED = re.compile(r"currency\s*[:=]?\s*([A-Za-z]{3})\b", re.IGNORECASE)
_FULL = re.compile(
    r"\bfull\b.{0,20}\b(?:a\s*[-–]\s*z|list|replacement|rate\s*(?:sheet|deck|list)|deck)|\breplaces?\s+all\b|\bfull\s+a-?z\b",
    re.IGNORECASE,
)
_PARTIAL = re.compile(r"\bamendment\b|\bpartial\b|\bchanges?\s+only\b|\brate\s+change\s+noti", re.IGNORECASE)
_ZONE = re.compile(r"\b(?:GMT|UTC)\b")
_ROWS_LOOKED_AT = 400


def notes_of(layout: Layout, body_rows: Sequence[int]) -> tuple[str, ...]:
    """Return the text of the rows above the titles and of the rows below that are no price rows.

    Args:
        layout: where the table stands.
        body_rows: places of records under the titles that hold neither code nor price.
    """
    table = layout.table
    places = [*range(max(layout.header, 0)), *list(body_rows)[-_ROWS_LOOKED_AT:]]
    return tuple(" ".join(filter(None, table.record(place))) for place in places)


def currency_of(layout: Layout, price_titles: Sequence[str], cells: Sequence[str], notes: Sequence[str]) -> tuple[str, ...]:
    """Return the currencies that the deck names; several only where a currency column holds several.

    A column of currencies is surest, then the titles, then what stands above the table. Footnotes don't count: surcharges may
    be in a currency of their own.
    """
    column = sorted({cell.strip().upper() for cell in cells if cell.strip()})
    if column:
        return tuple(code for code in column if is_currency_code(code))
    dollars = any("$" in title for title in price_titles)
    for text in (*price_titles, *layout.titles):
        match = _CODES.search(text.upper())
        code = match.group(1) if match else currency_of_text(text)
        if code:
            return (code,)
    above = notes[: max(layout.header, 0)]
    for note in above:
        stated = _STATED.search(note)
        if stated and is_currency_code(stated.group(1).upper()):
            return (stated.group(1).upper(),)
    found = {match.group(1) for note in above for match in _CODES.finditer(note)}
    found = {code for code in found if not dollars or code in _DOLLARS}
    return tuple(found) if len(found) == 1 else ()


def says_full(notes: Sequence[str], tables: Sequence[RawTable]) -> bool | None:
    """Say whether the deck calls itself a full replacement or an amendment; None when it says neither."""
    text = "\n".join([*notes[:60], *(table.sheet for table in tables)])
    full, partial = bool(_FULL.search(text)), bool(_PARTIAL.search(text))
    return full if full != partial else None


def zone_of(notes: Sequence[str]) -> str:
    """Return `UTC` where the notes name it; "" when they name no zone."""
    return "UTC" if any(_ZONE.search(note) for note in notes[:60]) else ""
