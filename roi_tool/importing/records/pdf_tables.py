"""Text PDFs to records: ruled tables where a page has them, else its printed lines cut at wide gaps. A first try, no proof."""

from __future__ import annotations

import io
import logging
from typing import Any

from roi_tool.importing.records.limits import MAX_PDF_BYTES, MAX_PDF_PAGES
from roi_tool.importing.records.raw_table import RawTable, table_of_rows
from roi_tool.problems import Problem, ProblemError, Where

SURE_OF_RULED = 0.8
SURE_OF_LINES = 0.5
"""How sure a reading can be at most: rules between cells say where a cell ends, gaps between words only suggest it."""
_GAP = 0.55
"""Of the letters' height: words further apart than this stand in two cells; a space is about half of it."""
_LINE_POINTS = 3


def read_pdf(data: bytes, file: str) -> list[RawTable]:
    """Read the tables of a PDF's pages; tables of one width that follow each other are one.

    Raises:
        ProblemError: the reader is not installed; too long; no text (a scan); damaged.
    """
    try:
        import pdfplumber
    except ImportError as error:
        raise ProblemError(Problem("pdf_reader_missing", where=Where(file))) from error
    if len(data) > MAX_PDF_BYTES:
        raise ProblemError(Problem("file_too_large", where=Where(file), detail={"limit": f"{MAX_PDF_BYTES >> 20} MB"}))
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # what it thinks of a damaged file is nothing for users
    blocks: list[tuple[str, list[list[str]]]] = []
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            if len(document.pages) > MAX_PDF_PAGES:
                detail = {"limit": f"{MAX_PDF_PAGES} pages"}
                raise ProblemError(Problem("file_too_large", where=Where(file), detail=detail))
            for page in document.pages:
                _add(blocks, page)
                page.close()
    except ProblemError:
        raise
    except Exception as error:  # the reader's own errors have no common root; any of them means the same to the user
        raise ProblemError(Problem("file_is_pdf", where=Where(file))) from error
    tables = [table_of_rows(file, rows, encoding=kind, delimiter="pdf") for kind, rows in blocks]
    if not any(len(table) for table in tables):
        raise ProblemError(Problem("file_is_pdf", where=Where(file)))
    return tables


def sureness(table: RawTable) -> float | None:
    """Return how sure the reading of a table can be at most, None when it does not come from a PDF."""
    return {"pdf-ruled": SURE_OF_RULED, "pdf-lines": SURE_OF_LINES}.get(table.encoding)


def _add(blocks: list[tuple[str, list[list[str]]]], page: Any) -> None:
    """Add what one page holds: rows of its ruled tables, and the lines outside of them."""
    ruled = [table for table in page.find_tables() if len(table.rows) > 1 and len(table.columns) > 1]
    outside = page
    for table in ruled:
        outside = outside.outside_bbox(table.bbox, strict=False)
    lines = _lines(outside)
    above = bool(ruled) and bool(blocks) and blocks[-1][0] == "pdf-ruled"
    if lines and not above:
        _extend(blocks, "pdf-lines", lines)
        lines = []
    for table in ruled:
        rows = [[" ".join((cell or "").split()) for cell in row] for row in table.extract()]
        _extend(blocks, "pdf-ruled", rows)
    if lines:
        # A page whose table goes on from the one before: its header and footer lines stand in a block of their own.
        blocks.insert(len(blocks) - 1, ("pdf-lines", lines))


def _lines(page: Any) -> list[list[str]]:
    """Return the printed lines of a page, each cut into cells where the gap between two words is wide."""
    rows: list[list[str]] = []
    top = right = None
    for word in sorted(page.extract_words(), key=lambda found: (round(found["bottom"] / _LINE_POINTS), found["x0"])):
        line = round(word["bottom"] / _LINE_POINTS)
        if line != top or right is None:
            rows.append([word["text"]])
        elif word["x0"] - right > _GAP * (word["bottom"] - word["top"]):
            rows[-1].append(word["text"])
        else:
            rows[-1][-1] += " " + word["text"]
        top, right = line, word["x1"]
    return rows


def _extend(blocks: list[tuple[str, list[list[str]]]], kind: str, rows: list[list[str]]) -> None:
    same = bool(blocks) and blocks[-1][0] == kind and (kind == "pdf-lines" or len(blocks[-1][1][0]) == len(rows[0]))
    if same:
        blocks[-1][1].extend(rows)
    else:
        blocks.append((kind, rows))
