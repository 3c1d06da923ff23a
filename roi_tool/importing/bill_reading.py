"""Reads the files of a bill: each record ends as a call, a charge, skipped for a reason, or rejected with one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from roi_tool.cdr import Bill
from roi_tool.importing.bill_joining import join_tables
from roi_tool.importing.cells.dates import DateOrder
from roi_tool.importing.cells.durations import DurationFormat
from roi_tool.importing.file_reading import read_tables
from roi_tool.importing.layout import Layout
from roi_tool.importing.layout_library import find_layout
from roi_tool.importing.masking import mask_bill
from roi_tool.importing.records.opening import name_of, open_records
from roi_tool.importing.records.record_source import PORTIONS, Portions
from roi_tool.importing.table_reading import TableReading
from roi_tool.importing.understanding import Request
from roi_tool.problems import Problem, ProblemError

Progress = Callable[[str, float], None]
"""Called with a file's path and the share done, from 0 to 1."""
Told = Callable[[float], None]
Named = TypeVar("Named", DateOrder, DurationFormat)


def read_bill(
    paths: str | Path | Iterable[str | Path],
    *,
    layout: str | Layout | None = None,
    country: str | None = None,
    timezone: str | None = None,
    currency: str | None = None,
    date_order: str | None = None,
    duration: str | None = None,
    charge: str | None = None,
    recall: bool = False,
    mask_numbers: bool = False,
    keep_repeated: bool = False,
    progress: Progress | None = None,
    portions: Portions = PORTIONS,
) -> Bill:
    """Read one bill from one or several files.

    Args:
        paths: the files (CSV, XLSX, XLS, XLSB, ODS, zips of these).
        layout: name of a declared layout, path of a layout file, or a layout; by default it is found.
        country: ISO 3166 code of the account; by default told by the file, else GB.
        timezone: IANA zone of the bill's local times; by default the layout's or the country's.
        currency: ISO 4217 code; by default told by the file.
        date_order: "dmy", "mdy" or "ymd"; by default proved by the dates, else asked as a question.
        duration: name of a `DurationFormat`; by default told by the file, else asked as a question.
        charge: title of the column of the charges, where several could be it; else asked as a question.
        recall: let what the user has answered for files of the same shape settle what would be asked otherwise. Without it
            a reading depends on nothing but its arguments.
        mask_numbers: keep of each subscriber number only what rating needs (see `masking`).
        keep_repeated: keep calls that an earlier file holds already, so that an audit finds them; a file that holds nothing new
            is left out all the same.
        progress: told how far the reading is; what it raises ends the reading.
        portions: how much is held at a time; the outcome does not depend on it.

    Returns:
        The bill. Every non-blank record of every file is counted in its `FileReading`.

    Raises:
        ProblemError: no file could be read at all; each problem is one sentence.
    """
    files = [Path(paths)] if isinstance(paths, str | Path) else [Path(path) for path in paths]
    request = Request(
        find_layout(layout) if isinstance(layout, str) and layout else layout or None,
        country,
        timezone,
        currency,
        _named(DateOrder, "--date-order", date_order),
        _named(DurationFormat, "--duration", duration),
        charge,
        recall,
    )
    readings: list[tuple[str, list[TableReading]]] = []
    problems: list[Problem] = []
    for position, path in enumerate(files):
        if progress is not None:
            progress(name_of(path), position / len(files))
        try:
            tells = (None, None) if progress is None else _parts_of(progress, name_of(path), position, len(files))
            delimiter = request.layout.delimiter if request.layout else ""
            sources = open_records(path, delimiter, tells[0], portions)
            readings.append((name_of(path), read_tables(sources, request, tells[1], portions)))
        except ProblemError as error:
            problems += error.problems
    if not readings:
        raise ProblemError(*problems or [Problem("no_files")])
    if progress is not None:
        progress(name_of(files[-1]), 1.0)
    bill = join_tables(readings, problems, keep_repeated=keep_repeated)
    return mask_bill(bill) if mask_numbers else bill


def _parts_of(progress: Progress, path: str, position: int, count: int) -> tuple[Told, Told]:
    """Return what tells of the opening of one of several files, and of its reading.

    Only what is opened page by page tells of it: that is the first third of the work.
    """
    opened = 0.0

    def opening(share: float) -> None:
        nonlocal opened
        opened = 1 / 3
        progress(path, (position + share * opened) / count)

    return opening, lambda share: progress(path, (position + opened + (1 - opened) * share) / count)


def _named(kind: type[Named], option: str, text: str | None) -> Named | None:
    try:
        return kind(text) if text else None
    except ValueError as error:
        detail = {"option": option, "value": str(text), "known": ", ".join(str(item) for item in kind)}
        raise ProblemError(Problem("option_invalid", detail=detail)) from error


__all__ = ["read_bill"]
