"""Columns that grow part by part: in memory while they are short, from there on in files that have no name.

A file without a name goes with the program, however it ends, and with the last array over it. Its pages are the system's to
drop, so that the columns of a very long bill take no memory that others need.
"""

from __future__ import annotations

import mmap
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt
import platformdirs
import pyarrow as pa
import pyarrow.compute as pc

from roi_tool.problems import Problem, ProblemError, Where

Values = Any
"""A chunk of a column: a NumPy array of numbers, or an Arrow array of large strings."""
_SHARED = 1 << 16
"""Rows of a chunk that stands for all rows of one text."""


class ColumnStore:
    """Named columns of one length, in chunks: numbers (NumPy) and texts (Arrow's large strings).

    Args:
        most_held: rows that are held in memory; from more on, all columns lie in files.
        folder: where these are made; by default the user's cache.
    """

    def __init__(self, most_held: int, folder: Path | None = None) -> None:
        self.lengths: list[int] = []
        self._most_held, self._folder = most_held, folder
        self._columns: dict[str, _Numbers | _Texts] = {}
        self._in_files = False

    def __len__(self) -> int:
        return sum(self.lengths)

    def __contains__(self, name: str) -> bool:
        return name in self._columns

    def add(self, columns: Mapping[str, Values]) -> None:
        """Add a chunk to every column.

        Raises:
            ProblemError: the disk is full (`no_room_for_calls`).
        """
        self.lengths.append(len(next(iter(columns.values()))))
        for name, values in columns.items():
            self._column(name, values).add(values)
        if not self._in_files and len(self) > self._most_held:
            self._in_files = True
            for column in self._columns.values():
                column.move_to_file(self._folder or spool_folder())

    def derive(self, name: str, chunks: Iterable[Values]) -> None:
        """Add a column, a chunk for each that there is; it takes the place of one of that name."""
        self._columns.pop(name, None)
        for values in chunks:
            self._column(name, values).add(values)

    def numbers(self, name: str) -> npt.NDArray[Any]:
        """Return a column of numbers as one array, over its file where it lies in one."""
        column = self._columns[name]
        assert isinstance(column, _Numbers)
        return column.whole()

    def texts(self, name: str) -> pa.ChunkedArray:
        """Return a column of texts, over its file where it lies in one."""
        column = self._columns[name]
        assert isinstance(column, _Texts)
        return pa.chunked_array(column.pieces(), pa.large_string())

    def chunks(self, *names: str) -> Iterator[tuple[Any, ...]]:
        """Give the chunks of some columns side by side."""
        return zip(*(self._columns[name].chunks() for name in names), strict=True)

    def taken(self, kept: npt.NDArray[np.int64]) -> ColumnStore:
        """Return the rows at these places (rising) as a store of their own."""
        result = ColumnStore(self._most_held, self._folder)
        names, first = list(self._columns), 0
        for length, chunk in zip(self.lengths, self.chunks(*names), strict=True):
            begin, end = np.searchsorted(kept, (first, first + length))
            places = kept[begin:end] - first
            result.add({name: _taken(values, places) for name, values in zip(names, chunk, strict=True)})
            first += length
        return result

    def _column(self, name: str, values: Values) -> _Numbers | _Texts:
        if name not in self._columns:
            column = _Numbers(values.dtype) if isinstance(values, np.ndarray) else _Texts()
            if self._in_files:
                column.move_to_file(self._folder or spool_folder())
            self._columns[name] = column
        return self._columns[name]


def spool_folder() -> Path:
    """Return where the files are made: on a disk, which the folder for temporary files often is not."""
    folder = platformdirs.user_cache_path("roi-tool", appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.gettempdir())
    return folder


@contextmanager
def _room_in(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        detail = {"reason": error.strerror or str(error)}
        raise ProblemError(Problem("no_room_for_calls", where=Where(str(folder)), detail=detail)) from error


class _Spool:
    """A file without a name that is written once, then mapped."""

    def __init__(self, folder: Path) -> None:
        self._folder, self.size = folder, 0
        with _room_in(folder):
            self._file: IO[bytes] = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 - lives as long as what it holds

    def write(self, values: npt.NDArray[Any]) -> int:
        """Write an array; return where it begins."""
        begin, view = self.size, memoryview(np.ascontiguousarray(values).view(np.uint8).data)
        with _room_in(self._folder):
            while view:
                view = view[self._file.write(view) :]
        self.size += values.nbytes
        return begin

    def mapped(self, access: int) -> mmap.mmap | bytes:
        """Return what was written, as memory."""
        if not self.size:
            return b""
        with _room_in(self._folder):
            return mmap.mmap(self._file.fileno(), self.size, access=access)


class _Numbers:
    """A column of numbers of one type."""

    def __init__(self, dtype: np.dtype[Any]) -> None:
        self._dtype, self._lengths = dtype, list[int]()
        self._held: list[npt.NDArray[Any]] = []
        self._spool: _Spool | None = None

    def add(self, values: Values) -> None:
        values = np.ascontiguousarray(values, self._dtype)
        self._lengths.append(len(values))
        if self._spool is None:
            self._held.append(values)
        else:
            self._spool.write(values)

    def move_to_file(self, folder: Path) -> None:
        self._spool = _Spool(folder)
        for values in self._held:
            self._spool.write(values)
        self._held.clear()

    def whole(self) -> npt.NDArray[Any]:
        if self._spool is not None:
            # What is written to becomes a private copy: some readers of frames want arrays that can be written.
            return np.frombuffer(self._spool.mapped(mmap.ACCESS_COPY), self._dtype)
        if len(self._held) > 1:
            self._held = [np.concatenate(self._held)]
        return self._held[0] if self._held else np.zeros(0, self._dtype)

    def chunks(self) -> Iterator[npt.NDArray[Any]]:
        if self._spool is None and len(self._held) == len(self._lengths):
            yield from self._held
            return
        whole, first = self.whole(), 0
        for length in self._lengths:
            yield whole[first : first + length]
            first += length


@dataclass(frozen=True, slots=True)
class _Alike:
    """So many rows of one text."""

    text: str
    count: int

    def pieces(self, shared: pa.Array) -> list[pa.Array]:
        """Return the rows as slices of so many rows of the text."""
        return [shared.slice(0, min(_SHARED, self.count - first)) for first in range(0, self.count, _SHARED)]


@dataclass(frozen=True, slots=True)
class _Written:
    """Where a chunk of texts stands in its file."""

    offsets: int
    data: int
    size: int
    count: int

    def over(self, memory: pa.Buffer) -> pa.Array:
        offsets = memory.slice(self.offsets, (self.count + 1) * 8)
        return pa.Array.from_buffers(pa.large_string(), self.count, [None, offsets, memory.slice(self.data, self.size)])


class _Texts:
    """A column of texts."""

    def __init__(self) -> None:
        self._chunks: list[pa.Array | _Alike | _Written] = []
        self._spool: _Spool | None = None

    def add(self, values: Values) -> None:
        alike = _alike(values)
        if alike is not None:
            self._chunks.append(alike)
        else:
            self._chunks.append(values if self._spool is None else self._written(self._spool, values))

    def _written(self, spool: _Spool, values: pa.Array) -> _Written:
        _, at, texts = values.buffers()
        offsets = np.frombuffer(at, np.int64)[values.offset : values.offset + len(values) + 1]
        data = np.frombuffer(texts, np.uint8)[offsets[0] : offsets[-1]]
        spool.write(np.zeros(-spool.size % 8, np.uint8))
        return _Written(spool.write(offsets - offsets[0]), spool.write(data), data.nbytes, len(values))

    def move_to_file(self, folder: Path) -> None:
        self._spool = _Spool(folder)
        self._chunks = [self._written(self._spool, one) if isinstance(one, pa.Array) else one for one in self._chunks]

    def chunks(self) -> Iterator[pa.Array]:
        for one in self._arrays():
            yield pa.repeat(pa.scalar(one.text, pa.large_string()), one.count) if isinstance(one, _Alike) else one

    def pieces(self) -> Iterator[pa.Array]:
        shared: dict[str, pa.Array] = {}
        for one in self._arrays():
            if isinstance(one, _Alike):
                rows = min(one.count, _SHARED)
                if one.text not in shared or len(shared[one.text]) < rows:
                    shared[one.text] = pa.repeat(pa.scalar(one.text, pa.large_string()), rows)
                yield from one.pieces(shared[one.text])
            else:
                yield one

    def _arrays(self) -> Iterator[pa.Array | _Alike]:
        memory = pa.py_buffer(self._spool.mapped(mmap.ACCESS_READ)) if self._spool is not None else None
        for one in self._chunks:
            yield one.over(memory) if isinstance(one, _Written) else one


def _alike(values: pa.Array) -> _Alike | None:
    """Return what a chunk of one text is, None for other chunks."""
    if not len(values):
        return _Alike("", 0)
    first = values[0]
    if values[-1] != first or not pc.all(pc.equal(values, first)).as_py():
        return None
    return _Alike(first.as_py(), len(values))


def _taken(values: Values, places: npt.NDArray[np.int64]) -> Values:
    return values[places] if isinstance(values, np.ndarray) else values.take(pa.array(places))
