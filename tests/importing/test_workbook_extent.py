"""A stray cell in the last corner of a sheet is told in a sentence: laid out, it would ask for more memory than there is."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from roi_tool.importing import read_bill
from roi_tool.problems import ProblemError

HEADER = ["Date", "Time", "From", "Number dialled", "Duration", "Charge (£)"]
CALL = ["01/05/2026", "09:15:00", "020 7946 0018", "0113 496 0300", "00:02:05", "0.125"]


def _workbook(path: Path, cells: dict[tuple[int, int], object]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, CALL)
        for (row, column), value in cells.items():
            sheet.write(row, column, value)
    return path


@pytest.mark.parametrize("corner", [(1_048_575, 16_383), (1_048_575, 700), (900_000, 80)])
def test_cells_too_far_apart_are_refused(corner: tuple[int, int], tmp_path: Path) -> None:
    with pytest.raises(ProblemError) as caught:
        read_bill([_workbook(tmp_path / "far.xlsx", {corner: "x"})])
    (problem,) = caught.value.problems
    assert problem.code == "sheet_too_large"
    assert dict(problem.detail) == {"rows": str(corner[0] + 1), "columns": str(corner[1] + 1)}


def test_a_sheet_with_a_column_beyond_z_is_read(tmp_path: Path) -> None:
    bill = read_bill([_workbook(tmp_path / "wide.xlsx", {(1, 40): "x"})])
    assert len(bill.calls) == 1


def test_a_cell_that_lies_about_its_row_is_refused(tmp_path: Path) -> None:
    """No program writes this; a file made to do harm does."""
    source, target = _workbook(tmp_path / "plain.xlsx", {}), tmp_path / "lies.xlsx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'r="F2"', b'r="F99999999"'))
    with pytest.raises(ProblemError) as caught:
        read_bill([target])
    assert caught.value.problems[0].code == "sheet_too_large"


def test_a_number_beyond_every_calendar_is_no_traceback(tmp_path: Path) -> None:
    path = tmp_path / "calendar.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, CALL)
        sheet.write_number(2, 4, 1e12, book.add_format({"num_format": "[h]:mm:ss"}))
    with pytest.raises(ProblemError) as caught:
        read_bill([path])
    assert caught.value.problems[0].code == "workbook_damaged"
