"""Takes off what spreadsheets put around a text so that it stays text: `'02079460018`, `="02079460018"`."""

from __future__ import annotations

import re
from dataclasses import replace

import pyarrow as pa

from roi_tool.importing.cells.distinct import map_texts
from roi_tool.importing.records.raw_table import RawTable

_MARKED = re.compile(r"^(?:'(?=[\d+(*#£€$=-])|=\"(.*)\"$)")
_SAMPLE = 500


def without_text_marks(table: RawTable) -> RawTable:
    """Return the table without marks, in the columns whose first cells hold some.

    >>> from roi_tool.importing.records.raw_table import table_of_rows
    >>> without_text_marks(table_of_rows("a.csv", [["'020", '="07"', "'t Hart"]])).record(0)
    ['020', '07', "'t Hart"]
    """
    marked = [any(_MARKED.match(cell.strip()) for cell in column.slice(0, _SAMPLE).to_pylist()) for column in table.columns]
    if not any(marked):
        return table
    columns: list[pa.Array] = [
        map_texts(column, _bare) if found else column for column, found in zip(table.columns, marked, strict=True)
    ]
    return replace(table, columns=tuple(columns))


def _bare(text: str) -> str:
    return _MARKED.sub(lambda match: match.group(1) or "", text)
