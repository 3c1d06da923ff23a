"""Errands that make or change a case: a first answer from a name, bills read and added, questions answered. Slow; run aside."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from roi_tool.cdr import Bill, FileReading
from roi_tool.importing import read_bill
from roi_tool.importing.pricebooks import read_pricebook
from roi_tool.pricebook import PriceBook
from roi_tool.problems import Problem, ProblemError, Severity, Where
from roi_tool.quoting import prepare_case
from roi_tool.quoting.case import Case, Customer
from roi_tool.resources import pricebooks_folder, sample_bills_folder

Progress = Callable[[float, str], None]
"""Called with the share done (0 to 1) and what is being done; may raise to stop the errand."""


@dataclass(frozen=True, slots=True)
class BillReading:
    """What became of the files a user gave: bills that were read, and files that could not be."""

    bills: tuple[Bill, ...] = ()
    refused: tuple[Problem, ...] = field(default=())


def sample_case_file() -> Path:
    """Return the case of the sample customer."""
    return sample_bills_folder() / "alder-wren.case.yaml"


@lru_cache(maxsize=4)
def price_book(name: str) -> PriceBook:
    """Return a shipped price book, read once.

    Raises:
        ProblemError: it is not there, or not valid.
    """
    return read_pricebook(pricebooks_folder() / name)


def first_answer(customer: Customer, book_name: str) -> Case:
    """Return a case from a name and a number of seats alone.

    Raises:
        ProblemError: a nameless customer, impossible seats, an unusable price book.
    """
    return prepare_case(customer, (), price_book(book_name))


def with_customer(case: Case, customer: Customer) -> Case:
    """Return the case for changed facts about the customer."""
    return prepare_case(customer, case.bills, case.price_book, facts=case.facts)


def with_bills(case: Case, bills: Sequence[Bill]) -> Case:
    """Return the case with bills put in. A bill with a file that is already there takes the old one's place."""
    new_paths = {file.path for bill in bills for file in bill.files}
    kept = [bill for bill in case.bills if not new_paths & {file.path for file in bill.files}]
    return prepare_case(case.customer, (*kept, *bills), case.price_book, facts=case.facts)


def without_file(case: Case, path: str) -> Case:
    """Return the case without the bill that holds a file."""
    kept = [bill for bill in case.bills if path not in {file.path for file in bill.files}]
    return prepare_case(case.customer, kept, case.price_book, facts=case.facts)


def read_bills(
    paths: Sequence[Path],
    country: str,
    progress: Progress,
    answers: Mapping[str, str] | None = None,
) -> BillReading:
    """Read each file as a bill of its own; a file that cannot be read is said and does not stop the others.

    Args:
        paths: files, or folders whose files are meant.
        country: of the customer, for numbers that the bill writes nationally.
        progress: see `Progress`.
        answers: file path → date order, where the user has answered a question.
    """
    files = [file for path in paths for file in _files_of(path)]
    bills: list[Bill] = []
    refused: list[Problem] = []
    for place, file in enumerate(files):
        progress(place / len(files), file.name)
        try:
            bill = read_bill([file], country=country, date_order=(answers or {}).get(str(file)))
        except ProblemError as error:
            refused += [_placed(problem, file) for problem in error.problems]
            continue
        bills.append(bill)
    progress(1.0, "")
    if not files:
        refused.append(Problem("nothing_to_read", Severity.ERROR))
    return BillReading(tuple(bills), tuple(refused))


def questions_open(reading: FileReading) -> bool:
    """Say whether a file still has a question to the user."""
    return bool(reading.questions)


def _files_of(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(file for file in path.iterdir() if file.is_file() and not file.name.startswith("."))
    return [path]


def _placed(problem: Problem, file: Path) -> Problem:
    return problem if problem.where.file else replace(problem, where=Where(str(file), problem.where.row, problem.where.column))
