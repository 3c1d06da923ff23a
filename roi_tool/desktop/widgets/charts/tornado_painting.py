"""Paints a TornadoChart: names at the left, bars about the base line, the swing at the right."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from roi_tool.charting.spec import TornadoChart
from roi_tool.desktop.theme import MEDIUM, Look
from roi_tool.desktop.theme.tokens import TEXT_TINY
from roi_tool.desktop.widgets.charts.placing import PixelScale

_FOOT = 18.0


def paint_tornado(painter: QPainter, rect: QRectF, spec: TornadoChart, look: Look) -> None:
    """Paint into `rect`; as many bars as have room, the longest first."""
    if not spec.bars:
        return
    small = QFontMetricsF(look.font(TEXT_TINY, MEDIUM))
    figures = QFontMetricsF(look.font(TEXT_TINY, tabular=True))
    bars = spec.bars[: max(1, int((rect.height() - _FOOT) // 17))]
    left = min(max(small.horizontalAdvance(bar.label) for bar in bars) + 10, rect.width() * 0.5)
    right = max(figures.horizontalAdvance(bar.text) for bar in bars) + 8
    plot = rect.adjusted(left, 2, -right, -_FOOT)
    if plot.width() < 30:
        return
    xs = PixelScale(spec.base - spec.reach, spec.base + spec.reach, plot.left(), plot.right())
    pitch = min(30.0, plot.height() / len(bars))
    thick = min(15.0, pitch * 0.62)
    base_x = xs(spec.base)
    for row, bar in enumerate(bars):
        middle = plot.top() + (row + 0.5) * pitch
        painter.setFont(look.font(TEXT_TINY, MEDIUM))
        painter.setPen(look.color("text"))
        words = small.elidedText(bar.label, Qt.TextElideMode.ElideRight, left - 8)
        painter.drawText(QRectF(rect.left(), middle - 9, left - 8, 18), Qt.AlignmentFlag.AlignVCenter, words)
        painter.setPen(Qt.PenStyle.NoPen)
        for value, color in ((bar.low, "tornado_low"), (bar.high, "accent")):
            painter.setBrush(look.color(color))
            x = xs(value)
            painter.drawRoundedRect(QRectF(min(x, base_x), middle - thick / 2, abs(x - base_x), thick), 2, 2)
        painter.setFont(look.font(TEXT_TINY, tabular=True))
        painter.setPen(look.color("text_soft"))
        box = QRectF(max(xs(bar.low), xs(bar.high), base_x) + 5, middle - 9, right, 18)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, bar.text)
    foot = plot.top() + len(bars) * pitch
    painter.setPen(QPen(look.color("text_faint"), 1))
    painter.drawLine(QPointF(base_x, plot.top() - 2), QPointF(base_x, foot + 2))
    painter.setFont(look.font(TEXT_TINY, tabular=True))
    painter.setPen(look.color("text_soft"))
    width = figures.horizontalAdvance(spec.base_text) + 4
    x = min(max(base_x - width / 2, rect.left()), rect.right() - width)
    painter.drawText(QRectF(x, foot + 2, width, 15), Qt.AlignmentFlag.AlignCenter, spec.base_text)
