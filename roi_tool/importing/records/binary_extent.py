"""How far the cells of binary sheets reach: the records of XLSB (BIFF12) and of XLS (BIFF2 to BIFF8).

Sources: [MS-XLSB] 2.1.4 (records), 2.4 (BrtRowHdr and the cells); [MS-XLS] 2.4 (records of cells), 2.4.90 (Dimensions).
"""

from __future__ import annotations

import re
import struct

_ROW_HEADER, _END_OF_CELLS = 0, 0x92
_SHEET_BEGINS = (0x81, 0x93, 0x94)
_BINARY_CELLS = range(2, 12)
_ROW_BYTES, _CELL_BYTES = 4, 8
_LAST_ROW = 1 << 20
_COMMON_CELLS = re.compile(
    rb"(?:[\x02\x07]\x0c[\x00-\x19]\x00\x00\x00.{8}|\x01\x08[\x00-\x19]\x00\x00\x00.{4}|\x05\x10[\x00-\x19]\x00\x00\x00.{12})+",
    re.DOTALL,
)
"""Cells in columns A to Z, as many in a row as follow each other: one step instead of many."""
_COMMON_COLUMNS = 26

_OLD_CELLS = frozenset({0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0xBD, 0xD6, 0xFD, 0x202, 0x203, 0x204, 0x205, 0x206, 0x27E, 0x406})
_DIMENSIONS = frozenset({0x00, 0x200})
_BEGINNINGS = frozenset({0x09, 0x209, 0x409, 0x809})


def extent_of_binary_sheet(content: bytes) -> tuple[int, int]:
    """Return the last row and column (from 1) that a part of an XLSB workbook fills; (0, 0) when it is no sheet.

    Raises:
        ValueError: a record too short for what it is: the reader would take the rest from the record before.
    """
    rows = columns = place = row = 0
    kind, length, place = _record(content, 0)
    if kind not in _SHEET_BEGINS:
        return 0, 0
    while kind >= 0 and kind != _END_OF_CELLS:
        if (kind == _ROW_HEADER and length < _ROW_BYTES) or (kind in _BINARY_CELLS and length < _CELL_BYTES):
            raise ValueError("short record")
        if kind == _ROW_HEADER:
            row = int.from_bytes(content[place : place + 4], "little")
            if row > _LAST_ROW:
                break  # the reader stops here, too
            place += length
            length = 0
            common = _COMMON_CELLS.match(content, place)
            if common:
                place, rows, columns = common.end(), max(rows, row + 1), max(columns, _COMMON_COLUMNS)
        elif kind in _BINARY_CELLS:
            rows, columns = max(rows, row + 1), max(columns, int.from_bytes(content[place : place + 4], "little") + 1)
        kind, length, place = _record(content, place + length)
    return rows, columns


def _record(content: bytes, place: int) -> tuple[int, int, int]:
    """Return kind and length of the record at a place and where its body begins; kind -1 at the end."""
    try:
        kind = content[place]
        place += 1
        if kind & 0x80:
            kind = kind & 0x7F | (content[place] & 0x7F) << 7
            place += 1
        length = 0
        for shift in (0, 7, 14, 21):
            byte = content[place]
            place += 1
            length |= (byte & 0x7F) << shift
            if not byte & 0x80:
                break
    except IndexError:
        return -1, 0, place
    return kind, length, place


def extents_of_old_workbook(stream: bytes) -> list[tuple[int, int]]:
    """Return the last row and column (from 1) that each part of an XLS workbook fills or says it fills.

    Raises:
        ValueError: a sheet says that it ends before it begins.
    """
    extents = [(0, 0)]
    place = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        place += 4
        rows, columns = extents[-1]
        if kind in _BEGINNINGS:
            extents.append((0, 0))
        elif kind in _OLD_CELLS and length >= 4 and place + 4 <= len(stream):
            row, column = struct.unpack_from("<HH", stream, place)
            extents[-1] = max(rows, row + 1), max(columns, column + 1)
        elif kind in _DIMENSIONS and length in (10, 14) and place + length <= len(stream):
            dimensions = struct.unpack_from("<HHHH" if length == 10 else "<IIHH", stream, place)
            first_row, last_row, first_column, last_column = dimensions
            if last_row and last_column and (first_row >= last_row or first_column >= last_column):
                raise ValueError("dimensions")
            extents[-1] = max(rows, last_row), max(columns, last_column)
        place += length
    return extents
