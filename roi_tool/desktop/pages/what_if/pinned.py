"""Scenarios that were pinned, each as a line below the options: what it was, what it gave, back to it, away with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from roi_tool.desktop.driver_text import value_text
from roi_tool.desktop.theme import Look
from roi_tool.desktop.theme.tokens import TEXT_SMALL
from roi_tool.desktop.widgets.text_label import clear_layout, text_label
from roi_tool.money import Money
from roi_tool.quoting import Comparison
from roi_tool.wording import Wording
from roi_tool.workspace.open_quote import Snapshot

MOST_PINS = 2
_MOST_VALUES = 3


def pinned_line(pinned: Comparison, now: Comparison, words: Wording) -> str:
    """Return what a pinned scenario was and gave, beside what is now."""
    values = []
    for driver in pinned.scenario:
        standing = now.scenario.drivers.get(driver.id)
        if standing is not None and standing.value != driver.value:
            shown = value_text(driver.value, driver.unit, pinned.currency, words)
            values.append(f"{words.label(f'driver.{driver.id}')} {shown}")
    if len(values) > _MOST_VALUES:
        values[_MOST_VALUES - 1 :] = [words.text("{count} more", count=words.number(len(values) - _MOST_VALUES + 1))]
    if not values:
        return words.text("Pinned: as it stands now. {result}", result=_result(pinned, words))
    then, present = _result(pinned, words), _result(now, words)
    if then == present:
        return words.text("Pinned: {values}. {result}, as now", values=words.listed(values), result=then)
    return words.text("Pinned: {values}. {result}; now {now}", values=words.listed(values), result=then, now=present)


def _result(comparison: Comparison, words: Wording) -> str:
    best = comparison.option(comparison.best)
    name = words.label(f"option.short.{best.id}")
    total = words.money(Money(best.total_nano, comparison.currency), 0)
    if best.versus_today is None:
        return words.text("{option} {total}", option=name, total=total)
    saving = words.money(Money(best.versus_today.saving_total_nano, comparison.currency), 0)
    return words.text("{option} {total}, saves {saving}", option=name, total=total, saving=saving)


class PinnedLines(QWidget):
    """The lines; hidden while nothing is pinned."""

    def __init__(self, look: Look, words: Wording, back: Callable[[Snapshot], None], away: Callable[[Snapshot], None]) -> None:
        super().__init__()
        self._look, self._words = look, words
        self._back, self._away = back, away
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(6, 2, 0, 2)
        self._column.setSpacing(0)
        self._shown: tuple[Snapshot, ...] = ()
        self.lines: list[QLabel] = []
        self.hide()

    def show_pins(self, pins: tuple[Snapshot, ...], now: Comparison) -> None:
        """Show the pinned scenarios; only their words change while they stay the same."""
        if pins != self._shown:
            clear_layout(self._column)
            self._shown = pins
            self.lines = [self._make_line(snapshot) for snapshot in pins]
            self.setVisible(bool(pins))
        for snapshot, label in zip(pins, self.lines, strict=True):
            text = pinned_line(snapshot.comparison, now, self._words)
            if label.text() != text:
                label.setText(text)
                label.setToolTip(text)

    def _make_line(self, snapshot: Snapshot) -> QLabel:
        words = self._words
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        label = text_label(self._look, size=TEXT_SMALL, tone="soft", elided=True)
        row.addWidget(label, 1)
        for text, do in ((words.text("Back to it"), self._back), (words.text("Unpin"), self._away)):
            button = QPushButton(text)
            button.setObjectName("quiet")
            button.setFont(self._look.font(TEXT_SMALL))
            button.setFixedHeight(24)
            button.clicked.connect(lambda _=False, do=do: do(snapshot))
            row.addWidget(button)
        self._column.addWidget(line)
        return label
