"""Sliders move figures, charts and table; drags, keys, typing, reset, undo."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest


@pytest.fixture
def page(open_window):
    return open_window.page_widget("what_if")


def press(widget, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(widget, key, modifier)


def test_at_least_eight_sliders_are_in_sight_and_all_drivers_are_there(page, desk):
    assert sum(row.isVisible() for row in page.rows.values()) >= 8
    page.more.click()
    assert set(page.rows) == {driver.id for driver in desk.quote.scenario}


def test_every_slider_moves_its_driver_and_undo_puts_each_back(page, desk):
    page.more.click()
    start = desk.quote.scenario
    moved = []
    for name, row in page.rows.items():
        step = 1 if row.slider.value() < row.slider.maximum() else -1
        row.slider.setValue(row.slider.value() + step)
        assert desk.quote.scenario[name] != start[name], name
        assert row.exact.text() == row._face.text
        moved.append(name)
    for name in reversed(moved):
        assert desk.quote.undo_name == name
        desk.undo()
        assert desk.quote.scenario[name] == start[name]
    assert desk.quote.scenario == start
    assert desk.quote.undo_name is None


def test_three_charts_cards_and_table_follow_a_slider(page, desk, qtbot):
    before = (page.cumulative.spec, page.tornado.spec, page.categories.spec)
    cards = [card.shown for card in page.cards]
    rows = page.table.model_.rows
    frames = page.cumulative.painted_frames
    desk.move("seats", Decimal(35))
    qtbot.waitUntil(lambda: page.cumulative.painted_frames > frames)
    for chart, old in zip((page.cumulative, page.tornado, page.categories), before, strict=True):
        assert chart.spec is not old
    ends = [line.y[-1] for line in page.cumulative.spec.series]
    assert ends != [line.y[-1] for line in before[0].series]
    assert [card.shown for card in page.cards] != cards
    assert page.table.model_.rows != rows
    assert "Seats +15" in page.why.text()


def test_the_figures_of_the_table_are_those_of_the_comparison(page, desk):
    desk.move("hosted_seat_price", Decimal("7.35"))
    comparison = desk.quote.comparison
    titles = [column.title for column in page.table.model_.columns]
    total = titles.index("60 months")
    for row, option in zip(page.table.model_.rows, comparison.options, strict=True):
        shown = Decimal(row.cells[total].text.replace(",", "").replace("−", "-"))
        assert abs(shown - Decimal(option.total_nano) / 10**9) <= Decimal("0.5")
    tinted = [row.id for row in page.table.model_.rows if row.tinted]
    assert tinted == [comparison.best]


def test_a_drag_is_one_step(page, desk):
    slider = page.rows["seats"].slider
    middle = slider.height() // 2
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() // 2, middle))
    for x in range(slider.width() // 2, slider.width() - 20, 7):
        QTest.mouseMove(slider, QPoint(x, middle))
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() - 20, middle))
    assert desk.quote.scenario["seats"] > 30
    desk.undo()
    assert desk.quote.scenario["seats"] == 20
    assert desk.quote.undo_name is None
    desk.redo()
    assert desk.quote.scenario["seats"] > 30


def test_keys_step_page_reset_and_reach_the_bounds(page, desk):
    slider = page.rows["seats"].slider
    slider.setFocus()
    press(slider, Qt.Key.Key_Right)
    assert desk.quote.scenario["seats"] == 21
    press(slider, Qt.Key.Key_PageUp)
    assert desk.quote.scenario["seats"] > 22
    press(slider, Qt.Key.Key_Home)
    assert desk.quote.scenario["seats"] == 1
    press(slider, Qt.Key.Key_End)
    assert desk.quote.scenario["seats"] == desk.quote.scenario.driver("seats").high
    press(slider, Qt.Key.Key_Delete)
    assert desk.quote.scenario["seats"] == 20


def type_into(field, text):
    field.setFocus()
    field.setText(text)  # QTest types ASCII only
    press(field, Qt.Key.Key_Return)


def test_an_exact_value_may_lie_between_the_slider_s_steps(page, desk):
    row = page.rows["hosted_seat_price"]
    type_into(row.exact, "9.137")
    assert desk.quote.scenario["hosted_seat_price"] == Decimal("9.137")
    assert row.exact.text() == "£9.14"
    # Leaving the field must not round the value to what it shows.
    row.exact.setFocus()
    press(row.exact, Qt.Key.Key_Return)
    assert desk.quote.scenario["hosted_seat_price"] == Decimal("9.137")


@pytest.mark.parametrize("typed", ["nonsense", "1e9999", "999999", "−5", ""])
def test_a_wrong_exact_value_is_marked_and_changes_nothing(page, desk, typed):
    row = page.rows["hosted_seat_price"]
    type_into(row.exact, typed)
    assert desk.quote.scenario["hosted_seat_price"] == 10
    assert row.exact.property("wrong") == "true"
    assert row.exact.toolTip()
    press(row.exact, Qt.Key.Key_Escape)
    assert row.exact.property("wrong") == "false"
    assert row.exact.text() == "£10"


def test_percent_is_typed_as_it_is_shown(page, desk):
    type_into(page.rows["discount_rate"].exact, "7.25 %")
    assert desk.quote.scenario["discount_rate"] == Decimal("0.0725")


def test_reset_of_one_and_of_all(page, desk):
    desk.move("seats", Decimal(30))
    desk.move("discount_rate", Decimal("0.1"))
    assert page.rows["seats"].reset.isVisible()
    page.rows["seats"].reset.click()
    assert desk.quote.scenario["seats"] == 20
    assert not page.rows["seats"].reset.isVisible()
    page.reset_all.click()
    assert not any(driver.moved for driver in desk.quote.scenario)
    desk.undo()
    assert desk.quote.scenario["discount_rate"] == Decimal("0.1")


def test_other_values_stand_behind_a_button(page, desk, qtbot):
    few = len(page.rows)
    desk.move("carrier_price_rise", Decimal("0.02"))
    page.more.click()
    assert len(page.rows) > few
    qtbot.waitUntil(lambda: all(row.isVisible() for row in page.rows.values()))
    assert page.rows["carrier_price_rise"].exact.text() == "2 %"
    page.more.click()
    assert not page.rows["carrier_price_rise"].isVisible()


def test_recalculation_time_is_said(open_window, page, desk):
    desk.move("seats", Decimal(25))
    assert "Recalculated in" in open_window.status.left.text()


def test_a_hidden_page_catches_up_when_it_is_shown(open_window, page, desk):
    open_window.show_page("options")
    shown = page.why.text()
    desk.move("seats", Decimal(33))
    assert page.why.text() == shown
    open_window.show_page("what_if")
    assert "Seats +13" in page.why.text()
    assert page.rows["seats"].exact.text() == "33"


def test_every_driver_at_both_ends_is_shown_without_a_fault(open_window, page, desk):
    """One month, no minutes, no seats' price: whatever a slider reaches must be shown."""
    for driver in desk.quote.case.scenario:
        for value in (driver.low, driver.high):
            desk.move(driver.id, value)
            assert desk.quote.scenario[driver.id] == value
            assert page.cumulative.grab().width() == page.cumulative.width()
            assert len(page.table.model_.rows) == len(desk.quote.comparison.options)
            assert all(card.shown.figure for card in page.cards)
        desk.move(driver.id, driver.base)
    for name in ("today", "options"):
        desk.move("horizon_months", Decimal(1))
        open_window.show_page(name)
