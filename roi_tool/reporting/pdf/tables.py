"""Tables on paper: figures in columns as wide as they need, words share the rest, rules instead of boxes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import LongTable

from roi_tool.reporting import blocks as b
from roi_tool.reporting.brand import Brand
from roi_tool.reporting.pdf.typeface import Typeface, Weight

_PAD = 9.0
"""Space left of a column of figures."""
_SMALLEST = 5.4
_SHORT_END = re.compile(r" (\S{1,3})$")
_MANY_ROWS, _SHORT_TEXT = 150, 24
_LEAST_WORDS = 0.24
"""Columns of words get at least this share of the width, taken together; type shrinks before they get less."""


class TableSetter:
    """Sets tables in one brand and language."""

    def __init__(self, brand: Brand, typeface: Typeface, paragraph: Callable[..., Any]) -> None:
        self._brand = brand
        self._typeface = typeface
        self._paragraph = paragraph

    def grid(self, table: b.Table, width: float) -> Any:
        """Return the flowable: the head repeats on every page the table runs over, and so does the heading of a group."""
        size = 7.6 if table.small else 8.8
        widths = self._widths(table, width, size)
        while widths is None:
            size -= 0.2
            widths = self._widths(table, width, size)
        return self.set_in(table, widths, size)

    def set_in(self, table: b.Table, widths: list[float], size: float) -> Any:
        """Return the flowable of columns and type of a given size."""
        plainly = len(table.rows) > _MANY_ROWS
        rows = [[self._head(column, size) for column in table.columns]]
        rows += [self._row(table, row, size, plainly) for row in table.rows]
        grid = _Grid(rows, colWidths=widths, repeatRows=1, hAlign="LEFT")
        grid.made_of = (self, table, widths, size)
        grid.setStyle(self._style(table, size))
        return grid

    def _widths(self, table: b.Table, width: float, size: float) -> list[float] | None:
        """Return the columns' widths; None when the figures leave too little for the words at this size.

        Each column gets what it needs. What is left is shared by the columns of figures (by all, where words take more than
        one column); what lacks is taken from the words, which then run over several lines.
        """
        figures = [column.figures for column in table.columns]
        needs = [self._need(table, index, size) for index in range(len(figures))]
        left = width - sum(needs)
        words = [need for need, is_figure in zip(needs, figures, strict=True) if not is_figure]
        if left >= 0:
            if len(words) > 1 or all(figures) or not any(figures):
                return [need + left / len(needs) for need in needs]
            return [need + left / sum(figures) * is_figure for need, is_figure in zip(needs, figures, strict=True)]
        room = sum(words) + left
        if room < width * _LEAST_WORDS * (1 if words else 0) and size > _SMALLEST:
            return None
        shares = [0.0 if column.figures else column.share for column in table.columns]
        each = max(room, width * 0.1) / (sum(shares) or 1)
        return [need if share == 0 else each * share for need, share in zip(needs, shares, strict=True)]

    def _need(self, table: b.Table, index: int, size: float) -> float:
        """Return how wide a column would be with each cell on one line; heads of figures may take two lines."""
        column = table.columns[index]
        weight = Weight.BOLD_FIGURES if column.figures else Weight.BOLD
        cells = [row.cells[index].text for row in table.rows if index < len(row.cells) and row.style is not b.RowStyle.GROUP]
        widest = max((self._typeface.width(b.without_marks(text), weight, size) for text in cells), default=0.0)
        head = _head_size(size)
        title = self._typeface.width(column.title, Weight.REGULAR, head)
        if column.figures and len(table.columns) > 4:
            longest = max((self._typeface.width(word, Weight.REGULAR, head) for word in column.title.split()), default=0.0)
            title = min(title, max(longest, title * 0.58))
        return max(widest, title) + (_PAD if index else 0.0) + 1.0

    def _head(self, column: b.Column, size: float) -> Any:
        head = _head_size(size)
        # The last word of a title does not stand alone on a line when it is as short as a number.
        title = _SHORT_END.sub("\N{NO-BREAK SPACE}\\1", column.title)
        return self._paragraph(title, head, head * 1.3, colour="quiet", right=column.figures)

    def _row(self, table: b.Table, row: b.Row, size: float, plainly: bool) -> list[Any]:
        bold = row.style is not b.RowStyle.PLAIN
        words, figures = (Weight.BOLD, Weight.BOLD_FIGURES) if bold else (Weight.REGULAR, Weight.FIGURES)
        cells = []
        for index, column in enumerate(table.columns):
            text = row.cells[index].text if index < len(row.cells) else ""
            weight = figures if column.figures else words
            if plainly and not bold and self._is_plain(text, weight):
                cells.append(text)
                continue
            cells.append(self._paragraph(text, size, size * 1.34, weight=weight, right=column.figures))
        return cells

    def _is_plain(self, text: str, weight: Weight) -> bool:
        """Whether a text needs no paragraph: short, of one font, without marks. Long lists of calls are set so, much faster."""
        if not text or len(text) > _SHORT_TEXT or text != b.without_marks(text):
            return False
        return len({font for font, _ in self._typeface.runs(text, weight)}) == 1

    def _style(self, table: b.Table, size: float) -> list[tuple[Any, ...]]:
        colours, last = self._brand.colours, len(table.rows)
        pad = row_space(table) * table.airy
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
            font = self._typeface.name(Weight.FIGURES if column.figures else Weight.REGULAR)
            style += [
                ("FONT", (index, 1), (index, -1), font, size, size * 1.34),
                ("TEXTCOLOR", (index, 1), (index, -1), HexColor(colours.ink)),
                ("ALIGN", (index, 1), (index, -1), "RIGHT" if column.figures else "LEFT"),
            ]
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


class _Grid(LongTable):
    """A table that repeats the heading of the group in whose middle a page ends."""

    made_of: tuple[TableSetter, b.Table, list[float], float]

    def split(self, width: float, height: float) -> list[Any]:
        """Return what stands on this page and what on the next."""
        parts: list[Any] = super().split(width, height)
        if len(parts) != 2:
            return parts
        setter, table, widths, size = self.made_of
        cut = len(parts[0]._cellvalues) - 1
        before, after = table.rows[:cut], table.rows[cut:]
        parts[0].made_of = (setter, replace(table, rows=before), widths, size)
        parts[1].made_of = (setter, replace(table, rows=after), widths, size)
        group = next((row for row in reversed(before) if row.style is b.RowStyle.GROUP), None)
        if group is None or after[0].style is b.RowStyle.GROUP:
            return parts
        rest = setter.set_in(replace(table, rows=(group, *after)), widths, size)
        rest.spaceAfter = self.spaceAfter
        return [parts[0], rest]


def row_space(table: b.Table) -> float:
    """Return the usual space over a row, and under it."""
    return 3.0 if table.small else 5.4


def _head_size(size: float) -> float:
    return size * 0.88
