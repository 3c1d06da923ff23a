"""Printed columns that were opened in a spreadsheet: each line stands in one cell, and is a line again."""

from __future__ import annotations

from dataclasses import replace

from roi_tool.importing.records.raw_table import RawTable

_MOST_LINES = 200_000


def with_lines(table: RawTable) -> RawTable:
    """Return a workbook's table of one column with its cells as lines, so that layouts of printed columns know it."""
    if table.lines or table.encoding != "workbook" or table.width != 1 or len(table) > _MOST_LINES:
        return table
    return replace(table, lines=tuple(str(cell) for cell in table.columns[0].to_pylist()))
