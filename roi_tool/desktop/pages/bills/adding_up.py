"""Where a bill's total and what was read of it part: line by line, and what no line explains. Plain Python."""

from __future__ import annotations

from pathlib import Path

from roi_tool.cdr import Bill
from roi_tool.desktop.widgets.figure_rows import Cell, Column, Row
from roi_tool.desktop.widgets.key_figure import KeyFigure
from roi_tool.money import Money
from roi_tool.wording import Wording
from roi_tool.workspace.bill_facts import line_words, reconciliation_finding

MOST_LINES = 200


def line_columns(words: Wording) -> tuple[Column, ...]:
    """Return the columns of the table of parts."""
    return (
        Column(words.text("Part of the bill"), figures=False, widest=520),
        Column(words.text("File"), figures=False, drop_order=1, widest=240),
        Column(words.text("Stated")),
        Column(words.text("Read")),
        Column(words.text("Difference")),
    )


def line_rows(bills: tuple[Bill, ...], words: Wording) -> tuple[Row, ...]:
    """Return one row per part of a bill whose total does not agree, and one for what stays unexplained."""
    rows: list[Row] = []
    for number, bill in enumerate(bills):
        found = bill.reconciliation
        if not found.difference_nano:
            continue
        name = Path(bill.files[0].path).name if bill.files else ""
        for place, line in enumerate(found.lines[:MOST_LINES]):
            money = (line.stated_nano, line.read_nano, line.difference_nano)
            cells = (Cell(line_words(line, words)), Cell(name, "soft"), *(Cell(words.amount(nano)) for nano in money))
            rows.append(Row(f"{number}.{place}", cells))
        rest = found.unexplained_nano or 0
        last = Cell(words.amount(rest), "bad" if rest else "good")
        said = (Cell(words.text("not explained")), Cell(name, "soft"), Cell(""), Cell(""), last)
        rows.append(Row(f"{number}.rest", said, bold=True))
    return tuple(rows)


def sentences(bills: tuple[Bill, ...], words: Wording) -> str:
    """Return what is said of each bill that does not add up."""
    found = [problem for bill in bills if (problem := reconciliation_finding(bill, words)) is not None]
    return words.paragraph(words.sentences(found))


def difference_figure(bills: tuple[Bill, ...], currency: str, words: Wording) -> KeyFigure:
    """Return the difference over all bills, and how far it is explained."""
    differences = [bill.reconciliation.difference_nano for bill in bills]
    stated = [difference for difference in differences if difference is not None]
    caption = words.text("Bill total less what was read")
    if not stated:
        return KeyFigure(caption, "–", words.text("no bill states a total"))
    total = sum(abs(difference) for difference in stated)
    money = words.money(Money(total, currency), 2)
    if total:
        rest = sum(abs(bill.reconciliation.unexplained_nano or 0) for bill in bills)
        if not rest:
            return KeyFigure(caption, money, words.text("explained line by line below"), "warn")
        unexplained = words.money(Money(rest, currency), 2)
        return KeyFigure(caption, money, words.text("{amount} of it not explained", amount=unexplained), "bad")
    missing = len(differences) - len(stated)
    context = (
        words.plural("{count} bill states no total", "{count} bills state no total", missing)
        if missing
        else words.text("every bill reconciles to the last unit")
    )
    return KeyFigure(caption, money, context, "good")
