"""Tasks come home once, in the window's thread; stale and cancelled ones do not; signals survive being emitted often."""

import itertools
import threading

import pytest
from PySide6.QtCore import QObject, Signal

from roi_tool.desktop.task_runner import TaskRunner


@pytest.fixture
def runner(qapp):
    runner = TaskRunner()
    yield runner
    runner.close()


def test_result_and_progress_come_home_in_the_window_s_thread(runner, qtbot):
    came = []

    def work(task):
        task.report(0.5, "half")
        return threading.get_ident()

    def home(value):
        came.append((value, threading.get_ident()))

    seen = []
    runner.run("a", work, home, came.append, lambda share, doing: seen.append((share, doing)))
    qtbot.waitUntil(lambda: bool(came))
    assert came[0][0] != threading.get_ident() == came[0][1]
    assert seen == [(0.5, "half")]
    assert not runner.running


def test_a_failure_comes_home_as_the_exception(runner, qtbot):
    failed = []

    def work(task):
        raise ValueError("broken")

    runner.run("a", work, pytest.fail, failed.append)
    qtbot.waitUntil(lambda: bool(failed))
    assert isinstance(failed[0], ValueError)


def test_a_newer_task_makes_the_older_stale(runner, qtbot):
    gate = threading.Event()
    came = []
    runner.run("a", lambda task: gate.wait(5) and "old", came.append, came.append)
    runner.run("a", lambda task: "new", came.append, came.append)
    qtbot.waitUntil(lambda: "new" in came)
    gate.set()
    qtbot.wait(50)
    assert came == ["new"]


def test_cancel_stops_the_work_at_its_next_report(runner, qtbot):
    started, gate, reached = threading.Event(), threading.Event(), []

    def work(task):
        started.set()
        gate.wait(5)
        task.report(0.5)
        reached.append(True)

    runner.run("a", work, pytest.fail, pytest.fail)
    assert started.wait(5)
    runner.cancel("a")
    gate.set()
    qtbot.wait(50)
    assert not reached
    assert not runner.running


def test_ten_thousand_signals_do_not_bring_the_interpreter_down(qapp):
    class Source(QObject):
        value_moved = Signal(object, object)

    source, heard = Source(), []
    source.value_moved.connect(lambda name, value: heard.append(value))
    big = 2**70
    for number in range(10_000):
        source.value_moved.emit("seats", big + number)
    assert len(heard) == 10_000
    assert heard[-1] == big + 9_999


def test_a_cancelled_task_ends_inside_the_reading_of_a_file(runner, qtbot):
    from roi_tool.importing.stopping import each

    begun, ended = threading.Event(), threading.Event()

    def work(task):
        try:
            for _ in each(itertools.count()):
                begun.set()
        finally:
            ended.set()

    runner.run("read", work, lambda _: None, lambda _: None)
    qtbot.waitUntil(begun.is_set)
    runner.cancel("read")
    qtbot.waitUntil(ended.is_set)
