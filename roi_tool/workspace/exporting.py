"""Writes the open quote's papers: PDF and workbook, in the reader's language and the operator's brand."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from roi_tool.problems import Problem, ProblemError, Where
from roi_tool.resources import report_templates_folder

if TYPE_CHECKING:
    from roi_tool.quoting import Comparison
    from roi_tool.quoting.case import Case
    from roi_tool.wording import Wording

KINDS = ("pdf", "xlsx")


def suggested_name(case: Case, kind: str) -> str:
    """Return a file name from the customer's name that every system accepts."""
    plain = re.sub(r'[<>:"/\\|?*\x00-\x1f]+', " ", case.customer.name).strip(" .")
    words = re.sub(r"\s+", "-", plain)
    return f"{words[:80] or 'comparison'}.{kind}"


def export_comparison(path: Path, case: Case, comparison: Comparison, brand_name: str, words: Wording) -> Path:
    """Write the paper that the file's ending asks for and return where it lies.

    Raises:
        ProblemError: an ending that is neither `.pdf` nor `.xlsx`, or a place that cannot be written.
    """
    from roi_tool.reporting import read_brand, write_comparison_pdf, write_comparison_workbook

    kind = path.suffix.lower().lstrip(".")
    if kind not in KINDS:
        raise ProblemError(Problem("export_kind_unknown", where=Where(str(path)), detail={"kind": path.suffix or path.name}))
    brand = read_brand(report_templates_folder() / brand_name)
    write = write_comparison_pdf if kind == "pdf" else write_comparison_workbook
    try:
        write(path, case, comparison, brand, words)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ProblemError(Problem("export_not_written", where=Where(str(path)), detail={"reason": reason})) from error
    return path.resolve()
