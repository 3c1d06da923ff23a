"""A file's columns changed by hand: the effect, the layout it makes, and that the layout reads the file the same."""

import json
from pathlib import Path

import pytest

from roi_tool.cli.main import main
from roi_tool.importing import read_bill
from roi_tool.importing.cells.durations import DurationFormat
from roi_tool.importing.column_mapping import (
    ChosenFormats,
    draft_layout,
    is_found_again,
    measure,
    open_draft,
    with_delimiter,
    with_formats,
    with_header,
    with_role,
    with_table,
)
from roi_tool.importing.layout import Role
from roi_tool.importing.layout_library import read_layout, user_layout_folder, user_layouts
from roi_tool.importing.layout_writing import free_name, save_layout
from roi_tool.problems import ProblemError

GOLDEN = sorted((Path(__file__).parent / "layouts").glob("*.[ct][sx][vt]"))
LINES = [
    "Acme Telecom;;;;;;",
    "Day;Clock;Dialled;Len;Net;Gross;Remark",
    "02.07.2026;09:15:00;020 7946 0123;65;0,10;0,12;x",
    "03.07.2026;10:00:00;020 7946 0124;130;0,20;0,24;y",
    "04.07.2026;bad;020 7946 0125;10;0,05;0,06;z",
]


@pytest.fixture
def odd(tmp_path):
    file = tmp_path / "odd bill.csv"
    file.write_text("\n".join(LINES) + "\n", encoding="utf-8")
    return file


def figures(bill):
    reading, frame = bill.files[0], bill.calls.frame
    return (
        (reading.rows_total, reading.rows_calls, reading.rows_charges, reading.rows_skipped, reading.rows_rejected),
        int(frame["duration_ms"].sum()),
        list(frame["called"]),
        bill.reconciliation,
        bill.calls.tax_included,
    )


@pytest.mark.parametrize("file", GOLDEN, ids=lambda file: file.name)
def test_an_untouched_draft_and_its_layout_read_every_known_bill_the_same(file):
    expected = read_bill(file)
    draft = open_draft(file)
    assert figures(measure(draft).bill) == figures(expected)
    layout = draft_layout(draft, free_name(file.stem))
    saved = save_layout(layout)
    assert read_layout(saved) == layout
    assert is_found_again(draft, layout)
    again = read_bill(file)
    assert again.files[0].layout == layout.name
    assert figures(again) == figures(expected)


def test_a_changed_meaning_changes_the_totals_and_is_kept_by_the_saved_layout(odd, capsys):
    draft = with_header(open_draft(odd), 1)
    for column, role in enumerate((Role.DATE, Role.TIME, Role.CALLED, Role.DURATION, Role.CHARGE)):
        draft = with_role(draft, column, role)
    before = measure(draft).bill
    assert (before.files[0].rows_calls, before.files[0].rows_rejected) == (2, 1)
    assert before.reconciliation.read_nano == 300_000_000
    gross = measure(with_role(with_role(draft, 4, None), 5, Role.CHARGE_WITH_TAX)).bill
    assert gross.reconciliation.read_nano == 360_000_000
    both = with_role(draft, 5, Role.CHARGE, added=True)
    assert measure(both).bill.reconciliation.read_nano == 660_000_000
    assert with_role(both, 6, Role.CHARGE).columns.places[Role.CHARGE] == (6,)
    minutes = with_formats(draft, ChosenFormats(duration=DurationFormat.MINUTES))
    assert int(measure(minutes).bill.calls.frame["duration_ms"].sum()) == 60 * int(before.calls.frame["duration_ms"].sum())
    pence = with_formats(draft, ChosenFormats(amount_unit="hundredth"))
    assert measure(pence).bill.reconciliation.read_nano == 3_000_000

    file = save_layout(draft_layout(minutes, "acme", "Acme"))
    assert file.parent == user_layout_folder()
    assert figures(read_bill(odd)) == figures(measure(minutes).bill)
    main(["bill", "read", str(odd), "--layout", str(file), "--json"])
    told = json.loads(capsys.readouterr().out)
    assert told["files"][0]["layout"] == "acme"
    assert (told["calls"]["count"], told["calls"]["duration_s"]) == (2, 195 * 60)


def test_a_table_without_titles_is_found_again_by_the_shapes_of_its_cells(tmp_path):
    rows = [f"2026-07-0{day} 10:0{day}:00,02079460{day:03},A{day},6{day},0.1{day}" for day in range(1, 8)]
    file, other = tmp_path / "bare.csv", tmp_path / "other.csv"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    other.write_text("\n".join(f"{row},more" for row in rows) + "\n", encoding="utf-8")
    draft = with_role(with_header(open_draft(file), None), 4, Role.CHARGE_WITH_TAX)
    layout = draft_layout(draft, "bare")
    save_layout(layout)
    assert is_found_again(draft, layout)
    assert read_bill(file).files[0].layout == "bare"
    assert read_bill(file).calls.tax_included is True
    assert read_bill(other).files[0].layout != "bare"


def test_another_delimiter_and_another_sheet(odd, tmp_path):
    assert open_draft(odd).table.width == 7
    assert with_delimiter(open_draft(odd), ",").table.width < 7
    import openpyxl

    book = openpyxl.Workbook()
    for name, count in (("Notes", 2), ("Calls", 5)):
        sheet = book.create_sheet(name)
        for line in LINES[:count]:
            sheet.append(line.split(";"))
    book.remove(book["Sheet"])
    book.save(tmp_path / "two.xlsx")
    draft = open_draft(tmp_path / "two.xlsx")
    assert draft.table.sheet == "Calls"
    assert with_table(draft, 0).table.sheet == "Notes"


def test_a_broken_layout_of_the_user_stops_no_bill(odd):
    folder = user_layout_folder()
    folder.mkdir(parents=True)
    (folder / "broken.toml").write_text("name = ", encoding="utf-8")
    assert user_layouts() == ()
    assert read_bill(GOLDEN[0]).files[0].rows_calls


def test_a_shipped_name_is_not_taken_and_a_file_in_the_way_is_said(odd, tmp_path):
    draft = open_draft(GOLDEN[0])
    with pytest.raises(ProblemError) as taken:
        save_layout(draft_layout(draft, "bt_2001"))
    assert taken.value.problems[0].code == "layout_name_taken"
    (tmp_path / "folder").write_text("", encoding="utf-8")
    with pytest.raises(ProblemError) as refused:
        save_layout(draft_layout(draft, "mine"), tmp_path / "folder")
    assert refused.value.problems[0].code == "layout_not_written"
