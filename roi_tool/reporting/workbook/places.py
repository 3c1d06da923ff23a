"""Where the sheets' formulas find each other's cells."""

from __future__ import annotations

from dataclasses import dataclass

from roi_tool.reporting.workbook.input_cells import InputCells


@dataclass(frozen=True, slots=True)
class Places:
    """Names of sheets, and rows and columns counted from 0. Filled in as the sheets are written."""

    months: str
    lines: str
    inputs: InputCells
    first_line: int = 0
    last_line: int = 0
    """Of the sheet of cost lines; its columns stand in `line_places`."""
    user_months: str = ""
    """Formula of the months of all users; "" where the seats of the months are not in the workbook."""
    total_row: int = 0
    """Of the sheet of months."""
    present_row: int = 0
    start_row: int = 0
    """Of the sheet of months: the start; month m stands m rows below."""
    first_option: int = 0
    """Of the sheet of months: the first option's column."""
