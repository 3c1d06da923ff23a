"""Takes off what spreadsheets put around a text so that it stays text: `'02079460018`, `="02079460018"`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from roi_tool.importing.cells.distinct import map_texts
from roi_tool.importing.records.raw_table import RawTable

_MARKED = re.compile(r"^(?:'(?=[\d+(*#£€$=-])|=\"(.*)\"$)")
SAMPLE = 500


def marked_columns(table: RawTable) -> list[bool]:
    """Say of each column whether its first cells hold marks."""
    return [any(_MARKED.match(cell.strip()) for cell in column.slice(0, SAMPLE).to_pylist()) for column in table.columns]


def without_text_marks(table: RawTable, marked: Sequence[bool]) -> RawTable:
    """Return the table without marks in these columns.

    >>> from roi_tool.importing.records.raw_table import table_of_rows
    >>> table = table_of_rows("a.csv", [["'020", '="07"', "'t Hart"]])
    >>> without_text_marks(table, marked_columns(table)).record(0)
    ['020', '07', "'t Hart"]
    """
    if not any(marked):
        return table
    columns = [map_texts(column, _bare) if found else column for column, found in zip(table.columns, marked, strict=False)]
    return replace(table, columns=(*columns, *table.columns[len(columns) :]))


def _bare(text: str) -> str:
    return _MARKED.sub(lambda match: match.group(1) or "", text)
