"""One sheet and its formats: words that cannot start a formula, figures as figures, formulas with our result kept."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from roi_tool.money import minor_digits
from roi_tool.reporting.blocks import Cell, CellFormat, RowStyle, Table, without_marks
from roi_tool.reporting.brand import Brand, Colours
from roi_tool.reporting.workbook.expression import Expression

PAPER_SIZES = {"A4": 9, "letter": 1}
"""Name in a brand → number that spreadsheets use."""
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
_LONGEST = 32_000


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula, also after a round trip through CSV.

    >>> harmless("=1+1"), harmless("+44 20"), harmless("Alder & Wren")
    ("'=1+1", "'+44 20", 'Alder & Wren')
    """
    text = "".join(letter for letter in text if letter.isprintable() or letter in "\n\t")[:_LONGEST]
    return f"'{text}" if text.lstrip(" ").startswith(_RISKY) else text


class Formats:
    """The workbook's number formats and styles, made once each."""

    def __init__(self, book: Any, brand: Brand, currency: str, language: str) -> None:
        self._book = book
        self._made: dict[tuple[str, RowStyle | str], Any] = {}
        self.colours = brand.colours
        self._font = "Microsoft YaHei" if language.startswith("zh") else "Arial"
        decimals = "." + "0" * minor_digits(currency) if minor_digits(currency) else ""
        # A space as wide as ")" after every figure keeps it clear of the words to its right.
        self._patterns = {
            CellFormat.TEXT: "@",
            CellFormat.NUMBER: "General_)",
            CellFormat.MONEY: f'#,##0{decimals}_);"−"#,##0{decimals}_)',
            CellFormat.WHOLE_MONEY: '#,##0_);"−"#,##0_)',
            CellFormat.COUNT: '#,##0_);"−"#,##0_)',
            CellFormat.PERCENT: "0.0 %_)",
            CellFormat.DAY: "yyyy-mm-dd_)",
        }

    def of(self, kind: CellFormat = CellFormat.TEXT, style: RowStyle | str = RowStyle.PLAIN, pattern: str = "") -> Any:
        """Return the format of a kind of value in a style: a row's, or a name such as `title`, `lead`, `head`, `input`."""
        key = (pattern or kind.value, style)
        if key not in self._made:
            self._made[key] = self._book.add_format(self._properties(pattern or self._patterns[kind], kind, style))
        return self._made[key]

    def _properties(self, pattern: str, kind: CellFormat, style: RowStyle | str) -> dict[str, Any]:
        colours = self.colours
        base: dict[str, Any] = {
            "font_name": self._font,
            "font_size": 10,
            "font_color": colours.ink,
            "num_format": pattern,
            "valign": "vcenter",
        }
        if kind is not CellFormat.TEXT:
            base["align"] = "right"
        extra: dict[RowStyle | str, dict[str, Any]] = {
            "title": {"font_size": 16, "bold": True},
            "lead": {"font_color": colours.quiet, "text_wrap": True, "valign": "top"},
            "note": {"font_color": colours.quiet, "font_size": 9, "text_wrap": True, "valign": "top"},
            "head": {"font_color": colours.quiet, "font_size": 9, "bottom": 1, "text_wrap": True, "valign": "bottom"},
            "figure_head": {
                "font_color": colours.quiet, "font_size": 9, "bottom": 1, "text_wrap": True, "align": "right",
                "valign": "bottom",
            },
            "wrapped": {"text_wrap": True, "valign": "top"},
            "heading": {"bold": True, "font_size": 11},
            "input": {"bg_color": colours.notice, "border": 1, "border_color": colours.rule},
            RowStyle.BEST: {"bold": True, "bg_color": colours.tint},
            RowStyle.TOTAL: {"bold": True, "top": 1},
            RowStyle.GROUP: {"bold": True, "bottom": 1, "bottom_color": colours.rule},
        }  # fmt: skip
        return {**base, **extra.get(style, {})}


class Sheet:
    """A worksheet being written from the top down."""

    def __init__(
        self, book: Any, name: str, formats: Formats, *, landscape: bool = True, paper: int = 9, warning: str = ""
    ) -> None:
        self.name = name
        self.book = book
        self.formats = formats
        self.row = 0
        self.raw = book.add_worksheet(name)
        self.raw.hide_gridlines(2)
        self.raw.set_paper(paper)
        if landscape:
            self.raw.set_landscape()
        self.raw.set_default_row(16)
        self.raw.fit_to_pages(1, 0)
        self.raw.set_margins(0.5, 0.5, 0.6, 0.6)
        self.raw.set_footer("&L&8&A&R&8&P / &N")
        if warning:
            self.sentence(warning, style="input")

    @property
    def colours(self) -> Colours:
        """The brand's colours."""
        return self.formats.colours

    def title(self, text: str, note: str = "", *, across: int = 7) -> None:
        """Write the sheet's heading and a sentence under it."""
        self.raw.write_string(self.row, 0, harmless(text), self.formats.of(style="title"))
        self.raw.set_row(self.row, 24)
        self.row += 1
        if note:
            self.sentence(note, across=across)
        self.row += 1

    def sentence(self, text: str, *, style: str = "lead", across: int = 7) -> None:
        """Write a sentence over several columns, in as many lines as it may need."""
        text = harmless(without_marks(text))
        self.raw.merge_range(self.row, 0, self.row, across, "", self.formats.of(style=style))
        self.raw.write_string(self.row, 0, text, self.formats.of(style=style))
        wide = sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)
        self.raw.set_row(self.row, 14.5 * (1 + wide // (16 * (across + 1))))
        self.row += 1

    def heading(self, text: str) -> None:
        """Write a heading over a table."""
        self.raw.write_string(self.row, 0, harmless(text), self.formats.of(style="heading"))
        self.row += 1

    def head(self, titles: Sequence[str], *, figures: Collection[int] | None = None) -> int:
        """Write a table's head and return its row. `figures` are the columns set to the right: by default all but the first."""
        to_the_right = range(1, len(titles)) if figures is None else figures
        for column, title in enumerate(titles):
            self.text(self.row, column, title, "figure_head" if column in to_the_right else "head")
        self.raw.set_row(self.row, 28)
        self.row += 1
        return self.row - 1

    def text(self, row: int, column: int, text: str, style: RowStyle | str = RowStyle.PLAIN) -> None:
        """Write words: never a formula, whatever they begin with."""
        self.raw.write_string(row, column, harmless(without_marks(text)), self.formats.of(style=style))

    def cell(self, row: int, column: int, cell: Cell, style: RowStyle | str = RowStyle.PLAIN) -> None:
        """Write a block's cell: its value where it has one, else its words."""
        value = cell.value
        kind = CellFormat.NUMBER if value is not None and cell.format is CellFormat.TEXT else cell.format
        shown = self.formats.of(kind, style)
        if isinstance(value, date):
            self.raw.write_datetime(row, column, datetime.combine(value, time()), shown)
        elif value is not None:
            self.raw.write_number(row, column, float(value), shown)
        else:
            self.text(row, column, cell.text, style)

    def number(
        self,
        row: int,
        column: int,
        value: Decimal | float,
        kind: CellFormat = CellFormat.MONEY,
        style: RowStyle | str = RowStyle.PLAIN,
    ) -> None:
        """Write a figure."""
        self.raw.write_number(row, column, float(value), self.formats.of(kind, style))

    def formula(
        self, row: int, column: int, formula: str, result: Decimal | float | str, kind: CellFormat = CellFormat.MONEY,
        style: RowStyle | str = RowStyle.PLAIN, pattern: str = "",
    ) -> None:  # fmt: skip
        """Write a formula with our own result kept in the cell, for programs that do not recalculate."""
        kept = result if isinstance(result, str) else float(result)
        self.raw.write_formula(row, column, formula, self.formats.of(kind, style, pattern), kept)

    def expression(
        self, row: int, column: int, of: Expression, kind: CellFormat = CellFormat.MONEY, style: RowStyle | str = RowStyle.PLAIN
    ) -> None:
        """Write an expression: a plain number where it is one, else a live formula with its result."""
        if of.is_number:
            self.number(row, column, of.value, kind, style)
        else:
            self.formula(row, column, f"={of.text}", of.value, kind, style)

    def table(self, table: Table) -> tuple[int, int]:
        """Write a block's table; return the rows of its first and last line."""
        for column, one in enumerate(table.columns):
            self.text(self.row, column, one.title, "figure_head" if one.figures else "head")
        self.raw.set_row(self.row, 28)
        first = self.row + 1
        for offset, row in enumerate(table.rows):
            for column, cell in enumerate(row.cells):
                self.cell(first + offset, column, cell, row.style)
        self.row = first + len(table.rows)
        return first, self.row - 1


def place(row: int, column: int, *, sheet: str = "", fixed: bool = True) -> str:
    """Return a cell's name in formulas, such as `'Cost lines'!$B$4`."""
    name = str(xl_rowcol_to_cell(row, column, row_abs=fixed, col_abs=fixed))
    return f"'{sheet.replace(chr(39), chr(39) * 2)}'!{name}" if sheet else name
