"""A label in the theme's sizes and tones."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QLayout

from roi_tool.desktop.theme import REGULAR, Look
from roi_tool.desktop.theme.tokens import TEXT_BODY


class ElidedLabel(QLabel):
    """A label that may be narrower than its words: it ends them with an ellipsis and tells the rest as a tip."""

    def minimumSizeHint(self) -> QSize:
        """Some letters are enough."""
        return QSize(40, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what fits."""
        painter = QPainter(self)
        words = QFontMetricsF(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width() + 0.5)
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
    label = ElidedLabel(text) if elided else QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(look.font(size, weight, tabular=tabular))
    label.setWordWrap(wrap)
    if tone:
        label.setProperty("tone", tone)
    return label


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
