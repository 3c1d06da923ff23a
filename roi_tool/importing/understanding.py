"""What the tables of one file are and how they are written: found from their witnesses, before and while they are read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from roi_tool.cdr import Answered
from roi_tool.importing.cells.dates import DateOrder
from roi_tool.importing.cells.durations import DurationFormat
from roi_tool.importing.detection.columns import detect_columns, filled_by_titles, torn_by_values
from roi_tool.importing.detection.formats import settle_formats
from roi_tool.importing.layout import Condition, Layout
from roi_tool.importing.layout_library import header_of, identify
from roi_tool.importing.meaning.account import Home, home_of_file, zone_of_account
from roi_tool.importing.meaning.conditions import holds
from roi_tool.importing.plan import Columns, Formats, Habits, Recalled, column_place, columns_of_layout
from roi_tool.importing.records.raw_table import RawTable
from roi_tool.importing.records.realigning import realign
from roi_tool.importing.remembered_answers import CHARGE, recalled_for, shape_of, with_charge, with_charge_answered
from roi_tool.problems import Problem, ProblemError, Where


@dataclass(frozen=True)
class Request:
    """What the caller settled beforehand; None leaves it to the file."""

    layout: Layout | None = None
    country: str | None = None
    timezone: str | None = None
    currency: str | None = None
    date_order: DateOrder | None = None
    duration: DurationFormat | None = None
    charge: str | None = None
    recall: bool = False


@dataclass(frozen=True)
class Mend:
    """Where unquoted delimiters tear the rows of a table apart.

    Attributes:
        width: how many fields a row should have.
        places: columns that may be torn.
        checks: (column, what its cell must meet) of a row that is right; without any, the first column takes all.
    """

    width: int
    places: tuple[int, ...]
    checks: tuple[tuple[int | None, Condition], ...] = ()

    def mended(self, table: RawTable) -> RawTable:
        """Return the table with its rows put right."""

        def fits(row: Sequence[str]) -> bool:
            return all(place is None or holds(check, row[place]) for place, check in self.checks)

        return realign(table, self.width, self.places, fits if self.checks else None)


@dataclass(frozen=True)
class Found:
    """The columns of a table, and how its rows must be mended before they are read; None where they need not."""

    columns: Columns
    mend: Mend | None = None

    def mended(self, table: RawTable) -> RawTable:
        """Return records of the table with their rows put right."""
        return table if self.mend is None else self.mend.mended(table)


@dataclass(frozen=True)
class TablePlan:
    """All that reading a table needs.

    Attributes:
        found: its columns, as answers settle them.
        formats: of its cells.
        habits: of the account.
        width: how many columns its widest record has.
        shape: of its titles and ways of writing: see `remembered_answers`.
        answered: what earlier answers of the user settled.
    """

    found: Found
    formats: Formats
    habits: Habits
    width: int
    shape: str = ""
    answered: tuple[Answered, ...] = ()

    def reads_like(self, other: TablePlan) -> bool:
        """Say whether both read each record alike: they may differ in what is asked, and in the money's name."""

        def matter(plan: TablePlan) -> tuple[object, ...]:
            formats, layout = plan.formats, plan.found.columns.layout
            named = min(plan.width, _largest_number(layout)) if layout is not None else 0
            columns = replace(plan.found.columns, questions=(), confidence=1.0)
            cells = (formats.date_order, formats.duration, formats.billed, formats.amount, formats.year)
            return columns, plan.found.mend, cells, plan.habits.country, plan.habits.timezone, named

        return matter(self) == matter(other)


@dataclass(frozen=True)
class FilePlan:
    """The plans of a file's tables, and the time zone where it is only assumed."""

    tables: tuple[TablePlan, ...]
    assumed_zone: str = ""


def found_columns(table: RawTable, request: Request) -> Found:
    """Return what a table's columns are, told by its witness."""
    layout, header = layout_of(table, request)
    if layout is None:
        columns = detect_columns(table)
        torn = torn_by_values(table, columns)
        if torn is None:
            return Found(columns)
        mend = Mend(len(columns.titles), (torn,))
        return Found(detect_columns(mend.mended(table)), mend)
    columns = columns_of_layout(layout, table, header)
    mended = _declared_mend(columns, layout) if layout.ragged and header is not None else None
    if layout.fill:
        columns = filled_by_titles(columns, detect_columns(table if mended is None else mended.mended(table)))
    return Found(columns, mended)


def layout_of(table: RawTable, request: Request) -> tuple[Layout | None, int | None]:
    """Return the declared layout of a table and the place of its header: the one that is asked for, if it fits, else found."""
    layout = request.layout
    if layout is not None:
        header = header_of(layout, table)
        sheet = layout.recognise.sheet
        if not ((header is None and layout.recognise.titles) or (sheet and not re.search(sheet, table.sheet))):
            return layout, header
    return identify(table) or (None, None)


def plan_file(tables: Sequence[RawTable], found: Sequence[Found], request: Request) -> FilePlan:
    """Settle what the cells of a file's tables mean: the sheet of calls settles what the others leave open.

    Args:
        tables: the witnesses of its tables.
        found: their columns.
        request: what the caller settled beforehand.

    Raises:
        ProblemError: no table has the title that is asked for.
    """
    mended = [one.mended(table) for one, table in zip(found, tables, strict=True)]
    columns = [one.columns for one in found]
    _check_charge(request.charge, columns, tables[0].file)
    recalled = recalled_for(list(zip(mended, columns, strict=True))) if request.recall else Recalled()
    layouts = [one.layout for one in columns if one.layout is not None]
    stated = request.country or next((layout.country for layout in layouts if layout.country), "")
    home = Home(stated) if stated else home_of_file(mended, columns)
    zone = (
        request.timezone
        or recalled.answers.get("timezone")
        or next((layout.timezone for layout in layouts if layout.timezone), "")
    )
    proved = True
    if not zone:
        zone, proved = zone_of_account(home.country, mended, columns)
    habits = Habits(
        home.country, zone, request.currency or "", request.date_order, request.duration, recalled, country_told=home.told
    )
    plans = []
    for one, table in zip(found, mended, strict=True):
        own, answered = _as_answered(one.columns, recalled, request)
        formats = settle_formats(table, own, habits)
        shape = shape_of(table, one.columns)
        plans.append(TablePlan(replace(one, columns=own), formats, habits, table.width, shape, answered + formats.answered))
    return FilePlan(tuple(plans), "" if proved else zone)


def _check_charge(title: str | None, found: Sequence[Columns], file: str) -> None:
    """Refuse a title of the charge's column that no table has."""
    titles = dict.fromkeys(name for columns in found for name in columns.titles if name)
    if title is not None and title not in titles:
        raise ProblemError(Problem("charge_unknown", where=Where(file), detail={"title": title, "known": ", ".join(titles)}))


def _as_answered(columns: Columns, recalled: Recalled, request: Request) -> tuple[Columns, tuple[Answered, ...]]:
    """Return the columns as the user says or has said, and which answers were used: the charge's column and the time zone."""
    answered: tuple[Answered, ...] = ()
    if request.charge is not None and request.charge in columns.titles:
        columns = with_charge(columns, request.charge)
    elif (taken := with_charge_answered(columns, recalled)) is not columns:
        columns, answered = taken, recalled.answered(CHARGE)
    if not request.timezone:
        answered += recalled.answered("timezone")
    return columns, answered


def _declared_mend(columns: Columns, layout: Layout) -> Mend | None:
    """Return what the layout says of torn rows, None where the table lacks the columns."""
    width = len(columns.titles)
    places = tuple(
        place for place in (column_place(name, columns.titles, width) for name in layout.ragged) if place is not None
    )
    checks = tuple((column_place(check.column, columns.titles, width), check) for check in layout.ragged_check)
    return Mend(width, places, checks) if places else None


def _largest_number(value: object) -> int:
    """Return the largest number anywhere in a layout: no column beyond it is named by its place."""
    if isinstance(value, Layout):
        value = value.model_dump()
    if isinstance(value, int):
        return value
    if isinstance(value, Mapping):
        return max(map(_largest_number, value.values()), default=0)
    if isinstance(value, list | tuple):
        return max(map(_largest_number, value), default=0)
    return 0
