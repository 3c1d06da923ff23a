"""Compound files (the containers of XLS workbooks): their streams, and whether their chains of sectors end.

The workbook reader follows such a chain as long as it goes on; one that bites its own tail would fill the memory.
Source: [MS-CFB] 2.2 to 2.6.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

_HEADER_BYTES = 512
_ENTRY_BYTES = 128
_ENDS = 0xFFFFFFFA
"""From here on a number is no sector but says that there is none."""
_MINI_SECTOR = 64
_MINI_BELOW = 4096
_HEADER_TABLES = 109


def read_stream(data: bytes, names: Sequence[str]) -> bytes:
    """Return the first of the named streams, b"" when there is none; every chain of sectors is followed on the way.

    Raises:
        ValueError: no compound file, or a chain that never ends.
    """
    if len(data) < _HEADER_BYTES:
        raise ValueError("header")
    size = 1 << struct.unpack_from("<H", data, 30)[0] if data[31] == 0 and 7 <= data[30] <= 16 else 0
    if not size:
        raise ValueError("sector size")
    first_directory, _, _, first_mini, mini_count, first_table, _ = struct.unpack_from("<7I", data, 48)
    table = _allocation_table(data, size, first_table)
    directory = _gathered(data, size, _chain(table, first_directory))
    minis = _numbers(_gathered(data, size, _chain(table, first_mini))) if mini_count else ()
    found: dict[str, bytes] = {}
    small = b""
    for place in range(0, len(directory) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
        name_bytes, kind = struct.unpack_from("<HB", directory, place + 64)
        start, length = struct.unpack_from("<II", directory, place + 116)
        if kind == 5:
            small = _gathered(data, size, _chain(table, start))
        if kind != 2:
            continue
        name = directory[place : place + max(min(name_bytes, 64) - 2, 0)].decode("utf-16-le", "replace")
        if length < _MINI_BELOW:
            places = _chain(minis, start)
            content = b"".join(small[_MINI_SECTOR * one : _MINI_SECTOR * (one + 1)] for one in places)
        else:
            content = _gathered(data, size, _chain(table, start)) if name in names else b""
            _chain(table, start)
        found.setdefault(name, content[:length])
    return next((found[name] for name in names if name in found), b"")


def _allocation_table(data: bytes, size: int, first_more: int) -> tuple[int, ...]:
    sectors = list(struct.unpack_from(f"<{_HEADER_TABLES}I", data, 76))
    seen: set[int] = set()
    while first_more < _ENDS and (more := _numbers(_sector(data, size, first_more))):
        if first_more in seen:
            raise ValueError("chain without end")
        seen.add(first_more)
        sectors += more[:-1]
        first_more = more[-1]
    return _numbers(b"".join(_sector(data, size, sector) for sector in sectors if sector < _ENDS))


def _chain(table: Sequence[int], start: int) -> list[int]:
    """Return the sectors of a chain, as far as the table knows them."""
    sectors: list[int] = []
    while start < len(table):
        sectors.append(start)
        if len(sectors) > len(table):
            raise ValueError("chain without end")
        start = table[start]
    return sectors


def _gathered(data: bytes, size: int, sectors: Sequence[int]) -> bytes:
    return b"".join(_sector(data, size, sector) for sector in sectors)


def _sector(data: bytes, size: int, sector: int) -> bytes:
    begin = (sector + 1) * size
    return data[begin : begin + size]


def _numbers(content: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])
