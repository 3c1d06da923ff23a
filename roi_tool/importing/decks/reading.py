"""A file to a deck: finds the table, decides each column once, reads every row and accounts for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from roi_tool.importing.decks.change_words import increments_of_notes
from roi_tool.importing.decks.choices import ASK_NOTHING, DeckChoices
from roi_tool.importing.decks.columns import Columns, decide_columns
from roi_tool.importing.decks.deck import Deck, DeckCode, DeckCounts, Mapping
from roi_tool.importing.decks.duplicates import split_duplicates
from roi_tool.importing.decks.finding import Layout, code_only_tables, find_layout
from roi_tool.importing.decks.headings import PRICES, Role
from roi_tool.importing.decks.notes import currency_of, notes_of, says_full, zone_of
from roi_tool.importing.decks.price_cells import read_increments
from roi_tool.importing.decks.removals import read_removals
from roi_tool.importing.decks.rows import ASSUMED_INCREMENTS, RowsRead, read_rows
from roi_tool.importing.records.opening import open_tables
from roi_tool.importing.records.raw_table import RawTable
from roi_tool.money import is_currency_code
from roi_tool.problems import Problem, ProblemError, Severity, Where

_SAMPLE_ROWS = 5
_FOOTER_LOOKED_AT = 400


def read_deck(path: Path, choices: DeckChoices = ASK_NOTHING) -> Deck:
    """Read a rate deck from a delimited text or a workbook (XLSX, XLS, XLSB, ODS), plain or in a zip.

    Nothing is dropped silently: see `DeckCounts`. Prices are per minute, exact, in units of the deck's currency.

    Raises:
        ProblemError: no table of codes and prices, or two readings remain that `choices` must settle.
    """
    tables = open_tables(path)
    layout = find_layout(tables, choices)
    columns = decide_columns(layout, choices)
    notes = notes_of(layout, _footer_places(layout, columns))
    timezone = choices.timezone or zone_of(notes) or "UTC"
    regular, special, source = _increments(columns, choices, notes)
    read = read_rows(columns, choices, regular, special, timezone)
    notes_beside = [note for table in tables for note in table.notes]
    account = _Account(str(path), layout, [*notes_beside, *layout.problems, *columns.problems])
    account.take_prices(read, layout.table.sheet)
    others = code_only_tables(tables, layout)
    for other in others:
        account.take_removals(read_removals(other, choices, timezone), other)
    account.take_unused(tables, others)
    if source == "assumed" and account.codes:
        account.say("deck_increments_assumed", Severity.INFO, increments=f"{regular[0] // 1000}/{regular[1] // 1000}")
    unmet = sorted(set(special) - read.special_used)
    if unmet:
        account.say("deck_increments_of_nobody", Severity.WARNING, names=", ".join(unmet[:20]))
    if not account.codes:
        account.say("deck_empty", Severity.WARNING)
    return Deck(
        codes=tuple(account.codes),
        currency=_currency(columns, choices, notes, account),
        timezone=timezone,
        mapping=_mapping(layout, columns, source),
        counts=account.counts(),
        problems=tuple(account.problems),
        full=says_full(notes, tables),
        file=str(path),
        notes=notes,
    )


@dataclass
class _Account:
    """What became of every row and code of the file."""

    file: str
    layout: Layout
    problems: list[Problem]
    codes: list[DeckCode] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    rows_priced: int = 0
    rows_rejected: int = 0
    codes_out: int = 0
    codes_skipped: int = 0
    codes_rejected: int = 0

    def say(self, code: str, severity: Severity, **detail: str) -> None:
        """Add a finding about the whole table."""
        self.problems.append(Problem(code, severity, Where(self.file, sheet=self.layout.table.sheet), detail))

    def take_prices(self, read: RowsRead, sheet: str) -> None:
        """Take the rows of the price table, codes that stand twice settled."""
        header = self.layout.header
        if header >= 0:
            self.skipped["titles"] += 1
            self.skipped["above_titles"] += header
        codes, repeated, contradicted, problems = split_duplicates(read.codes, self.file, sheet)
        self.problems += [*read.problems, *problems]
        entries = Counter(code.row for code in read.codes)
        left = Counter(code.row for code in codes)
        for row, found in read.codes_of_row.items():
            share = max(1, entries[row] // max(len(found), 1))
            gone_repeated = min(-(-repeated[row] // share), len(found))
            gone_refused = min(-(-contradicted[row] // share), len(found) - gone_repeated)
            self.codes_out += len(found) - gone_repeated - gone_refused
            self.codes_skipped += gone_repeated
            self.codes_rejected += gone_refused
            if left[row]:
                self.rows_priced += 1
            elif gone_refused:
                self.rows_rejected += 1
            else:
                self.skipped["repeated"] += 1
        self._take_rest(read)
        self.codes += codes
        if read.rounded:
            self.say("deck_prices_rounded", Severity.WARNING, count=str(read.rounded))

    def take_removals(self, read: RowsRead, layout: Layout) -> None:
        """Take the rows of a sheet of removals."""
        self.skipped["titles"] += 1
        self.skipped["above_titles"] += layout.header
        self.problems += read.problems
        self.rows_priced += len(read.codes_of_row)
        self.codes_out += sum(map(len, read.codes_of_row.values()))
        self._take_rest(read)
        self.codes += read.codes

    def _take_rest(self, read: RowsRead) -> None:
        self.skipped.update(read.skipped.values())
        self.rows_rejected += sum(1 for row in read.rejected_codes if row not in read.codes_of_row)
        self.codes_rejected += sum(read.rejected_codes.values())

    def take_unused(self, tables: Sequence[RawTable], others: Sequence[Layout]) -> None:
        """Count the rows of sheets that hold neither prices nor removals."""
        used = {id(self.layout.table), *(id(other.table) for other in others)}
        for table in tables:
            if id(table) not in used:
                self.skipped["other_sheet"] += len(table)

    def counts(self) -> DeckCounts:
        """Return the counts; they close by construction, and a test holds them against the file's own rows."""
        skipped = sum(self.skipped.values())
        return DeckCounts(
            rows_total=self.rows_priced + skipped + self.rows_rejected,
            rows_priced=self.rows_priced,
            rows_skipped=skipped,
            rows_rejected=self.rows_rejected,
            codes_found=self.codes_out + self.codes_skipped + self.codes_rejected,
            codes_out=self.codes_out,
            codes_skipped=self.codes_skipped,
            codes_rejected=self.codes_rejected,
            skipped_by_reason=tuple(sorted((reason, count) for reason, count in self.skipped.items() if count)),
        )


def _footer_places(layout: Layout, columns: Columns) -> list[int]:
    """Find prose below the table: records near its end without a digit in any price column."""
    prices = [cells for role, cells in columns.cells.items() if role in PRICES]
    first = layout.header + 1
    count = len(layout.table) - first
    start = max(0, count - _FOOTER_LOOKED_AT)
    return [
        first + place
        for place in range(start, count)
        if not any(any(letter.isdigit() for letter in cells[place]) for cells in prices)
    ]


def _increments(
    columns: Columns, choices: DeckChoices, notes: Sequence[str]
) -> tuple[tuple[int, int], dict[str, tuple[int, int]], str]:
    """Return the regular increments, those of named destinations, and where they come from."""
    if Role.INCREMENTS in columns.cells:
        source = "column"
    elif Role.INITIAL in columns.cells or Role.SUBSEQUENT in columns.cells:
        source = "two_columns"
    else:
        source = "assumed"
    regular = ASSUMED_INCREMENTS
    if choices.increments:
        chosen = read_increments(choices.increments)
        if chosen is None:
            raise ProblemError(Problem("deck_increments_unreadable", detail={"cell": choices.increments}))
        return chosen, {}, source if source != "assumed" else "choice"
    if source != "assumed":
        return regular, {}, source
    found, special = increments_of_notes(notes)
    return (found or regular), special, "footnote" if found or special else "assumed"


def _currency(columns: Columns, choices: DeckChoices, notes: Sequence[str], account: _Account) -> str:
    if choices.currency:
        if not is_currency_code(choices.currency):
            raise ProblemError(Problem("deck_currency_unknown", detail={"currency": choices.currency}))
        return choices.currency
    layout = columns.layout
    titles = [layout.titles[place] for place, role in enumerate(layout.roles) if role in PRICES]
    found = currency_of(layout, titles, columns.cells.get(Role.CURRENCY, ()), notes)
    if len(found) > 1:
        where = Where(account.file, sheet=layout.table.sheet)
        raise ProblemError(Problem("deck_currencies_several", Severity.QUESTION, where, {"currencies": ", ".join(found)}))
    if not found:
        account.say("deck_currency_not_named", Severity.INFO)
    return found[0] if found else ""


def _mapping(layout: Layout, columns: Columns, increments: str) -> Mapping:
    table = layout.table
    first = layout.header + 1
    sample = tuple(tuple(table.record(place)) for place in range(first, min(first + _SAMPLE_ROWS, len(table))))
    titles = layout.titles if layout.header >= 0 else tuple(str(place + 1) for place in range(table.width))
    return Mapping(
        sheet=table.sheet,
        encoding=table.encoding,
        delimiter=table.delimiter,
        header_row=int(table.row_numbers[layout.header]) if layout.header >= 0 else None,
        columns=tuple((title, str(role)) for title, role in zip(titles, layout.roles, strict=True)),
        hyphen=columns.codes.hyphen if not columns.with_country else "",
        date_order=columns.date_order_said,
        decimal=columns.decimal,
        increments=increments,
        sample=sample,
    )
