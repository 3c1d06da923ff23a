"""Which column is what: from its title where there is one, proved or found by its values."""

from __future__ import annotations

from collections.abc import Sequence
from types import EllipsisType

import numpy as np

from roi_tool.importing.cells.amounts import parse_amount
from roi_tool.importing.cells.dates import is_weekday
from roi_tool.importing.cells.durations import DurationFormat, parse_duration
from roi_tool.importing.cells.title_text import normalised
from roi_tool.importing.cells.words import direction_of, is_credit_mark
from roi_tool.importing.detection.cell_shapes import PHONE, is_clock, is_date, is_day_of_month, is_moment, is_phone, share_of
from roi_tool.importing.detection.duration_parts import duration_parts
from roi_tool.importing.detection.header import find_header, titles_at
from roi_tool.importing.detection.headerless import columns_without_titles
from roi_tool.importing.detection.money_columns import choose_money
from roi_tool.importing.detection.titles import meaning_of_title
from roi_tool.importing.layout import Role
from roi_tool.importing.plan import Columns
from roi_tool.importing.records.raw_table import RawTable
from roi_tool.importing.records.realigning import torn_column

_SAMPLE = 400
MOST_TORN = 200
"""Overlong rows that are looked at to tell which column is torn."""
_FEWEST = 0.12
"""Share of a titled column's cells that must read as its title says; a small bill may hold many totals and charges."""


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
        return columns_without_titles([_sample(rows, place, 0) for place in range(table.width)])
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
    parts = duration_parts([place for _, place in found.get(Role.DURATION, [])], samples, titles)
    if parts:
        places[Role.DURATION] = parts
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


def torn_by_values(table: RawTable, columns: Columns) -> int | None:
    """Return the column that unquoted delimiters tore apart, where the values prove it; None where none is."""
    width = len(columns.titles)
    if columns.header is None or table.width <= width or not bool((table.widths > width).any()):
        return None
    overlong = np.flatnonzero(table.widths > width)[:MOST_TORN]
    return torn_column([table.record(int(row)) for row in overlong], width, lambda row: _fits(row, columns))


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


def _proved_by_values(role: Role, cells: Sequence[str]) -> Role | None:  # noqa: PLR0911 - one role after the other
    """Return what the column is after a look at its cells: a title may say `Date` over moments, `Destination` over numbers."""
    if role in (Role.START, Role.DATE, Role.TIME, Role.ANSWER, Role.END):
        return _proved_time(role, cells)
    if role is Role.WEEKDAY and any(cells) and share_of(cells, is_day_of_month) < 0.5 and share_of(cells, is_date) > 0.25:
        return Role.DATE  # `Jour`, `Día` over dates
    if role is Role.PLACE and share_of(cells, lambda cell: bool(PHONE.match(cell))) > 0.6:
        return Role.CALLED
    if role in (Role.CALLED, Role.CALLER, Role.NUMBER) and any(cells):
        return role if share_of(cells, lambda cell: any(letter.isdecimal() for letter in cell)) > _FEWEST else Role.PLACE
    if role is Role.OWN and any(cells) and share_of(cells, lambda cell: len(cell) <= 2) > 0.9:
        return Role.CALL_ID  # `Line No` may count the lines of the file
    if role is Role.CREDIT_MARK:
        return role if any(cells) and share_of(cells, is_credit_mark) > 0.9 else None
    if role in (Role.DURATION, Role.BILLED) and any(cells):
        return (
            role if share_of(cells, lambda cell: parse_duration(cell, DurationFormat.SECONDS) is not None) > _FEWEST else None
        )
    if role in (Role.CHARGE, Role.CHARGE_WITH_TAX, Role.TAX) and any(cells):
        return role if share_of(cells, lambda cell: parse_amount(cell) is not None) > _FEWEST else None
    if role is Role.DIRECTION and any(cells) and share_of(cells, lambda cell: direction_of(cell) is not None) < 0.3:
        return Role.TYPE
    if role is Role.TYPE and share_of(cells, lambda cell: direction_of(cell) is not None) > 0.9:
        return Role.DIRECTION
    return role


def _proved_time(role: Role, cells: Sequence[str]) -> Role | None:
    """Return whether a column titled as a time holds moments, dates or times of day: whichever most of its cells are."""
    if not any(cells):
        return role
    shares = {Role.START: share_of(cells, is_moment), Role.TIME: share_of(cells, is_clock), Role.DATE: share_of(cells, is_date)}
    best = max(shares, key=lambda kind: shares[kind])
    if shares[best] < _FEWEST:
        return Role.WEEKDAY if role is Role.DATE and share_of(cells, lambda cell: is_weekday(cell.strip("."))) > 0.8 else None
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
            if share_of(samples[place], is_moment) > 0.8:
                places[Role.START] = (place,)
                untitled.remove(place)
                break
    if not {Role.CALLED, Role.NUMBER} & set(places):
        for place in untitled:
            if share_of(samples[place], is_phone) > 0.7 and share_of(samples[place], lambda cell: len(cell) >= 6) > 0.5:
                places[Role.CALLED] = (place,)
                untitled.remove(place)
                break
    billed = places.get(Role.BILLED)
    if billed and billed[0] < len(titles) and normalised(titles[billed[0]]) == "billsec" and Role.CHARGE not in places:
        places[Role.DURATION] = places.pop(Role.BILLED)  # an exchange's `duration` counts the ringing too
    if Role.DURATION not in places and Role.BILLED in places:
        places[Role.DURATION] = places[Role.BILLED]
