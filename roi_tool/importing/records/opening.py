"""A path to its tables: what kind of file it is, told by its first bytes and never by its name."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

from roi_tool.importing.records.archives import is_workbook, tables_of_archive
from roi_tool.importing.records.byte_source import ByteSource, held_bytes
from roi_tool.importing.records.decoding import SAMPLE_BYTES, read_text
from roi_tool.importing.records.delimited import delimited_records
from roi_tool.importing.records.limits import MAX_FILE_BYTES, MAX_TEXT_BYTES
from roi_tool.importing.records.markup import read_markup
from roi_tool.importing.records.pdf_tables import read_pdf
from roi_tool.importing.records.raw_table import RawTable
from roi_tool.importing.records.record_source import PORTIONS, Portions, Records, held_records, whole_table
from roi_tool.importing.records.workbooks import has_uncomputed_formulas, read_workbook
from roi_tool.problems import Problem, ProblemError, Where

Told = Callable[[float], None]
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def open_tables(path: Path, delimiter: str = "", progress: Told | None = None) -> list[RawTable]:
    """Read all tables of a file whole.

    Args:
        path: the file as the user named it.
        delimiter: the one that a layout declares, "" to find it.
        progress: told the share done, from 0 to 1, of what takes long page by page.

    Raises:
        ProblemError: missing, a folder, empty, of a kind that holds no bill, damaged, or too large.
    """
    return _non_empty([whole_table(records) for records in open_records(path, delimiter, progress)], name_of(path))


def open_records(path: Path, delimiter: str = "", progress: Told | None = None, portions: Portions = PORTIONS) -> list[Records]:
    """Open all tables of a file, to be read part by part.

    Raises:
        ProblemError: as of `open_tables`; what stands further down a text shows when it is read.
    """
    file = name_of(path)
    source = ByteSource(file, _size(path), lambda: path.open("rb"))
    try:
        head = source.head(SAMPLE_BYTES)
    except (OSError, ValueError) as error:
        raise _unreadable(file, error) from error
    if head.startswith((b"PK", _OLE, b"%PDF")):
        return _records_of_bytes(_whole(path), file, delimiter, progress, portions)
    return _records_of_text(source, delimiter, portions)


def name_of(path: Path) -> str:
    """Return a path as text that can be printed and stored, whatever bytes the system lets a name be made of."""
    return os.fsencode(path).decode("utf-8", "replace")


def _size(path: Path) -> int:
    """Return how large a file is that can be read."""
    file = name_of(path)
    try:
        found = path.stat()
    except (OSError, ValueError) as error:
        raise _unreadable(file, error) from error
    if stat.S_ISDIR(found.st_mode):
        raise ProblemError(Problem("file_is_folder", where=Where(file)))
    if not stat.S_ISREG(found.st_mode):
        raise ProblemError(Problem("file_is_no_file", where=Where(file)))
    return found.st_size


def _unreadable(file: str, error: Exception) -> ProblemError:
    if isinstance(error, FileNotFoundError):
        return ProblemError(Problem("file_missing", where=Where(file)))
    reason = getattr(error, "strerror", None) or str(error)
    return ProblemError(Problem("file_unreadable", where=Where(file), detail={"reason": reason}))


def _whole(path: Path) -> bytes:
    """Return all bytes of a file of a kind that cannot be read in parts."""
    file = name_of(path)
    try:
        before = path.stat()
        if before.st_size > MAX_FILE_BYTES:
            raise _too_large(file, MAX_FILE_BYTES)
        data = path.read_bytes()
        after = path.stat()
    except (OSError, ValueError) as error:
        raise _unreadable(file, error) from error
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(data) != after.st_size:
        raise ProblemError(Problem("file_changed", where=Where(file)))
    return data


def _too_large(file: str, limit: int) -> ProblemError:
    return ProblemError(Problem("file_too_large", where=Where(file), detail={"limit": f"{limit >> 30} GB"}))


def _records_of_text(source: ByteSource, delimiter: str, portions: Portions) -> list[Records]:
    if source.size > MAX_TEXT_BYTES:
        raise _too_large(source.file, MAX_TEXT_BYTES)
    text = read_text(source)
    if text.head(400).lstrip().startswith("<"):
        return _held(read_markup(text, source.file), source.file, portions)
    return [delimited_records(text, delimiter, portions)]


def _records_of_bytes(
    data: bytes, file: str, delimiter: str, progress: Told | None, portions: Portions, depth: int = 0
) -> list[Records]:
    if data.startswith(b"PK"):
        if is_workbook(data, file):
            return _held(read_workbook(data, file), file, portions)
        if depth:
            raise ProblemError(Problem("archive_in_archive", where=Where(file)))
        return tables_of_archive(
            data, file, lambda content, name: _records_of_bytes(content, name, delimiter, progress, portions, 1)
        )
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise ProblemError(Problem("workbook_protected", where=Where(file)))
        return _held(read_workbook(data, file), file, portions)
    if data.startswith(b"%PDF"):
        return _held(read_pdf(data, file, progress), file, portions)
    return _records_of_text(held_bytes(data, file), delimiter, portions)


def _held(tables: list[RawTable], file: str, portions: Portions) -> list[Records]:
    return [held_records(table, portions) for table in _non_empty(tables, file)]


def _non_empty(tables: list[RawTable], file: str) -> list[RawTable]:
    found = [table for table in tables if len(table)]
    if not found:
        raise ProblemError(Problem("file_empty", where=Where(file)))
    return found


def holds_formulas_only(path: Path) -> bool:
    """Say whether a file is a workbook whose formulas were never computed."""
    try:
        with path.open("rb") as stream:
            packed = stream.read(2) == b"PK"
        return packed and has_uncomputed_formulas(path.read_bytes())
    except OSError:
        return False
