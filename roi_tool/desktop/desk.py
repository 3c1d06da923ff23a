"""What every page shares: settings, words, look, the open quote, tasks, and the signals that tell of changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from roi_tool.desktop.fault_guard import write_fault
from roi_tool.desktop.task_runner import Task, TaskRunner
from roi_tool.desktop.theme import Look
from roi_tool.problems import Problem, ProblemError
from roi_tool.wording import Wording, wording_for
from roi_tool.workspace.settings import Settings, write_settings

if TYPE_CHECKING:
    from roi_tool.quoting.case import Customer
    from roi_tool.workspace.case_errands import BillReading
    from roi_tool.workspace.open_quote import Change, OpenQuote

OPENING, READING, WRITING = "open", "bills", "paper"


class Desk(QObject):
    """The window's state. Pages ask it to do things and listen to it; they never speak to each other."""

    quote_opened = Signal()
    """Another quote lies on the desk, or its case changed."""
    scenario_moved = Signal()
    work_changed = Signal()
    """A task began, went on or ended: `work` says what."""
    notice_raised = Signal(object, object, object, object)
    """Sentence, tone, words of a button, what the button does."""
    page_asked = Signal(object)
    look_changed = Signal()
    bills_refused = Signal(object)
    """Problems of files that could not be read."""
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
        self._answers: dict[str, dict[str, str]] = {}
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
        self._end_work()
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
        self.quote = quote
        quote.listen(self._quote_changed)
        self.refused = ()
        self._end_work()
        self.quote_opened.emit()

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

    # errands

    def open_file(self, path: Path) -> None:
        """Open a case or a quote from a file."""

        def work(task: Task) -> OpenQuote:
            from roi_tool.workspace.open_quote import OpenQuote
            from roi_tool.workspace.opening import open_case

            case, scenario = open_case(path)
            task.report(0.9)
            return OpenQuote(case, scenario, path)

        self._begin(OPENING, self.words.text("Opening {file}", file=path.name), work, self.put_quote)

    def open_sample(self) -> None:
        """Open the sample customer."""
        from roi_tool.resources import sample_bills_folder

        self.open_file(sample_bills_folder() / "alder-wren.case.yaml")

    def take_customer(self, customer: Customer) -> None:
        """Give a first answer for a customer, or change the customer of the open quote."""
        quote, book = self.quote, self.settings.price_book

        def work(task: Task) -> Any:
            from roi_tool.workspace.case_errands import first_answer, with_customer

            task.report(0.1)
            return first_answer(customer, book) if quote is None else with_customer(quote.case, customer)

        self._begin(OPENING, self.words.text("Working out a first answer"), work, self._take_case)

    def take_bills(self, paths: tuple[Path, ...]) -> None:
        """Read files, each as a bill, and put them into the open quote; without one a quote is begun."""
        self._read_bills(lambda: _files_given(paths), {})

    def answer(self, path: str, question: str, answer: str) -> None:
        """Read the bill of a file again with the answer to a question; earlier answers are kept."""
        quote = self.quote
        if quote is None:
            return
        self._answers.setdefault(path, {})[question] = answer
        self._read_bills(lambda: (_files_of_bill(quote, path),), self._answers[path])

    def _read_bills(self, files: Callable[[], Sequence[Sequence[Path]]], answers: dict[str, str]) -> None:
        quote, settings, words = self.quote, self.settings, self.words
        country = (quote.case.customer.country if quote else "") or settings.country

        def work(task: Task) -> tuple[BillReading, Any]:
            from roi_tool.quoting import prepare_case
            from roi_tool.quoting.case import Customer
            from roi_tool.workspace.case_errands import price_book, read_bills, with_bills

            reading = read_bills(files(), country, lambda share, name: task.report(share * 0.8, name), answers)
            if not reading.bills:
                return reading, None
            task.report(0.85, words.text("Rating every call under every offer"))
            if quote is not None:
                return reading, with_bills(quote.case, reading.bills)
            customer = Customer(words.text("New customer"), country)
            return reading, prepare_case(customer, reading.bills, price_book(settings.price_book))

        self._begin(READING, words.text("Reading bills"), work, self._take_reading)

    def remove_file(self, path: str) -> None:
        """Take the bill of a file out of the quote; undo brings it back."""
        quote = self.quote
        if quote is None:
            return

        def work(task: Task) -> Any:
            from roi_tool.workspace.case_errands import without_file

            task.report(0.1)
            return without_file(quote.case, path)

        self._begin(READING, self.words.text("Rating every call under every offer"), work, self._take_case)

    def write_paper(self, path: Path) -> None:
        """Write the paper that the file's ending asks for, of the scenario as it stands."""
        quote, brand, words = self.quote, self.settings.brand, self.words
        if quote is None:
            return
        case, comparison = quote.case, quote.comparison

        def work(task: Task) -> Path:
            from roi_tool.workspace.exporting import export_comparison

            task.report(0.2)
            return export_comparison(path, case, comparison, brand, words)

        self._begin(WRITING, words.text("Writing {file}", file=path.name), work, self._take_paper)

    def cancel_work(self) -> None:
        """Give up what is being done; the quote stays as it was."""
        for key in (OPENING, READING, WRITING):
            self.tasks.cancel(key)
        self._end_work()

    def _begin(self, key: str, title: str, work: Callable[[Task], Any], done: Callable[[Any], None]) -> None:
        self._show_work(0.0, title)
        self.tasks.run(key, work, done, self.failed, lambda share, doing: self._show_work(share, doing or title))

    def _show_work(self, share: float, doing: str) -> None:
        self.work = (share, doing)
        self.work_changed.emit()

    def _end_work(self) -> None:
        if self.work is not None:
            self.work = None
            self.work_changed.emit()

    def _take_reading(self, result: tuple[BillReading, Any]) -> None:
        reading, case = result
        self.refused = reading.refused
        if case is not None:
            self._take_case(case)
        self._end_work()
        self.bills_refused.emit(reading.refused)
        self.raise_problems(reading.refused)

    def _take_paper(self, path: Path) -> None:
        self._end_work()
        self.paper_written.emit(path)
        self.say(self.words.text("Written: {file}", file=path), "good")

    def _take_case(self, case: Any) -> None:
        from roi_tool.workspace.open_quote import OpenQuote

        if self.quote is None:
            self.put_quote(OpenQuote(case))
        else:
            self.quote.replace_case(case)
            self._end_work()


def _files_given(paths: tuple[Path, ...]) -> Sequence[Sequence[Path]]:
    from roi_tool.workspace.case_errands import files_given

    return files_given(paths)


def _files_of_bill(quote: OpenQuote, path: str) -> Sequence[Path]:
    from roi_tool.workspace.case_errands import files_of_bill

    return files_of_bill(quote.case, path)
