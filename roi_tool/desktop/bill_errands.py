"""What the desk does with bills aside: reads them, reads them again with an answer, and sees that no call is counted twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from roi_tool.desktop.task_runner import Task
from roi_tool.desktop.unlike_bills import fitted, nameless, take_or_offer
from roi_tool.problems import ProblemError

if TYPE_CHECKING:
    from roi_tool.cdr import Bill, FileReading
    from roi_tool.desktop.desk_state import DeskState
    from roi_tool.workspace.case_errands import BillReading

Work = Callable[[Task], Any]
Files = Sequence[Sequence[Path]]


class BillErrands:
    """The errands of bills; whoever has them says in `add` how errands follow each other."""

    def __init__(self, desk: DeskState) -> None:
        self._desk = desk
        self._answers: dict[str, dict[str, str]] = {}

    def add(self, title: str, make: Callable[[], Work], done: Callable[[Any], None]) -> None:
        """Put an errand behind those that wait; `make` is called when its turn comes."""
        raise NotImplementedError

    def take_bills(self, paths: Sequence[Path]) -> None:
        """Read files, each as a bill, and put them into the open quote; without one a quote is begun.

        A bill that repeats another is left out and said.
        """

        def files() -> Files:
            from roi_tool.workspace.case_errands import files_given

            return files_given(paths)

        self._read(files, {}, tell_replaced=True)

    def count_as_given(self, bill: Bill) -> None:
        """Put a bill in although it repeats another: the user says that both count."""
        desk = self._desk

        def make() -> Work:
            quote = desk.quote

            def work(task: Task) -> Any:
                from roi_tool.workspace.case_errands import new_case, with_bills

                task.report(0.1)
                if quote is not None:
                    return fitted(lambda: with_bills(quote.case, (bill,)))
                return fitted(lambda: new_case((bill,), nameless(desk.words, desk.settings.country), desk.settings.price_book))

            return work

        def done(found: Any) -> None:
            take_or_offer(desk, self.add, found, (bill,))
            desk.repeated = tuple(one for one in desk.repeated if one.bill is not bill)
            desk.bills_refused.emit(desk.refused)

        self.add(desk.words.text("Rating every call under every offer"), make, done)

    def answer(self, path: str, question: str, answer: str) -> None:
        """Remember the answer to a question for files of this shape, and read the file's bill again."""
        from roi_tool.importing.remembered_answers import remember

        reading, kept = self._reading_of(path), False
        if reading is not None and reading.shape:
            try:
                remember(reading.shape, {question: answer}, Path(path).name)
                kept = True
            except ProblemError as error:
                self._desk.raise_problems(error.problems, "warn")
        if not kept:  # it holds for this file at least
            self._answers.setdefault(path, {})[question] = answer
        self._read_again(path, self._answers.get(path, {}))

    def ask_again(self, path: str) -> None:
        """Forget what was answered for files of this shape, and read the file's bill again."""
        from roi_tool.importing.remembered_answers import forget

        reading = self._reading_of(path)
        self._answers.pop(path, None)
        if reading is not None:
            try:
                forget(reading.shape)
            except ProblemError as error:
                self._desk.raise_problems(error.problems, "warn")
        self._read_again(path, {})

    def read_with(self, path: Path, layout: str = "") -> None:
        """Read the bill of a file again, by a layout where one is named; what was answered for this file alone is forgotten."""
        self._answers.pop(str(path), None)
        self._read_again(str(path), {"layout": layout} if layout else {})

    def _reading_of(self, path: str) -> FileReading | None:
        quote = self._desk.quote
        bills = quote.case.bills if quote is not None else ()
        return next((reading for bill in bills for reading in bill.files if reading.path == path), None)

    def _read_again(self, path: str, answers: Mapping[str, str]) -> None:
        def files() -> Files:
            from roi_tool.workspace.case_errands import files_of_bill

            quote = self._desk.quote
            return ((Path(path),) if quote is None else files_of_bill(quote.case, path),)

        self._read(files, answers)

    def _read(self, files: Callable[[], Files], answers: Mapping[str, str], *, tell_replaced: bool = False) -> None:
        desk = self._desk

        def make() -> Work:
            quote, settings, words = desk.quote, desk.settings, desk.words
            country = (quote.case.customer.country if quote else "") or settings.country
            known = quote.case.bills if quote is not None else ()

            def work(task: Task) -> tuple[BillReading, Any]:
                from roi_tool.workspace.case_errands import new_case, read_bills, with_bills

                def tell(share: float, name: str) -> None:
                    task.report(share * 0.8, name)

                mask = settings.mask_numbers
                reading = read_bills(files(), country, tell, answers, mask_numbers=mask, known=known)
                if not reading.bills:
                    return reading, None
                task.report(0.85, words.text("Rating every call under every offer"))
                if quote is not None:
                    return reading, fitted(lambda: with_bills(quote.case, reading.bills))
                return reading, fitted(lambda: new_case(reading.bills, nameless(words, country), settings.price_book))

            return work

        self.add(desk.words.text("Reading bills"), make, lambda found: self._bills_read(found, tell_replaced))

    def _bills_read(self, result: tuple[BillReading, Any], tell_replaced: bool) -> None:
        reading, found = result
        if tell_replaced and reading.replaced:
            words = self._desk.words
            names = words.listed(reading.replaced)
            self._desk.say(words.text("Read again, in the place of the old reading: {files}", files=names), "good")
        if found is not None:
            take_or_offer(self._desk, self.add, found, reading.bills)
        self._desk.refused, self._desk.repeated = reading.refused, reading.repeated
        self._desk.bills_refused.emit((*reading.refused, *(one.problem for one in reading.repeated)))
