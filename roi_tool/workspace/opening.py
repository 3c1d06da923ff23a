"""Opens a case: from a case file with its bills and price book beside it, or from a `.roiquote` that carries everything."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from roi_tool.cdr import Bill
from roi_tool.pricebook import PriceBook
from roi_tool.problems import Problem, ProblemError, Severity, Where
from roi_tool.quoting import Case, Scenario, prepare_case
from roi_tool.resources import pricebooks_folder
from roi_tool.storage import BillEntry, CaseFile, read_case_file, read_quote_file

QUOTE_SUFFIX = ".roiquote"


def open_case(path: Path, *, progress: Callable[[str], None] | None = None) -> tuple[Case, Scenario]:
    """Open a case file (YAML, JSON) or a `.roiquote`.

    Args:
        path: the file.
        progress: told the name of each bill before it is read.

    Returns:
        The prepared case, and the scenario as it was left.

    Raises:
        ProblemError: what can't be opened, and why.
    """
    path = Path(path)
    if path.suffix.lower() == QUOTE_SUFFIX:
        content = read_quote_file(path)
        case = prepare_case(
            content.customer,
            content.bills,
            content.price_book,
            facts=content.facts,
            sip_way=content.sip_way,
            mix=content.mix,
            other_costs=content.other_costs,
            quantities=content.quantities,
            leaving=content.leaving,
        )
        return _dated(case), _moved(case.scenario, content.values, content.convention)
    written = read_case_file(path)
    book = find_pricebook(written.price_book, path.parent)
    bills = [_read_bill(entry, written, book, path.parent, progress) for entry in written.bills]
    try:
        case = prepare_case(
            written.customer.customer(),
            bills,
            book,
            facts=written.facts(),
            sip_way=written.sip_way,
            mix=[site.part() for site in written.mix],
            exchange=written.exchange_rates(),
            other_costs=[entry.cost() for entry in written.costs],
            quantities=written.stated_quantities(),
            leaving=written.leaving(),
        )
        return _dated(case), _moved(case.scenario, written.scenario, written.convention)
    except ProblemError as error:
        raise ProblemError(*(_in_file(problem, path) for problem in error.problems)) from None


def _in_file(problem: Problem, path: Path) -> Problem:
    """Give a finding about what a case file says the name of the file, where it names none itself."""
    return problem if problem.where.file else replace(problem, where=Where(str(path)))


def _dated(case: Case) -> Case:
    """Return the case with a word on a price book that is over."""
    book = case.price_book
    if datetime.now(ZoneInfo(book.timezone)).date() < book.valid_until:
        return case
    detail = {"book": f"{book.id} {book.version}", "day": book.valid_until.isoformat()}
    return replace(case, problems=(*case.problems, Problem("price_book_expired", Severity.INFO, detail=detail)))


def find_pricebook(name: str, beside: Path) -> PriceBook:
    """Read a price book: a folder relative to `beside`, or a shipped one by name.

    Raises:
        ProblemError: there is none of that name, or it is not valid.
    """
    from roi_tool.importing.pricebooks import read_pricebook

    for folder in (beside / name, pricebooks_folder() / name):
        if folder.is_dir():
            return read_pricebook(folder)
    shipped = sorted(folder.name for folder in pricebooks_folder().glob("*/") if (folder / "pricebook.toml").is_file())
    raise ProblemError(Problem("pricebook_unknown", detail={"name": name, "known": ", ".join(shipped) or "–"}))


def _read_bill(
    entry: BillEntry, written: CaseFile, book: PriceBook, beside: Path, progress: Callable[[str], None] | None
) -> Bill:
    from roi_tool.importing import read_bill

    paths = [beside / file for file in entry.files]
    for path in paths:
        if not path.is_file():
            raise ProblemError(Problem("case_no_bill", where=Where(str(path))))
        if progress:
            progress(path.name)
    bill: Bill = read_bill(
        paths,
        layout=entry.layout,
        country=entry.country or written.country or written.customer.country or book.country,
        timezone=entry.timezone or written.timezone,
        currency=entry.currency or written.currency,
        date_order=entry.date_order,
    )
    return bill


def _moved(scenario: Scenario, values: Mapping[str, Decimal], convention: str) -> Scenario:
    for driver, value in values.items():
        scenario = scenario.with_value(driver, value)
    return replace(scenario, convention=convention)
