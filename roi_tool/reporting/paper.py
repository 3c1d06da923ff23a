"""A comparison's paper: its parts in the layout's order, with what stands at head and foot."""

from __future__ import annotations

from datetime import date

from roi_tool.quoting import Comparison
from roi_tool.quoting.case import Case
from roi_tool.reporting.blocks import Paper, plain
from roi_tool.reporting.brand import Brand
from roi_tool.reporting.matter import Matter
from roi_tool.reporting.parts import PARTS
from roi_tool.reporting.parts.bills import bill_name
from roi_tool.reporting.parts.method import convention_note
from roi_tool.wording import Wording


def comparison_paper(
    case: Case, comparison: Comparison, brand: Brand, words: Wording, *, on: date | None = None, fiscal_month: int = 1
) -> Paper:
    """Build the paper once; every writer sets the same blocks. `on` is the date it carries, by default today."""
    matter = Matter(case, comparison, words, on, fiscal_month)
    pages = tuple(tuple(block for part in page.parts for block in PARTS[part](matter)) for page in brand.layout.page)
    book = str(getattr(case.price_book, "id", ""))
    legend = words.text("E evidence · A assumption · P price book {book}", book=plain(book))
    return Paper(
        title=words.text("Telephony options compared for {customer}", customer=matter.customer),
        operator=brand.operator,
        prepared_for=words.text("prepared for {customer}", customer=f"\t{matter.customer}"),
        head_note=words.day(matter.day_of_paper),
        foot_note=" · ".join(line for line in (legend, convention_note(matter), brand.footer) if line),
        language=words.language,
        pages=tuple(page for page in pages if page),
        warning=reconciliation_warning(matter),
    )


def reconciliation_warning(matter: Matter) -> str:
    """Return what stands on every page when bills do not reconcile: all pages rest on what was read of them."""
    words, found = matter.words, matter.unreconciled
    if not found:
        return ""
    names = words.joined(bill_name(matter, bill) for bill, _ in found[:3])
    if len(found) > 3:
        names = words.plural("{count} bills", "{count} bills", len(found))
    amount = matter.exact_money(sum(abs(difference) for _, difference in found))
    return words.text(
        "Not reconciled: {amount} of the stated total of {bills} is unexplained; figures on this page may rest on it.",
        amount=amount,
        bills=names,
    )
