"""What the desk does aside: opening, a first answer, bills, papers. Errands that change the case go one after another."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from roi_tool.desktop.bill_errands import BillErrands, Work
from roi_tool.desktop.task_runner import Task

if TYPE_CHECKING:
    from roi_tool.desktop.desk_state import DeskState
    from roi_tool.quoting.case import Customer
    from roi_tool.workspace.open_quote import OpenQuote

CASE, PAPER = "case", "paper"


class Errands(BillErrands):
    """Each case errand starts from the case as the one before has left it; none is lost when two follow each other."""

    def __init__(self, desk: DeskState) -> None:
        super().__init__(desk)
        self._queue: deque[tuple[str, Callable[[], Work], Callable[[Any], None]]] = deque()

    def open_file(self, path: Path, opened: Callable[[OpenQuote], None] | None = None) -> None:
        """Open a case or a quote from a file; `opened` is given it, else it is laid on the desk and remembered."""

        def work(task: Task) -> OpenQuote:
            from roi_tool.workspace.open_quote import OpenQuote
            from roi_tool.workspace.opening import open_case

            case, scenario = open_case(path, progress=lambda name: task.report(0.3, name))
            task.report(0.9)
            return OpenQuote(case, scenario, path)

        self.add(self._desk.words.text("Opening {file}", file=path.name), lambda: work, opened or self._file_opened)

    def _file_opened(self, quote: OpenQuote) -> None:
        from roi_tool.resources import sample_bills_folder

        path = quote.path
        if path is not None and path.parent != sample_bills_folder():
            self._desk.remember(path)
        self._desk.put_quote(quote)

    def open_sample(self) -> None:
        """Open the sample customer."""
        from roi_tool.resources import sample_bills_folder

        self.open_file(sample_bills_folder() / "alder-wren.case.yaml")

    def take_customer(self, customer: Customer) -> None:
        """Give a first answer for a customer, or change the customer of the open quote."""

        def make() -> Work:
            quote, book = self._desk.quote, self._desk.settings.price_book

            def work(task: Task) -> Any:
                from roi_tool.workspace.case_errands import first_answer, with_customer

                task.report(0.1)
                return first_answer(customer, book) if quote is None else with_customer(quote.case, customer)

            return work

        self.add(self._desk.words.text("Working out a first answer"), make, self._desk.take_case)

    def remove_file(self, path: str) -> None:
        """Take the bill of a file out of the quote; undo brings it back."""

        def make() -> Work:
            quote = self._desk.quote

            def work(task: Task) -> Any:
                from roi_tool.workspace.case_errands import without_file

                task.report(0.1)
                return None if quote is None else without_file(quote.case, path)

            return work

        self.add(self._desk.words.text("Rating every call under every offer"), make, self._desk.take_case)

    def write_paper(self, path: Path, kind: str = "") -> None:
        """Write the paper that the file's ending asks for, of the scenario as it stands; `traffic` is the traffic report."""
        desk = self._desk
        quote, brand, words = desk.quote, desk.settings.brand, desk.words
        if quote is None:
            return
        case, comparison = quote.case, quote.comparison

        def work(task: Task) -> Path:
            from roi_tool.workspace.exporting import TRAFFIC, export_comparison, export_traffic

            task.report(0.2)
            if kind == TRAFFIC:
                return export_traffic(path, case, brand, words)
            return export_comparison(path, case, comparison, brand, words)

        title = words.text("Writing {file}", file=path.name)
        desk.show_work((0.0, title))
        desk.tasks.run(PAPER, work, self._paper_written, self._failed, lambda share, _: desk.show_work((share, title)))

    def cancel(self) -> None:
        """Give up what is being done and what waits; the quote stays as it was."""
        self._queue.clear()
        for key in (CASE, PAPER):
            self._desk.tasks.cancel(key)
        self._desk.show_work(None)

    # one after another

    def add(self, title: str, make: Callable[[], Work], done: Callable[[Any], None]) -> None:
        """Put an errand behind those that wait; `make` is called when its turn comes."""
        self._queue.append((title, make, done))
        if CASE not in self._desk.tasks.running:
            self._next()

    def _next(self) -> None:
        desk = self._desk
        if not self._queue:
            if not desk.tasks.running & {CASE, PAPER}:
                desk.show_work(None)
            return
        title, make, done = self._queue.popleft()

        def finished(result: Any) -> None:
            done(result)
            self._next()

        desk.show_work((0.0, title))
        desk.tasks.run(CASE, make(), finished, self._failed, lambda share, doing: desk.show_work((share, doing or title)))

    def _failed(self, error: Exception) -> None:
        self._desk.failed(error)
        if CASE not in self._desk.tasks.running:
            self._next()

    def _paper_written(self, path: Path) -> None:
        self._desk.show_work(None)
        self._desk.paper_written.emit(path)
        self._desk.say(self._desk.words.text("Written: {file}", file=path), "good")
