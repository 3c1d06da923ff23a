"""Saving, the copy aside, and taking it up again."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from roi_tool.workspace.keeping import autosave_file
from roi_tool.workspace.opening import open_case


def test_saved_and_opened_again_it_is_the_same_quote(open_window, desk, qtbot, tmp_path):
    desk.move("seats", Decimal(31))
    totals = [option.total_nano for option in desk.quote.comparison.options]
    with qtbot.waitSignal(desk.keeper.kept, timeout=20_000):
        desk.keeper.save(tmp_path / "kept")
    assert not desk.quote.dirty
    assert "Saved" in open_window.status.left.text()
    desk.move("seats", Decimal(40))
    assert "Not saved" in open_window.status.left.text()
    # Now it has a place of its own: the key saves without asking.
    with qtbot.waitSignal(desk.keeper.kept, timeout=20_000):
        QTest.keyClick(open_window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    desk.undo()
    with qtbot.waitSignal(desk.quote_opened, timeout=20_000):
        desk.errands.open_file(tmp_path / "kept.roiquote")
    assert desk.quote.scenario["seats"] == 40
    desk.move("seats", Decimal(31))
    assert [option.total_nano for option in desk.quote.comparison.options] == totals


def test_what_is_unsaved_is_kept_aside_and_offered(open_window, desk, qtbot):
    desk.keeper.keep_aside()
    assert not desk.tasks.running  # nothing to lose
    desk.move("seats", Decimal(33))
    desk.keeper.keep_aside()
    qtbot.waitUntil(lambda: not desk.tasks.running, timeout=20_000)
    _, scenario = open_case(autosave_file())
    assert scenario["seats"] == 33
    opened = []
    desk.keeper.offer_what_was_kept(opened.append)
    assert "was not saved" in open_window.notice.text
    open_window.notice._action.click()
    assert opened == [autosave_file()]


@pytest.mark.parametrize("dirty", [True, False])
def test_closing_keeps_what_is_unsaved_and_forgets_what_is_not(open_window, desk, dirty):
    if dirty:
        desk.move("seats", Decimal(33))
    else:
        autosave_file().parent.mkdir(parents=True, exist_ok=True)
        autosave_file().write_bytes(b"old")
    open_window.close()
    assert autosave_file().is_file() == dirty


def test_a_place_that_cannot_be_written_is_said(open_window, desk, qtbot, tmp_path):
    desk.move("seats", Decimal(31))
    with qtbot.waitSignal(desk.notice_raised, timeout=20_000) as said:
        desk.keeper.save(tmp_path / "no" / "such" / "folder" / "kept")
    assert "could not be written" in said.args[0]
    assert desk.quote.dirty


def test_errands_that_follow_each_other_are_all_done(open_window, desk, qtbot, sample_bills):
    from roi_tool.quoting.case import Customer

    desk.errands.take_customer(Customer("First & Co", "GB", 12))
    desk.errands.take_customer(Customer("Second & Co", "GB", 14))
    desk.errands.remove_file("july.csv")
    qtbot.waitUntil(lambda: not desk.tasks.running, timeout=20_000)
    assert desk.quote.case.customer.name == "Second & Co"
    assert desk.quote.case.bills == ()
    desk.undo()
    assert len(desk.quote.case.bills) == 1
    desk.undo()
    assert desk.quote.case.customer.name == "First & Co"
    assert desk.work is None
