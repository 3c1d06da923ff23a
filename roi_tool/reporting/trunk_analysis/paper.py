"""The paper as a whole: pages for the PDF, and the same with every hour for the workbook."""

from __future__ import annotations

from datetime import date, datetime

from roi_tool.reporting.blocks import Paper
from roi_tool.reporting.brand import Brand
from roi_tool.reporting.trunk_analysis.answer import answer
from roi_tool.reporting.trunk_analysis.channels import channels
from roi_tool.reporting.trunk_analysis.over_time import by_hour, over_time
from roi_tool.reporting.trunk_analysis.subject import TrafficSubject


def traffic_paper(subject: TrafficSubject, brand: Brand, *, on: date | None = None, hours: bool = False) -> Paper:
    """Build the paper. `on` is the date it carries, by default today; `hours` adds the table of every hour of the day."""
    words, name = subject.words, subject.named
    pages = [answer(subject), channels(subject), over_time(subject)]
    if hours:
        pages.append(by_hour(subject))
    today = words.day(on or datetime.now().astimezone().date())
    prepared = words.text("prepared for {customer}", customer=f"\t{name}") if name else words.text("Telephone traffic")
    return Paper(
        title=words.text("Telephone traffic of {customer}", customer=name) if name else words.text("Telephone traffic"),
        operator=brand.operator,
        prepared_for=prepared,
        head_note=today,
        foot_note=brand.footer,
        language=words.language,
        pages=tuple(page for page in pages if page),
    )
