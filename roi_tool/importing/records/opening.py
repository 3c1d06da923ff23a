"""A path to its tables: what kind of file it is, told by its first bytes and never by its name."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from roi_tool.importing.records.decoding import decode_text
from roi_tool.importing.records.delimited import read_delimited
from roi_tool.importing.records.limits import (
    MAX_ARCHIVE_MEMBERS,
    MAX_FILE_BYTES,
    MAX_UNPACK_RATIO,
    MAX_UNPACKED_BYTES,
)
from roi_tool.importing.records.markup import read_markup
from roi_tool.importing.records.pdf_tables import read_pdf
from roi_tool.importing.records.raw_table import RawTable
from roi_tool.importing.records.workbooks import has_uncomputed_formulas, read_workbook
from roi_tool.problems import Problem, ProblemError, Where

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_TEXT_MEMBERS = {".csv", ".txt", ".tsv", ".dat", ".cdr", ".log", ".asc", ""}
_SHEET_MEMBERS = {".xml", ".html", ".htm", ".xlsx", ".xls", ".xlsb", ".ods", ".xlsm", ".pdf"}


def open_tables(path: Path, delimiter: str = "") -> list[RawTable]:
    """Read all tables of a file.

    Args:
        path: the file as the user named it.
        delimiter: the one that a layout declares, "" to find it.

    Raises:
        ProblemError: missing, a folder, empty, of a kind that holds no bill, damaged, or too large.
    """
    file = str(path)
    if not path.exists():
        raise ProblemError(Problem("file_missing", where=Where(file)))
    if path.is_dir():
        raise ProblemError(Problem("file_is_folder", where=Where(file)))
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise ProblemError(Problem("file_too_large", where=Where(file), detail={"limit": f"{MAX_FILE_BYTES >> 30} GB"}))
        contents = [path.read_bytes()]
    except OSError as error:
        raise ProblemError(
            Problem("file_unreadable", where=Where(file), detail={"reason": error.strerror or str(error)})
        ) from error
    return _tables_of_bytes(contents.pop(), file, delimiter, depth=0)


def _tables_of_bytes(data: bytes, file: str, delimiter: str, depth: int) -> list[RawTable]:
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise ProblemError(Problem("file_empty", where=Where(file)))
    if data.startswith(b"PK"):
        return _tables_of_zip(data, file, delimiter, depth)
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise ProblemError(Problem("workbook_protected", where=Where(file)))
        return _non_empty(read_workbook(data, file), file)
    if data.startswith(b"%PDF"):
        return _non_empty(read_pdf(data, file), file)
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


def _tables_of_zip(data: bytes, file: str, delimiter: str, depth: int) -> list[RawTable]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            _check_archive(members, len(data), file)
            names = {member.filename for member in members}
            if names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
                return _non_empty(read_workbook(data, file), file)
            if depth:
                raise ProblemError(Problem("archive_in_archive", where=Where(file)))
            return _tables_of_members(archive, members, file, delimiter)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise ProblemError(Problem("archive_damaged", where=Where(file))) from error
    except RuntimeError as error:  # zipfile's way to say that a password is needed
        raise ProblemError(Problem("archive_protected", where=Where(file))) from error


def _tables_of_members(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], file: str, delimiter: str) -> list[RawTable]:
    tables: list[RawTable] = []
    refused: list[Problem] = []
    for member in members:
        name = PurePosixPath(member.filename)
        if name.name.startswith(".") or "__MACOSX" in name.parts or name.suffix.lower() not in _TEXT_MEMBERS | _SHEET_MEMBERS:
            continue
        with archive.open(member) as stream:
            content = stream.read(MAX_UNPACKED_BYTES + 1)
        try:
            tables += _tables_of_bytes(content, f"{file}/{member.filename}", delimiter, depth=1)
        except ProblemError as error:
            refused += error.problems
    if not tables:
        nested = any(member.filename.lower().endswith(".zip") for member in members)
        none = Problem("archive_in_archive" if nested else "archive_without_bill", where=Where(file))
        raise ProblemError(*(refused or [none]))
    return tables


def _check_archive(members: list[zipfile.ZipInfo], packed: int, file: str) -> None:
    unpacked = sum(member.file_size for member in members)
    if len(members) > MAX_ARCHIVE_MEMBERS * 10:
        raise ProblemError(Problem("archive_too_large", where=Where(file)))
    if unpacked > MAX_UNPACKED_BYTES or (unpacked > 50 << 20 and unpacked > MAX_UNPACK_RATIO * packed):
        raise ProblemError(Problem("archive_too_large", where=Where(file)))


def holds_formulas_only(path: Path) -> bool:
    """Say whether a file is a workbook whose formulas were never computed."""
    try:
        return has_uncomputed_formulas(path.read_bytes())
    except OSError:
        return False
