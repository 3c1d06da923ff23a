"""Which column is what in a table without titles: by the shapes of the cells alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from roi_tool.importing.cells.words import direction_of, is_status_word
from roi_tool.importing.detection.cell_shapes import CLOCK, is_date, is_moment, is_packed_time, is_phone, share_of
from roi_tool.importing.layout import Role
from roi_tool.importing.plan import Columns


def columns_without_titles(samples: list[list[str]]) -> Columns:  # noqa: PLR0912 - one shape of cells after the other
    """Find the roles of a table without a header by the values alone."""
    places: dict[Role, tuple[int, ...]] = {}
    numbers, whole, clocks, money, moments = [], [], [], [], []
    for place, cells in enumerate(samples):
        if not any(cells):
            continue
        if share_of(cells, is_moment) > 0.8:
            moments.append(place)
        elif share_of(cells, lambda cell: direction_of(cell) is not None) > 0.9:
            places.setdefault(Role.DIRECTION, (place,))
        elif share_of(cells, is_status_word) > 0.9:
            places.setdefault(Role.STATUS, (place,))
        elif share_of(cells, lambda cell: bool(CLOCK.match(cell))) > 0.8:
            clocks.append(place)
        elif (
            share_of(cells, is_date) > 0.8
            and share_of(cells, lambda cell: bool(re.search(r"[-/. ]", cell)) or len(cell) == 8) > 0.8
        ):
            places.setdefault(Role.DATE, (place,))
        elif _is_decimal_column(cells):
            money.append(place)
        elif share_of(cells, is_phone) > 0.7 and share_of(cells, lambda cell: len(re.sub(r"\D", "", cell)) >= 7) > 0.4:
            numbers.append(place)
        elif share_of(cells, lambda cell: cell.isdecimal() and len(cell) <= 6) > 0.9:
            whole.append(place)
    packed = next((place for place in whole if share_of(samples[place], is_packed_time) > 0.95), None)
    if Role.DATE in places and not clocks and not moments and packed is not None:
        places[Role.TIME] = (packed,)
        whole.remove(packed)
    _place_moments(places, moments, clocks)
    numbers = _without_accounts(_well_filled(numbers, samples), samples)
    if numbers:
        places[Role.CALLED] = (numbers[-1] if len(numbers) > 1 else numbers[0],)
        if len(numbers) > 1:
            places[Role.CALLER] = (numbers[0],)
    if Role.DURATION not in places and whole:
        after = [place for place in whole if place > max((places.get(Role.CALLED) or (0,))[0], 0)] or whole
        places[Role.DURATION] = (after[0],)
        if len(after) > 1:
            places[Role.BILLED] = (after[1],)
    if Role.DURATION not in places and len(money) > 1:
        places[Role.DURATION] = (money.pop(0),)  # seconds or minutes with decimals
    if money:
        places[Role.CHARGE] = (_well_filled(money, samples)[-1],)
    return Columns(None, (), places, None, 0.5)


def _well_filled(places: list[int], samples: list[list[str]]) -> list[int]:
    """Leave out columns that hold something in few records only."""
    counts = {place: sum(bool(cell) for cell in samples[place]) for place in places}
    return [place for place in places if counts[place] >= 0.5 * max(counts.values())]


def _without_accounts(numbers: list[int], samples: list[list[str]]) -> list[int]:
    """Leave out columns of account numbers: all one short number beside two columns of longer ones."""

    def digits(place: int) -> float:
        sizes = [len(re.sub(r"\D", "", cell)) for cell in samples[place] if cell]
        return sum(sizes) / max(len(sizes), 1)

    long = [place for place in numbers if digits(place) >= 9]
    return long if len(long) >= 2 else numbers


def _is_decimal_column(cells: Sequence[str]) -> bool:
    """Say whether cells are amounts; a spreadsheet writes 600.000 as 600, so some may have no decimals."""
    decimal = share_of(cells, lambda cell: bool(re.fullmatch(r"[£€$¥]?\s?-?\d*[.,]\d{1,6}", cell)))
    return decimal > 0.8 or (
        decimal > 0.3 and share_of(cells, lambda cell: bool(re.fullmatch(r"-?\d{1,6}([.,]\d{1,6})?", cell))) > 0.95
    )


def _place_moments(places: dict[Role, tuple[int, ...]], moments: list[int], clocks: list[int]) -> None:
    if moments:
        places[Role.START] = (moments[0],)
        places.pop(Role.DATE, None)
        if len(moments) > 1:
            places[Role.END] = (moments[-1],)
    remaining = list(clocks)
    if Role.START not in places and Role.DATE in places and remaining:
        places[Role.TIME] = (remaining.pop(0),)
    if remaining:
        places[Role.DURATION] = (remaining[0],)
