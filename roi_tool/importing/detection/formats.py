"""How the cells of the known columns are written: date order, duration and amount formats, with the proof of each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from roi_tool.cdr import Answered, Question
from roi_tool.importing.cells.amounts import AmountFormat
from roi_tool.importing.cells.dates import DateOrder
from roi_tool.importing.cells.distinct import distinct
from roi_tool.importing.cells.durations import DurationFormat
from roi_tool.importing.detection.currency import find_currency
from roi_tool.importing.detection.date_order import find_date_order, year_of_dates
from roi_tool.importing.detection.duration_format import find_duration_format
from roi_tool.importing.detection.titles import is_in_hundredths
from roi_tool.importing.layout import Role
from roi_tool.importing.plan import Columns, Formats, Habits, Recalled, column_cells
from roi_tool.importing.records.raw_table import RawTable

_SAMPLE = 5000
KINDS = {"ambiguous_date": "date_order", "ambiguous_duration": "duration", "ambiguous_currency": "currency"}
"""Code of a question → what its answer is called (`read_bill`)."""


def settle_formats(table: RawTable, columns: Columns, habits: Habits) -> Formats:
    """Return the formats of a table: declared by its layout, proved by its cells, or the country's habit with a question."""
    declared = columns.layout.formats if columns.layout else None
    questions: list[Question] = list(columns.questions)
    order = habits.date_order or (declared.date_order if declared else None)
    if order is None:
        order, doubt = find_date_order(table, columns, habits)
        questions += doubt
    duration, doubt = _duration(table, columns, Role.DURATION, habits, declared.duration if declared else None)
    questions, answered = _without_answered([*questions, *doubt], habits.recalled)
    for one in answered:
        order = DateOrder(one.answer) if one.kind == "date_order" else order
        duration = DurationFormat(one.answer) if one.kind == "duration" else duration
    billed, doubt = _duration(table, columns, Role.BILLED, habits, declared.billed if declared else None)
    money = [
        column_cells(table, place)
        for role in (Role.CHARGE, Role.CHARGE_WITH_TAX, Role.TAX)
        for place in columns.places.get(role, ())
    ]
    samples = [text for column in money for text in distinct(column.slice(columns.first(), 200_000))[0] if text]
    decimal = find_decimal(samples, table.delimiter, declared.decimal if declared else "")
    currency, doubt_of_money = find_currency(table, columns, habits, samples)
    questions += doubt_of_money
    if not habits.currency and currency == habits.recalled.answers.get("currency"):
        answered += habits.recalled.answered("currency")
    hundredths = bool(declared and declared.amount_unit == "hundredth") or (not declared and is_in_hundredths(_title(columns)))
    return Formats(
        order,
        duration,
        billed,
        AmountFormat(decimal, 10_000_000 if hundredths else 1_000_000_000),
        currency,
        year_of_dates(table, columns, order),
        tuple(questions),
        answered=answered,
    )


def _without_answered(questions: Sequence[Question], recalled: Recalled) -> tuple[list[Question], tuple[Answered, ...]]:
    """Split the questions into those to ask, and the answers the user has given to the others before."""
    asked: list[Question] = []
    answered: list[Answered] = []
    for question in questions:
        kind = KINDS.get(question.code, "")
        if recalled.answers.get(kind) in question.options:
            answered += recalled.answered(kind)
        else:
            asked.append(question)
    return asked, tuple(answered)


def _title(columns: Columns) -> str:
    return columns.title(Role.CHARGE) or columns.title(Role.CHARGE_WITH_TAX)


def _duration(
    table: RawTable, columns: Columns, role: Role, habits: Habits, declared: DurationFormat | None
) -> tuple[DurationFormat, list[Question]]:
    if declared is not None:
        return declared, []
    if habits.duration is not None and role is Role.DURATION:
        return habits.duration, []
    return find_duration_format(table, columns, role)


def find_decimal(samples: Sequence[str], delimiter: str, declared: str | None = "") -> str:
    """Return the decimal sign of amounts: proved by the cells, else as declared, else comma where semicolons split the file.

    What a layout declares yields to cells that all prove the other sign: a spreadsheet of another country saved the file.

    >>> find_decimal(["1.234,50", "0,5"], ","), find_decimal(["1,234.50"], ";"), find_decimal(["0,006", "1,250"], ";", ".")
    (',', '.', ',')
    """
    votes = {".": 0, ",": 0}
    for text in samples[:_SAMPLE]:
        body = re.sub(r"[^\d.,]", "", text)
        comma, point = body.rfind(","), body.rfind(".")
        if comma >= 0 and point >= 0:
            votes["," if comma > point else "."] += 5
        elif comma >= 0 or point >= 0:
            sign, last = (",", comma) if comma >= 0 else (".", point)
            whole, fraction = body[:last], body[last + 1 :]
            if body.count(sign) > 1:
                votes["." if sign == "," else ","] += 5
            elif len(fraction) != 3 or whole == "" or whole.startswith("0") or len(whole) > 3:
                votes[sign] += 2
    if declared and (votes[declared] or not any(votes.values())):
        return declared
    if votes[","] != votes["."]:
        return "," if votes[","] > votes["."] else "."
    if declared:
        return declared
    return "," if delimiter == ";" and any("," in text for text in samples[:_SAMPLE]) else "."
