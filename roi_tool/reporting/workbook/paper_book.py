"""A workbook of a paper's blocks: a sheet for each page, figures as figures."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import xlsxwriter

from roi_tool.charting import BarChart
from roi_tool.reporting.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Figure,
    Heading,
    Headline,
    KeyFigures,
    Lead,
    Notice,
    Paper,
    Paragraph,
    Row,
    Table,
)
from roi_tool.reporting.brand import Brand
from roi_tool.reporting.workbook.sheet import PAPER_SIZES, Formats, Sheet


def write_paper_book(path: str | Path, paper: Paper, names: tuple[str, ...], brand: Brand, currency: str = "XXX") -> None:
    """Write a sheet for each page, named by `names`; to a file beside the target first, so that none is left half done."""
    target = Path(path)
    handle, name = tempfile.mkstemp(suffix=".xlsx", dir=target.parent)
    os.close(handle)
    try:
        # Nothing becomes a formula or a link because of how it is spelt.
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        with xlsxwriter.Workbook(name, options) as book:
            book.set_properties({"title": paper.title, "author": paper.operator})
            formats = Formats(book, brand, currency, paper.language)
            for title, blocks in zip(names, paper.pages, strict=False):
                sheet = Sheet(book, title, formats, paper=PAPER_SIZES[brand.page_size])
                write_blocks(sheet, blocks)
                _wide_columns(sheet, blocks)
                sheet.raw.fit_to_pages(1, 1)
        Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)


def write_blocks(sheet: Sheet, blocks: tuple[Block, ...]) -> None:
    """Write blocks from the top down. A chart becomes a live one where it follows the table of its values at once."""
    before: Block | None = None
    rows = (0, 0)
    for block, after in zip(blocks, (*blocks[1:], None), strict=True):
        if isinstance(block, Table):
            rows = sheet.table(block)
        elif isinstance(block, Figure):
            if isinstance(before, Table) and isinstance(block.chart, BarChart):
                sheet.row += 1
                sheet.raw.insert_chart(
                    sheet.row, 0, _columns(sheet, block.chart, rows, len(before.columns) - 1), {"x_offset": 4}
                )
        elif not (isinstance(block, Heading) and isinstance(after, Figure)):  # a chart without its values is for paper only
            _write_words(sheet, block)
        before = block


def _write_words(sheet: Sheet, block: Block) -> None:
    match block:
        case Headline(text):
            sheet.title(text)
        case Heading(text, 1) if not sheet.row:
            sheet.title(text)
        case Heading(text):
            sheet.row += 1
            sheet.heading(text)
        case Lead(text) | Paragraph(text):
            sheet.sentence(text, style="note" if isinstance(block, Paragraph) else "lead")
        case Notice(texts) | Bullets(texts):
            for text in texts:
                sheet.sentence(text, style="input" if isinstance(block, Notice) else "wrapped")
        case KeyFigures(figures):
            cells = tuple(Row((Cell(one.caption), Cell(one.figure), Cell(one.note))) for one in figures)
            sheet.table(Table((Column(""), Column(""), Column("")), cells))
        case _:
            pass


def _wide_columns(sheet: Sheet, blocks: tuple[Block, ...]) -> None:
    """Give columns of words more room than columns of figures."""
    sheet.raw.set_column(0, 0, 34)
    for place in range(1, 9):
        in_words = any(
            isinstance(block, Table) and place < len(block.columns) and not block.columns[place].figures for block in blocks
        )
        sheet.raw.set_column(place, place, 36 if in_words else 16)


def _columns(sheet: Sheet, chart: BarChart, rows: tuple[int, int], column: int) -> Any:
    first, last = rows
    made = sheet.book.add_chart({"type": "column"})
    made.add_series(
        {
            "name": chart.title,
            "categories": [sheet.name, first, 0, last, 0],
            "values": [sheet.name, first, column, last, column],
            "fill": {"color": sheet.colours.accent},
            "gap": 40,
        }
    )
    made.set_title({"name": chart.title, "name_font": {"size": 11}, "overlay": False})
    made.set_legend({"none": True})
    made.set_y_axis({"num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": sheet.colours.rule}}})
    made.set_size({"width": 760, "height": 280})
    return made
