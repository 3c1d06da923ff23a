"""What window and command line say alike of a bill: recalled answers, how far a difference is explained, the months covered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from roi_tool.cdr import Answered, Bill, ReconciliationLine
from roi_tool.cdr.covered_months import AccountCovered, MonthCovered, accounts_covered
from roi_tool.money import Money
from roi_tool.problems import Problem, Severity, Where
from roi_tool.wording import Wording


def answered_facts(bill: Bill, words: Wording) -> list[Problem]:
    """Say of each file what was not asked because the user had answered it before."""
    return [
        Problem(
            "answer_recalled", Severity.INFO, Where(file.path), {"answer": answer_words(one, words), "day": words.day(one.on)}
        )
        for file in bill.files
        for one in file.answered
    ]


def answer_words(answered: Answered, words: Wording) -> str:
    """Return an answer in words: `day, month, year`; `durations in seconds`; `Europe/London`."""
    return kind_words(answered.kind, answered.answer, words)


def kind_words(kind: str, answer: str, words: Wording) -> str:
    """Return what was asked and its answer in words."""
    said = words.label(f"answer.{answer}") if kind == "date_order" else words.label(f"written.{answer}")
    return words.fact(words.label(f"asked.{kind}"), said if kind in ("date_order", "duration") else answer)


def reconciliation_finding(bill: Bill, words: Wording) -> Problem | None:
    """Say that what was read is not the stated total, and how far the lines of the reconciliation explain that."""
    found = bill.reconciliation
    if not found.difference_nano:
        return None
    rest = found.unexplained_nano or 0
    code = "not_reconciled" if not found.lines else "difference_explained" if not rest else "difference_explained_in_part"
    detail = {
        "stated": amount_words(found.stated_nano or 0, bill, words),
        "read": amount_words(found.read_nano, bill, words),
        "difference": amount_words(found.difference_nano, bill, words),
        "rest": amount_words(rest, bill, words),
        "by": found.by,
    }
    return Problem(code, Severity.WARNING, detail=detail)


def line_words(line: ReconciliationLine, words: Wording) -> str:
    """Return what a line of the reconciliation is: `row 17 could not be read`, `total of a part (Calls)`."""
    if line.code == "rejected":
        return words.text("row {row} could not be read", row=line.where.row or "–")
    return f"{words.label(f'explanation.{line.code}')} ({line.label})"


def amount_words(nano: int, bill: Bill, words: Wording) -> str:
    """Return an amount as people read it, with its currency where that is known."""
    return words.money(Money(nano, bill.currency)) if bill.currency else words.amount(nano)


def coverage_sentences(bills: Sequence[Bill], words: Wording) -> list[str]:
    """Say which months the bills make up: those covered in part, those missing, and carriers that cover fewer than others."""
    accounts = accounts_covered(bills)
    months = sorted({month.named for account in accounts for month in account.months})
    said = [words.paragraph([_months_words(account, words), *_gaps(account, months, words)]) for account in accounts]
    if len(accounts) < 2:
        return said
    return [words.fact(account.name, text) for account, text in zip(accounts, said, strict=True)]


def _months_words(account: AccountCovered, words: Wording) -> str:
    first, last = words.day(account.first_day, "medium"), words.day(account.last_day, "medium")
    counted = account.months_counted
    if counted.denominator == 1:
        return words.plural(
            "{first} to {last}: {count} month.", "{first} to {last}: {count} months.", int(counted), first=first, last=last
        )
    share = words.number(float(counted), 2)
    return words.text("{first} to {last}: counted as {months} months.", first=first, last=last, months=share)


def _gaps(account: AccountCovered, months: Sequence[date], words: Wording) -> list[str]:
    """Say which months are there in part, and which of those that any bill covers are not there."""
    said = []
    for month in account.months:
        if month.state == "partial" and account.months_counted.denominator > 1:
            name, days = words.month(month.named), month.days_covered
            said.append(words.text("{month} is there in part: {days} of {all} days.", month=name, days=days, all=month.days))
    there = {month.named for month in account.months if month.state != "missing"}
    missing = [words.month(day) for day in months if day not in there]
    if missing:
        said.append(words.text("No bill for {months}; add it for a full picture.", months=words.joined(missing)))
    return said


def state_words(month: MonthCovered | None, words: Wording) -> str:
    """Return how far a month is covered: `full`, `12 of 30 days`, `missing`."""
    if month is None or month.state == "missing":
        return words.text("missing")
    if month.state == "full":
        return words.text("full")
    return words.text("{days} of {all} days", days=month.days_covered, all=month.days)
