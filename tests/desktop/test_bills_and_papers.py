"""Bills by drop, what is said of them, cancel; papers to a folder."""

import threading

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from roi_tool.desktop.errands import CASE


def drop(widget, paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    keys, buttons = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(widget, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(widget, QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))


@pytest.mark.parametrize("target", ["zone", "window"])
def test_a_dropped_bill_is_read_and_shown(window, desk, qtbot, sample_bills, target):
    page = window.page_widget("bills")
    with qtbot.waitSignal(desk.quote_opened, timeout=30_000):
        drop(page.drop if target == "zone" else window, [sample_bills / "bt_2003_style.csv"])
    bill = desk.quote.case.bills[0]
    row = page.files.model_.rows[0]
    assert row.cells[0].text == "bt_2003_style.csv"
    reading = bill.files[0]
    counts = [int(cell.text.replace(",", "")) for cell in row.cells[2:7]]
    assert counts == [
        reading.rows_total,
        reading.rows_calls,
        reading.rows_charges,
        reading.rows_skipped,
        reading.rows_rejected,
    ]
    assert counts[0] == sum(counts[1:])
    assert not window.status.progress.isVisible()


def test_files_that_cannot_be_read_are_said_one_by_one(open_window, desk, qtbot, tmp_path):
    empty, picture = tmp_path / "empty.csv", tmp_path / "picture.csv"
    empty.write_bytes(b"")
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    page = open_window.page_widget("bills")
    case = desk.quote.case
    with qtbot.waitSignal(desk.bills_refused, timeout=30_000):
        drop(page.drop, [empty, picture])
    assert desk.quote.case is case
    said = [page._refused.itemAt(place).widget() for place in range(page._refused.count())]
    qtbot.waitUntil(lambda: len([frame for frame in said if frame.isVisible()]) == 2)
    assert not open_window.notice.isVisible()  # the page lists them


def test_elsewhere_a_refused_file_is_said_across_the_window(open_window, desk, qtbot, tmp_path):
    (tmp_path / "empty.csv").write_bytes(b"")
    open_window.show_page("options")
    desk.errands.take_bills((tmp_path / "empty.csv",))
    qtbot.waitUntil(open_window.notice.isVisible)
    assert "empty.csv" in open_window.notice.text


def test_a_chosen_file_is_taken_out_and_undo_brings_it_back(open_window, desk, qtbot):
    page = open_window.page_widget("bills")
    page.files.setFocus()
    page.files.setCurrentIndex(page.files.model_.index(0, 0))
    QTest.keyClick(page.files, Qt.Key.Key_Return)
    assert "july.csv" in page.remove.text()
    with qtbot.waitSignal(desk.quote_opened, timeout=20_000):
        page.remove.click()
    assert desk.quote.case.bills == ()
    assert not page.files.isVisible()
    desk.undo()
    assert page.files.model_.rows[0].cells[0].text == "july.csv"


def test_text_is_no_file(window):
    data = QMimeData()
    data.setText("hello")
    keys, buttons = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, buttons, keys)
    enter.ignore()
    QApplication.sendEvent(window.page_widget("bills").drop, enter)
    assert not enter.isAccepted()


def test_reading_can_be_cancelled(open_window, desk, qtbot, monkeypatch, sample_bills):
    started, gate = threading.Event(), threading.Event()

    def slow(*args, **kwargs):
        started.set()
        gate.wait(10)
        kwargs["progress"](str(sample_bills), 0.5)
        raise AssertionError("a cancelled reading went on")

    monkeypatch.setattr("roi_tool.workspace.case_errands.read_bill", slow)
    case = desk.quote.case
    desk.errands.take_bills((sample_bills / "bt_2003_style.csv",))
    qtbot.waitUntil(started.is_set)
    qtbot.waitUntil(open_window.status.cancel.isVisible)
    open_window.status.cancel.click()
    gate.set()
    qtbot.wait(50)
    assert CASE not in desk.tasks.running
    assert desk.quote.case is case
    assert not open_window.status.cancel.isVisible()
    assert not open_window.notice.isVisible()


def test_a_question_is_asked_and_answered(window, desk, qtbot, tmp_path):
    lines = ["Date,Time,Called number,Duration,Cost"]
    lines += [f"0{day}/0{month}/2026,10:0{day}:00,0207946012{day},00:01:0{month},0.10" for day in (1, 2, 3) for month in (4, 5)]
    file = tmp_path / "unclear.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    page = window.page_widget("bills")
    with qtbot.waitSignal(desk.quote_opened, timeout=30_000):
        desk.errands.take_bills((file,))
    window.show_page("bills")
    questions = [question for reading in desk.quote.case.bills[0].files for question in reading.questions]
    assert [question.code for question in questions] == ["ambiguous_date"]
    months = set(desk.quote.case.calls.frame["start"].dt.month)
    with qtbot.waitSignal(desk.quote_opened, timeout=30_000):
        desk.errands.answer(str(file), "date_order", "mdy" if months == {4, 5} else "dmy")
    assert len(desk.quote.case.bills) == 1
    assert set(desk.quote.case.calls.frame["start"].dt.month) != months
    assert not any(reading.questions for reading in desk.quote.case.bills[0].files)
    assert page.files.model_.rows


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["pdf", "xlsx"])
def test_a_paper_goes_where_it_is_asked_for_and_the_page_says_where(open_window, desk, qtbot, tmp_path, kind):
    page = open_window.page_widget("reports")
    path = tmp_path / f"answer.{kind}"
    with qtbot.waitSignal(desk.paper_written, timeout=30_000):
        desk.errands.write_paper(path)
    assert path.stat().st_size > 5_000
    assert page._written_card.isVisible()
    assert str(path) in open_window.notice.text


@pytest.mark.slow
def test_the_traffic_report_is_one_of_the_papers(open_window, desk, qtbot, tmp_path):
    path = tmp_path / "traffic.pdf"
    assert "traffic" in open_window.page_widget("reports").buttons
    with qtbot.waitSignal(desk.paper_written, timeout=30_000):
        desk.errands.write_paper(path, "traffic")
    assert path.stat().st_size > 5_000


def test_a_paper_that_cannot_be_written_is_said(open_window, desk, qtbot, tmp_path):
    with qtbot.waitSignal(desk.notice_raised, timeout=30_000) as said:
        desk.errands.write_paper(tmp_path / "no" / "such" / "folder" / "answer.xlsx")
    assert "could not be written" in said.args[0]
    assert said.args[1] == "bad"
