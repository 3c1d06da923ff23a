"""Columns of dates and times to instants, once per distinct day and once per distinct time of day."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from roi_tool.importing.cells.dates import DAY_US, DateOrder, parse_date, parse_moment, parse_time, split_date_and_time
from roi_tool.importing.cells.distinct import Parsed, distinct, parse_column
from roi_tool.importing.stopping import each

_WHOLE_BELOW = 20_000


@dataclass(frozen=True, eq=False)
class Moments:
    """Microseconds since 1970; `utc` says where the file gave a zone or an epoch, else they are the account's local time."""

    values: npt.NDArray[np.int64]
    valid: npt.NDArray[np.bool_]
    utc: npt.NDArray[np.bool_]


def parse_moments(column: pa.Array, order: DateOrder, year: int | None = None) -> Moments:
    """Parse a column that holds dates with or without times."""
    place = _place_of_time(column)
    if place is None:
        return _parse_whole(column, order, year)
    dates = pc.utf8_slice_codeunits(column, 0, place)
    moments = join_date_and_time(dates, pc.utf8_slice_codeunits(column, place + 1), order, year)
    odd = np.flatnonzero(~moments.valid)
    if len(odd):
        # The header, totals, and moments of another length.
        rest = _parse_whole(column.take(pa.array(odd)), order, year)
        moments.values[odd], moments.valid[odd], moments.utc[odd] = rest.values, rest.valid, rest.utc
    return moments


def _parse_whole(column: pa.Array, order: DateOrder, year: int | None) -> Moments:
    texts, places = distinct(column)
    found = [parse_moment(text, order, year) if text else None for text in each(texts)]
    if not found:
        return Moments(np.zeros(0, np.int64), np.zeros(0, bool), np.zeros(0, bool))
    values = np.fromiter((item[0] if item else 0 for item in found), np.int64, len(found))
    valid = np.fromiter((item is not None for item in found), bool, len(found))
    utc = np.fromiter((bool(item and item[1]) for item in found), bool, len(found))
    return Moments(values[places], valid[places], utc[places])


def join_date_and_time(dates: pa.Array, times: pa.Array, order: DateOrder, year: int | None = None) -> Moments:
    """Parse a column of dates beside one of times of day; an empty time is midnight."""
    days = parse_column(dates, lambda text: _day_us(text, order, year))
    micros, known, zoned = _clocks(times)
    return Moments(days.values + micros, days.valid & known, zoned)


def _clocks(times: pa.Array) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return each cell's time of day in microseconds (UTC where it has a zone), if it could be read, if it has a zone."""
    micros, known = _plain_clocks(times)
    zoned = np.zeros(len(times), bool)
    others = np.flatnonzero(~known)
    if len(others):
        texts, places = distinct(times.take(pa.array(others)))
        clocks = [_clock_or_none(text) if text else (0, None) for text in each(texts)]
        read = [
            (0, False, False) if item is None else (item[0] - (item[1] or 0) * 60_000_000, True, item[1] is not None)
            for item in clocks
        ]
        for target, values in zip((micros, known, zoned), zip(*read, strict=True), strict=True):
            target[others] = np.array(values)[places]
    return micros, known, zoned


def _plain_clocks(times: pa.Array) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Read the cells that are `HH:MM:SS`, all at once; the others are marked as not read."""
    micros, plain = np.zeros(len(times), np.int64), np.zeros(len(times), bool)
    fitting = pc.equal(pc.binary_length(times), 8)
    cells = pa.concat_arrays([times.filter(fitting)])
    if not len(cells):
        return micros, plain
    _, _, data = cells.buffers()
    letters = np.frombuffer(data, np.uint8, len(cells) * 8, cells.offset * 8).reshape(-1, 8)
    digits = letters[:, (0, 1, 3, 4, 6, 7)] - np.uint8(48)  # what is no digit becomes larger than nine
    hours, minutes, seconds = (digits[:, at].astype(np.int64) * 10 + digits[:, at + 1] for at in (0, 2, 4))
    clear = (digits <= 9).all(axis=1) & (letters[:, (2, 5)] == 58).all(axis=1) & (hours < 24) & (minutes < 60) & (seconds < 60)
    places = np.flatnonzero(fitting.to_numpy(zero_copy_only=False))[clear]
    plain[places] = True
    micros[places] = (((hours * 60 + minutes) * 60 + seconds) * 1_000_000)[clear]
    return micros, plain


@lru_cache(maxsize=1 << 14)
def _clock_or_none(text: str) -> tuple[int, int | None] | None:
    clock = parse_time(text)
    if clock is None and (" " in text or "T" in text):
        # A workbook cell formatted as a time may still carry a date (1899-12-31 or the call's own).
        found = parse_moment(text, DateOrder.YMD)
        return (found[0] % DAY_US, None) if found else None
    return clock


def _day_us(text: str, order: DateOrder, year: int | None) -> int | None:
    day = parse_date(text, order, year)
    if day is not None:
        return day * DAY_US
    found = parse_moment(text, order, year)
    return None if found is None else found[0] // DAY_US * DAY_US


def distinct_days(column: pa.Array) -> list[str]:
    """Return the distinct dates of a column of dates or moments, without their times."""
    place = _place_of_time(column)
    texts = distinct(column if place is None else pc.utf8_slice_codeunits(column, 0, place))[0]
    return sorted({split_date_and_time(text)[0] for text in texts if text})


def _place_of_time(column: pa.Array) -> int | None:
    """Return where the date ends in a long column of `date time`; None where cells are too few or differ too much to split."""
    if len(column) < _WHOLE_BELOW:
        return None
    middle = str(column[len(column) // 2].as_py())
    place = middle.find(" ") if " " in middle else middle.find("T")
    if place < 6 or parse_time(middle[place + 1 :]) is None:
        return None
    if all(parse_date(middle[:place], order) is None for order in DateOrder):
        return None
    same = pc.equal(pc.find_substring(column, middle[place]), place)
    return place if pc.sum(same).as_py() > 0.9 * len(column) else None


def to_instants(moments: Moments, timezone: str) -> pd.Series:
    """Return UTC instants; local times that the change of clocks repeats are taken as the first of the two.

    Invalid rows become 1970-01-01.
    """
    local = pd.DatetimeIndex(moments.values.view("datetime64[us]"))
    if timezone == "UTC" or not (moments.valid & ~moments.utc).any():
        return pd.Series(local.tz_localize("UTC"))
    first = np.ones(len(local), bool)
    shifted = local.tz_localize(timezone, ambiguous=first, nonexistent="shift_forward").tz_convert("UTC")
    if moments.utc.any():
        shifted = shifted.where(~moments.utc, local.tz_localize("UTC"))
    return pd.Series(shifted.as_unit("us"))


__all__ = ["Moments", "Parsed", "join_date_and_time", "parse_moments", "to_instants"]
