"""How far the cells of an ODS reach, where a row or a cell may stand for a million of its kind.

Source: ODF 1.2 part 1, 9.1.3 to 9.1.5.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.parsers import expat

_CELLS = frozenset({"table:table-cell", "table:covered-table-cell"})
_VALUES = ("office:value-type", "office:value", "office:string-value", "office:date-value", "office:time-value",
           "office:boolean-value", "table:formula", "calcext:value-type")  # fmt: skip
_MOST_SPACES = 10_000
_MOST_DIGITS = 10


class _Measure:
    """Follows the elements of `content.xml` and keeps the last filled row and the widest row of each table."""

    def __init__(self) -> None:
        self.tables: list[tuple[int, int]] = []
        self._row = self._last_row = self._column = self._last_column = self._repeated = self._widest = 0

    def starts(self, name: str, attributes: dict[str, str]) -> None:
        if name in _CELLS:
            self._column += _number(attributes.get("table:number-columns-repeated", "1"))
            if any(value in attributes for value in _VALUES):
                self._last_column = self._column
        elif name == "table:table-row":
            self._repeated = _number(attributes.get("table:number-rows-repeated", "1"))
            self._column = self._last_column = 0
        elif name == "table:table":
            self._row = self._last_row = self._widest = 0
        elif name == "text:s" and _number(attributes.get("text:c", "1")) > _MOST_SPACES:
            raise ValueError("spaces")

    def ends(self, name: str) -> None:
        if name == "table:table-row":
            self._row += self._repeated
            if self._last_column:
                self._last_row = self._row
                self._widest = max(self._widest, self._last_column)
        elif name == "table:table":
            self.tables.append((self._last_row, self._widest))


def extents_of_open_document(pieces: Iterable[bytes]) -> list[tuple[int, int]]:
    """Return the last row and column (from 1) that each table of a `content.xml` fills.

    Raises:
        ValueError: no XML, entities, or numbers that no program writes.
    """
    measure, parser = _Measure(), expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = measure.starts, measure.ends
    parser.EntityDeclHandler = _refuse
    parser.buffer_text = True
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ValueError("XML") from error
    return measure.tables


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > _MOST_DIGITS:
        raise ValueError("number")
    return int(text)


def _refuse(*_declaration: object) -> None:
    raise ValueError("entity")
