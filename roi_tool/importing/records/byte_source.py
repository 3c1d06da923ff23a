"""Bytes of a file, or of one in an archive, read again from their beginning as often as one likes."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from roi_tool.problems import Problem, ProblemError, Where

_PIECE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class ByteSource:
    """Bytes that can be read again from their beginning: a file, or one in an archive."""

    file: str
    size: int
    open: Callable[[], BinaryIO]

    def head(self, size: int) -> bytes:
        """Return the first `size` bytes."""
        with self.open() as stream:
            return stream.read(size)

    def whole(self) -> bytes:
        """Return all bytes, for kinds of files that cannot be read in parts."""
        with self.open() as stream:
            return stream.read()

    def pieces(self) -> Iterator[bytes]:
        """Give all bytes, a megabyte at a time."""
        try:
            left = self.size
            with self.open() as stream:
                while piece := stream.read(_PIECE_BYTES):
                    left -= len(piece)
                    yield piece
            if left:
                raise ProblemError(Problem("file_changed", where=Where(self.file)))
        except OSError as error:
            detail = {"reason": error.strerror or str(error)}
            raise ProblemError(Problem("file_unreadable", where=Where(self.file), detail=detail)) from error


def held_bytes(data: bytes, file: str) -> ByteSource:
    """Return bytes in memory as a source."""
    return ByteSource(file, len(data), lambda: io.BytesIO(data))
