"""A box to tick with its words, drawn in the theme's colours."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox

from roi_tool.desktop.theme import Look
from roi_tool.desktop.theme.tokens import TEXT_SMALL

_BOX, _GAP = 16, 8


class TickBox(QCheckBox):
    """A check box; the space bar and a click on its words tick it as on any other."""

    def __init__(self, look: Look, text: str) -> None:
        super().__init__(text)
        self._look = look
        self.setFont(look.font(TEXT_SMALL))

    def sizeHint(self) -> QSize:
        """The box, a gap and the words."""
        metrics = QFontMetricsF(self.font())
        return QSize(int(_BOX + _GAP + metrics.horizontalAdvance(self.text()) + 6), int(max(_BOX, metrics.height()) + 6))

    def hitButton(self, pos: object) -> bool:
        """A click anywhere on box and words counts."""
        return bool(self.rect().contains(pos))  # type: ignore[call-overload]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box, its tick, the words, and a ring while it has the focus."""
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = (self.height() - _BOX) / 2
        box = QRectF(1.5, top + 0.5, _BOX - 1, _BOX - 1)
        ticked = self.isChecked()
        painter.setPen(
            QPen(look.color("accent" if ticked or self.hasFocus() else "border_strong"), 2 if self.hasFocus() else 1)
        )
        painter.setBrush(look.color("accent" if ticked else "surface"))
        painter.drawRoundedRect(box, 4, 4)
        if ticked:
            pen = QPen(look.color("surface"), 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            x, y = box.left(), box.top()
            painter.drawPolyline([QPointF(x + 3.8, y + 7.8), QPointF(x + 6.6, y + 10.6), QPointF(x + 11.4, y + 4.8)])
        painter.setPen(look.color("text" if self.isEnabled() else "text_faint"))
        room = self.rect().adjusted(_BOX + _GAP, 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
