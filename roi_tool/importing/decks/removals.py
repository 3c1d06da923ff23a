"""Sheets that list codes without prices: removals. An added code stands in the price table too, so it is only counted."""

from __future__ import annotations

from roi_tool.importing.decks.change_words import change_of_text
from roi_tool.importing.decks.choices import DeckChoices
from roi_tool.importing.decks.columns import decide_columns
from roi_tool.importing.decks.deck import Change, DeckCode
from roi_tool.importing.decks.finding import Layout
from roi_tool.importing.decks.headings import Role
from roi_tool.importing.decks.rows import RowsRead
from roi_tool.importing.decks.terms_cells import DateReader
from roi_tool.problems import Problem, Severity, Where


def read_removals(layout: Layout, choices: DeckChoices, timezone: str) -> RowsRead:
    """Read the removed codes of such a sheet: closed at their date, so the day before is their last."""
    columns = decide_columns(layout, choices)
    dates = DateReader(columns, timezone)
    read = RowsRead(problems=list(columns.problems))
    table = layout.table
    count = len(table) - layout.header - 1
    blank = [""] * count
    code_cells = columns.cells.get(Role.CODE) or blank
    date_cells = columns.cells.get(Role.FROM) or blank
    names = columns.names[0] if columns.names else blank
    for place, row in enumerate(table.row_numbers[layout.header + 1 :].tolist()):
        changes = {change_of_text(column[place]) for column in columns.changes}
        if not any(letter.isdigit() for letter in code_cells[place]):
            read.skipped[row] = "note"
        elif Change.CLOSED not in changes:
            read.skipped[row] = "code_added" if Change.NEW in changes else "not_a_removal"
        else:
            codes = columns.codes.read(code_cells[place])
            when, readable = dates.read(date_cells[place])
            where = Where(table.file, row, sheet=table.sheet)
            faults = [Problem(fault, Severity.ERROR, where, {"cell": text}) for text, fault in codes.bad]
            if not readable:
                faults.append(Problem("deck_date_unreadable", Severity.ERROR, where, {"cell": date_cells[place]}))
            read.problems += faults
            read.rejected_codes[row] += len(codes.bad) + (0 if readable else len(codes.good))
            if readable and codes.good:
                read.codes_of_row[row] = codes.good
                read.codes += [DeckCode(code, names[place], None, None, when, Change.CLOSED, "", row) for code in codes.good]
    return read
