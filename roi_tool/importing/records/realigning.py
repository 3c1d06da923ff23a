"""Rows with more fields than the header: put back what an unquoted delimiter tore apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations_with_replacement

import numpy as np
import pyarrow as pa

from roi_tool.importing.records.raw_table import RawTable


def realign(table: RawTable, width: int, places: Sequence[int], fits: Callable[[Sequence[str]], bool] | None = None) -> RawTable:
    """Join the surplus fields of overlong rows.

    Args:
        table: the records.
        width: how many fields a row should have.
        places: columns (from 0) that may have been torn apart; the surplus is shared among them so that the row fits.
        fits: says whether a mended row is right; by default the first column takes the whole surplus.
    """
    overlong = np.flatnonzero(table.widths > width)
    if not len(overlong) or table.width <= width:
        return table
    rows = {int(row): _mended(table.record(int(row)), width, places, fits) for row in overlong}
    columns = []
    for index in range(width):
        cells = table.columns[index].to_pylist()
        for row, fields in rows.items():
            cells[row] = fields[index]
        columns.append(pa.array(cells, pa.string()))
    return replace(table, columns=tuple(columns), widths=np.minimum(table.widths, width))


def _mended(
    fields: Sequence[str], width: int, places: Sequence[int], fits: Callable[[Sequence[str]], bool] | None
) -> list[str]:
    surplus = len(fields) - width
    if fits is not None and surplus <= 4:
        for chosen in combinations_with_replacement(sorted(places), surplus):
            row = list(fields)
            # From the right, so that the places further left keep their meaning.
            for place in sorted(set(chosen), reverse=True):
                count = chosen.count(place)
                row = joined_row(row, len(row) - count, place + sum(other < place for other in chosen))
            if fits(row):
                return row
    return joined_row(fields, width, places[0])


def joined_row(fields: Sequence[str], width: int, place: int) -> list[str]:
    """Return an overlong row with its surplus joined at `place`."""
    surplus = len(fields) - width
    if surplus <= 0:
        return list(fields)
    return [*fields[:place], ",".join(part for part in fields[place : place + surplus + 1] if part), *fields[place + surplus + 1 :]]


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
