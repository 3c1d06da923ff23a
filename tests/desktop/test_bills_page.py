"""The page of bills: answers remembered and forgotten, bills that repeat others, months, differences, masking."""

from __future__ import annotations

import openpyxl
import pytest

from roi_tool.importing.remembered_answers import recall_all


def write(file, *, month=7, last=28, total="", numbers="02079460{:03}"):
    rows = [
        f"2026-{month:02}-{day:02} 09:{day:02}:{day:02},{numbers.format(day)},00:0{day % 5}:{day:02},0.{day:02}"
        for day in range(1, last + 1)
    ]
    lines = ["Start,Called number,Duration,Cost", *rows, *([f"Total,,,{total}"] if total else [])]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def resaved(file, name):
    """The same bill saved by a spreadsheet under another name: amounts are numbers, leading zeros are gone."""
    book = openpyxl.Workbook()
    for place, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
        start, called, duration, cost = line.split(",")
        book.active.append(
            [start, called.lstrip("0"), duration, cost] if not place else [start, int(called), duration, float(cost)]
        )
    book.save(file.with_name(name))
    return file.with_name(name)


@pytest.fixture
def unclear(tmp_path):
    def make(name, year=2026):
        rows = [
            f"0{day}/0{month}/{year},10:0{day}:00,0207946012{day},00:01:0{month},0.10" for day in (1, 2, 3) for month in (4, 5)
        ]
        file = tmp_path / name
        file.write_text("\n".join(["Date,Time,Called number,Duration,Cost", *rows]) + "\n", encoding="utf-8")
        return file

    return make


@pytest.fixture
def read(window, desk, qtbot):
    page = window.page_widget("bills")

    def take(*files):
        with qtbot.waitSignal(desk.bills_refused, timeout=30_000):
            desk.errands.take_bills(files)
        window.show_page("bills")
        return page

    return take


def frames(layout):
    return [layout.itemAt(place).widget() for place in range(layout.count())]


def said(layout):
    from PySide6.QtWidgets import QLabel

    return [frame.findChildren(QLabel)[0].text() for frame in frames(layout)]


def press(page, frame, text):
    button = next(button for button in frame.findChildren(type(page.remove)) if button.text() == text)
    button.click()


def files_of(desk):
    return [reading.path.rsplit("/", 1)[-1] for bill in desk.quote.case.bills for reading in bill.files]


def test_an_answer_is_remembered_for_the_layout_said_and_forgotten(read, desk, qtbot, unclear):
    page = read(unclear("april.csv"))
    (frame,) = frames(page._asked)
    with qtbot.waitSignal(desk.bills_refused, timeout=30_000):
        press(page, frame, "month, day, year")
    assert page._asked.count() == 0
    assert [one.answers() for one in recall_all()] == [{"date_order": "mdy"}]
    assert desk.quote.case.bills[0].files[0].date_order == "mdy"

    page = read(unclear("next.csv", 2025))
    assert page._asked.count() == 0
    assert len(said(page._recalled)) == 2
    place = next(place for place, text in enumerate(said(page._recalled)) if text.startswith("next.csv"))
    assert "Read with dates: month, day, year, as you answered on" in said(page._recalled)[place]

    with qtbot.waitSignal(desk.bills_refused, timeout=30_000):
        press(page, frames(page._recalled)[place], "Ask again")
    assert recall_all() == ()
    assert len(said(page._asked)) == 1
    assert said(page._asked)[0].startswith("next.csv")


def test_the_same_month_under_other_names_is_counted_once(read, window, desk, tmp_path):
    first = write(tmp_path / "july.csv")
    copy = write(tmp_path / "july (1).csv")
    page = read(first, first, copy, resaved(first, "July again.xlsx"))
    assert files_of(desk) == ["july.csv"]
    assert len(desk.quote.case.calls) == 28
    assert len(said(page._repeated)) == 2
    assert all("28 calls of july.csv" in text for text in said(page._repeated))

    page = read(resaved(first, "later.xlsx"))
    assert files_of(desk) == ["july.csv"]
    assert "later.xlsx" in said(page._repeated)[0]
    page = read(write(tmp_path / "july.csv"))  # read again, it takes the old one's place
    assert files_of(desk) == ["july.csv"]
    assert page._repeated.count() == 0
    assert window.notice.text == "Read again, in the place of the old reading: july.csv"


def test_the_users_word_counts_a_bill_twice(read, desk, qtbot, tmp_path):
    first = write(tmp_path / "july.csv")
    page = read(first, write(tmp_path / "site two.csv", numbers="01134960{:03}"))
    (frame,) = frames(page._repeated)
    with qtbot.waitSignal(desk.bills_refused, timeout=30_000):
        press(page, frame, "Count it all the same")
    assert files_of(desk) == ["july.csv", "site two.csv"]
    assert len(desk.quote.case.calls) == 56
    assert page._repeated.count() == 0


def test_calls_that_stand_in_two_bills_are_counted_once_and_the_rows_still_add_up(read, desk, tmp_path):
    first, second = write(tmp_path / "half.csv", last=15), write(tmp_path / "whole.csv", last=28)
    page = read(first, second)
    assert len(desk.quote.case.calls) == 28
    assert "15 of its 28 calls stand in half.csv" in said(page._repeated)[0]
    reading = desk.quote.case.bills[1].files[0]
    assert (reading.rows_calls, dict(reading.skipped_by_reason)["duplicate"]) == (13, 15)
    assert reading.rows_total == reading.rows_calls + reading.rows_charges + reading.rows_skipped + reading.rows_rejected


def test_twelve_files_of_a_folder_make_one_baseline(read, desk, tmp_path):
    below = tmp_path / "bills" / "2026"
    below.mkdir(parents=True)
    for month in range(1, 13):
        write(below / f"month {month:02}.csv", month=month)
    (below / ".hidden.csv").write_text("x")
    (below / "Thumbs.db").write_bytes(b"\x00\x01")
    page = read(tmp_path / "bills")
    assert len(desk.quote.case.bills) == 12
    assert desk.refused == ()
    assert page.months.model_.rows[0].cells[-1].text == "12"
    assert {cell.text for cell in page.months.model_.rows[0].cells[1:-1]} == {"full"}


def test_months_in_part_and_missing_are_shown_and_said(read, tmp_path):
    page = read(write(tmp_path / "may.csv", month=5), write(tmp_path / "july.csv", month=7, last=12))
    (row,) = page.months.model_.rows
    assert [cell.text for cell in row.cells[1:]] == ["full", "missing", "12 of 31 days", "1.39"]
    assert "July 2026 is there in part: 12 of 31 days." in page.covered.text()
    assert "No bill for June 2026" in page.covered.text()


def test_what_could_not_be_read_stays_said_when_the_others_begin_a_quote(read, desk, tmp_path):
    (tmp_path / "empty.csv").write_bytes(b"")
    page = read(write(tmp_path / "july.csv"), tmp_path / "empty.csv")
    assert desk.quote is not None
    assert said(page._refused) == ["empty.csv: The file holds nothing; ask for it again."]
    assert page._empty.isHidden()


def test_a_month_that_only_one_carrier_bills_is_missing_of_the_other(read, tmp_path):
    page = read(write(tmp_path / "may.csv", month=5), write(tmp_path / "june.csv", month=6))
    text = (tmp_path / "june.csv").read_text(encoding="utf-8").replace("Start,Called number", "When,Number dialled")
    (tmp_path / "acme.csv").write_text(text.replace("00:0", "00:1"), encoding="utf-8")
    page = read(tmp_path / "acme.csv")
    rows = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in page.months.model_.rows}
    assert rows["acme.csv"] == ["missing", "full", "1"]
    assert "acme.csv: 1 Jun 2026 to 30 Jun 2026: 1 month. No bill for May 2026" in page.covered.text()


def test_a_difference_is_explained_line_by_line(read, tmp_path):
    file = write(tmp_path / "july.csv", total="4.11")
    text = file.read_text(encoding="utf-8").replace("00:03:03,0.03", "soon,0.03")
    file.write_text(text, encoding="utf-8")
    page = read(file)
    assert page._lines_card.isVisible()
    rows = [[cell.text for cell in row.cells] for row in page.lines.model_.rows]
    assert rows == [
        ["row 4 could not be read", "july.csv", "0.03", "0.00", "0.03"],
        ["not explained", "july.csv", "", "", "0.05"],
    ]
    assert "£0.05 of the difference of £0.08 is not explained" in page.explained.text()
    assert page.cards[3].shown.context == "£0.05 of it not explained"
    assert read(write(tmp_path / "july.csv", total="4.06"))._lines_card.isHidden()


def test_masking_is_chosen_where_files_are_dropped_and_kept(read, window, desk, tmp_path):
    page = window.page_widget("bills")
    page.masking.click()
    assert desk.settings.mask_numbers
    read(write(tmp_path / "july.csv"))
    called = desk.quote.case.calls.frame["called"]
    assert set(called.str[-3:]) == {"000"}
    page.masking.click()
    read(write(tmp_path / "july.csv"))
    assert len(set(desk.quote.case.calls.frame["called"])) == 28


def test_the_tabulator_goes_through_the_page_from_top_to_bottom(read, window, unclear):
    page = read(unclear("april.csv"))
    frame = frames(page._asked)[0]
    answers = frame.findChildren(type(page.remove))
    assert len(answers) == 2
    seen, widget = [], page.drop.button
    for _ in range(200):
        seen.append(widget)
        widget = widget.nextInFocusChain()
    wanted = [page.drop.button, page.masking, *answers, page.files]
    assert [seen.index(one) for one in wanted] == sorted(seen.index(one) for one in wanted)


def test_a_click_on_the_words_and_the_space_bar_tick_the_box(window, desk, qtbot):
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest

    window.show_page("bills")
    box = window.page_widget("bills").masking
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(60, box.height() // 2))
    assert desk.settings.mask_numbers
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert not desk.settings.mask_numbers


def test_a_summary_and_its_calls_that_are_dropped_together_make_one_bill(read, desk, tmp_path):
    calls = write(tmp_path / "calls.csv")
    summary = tmp_path / "summary.csv"
    lines = ["Description,Quantity,Amount", "Line rental,2,40.00", "Call charges,28,4.06", "VAT,,8.81", "Total due,,52.87"]
    summary.write_text("\n".join(lines) + "\n", encoding="utf-8")
    page = read(summary, calls)
    (bill,) = desk.quote.case.bills
    assert files_of(desk) == ["calls.csv", "summary.csv"]
    assert {charge.kind.value for charge in bill.charges} == {"recurring", "tax"}
    assert (bill.reconciliation.stated_nano, bill.reconciliation.difference_nano) == (52_870_000_000, 0)
    for reading in bill.files:
        assert reading.rows_total == reading.rows_calls + reading.rows_charges + reading.rows_skipped + reading.rows_rejected
    assert page.cards[3].shown.figure == "£0.00"
