"""Work aside from the window: an executor, and one bridge object of the window's thread that brings results home."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from roi_tool.importing.stopping import stopped_by

_MOST_THREADS = 4
"""A cancelled task may still be inside a library that cannot be stopped (a workbook being unpacked); the next does not wait."""


class TaskCancelledError(Exception):
    """Raised inside a task by `Task.report` and `Task.check` once the user has cancelled it."""


class Task:
    """The task's own end: says how far it is, and learns that it was cancelled."""

    def __init__(self, generation: int, tell: Callable[[object], None]) -> None:
        self.generation = generation
        self._tell = tell
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Ask the task to stop: at its next report, or within the reading of a file."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._cancelled.is_set()

    def check(self) -> None:
        """Go on only if nobody has cancelled the task.

        Raises:
            TaskCancelledError: the user has cancelled it.
        """
        if self.cancelled:
            raise TaskCancelledError

    def report(self, share: float, doing: str = "") -> None:
        """Say how far the work is (0 to 1).

        Raises:
            TaskCancelledError: the user has cancelled it.
        """
        self.check()
        self._tell(_Report(self.generation, "progress", (share, doing)))


@dataclass(frozen=True, slots=True)
class _Report:
    generation: int
    kind: str
    value: Any


@dataclass(frozen=True, slots=True)
class _Handlers:
    key: str
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]
    progress: Callable[[float, str], None] | None


class TaskRunner(QObject):
    """Runs tasks under a key. A new task of the same key makes the older one stale: its result is dropped."""

    _reported = Signal(object)
    running_changed = Signal(object)
    """The set of keys that are at work."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=_MOST_THREADS, thread_name_prefix="roi-tool")
        self._numbers = itertools.count(1)
        self._newest: dict[str, Task] = {}
        self._closed = False
        self._handlers: dict[int, _Handlers] = {}
        self._reported.connect(self._bring_home, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        key: str,
        work: Callable[[Task], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
        progress: Callable[[float, str], None] | None = None,
    ) -> Task:
        """Start `work` aside; exactly one of `done` and `failed` is called in the window's thread, unless it grows stale."""
        self.cancel(key)
        task = Task(next(self._numbers), self._reported.emit)
        if self._closed:  # the window is going; a timer may still come
            task.cancel()
            return task
        self._newest[key] = task
        self._handlers[task.generation] = _Handlers(key, done, failed, progress)
        self._pool.submit(self._work, task, work)
        self.running_changed.emit(self.running)
        return task

    @property
    def running(self) -> frozenset[str]:
        """Keys of the tasks at work."""
        return frozenset(self._newest)

    def cancel(self, key: str) -> None:
        """Drop the task of this key, if there is one; nothing of it comes home any more."""
        task = self._newest.pop(key, None)
        if task is not None:
            task.cancel()
            self._handlers.pop(task.generation, None)
            self.running_changed.emit(self.running)

    def close(self) -> None:
        """Cancel everything and let the threads end; nothing starts any more."""
        self._closed = True
        for key in tuple(self._newest):
            self.cancel(key)
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _work(self, task: Task, work: Callable[[Task], Any]) -> None:
        try:
            if task.cancelled:
                return
            with stopped_by(task.check):
                report = _Report(task.generation, "done", work(task))
        except TaskCancelledError:
            return
        except Exception as error:  # noqa: BLE001 - brought home and shown there
            report = _Report(task.generation, "failed", error)
        if not task.cancelled:
            self._reported.emit(report)

    def _bring_home(self, report: _Report) -> None:
        handlers = self._handlers.get(report.generation)
        if handlers is None:
            return  # stale
        if report.kind == "progress":
            if handlers.progress is not None:
                handlers.progress(*report.value)
            return
        del self._handlers[report.generation]
        self._newest.pop(handlers.key, None)
        self.running_changed.emit(self.running)
        (handlers.done if report.kind == "done" else handlers.failed)(report.value)
