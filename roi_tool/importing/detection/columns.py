"""Which column is what: from its title where there is one, proved or found by its values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import EllipsisType

import numpy as np

from roi_tool.importing.cells.amounts import parse_amount
from roi_tool.importing.cells.dates import DateOrder, is_weekday, parse_date, parse_moment, parse_time
from roi_tool.importing.cells.durations import DurationFormat, parse_duration
from roi_tool.importing.cells.title_text import normalised
from roi_tool.importing.cells.words import direction_of, is_status_word
from roi_tool.importing.detection.header import find_header, titles_at
from roi_tool.importing.detection.money_columns import choose_money
from roi_tool.importing.detection.titles import meaning_of_title
from roi_tool.importing.layout import Role
from roi_tool.importing.plan import Columns
from roi_tool.importing.records.raw_table import RawTable
from roi_tool.importing.records.realigning import realign, torn_column

_SAMPLE = 400
_FEWEST = 0.12
"""Share of a titled column's cells that must read as its title says; a small bill may hold many totals and charges."""
_PHONE = re.compile(
    r"^[+(]?[\d][\d\s().\-/*xX]{2,24}$|^[*#]\d{1,5}#?$|^anonymous$|^withheld$|^unknown$|^private$", re.IGNORECASE
)
_EPOCH_DIGITS = 10
_EXTENSION = re.compile(r"^(?:ext\.?\s*|sip[:/])?\d{2,6}$", re.IGNORECASE)
_DOTTED = re.compile(r"[ T]\d{1,2}\.\d{2}(\.\d{2})?$")
_CLOCK = re.compile(r"^\d{1,4}:\d{2}(?::\d{2})?(?: ?[AaPp]\.?[Mm]\.?)?$|^\d{1,4}\.\d{2}\.\d{2}$")


def detect_columns(table: RawTable, *, header: int | EllipsisType | None = ...) -> Columns:
    """Return the meaning of each column of an unknown table.

    Args:
        table: the records.
        header: the place of the record of titles, None for a table without one; by default it is found.
    """
    header = find_header(table) if isinstance(header, EllipsisType) else header
    titles: tuple[str, ...] = ()
    if header is not None:
        titles, header = titles_at(table, header)
    if header is None:
        rows = table.take(np.flatnonzero(table.widths[:_SAMPLE] > 1))  # a line of text above the rows is none of them
        return _without_titles([_sample(rows, place, 0) for place in range(table.width)])
    samples = [_sample(table, place, header + 1) for place in range(table.width)]
    found: dict[Role, list[tuple[float, int]]] = {}
    for place, title in enumerate(titles[: table.width]):
        meaning = meaning_of_title(title)
        if meaning.role is None or meaning.role is Role.IGNORED:
            continue
        role = _proved_by_values(meaning.role, samples[place])
        if role is not None:
            found.setdefault(role, []).append((meaning.weight + (0.01 if any(samples[place]) else -0.5), place))
    places: dict[Role, tuple[int, ...]] = {
        role: (max(entries, key=lambda entry: (entry[0], -entry[1]))[1],) for role, entries in found.items()
    }
    money, doubt = choose_money(found.get(Role.CHARGE, []), samples, titles)
    if money is not None:
        places[Role.CHARGE] = (money,)
    _fill_gaps(places, samples, titles)
    weights = [meaning_of_title(title).weight for title in titles if title]
    return Columns(header, titles, places, None, round(0.5 + 0.5 * sum(weights) / max(len(weights), 1), 3), doubt)


def filled_by_titles(declared: Columns, detected: Columns) -> Columns:
    """Return the declared columns with the roles that they leave open taken from those detected."""
    taken = {place for places in declared.places.values() for place in places}
    party = {Role.CALLED, Role.NUMBER, Role.CALLER}
    places = dict(declared.places)
    for role, found in detected.places.items():
        if role in places or taken & set(found) or (role is Role.NUMBER and party & set(places)):
            continue
        places[role] = found
    return Columns(declared.header, declared.titles, places, declared.layout, 0.9)


def mended_by_values(table: RawTable, columns: Columns) -> tuple[RawTable, Columns]:
    """Put back what unquoted delimiters tore apart, where the values prove it."""
    width = len(columns.titles)
    if columns.header is None or table.width <= width or not bool((table.widths > width).any()):
        return table, columns
    overlong = np.flatnonzero(table.widths > width)[:200]
    torn = torn_column([table.record(int(row)) for row in overlong], width, lambda row: _fits(row, columns))
    if torn is None:
        return table, columns
    mended = realign(table, width, [torn])
    return mended, detect_columns(mended)


def _fits(row: Sequence[str], columns: Columns) -> bool:
    """Say whether date, duration and money of a row can be read where the titles put them."""
    tests = (
        (Role.START, is_moment),
        (Role.DATE, is_date),
        (Role.DURATION, lambda cell: parse_duration(cell, DurationFormat.SECONDS) is not None),
        (Role.CHARGE, lambda cell: parse_amount(cell) is not None),
    )
    asked = [(columns.place(role), test) for role, test in tests if columns.has(role)]
    return bool(asked) and all(place is not None and place < len(row) and test(row[place]) for place, test in asked)


def _sample(table: RawTable, place: int, first: int) -> list[str]:
    column = table.columns[place].slice(first, _SAMPLE)
    return [text.strip() for text in column.to_pylist()]


def _share(cells: Sequence[str], test: object) -> float:
    filled = [cell for cell in cells if cell and cell not in ("--", "-", "NULL", "\\N", "N/A")]
    if not filled or not callable(test):
        return 0.0
    return sum(bool(test(cell)) for cell in filled) / len(filled)


def is_moment(cell: str) -> bool:
    """Say whether a text is a date with a time, in any order of its parts, or an epoch."""
    timed = (
        ":" in cell or bool(re.fullmatch(r"\d{10}(\.\d+)?|\d{12,14}(\.\d+)?|\d{5}\.\d+", cell)) or bool(_DOTTED.search(cell))
    )
    if len(cell.partition(".")[0]) == _EPOCH_DIGITS and cell[:1] != "1":
        return False  # ten digits that would be an epoch after 2033 are a telephone number
    return timed and any(parse_moment(cell, order) is not None for order in DateOrder)


def is_date(cell: str) -> bool:
    """Say whether a text is a date, in any order of its parts."""
    return any(parse_date(cell, order, 2024) is not None for order in DateOrder)


def _is_day_of_month(cell: str) -> bool:
    return cell.isdecimal() and len(cell) <= 2


def _is_clock(cell: str) -> bool:
    return parse_time(cell) is not None and bool(re.search(r"[:.hH]|[ap]\.?m", cell, re.IGNORECASE))


def _is_packed_time(cell: str) -> bool:
    return len(cell) == 6 and cell.isdecimal() and parse_time(cell) is not None


def _is_phone(cell: str) -> bool:
    return bool(_PHONE.match(cell)) and not is_date(cell)


def _proved_by_values(role: Role, cells: Sequence[str]) -> Role | None:  # noqa: PLR0911 - one role after the other
    """Return what the column is after a look at its cells: a title may say `Date` over moments, `Destination` over numbers."""
    if role in (Role.START, Role.DATE, Role.TIME, Role.ANSWER, Role.END):
        return _proved_time(role, cells)
    if role is Role.WEEKDAY and any(cells) and _share(cells, _is_day_of_month) < 0.5 and _share(cells, is_date) > 0.5:
        return Role.DATE  # `Jour`, `Día` over dates
    if role is Role.PLACE and _share(cells, lambda cell: bool(_PHONE.match(cell))) > 0.6:
        return Role.CALLED
    if role in (Role.CALLED, Role.CALLER, Role.NUMBER) and any(cells):
        return role if _share(cells, lambda cell: any(letter.isdecimal() for letter in cell)) > _FEWEST else Role.PLACE
    if role in (Role.DURATION, Role.BILLED) and any(cells):
        return role if _share(cells, lambda cell: parse_duration(cell, DurationFormat.SECONDS) is not None) > _FEWEST else None
    if role in (Role.CHARGE, Role.CHARGE_WITH_TAX, Role.TAX) and any(cells):
        return role if _share(cells, lambda cell: parse_amount(cell) is not None) > _FEWEST else None
    if role is Role.DIRECTION and any(cells) and _share(cells, lambda cell: direction_of(cell) is not None) < 0.3:
        return Role.TYPE
    if role is Role.TYPE and _share(cells, lambda cell: direction_of(cell) is not None) > 0.9:
        return Role.DIRECTION
    return role


def _proved_time(role: Role, cells: Sequence[str]) -> Role | None:
    """Return whether a column titled as a time holds moments, dates or times of day: whichever most of its cells are."""
    if not any(cells):
        return role
    shares = {Role.START: _share(cells, is_moment), Role.TIME: _share(cells, _is_clock), Role.DATE: _share(cells, is_date)}
    best = max(shares, key=lambda kind: shares[kind])
    if shares[best] < _FEWEST:
        return Role.WEEKDAY if role is Role.DATE and _share(cells, lambda cell: is_weekday(cell.strip("."))) > 0.8 else None
    if best is Role.START:
        return Role.START if role in (Role.DATE, Role.TIME) else role
    if best is Role.TIME:
        return Role.TIME if role in (Role.START, Role.DATE) else role
    return Role.END if role is Role.END else Role.DATE


def _fill_gaps(places: dict[Role, tuple[int, ...]], samples: list[list[str]], titles: tuple[str, ...]) -> None:
    """Find by values what no title named: the moment, the number called, the duration."""
    taken = {place for found in places.values() for place in found}
    free = [place for place in range(len(samples)) if place not in taken and any(samples[place])]
    untitled = [place for place in free if place >= len(titles) or meaning_of_title(titles[place]).role is None]
    if Role.START not in places and Role.DATE not in places:
        for place in untitled:
            if _share(samples[place], is_moment) > 0.8:
                places[Role.START] = (place,)
                untitled.remove(place)
                break
    if not {Role.CALLED, Role.NUMBER} & set(places):
        for place in untitled:
            if _share(samples[place], _is_phone) > 0.7 and _share(samples[place], lambda cell: len(cell) >= 6) > 0.5:
                places[Role.CALLED] = (place,)
                untitled.remove(place)
                break
    billed = places.get(Role.BILLED)
    if billed and billed[0] < len(titles) and normalised(titles[billed[0]]) == "billsec" and Role.CHARGE not in places:
        places[Role.DURATION] = places.pop(Role.BILLED)  # an exchange's `duration` counts the ringing too
    if Role.DURATION not in places and Role.BILLED in places:
        places[Role.DURATION] = places[Role.BILLED]


def _without_titles(samples: list[list[str]]) -> Columns:  # noqa: PLR0912 - one shape of cells after the other
    """Find the roles of a table without a header by the values alone."""
    places: dict[Role, tuple[int, ...]] = {}
    numbers, whole, clocks, money, moments = [], [], [], [], []
    for place, cells in enumerate(samples):
        if not any(cells):
            continue
        if _share(cells, is_moment) > 0.8:
            moments.append(place)
        elif _share(cells, lambda cell: direction_of(cell) is not None) > 0.9:
            places.setdefault(Role.DIRECTION, (place,))
        elif _share(cells, is_status_word) > 0.9:
            places.setdefault(Role.STATUS, (place,))
        elif _share(cells, lambda cell: bool(_CLOCK.match(cell))) > 0.8:
            clocks.append(place)
        elif (
            _share(cells, is_date) > 0.8
            and _share(cells, lambda cell: bool(re.search(r"[-/. ]", cell)) or len(cell) == 8) > 0.8
        ):
            places.setdefault(Role.DATE, (place,))
        elif _is_decimal_column(cells):
            money.append(place)
        elif _share(cells, _is_phone) > 0.7 and _share(cells, lambda cell: len(re.sub(r"\D", "", cell)) >= 7) > 0.4:
            numbers.append(place)
        elif _share(cells, lambda cell: cell.isdecimal() and len(cell) <= 6) > 0.9:
            whole.append(place)
    packed = next((place for place in whole if _share(samples[place], _is_packed_time) > 0.95), None)
    if Role.DATE in places and not clocks and not moments and packed is not None:
        places[Role.TIME] = (packed,)
        whole.remove(packed)
    _place_moments(places, moments, clocks)
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
        places[Role.CHARGE] = (money[-1],)
    return Columns(None, (), places, None, 0.5)


def _is_decimal_column(cells: Sequence[str]) -> bool:
    """Say whether cells are amounts; a spreadsheet writes 600.000 as 600, so some may have no decimals."""
    decimal = _share(cells, lambda cell: bool(re.fullmatch(r"[£€$¥]?\s?-?\d*[.,]\d{1,6}", cell)))
    return decimal > 0.8 or (
        decimal > 0.3 and _share(cells, lambda cell: bool(re.fullmatch(r"-?\d{1,6}([.,]\d{1,6})?", cell))) > 0.95
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
