"""The frame: pages, shortcuts, language and theme, notices, faults, first steps."""

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QComboBox, QLabel, QLineEdit, QTableView
from quoting.small_case import small_case

from roi_tool.desktop.fault_guard import FaultGuard
from roi_tool.desktop.rail import PAGES
from roi_tool.quoting.case import Customer
from roi_tool.workspace.settings import read_settings


def test_an_empty_window_shows_home_and_leads_there(window):
    for name in ("what_if", "traffic", "reports"):
        window.show_page(name)
        assert window.page == "home"
        assert not window.rail.entries[name].isEnabled()
    home = window.page_widget("home")
    assert {"sample", "customer", "bills"} == set(home.buttons)


def test_every_page_opens_with_a_quote_and_by_its_shortcut(open_window):
    for number, name in enumerate(PAGES, start=1):
        QTest.keyClick(open_window, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
        assert open_window.page == name
        assert open_window.rail.entries[name].isChecked()


def test_undo_and_redo_by_keyboard(open_window, desk):
    desk.move("seats", Decimal(30))
    QTest.keyClick(open_window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.quote.scenario["seats"] == 20
    QTest.keyClick(open_window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert desk.quote.scenario["seats"] == 30


def test_undo_brings_back_the_former_customer(open_window, desk):
    case = small_case()
    desk.quote.replace_case(type(case)(**{**vars_of(case), "customer": Customer("Another & Co", "GB", 20)}))
    assert open_window.bar.customer.text() == "Another & Co"
    desk.undo()
    assert open_window.bar.customer.text() == "Small & Sons"


def vars_of(case):
    return {name: getattr(case, name) for name in type(case).__dataclass_fields__}


def test_language_and_theme_change_the_whole_window_and_are_kept(open_window, desk, tmp_path, qtbot):
    desk.move("seats", Decimal(30))
    open_window.rail.language.click()
    assert open_window.page == "what_if"
    assert desk.words.language == "zh_CN"
    qtbot.waitUntil(open_window.page_widget("what_if").isVisible)
    assert open_window.page_widget("what_if").rows["seats"].exact.text() == "30"
    open_window.rail.theme.click()
    assert open_window.page_widget("what_if").look.tokens.name == "dark"
    kept, problems = read_settings(tmp_path / "settings.toml")
    assert not problems
    assert (kept.language, kept.theme) == ("zh_CN", "dark")
    open_window.rail.language.click()
    assert desk.words.language == "en"


def test_everything_that_takes_the_keyboard_says_its_name(open_window):
    kinds = (QAbstractButton, QAbstractSlider, QLineEdit, QComboBox, QTableView)
    for name in PAGES:
        page = open_window.page_widget(name)
        for kind in kinds:
            for widget in page.findChildren(kind):
                if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or not widget.isVisible():
                    continue
                said = widget.accessibleName() or getattr(widget, "text", str)()
                assert said, (name, widget)


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720)])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_words_are_cut_off(open_window, desk, qtbot, size, language):
    """Labels that neither wrap nor end in an ellipsis have the room their words need."""
    desk.change_settings(language=language)
    open_window.resize(*size)
    for name in PAGES:
        page = open_window.page_widget(name)
        qtbot.wait(1)
        for label in (*page.findChildren(QLabel), *open_window.bar.findChildren(QLabel)):
            if not label.isVisible() or not label.text():
                continue
            if type(label) is QLabel and not label.wordWrap():
                needed = label.fontMetrics().horizontalAdvance(label.text())
                assert label.width() >= needed - 1, (name, label.text(), label.width(), needed)
            elif label.wordWrap():
                assert label.height() >= label.heightForWidth(label.width()) - 1, (name, label.text())


def test_a_notice_is_shown_and_its_button_acts_once(window, desk):
    done = []
    desk.say("Something", "info", "Do it", lambda: done.append(1))
    assert window.notice.isVisible()
    assert window.notice.text == "Something"
    window.notice._action.click()
    assert done == [1]
    assert not window.notice.isVisible()


def test_a_fault_is_written_down_and_shown_as_one_sentence(window, desk, qtbot, monkeypatch):
    guard = FaultGuard()
    guard.show_with(desk.fault_met)
    try:
        raise RuntimeError("a fault of ours")
    except RuntimeError as error:
        guard.caught(type(error), error, error.__traceback__)
    qtbot.waitUntil(window.notice.isVisible)
    assert "our fault" in window.notice.text
    assert "Traceback" not in window.notice.text
    file = window.notice.text.split("are in ")[1].rstrip(".")
    assert "a fault of ours" in Path(file).read_text(encoding="utf-8")


def test_a_task_that_fails_with_a_problem_says_it(window, desk, qtbot, tmp_path):
    desk.errands.open_file(tmp_path / "nowhere.yaml")
    qtbot.waitUntil(window.notice.isVisible)
    assert "nowhere.yaml: There is no such file" in window.notice.text
    assert desk.quote is None
    assert not window.status.progress.isVisible()


def test_a_first_answer_needs_a_name_and_seats_only(window, desk, qtbot):
    page = window.page_widget("customer")
    page.seats.setText("many")
    page.submit.click()
    assert page._errors["name"].text()
    assert page._errors["seats"].text()
    page.name.setText("Brook & Fell Surveyors")
    page.seats.setText("60")
    with qtbot.waitSignal(desk.quote_opened, timeout=20_000):
        page.submit.click()
    assert desk.quote.case.customer.seats == 60
    assert desk.quote.scenario["seats"] == 60
    assert window.page == "what_if"
    assert "no bills yet" in window.bar.chips[0].text()


def test_the_first_paint_needs_no_heavy_import():
    code = (
        "from roi_tool.desktop.application import make_application\n"
        "from roi_tool.desktop.desk import Desk\n"
        "from roi_tool.desktop.main_window import MainWindow\n"
        "app = make_application(); window = MainWindow(Desk()); window.show(); window.grab()\n"
        "import sys; print([n for n in ('pandas', 'matplotlib', 'reportlab', 'openpyxl') if n in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
