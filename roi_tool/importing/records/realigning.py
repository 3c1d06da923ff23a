"""Rows with more fields than the header: put back what an unquoted delimiter tore apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations_with_replacement

import numpy as np
import pyarrow as pa

from roi_tool.importing.records.raw_table import RawTable


def realign(
    table: RawTable, width: int, places: Sequence[int], fits: Callable[[Sequence[str]], bool] | None = None
) -> RawTable:
    """Join the surplus fields of overlong rows.

    Args:
        table: the records.
        width: how many fields a row should have.
        places: columns (from 0) that may have been torn apart; the surplus is shared among them so that the row fits.
        fits: says whether a mended row is right; by default the first column takes the whole surplus.
    """
    # A spreadsheet drops empty cells at the end of a row: a torn row need not be overlong any more.
    suspects = np.flatnonzero(table.widths > width) if fits is None else np.arange(len(table))
    rows = {}
    for row in suspects.tolist():
        fields = table.record(row)
        mended = _mended([*fields, *[""] * (width - len(fields))], width, places, fits)
        if mended is not None:
            rows[row] = mended
    if not rows:
        return table
    columns = []
    for index, column in enumerate(table.widened(width).columns):
        cells = column.to_pylist()
        for row, fields in rows.items():
            cells[row] = fields[index] if index < width else ""
        columns.append(pa.array(cells, pa.string()))
    widths = np.array(table.widths)
    widths[list(rows)] = width
    return replace(table, columns=tuple(columns), widths=widths)


def _mended(
    fields: list[str], width: int, places: Sequence[int], fits: Callable[[Sequence[str]], bool] | None
) -> list[str] | None:
    """Return the row put right, None when it is right as it stands or cannot be mended."""
    if fits is None:
        return joined_row(fields, width, places[0])
    if fits(fields):
        return fields[:width] if len(fields) > width else None
    for surplus in range(max(len(fields) - width, 1), 5):
        padded = [*fields, *[""] * (width + surplus - len(fields))]
        for chosen in combinations_with_replacement(sorted(places), surplus):
            row = padded
            # From the right, so that the places further left keep their meaning.
            for place in sorted(set(chosen), reverse=True):
                row = joined_row(row, len(row) - chosen.count(place), place + sum(other < place for other in chosen))
            if fits(row):
                return row
    return None


def joined_row(fields: Sequence[str], width: int, place: int) -> list[str]:
    """Return an overlong row with its surplus joined at `place`."""
    surplus = len(fields) - width
    if surplus <= 0:
        return list(fields)
    return [
        *fields[:place],
        ",".join(part for part in fields[place : place + surplus + 1] if part),
        *fields[place + surplus + 1 :],
    ]


def torn_column(rows: Sequence[Sequence[str]], width: int, fits: Callable[[Sequence[str]], bool]) -> int | None:
    """Return the column whose joining makes most overlong rows fit; None where none does, or they fit as they are.

    Empty fields at the end of a row are no surplus.
    """
    overlong = [row for row in rows if len(row) > width and any(row[width:])]
    if not overlong or sum(fits(row[:width]) for row in overlong) >= 0.5 * len(overlong):
        return None
    counts = [sum(fits(joined_row(row, width, place)) for row in overlong) for place in range(width)]
    best = max(range(width), key=lambda place: counts[place])
    return best if counts[best] >= 0.5 * len(overlong) else None
