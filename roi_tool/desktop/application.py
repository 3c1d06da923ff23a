"""Starts the window. Heavy rooms (pandas, the engine) are imported after the first paint, aside."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from roi_tool.desktop.desk import Desk
from roi_tool.desktop.fault_guard import FaultGuard
from roi_tool.desktop.main_window import MainWindow
from roi_tool.desktop.task_runner import Task
from roi_tool.desktop.theme import load_fonts
from roi_tool.workspace.settings import read_settings, settings_file

_PICTURE_WAIT_MS = 60_000
_REST_MS = 900


def run_window(open_path: Path | None = None, screenshot: Path | None = None) -> int:
    """Open the window and return its exit status when it is closed.

    Args:
        open_path: a case or quote to open.
        screenshot: write a picture of the window there once all is shown, and close.
    """
    app = make_application()
    guard = FaultGuard()
    guard.install()
    settings, problems = read_settings()
    if not settings_file().is_file() and app.styleHints().colorScheme() is Qt.ColorScheme.Dark:
        settings = settings.model_copy(update={"theme": "dark"})  # as the system has it, until the user says otherwise
    desk = Desk(settings)
    guard.show_with(desk.fault_met)
    window = MainWindow(desk, settings_file().with_name("window.ini"))
    window.show()
    desk.raise_problems(problems, "warn")
    QTimer.singleShot(0, lambda: _after_first_paint(desk, open_path))
    if screenshot is not None:
        return _write_picture(app, window, screenshot, wait_for_quote=open_path is not None)
    return app.exec()


def make_application() -> QApplication:
    """Return the application, made once, with the style that the theme builds on."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    app = QApplication(sys.argv[:1])
    app.setApplicationName("roi-tool")
    app.setStyle("Fusion")
    return app


def _after_first_paint(desk: Desk, open_path: Path | None) -> None:
    load_fonts(chinese=True)
    if open_path is not None:
        desk.errands.open_file(open_path)
    else:
        desk.keeper.offer_what_was_kept(desk.open_unsaved)
        desk.tasks.run("warm", _import_engine, lambda _: None, desk.failed)


def _import_engine(task: Task) -> None:
    """Import what the first quote will need while the user looks around."""
    from roi_tool.workspace import open_quote  # noqa: F401


def _write_picture(app: QApplication, window: MainWindow, path: Path, *, wait_for_quote: bool) -> int:
    loop = QEventLoop()
    waiter = QObject()
    QTimer.singleShot(_PICTURE_WAIT_MS, waiter, loop.quit)
    if wait_for_quote:
        window.desk.quote_opened.connect(loop.quit)
        window.desk.notice_raised.connect(loop.quit)
        if window.desk.quote is None:
            loop.exec()
    # What is worked out aside begins a moment after the sliders rest: the picture waits for it.
    quiet, given_up = QDeadlineTimer(_REST_MS), QDeadlineTimer(_PICTURE_WAIT_MS)
    while not (quiet.hasExpired() or given_up.hasExpired()):
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        if window.desk.tasks.running:
            quiet = QDeadlineTimer(_REST_MS)
    path.parent.mkdir(parents=True, exist_ok=True)
    written = window.grab().save(str(path), "PNG")
    window.close()
    return 0 if written else 1
