"""Saves the open quote when asked, and keeps copies aside after changes, so that nothing is lost."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

from roi_tool.desktop.task_runner import Task

if TYPE_CHECKING:
    from pathlib import Path

    from roi_tool.desktop.desk_state import DeskState
    from roi_tool.workspace.keeping import Unsaved
    from roi_tool.workspace.open_quote import OpenQuote

SAVE, ASIDE = "save", "aside"
ASIDE_AFTER_MS = 10_000


class Keeper(QObject):
    """Emits `kept` when the quote was saved. A copy aside is written a while after the last change, never during one.

    Each window has copies of its own; a lock that goes with its process tells other windows that they are not left behind.
    """

    kept = Signal()

    def __init__(self, desk: DeskState) -> None:
        super().__init__(desk)
        self._desk = desk
        self.saved_at: datetime | None = None
        self._session = uuid.uuid4().hex[:12]
        self._lock: QLockFile | None = None
        self._copies = 0
        self._left: list[OpenQuote] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(ASIDE_AFTER_MS)
        self._timer.timeout.connect(self.keep_aside)
        desk.scenario_moved.connect(self._timer.start)
        desk.quote_opened.connect(self._quote_opened)
        desk.quote_left.connect(self._quote_left)

    def _quote_opened(self) -> None:
        quote = self._desk.quote
        if quote in self._left:
            self._left.remove(quote)
        if quote is not None and quote.dirty:
            self._timer.start()
        else:
            self.saved_at = None

    def _quote_left(self, quote: OpenQuote) -> None:
        """Keep a quote from whose changes its user went on to another one, and offer the way back."""
        if not quote.dirty:
            return
        self._left.append(quote)
        self._keep(quote)
        words = self._desk.words
        text = words.text("The quote of {customer} was not saved; a copy is kept.", customer=quote.case.customer.name)
        self._desk.say(text, "info", words.text("Back to it"), lambda: self._desk.put_quote(quote))

    def save(self, path: Path) -> None:
        """Save the quote as it stands now; beside its file, where another window has written that meanwhile."""
        desk, quote = self._desk, self._desk.quote
        if quote is None:
            return
        snapshot, aside = quote.present, quote.aside
        own, stamp = quote.path == path, quote.stamp

        def work(task: Task) -> tuple[Path, bool]:
            from roi_tool.workspace.keeping import forget_aside, free_place, save_quote, stamp_of

            changed = own and stamp_of(path) not in (None, stamp)
            place = save_quote(free_place(path) if changed else path, snapshot.case, snapshot.scenario)
            forget_aside(aside)
            return place, changed

        def done(result: tuple[Path, bool]) -> None:
            place, changed = result
            quote.mark_saved(snapshot, place)
            self.saved_at = datetime.now().astimezone()
            desk.remember(place)
            self.kept.emit()
            if changed:
                text = desk.words.text(
                    "{file} was changed elsewhere since it was opened, and is left as it is. Yours is saved as {other}.",
                    file=path.name,
                    other=place.name,
                )
                desk.say(text, "warn")
            else:
                desk.say(desk.words.text("Saved: {file}", file=place), "good")

        desk.tasks.run(SAVE, work, done, desk.failed)

    def keep_aside(self) -> None:
        """Write the copy of the open quote, if there is anything to lose."""
        quote = self._desk.quote
        if quote is not None and quote.dirty:
            self._keep(quote)

    def _keep(self, quote: OpenQuote) -> None:
        snapshot, file = quote.present, self._place(quote)

        def work(task: Task) -> None:
            from roi_tool.workspace.keeping import keep_aside

            keep_aside(file, snapshot.case, snapshot.scenario)

        self._desk.tasks.run(f"{ASIDE} {file.name}", work, lambda _: None, self._desk.failed)

    def _place(self, quote: OpenQuote) -> Path:
        """Return where the copy of a quote lies; the first one locks this window's copies."""
        from roi_tool.workspace.keeping import unsaved_file

        if quote.aside is None:
            self._copies += 1
            quote.aside = unsaved_file(self._session, self._copies, quote.case)
        if self._lock is None:
            quote.aside.parent.mkdir(parents=True, exist_ok=True)
            self._lock = _lock_of(quote.aside.parent, self._session)
            self._lock.tryLock(0)
        return quote.aside

    def left_behind(self) -> tuple[Unsaved, ...]:
        """Return the copies of sessions that did not end well, the newest first."""
        from roi_tool.workspace.keeping import unsaved_folder, unsaved_quotes

        return unsaved_quotes(lambda session: session == self._session or _is_locked(unsaved_folder(), session))

    def take_up(self, quote: OpenQuote, file: Path) -> None:
        """Make a copy that was left behind this window's own; its quote stays unsaved until it is saved."""
        quote.path = None
        quote.mark_unsaved()
        file.replace(self._place(quote))

    def offer_what_was_kept(self, open_file: Callable[[Path], None]) -> None:
        """Offer the newest copy that was left behind; the page Home lists them all."""
        found = self.left_behind()
        if not found:
            return
        newest, words = found[0], self._desk.words
        text = words.text(
            "A quote of {customer}, {day}, {time}, was not saved.",
            customer=newest.customer,
            day=words.day(newest.kept_at.date()),
            time=f"{newest.kept_at:%H:%M}",
        )
        self._desk.say(text, "info", words.text("Open it"), lambda: open_file(newest.path))

    def close(self) -> None:
        """Keep what is unsaved when the window closes; forget the copy when there is nothing to lose."""
        from roi_tool.workspace.keeping import forget_aside, keep_aside

        self._timer.stop()
        quotes = [*self._left, *([self._desk.quote] if self._desk.quote is not None else [])]
        for quote in quotes:
            if quote.dirty:
                keep_aside(self._place(quote), quote.case, quote.scenario)
            else:
                forget_aside(quote.aside)
        if self._lock is not None:
            self._lock.unlock()


def _lock_of(folder: Path, session: str) -> QLockFile:
    lock = QLockFile(str(folder / f"{session}.lock"))
    lock.setStaleLockTime(0)  # held as long as its process lives, however long that is
    return lock


def _is_locked(folder: Path, session: str) -> bool:
    """Say whether another process holds a session's copies."""
    if not (folder / f"{session}.lock").is_file():
        return False
    lock = _lock_of(folder, session)
    if lock.tryLock(0):
        lock.unlock()
        return False
    return True
