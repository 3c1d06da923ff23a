"""The files in a zip: which of them may be parts of a bill, and what each holds, within bounds."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import PurePosixPath

from roi_tool.importing.records.limits import MAX_ARCHIVE_MEMBERS, MAX_UNPACK_RATIO, MAX_UNPACKED_BYTES
from roi_tool.importing.records.record_source import Records
from roi_tool.importing.records.zip_members import unpacked_pieces
from roi_tool.problems import Problem, ProblemError, Severity, Where

_TEXT_MEMBERS = {".csv", ".txt", ".tsv", ".dat", ".cdr", ".log", ".asc", ""}
_SHEET_MEMBERS = {".xml", ".html", ".htm", ".xlsx", ".xls", ".xlsb", ".ods", ".xlsm", ".fods"}
_ARCHIVES = {".zip", ".gz", ".7z", ".rar", ".tar"}
_NOTES_OF_PACKERS = {"thumbs.db", "desktop.ini", "readme", "readme.txt"}
_SMALL = 50 << 20
_NAMED_AT_MOST = 5
_NAME_LETTERS = 120
_Reader = Callable[[bytes, str], list[Records]]


def is_workbook(data: bytes, file: str) -> bool:
    """Say whether a zip is a workbook's package.

    Raises:
        ProblemError: it is damaged, or would unpack to far more than any bill.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = _files(archive, len(data), file)
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError) as error:
        raise ProblemError(Problem("archive_damaged", where=Where(file))) from error
    return bool({member.filename for member in members} & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"})


def tables_of_archive(data: bytes, file: str, read: _Reader) -> list[Records]:
    """Open the tables of all members that can be parts of a bill; what is left out is noted at the first table.

    A PDF among other files repeats them on paper and is read only where nothing else is.

    Raises:
        ProblemError: nothing in it could be read, it is damaged, or protected.
    """
    tables: list[Records] = []
    refused: list[Problem] = []
    unread: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [member for member in _files(archive, len(data), file) if not _is_litter(PurePosixPath(member.filename))]
        for member in sorted(members, key=lambda found: found.filename.lower().endswith(".pdf")):
            suffix = PurePosixPath(member.filename).suffix.lower()
            known = suffix in _TEXT_MEMBERS | _SHEET_MEMBERS or (suffix == ".pdf" and not tables)
            if not known:
                unread.append(_shown(member.filename))
                continue
            place = f"{file}/{_shown(member.filename)}"
            try:
                tables += read(_content(archive, data, member, file, place), place)
            except ProblemError as error:
                refused += [problem for problem in error.problems if problem not in refused]
    if not tables:
        nested = any(PurePosixPath(member.filename).suffix.lower() in _ARCHIVES for member in members)
        none = Problem("archive_in_archive" if nested else "archive_without_bill", where=Where(file))
        raise ProblemError(*(refused or [none]))
    if unread:
        names = ", ".join(unread[:_NAMED_AT_MOST]) + (", …" if len(unread) > _NAMED_AT_MOST else "")
        detail = {"count": str(len(unread)), "names": names}
        refused.append(Problem("archive_members_unread", Severity.WARNING, Where(file), detail))
    return [tables[0].noted(refused), *tables[1:]]


def _files(archive: zipfile.ZipFile, packed: int, file: str) -> list[zipfile.ZipInfo]:
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) > MAX_ARCHIVE_MEMBERS:
        detail = {"count": str(len(members)), "limit": str(MAX_ARCHIVE_MEMBERS)}
        raise ProblemError(Problem("archive_too_many", where=Where(file), detail=detail))
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED_BYTES or (unpacked > _SMALL and unpacked > MAX_UNPACK_RATIO * packed):
        raise ProblemError(Problem("archive_too_large", where=Where(file)))
    return members


def _is_litter(name: PurePosixPath) -> bool:
    """Say whether a packer or a system left it there."""
    return name.name.startswith(".") or "__MACOSX" in name.parts or name.name.lower() in _NOTES_OF_PACKERS


def _content(archive: zipfile.ZipFile, data: bytes, member: zipfile.ZipInfo, file: str, place: str) -> bytes:
    if member.flag_bits & 1:
        raise ProblemError(Problem("archive_protected", where=Where(file)))
    try:
        if member.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            return b"".join(unpacked_pieces(data, member))
        with archive.open(member) as stream:
            return stream.read(MAX_UNPACKED_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError) as error:
        raise ProblemError(Problem("archive_damaged", where=Where(place))) from error


def _shown(name: str) -> str:
    """Return a member's name for people: it may hold what a terminal would obey."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in name[:_NAME_LETTERS])
