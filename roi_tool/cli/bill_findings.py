"""What of a bill needs attention: problems, rejected rows, open questions, recalled answers, a total that does not agree."""

from __future__ import annotations

from roi_tool.cdr import Bill
from roi_tool.cli.console import Console, worst_status
from roi_tool.money import Money
from roi_tool.problems import Problem, Severity, Where
from roi_tool.workspace.bill_facts import answered_facts, reconciliation_finding


def findings_of(bill: Bill, console: Console) -> list[Problem]:
    """Return everything that is said about a bill beyond its figures."""
    words = console.words
    found = [*bill.problems, *answered_facts(bill, words), *(item.problem for item in bill.rejected)]
    for file in bill.files:
        for question in file.questions:
            options = ", ".join(words.label(f"answer.{option}") for option in question.options)
            detail = {"samples": ", ".join(question.samples), "options": options.replace("answer.", "")}
            found.append(Problem(question.code, Severity.QUESTION, Where(file.path), detail))
    differs = reconciliation_finding(bill, words)
    return [*found, differs] if differs is not None else found


def status_of(problems: list[Problem]) -> int:
    """Return 1 when anything needs attention, else 0."""
    return worst_status(problems)


def shown(nano: int, bill: Bill, console: Console) -> str:
    """Return an amount as people read it, with its currency where that is known."""
    return console.words.money(Money(nano, bill.currency)) if bill.currency else console.words.amount(nano)
