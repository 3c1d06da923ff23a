"""Errands that make or change a case: a first answer from a name, bills read and added, questions answered. Slow; run aside."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from roi_tool.cdr import Bill
from roi_tool.importing import read_bill
from roi_tool.importing.pricebooks import read_pricebook
from roi_tool.pricebook import PriceBook
from roi_tool.problems import Problem, ProblemError, Severity, Where
from roi_tool.quoting import prepare_again, prepare_case
from roi_tool.quoting.case import Case, Customer, ExchangeRate
from roi_tool.resources import pricebooks_folder, sample_bills_folder
from roi_tool.workspace.bill_pairs import pairs_of
from roi_tool.workspace.repeated_bills import Repeated, without_repeated

Progress = Callable[[float, str], None]
"""Called with the share done (0 to 1) and what is being done; may raise to stop the errand."""

_NOT_BILLS = frozenset({"Thumbs.db", "desktop.ini"})
"""What systems leave in folders."""


@dataclass(frozen=True, slots=True)
class BillReading:
    """What became of the files a user gave: bills that were read, and files that could not be."""

    bills: tuple[Bill, ...] = ()
    refused: tuple[Problem, ...] = field(default=())
    repeated: tuple[Repeated, ...] = ()
    """Bills of which everything or a part stands in another one; what is left of them is among `bills`."""
    replaced: tuple[str, ...] = ()
    """Names of files that were known already: their bill takes the place of the old one."""


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
    return prepare_again(case, customer=customer)


def with_bills(case: Case, bills: Sequence[Bill]) -> Case:
    """Return the case with bills put in. A bill with a file that is already there takes the old one's place."""
    new_paths = {path for bill in bills for path in _paths(bill)}
    kept = [bill for bill in case.bills if not new_paths & _paths(bill)]
    return prepare_again(case, bills=(*kept, *bills))


def new_case(bills: Sequence[Bill], customer: Customer, book_name: str, rates: Sequence[ExchangeRate] = ()) -> Case:
    """Return a case that begins with bills."""
    return prepare_case(customer, bills, price_book(book_name), exchange=rates)


def at_rates(case: Case, rates: Sequence[ExchangeRate]) -> Case:
    """Return the case with rates for bills in other currencies; no bill is converted yet."""
    named = {rate.currency for rate in rates}
    return replace(case, exchange=(*(known for known in case.exchange if known.currency not in named), *rates))


def what_is_unlike(error: ProblemError) -> Problem | None:
    """Return why bills do not fit the open quote where something can be done about it, None for any other problem."""
    problem = error.problems[0]
    known = set(problem.detail.get("values", "").split(", ")) - {"None"}
    if problem.code == "calls_mixed" and problem.detail["what"] == "tax_included" and len(known) == 1:
        return Problem("bills_tax_unsaid", Severity.WARNING, detail={"state": f"tax_state.{known.pop()}"})
    if problem.code == "calls_mixed" and problem.detail["what"] == "tax_included":
        return Problem("bills_tax_differs", Severity.WARNING)
    if problem.code == "calls_mixed":
        return Problem("bills_unlike", Severity.WARNING, detail={"what": f"unlike.{problem.detail['what']}"})
    return problem if problem.code == "currencies_differ" and "," not in problem.detail["bills"] else None


def without_file(case: Case, path: str) -> Case:
    """Return the case without the bill that holds a file."""
    wanted = Path(path).resolve()
    kept = [bill for bill in case.bills if wanted not in _paths(bill)]
    return prepare_again(case, bills=kept)


def files_given(paths: Sequence[Path]) -> tuple[tuple[Path, ...], ...]:
    """Return each file as a bill of its own, once; a folder stands for the files in it and in the folders below."""
    files = {file.resolve(): file for path in paths for file in _files_of(path)}
    return tuple((file,) for file in files.values())


def files_of_bill(case: Case, path: str) -> tuple[Path, ...]:
    """Return all files of the bill that holds a file, so that they are read again together."""
    for bill in case.bills:
        if path in {name for reading in bill.files for name in (reading.path, str(on_disk(Path(reading.path))))}:
            return tuple(dict.fromkeys(on_disk(Path(reading.path)) for reading in bill.files))
    return (Path(path),)


def read_bills(
    bills: Sequence[Sequence[Path]],
    country: str,
    progress: Progress,
    answers: Mapping[str, str] | None = None,
    *,
    mask_numbers: bool = False,
    known: Sequence[Bill] | None = None,
) -> BillReading:
    """Read bills; one that cannot be read is said and does not stop the others. A summary is read with the calls it sums up.

    Args:
        bills: the files of each bill.
        country: of the customer, for numbers that the bill writes nationally.
        progress: see `Progress`.
        answers: what the user has answered: `date_order`, `duration`, `currency`, `charge`, `layout` (see `read_bill`).
        mask_numbers: keep of each subscriber number only what rating needs.
        known: bills that the new ones are held against, so that no call is counted twice; None counts them as given.
    """
    given: dict[str, Any] = {**(answers or {}), "country": country, "mask_numbers": mask_numbers}
    read: list[tuple[Sequence[Path], Bill]] = []
    refused: list[Problem] = []
    for place, files in enumerate(bills):

        def tell(name: str, share: float, place: int = place) -> None:
            progress((place + share) / len(bills), Path(name).name)

        try:
            read.append((files, read_bill(list(files), recall=True, progress=tell, **given)))
        except ProblemError as error:
            refused += [_placed(problem, files[0]) for problem in error.problems]
    found = _with_summaries(read, lambda files: read_bill(files, recall=True, progress=lambda *_: progress(1.0, ""), **given))
    if not bills:
        refused.append(Problem("nothing_to_read", Severity.ERROR))
    if known is None:
        return BillReading(tuple(found), tuple(refused))
    kept, repeated = without_repeated(found, known)
    old = {path for bill in known for path in _paths(bill)}
    replaced = tuple(sorted(path.name for bill in kept for path in _paths(bill) & old))
    return BillReading(kept, tuple(refused), repeated, replaced)


def _with_summaries(read: Sequence[tuple[Sequence[Path], Bill]], read_together: Callable[[list[Path]], Bill]) -> list[Bill]:
    """Return the bills; a summary without calls and the bill that itemises its calls are read together as one."""
    belonging = dict(pairs_of([bill for _, bill in read]))
    summaries = set(belonging.values())
    return [
        read_together([*files, *read[belonging[place]][0]]) if place in belonging else bill
        for place, (files, bill) in enumerate(read)
        if place not in summaries
    ]


def _paths(bill: Bill) -> set[Path]:
    return {Path(reading.path).resolve() for reading in bill.files}


def on_disk(path: Path) -> Path:
    """Return the file to open for a path: a file inside an archive is read by its archive."""
    return next((place for place in (path, *path.parents) if place.is_file()), path)


def _files_of(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    visible = (
        file for file in path.rglob("*") if not any(part.startswith((".", "__")) for part in file.relative_to(path).parts)
    )
    return sorted(file for file in visible if file.is_file() and file.name not in _NOT_BILLS)


def _placed(problem: Problem, file: Path) -> Problem:
    return problem if problem.where.file else replace(problem, where=Where(str(file), problem.where.row, problem.where.column))
