"""A small tinted word beside a figure that says how it is known: bill, price book, measured, estimate, default."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from roi_tool.desktop.theme import Look
from roi_tool.desktop.theme.tokens import BADGES, TEXT_TINY

_SIDE, _HEIGHT = 5.0, 17.0


def badge_colors(code: str) -> tuple[str, str]:
    """Return the token names of text and background for a confidence code."""
    return BADGES.get(code, BADGES["default"])


def badge_width(look: Look, text: str) -> float:
    """Return how wide a badge of this text is painted."""
    return QFontMetricsF(look.font(TEXT_TINY)).horizontalAdvance(text) + 2 * _SIDE


def paint_badge(painter: QPainter, look: Look, at: QRectF, code: str, text: str) -> None:
    """Paint a badge at the left of `at`, centred in its height."""
    ink, ground = badge_colors(code)
    box = QRectF(at.left(), at.center().y() - _HEIGHT / 2, badge_width(look, text), _HEIGHT)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color(ground))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(look.color(ink))
    painter.setFont(look.font(TEXT_TINY))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


class Badge(QWidget):
    """A badge as a widget of its own."""

    def __init__(self, look: Look, code: str = "default", text: str = "") -> None:
        super().__init__()
        self._look = look
        self._code, self._text = code, text
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def set_badge(self, code: str, text: str) -> None:
        """Show another badge."""
        if (code, text) != (self._code, self._text):
            self._code, self._text = code, text
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """As wide as its word."""
        return QSize(round(badge_width(self._look, self._text) + 0.5), round(_HEIGHT + 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the badge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_badge(painter, self._look, QRectF(self.rect()), self._code, self._text)
