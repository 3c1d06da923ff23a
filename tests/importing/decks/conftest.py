"""Decks written by the tests, read back by the reader."""

from pathlib import Path

import pytest

from roi_tool.importing.decks import DeckChoices, read_deck


@pytest.fixture
def read_text(tmp_path):
    """Write a text deck and read it."""

    def read(text: str, *, encoding: str = "utf-8", name: str = "deck.csv", **choices: str):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return read_deck(path, DeckChoices(**choices))

    return read


@pytest.fixture
def read_sheets(tmp_path):
    """Write a workbook of sheets (name → rows) and read it. A cell that starts with = is a formula without a stored value."""

    def read(sheets: dict[str, list[list[object]]], **choices: str):
        from openpyxl import Workbook

        workbook = Workbook()
        workbook.remove(workbook.active)
        for name, rows in sheets.items():
            sheet = workbook.create_sheet(name)
            for row in rows:
                sheet.append(row)
        path = Path(tmp_path / "deck.xlsx")
        workbook.save(path)
        return read_deck(path, DeckChoices(**choices))

    return read
