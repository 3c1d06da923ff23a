"""What a zip's members really unpack to, whatever their headers say, piece by piece and up to a bound."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator

from roi_tool.importing.records.limits import MAX_UNPACKED_BYTES

_PIECE = 1 << 24
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")


def unpacked_pieces(data: bytes, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a member's content.

    `zipfile` stops at the size that the header states, other readers go on to the end of the packed stream: a lie in the
    header would show them something else than what was checked.

    Raises:
        ValueError: the header lies, the packing is damaged or of another kind than any spreadsheet program's.
    """
    where = member.header_offset
    try:
        signature, *_, name_length, extra_length = _LOCAL_HEADER.unpack_from(data, where)
    except struct.error as error:
        raise ValueError("local header") from error
    begin = where + _LOCAL_HEADER.size + name_length + extra_length
    packed = memoryview(data)[begin : begin + member.compress_size]
    if signature != b"PK\x03\x04" or member.flag_bits & 1 or len(packed) != member.compress_size:
        raise ValueError("local header")
    size = 0
    for piece in _stored(packed) if member.compress_type == zipfile.ZIP_STORED else _inflated(packed, member):
        size += len(piece)
        if size > min(member.file_size, MAX_UNPACKED_BYTES):
            raise ValueError("more than stated")
        yield piece
    if size != member.file_size:
        raise ValueError("less than stated")


def _stored(packed: memoryview) -> Iterator[bytes]:
    for begin in range(0, len(packed), _PIECE):
        yield bytes(packed[begin : begin + _PIECE])


def _inflated(packed: memoryview, member: zipfile.ZipInfo) -> Iterator[bytes]:
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise ValueError("packing")
    unpacker, waiting = zlib.decompressobj(-zlib.MAX_WBITS), bytes(packed)
    while waiting or not unpacker.eof:
        try:
            piece = unpacker.decompress(waiting, _PIECE)
        except zlib.error as error:
            raise ValueError("packing") from error
        waiting = unpacker.unconsumed_tail
        if not piece and (unpacker.eof or not waiting):
            return
        yield piece
