"""Applies a function of one text to a whole column, once per distinct text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from roi_tool.importing.stopping import each, may_stop


@dataclass(frozen=True, eq=False)
class Parsed:
    """A column of whole numbers; where `valid` is False the cell was empty or could not be read, and the value is 0."""

    values: npt.NDArray[np.int64]
    valid: npt.NDArray[np.bool_]


def distinct(column: pa.Array) -> tuple[list[str], npt.NDArray[np.int64]]:
    """Return the distinct texts, trimmed, and for each row the place of its text."""
    may_stop()
    encoded = column.dictionary_encode()
    texts = [text.strip() for text in encoded.dictionary.to_pylist()]
    return texts, encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)


def parse_column(column: pa.Array, parse: Callable[[str], int | None]) -> Parsed:
    """Parse a column; `parse` returns None for a text that it cannot read."""
    texts, places = distinct(column)
    found = [parse(text) if text else None for text in each(texts)]
    values = np.fromiter((0 if value is None else value for value in found), np.int64, len(found))
    valid = np.fromiter((value is not None for value in found), bool, len(found))
    if not found:
        return Parsed(np.zeros(0, np.int64), np.zeros(0, bool))
    return Parsed(values[places], valid[places])


def map_texts(column: pa.Array, change: Callable[[str], str]) -> pa.Array:
    """Return the column with every text changed."""
    encoded = column.dictionary_encode()
    changed = pa.array([change(text.strip()) for text in each(encoded.dictionary.to_pylist())], pa.string())
    return pa.DictionaryArray.from_arrays(encoded.indices, changed).cast(pa.string())
