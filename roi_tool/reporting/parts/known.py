"""Assumptions and evidence: every input with value, range, badge and source, and every mark with its way home."""

from __future__ import annotations

import re

from roi_tool.costing.line import Evidence
from roi_tool.quoting import Driver
from roi_tool.quoting.sensitivity import TORNADO_DRIVERS
from roi_tool.reporting.blocks import Block, Cell, Column, Heading, Paragraph, Row, Table, marked, plain
from roi_tool.reporting.matter import Matter
from roi_tool.reporting.parts.costs import line_name


def assumptions(matter: Matter) -> tuple[Block, ...]:
    """Return the table of drivers."""
    words = matter.words
    columns = (
        Column(words.text("Input"), share=2.0),
        Column(words.text("Value"), share=1.7),
        Column(words.text("Likely range"), share=1.6),
        Column(words.text("How it is known"), share=1.1),
        Column(words.text("Moved from"), share=1.1),
    )
    rows = []
    for driver in matter.comparison.scenario:
        low, high = (matter.bare_value(driver, value) for value in (driver.range_low, driver.range_high))
        cells = (
            Cell(f"{matter.driver_name(driver.id)}{marked(driver.evidence.id)}"),
            Cell(matter.driver_value(driver)),
            Cell("–" if low == high else words.text("{low} to {high}", low=low, high=high)),
            Cell(words.label(f"confidence.{driver.evidence.confidence.value}")),
            Cell(matter.driver_value(driver, driver.base) if driver.moved else ""),
        )
        rows.append(Row(cells))
    note = words.text(
        "A value that nobody has given is a default and says so. Tell us yours: the tool recomputes the paper in a second. "
        "The likely range is what the sensitivity is computed over."
    )
    stay = [
        matter.driver_name(driver.id)
        for driver in matter.comparison.scenario
        if driver.range_low < driver.range_high and driver.id not in TORNADO_DRIVERS
    ]
    if stay:
        note = words.paragraph([note, words.text("In it these stay as given: {inputs}.", inputs=words.joined(stay))])
    return (Heading(words.text("Assumptions"), 1), Paragraph(note, quiet=True), Table(columns, tuple(rows), small=True))


def evidence(matter: Matter) -> tuple[Block, ...]:
    """Return the list of marks: E evidence, P price book, A assumption; for what, by whom, when; then what was moved."""
    words = matter.words
    columns = (
        Column(words.text("Mark"), share=0.5),
        Column(words.text("How it is known"), share=1.0),
        Column(words.text("By whom, or from what"), share=2.9),
        Column(words.text("For"), share=2.1),
        Column(words.text("Date"), share=1.1),
    )
    stands_for = what_for(matter)
    rows = [
        Row(
            (
                Cell(one.id),
                Cell(words.label(f"confidence.{one.confidence.value}")),
                Cell(matter.source(one)),
                Cell(words.joined(stands_for.get(one.id, ()))),
                matter.day(one.as_of) if one.as_of else Cell(words.text("not dated")),
            )
        )
        for one in used_evidence(matter)
    ]
    rows += [_moved(matter, driver) for driver in matter.comparison.scenario if driver.moved]
    title = Heading(words.text("Evidence: what was taken, from whom, and when"), 1)
    return (title, Table(columns, tuple(rows), small=True))


def what_for(matter: Matter) -> dict[str, list[str]]:
    """Return mark → the inputs that rest on it, or where none does the cost lines that carry it, each named once."""
    inputs: dict[str, list[str]] = {}
    for driver in matter.comparison.scenario:
        inputs.setdefault(driver.evidence.id, []).append(matter.driver_name(driver.id))
    lines: dict[str, list[str]] = {}
    for line in (line for option in matter.comparison.options for line in option.lines):
        if line.evidence.id not in inputs:
            lines.setdefault(line.evidence.id, []).append(plain(line_name(matter, line)))
    return inputs | {mark: list(dict.fromkeys(names)) for mark, names in lines.items()}


def _moved(matter: Matter, driver: Driver) -> Row:
    """Return the row of an input that was moved for this paper: from what to what, on its date."""
    words = matter.words
    change = words.text(
        "moved from {base} to {value}", base=matter.driver_value(driver, driver.base), value=matter.driver_value(driver)
    )
    day = matter.day(matter.day_of_paper)
    return Row((Cell(""), Cell(words.text("moved for this paper")), Cell(change), Cell(matter.driver_name(driver.id)), day))


def used_evidence(matter: Matter) -> list[Evidence]:
    """Return the evidence that a line or an input carries, E before P before A."""
    used = {line.evidence.id for option in matter.comparison.options for line in option.lines}
    used |= {driver.evidence.id for driver in matter.comparison.scenario}
    found = [one for one in matter.comparison.evidence.values() if one.id in used]
    return sorted(found, key=lambda one: _order(one.id))


def _order(mark: str) -> tuple[int, int]:
    """E before P before A, each by its number."""
    number = re.search(r"\d+", mark)
    return ("EPA".find(mark[:1]), int(number.group()) if number else 0)
