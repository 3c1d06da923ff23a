"""Finds the table of prices: which sheet, which row holds the titles, which column is the price. Asks rather than guesses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from roi_tool.importing.decks.choices import DeckChoices
from roi_tool.importing.decks.headings import PRICES, Role, role_of_title, title_words
from roi_tool.importing.records.raw_table import RawTable
from roi_tool.problems import Problem, ProblemError, Severity, Where

HEADER_ROWS = 200
_CODE_LIKE = re.compile(r"^\+?\d[\d ]{0,17}$")
_DECIMAL_LIKE = re.compile(r"^[$€£]?\d*[.,]\d+$")
_DIGITS_LIKE = re.compile(r"^[+\d][\d ,;|/\-]*$")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand in a table. `header` is the place of the title row among its records, -1 when there is none."""

    table: RawTable
    header: int
    titles: tuple[str, ...]
    roles: tuple[Role, ...]
    problems: tuple[Problem, ...] = field(default=())

    def places(self, *wanted: Role) -> list[int]:
        """Return the columns of these roles, in the order of the roles, then of the file."""
        return [index for role in wanted for index, found in enumerate(self.roles) if found is role]

    def place(self, *wanted: Role) -> int | None:
        """Return the first column of these roles."""
        found = self.places(*wanted)
        return found[0] if found else None


def find_layout(tables: Sequence[RawTable], choices: DeckChoices) -> Layout:
    """Find the one table of codes and prices.

    Raises:
        ProblemError: none; several sheets hold one; or two columns could be the price and neither is the new one.
    """
    wanted = [table for table in tables if not choices.sheet or table.sheet.casefold() == choices.sheet.casefold()]
    if not wanted:
        names = ", ".join(table.sheet for table in tables)
        raise ProblemError(
            Problem("deck_sheet_unknown", where=Where(tables[0].file), detail={"sheet": choices.sheet, "sheets": names})
        )
    found = [layout for table in wanted if (layout := _layout_of_table(table)) is not None]
    if not found:
        raise ProblemError(_why_none(wanted))
    if len(found) > 1:
        names = ", ".join(layout.table.sheet or layout.table.file for layout in found)
        raise ProblemError(
            Problem(
                "deck_sheets_several",
                Severity.QUESTION,
                Where(found[0].table.file),
                {"count": str(len(found)), "sheets": names},
            )
        )
    return _with_one_price(found[0], choices)


def code_only_tables(tables: Sequence[RawTable], priced: Layout) -> list[Layout]:
    """Return the other tables that list codes without prices: removals often stand on a sheet of their own."""
    found = []
    for table in tables:
        if table is priced.table or (table.sheet == priced.table.sheet and table.file == priced.table.file):
            continue
        for index, row in enumerate(table.head(HEADER_ROWS)):
            roles = _roles(row, table.width)
            if Role.CODE in roles and (Role.CHANGE in roles or Role.FROM in roles) and not PRICES & set(roles):
                found.append(Layout(table, index, tuple(row), roles))
                break
    return found


def _layout_of_table(table: RawTable) -> Layout | None:
    head = table.head(HEADER_ROWS)
    for index, row in enumerate(head):
        roles = _roles(row, table.width)
        if not _has_code(roles):
            continue
        if PRICES & set(roles) or Role.RATE_BUY in roles:
            return Layout(table, index, _padded(row, table.width), roles)
        nameless = _nameless_price(table, index, row)
        if nameless is not None:
            changed = tuple(Role.RATE if place == nameless else role for place, role in enumerate(roles))
            where = Where(table.file, int(table.row_numbers[index]), sheet=table.sheet)
            said = Problem("deck_price_title_missing", Severity.INFO, where, {"column": str(nameless + 1)})
            return Layout(table, index, _padded(row, table.width), changed, (said,))
    return _layout_without_titles(table, head)


def _roles(row: Sequence[str], width: int) -> tuple[Role, ...]:
    roles = [role_of_title(cell) for cell in row] + [Role.IGNORED] * (width - len(row))
    filled = [cell for cell in row if cell]
    if len(filled) < 2 or sum(bool(re.search(r"\d{3,}", cell)) for cell in filled) > len(filled) / 3:
        return tuple([Role.IGNORED] * width)
    words = [title_words(cell) for cell in row]
    codes = {index for index, role in enumerate(roles) if role is Role.CODE}
    area = next((index for index in codes if words[index].startswith(("city code", "area prefix"))), None)
    if Role.COUNTRY_CODE in roles and area is not None and len(codes) == 1:
        roles[area] = Role.AREA_CODE
    if Role.CODE in roles or not {Role.COUNTRY_CODE, Role.AREA_CODE} & set(roles):
        pass
    elif Role.COUNTRY_CODE not in roles:
        roles[roles.index(Role.AREA_CODE)] = Role.CODE
    elif Role.AREA_CODE not in roles:
        roles[roles.index(Role.COUNTRY_CODE)] = Role.CODE
    return _settled(roles, words)


def _settled(roles: list[Role], words: list[str]) -> tuple[Role, ...]:
    """Titles that mean different things by what stands beside them."""
    present = set(roles)
    if Role.CODE in present:
        roles = [Role.IGNORED if role in (Role.COUNTRY_CODE, Role.AREA_CODE, Role.NPA, Role.NXX) else role for role in roles]
    if Role.INITIAL in present and Role.SUBSEQUENT not in present:
        roles = [Role.SUBSEQUENT if role is Role.INCREMENTS else role for role in roles]
    if Role.RATE_FIRST in present and Role.RATE_NEXT not in present:
        roles = [Role.RATE if role is Role.RATE_FIRST else role for role in roles]
    if {Role.INTERSTATE, Role.INTRASTATE} <= present and Role.INDETERMINATE not in present and roles.count(Role.RATE) == 1:
        roles = [Role.INDETERMINATE if role is Role.RATE else role for role in roles]
    if roles.count(Role.CODE) > 1:
        best = next(
            (index for index, text in enumerate(words) if roles[index] is Role.CODE and "complete" in text),
            roles.index(Role.CODE),
        )
        roles = [Role.IGNORED if role is Role.CODE and index != best else role for index, role in enumerate(roles)]
    return tuple(roles)


def _has_code(roles: Sequence[Role]) -> bool:
    present = set(roles)
    return Role.CODE in present or {Role.COUNTRY_CODE, Role.AREA_CODE} <= present or {Role.NPA, Role.NXX} <= present


def _padded(row: Sequence[str], width: int) -> tuple[str, ...]:
    return (*row, *[""] * (width - len(row)))


def _column(table: RawTable, place: int, first: int, count: int = 400) -> list[str]:
    cells = table.columns[place].slice(first, count).to_pylist()
    return [cell.strip() for cell in cells]


def _nameless_price(table: RawTable, header: int, row: Sequence[str]) -> int | None:
    """Find the one column without a title that holds decimals: its title was a formula that nobody computed."""
    found = []
    for place in range(table.width):
        if place < len(row) and row[place]:
            continue
        cells = [cell for cell in _column(table, place, header + 1) if cell]
        if cells and sum(bool(_DECIMAL_LIKE.match(cell)) for cell in cells) >= 0.6 * len(cells):
            found.append(place)
    return found[0] if len(found) == 1 else None


def _layout_without_titles(table: RawTable, head: Sequence[Sequence[str]]) -> Layout | None:
    """A file that starts with its first code: one column of whole numbers, one of decimals, one of words."""
    if not head or any(role in PRICES for row in head[:20] for role in _roles(row, table.width)):
        return None
    codes, prices, names = [], [], []
    for place in range(min(table.width, 12)):
        cells = [cell for cell in _column(table, place, 0) if cell]
        if len(cells) < 0.9 * min(len(table), 400) or not cells:
            continue
        decimals = sum(bool(_DECIMAL_LIKE.match(cell)) for cell in cells)
        whole = sum(bool(_CODE_LIKE.match(cell)) for cell in cells)
        if whole >= 0.95 * len(cells) and len(set(cells)) > 0.9 * len(cells):
            codes.append(place)
        elif decimals >= 0.6 * len(cells) and decimals + whole >= 0.95 * len(cells):
            prices.append(place)
        elif sum(any(letter.isalpha() for letter in cell) for cell in cells) > 0.8 * len(cells):
            names.append(place)
    if len(codes) != 1 or len(prices) != 1:
        return None
    roles = [Role.IGNORED] * table.width
    roles[codes[0]], roles[prices[0]] = Role.CODE, Role.RATE
    if names:
        roles[names[0]] = Role.DESTINATION
    said = Problem(
        "deck_without_titles",
        Severity.INFO,
        Where(table.file, sheet=table.sheet),
        {"code": str(codes[0] + 1), "price": str(prices[0] + 1)},
    )
    return Layout(table, -1, tuple([""] * table.width), tuple(roles), (said,))


def _with_one_price(layout: Layout, choices: DeckChoices) -> Layout:
    """Keep one plain price column; ask when two could be it."""
    if choices.price_column:
        return _chosen_price(layout, choices.price_column)
    plain = layout.places(Role.RATE)
    bands = layout.places(Role.RATE_BAND)
    if layout.places(Role.RATE_NEW):
        keep = layout.places(Role.RATE_NEW)[:1]
        current = (layout.places(Role.RATE_CURRENT) or plain)[:1]
        roles = _reroled(layout, {place: Role.IGNORED for place in plain + bands if place not in keep + current})
        return _with_roles(layout, [Role.RATE_CURRENT if place in current else role for place, role in enumerate(roles)])
    if layout.places(Role.RATE_CURRENT) and not plain:
        plain = layout.places(Role.RATE_CURRENT)
    candidates = plain + bands
    if layout.places(Role.RATE_FIRST) and layout.places(Role.RATE_NEXT):
        candidates = []
    if {Role.INTERSTATE, Role.INTRASTATE} & set(layout.roles):
        candidates = []
    if not candidates and Role.RATE_BUY in layout.roles and not PRICES & set(layout.roles):
        candidates = layout.places(Role.RATE_BUY)
    distinct = _distinct_columns(layout, candidates)
    if len(distinct) > 1:
        titles = ", ".join(f"“{layout.titles[place] or place + 1}”" for place in distinct)
        row = int(layout.table.row_numbers[layout.header]) if layout.header >= 0 else None
        where = Where(layout.table.file, row, sheet=layout.table.sheet)
        raise ProblemError(Problem("deck_price_columns_several", Severity.QUESTION, where, {"columns": titles}))
    if not distinct:
        return layout
    return _with_roles(layout, _reroled(layout, dict.fromkeys(candidates, Role.IGNORED) | {distinct[0]: Role.RATE}))


def _chosen_price(layout: Layout, title: str) -> Layout:
    matches = [place for place, found in enumerate(layout.titles) if found.strip().casefold() == title.strip().casefold()]
    if not matches and title.isdigit() and 1 <= int(title) <= len(layout.roles):
        matches = [int(title) - 1]
    if not matches:
        known = ", ".join(f"“{found}”" for found in layout.titles if found)
        raise ProblemError(
            Problem("deck_price_column_unknown", where=Where(layout.table.file), detail={"column": title, "columns": known})
        )
    changed = {place: Role.IGNORED for place, role in enumerate(layout.roles) if role in PRICES or role is Role.RATE_BUY}
    return _with_roles(layout, _reroled(layout, changed | {matches[0]: Role.RATE}))


def _reroled(layout: Layout, changed: dict[int, Role]) -> list[Role]:
    return [changed.get(place, role) for place, role in enumerate(layout.roles)]


def _with_roles(layout: Layout, roles: Sequence[Role]) -> Layout:
    return Layout(layout.table, layout.header, layout.titles, tuple(roles), layout.problems)


def _distinct_columns(layout: Layout, places: Sequence[int]) -> list[int]:
    """Leave out columns that say the same as an earlier one in every row (peak and off-peak often do)."""
    kept: list[int] = []
    start = layout.header + 1
    for place in places:
        column = layout.table.columns[place].slice(start)
        if not any(layout.table.columns[other].slice(start).equals(column) for other in kept):
            kept.append(place)
    return kept


def _why_none(tables: Sequence[RawTable]) -> Problem:
    """Say what is missing: prices by name, codes without prices, or nothing of a deck at all."""
    for table in tables:
        for index, row in enumerate(table.head(HEADER_ROWS)):
            roles = _roles(row, table.width)
            if PRICES & set(roles):
                where = Where(table.file, int(table.row_numbers[index]), sheet=table.sheet)
                return Problem("deck_prices_by_name", where=where, detail={"columns": ", ".join(filter(None, row))})
            if _has_code(roles):
                where = Where(table.file, int(table.row_numbers[index]), sheet=table.sheet)
                return Problem("deck_without_prices", where=where, detail={"columns": ", ".join(filter(None, row))})
    return Problem("deck_not_found", where=Where(tables[0].file), detail={"rows": str(HEADER_ROWS)})
