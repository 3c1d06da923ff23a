"""The window's state: settings, words, look, the open quote, tasks, and the signals that tell of changes."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from roi_tool.desktop.fault_guard import write_fault
from roi_tool.desktop.task_runner import TaskRunner
from roi_tool.desktop.theme import Look
from roi_tool.problems import Problem, ProblemError
from roi_tool.wording import Wording, wording_for
from roi_tool.workspace.settings import Settings, recent_with, write_settings

if TYPE_CHECKING:
    from roi_tool.quoting.case import Case
    from roi_tool.workspace.open_quote import Change, OpenQuote, Snapshot
    from roi_tool.workspace.repeated_bills import Repeated


class DeskState(QObject):
    """The window's state. Pages ask it to do things and listen to it; they never speak to each other."""

    quote_opened = Signal()
    """Another quote lies on the desk, or its case changed."""
    quote_left = Signal(object)
    """The quote that lay on the desk before another one was put there."""
    scenario_moved = Signal()
    work_changed = Signal()
    """A task began, went on or ended: `work` says what."""
    notice_raised = Signal(object, object, object, object)
    """Sentence, tone, words of a button, what the button does."""
    page_asked = Signal(object)
    look_changed = Signal()
    bills_refused = Signal(object)
    """Problems of files that could not be read, and of bills that repeat others."""
    rate_asked = Signal(object, object)
    """Bills in a currency that has no rate yet, and that currency."""
    paper_written = Signal(object)
    """Path of a paper that now lies on the disk."""
    _fault_met = Signal(object)

    def __init__(self, settings: Settings | None = None, settings_path: Path | None = None) -> None:
        super().__init__()
        self.settings = settings or Settings()
        self._settings_path = settings_path
        self.words: Wording = wording_for(self.settings.language)
        self.look = Look(self.settings.theme, self.settings.language)
        self.tasks = TaskRunner(self)
        self.quote: OpenQuote | None = None
        self.work: tuple[float, str] | None = None
        self.refused: tuple[Problem, ...] = ()
        self.repeated: tuple[Repeated, ...] = ()
        """Bills of the last reading that repeat others."""
        self.pinned: tuple[Snapshot, ...] = ()
        self._fault_met.connect(self._say_fault)

    # settings and look

    def change_settings(self, **values: object) -> None:
        """Change settings and keep them; a change of language or theme makes every widget anew."""
        before, self.settings = self.settings, Settings.model_validate({**self.settings.model_dump(), **values})
        self.raise_problems(write_settings(self.settings, self._settings_path), tone="warn")
        if (before.language, before.theme) != (self.settings.language, self.settings.theme):
            self.words = wording_for(self.settings.language)
            self.look = Look(self.settings.theme, self.settings.language)
            self.look_changed.emit()

    def remember(self, path: Path) -> None:
        """Put a quote first among the recent ones."""
        self.change_settings(recent=recent_with(self.settings, path))

    # saying things

    def say(self, text: str, tone: str = "info", action: str = "", do: Callable[[], None] | None = None) -> None:
        """Show a sentence across the window."""
        self.notice_raised.emit(text, tone, action, do)

    def raise_problems(self, problems: tuple[Problem, ...], tone: str = "bad") -> None:
        """Show findings, the first in full."""
        if not problems:
            return
        sentence = self.words.sentence(problems[0])
        if len(problems) > 1:
            sentence += " " + self.words.text("… and {count} more.", count=len(problems) - 1)
        self.say(sentence, tone)

    def failed(self, error: Exception) -> None:
        """Show why a task failed: the user's input in its sentence, a fault of ours as such."""
        if isinstance(error, ProblemError):
            self.raise_problems(error.problems)
        else:
            self._say_fault(write_fault(error))

    def fault_met(self, file: Path) -> None:
        """A fault was written down; may be called from any thread."""
        self._fault_met.emit(file)

    def _say_fault(self, file: Path) -> None:
        self.say(self.words.text("The tool itself failed, which is our fault. The details are in {file}.", file=file), "bad")

    # the open quote

    def put_quote(self, quote: OpenQuote) -> None:
        """Lay a quote on the desk."""
        former, self.quote = self.quote, quote
        quote.listen(self._quote_changed)
        if former is not None:  # what was said of the files that begin a quote stays
            self.refused, self.repeated = (), ()
        self.pinned = ()
        self.quote_opened.emit()
        if former is not None and former is not quote:
            self.quote_left.emit(former)

    def take_case(self, case: Case) -> None:
        """Take a case that an errand has prepared: a new quote, or another case of the open one."""
        from roi_tool.workspace.open_quote import OpenQuote

        if self.quote is None:
            self.put_quote(OpenQuote(case))
        else:
            self.quote.replace_case(case)

    def show_work(self, work: tuple[float, str] | None) -> None:
        """Say how far the work aside is; None when it is over."""
        if work != self.work:
            self.work = work
            self.work_changed.emit()

    def _quote_changed(self, change: Change) -> None:
        (self.scenario_moved if change.value == "scenario" else self.quote_opened).emit()

    def move(self, driver_id: str, value: Decimal) -> None:
        """Move a driver of the open quote; a value out of bounds is said."""
        if self.quote is not None:
            try:
                self.quote.move(driver_id, value)
            except ProblemError as error:
                self.raise_problems(error.problems, "warn")

    def begin_drag(self, driver_id: str) -> None:
        """A slider was pressed: until it is let go its moves are one step."""
        if self.quote is not None:
            self.quote.begin_drag(driver_id)

    def end_drag(self, _driver_id: str = "") -> None:
        """The slider was let go."""
        if self.quote is not None:
            self.quote.end_drag()

    def reset(self) -> None:
        """Put every driver back."""
        if self.quote is not None:
            self.quote.reset()

    def undo(self) -> None:
        """Take the last step back."""
        if self.quote is not None:
            self.quote.undo()

    def redo(self) -> None:
        """Do it again."""
        if self.quote is not None:
            self.quote.redo()
