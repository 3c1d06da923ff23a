"""What the pages about traffic write about: a measured profile and what is known around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from roi_tool.problems import Problem
from roi_tool.reporting.blocks import Cell, Column, Row, Table, plain
from roi_tool.reporting.figures import count_cell, number_cell
from roi_tool.reporting.masking import masked
from roi_tool.traffic import Link, PaidChannels, TrafficProfile
from roi_tool.traffic.bandwidth import DEFAULT_LINK
from roi_tool.traffic.rhythm import Slot
from roi_tool.wording import Wording


@dataclass(frozen=True, eq=False)
class TrafficSubject:
    """A profile with calls in it, whose it is, and what he pays for.

    Attributes:
        profile: as measured or, from days without times, estimated.
        words: of the reader.
        customer: name, or "".
        paid: channels paid for; None where nobody knows.
        problems: findings to be said beside the figures.
        codec, link: for the bandwidth.
    """

    profile: TrafficProfile
    words: Wording
    customer: str = ""
    paid: PaidChannels | None = None
    problems: tuple[Problem, ...] = ()
    codec: str = "g711"
    link: Link = DEFAULT_LINK

    @property
    def measured(self) -> bool:
        """Whether times were known; else all follows from the minutes."""
        return self.profile.estimate is None

    @property
    def named(self) -> str:
        """The customer's name on one line."""
        return plain(self.customer)

    def sentences(self) -> tuple[str, ...]:
        """Return the findings as sentences, each once."""
        return tuple(dict.fromkeys(masked(self.words.sentence(problem)) for problem in self.problems))

    def slots(self, title: str, named: Sequence[tuple[str, Slot]]) -> Table:
        """Return a table of slots: one row each."""
        words = self.words
        columns = [
            Column(title, share=1.5),
            Column(words.text("Days"), True),
            Column(words.text("Calls"), True),
            Column(words.text("Minutes"), True),
            Column(words.text("Minutes a day"), True),
        ]
        if self.measured:
            columns.append(Column(words.text("Most at one time"), True))
        rows = []
        for name, slot in named:
            cells = [
                Cell(name),
                count_cell(words, slot.days),
                count_cell(words, slot.calls),
                count_cell(words, round(slot.minutes)),
                number_cell(words, slot.minutes_per_day, 1),
            ]
            if self.measured:
                cells.append(count_cell(words, slot.peak))
            rows.append(Row(tuple(cells)))
        return Table(tuple(columns), tuple(rows), small=True)
