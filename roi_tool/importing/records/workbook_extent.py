"""How far the cells of an XLSX reach, looked up before it is read.

The reader lays out every cell between the first and the last one, so a single stray cell in the last corner of a sheet
asks for hundreds of gigabytes, and the program is aborted, not told.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from roi_tool.importing.records.limits import MAX_SHEET_CELLS, MAX_UNPACKED_BYTES
from roi_tool.problems import Problem, ProblemError, Where

_CHUNK = 1 << 24
_OVERLAP = 64
# Up to 26 columns in the rows that a sheet can have are few enough; only what reaches further is measured cell by cell.
_FAR_COLUMN = re.compile(rb"r=[\"'][A-Z]{2}")
_FAR_ROW = re.compile(rb"row r=[\"']\d{7}")
_FAR_CELL = re.compile(rb"r=[\"'][A-Z]\d{7}")
_CELLS_LOOKED_AT = 1 << 25
"""In a sheet of more bytes a cell is taken to stand in the row that it is written in: the look would cost too long."""
_REFERENCE = re.compile(rb"r=[\"']([A-Z]*)(\d+)[\"']")
_OTHER_PARTS = re.compile(r"(?:sharedstrings|styles|theme\d*|calcchain|workbook|metadata|comments\d*)\.xml$", re.IGNORECASE)


def check_extent(data: bytes, file: str) -> None:
    """Refuse a workbook whose cells reach too far to be laid out; other formats than XLSX pass.

    Raises:
        ProblemError: too large, or its parts can't be unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for part in archive.infolist():
                if (
                    part.filename.startswith("xl/")
                    and part.filename.endswith(".xml")
                    and not _OTHER_PARTS.search(part.filename)
                ):
                    _check_sheet(archive, part, file)
    except zipfile.BadZipFile:
        return  # an XLS, or damaged: the reader says so
    except (OSError, EOFError, RuntimeError, NotImplementedError, ValueError, zlib.error) as error:
        raise ProblemError(Problem("workbook_damaged", where=Where(file))) from error


def _check_sheet(archive: zipfile.ZipFile, part: zipfile.ZipInfo, file: str) -> None:
    marks = (_FAR_COLUMN, _FAR_ROW, _FAR_CELL) if part.file_size <= _CELLS_LOOKED_AT else (_FAR_COLUMN, _FAR_ROW)
    if not any(mark.search(chunk) for chunk in _chunks(archive, part) for mark in marks):
        return
    last_row = last_column = 0
    for chunk in _chunks(archive, part):
        references = _REFERENCE.findall(chunk)
        last_row = max(last_row, max((int(row) for _, row in references), default=0))
        last_column = max(last_column, max((_column(letters) for letters in {letters for letters, _ in references}), default=0))
    if last_row * last_column > MAX_SHEET_CELLS:
        detail = {"rows": str(last_row), "columns": str(last_column)}
        raise ProblemError(Problem("sheet_too_large", where=Where(file, sheet=part.filename.rpartition("/")[2]), detail=detail))


def _chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the part's text; each chunk begins with the end of the one before, so that no reference is cut."""
    tail = b""
    left = MAX_UNPACKED_BYTES
    with archive.open(part) as stream:
        while left > 0 and (chunk := stream.read(_CHUNK)):
            left -= len(chunk)
            yield tail + chunk
            tail = chunk[-_OVERLAP:]


def _column(letters: bytes) -> int:
    """Return the number of a column: A is 1, XFD 16384.

    >>> _column(b"XFD"), _column(b"")
    (16384, 0)
    """
    number = 0
    for letter in letters[:8]:
        number = number * 26 + letter - 64
    return number
