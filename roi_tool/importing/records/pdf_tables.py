"""Text PDFs to records: ruled tables where a page has them, else its printed lines. A first try, no proof, and it says so."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from roi_tool.importing.records.limits import MAX_COLUMNS, MAX_PDF_BYTES, MAX_PDF_PAGES
from roi_tool.importing.records.pdf_lines import printed_rows
from roi_tool.importing.records.raw_table import RawTable, table_of_rows
from roi_tool.problems import Problem, ProblemError, Severity, Where

SURE_OF_RULED = 0.8
SURE_OF_LINES = 0.5
"""How sure a reading can be at most: rules between cells say where a cell ends, gaps between words only suggest it."""
_LINES_IN_A_CELL = 6
"""A ruled cell of more lines is a frame around a list, not a cell."""
_ROWS_TOLD = 3


@dataclass
class _Block:
    """Records of one kind that follow each other over the pages."""

    kind: str
    rows: list[list[str]]
    first: int
    last: int
    like_rows: int = 0
    in_columns: int = 0

    @property
    def sure(self) -> float:
        if self.kind == "pdf-ruled":
            return SURE_OF_RULED
        return SURE_OF_LINES * (self.in_columns / self.like_rows if self.like_rows else 1.0)


def read_pdf(data: bytes, file: str, progress: Callable[[float], None] | None = None) -> list[RawTable]:
    """Read the tables of a PDF's pages; tables of one width that follow each other are one.

    Each table is noted with its pages and how sure its reading is; pages without text are noted, too.

    Raises:
        ProblemError: the reader is not installed; too long; protected; no text (a scan); damaged.
    """
    try:
        import pdfplumber
    except ImportError as error:
        raise ProblemError(Problem("pdf_reader_missing", where=Where(file))) from error
    if len(data) > MAX_PDF_BYTES:
        raise ProblemError(Problem("file_too_large", where=Where(file), detail={"limit": f"{MAX_PDF_BYTES >> 20} MB"}))
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # what it thinks of a damaged file is nothing for users
    blocks: list[_Block] = []
    without_text: list[int] = []
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            count = len(document.pages)
            if count > MAX_PDF_PAGES:
                raise ProblemError(Problem("pdf_too_long", where=Where(file), detail={"limit": str(MAX_PDF_PAGES)}))
            for number, page in enumerate(document.pages, start=1):
                if progress is not None:
                    progress((number - 1) / count)
                if not page.chars and page.images:
                    without_text.append(number)
                _add(blocks, page, number)
                page.close()
    except ProblemError:
        raise
    except Exception as error:  # the reader's own errors have no common root; all but one mean the same to the user
        raise ProblemError(Problem(_code_of(error), where=Where(file))) from error
    tables = [_table_of(block, file) for block in blocks]
    if not any(len(table) for table in tables):
        raise ProblemError(Problem("pdf_without_text", where=Where(file)))
    if without_text:
        detail = {"count": str(len(without_text)), "page": str(without_text[0])}
        notes = (Problem("pdf_pages_unread", Severity.WARNING, Where(file), detail), *tables[0].notes)
        tables[0] = replace(tables[0], notes=notes)
    return tables


def _code_of(error: Exception) -> str:
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

    causes = (error, error.__cause__, error.__context__, *error.args)
    return (
        "pdf_protected" if any(isinstance(one, PDFPasswordIncorrect | PDFEncryptionError) for one in causes) else "file_is_pdf"
    )


def _table_of(block: _Block, file: str) -> RawTable:
    widest = max((len(row) for row in block.rows), default=0)
    if widest > MAX_COLUMNS:
        detail = {"count": str(widest), "limit": str(MAX_COLUMNS)}
        raise ProblemError(Problem("too_many_columns", where=Where(file), detail=detail))
    pages = str(block.first) if block.first == block.last else f"{block.first}–{block.last}"
    table = table_of_rows(file, block.rows, encoding=block.kind, delimiter="pdf", sheet=f"p. {pages}", sure=block.sure)
    if len(table) < _ROWS_TOLD or (block.kind == "pdf-lines" and not block.like_rows):
        return table
    detail = {"pages": pages, "rows": str(len(table)), "percent": f"{block.sure * 100:.0f}"}
    code = "pdf_table_ruled" if block.kind == "pdf-ruled" else "pdf_table_printed"
    return replace(table, notes=(Problem(code, Severity.INFO, Where(file), detail),))


def sureness(table: RawTable) -> float | None:
    """Return how sure the reading of a table can be at most, None when it does not come from a PDF."""
    return table.sure


def _add(blocks: list[_Block], page: Any, number: int) -> None:
    """Add what one page holds: rows of its ruled tables, and the lines outside of them."""
    ruled = [(table, rows) for table in page.find_tables() if (rows := _rows_of_ruled(table))]
    outside = page
    for table, _ in ruled:
        outside = outside.outside_bbox(table.bbox, strict=False)
    printed = printed_rows(outside.extract_words())
    lines = _Block("pdf-lines", printed.rows, number, number, printed.like_rows, printed.in_columns)
    above = bool(ruled) and bool(blocks) and blocks[-1].kind == "pdf-ruled"
    if printed.rows and not above:
        _extend(blocks, lines)
    for _, rows in ruled:
        _extend(blocks, _Block("pdf-ruled", rows, number, number))
    if printed.rows and above:
        # A page whose table goes on from the one before: its header and footer lines stand in a block of their own.
        below = blocks.pop()
        _extend(blocks, lines)
        blocks.append(below)


def _rows_of_ruled(table: Any) -> list[list[str]]:
    """Return the rows of a ruled table, none when it is no more than a frame around text."""
    if len(table.rows) < 2 or len(table.columns) < 2:
        return []
    cells = [[cell or "" for cell in row] for row in table.extract()]
    if any(cell.count("\n") >= _LINES_IN_A_CELL for row in cells for cell in row):
        return []
    return [[" ".join(cell.split()) for cell in row] for row in cells]


def _extend(blocks: list[_Block], new: _Block) -> None:
    last = blocks[-1] if blocks else None
    if last is None or last.kind != new.kind or (new.kind == "pdf-ruled" and len(last.rows[0]) != len(new.rows[0])):
        blocks.append(new)
        return
    last.rows += new.rows
    last.last = new.last
    last.like_rows += new.like_rows
    last.in_columns += new.in_columns
