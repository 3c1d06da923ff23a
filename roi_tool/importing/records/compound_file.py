"""Compound files (the containers of XLS workbooks): their streams, and whether their chains of sectors end.

The workbook reader follows such a chain as long as it goes on; one that bites its own tail would fill the memory, and so would
a sector far beyond the file's end, for which the reader makes room before it looks.
Source: [MS-CFB] 2.2 to 2.6.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

_HEADER_BYTES = 512
_ENTRY_BYTES = 128
_ENDS = 0xFFFFFFFA
"""From here on a number is no sector but says that there is none."""
_END_OF_CHAIN, _FREE = 0xFFFFFFFE, 0xFFFFFFFF
_MACROS = "_VBA_PROJECT_CUR"
"""Where this is, the workbook reader follows streams other than the workbook's too."""
_MINI_SECTOR = 64
_MINI_BELOW = 4096
_HEADER_TABLES = 109


def read_stream(data: bytes, names: Sequence[str]) -> bytes:
    """Return the first of the named streams, b"" when there is none; every chain of sectors is followed on the way.

    Raises:
        ValueError: no compound file, a chain that never ends, or one that leaves the file.
    """
    if len(data) < _HEADER_BYTES:
        raise ValueError("header")
    size = 1 << struct.unpack_from("<H", data, 30)[0] if data[31] == 0 and 7 <= data[30] <= 16 else 0
    if not size:
        raise ValueError("sector size")
    first_directory, _, _, first_mini, mini_count, first_table, _ = struct.unpack_from("<7I", data, 48)
    table = _allocation_table(data, size, first_table)
    held = -(-len(data) // size) - 1
    directory = _gathered(data, size, _chain(table, first_directory, held))
    minis = _numbers(_gathered(data, size, _chain(table, first_mini, held))) if mini_count else ()
    entries = [directory[place : place + _ENTRY_BYTES] for place in range(0, len(directory) - _ENTRY_BYTES + 1, _ENTRY_BYTES)]
    every = any(_name(entry) == _MACROS for entry in entries)
    found: dict[str, bytes] = {}
    small = b""
    for entry in entries:
        kind = entry[66]
        start, length = struct.unpack_from("<II", entry, 116)
        if kind == 5:
            small = b"" if start >= _ENDS and not length else _gathered(data, size, _chain(table, start, held))
        name = _name(entry)
        if kind != 2 or (not length and name not in names and not every):
            continue  # an empty stream may begin anywhere: nobody looks
        if length < _MINI_BELOW:
            places = _chain(minis, start, -(-len(small) // _MINI_SECTOR))
            content = b"".join(small[_MINI_SECTOR * one : _MINI_SECTOR * (one + 1)] for one in places)
        else:
            places = _chain(table, start, held)
            content = _gathered(data, size, places) if name in names else b""
        found.setdefault(name, content[:length])
    return next((found[name] for name in names if name in found), b"")


def _name(entry: bytes) -> str:
    count = min(int.from_bytes(entry[64:66], "little"), 64)
    return entry[: max(count - 2, 0)].decode("utf-16-le", "replace")


def _allocation_table(data: bytes, size: int, first_more: int) -> tuple[int, ...]:
    sectors = list(struct.unpack_from(f"<{_HEADER_TABLES}I", data, 76))
    seen: set[int] = set()
    while first_more < _ENDS:
        more = _numbers(_sector(data, size, first_more))
        if first_more in seen or not more:
            raise ValueError("chain without end")
        seen.add(first_more)
        sectors += more[:-1]
        first_more = more[-1]
    used = [sector for sector in sectors if sector != _FREE]
    if any((sector + 1) * size >= len(data) for sector in used):
        raise ValueError("sector beyond the end")
    return _numbers(b"".join(_sector(data, size, sector) for sector in used))


def _chain(table: Sequence[int], start: int, held: int) -> list[int]:
    """Return the sectors of a chain; `held` is how many there are in all."""
    sectors: list[int] = []
    while start != _END_OF_CHAIN:
        if start >= len(table) or start >= held:
            raise ValueError("sector beyond the end")
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
