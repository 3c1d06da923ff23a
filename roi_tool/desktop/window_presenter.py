"""What the frame of the window says of the open quote: name, chips, marks on the rail, the line at the foot. No widgets."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from roi_tool.desktop.rail import RailMark
from roi_tool.problems import Severity
from roi_tool.wording import Wording

if TYPE_CHECKING:
    from roi_tool.workspace.open_quote import OpenQuote

_ASSUMED = ("estimate", "default")


def chips(quote: OpenQuote, words: Wording) -> list[tuple[str, str]]:
    """Return (words, tone) of the chips beside the customer's name."""
    comparison, bills = quote.comparison, quote.case.bills
    found: list[tuple[str, str]] = []
    if bills:
        off = sum(1 for bill in bills if bill.reconciliation.difference_nano)
        unstated = sum(1 for bill in bills if bill.reconciliation.difference_nano is None)
        if off:
            found.append((words.plural("{count} bill does not reconcile", "{count} bills do not reconcile", off), "warn"))
        elif unstated:
            found.append((words.plural("{count} bill read", "{count} bills read", len(bills)), ""))
        else:
            found.append((words.plural("{count} bill reconciles", "{count} bills reconcile", len(bills)), "good"))
    else:
        found.append((words.text("no bills yet: typical calls stand in"), "warn"))
    tax = words.text("incl. tax") if comparison.tax_included else words.text("excl. tax")
    rate = words.percent(comparison.discount_rate, 1 if comparison.discount_rate * 100 % 1 else 0)
    months = words.number(comparison.horizon_months)
    text = words.text(
        "{months} months · {rate} · {currency} {tax}", months=months, rate=rate, currency=comparison.currency, tax=tax
    )
    found.append((text, ""))
    return found


def rail_marks(quote: OpenQuote, words: Wording) -> dict[str, RailMark]:
    """Return the marks of the rail's entries."""
    case, comparison = quote.case, quote.comparison
    assumed = {line.evidence.id for line in comparison.options[0].lines if line.evidence.confidence.value in _ASSUMED}
    marks = {
        "customer": RailMark("✓"),
        "bills": RailMark(f"✓ {words.number(len(case.bills))}") if case.bills else RailMark(words.text("none"), "warn"),
        "options": RailMark(words.number(len(comparison.options))),
    }
    if case.traffic is not None and not case.calls_typical:
        marks["traffic"] = RailMark("✓")
    if assumed:
        marks["today"] = RailMark(words.text("{count} assumed", count=words.number(len(assumed))), "warn")
    moved = sum(1 for driver in quote.scenario if driver.moved)
    if moved:
        marks["what_if"] = RailMark(words.text("{count} moved", count=words.number(moved)))
    return marks


def status_line(quote: OpenQuote, words: Wording, saved_at: datetime | None) -> tuple[str, str]:
    """Return the left and the right words of the foot line."""
    parts = [words.text("Recalculated in {ms} ms", ms=words.number(round(quote.compare_ms, 1), 1))]
    if quote.dirty:
        parts.append(words.text("Not saved"))
    elif saved_at is not None:
        parts.append(words.text("Saved {time}", time=f"{saved_at:%H:%M}"))
    book = quote.case.price_book
    parts.append(words.text("Price book {name} {version}", name=book.id, version=book.version))
    findings = [problem for problem in quote.comparison.problems if problem.severity is not Severity.INFO]
    right = words.plural("{count} finding to mention", "{count} findings to mention", len(findings)) if findings else ""
    return "    ".join(parts), right
