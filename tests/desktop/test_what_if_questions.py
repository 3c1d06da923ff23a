"""The what-if page's further questions: how sure, which value, and beside what was pinned."""

from decimal import Decimal

import pytest

from roi_tool.desktop.pages.what_if.solve_dialog import SolveDialog

# A small window of its own: the plug-in that draws off screen takes no hints of size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def page(open_window):
    return open_window.page_widget("what_if")


def test_the_chance_is_worked_out_once_the_sliders_rest(page, desk, qtbot):
    card = page.cards[3]
    qtbot.waitUntil(lambda: card.shown.figure.endswith("%"), timeout=20_000)
    before = card.shown
    desk.move("hosted_seat_price", Decimal("20"))
    assert card.shown.figure == "…"
    qtbot.waitUntil(lambda: card.shown.figure.endswith("%"), timeout=20_000)
    desk.undo()
    qtbot.waitUntil(lambda: card.shown == before, timeout=20_000)  # the draws are seeded


def test_a_value_is_solved_for_and_taken(page, desk, qtbot):
    page.solve.click()
    dialog = page.findChildren(SolveDialog)[0]
    dialog.figure.setCurrentIndex(dialog.figure.findData("per_user_month"))
    dialog.option.setCurrentIndex(dialog.option.findData("hosted"))
    target = round(desk.quote.comparison.option("hosted").per_user_month - Decimal("0.5"), 2)
    dialog.target.setText(f"£{target}")
    dialog.search.click()
    qtbot.waitUntil(dialog.take.isEnabled, timeout=20_000)
    assert f"£{target}" in dialog.answer.text()
    before = desk.quote.scenario["hosted_seat_price"]
    dialog.take.click()
    assert desk.quote.scenario["hosted_seat_price"] < before
    assert abs(desk.quote.comparison.option("hosted").per_user_month - target) < Decimal("0.02")
    desk.undo()
    assert desk.quote.scenario["hosted_seat_price"] == before


@pytest.mark.parametrize("typed", ["", "soon", "1,5"])
def test_a_target_that_is_no_number_is_said(page, typed):
    page.solve.click()
    dialog = page.findChildren(SolveDialog)[0]
    dialog.target.setText(typed)
    dialog.search.click()
    assert "is not a number" in dialog.answer.text()
    assert not dialog.take.isEnabled()


def test_a_target_out_of_reach_is_said(page, qtbot):
    page.solve.click()
    dialog = page.findChildren(SolveDialog)[0]
    dialog.figure.setCurrentIndex(dialog.figure.findData("saving_total"))
    dialog.target.setText("99,000,000")
    dialog.search.click()
    qtbot.waitUntil(lambda: len(dialog.answer.text()) > 1, timeout=20_000)
    assert not dialog.take.isEnabled()


def test_a_pinned_scenario_stands_below_and_is_gone_back_to(page, desk):
    seats = desk.quote.scenario["seats"]
    page.pin.click()
    page.pin.click()  # the same state is pinned once
    assert len(desk.pinned) == 1
    desk.move("seats", seats + 5)
    assert page.pins.isVisible()
    assert f"Seats {seats}" in page.pins.lines[0].text()
    for more in (6, 7):
        desk.move("seats", seats + more)
        page.pin.click()
    assert len(desk.pinned) == 2
    page._back_to(desk.pinned[0])
    assert desk.quote.scenario["seats"] == seats + 6
    desk.undo()
    assert desk.quote.scenario["seats"] == seats + 7
    for snapshot in desk.pinned:
        page._unpin(snapshot)
    assert not page.pins.isVisible()


def test_on_a_low_screen_the_chart_by_kind_makes_room(open_window, page, qtbot):
    open_window.resize(1280, 720)
    qtbot.waitUntil(lambda: not page._categories_card.isVisible())
    open_window.resize(1440, 900)
    qtbot.waitUntil(page._categories_card.isVisible)
