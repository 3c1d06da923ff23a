"""Reads the rows under the titles, one pass, each distinct set of terms once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from roi_tool.importing.decks.change_words import change_of_text, is_yes
from roi_tool.importing.decks.choices import DeckChoices
from roi_tool.importing.decks.code_cells import Codes
from roi_tool.importing.decks.columns import Columns
from roi_tool.importing.decks.deck import Change, DeckCode, Terms
from roi_tool.importing.decks.headings import PRICES, Role, role_of_title
from roi_tool.importing.decks.terms_cells import DateReader, TermsReader
from roi_tool.problems import Problem, Severity, Where

_JURISDICTIONS = ((Role.INTERSTATE, "interstate"), (Role.INTRASTATE, "intrastate"), (Role.INDETERMINATE, "indeterminate"))
ASSUMED_INCREMENTS = (1000, 1000)


@dataclass
class RowsRead:
    """What became of each row. `rejected` and `skipped` hold rows without any code out."""

    codes: list[DeckCode] = field(default_factory=list)
    codes_of_row: dict[int, tuple[str, ...]] = field(default_factory=dict)
    skipped: dict[int, str] = field(default_factory=dict)
    rejected_codes: Counter[int] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    note_places: list[int] = field(default_factory=list)
    rounded: int = 0
    special_used: set[str] = field(default_factory=set)
    """Names of a footnote that met a destination."""


def read_rows(
    columns: Columns, choices: DeckChoices, regular: tuple[int, int], special: Mapping[str, tuple[int, int]], timezone: str
) -> RowsRead:
    """Read every row under the titles."""
    from_workbook = columns.layout.table.encoding == "workbook"
    return _RowsReader(
        columns, choices, TermsReader(columns, regular, from_workbook), DateReader(columns, timezone), special
    ).run()


class _RowsReader:
    """Holds what all rows share while they are read."""

    def __init__(
        self,
        columns: Columns,
        choices: DeckChoices,
        terms: TermsReader,
        dates: DateReader,
        special: Mapping[str, tuple[int, int]],
    ) -> None:
        self.columns, self.choices, self.terms, self.dates, self.special = columns, choices, terms, dates, special
        self.read = RowsRead()
        table = columns.layout.table
        self.file, self.sheet = table.file, table.sheet
        self.numbers: list[int] = table.row_numbers[columns.layout.header + 1 :].tolist()
        self.count = len(self.numbers)
        blank = [""] * self.count
        cell = {role: columns.cells.get(role) or blank for role in Role}
        self.cell = cell
        self.code_cells = cell[Role.AREA_CODE] if columns.with_country else cell[Role.CODE]
        self.country_cells = cell[Role.COUNTRY_CODE] if columns.with_country else blank
        rates = (Role.RATE_NEW, Role.RATE, Role.RATE_NEXT, Role.INDETERMINATE, Role.INTERSTATE, Role.INTRASTATE)
        self.rate_role = next((role for role in rates if role in columns.cells), Role.RATE)
        others = (Role.RATE_FIRST, Role.CONNECT_FEE, Role.MIN_CHARGE, Role.MAX_CHARGE)
        more = (Role.INCREMENTS, Role.INITIAL, Role.SUBSEQUENT, Role.GRACE, Role.FREE)
        self.term_texts = list(zip(*(cell[role] for role in (*others, *more)), strict=True))
        self.closing = (Role.CLOSED in columns.cells, Role.BLOCKED in columns.cells)
        self.by_jurisdiction = [(role, name) for role, name in _JURISDICTIONS if role in columns.cells]
        self.special_known: dict[str, tuple[int, int] | None] = {}
        self.has_increments = any(role in columns.cells for role in more[:3])

    def run(self) -> RowsRead:
        """Read all rows."""
        for place in range(self.count):
            self._row(place)
        return self.read

    def _row(self, place: int) -> None:
        row = self.numbers[place]
        code_cell, country = self.code_cells[place], self.country_cells[place]
        rates = self._rate_texts(place)
        if not (code_cell or country) or self._is_note(place, code_cell or country, rates):
            self._without_code(place, row, rates)
            return
        codes = self.columns.codes.read(code_cell, country.translate({43: None, 32: None}).lstrip("0") if country else "")
        change = self._change(place)
        destination = self._destination(place)
        for text, fault in codes.bad or () if codes.good or codes.bad else (("", "deck_code_missing"),):
            self._reject(row, fault, {"cell": text})
        if not codes.good:
            return
        dates, fault = self._dates(place)
        if fault:
            self._reject(row, "deck_date_unreadable", {"cell": fault}, count=len(codes.good))
            return
        made = self._priced(place, row, rates, change, dates, destination, codes)
        if made:
            self.read.codes_of_row[row] = codes.good
            self.read.codes += made

    def _rate_texts(self, place: int) -> list[tuple[str, str]]:
        if self.by_jurisdiction:
            return [(self.cell[role][place], name) for role, name in self.by_jurisdiction]
        return [(self.cell[self.rate_role][place], "")]

    def _is_note(self, place: int, code: str, rates: list[tuple[str, str]]) -> bool:
        """A line of prose, a repeated title row, or a total: no digit where the code should be and no price."""
        if code.isdigit() or (len(code) < 60 and any(letter.isdigit() for letter in code)):
            return False
        if not any(any(letter.isdigit() for letter in text) for text, _ in rates):
            return True
        return role_of_title(code) is Role.CODE and any(role_of_title(text) in PRICES for text, _ in rates)

    def _without_code(self, place: int, row: int, rates: list[tuple[str, str]]) -> None:
        code = self.code_cells[place]
        if role_of_title(code) is Role.CODE:
            self.read.skipped[row] = "title_repeated"
        elif any(any(letter.isdigit() for letter in text) for text, _ in rates):
            self._reject(row, "deck_code_missing", {}, count=1)
        else:
            self.read.skipped[row] = "note"
            self.read.note_places.append(place + self.columns.layout.header + 1)

    def _change(self, place: int) -> Change:
        if self.closing[1] and is_yes(self.cell[Role.BLOCKED][place]):
            return Change.BLOCKED
        if self.closing[0] and is_yes(self.cell[Role.CLOSED][place]):
            return Change.CLOSED
        found = Change.NONE
        for column in self.columns.changes:
            change = change_of_text(column[place])
            if change in (Change.CLOSED, Change.BLOCKED):
                return change
            if found in (Change.NONE, Change.UNCHANGED) and change is not Change.NONE:
                found = change
        return found

    def _destination(self, place: int) -> str:
        parts: list[str] = []
        for column in self.columns.names:
            name = column[place]
            if not name or (parts and parts[-1].casefold() == name.casefold()):
                continue
            if parts and name.casefold().startswith(parts[-1].casefold()):
                parts[-1] = name
            else:
                parts.append(name)
        return " ".join(parts)

    def _dates(self, place: int) -> tuple[tuple[datetime | None, datetime | None], str]:
        start_text, end_text = self.cell[Role.FROM][place], self.cell[Role.TILL][place]
        start, start_read = self.dates.read(start_text)
        end, end_read = self.dates.read(end_text)
        if not start_read or not end_read:
            return (None, None), start_text if not start_read else end_text
        if start and end and start >= end:
            return (None, None), f"{start_text} – {end_text}"
        return (start, end), ""

    def _special(self, destination: str) -> tuple[int, int] | None:
        if self.has_increments or not self.special:
            return None
        if destination not in self.special_known:
            low = destination.casefold()
            names = [name for name in self.special if low.startswith(name)]
            self.read.special_used.update(names)
            self.special_known[destination] = self.special[max(names, key=len)] if names else None
        return self.special_known[destination]

    def _priced(
        self,
        place: int,
        row: int,
        rates: list[tuple[str, str]],
        change: Change,
        dates: tuple[datetime | None, datetime | None],
        destination: str,
        codes: Codes,
    ) -> list[DeckCode]:
        if change in (Change.CLOSED, Change.BLOCKED) or (change is Change.UNCHANGED and not any(text for text, _ in rates)):
            return self._unpriced(place, row, rates, change, dates, destination, codes)
        priced = self._terms(place, row, rates, destination, len(codes.good))
        if priced is None:
            return []
        start, end = dates
        current_cell = self.cell[Role.RATE_CURRENT][place]
        current = None
        if current_cell and start is not None and self.rate_role is Role.RATE_NEW:
            current = self._terms(place, row, [(current_cell, "")], destination, 0)
        if current and current[0][0] == priced[0][0]:
            start, current = None, None  # the price stays: it holds today too
        made = [
            DeckCode(code, destination, terms, start, end, change, name, row) for code in codes.good for terms, name in priced
        ]
        if current:
            made += [DeckCode(code, destination, current[0][0], None, start, Change.UNCHANGED, "", row) for code in codes.good]
        return made

    def _terms(
        self, place: int, row: int, rates: list[tuple[str, str]], destination: str, codes: int
    ) -> list[tuple[Terms, str]] | None:
        """Return (terms, jurisdiction) of a row, one for all where they are equal; None when the row is rejected."""
        texts = self.term_texts[place]
        special = self._special(destination)
        found: list[tuple[Terms, str]] = []
        for rate_text, name in rates:
            if not rate_text and len(rates) > 1:
                continue
            text = rate_text or self._fallback_rate(place)
            terms, fault, rounded = self.terms.read((text, *texts), special)
            if terms is None:
                if codes:
                    self._reject(row, fault, {"cell": rate_text}, count=codes)
                return None
            self.read.rounded += rounded
            found.append((terms, name))
        if not found:
            self._reject(row, "deck_rate_missing", {"cell": ""}, count=codes)
            return None
        return self._by_jurisdiction(found) if len(rates) > 1 else found

    def _fallback_rate(self, place: int) -> str:
        """A missing new price means that the price stays."""
        return self.cell[Role.RATE_CURRENT][place] if self.rate_role is Role.RATE_NEW else ""

    def _by_jurisdiction(self, found: list[tuple[Terms, str]]) -> list[tuple[Terms, str]]:
        if len(found) == len(self.by_jurisdiction) and len({terms for terms, _ in found}) == 1:
            return [(found[0][0], "")]
        prices = {name: terms for terms, name in found}
        if "indeterminate" not in prices and self.choices.indeterminate:
            wanted = self.choices.indeterminate
            dearer = max(prices.values(), key=lambda terms: terms.rate)
            found = [*found, (prices.get(wanted, dearer), "indeterminate")]
        return found

    def _unpriced(
        self,
        place: int,
        row: int,
        rates: list[tuple[str, str]],
        change: Change,
        dates: tuple[datetime | None, datetime | None],
        destination: str,
        codes: Codes,
    ) -> list[DeckCode]:
        """A code that is closed keeps its price until its date; one that is blocked, or only named, has none."""
        start, end = dates
        if change is Change.CLOSED:
            start, end = None, start or end
            text = rates[0][0]
            if text and end is not None:
                terms = self._terms(place, row, rates, destination, 0)
                if terms:
                    return [
                        DeckCode(code, destination, term, None, end, change, name, row)
                        for code in codes.good
                        for term, name in terms
                    ]
        return [DeckCode(code, destination, None, start, end, change, "", row) for code in codes.good]

    def _reject(self, row: int, code: str, detail: Mapping[str, str], count: int = 1) -> None:
        self.read.rejected_codes[row] += max(count, 1)
        self.read.problems.append(Problem(code, Severity.ERROR, Where(self.file, row, sheet=self.sheet), dict(detail)))
