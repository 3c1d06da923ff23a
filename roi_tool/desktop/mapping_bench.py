"""The file whose columns are being adjusted: its draft, what the draft makes of it, and the saving of it as a layout."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from roi_tool.desktop.task_runner import Task
from roi_tool.problems import Problem, ProblemError

if TYPE_CHECKING:
    from roi_tool.desktop.desk_state import DeskState
    from roi_tool.desktop.errands import Errands
    from roi_tool.importing.column_mapping import Draft, Effect

MAPPING = "mapping"
SHOWN_AFTER_MS = 350
"""What takes less shows no progress."""


class MappingBench(QObject):
    """One draft at a time. A change is shown at once; what it does to the totals is worked out aside, the newest only."""

    changed = Signal()

    def __init__(self, desk: DeskState, errands: Errands) -> None:
        super().__init__(desk)
        self._desk, self._errands = desk, errands
        self.draft: Draft | None = None
        self.detected: Draft | None = None
        self.effect: Effect | None = None
        self.problems: tuple[Problem, ...] = ()
        """Why the draft reads nothing."""
        self.busy = False
        self.name = ""
        self._share = 0.0
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(SHOWN_AFTER_MS)
        self._slow.timeout.connect(self._show_work)

    def open(self, path: Path, *, delimiter: str = "") -> None:
        """Open a file and go to the page; a file that cannot be opened is said."""
        desk = self._desk
        country = (desk.quote.case.customer.country if desk.quote else "") or desk.settings.country
        again = self.draft is not None and self.draft.path == path
        if not again:
            self.draft = self.detected = self.effect = None

        def work(task: Task) -> tuple[Draft, str]:
            from roi_tool.importing.column_mapping import open_draft
            from roi_tool.importing.layout_writing import free_name

            return open_draft(path, country, delimiter=delimiter), free_name(path.stem)

        def opened(found: tuple[Draft, str]) -> None:
            draft, name = found
            if not again:
                self.detected, self.name = draft, name
            self.change(draft)

        self._start()
        desk.tasks.run(MAPPING, work, opened, self._not_opened)
        desk.page_asked.emit("mapping")

    def change(self, draft: Draft) -> None:
        """Take another draft and work out what it does: of a long file first of a sample, then of all of it."""
        from roi_tool.importing.column_mapping import SAMPLE_RECORDS, is_long

        self.draft = draft
        self._start()
        if is_long(draft):
            self._measure(SAMPLE_RECORDS, self._sampled, lambda _: self._measure(None, self._measured, self._not_measured))
        else:
            self._measure(None, self._measured, self._not_measured)

    def _measure(self, sample: int | None, done: Callable[[Effect], None], failed: Callable[[Exception], None]) -> None:
        draft = self.draft
        assert draft is not None

        def work(task: Task) -> Effect:
            from roi_tool.importing.column_mapping import measure

            return measure(draft, lambda share: task.report(0.1 + 0.9 * share), sample=sample)

        self._desk.tasks.run(MAPPING, work, done, failed, self._going_on)

    def _sampled(self, effect: Effect) -> None:
        """Show the sample while the whole is worked out; rows that a sample lacks may still make sense of the file."""
        self.effect = effect
        self.changed.emit()
        self._measure(None, self._measured, self._not_measured)

    def as_detected(self) -> None:
        """Put everything back."""
        if self.detected is not None:
            self.change(self.detected)

    def cancel(self) -> None:
        """Stop working out the totals; the draft stays."""
        if self.busy:
            self._desk.tasks.cancel(MAPPING)
            self._end()
            if self.draft is None:
                self._desk.page_asked.emit("bills")

    def save(self, name: str) -> bool:
        """Save the draft as a layout of the user's and read the bill anew with it; say why where that is not possible."""
        from roi_tool.importing.column_mapping import draft_layout, is_found_again
        from roi_tool.importing.layout_writing import layout_name, save_layout

        desk, draft, words = self._desk, self.draft, self._desk.words
        if draft is None:
            return False
        layout = draft_layout(draft, layout_name(name), name.strip() or draft.path.name)
        try:
            file = save_layout(layout)
        except ProblemError as error:
            desk.raise_problems(error.problems)
            return False
        found = is_found_again(draft, layout)
        self._errands.read_with(draft.path, "" if found else str(file))
        if found:
            desk.say(words.text("Saved as {file}; bills like this one are read by it from now on.", file=file), "good")
        else:
            said = words.text("Saved as {file}, but nothing in the file proves it: choose it for each bill.", file=file)
            desk.say(said, "warn")
        desk.page_asked.emit("bills")
        return True

    # aside

    def _start(self) -> None:
        self.busy, self._share, self.problems = True, 0.0, ()
        self._slow.start()
        self.changed.emit()

    def _end(self) -> None:
        self.busy = False
        self._slow.stop()
        self._desk.show_work(None)
        self.changed.emit()

    def _show_work(self) -> None:
        if self.busy:
            self._desk.show_work((self._share, self._desk.words.text("Reading the file as you say")))

    def _going_on(self, share: float, _doing: str) -> None:
        self._share = share
        if not self._slow.isActive():
            self._show_work()

    def _measured(self, effect: Effect) -> None:
        self.effect = effect
        self._end()

    def _not_measured(self, error: Exception) -> None:
        self.effect = None
        if isinstance(error, ProblemError):
            self.problems = error.problems
        else:
            self._desk.failed(error)
        self._end()

    def _not_opened(self, error: Exception) -> None:
        self._end()
        self._desk.failed(error)
        if self.draft is None:
            self._desk.page_asked.emit("bills")
