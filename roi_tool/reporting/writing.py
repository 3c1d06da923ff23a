"""Writes papers to disk: as PDF, as workbook. The heavy libraries are imported when a paper is asked for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from roi_tool.billing import BilledAccount
from roi_tool.problems import Problem, ProblemError
from roi_tool.quoting import Comparison
from roi_tool.quoting.case import Case
from roi_tool.reporting.brand import Brand
from roi_tool.reporting.invoicing import Numbers, invoice_paper
from roi_tool.reporting.matter import Matter
from roi_tool.reporting.paper import comparison_paper
from roi_tool.reporting.trunk_analysis import TrafficSubject, traffic_paper
from roi_tool.wording import Wording


def write_comparison_pdf(
    path: str | Path,
    case: Case,
    comparison: Comparison,
    brand: Brand,
    words: Wording,
    *,
    on: date | None = None,
    fiscal_month: int = 1,
) -> None:
    """Write the branded PDF. `on` is the date it carries, by default today; `fiscal_month` is
    the month in which the customer's fiscal year begins.

    Raises:
        ProblemError: `paper_not_written`: the place cannot be written to; `template_wrong`: the logo is no picture.
    """
    from roi_tool.reporting.pdf.document import write_pdf

    paper = comparison_paper(case, comparison, brand, words, on=on, fiscal_month=fiscal_month)
    try:
        write_pdf(path, paper, brand)
    except OSError as error:
        raise _not_written(path, error) from error


def write_comparison_workbook(
    path: str | Path,
    case: Case,
    comparison: Comparison,
    brand: Brand,
    words: Wording,
    *,
    on: date | None = None,
    fiscal_month: int = 1,
) -> None:
    """Write the XLSX workbook with live formulas. `on` is the date it carries, by default today; `fiscal_month` is
    the month in which the customer's fiscal year begins.

    Raises:
        ProblemError: `paper_not_written`: the place cannot be written to.
    """
    from roi_tool.reporting.workbook.book import write_workbook

    paper = comparison_paper(case, comparison, brand, words, on=on, fiscal_month=fiscal_month)
    try:
        write_workbook(path, paper, Matter(case, comparison, words, on, fiscal_month), brand)
    except OSError as error:
        raise _not_written(path, error) from error


def write_traffic_pdf(path: str | Path, subject: TrafficSubject, brand: Brand, *, on: date | None = None) -> None:
    """Write the traffic report as a branded PDF. `on` is the date it carries, by default today.

    Raises:
        ProblemError: `paper_not_written`, `template_wrong`; `traffic_no_calls`: there is nothing to report.
    """
    from roi_tool.reporting.pdf.document import write_pdf

    _check_calls(subject)
    try:
        write_pdf(path, traffic_paper(subject, brand, on=on), brand)
    except OSError as error:
        raise _not_written(path, error) from error


def write_traffic_workbook(path: str | Path, subject: TrafficSubject, brand: Brand, *, on: date | None = None) -> None:
    """Write the traffic report as XLSX, with every hour of the day. `on` is the date it carries, by default today.

    Raises:
        ProblemError: `paper_not_written`; `traffic_no_calls`: there is nothing to report.
    """
    from roi_tool.reporting.workbook.paper_book import write_paper_book

    _check_calls(subject)
    words = subject.words
    names = (words.text("Answer"), words.text("Channels"), words.text("Over time"), words.text("By hour"))
    try:
        write_paper_book(path, traffic_paper(subject, brand, on=on, hours=True), names, brand)
    except OSError as error:
        raise _not_written(path, error) from error


def write_invoice_pdf(
    path: str | Path,
    billed: BilledAccount,
    brand: Brand,
    words: Wording,
    *,
    numbers: Numbers = Numbers.MASKED,
    on: date | None = None,
) -> None:
    """Write an account's invoice as a branded PDF.

    Args:
        path: where to.
        billed: the account's month, as the billing run made it; nothing is computed anew.
        brand: the operator's.
        words: the customer's.
        numbers: whether the calls are annexed, and whether the ends of the other party's numbers are hidden.
        on: date of the invoice, by default the day after the period.

    Raises:
        ProblemError: `paper_not_written`, `template_wrong`.
    """
    from roi_tool.reporting.pdf.document import write_pdf

    try:
        write_pdf(path, invoice_paper(billed, brand, words, numbers=numbers, on=on), brand)
    except OSError as error:
        raise _not_written(path, error) from error


def _check_calls(subject: TrafficSubject) -> None:
    if not subject.profile.calls:
        raise ProblemError(Problem("traffic_no_calls"))


def _not_written(path: str | Path, error: OSError) -> ProblemError:
    return ProblemError(Problem("paper_not_written", detail={"file": str(path), "reason": error.strerror or str(error)}))
