"""What makes the baseline: the months that each carrier's bills cover whole, in part or not at all. Plain Python."""

from __future__ import annotations

from datetime import date

from roi_tool.cdr import Bill
from roi_tool.cdr.covered_months import AccountCovered, accounts_covered
from roi_tool.desktop.widgets.figure_rows import Cell, Column, Row
from roi_tool.wording import Wording
from roi_tool.workspace.bill_facts import state_words

_TONES = {"full": "good", "partial": "warn", "missing": "bad"}
MOST_MONTHS = 12


def month_table(bills: tuple[Bill, ...], words: Wording) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    """Return one row per carrier and one column per month from the first to the last of all, at most the last twelve."""
    accounts = accounts_covered(bills)
    months = sorted({month.named for account in accounts for month in account.months})[-MOST_MONTHS:]
    columns = (
        Column(words.text("Bills of"), figures=False, widest=260),
        *(Column(words.month(day), drop_order=len(months) - place) for place, day in enumerate(months)),
        Column(words.text("Months counted")),
    )
    rows = tuple(_row(number, account, months, words) for number, account in enumerate(accounts))
    return columns, rows


def _row(number: int, account: AccountCovered, months: list[date], words: Wording) -> Row:
    by_month = {month.named: month for month in account.months}
    cells = []
    for day in months:
        month = by_month.get(day)
        cells.append(Cell(state_words(month, words), _TONES["missing" if month is None else month.state]))
    counted = account.months_counted
    figure = words.number(float(counted), 0 if counted.denominator == 1 else 2)
    after = words.plural("{count} file", "{count} files", len(account.bills)) if len(account.bills) > 1 else ""
    return Row(str(number), (Cell(account.name, after=after), *cells, Cell(figure)))
