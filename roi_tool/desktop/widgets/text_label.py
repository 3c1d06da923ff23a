"""A label in the theme's sizes and tones."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QLayout

from roi_tool.desktop.theme import REGULAR, Look
from roi_tool.desktop.theme.tokens import TEXT_BODY

SomeLabel = TypeVar("SomeLabel", bound=QLabel)


class ElidedLabel(QLabel):
    """A label that may be narrower than its words: it says `short` instead where it has that, else ends with an ellipsis."""

    short = ""

    def minimumSizeHint(self) -> QSize:
        """Some letters are enough."""
        return QSize(40, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what fits."""
        painter = QPainter(self)
        metrics = QFontMetricsF(self.font())
        fits = not self.short or metrics.horizontalAdvance(self.text()) <= self.width() + 0.5
        words = metrics.elidedText(self.text() if fits else self.short, Qt.TextElideMode.ElideRight, self.width() + 0.5)
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.rect(), int(self.alignment()), words)


def text_label(
    look: Look,
    text: str = "",
    *,
    size: int = TEXT_BODY,
    weight: QFont.Weight = REGULAR,
    tone: str = "",
    wrap: bool = False,
    tabular: bool = False,
    elided: bool = False,
) -> QLabel:
    """Return a plain-text label; `tone` is `soft`, `faint`, `good`, `warn`, `bad` or `accent`."""
    return _shaped(ElidedLabel(text) if elided else QLabel(text), look, size, weight, tone, wrap, tabular)


def elided_label(
    look: Look, text: str = "", *, size: int = TEXT_BODY, weight: QFont.Weight = REGULAR, tone: str = ""
) -> ElidedLabel:
    """Return a label that may be narrower than its words."""
    return _shaped(ElidedLabel(), look, size, REGULAR, tone)


def _shaped(
    label: SomeLabel, look: Look, size: int, weight: QFont.Weight, tone: str, wrap: bool = False, tabular: bool = False
) -> SomeLabel:
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(look.font(size, weight, tabular=tabular))
    label.setWordWrap(wrap)
    if tone:
        label.setProperty("tone", tone)
    return label


def button_words(text: str) -> str:
    """Return words as a button takes them: a plain `&` would underline the next letter."""
    return text.replace("&", "&&")


def set_tone(label: QLabel, tone: str) -> None:
    """Change the tone of a label that is already shown; does nothing when it has it."""
    if label.property("tone") != tone:
        label.setProperty("tone", tone)
        label.style().unpolish(label)
        label.style().polish(label)


def clear_layout(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            # Hidden, not made parentless: a widget without a parent is a window of its own for a moment.
            widget.hide()
            widget.deleteLater()


def rule() -> QFrame:
    """Return a thin horizontal line."""
    line = QFrame()
    line.setObjectName("rule")
    return line
