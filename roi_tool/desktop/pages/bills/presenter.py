"""What the bills page says: each file's reading, row for row, what is still asked, and how the money adds up. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from roi_tool.cdr import Bill, FileReading
from roi_tool.desktop.pages.bills.adding_up import difference_figure
from roi_tool.desktop.widgets.figure_rows import Cell, Column, Row
from roi_tool.desktop.widgets.key_figure import KeyFigure
from roi_tool.money import Money
from roi_tool.problems import Severity, Where
from roi_tool.wording import Wording
from roi_tool.workspace.bill_facts import answered_facts

MOST_REJECTS_SHOWN = 200
MOST_NOTES = 20
COLUMNS = "columns"
"""The answer that leads to the page of the file's columns."""
CHARGE = "charge"
_KINDS = {"ambiguous_date": "date_order", "ambiguous_duration": "duration", "ambiguous_currency": "currency"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that a file leaves open, with (answer code, words) to choose from.

    `kind` is what `read_bill` calls it; the answer `COLUMNS` leads to the file's columns.
    """

    path: str
    kind: str
    sentence: str
    answers: tuple[tuple[str, str], ...]


def file_columns(words: Wording) -> tuple[Column, ...]:
    """Return the columns of the table of files."""
    return (
        Column(words.text("File"), figures=False, widest=260),
        Column(words.text("Layout"), figures=False, drop_order=2, widest=150),
        Column(words.text("Rows")),
        Column(words.text("Calls")),
        Column(words.text("Charges")),
        Column(words.text("Skipped")),
        Column(words.text("Rejected")),
        Column(words.text("Call prices"), figures=False, drop_order=3),
        Column(words.text("Total on the bill"), drop_order=1),
        Column(words.text("Read")),
        Column(words.text("Difference")),
    )


def file_rows(bills: tuple[Bill, ...], words: Wording) -> tuple[Row, ...]:
    """Return one row per file; the money of a bill stands beside its first file."""
    rows = []
    for bill in bills:
        for place, reading in enumerate(bill.files):
            money = _money_cells(bill, words) if place == 0 else (Cell(""),) * 4
            rows.append(Row(reading.path, (*_count_cells(reading, words), *money)))
    return tuple(rows)


def _count_cells(reading: FileReading, words: Wording) -> tuple[Cell, ...]:
    detected = reading.layout == "detected"
    layout = words.text("detected, {share} sure", share=words.percent(reading.confidence)) if detected else reading.layout
    rejected = Cell(words.number(reading.rows_rejected), "bad" if reading.rows_rejected else "")
    counts = (reading.rows_total, reading.rows_calls, reading.rows_charges, reading.rows_skipped)
    return (
        Cell(Path(reading.path).name),
        Cell(layout, "soft"),
        *(Cell(words.number(count)) for count in counts),
        rejected,
    )


def _money_cells(bill: Bill, words: Wording) -> tuple[Cell, ...]:
    found, included = bill.reconciliation, bill.calls.tax_included
    read = Cell(words.amount(found.read_nano))
    tax = Cell(words.text("tax not said") if included is None else words.label(f"tax_said.{included}"), "soft")
    tax = tax if bill.calls.frame["charge_nano"].notna().any() else Cell("–", "soft")
    if found.stated_nano is None or found.difference_nano is None:
        return tax, Cell(words.text("none stated"), "soft"), read, Cell("–", "soft")
    off = found.difference_nano != 0
    return (
        tax,
        Cell(words.amount(found.stated_nano)),
        read,
        Cell(words.amount(found.difference_nano), "warn" if off else "good"),
    )


def reject_columns(words: Wording) -> tuple[Column, ...]:
    """Return the columns of the table of rejected rows."""
    return (
        Column(words.text("Rejected row"), figures=False, widest=520),
        Column(words.text("As it stands in the file"), figures=False, widest=420),
    )


def reject_rows(bills: tuple[Bill, ...], words: Wording) -> tuple[Row, ...]:
    """Return the rejected rows with their reasons, the first `MOST_REJECTS_SHOWN`."""
    found = [rejected for bill in bills for rejected in bill.rejected][:MOST_REJECTS_SHOWN]
    return tuple(
        Row(str(place), (Cell(words.sentence(rejected.problem)), Cell(rejected.text, "soft")))
        for place, rejected in enumerate(found)
    )


def skip_reasons(bills: tuple[Bill, ...], words: Wording) -> str:
    """Return why rows were skipped, with their numbers, in one line."""
    counts: dict[str, int] = {}
    for bill in bills:
        for reading in bill.files:
            for reason, count in reading.skipped_by_reason:
                counts[reason] = counts.get(reason, 0) + count
    parts = [f"{words.label(f'skipped.{reason}')} {words.number(count)}" for reason, count in counts.items()]
    return words.text("Skipped: {reasons}.", reasons=words.listed(parts)) if parts else ""


def questions(bills: tuple[Bill, ...], words: Wording) -> tuple[Asked, ...]:
    """Return what files still ask; the bill is read again with the answer."""
    asked = []
    for bill in bills:
        for reading in bill.files:
            for question in reading.questions:
                name = Path(reading.path).name
                samples = ", ".join(question.samples[:3])
                sentence = f"{name}: {words.label(f'question.{question.code}')}" + (f" ({samples})" if samples else "")
                answers = tuple((option, words.label(f"answer.{option}")) for option in question.options)
                if question.code in _KINDS:
                    asked.append(Asked(reading.path, _KINDS[question.code], sentence, answers))
                elif question.code == "ambiguous_money":
                    titles = tuple((title, title) for title in dict.fromkeys(question.options))
                    columns = (COLUMNS, words.text("Look at its columns…"))
                    asked.append(Asked(reading.path, CHARGE, sentence, (*titles, columns)))
    return tuple(asked)


def recalled(bills: tuple[Bill, ...], words: Wording) -> tuple[tuple[str, str], ...]:
    """Return the files that earlier answers settled: path, and what is said of it in one line."""
    said: dict[str, list[str]] = {}
    for bill in bills:
        for fact in answered_facts(bill, words):
            said.setdefault(fact.where.file, []).append(words.sentence(replace(fact, where=Where())))
    return tuple((path, words.fact(Path(path).name, words.paragraph(texts))) for path, texts in said.items())


def notes(bills: tuple[Bill, ...], words: Wording) -> tuple[tuple[str, str], ...]:
    """Return what else is to be known of the bills: tone and sentence, the first `MOST_NOTES`, each once."""
    found = dict.fromkeys(
        ("warn" if problem.severity is not Severity.INFO else "soft", words.sentence(problem))
        for bill in bills
        for problem in bill.problems
    )
    return tuple(found)[:MOST_NOTES]


def key_figures(bills: tuple[Bill, ...], words: Wording) -> tuple[KeyFigure, ...]:
    """Return bills, calls, money and the difference."""
    currency = next((bill.currency for bill in bills if bill.currency), "") or "GBP"
    calls = sum(len(bill.calls) for bill in bills)
    rows = sum(reading.rows_total for bill in bills for reading in bill.files)
    rejected = sum(reading.rows_rejected for bill in bills for reading in bill.files)
    read_nano = sum(bill.reconciliation.read_nano for bill in bills)
    return (
        KeyFigure(words.text("Bills"), words.number(len(bills)), _period(bills, words)),
        KeyFigure(words.text("Calls"), words.number(calls), words.text("of {rows} rows", rows=words.number(rows))),
        KeyFigure(
            words.text("Read"),
            words.money(Money(read_nano, currency), 2),
            words.plural("{count} row rejected", "{count} rows rejected", rejected)
            if rejected
            else words.text("no row rejected"),
        ),
        difference_figure(bills, currency, words),
    )


def _period(bills: tuple[Bill, ...], words: Wording) -> str:
    starts = [bill.period_start for bill in bills if bill.period_start]
    ends = [bill.period_end for bill in bills if bill.period_end]
    if not starts or not ends:
        return ""
    from datetime import timedelta

    first, last = words.day(min(starts), "medium"), words.day(max(ends) - timedelta(days=1), "medium")
    return words.text("{first} to {last}", first=first, last=last)
