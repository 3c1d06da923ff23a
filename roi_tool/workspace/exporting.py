"""Writes the open quote's papers: PDF and workbook, in the reader's language and the operator's brand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from roi_tool.problems import Problem, ProblemError, Where
from roi_tool.resources import report_templates_folder

if TYPE_CHECKING:
    from roi_tool.quoting import Comparison
    from roi_tool.quoting.case import Case
    from roi_tool.wording import Wording

KINDS = ("pdf", "xlsx")
TRAFFIC = "traffic"
"""The traffic report, beside the comparison."""


def suggested_name(case: Case, kind: str) -> str:
    """Return a file name from the customer's name that every system accepts."""
    plain = re.sub(r'[<>:"/\\|?*\x00-\x1f]+', " ", case.customer.name).strip(" .")
    words = re.sub(r"\s+", "-", plain)
    stem = words[:80] or "comparison"
    return f"{stem}-traffic.pdf" if kind == TRAFFIC else f"{stem}.{kind}"


def export_comparison(path: Path, case: Case, comparison: Comparison, brand_name: str, words: Wording) -> Path:
    """Write the paper that the file's ending asks for and return where it lies.

    Raises:
        ProblemError: an ending that is neither `.pdf` nor `.xlsx`, or a place that cannot be written.
    """
    from roi_tool.reporting import read_brand, write_comparison_pdf, write_comparison_workbook

    kind = _ending(path)
    brand = read_brand(report_templates_folder() / brand_name)
    write = write_comparison_pdf if kind == "pdf" else write_comparison_workbook
    with _told(path):
        write(path, case, comparison, brand, words)
    return path.resolve()


def export_traffic(path: Path, case: Case, brand_name: str, words: Wording) -> Path:
    """Write the traffic report of the customer's own calls and return where it lies.

    Raises:
        ProblemError: `export_no_calls`: there are no bills to measure; else as `export_comparison`.
    """
    from roi_tool.reporting import TrafficSubject, read_brand, write_traffic_pdf, write_traffic_workbook
    from roi_tool.traffic import find_paid_channels, profile_findings

    if case.traffic is None or case.calls_typical:
        raise ProblemError(Problem("export_no_calls"))
    kind = _ending(path)
    brand = read_brand(report_templates_folder() / brand_name)
    findings = tuple(profile_findings(case.traffic))
    subject = TrafficSubject(case.traffic, words, case.customer.name, find_paid_channels(case.bills), findings)
    write = write_traffic_pdf if kind == "pdf" else write_traffic_workbook
    with _told(path):
        write(path, subject, brand)
    return path.resolve()


def _ending(path: Path) -> str:
    kind = path.suffix.lower().lstrip(".")
    if kind not in KINDS:
        raise ProblemError(Problem("export_kind_unknown", where=Where(str(path)), detail={"kind": path.suffix or path.name}))
    return kind


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """A place that cannot be written is a finding, not a fault."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ProblemError(Problem("export_not_written", where=Where(str(path)), detail={"reason": reason})) from error
