"""Writes tables batch by batch as CSV or Parquet, whole or not at all; text that a spreadsheet would run is made harmless."""

from __future__ import annotations

import csv
import io
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq


class TableWriter:
    """Writes tables of one shape one after another into a CSV or Parquet file; nothing is left if it fails midway."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._part = path.with_name(path.name + ".part")
        self._writer: Any = None
        self._pen = ThreadPoolExecutor(1)
        self._writing: Future[None] | None = None

    def __enter__(self) -> TableWriter:
        return self

    def write(self, table: pa.Table) -> None:
        """Write some rows."""
        table = _as_texts(table) if self._path.suffix.lower() != ".parquet" else table
        if self._writer is None:
            make = pq.ParquetWriter if self._path.suffix.lower() == ".parquet" else _CsvPen
            self._writer = make(self._part, table.schema)
        self._writer.write_table(table)

    def write_later(self, table: pa.Table) -> None:
        """Write some rows while the caller goes on; waits for the rows before them."""
        if self._writing is not None:
            self._writing.result()
        self._writing = self._pen.submit(self.write, table)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        fault = self._writing.exception() if self._writing is not None else None
        self._pen.shutdown()
        kind = kind or (type(fault) if fault else None)
        if self._writer is not None:
            self._writer.close()
            if kind is None:
                self._part.replace(self._path)
        if kind is not None:
            self._part.unlink(missing_ok=True)
        if fault is not None:
            raise fault


_LINES_AT_ONCE = 65_536
"""Lines that pyarrow puts together at once; its own 1024 costs a quarter more time."""


class _CsvPen:
    """Writes tables as CSV; quotes stand only in pieces that hold a text which needs them."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._file = path.open("wb")
        header = io.StringIO()
        csv.writer(header, lineterminator="\n").writerow(schema.names)
        self._file.write(header.getvalue().encode())

    def write_table(self, table: pa.Table) -> None:
        try:
            piece = self._text(table, "none")
        except pa.ArrowInvalid:
            # pyarrow quotes every text or none, and refuses none where one needs it.
            piece = self._text(table, "needed")
        self._file.write(piece)

    @staticmethod
    def _text(table: pa.Table, quoting: str) -> pa.Buffer:
        options = pacsv.WriteOptions(include_header=False, quoting_style=quoting, batch_size=_LINES_AT_ONCE)
        sink = pa.BufferOutputStream()
        pacsv.write_csv(table, sink, options)
        return sink.getvalue()

    def close(self) -> None:
        self._file.close()


_FORMULA_STARTS = np.zeros(256, dtype=bool)
_FORMULA_STARTS[[ord(letter) for letter in "=+-@"]] = True


def _as_texts(table: pa.Table) -> pa.Table:
    """Write out instants and amounts, and put an apostrophe before texts that a spreadsheet would run as a formula.

    Numbers with a sign stay.
    """
    for position, field in enumerate(table.schema):
        kind = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
        column = table.column(position)
        if pa.types.is_timestamp(kind):
            table = table.set_column(position, field.name, pc.strftime(column, format="%Y-%m-%dT%H:%M:%SZ"))
        elif pa.types.is_decimal(kind):
            table = table.set_column(position, field.name, _amount_texts(column))
        elif pa.types.is_string(kind) or pa.types.is_large_string(kind):
            column = column.cast(kind)
            if any(_may_start_formula(chunk) for chunk in column.chunks):
                risky = pc.fill_null(pc.match_substring_regex(column, r"^(=|@|[+-][^0-9]|[+-][0-9].*[^0-9.])"), False)
                column = pc.if_else(risky, pc.binary_join_element_wise("'", column, ""), column)
            table = table.set_column(position, field.name, column)
    return table


def _amount_texts(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Turn decimals into text, each distinct amount once: a month's calls have few, and the turning is dear."""
    if column.null_count == len(column):
        return pa.chunked_array([pa.nulls(len(column), pa.string())])
    chunks = [chunk.dictionary_encode() for chunk in column.chunks]
    return pa.chunked_array([_plain_texts(chunk.dictionary).take(chunk.indices) for chunk in chunks], pa.string())


def _plain_texts(amounts: pa.Array) -> pa.Array:
    """Write decimals without an exponent, which pyarrow gives to amounts near nothing (0E-9)."""
    texts = amounts.cast(pa.string())
    short = pc.match_substring(texts, "E")
    if not pc.any(short).as_py():
        return texts
    plain = [format(amount, "f") for amount in amounts.filter(short).to_pylist()]
    return pc.replace_with_mask(texts, short, pa.array(plain, pa.string()))


def _may_start_formula(texts: pa.Array) -> bool:
    """Look at the first byte of every text."""
    _, offsets, data = texts.buffers()
    if not len(texts) or data is None or not data.size:
        return False
    width = np.int64 if pa.types.is_large_string(texts.type) else np.int32
    places = np.frombuffer(offsets, dtype=width)[texts.offset : texts.offset + len(texts)]
    letters = np.frombuffer(data, dtype=np.uint8)
    # An empty text looks at the letter after it: at worst the slower look is taken for nothing.
    return bool(_FORMULA_STARTS[letters[np.minimum(places, len(letters) - 1)]].any())
