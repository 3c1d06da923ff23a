"""The window by keyboard alone: Tab goes everywhere and in the order one reads."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from roi_tool.desktop.rail import RailEntry


def walk(window, steps):
    seen = []
    for _ in range(steps):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    return seen


def test_tab_reaches_rail_sliders_exact_fields_table_and_buttons(open_window):
    page = open_window.page_widget("what_if")
    open_window.activateWindow()
    open_window.rail.entries["home"].setFocus()
    seen = walk(open_window, 90)
    assert any(isinstance(widget, RailEntry) for widget in seen)
    for row in page.rows.values():
        assert row.slider in seen
        assert row.exact in seen
    for widget in (page.table, page.more, open_window.bar.export, open_window.rail.language):
        assert widget in seen


def test_a_row_is_reached_value_first_then_slider_and_rows_from_above(open_window):
    page = open_window.page_widget("what_if")
    open_window.activateWindow()
    rows = list(page.rows.values())
    rows[0].exact.setFocus()
    seen = walk(open_window, 6)
    assert [widget for widget in seen if widget in (rows[0].slider, rows[1].exact, rows[1].slider)] == [
        rows[0].slider,
        rows[1].exact,
        rows[1].slider,
    ]


def test_the_rail_is_opened_with_enter_and_shows_where_the_keyboard_is(open_window):
    entry = open_window.rail.entries["today"]
    entry.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(entry, Qt.Key.Key_Return)
    assert open_window.page == "today"
    with_ring = entry.grab().toImage()
    entry.clearFocus()
    assert entry.grab().toImage() != with_ring


def test_a_focused_slider_and_field_look_different(open_window):
    page = open_window.page_widget("what_if")
    open_window.activateWindow()
    row = page.rows["seats"]
    for widget in (row.slider, row.exact):
        open_window.rail.entries["home"].setFocus()
        before = widget.grab().toImage()
        widget.setFocus()
        assert widget.grab().toImage() != before
