"""A path to its tables: what kind of file it is, told by its first bytes and never by its name."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

from roi_tool.importing.records.archives import is_workbook, tables_of_archive
from roi_tool.importing.records.decoding import decode_text
from roi_tool.importing.records.delimited import read_delimited
from roi_tool.importing.records.limits import MAX_FILE_BYTES
from roi_tool.importing.records.markup import read_markup
from roi_tool.importing.records.pdf_tables import read_pdf
from roi_tool.importing.records.raw_table import RawTable
from roi_tool.importing.records.workbooks import has_uncomputed_formulas, read_workbook
from roi_tool.problems import Problem, ProblemError, Where

Told = Callable[[float], None]
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def open_tables(path: Path, delimiter: str = "", progress: Told | None = None) -> list[RawTable]:
    """Read all tables of a file.

    Args:
        path: the file as the user named it.
        delimiter: the one that a layout declares, "" to find it.
        progress: told the share done, from 0 to 1, of what takes long page by page.

    Raises:
        ProblemError: missing, a folder, empty, of a kind that holds no bill, damaged, or too large.
    """
    return _tables_of_bytes(_whole(path), name_of(path), delimiter, progress)


def name_of(path: Path) -> str:
    """Return a path as text that can be printed and stored, whatever bytes the system lets a name be made of."""
    return os.fsencode(path).decode("utf-8", "replace")


def _whole(path: Path) -> bytes:
    file = name_of(path)
    try:
        before = path.stat()
        if stat.S_ISDIR(before.st_mode):
            raise ProblemError(Problem("file_is_folder", where=Where(file)))
        if not stat.S_ISREG(before.st_mode):
            raise ProblemError(Problem("file_is_no_file", where=Where(file)))
        if before.st_size > MAX_FILE_BYTES:
            raise ProblemError(Problem("file_too_large", where=Where(file), detail={"limit": f"{MAX_FILE_BYTES >> 30} GB"}))
        data = path.read_bytes()
        after = path.stat()
    except FileNotFoundError as error:
        raise ProblemError(Problem("file_missing", where=Where(file))) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ProblemError(Problem("file_unreadable", where=Where(file), detail={"reason": reason})) from error
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(data) != after.st_size:
        raise ProblemError(Problem("file_changed", where=Where(file)))
    return data


def _tables_of_bytes(data: bytes, file: str, delimiter: str, progress: Told | None, depth: int = 0) -> list[RawTable]:
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise ProblemError(Problem("file_empty", where=Where(file)))
    if data.startswith(b"PK"):
        if is_workbook(data, file):
            return _non_empty(read_workbook(data, file), file)
        if depth:
            raise ProblemError(Problem("archive_in_archive", where=Where(file)))
        return tables_of_archive(data, file, lambda content, name: _tables_of_bytes(content, name, delimiter, progress, 1))
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise ProblemError(Problem("workbook_protected", where=Where(file)))
        return _non_empty(read_workbook(data, file), file)
    if data.startswith(b"%PDF"):
        return _non_empty(read_pdf(data, file, progress), file)
    decoded = decode_text(data, file)
    del data  # a long text stands in memory once
    if decoded.head(400).lstrip().startswith("<"):
        return _non_empty(read_markup(decoded, file), file)
    return _non_empty([read_delimited(decoded, file, delimiter)], file)


def _non_empty(tables: list[RawTable], file: str) -> list[RawTable]:
    found = [table for table in tables if len(table)]
    if not found:
        raise ProblemError(Problem("file_empty", where=Where(file)))
    return found


def holds_formulas_only(path: Path) -> bool:
    """Say whether a file is a workbook whose formulas were never computed."""
    try:
        return has_uncomputed_formulas(path.read_bytes())
    except OSError:
        return False
