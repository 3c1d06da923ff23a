"""Texts of price, increment and date cells to terms and instants, each distinct set of texts once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from roi_tool.importing.cells.dates import parse_moment
from roi_tool.importing.decks.columns import NO_DATE, Columns
from roi_tool.importing.decks.deck import Terms
from roi_tool.importing.decks.price_cells import read_increments, read_price

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - wall clock of the deck's zone


class TermsReader:
    """Turns the texts of price and increment cells into terms; each distinct set once.

    Args:
        columns: the table's decisions.
        regular: increments where no column holds any.
        from_workbook: whether numbers come out of a spreadsheet's arithmetic.
    """

    def __init__(self, columns: Columns, regular: tuple[int, int], from_workbook: bool) -> None:
        self._columns = columns
        self._regular = regular
        self._workbook = from_workbook
        self._known: dict[tuple[str, ...], tuple[Terms | None, str, bool]] = {}

    def read(self, texts: tuple[str, ...], special: tuple[int, int] | None) -> tuple[Terms | None, str, bool]:
        """Return (terms, problem code, whether a price was rounded).

        Args:
            texts: rate, first rate, connect fee, minimum, maximum, increments, initial, subsequent, grace, free.
            special: increments that a footnote gives this destination.
        """
        key = texts if special is None else (*texts, str(special))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._read(texts, special)
        return found

    def _read(self, texts: tuple[str, ...], special: tuple[int, int] | None) -> tuple[Terms | None, str, bool]:
        rate_text, first_text, fee_text, low_text, high_text = texts[:5]
        prices: list[Decimal | None] = []
        rounded = False
        for place, text in enumerate((rate_text, first_text, fee_text, low_text, high_text)):
            if not text or text == "-":
                prices.append(None)
                continue
            scale = self._columns.scale if place < 2 else Decimal(1) if self._columns.scale in (1, 60) else Decimal("0.01")
            price = read_price(text, self._columns.decimal, scale, from_workbook=self._workbook)
            if price.value is None:
                return None, price.fault, False
            rounded = rounded or price.rounded
            prices.append(price.value)
        increments = self._increments(texts[5:8], special)
        if increments is None:
            return None, "deck_increments_unreadable", False
        grace, free = (self._seconds(text) for text in texts[8:10])
        rate, first, fee, low, high = prices
        if rate is None:
            return None, "deck_rate_missing", False
        if first == rate:
            first = None
        terms = Terms(rate, first, fee or Decimal(0), *increments, grace, free, low or None, high or None)
        return terms, "", rounded

    def _increments(self, texts: tuple[str, ...], special: tuple[int, int] | None) -> tuple[int, int] | None:
        both, initial, subsequent = texts
        if both:
            return read_increments(both)
        if initial or subsequent:
            first = read_increments(initial or subsequent)
            further = read_increments(subsequent or initial)
            return (first[0], further[0]) if first and further else None
        return special or self._regular

    @staticmethod
    def _seconds(text: str) -> int:
        pair = read_increments(text) if text not in ("", "0", "0.0") else None
        return pair[0] if pair else 0


class DateReader:
    """Turns date cells into instants, each distinct text once."""

    def __init__(self, columns: Columns, timezone: str) -> None:
        self._order = columns.order
        self._zone = ZoneInfo(timezone)
        self._known: dict[str, tuple[datetime | None, bool]] = {}

    def read(self, text: str) -> tuple[datetime | None, bool]:
        """Return (instant, whether it could be read); words such as ASAP are no date and fine."""
        found = self._known.get(text)
        if found is None:
            found = self._known[text] = self._read(text)
        return found

    def _read(self, text: str) -> tuple[datetime | None, bool]:
        if text.casefold() in NO_DATE:
            return None, True
        moment = parse_moment(text, self._order)
        if moment is None:
            return None, False
        wall = _EPOCH + timedelta(microseconds=moment[0])
        return wall.replace(tzinfo=UTC if moment[1] else self._zone), True
