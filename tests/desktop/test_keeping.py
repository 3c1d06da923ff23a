"""Saving, the copy aside, and taking it up again."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from quoting.small_case import small_case

from roi_tool.desktop.desk import Desk
from roi_tool.workspace.keeping import keep_aside, unsaved_file, unsaved_folder
from roi_tool.workspace.open_quote import OpenQuote
from roi_tool.workspace.opening import open_case
from roi_tool.workspace.settings import Settings


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


def copies():
    return sorted(unsaved_folder().glob("*.roiquote"))


def test_what_is_unsaved_is_kept_aside_and_offered_once_its_window_is_gone(open_window, desk, qtbot, tmp_path):
    desk.keeper.keep_aside()
    assert not desk.tasks.running  # nothing to lose
    desk.move("seats", Decimal(33))
    desk.keeper.keep_aside()
    qtbot.waitUntil(lambda: not desk.tasks.running, timeout=20_000)
    assert open_case(copies()[0])[1]["seats"] == 33
    second = Desk(Settings(), tmp_path / "second.toml")
    assert second.keeper.left_behind() == ()  # the window that keeps it is still open
    open_window.close()
    (kept,) = second.keeper.left_behind()
    assert kept.customer == desk.quote.case.customer.name
    said = []
    second.notice_raised.connect(lambda text, tone, action, do: said.append((text, do)))
    second.keeper.offer_what_was_kept(second.open_unsaved)
    text, do = said[0]
    assert "was not saved" in text
    with qtbot.waitSignal(second.quote_opened, timeout=20_000):
        do()
    assert second.quote.scenario["seats"] == 33
    assert second.quote.dirty and second.quote.path is None
    third = Desk(Settings(), tmp_path / "third.toml")
    assert third.keeper.left_behind() == ()  # it belongs to the second window now
    for other in (second, third):
        other.keeper.close()
        other.tasks.close()


def test_a_copy_of_a_killed_process_is_left_behind(window, desk, qtbot):
    case = small_case()
    keep_aside(unsaved_file("gone", 1, case), case, case.scenario)
    (unsaved_folder() / "gone.lock").write_text("999999999\nroi-tool\n\n\n\n")
    assert [one.path for one in desk.keeper.left_behind()] == copies()
    home = window.page_widget("home")
    home.show_quote()
    with qtbot.waitSignal(desk.quote_opened, timeout=20_000):
        home.unsaved[0].click()
    assert desk.quote.dirty


def test_going_on_to_another_quote_keeps_the_one_that_was_not_saved(open_window, desk, qtbot):
    desk.move("seats", Decimal(33))
    first = desk.quote
    desk.put_quote(OpenQuote(small_case()))
    assert "was not saved" in open_window.notice.text
    qtbot.waitUntil(lambda: not desk.tasks.running, timeout=20_000)
    assert open_case(copies()[0])[1]["seats"] == 33
    open_window.notice._action.click()
    assert desk.quote is first
    assert desk.quote.scenario["seats"] == 33


@pytest.mark.parametrize("dirty", [True, False])
def test_closing_keeps_what_is_unsaved_and_forgets_what_is_not(open_window, desk, qtbot, dirty):
    desk.move("seats", Decimal(33))
    desk.keeper.keep_aside()
    qtbot.waitUntil(lambda: not desk.tasks.running, timeout=20_000)
    if not dirty:
        desk.undo()
    open_window.close()
    assert bool(copies()) == dirty
    assert not list(unsaved_folder().glob("*.lock"))


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


def test_two_windows_do_not_overwrite_each_other(open_window, desk, qtbot, tmp_path):
    file = tmp_path / "shared.roiquote"
    with qtbot.waitSignal(desk.keeper.kept, timeout=20_000):
        desk.keeper.save(file)
    second = Desk(Settings(), tmp_path / "second.toml")
    with qtbot.waitSignal(second.quote_opened, timeout=20_000):
        second.errands.open_file(file)
    second.move("seats", Decimal(40))
    with qtbot.waitSignal(second.keeper.kept, timeout=20_000):
        second.keeper.save(file)
    desk.move("seats", Decimal(31))
    with qtbot.waitSignal(desk.keeper.kept, timeout=20_000):
        desk.keeper.save(desk.quote.path)
    assert "changed elsewhere" in open_window.notice.text
    assert desk.quote.path == tmp_path / "shared (2).roiquote"
    assert open_case(file)[1]["seats"] == 40
    assert open_case(desk.quote.path)[1]["seats"] == 31
    second.keeper.close()
    second.tasks.close()
