"""Writes a comparison to disk: as PDF, as workbook. The heavy libraries are imported when a paper is asked for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from roi_tool.problems import Problem, ProblemError
from roi_tool.quoting import Comparison
from roi_tool.quoting.case import Case
from roi_tool.reporting.brand import Brand
from roi_tool.reporting.paper import comparison_paper
from roi_tool.wording import Wording


def write_comparison_pdf(
    path: str | Path, case: Case, comparison: Comparison, brand: Brand, words: Wording, *, on: date | None = None
) -> None:
    """Write the branded PDF. `on` is the date it carries, by default today.

    Raises:
        ProblemError: `paper_not_written`: the place cannot be written to; `template_wrong`: the logo is no picture.
    """
    from roi_tool.reporting.pdf.document import write_pdf

    paper = comparison_paper(case, comparison, brand, words, on=on)
    try:
        write_pdf(path, paper, brand)
    except OSError as error:
        raise _not_written(path, error) from error


def write_comparison_workbook(
    path: str | Path, case: Case, comparison: Comparison, brand: Brand, words: Wording, *, on: date | None = None
) -> None:
    """Write the XLSX workbook with live formulas. `on` is the date it carries, by default today.

    Raises:
        ProblemError: `paper_not_written`: the place cannot be written to.
    """
    from roi_tool.reporting.workbook.book import write_workbook

    paper = comparison_paper(case, comparison, brand, words, on=on)
    try:
        write_workbook(path, paper, case, comparison, brand, words)
    except OSError as error:
        raise _not_written(path, error) from error


def _not_written(path: str | Path, error: OSError) -> ProblemError:
    return ProblemError(Problem("paper_not_written", detail={"file": str(path), "reason": error.strerror or str(error)}))
