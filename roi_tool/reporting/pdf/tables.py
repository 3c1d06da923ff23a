"""Tables on paper: figures in columns as wide as they need, words share the rest, rules instead of boxes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import LongTable

from roi_tool.reporting import blocks as b
from roi_tool.reporting.brand import Brand
from roi_tool.reporting.pdf.typeface import Typeface, Weight

_PAD = 9.0
"""Space left of a column of figures."""
_LEAST_WORDS = 0.24
"""Columns of words get at least this share of the width, taken together; type shrinks before they get less."""


class TableSetter:
    """Sets tables in one brand and language."""

    def __init__(self, brand: Brand, typeface: Typeface, paragraph: Callable[..., Any]) -> None:
        self._brand = brand
        self._typeface = typeface
        self._paragraph = paragraph

    def grid(self, table: b.Table, width: float) -> Any:
        """Return the flowable: the head repeats on every page the table runs over."""
        size = 7.6 if table.small else 8.8
        widths = self._widths(table, width, size)
        while widths is None:
            size -= 0.2
            widths = self._widths(table, width, size)
        rows = [[self._head(column, size) for column in table.columns]]
        rows += [self._row(table, row, size) for row in table.rows]
        grid = LongTable(rows, colWidths=widths, repeatRows=1, hAlign="LEFT")
        grid.setStyle(self._style(table, size))
        return grid

    def _widths(self, table: b.Table, width: float, size: float) -> list[float] | None:
        """Return the columns' widths; None when the figures leave too little for the words at this size."""
        natural = [self._natural(table, index, size) if column.figures else 0.0 for index, column in enumerate(table.columns)]
        words = [column.share if not column.figures else 0.0 for column in table.columns]
        left = width - sum(natural)
        if left < width * _LEAST_WORDS * min(1.0, sum(map(bool, words))) and size > 5:
            return None
        if not any(words):
            return [one + left / len(natural) for one in natural]
        each = left / sum(words)
        # Figures do not drift apart more than need be: what words do not use is shared out.
        return [own or each * share for own, share in zip(natural, words, strict=True)]

    def _natural(self, table: b.Table, index: int, size: float) -> float:
        cells = [row.cells[index].text for row in table.rows if len(row.cells) > index]
        figures = max((self._typeface.width(b.without_marks(text), Weight.BOLD_FIGURES, size) for text in cells), default=0.0)
        title = table.columns[index].title
        words = max((self._typeface.width(word, Weight.REGULAR, _head_size(size)) for word in title.split()), default=0.0)
        whole = self._typeface.width(title, Weight.REGULAR, _head_size(size))
        if len(table.columns) > 5:
            whole = min(whole, max(words, whole * 0.56))
        return max(figures, words, whole) + _PAD

    def _head(self, column: b.Column, size: float) -> Any:
        head = _head_size(size)
        return self._paragraph(column.title, head, head * 1.3, colour="quiet", right=column.figures)

    def _row(self, table: b.Table, row: b.Row, size: float) -> list[Any]:
        bold = row.style is not b.RowStyle.PLAIN
        words, figures = (Weight.BOLD, Weight.BOLD_FIGURES) if bold else (Weight.REGULAR, Weight.FIGURES)
        cells = []
        for index, column in enumerate(table.columns):
            text = row.cells[index].text if index < len(row.cells) else ""
            weight = figures if column.figures else words
            cells.append(self._paragraph(text, size, size * 1.34, weight=weight, right=column.figures))
        return cells

    def _style(self, table: b.Table, size: float) -> list[tuple[Any, ...]]:
        colours, last = self._brand.colours, len(table.rows)
        pad = 3.0 if table.small else 5.4
        style: list[tuple[Any, ...]] = [
            ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
            ("VALIGN", (0, 1), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), pad),
            ("BOTTOMPADDING", (0, 0), (-1, -1), pad),
            ("LINEBELOW", (0, 0), (-1, 0), 0.8, HexColor(colours.ink)),
            ("LINEBELOW", (0, 1), (-1, -1), 0.4, HexColor(colours.rule)),
        ]
        for index, column in enumerate(table.columns):
            if column.figures and index:
                style.append(("LEFTPADDING", (index, 0), (index, -1), 6))
            elif index:
                style.append(("LEFTPADDING", (index, 0), (index, -1), _PAD))
        for number, row in enumerate(table.rows, start=1):
            if row.style is b.RowStyle.BEST:
                style.append(("BACKGROUND", (0, number), (-1, number), HexColor(colours.tint)))
            elif row.style is b.RowStyle.TOTAL:
                style.append(("LINEABOVE", (0, number), (-1, number), 0.8, HexColor(colours.ink)))
            elif row.style is b.RowStyle.GROUP:
                style += [("SPAN", (0, number), (-1, number)), ("TOPPADDING", (0, number), (-1, number), pad + 5)]
                if number < last:
                    style.append(("NOSPLIT", (0, number), (0, number + 1)))
        return style


def _head_size(size: float) -> float:
    return size * 0.88
