"""Which papers there are and what was written where. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from roi_tool.wording import Wording


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of paper: `pdf` and `xlsx` of the comparison, or `traffic`. `ending` is that of its file."""

    kind: str
    ending: str
    title: str
    about: str
    button: str
    filter: str


def papers(words: Wording) -> tuple[Paper, ...]:
    """Return the papers that can be written."""
    return (
        Paper(
            "pdf",
            "pdf",
            words.text("The report"),
            words.text("For the customer: the answer on one page, options side by side, assumptions with their evidence."),
            words.text("Write the PDF…"),
            words.text("PDF report") + " (*.pdf)",
        ),
        Paper(
            "xlsx",
            "xlsx",
            words.text("The workbook"),
            words.text("For the customer’s finance: every line and month, to be followed and tried."),
            words.text("Write the workbook…"),
            words.text("Excel workbook") + " (*.xlsx)",
        ),
        Paper(
            "traffic",
            "pdf",
            words.text("The traffic report"),
            words.text("For the customer’s engineers: busy hour, channels needed and paid for, bandwidth, trend."),
            words.text("Write the traffic report…"),
            words.text("PDF report") + " (*.pdf)",
        ),
    )


def with_ending(path: Path, ending: str) -> Path:
    """Return the path with the paper's ending, whatever was typed."""
    return path if path.suffix.lower() == f".{ending}" else path.with_name(f"{path.name}.{ending}")


def written_text(path: Path, words: Wording) -> str:
    """Return what is said of a paper that was written."""
    size = path.stat().st_size / 1024 if path.is_file() else 0
    return words.text("{file} · {size} KB", file=path, size=words.number(size))
