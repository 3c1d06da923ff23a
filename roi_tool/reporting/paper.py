"""A comparison's paper: its parts in the layout's order, with what stands at head and foot."""

from __future__ import annotations

from datetime import date, datetime

from roi_tool.quoting import Comparison
from roi_tool.quoting.case import Case
from roi_tool.reporting.blocks import Paper, plain
from roi_tool.reporting.brand import Brand
from roi_tool.reporting.matter import Matter
from roi_tool.reporting.parts import PARTS
from roi_tool.wording import Wording


def comparison_paper(case: Case, comparison: Comparison, brand: Brand, words: Wording, *, on: date | None = None) -> Paper:
    """Build the paper once; every writer sets the same blocks. `on` is the date it carries, by default today."""
    matter = Matter(case, comparison, words)
    pages = tuple(tuple(block for part in page.parts for block in PARTS[part](matter)) for page in brand.layout.page)
    book = str(getattr(case.price_book, "id", ""))
    legend = words.text("E evidence · A assumption · P price book {book}", book=plain(book))
    return Paper(
        title=words.text("Telephony options compared for {customer}", customer=matter.customer),
        operator=brand.operator,
        prepared_for=words.text("prepared for {customer}", customer=f"\t{matter.customer}"),
        head_note=words.day(on or datetime.now().astimezone().date()),
        foot_note=" · ".join(line for line in (legend, brand.footer) if line),
        language=words.language,
        pages=tuple(page for page in pages if page),
    )
