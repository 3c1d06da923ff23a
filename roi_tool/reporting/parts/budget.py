"""The budget view: what falls into which fiscal year, to be capitalised or run, and how much of a saving is soft."""

from __future__ import annotations

from datetime import date

from roi_tool.costing.budget import FiscalYear, budget_view
from roi_tool.reporting.blocks import Block, Cell, Column, Heading, Paragraph, Row, RowStyle, Table
from roi_tool.reporting.matter import Matter


def budget(matter: Matter) -> tuple[Block, ...]:
    """Return capital and running cost by fiscal year, option by option."""
    words, start = matter.words, first_day(matter)
    views = {
        option.id: budget_view(option.lines, start, first_month=matter.fiscal_month) for option in matter.comparison.options
    }
    years = sorted({(year.first_day, year.last_day) for view in views.values() for year in view})
    columns = (
        Column(matter.currency_and_tax(), share=1),
        *(Column(year_name(matter, first, last), True) for first, last in years),
        Column(words.text("Total"), True),
    )
    rows: list[Row] = []
    for option in matter.comparison.options:
        by_year = {year.first_day: year for year in views[option.id]}
        capital = [_part(by_year.get(first), "capital_nano") for first, _ in years]
        running = [_part(by_year.get(first), "running_nano") for first, _ in years]
        rows.append(Row((Cell(matter.name(option.id)),), RowStyle.GROUP))
        for title, amounts in ((words.text("Capital"), capital), (words.text("Running"), running)):
            rows.append(Row((Cell(title), *(matter.whole(nano) for nano in amounts), matter.whole(sum(amounts)))))
    return (
        Heading(words.text("Your budget, by fiscal year"), 1),
        Table(columns, tuple(rows), small=True),
        Paragraph(budget_note(matter), quiet=True),
    )


def budget_note(matter: Matter) -> str:
    """Return what the view takes for granted: when month 1 is, when a fiscal year begins, what capital is."""
    words = matter.words
    return words.text(
        "Month 1 is taken as {month}; a fiscal year begins in {first}. Capital is what is paid once for equipment, licences "
        "and setup, and what used equipment fetches at the end; rental, leases and all else are running cost. Your "
        "accountant may draw the line elsewhere.",
        month=words.month(first_day(matter)),
        first=words.locale.months["stand-alone"]["wide"][matter.fiscal_month],
    )


def first_day(matter: Matter) -> date:
    """Return the first day of the month after the paper's date."""
    day = matter.day_of_paper
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _part(year: FiscalYear | None, name: str) -> int:
    return int(getattr(year, name)) if year else 0


def year_name(matter: Matter, first: date, last: date) -> str:
    """Return `2027`, or `2027/28` for a year that is not the calendar's."""
    if first.year == last.year:
        return str(first.year)
    return matter.words.text("{first}/{last}", first=first.year, last=f"{last.year % 100:02}")
