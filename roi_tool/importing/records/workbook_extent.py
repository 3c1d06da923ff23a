"""How far the cells of a workbook reach, looked up before it is read.

The reader lays out every cell between the first and the last one, so a single stray cell in the last corner of a sheet
asks for hundreds of gigabytes, and the program is aborted, not told. The same goes for numbers of things that a part states.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from xml.parsers import expat

from roi_tool.importing.records.binary_extent import extent_of_binary_sheet, extents_of_old_workbook
from roi_tool.importing.records.compound_file import read_stream
from roi_tool.importing.records.limits import MAX_HELD_SHEET_CELLS, MAX_SHEET_CELLS, MAX_SHEET_COLUMNS
from roi_tool.importing.records.open_document_extent import extents_of_open_document
from roi_tool.importing.records.zip_members import unpacked_pieces
from roi_tool.problems import Problem, ProblemError, Where

_OVERLAP = 4096
# A sheet as programs write it, in columns A to Z and in rows that a sheet can have, is never too large: no need to measure it.
_PREFIXED = re.compile(rb":(?:c|row)[\s/>]")
_UNUSUAL = (
    re.compile(rb'<c(?! r="[A-Z](?:\d{1,6}|10[0-4]\d{4})"|[a-z])'),
    re.compile(rb'<row(?! r="(?:\d{1,6}|10[0-4]\d{4})"| [^>]*/>)'),
    _PREFIXED,
)
# Where each row and cell says first where it stands, that is all that has to be looked at.
_UNTOLD = (re.compile(rb'<c(?! r="[A-Z]{1,3}\d{1,7}"|[a-z])'), re.compile(rb'<row(?! r="\d{1,7}")'), _PREFIXED)
_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"')
_STATED_COUNT = re.compile(rb"ount\s*=\s*[\"']\s*\d{8,}")  # it begins with what can be searched fast
_COUNTS = (b" c", b"\tc", b"\nc", b"\rc", b"eC")
"""What stands before that: `count` or `uniqueCount`, and no `Account`."""
_REFERENCE = re.compile(r"\s*([A-Za-z]*)(\d+)\s*")
_STREAMS = ("Workbook", "Book", "WORKBOOK", "BOOK")
_BINARY_BEGINS = (b"\x81", b"\x93", b"\x94")
_MOST_DIGITS = 12


def check_extent(data: bytes, file: str) -> None:
    """Refuse a workbook whose cells reach too far to be laid out, or whose parts are not what their headers say.

    Raises:
        ProblemError: too large, or damaged.
    """
    try:
        if not data.startswith(b"PK"):
            _refuse_beyond(extents_of_old_workbook(read_stream(data, _STREAMS)), file, "", MAX_HELD_SHEET_CELLS)
            return
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for part in archive.infolist():
                if part.file_size or part.compress_size:
                    _check_part(data, part, file)
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise ProblemError(Problem("workbook_damaged", where=Where(file))) from error


def _check_part(data: bytes, part: zipfile.ZipInfo, file: str) -> None:
    name = part.filename.rpartition("/")[2]
    lower = part.filename.lower()
    pieces = unpacked_pieces(data, part)
    if lower == "meta-inf/manifest.xml" and any(b"encryption-data" in piece for piece in pieces):
        raise ProblemError(Problem("workbook_protected", where=Where(file)))
    if lower == "content.xml":
        _refuse_beyond(extents_of_open_document(pieces), file, name, MAX_HELD_SHEET_CELLS)
        return
    head = next(pieces, b"")  # what a part holds is told by its first byte: names can be given at will
    if head.startswith(_BINARY_BEGINS):
        _refuse_beyond([extent_of_binary_sheet(head + b"".join(pieces))], file, name)
    elif _is_unusual(chain([head], pieces)):
        _refuse_beyond([_extent_of_xml_sheet(data, part)], file, name)


def _refuse_beyond(extents: Sequence[tuple[int, int]], file: str, sheet: str, most: int = MAX_SHEET_CELLS) -> None:
    if sum(rows * columns for rows, columns in extents) > most or any(columns > MAX_SHEET_COLUMNS for _, columns in extents):
        rows, columns = max(extents, key=lambda extent: extent[0] * extent[1])
        detail = {"rows": str(rows), "columns": str(columns)}
        raise ProblemError(Problem("sheet_too_large", where=Where(file, sheet=sheet), detail=detail))


def _is_unusual(pieces: Iterable[bytes]) -> bool:
    found = False
    for piece in _overlapping(pieces):
        if any(piece[found.start() - 2 : found.start()] in _COUNTS for found in _STATED_COUNT.finditer(piece)):
            raise ValueError("count")
        found = found or any(mark.search(piece) for mark in _UNUSUAL)
    return found


def _overlapping(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the text in pieces that end before an element, so that nothing looked for is cut in two."""
    tail = b""
    for piece in pieces:
        joined = tail + piece
        cut = joined.rfind(b"<")
        cut = cut if cut > len(joined) - _OVERLAP else len(joined)
        yield joined[:cut]
        tail = joined[cut:]
    yield tail


def _extent_of_xml_sheet(data: bytes, part: zipfile.ZipInfo) -> tuple[int, int]:
    """Return the last row and column (from 1) of a part, (0, 0) when it is no sheet."""
    rows, letters, told, is_sheet = 0, set[bytes](), True, False
    for piece in _overlapping(unpacked_pieces(data, part)):
        is_sheet = is_sheet or b"sheetData" in piece
        if any(mark.search(piece) for mark in _UNTOLD):
            told = False
        if not told:
            continue
        for column, row in _CELL.findall(piece):
            rows = max(rows, int(row))
            letters.add(column)
    if not is_sheet:
        return 0, 0
    return (rows, max(map(_column, letters), default=0)) if told else _measured(unpacked_pieces(data, part))


class _Measure:
    """Counts along the elements of a sheet: a row or cell that does not say where it stands follows the one before."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self._row = self._column = 0

    def starts(self, name: str, attributes: dict[str, str]) -> None:
        element = name.rpartition(":")[2]
        if element == "row":
            self._row = _number(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = 0
        elif element == "c":
            self._column += 1
            reference = _REFERENCE.fullmatch(attributes.get("r", ""))
            if reference:
                self.rows = max(self.rows, _number(reference[2]))
                self._column = _column(reference[1].upper().encode()) or self._column
            self.rows, self.columns = max(self.rows, self._row), max(self.columns, self._column)


def _measured(pieces: Iterable[bytes]) -> tuple[int, int]:
    measure, parser = _Measure(), expat.ParserCreate()
    parser.StartElementHandler = measure.starts
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ValueError("XML") from error
    return measure.rows, measure.columns


def _number(text: str) -> int:
    if len(text) > _MOST_DIGITS:
        raise ValueError("number")
    return int(text)


def _column(letters: bytes) -> int:
    """Return the number of a column: A is 1, XFD 16384.

    >>> _column(b"XFD"), _column(b"")
    (16384, 0)
    """
    number = 0
    for letter in letters[:8]:
        number = number * 26 + letter - 64
    return number
