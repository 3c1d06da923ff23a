"""Workbooks (XLSX, XLS, XLSB, ODS) to records, sheet by sheet."""

from __future__ import annotations

import gc
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute

from roi_tool.importing.records.limits import MAX_COLUMNS, MAX_WORKBOOK_CELLS
from roi_tool.importing.records.native_reading import native_reader
from roi_tool.importing.records.raw_table import RawTable, joined_tables, table_of_rows, without_blank_rows
from roi_tool.importing.records.workbook_extent import check_extent
from roi_tool.problems import Problem, ProblemError, Where

_MICROSECOND = timedelta(microseconds=1)
_CELLS_AT_ONCE = 500_000
"""So many of a sheet's cells are objects at a time."""
_FORMULA_ROWS, _FORMULA_COLUMNS = 200, 64


def read_workbook(data: bytes, file: str) -> list[RawTable]:
    """Read every sheet that holds anything.

    Raises:
        ProblemError: no workbook, protected by a password, cut off, or too large.
    """
    import python_calamine

    check_extent(data, file)
    with native_reader(file):
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    tables, cells = [], 0
    for name in workbook.sheet_names:
        try:
            with native_reader(file, name):
                sheet = workbook.get_sheet_by_name(name)
        except ProblemError as error:
            if isinstance(error.__cause__, python_calamine.WorksheetNotFound):
                continue  # a chart sheet has no cells
            raise
        cells += int(sheet.total_height) * int(sheet.total_width)
        if cells > MAX_WORKBOOK_CELLS:
            raise ProblemError(Problem("workbook_too_large", where=Where(file)))
        table = _table_of_sheet(sheet, file, name)
        if len(table):
            tables.append(table)
    return tables


def _table_of_sheet(sheet: Any, file: str, name: str) -> RawTable:
    pieces, first, width = [], 1, int(sheet.total_width) + 1
    left = sheet.start[1] if sheet.start else 0  # rows come whole, their cells from the first column with any
    with _collector_at_rest():
        rows = iter(sheet.iter_rows())
        while True:
            with native_reader(file, name):  # a number that no calendar holds, formatted as a date or a time, is damage too
                some = list(islice(rows, max(1, _CELLS_AT_ONCE // width)))
            if not some:
                break
            pieces.append(_piece(some, first, left, file, name))
            first += len(some)
    return joined_tables(pieces) if pieces else table_of_rows(file, [])


def _piece(rows: list[list[Any]], first: int, left: int, file: str, name: str) -> RawTable:
    """Return some consecutive rows as a table of their own, its empty columns at the right and its blank rows left out."""
    blank = [""] * len(rows[0])
    filled = [place for place, row in enumerate(rows) if row != blank]
    numbers = np.array(filled, np.int64) + first
    if len(filled) < len(rows):
        rows = [rows[place] for place in filled]
    columns = [_text_column(cells) for cells in zip(*rows, strict=True)]
    while columns and _is_empty(columns[-1]):
        columns.pop()
    columns = [*[pa.array([""] * len(numbers), pa.string())] * left, *columns] if columns else []
    if len(columns) > MAX_COLUMNS:
        count = {"count": str(len(columns)), "limit": str(MAX_COLUMNS)}
        raise ProblemError(Problem("too_many_columns", where=Where(file, sheet=name), detail=count))
    widths = np.zeros(len(numbers), np.int64)
    for place, column in enumerate(columns, start=1):
        widths[pa.compute.not_equal(column, "").to_numpy(zero_copy_only=False)] = place
    return without_blank_rows(RawTable(file, tuple(columns), numbers, widths, sheet=name, encoding="workbook"))


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Keep the cycle collector from walking millions of new cells, none of which can be part of a cycle."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _is_empty(column: pa.Array) -> bool:
    return column.nbytes == 0 or not any(pa.compute.binary_length(column).to_pylist())


def _text_column(cells: tuple[Any, ...]) -> pa.Array:
    """Turn a column of cells into text: whole numbers without a point, dates and times as ISO 8601."""
    kinds = set(map(type, cells))
    if kinds <= {str}:
        return pa.array(cells, pa.string())
    if kinds == {float}:
        numbers = np.array(cells, np.float64)
        if np.all(numbers == np.floor(numbers)) and np.all(np.abs(numbers) < 1e15):
            return pa.array(numbers.astype(np.int64)).cast(pa.string())
    known: dict[Any, str] = {}
    texts = []
    for cell in cells:
        key = (cell.__class__, cell)
        text = known.get(key)
        if text is None:
            text = known[key] = _text_of_cell(cell)
        texts.append(text)
    return pa.array(texts, pa.string())


def _text_of_cell(cell: Any) -> str:  # noqa: PLR0911 - one type after the other
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float | int):
        return str(int(cell)) if float(cell).is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return _text_of_duration(cell)
    return "" if cell is None else str(cell)


def _text_of_duration(length: timedelta) -> str:
    micros = length // _MICROSECOND
    sign = "-" if micros < 0 else ""
    seconds, rest = divmod(abs(micros), 1_000_000)
    fraction = f".{rest:06d}".rstrip("0") if rest else ""
    return f"{sign}{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{fraction}"


def has_uncomputed_formulas(data: bytes) -> bool:
    """Say whether an XLSX holds formulas whose values were never stored (written by a program, never opened in Excel).

    calamine gives values only, so openpyxl looks at the first rows of each sheet, once with formulas and once with values.
    """
    import openpyxl

    try:
        formulas, values = (openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=only) for only in (False, True))
        for name in formulas.sheetnames:
            pairs = zip(_first_cells(formulas[name]), _first_cells(values[name]), strict=False)
            if any(isinstance(formula, str) and formula.startswith("=") and value is None for formula, value in pairs):
                return True
    except Exception:  # noqa: BLE001 - no XLSX, or one that openpyxl cannot read: then nothing is known about formulas
        return False
    return False


def _first_cells(sheet: Any) -> Iterator[Any]:
    for row in sheet.iter_rows(max_row=_FORMULA_ROWS, max_col=_FORMULA_COLUMNS, values_only=True):
        yield from row
