"""Saves the open quote when asked, and keeps a copy aside after changes, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from roi_tool.desktop.task_runner import Task

if TYPE_CHECKING:
    from roi_tool.desktop.desk_state import DeskState

SAVE, ASIDE = "save", "aside"
ASIDE_AFTER_MS = 10_000


class Keeper(QObject):
    """Emits `kept` when the quote was saved. The copy aside is written a while after the last change, never during one."""

    kept = Signal()

    def __init__(self, desk: DeskState) -> None:
        super().__init__(desk)
        self._desk = desk
        self.saved_at: datetime | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(ASIDE_AFTER_MS)
        self._timer.timeout.connect(self.keep_aside)
        desk.scenario_moved.connect(self._timer.start)
        desk.quote_opened.connect(self._quote_opened)

    def _quote_opened(self) -> None:
        quote = self._desk.quote
        if quote is not None and quote.dirty:
            self._timer.start()
        else:
            self.saved_at = None

    def save(self, path: Path) -> None:
        """Save the quote as it stands now."""
        desk, quote = self._desk, self._desk.quote
        if quote is None:
            return
        snapshot = quote.present

        def work(task: Task) -> Path:
            from roi_tool.workspace.keeping import forget_aside, save_quote

            place = save_quote(path, snapshot.case, snapshot.scenario)
            forget_aside()
            return place

        def done(place: Path) -> None:
            quote.mark_saved(snapshot, place)
            self.saved_at = datetime.now().astimezone()
            desk.remember(place)
            self.kept.emit()
            desk.say(desk.words.text("Saved: {file}", file=place), "good")

        desk.tasks.run(SAVE, work, done, desk.failed)

    def keep_aside(self) -> None:
        """Write the copy aside, if there is anything to lose."""
        quote = self._desk.quote
        if quote is None or not quote.dirty:
            return
        snapshot = quote.present

        def work(task: Task) -> None:
            from roi_tool.workspace.keeping import keep_aside

            keep_aside(snapshot.case, snapshot.scenario)

        self._desk.tasks.run(ASIDE, work, lambda _: None, self._desk.failed)

    def offer_what_was_kept(self, open_file: Callable[[Path], None]) -> None:
        """Offer the copy aside of a session that did not end well."""
        from roi_tool.workspace.keeping import autosave_file

        file = autosave_file()
        if not file.is_file():
            return
        words = self._desk.words
        when = datetime.fromtimestamp(file.stat().st_mtime).astimezone()
        text = words.text("A quote of {day}, {time} was not saved.", day=words.day(when.date()), time=f"{when:%H:%M}")
        self._desk.say(text, "info", words.text("Open it"), lambda: open_file(file))

    def close(self) -> None:
        """Keep what is unsaved when the window closes; forget the copy when there is nothing to lose."""
        from roi_tool.workspace.keeping import forget_aside, keep_aside

        self._timer.stop()
        quote = self._desk.quote
        if quote is None:
            return
        if quote.dirty:
            keep_aside(quote.case, quote.scenario)
        else:
            forget_aside()
