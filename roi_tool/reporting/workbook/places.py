"""Where the sheets' formulas find each other's cells."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Places:
    """Names of sheets, and rows and columns counted from 0. Filled in as the sheets are written."""

    months: str
    lines: str
    assumptions: str
    rate: str = ""
    """The cell of the discount rate."""
    first_line: int = 0
    last_line: int = 0
    option_column: int = 0
    """Of the sheet of cost lines."""
    start_column: int = 0
    """Of the sheet of cost lines: what is paid at the start; month m stands m columns to the right."""
    total_row: int = 0
    """Of the sheet of months."""
    present_row: int = 0
    start_row: int = 0
    """Of the sheet of months: the start; month m stands m rows below."""
    first_option: int = 0
    """Of the sheet of months: the first option's column."""
