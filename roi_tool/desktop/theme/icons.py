"""The few icons, drawn as strokes in the theme's colours, so that they are sharp at every scale."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

from roi_tool.desktop.theme.look import Look


def _curved_arrow(painter: QPainter, *, mirrored: bool) -> None:
    if mirrored:
        painter.translate(16, 0)
        painter.scale(-1, 1)
    path = QPainterPath(QPointF(3, 6.5))
    path.lineTo(10, 6.5)
    path.arcTo(QRectF(6.5, 6.5, 7, 7), 90, -180)
    path.lineTo(6, 13.5)
    painter.drawPath(path)
    painter.drawPolyline([QPointF(6, 3.5), QPointF(3, 6.5), QPointF(6, 9.5)])


def _reset(painter: QPainter) -> None:
    path = QPainterPath()
    path.arcMoveTo(QRectF(3.5, 3.5, 9, 9), 140)
    path.arcTo(QRectF(3.5, 3.5, 9, 9), 140, 290)
    painter.drawPath(path)
    painter.drawPolyline([QPointF(3.6, 2.2), QPointF(4.2, 5.6), QPointF(7.5, 4.9)])


def _close(painter: QPainter) -> None:
    painter.drawLine(QPointF(4.5, 4.5), QPointF(11.5, 11.5))
    painter.drawLine(QPointF(11.5, 4.5), QPointF(4.5, 11.5))


def _file(painter: QPainter) -> None:
    painter.drawPolyline([QPointF(9.5, 2), QPointF(4, 2), QPointF(4, 14), QPointF(12.5, 14), QPointF(12.5, 5), QPointF(9.5, 2)])
    painter.drawPolyline([QPointF(9.5, 2), QPointF(9.5, 5), QPointF(12.5, 5)])


def _theme(painter: QPainter) -> None:
    painter.drawEllipse(QRectF(3, 3, 10, 10))
    half = QPainterPath(QPointF(8, 3))
    half.arcTo(QRectF(3, 3, 10, 10), 90, -180)
    half.closeSubpath()
    painter.fillPath(half, painter.pen().color())


def _language(painter: QPainter) -> None:
    painter.drawEllipse(QRectF(2.5, 2.5, 11, 11))
    painter.drawEllipse(QRectF(5.5, 2.5, 5, 11))
    painter.drawLine(QPointF(2.5, 8), QPointF(13.5, 8))


_DRAWINGS: dict[str, Callable[[QPainter], None]] = {
    "undo": lambda painter: _curved_arrow(painter, mirrored=False),
    "redo": lambda painter: _curved_arrow(painter, mirrored=True),
    "reset": _reset,
    "close": _close,
    "file": _file,
    "theme": _theme,
    "language": _language,
}


def icon(look: Look, name: str, color: str = "text_soft") -> QIcon:
    """Return an icon, by the name of its drawing above, in a token's colour; faint when disabled."""
    made = QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(_drawn(name, look.color(color), ratio), QIcon.Mode.Normal)
        made.addPixmap(_drawn(name, look.color("border_strong"), ratio), QIcon.Mode.Disabled)
    return made


def _drawn(name: str, color: QColor, ratio: float) -> QPixmap:
    pixmap = QPixmap(round(16 * ratio), round(16 * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color, 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    _DRAWINGS[name](painter)
    painter.end()
    return pixmap
