"""A slider that is painted in the theme: filled track, ringed handle, a tick where the value began."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider

from roi_tool.desktop.theme import Look

_HANDLE = 7.0
_TRACK = 4.0


class ValueSlider(QSlider):
    """Positions 0…`steps`. A press anywhere on the track takes the handle there; the wheel only moves a focused slider."""

    def __init__(self, look: Look) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._look = look
        self._base_position: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_steps(self, steps: int) -> None:
        """Set the number of steps between the bounds; a page is a tenth of them."""
        self.setRange(0, max(1, steps))
        self.setSingleStep(1)
        self.setPageStep(max(2, steps // 10))

    def set_base_position(self, position: int | None) -> None:
        """Mark where the value began; None marks nothing."""
        if position != self._base_position:
            self._base_position = position
            self.update()

    def sizeHint(self) -> QSize:
        """High enough for the handle and its focus ring."""
        return QSize(160, 19)

    def minimumSizeHint(self) -> QSize:
        """Narrow is fine."""
        return QSize(60, 19)

    def _x_of(self, position: int) -> float:
        span = max(1, self.maximum() - self.minimum())
        return _HANDLE + 1 + (position - self.minimum()) / span * (self.width() - 2 * (_HANDLE + 1))

    def _position_at(self, x: float) -> int:
        usable = max(1.0, self.width() - 2 * (_HANDLE + 1))
        share = min(1.0, max(0.0, (x - _HANDLE - 1) / usable))
        return self.minimum() + round(share * (self.maximum() - self.minimum()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the handle to the pointer and begin a drag."""
        if event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self.setSliderDown(True)
        self.setSliderPosition(self._position_at(event.position().x()))
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        if self.isSliderDown():
            self.setSliderPosition(self._position_at(event.position().x()))
            event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the drag."""
        if self.isSliderDown():
            self.setSliderDown(False)
            event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page unless the slider has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint track, filled part, base tick, handle and focus ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        x = self._x_of(self.sliderPosition())
        accent = self._look.color("accent" if self.isEnabled() else "text_faint")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color("track"))
        painter.drawRoundedRect(QRectF(1, middle - _TRACK / 2, self.width() - 2, _TRACK), 2, 2)
        painter.setBrush(accent)
        painter.drawRoundedRect(QRectF(1, middle - _TRACK / 2, max(0.0, x - 1), _TRACK), 2, 2)
        if self._base_position is not None:
            base_x = self._x_of(self._base_position)
            painter.setPen(QPen(self._look.color("text_faint"), 1.5))
            painter.drawLine(QPointF(base_x, middle - 5), QPointF(base_x, middle + 5))
        if self.hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            ring = self._look.color("accent")
            ring.setAlphaF(0.28)
            painter.setBrush(ring)
            painter.drawEllipse(QPointF(x, middle), _HANDLE + 3, _HANDLE + 3)
        painter.setPen(QPen(accent, 2))
        painter.setBrush(self._look.color("surface"))
        radius = _HANDLE - 0.5 if self.isSliderDown() or self.underMouse() else _HANDLE - 1
        painter.drawEllipse(QPointF(x, middle), radius, radius)
