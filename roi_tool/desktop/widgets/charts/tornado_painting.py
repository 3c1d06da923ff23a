"""Paints a TornadoChart: names at the left (in a narrow card above), bars about the base line, the swing at the right."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from roi_tool.charting.spec import TornadoChart
from roi_tool.desktop.theme import MEDIUM, Look
from roi_tool.desktop.theme.tokens import TEXT_TINY
from roi_tool.desktop.widgets.charts.placing import PixelScale

_FOOT = 18.0
_NARROWEST_PLOT = 84.0
_LOWEST_ROW = 17.0
_NAME_HEIGHT = 16.0
_STACKED_ROW = 32.0
_FEWEST_STACKED = 4


def paint_tornado(painter: QPainter, rect: QRectF, spec: TornadoChart, look: Look) -> None:
    """Paint into `rect`; as many bars as have room, the longest first."""
    if not spec.bars:
        return
    small = QFontMetricsF(look.font(TEXT_TINY, MEDIUM))
    figures = QFontMetricsF(look.font(TEXT_TINY, tabular=True))
    height = rect.height() - _FOOT
    bars = spec.bars[: max(1, int(height // _LOWEST_ROW))]
    right = max(figures.horizontalAdvance(bar.text) for bar in bars) + 8
    # Names are said in full: beside bars that keep some room, else above them where there is height for it.
    room = max(rect.width() - right - _NARROWEST_PLOT, rect.width() * 0.4)
    longest = max(small.horizontalAdvance(bar.label) for bar in bars) + 10
    above = _NAME_HEIGHT if longest > room and height >= _FEWEST_STACKED * _STACKED_ROW else 0.0
    if above:
        bars = bars[: int(height // _STACKED_ROW)]
    left = 0.0 if above else min(longest, room)
    plot = rect.adjusted(left, 2, -right, -_FOOT)
    if plot.width() < 30:
        return
    xs = PixelScale(spec.base - spec.reach, spec.base + spec.reach, plot.left(), plot.right())
    pitch = min(_STACKED_ROW + 6 if above else 30.0, plot.height() / len(bars))
    thick = min(15.0, (pitch - above) * 0.62)
    names = rect.width() if above else left - 8
    base_x = xs(spec.base)
    for row, bar in enumerate(bars):
        middle = plot.top() + (row + 0.5) * pitch + above / 2
        name = QRectF(rect.left(), middle - 9 if not above else plot.top() + row * pitch, names, 18)
        painter.setFont(look.font(TEXT_TINY, MEDIUM))
        painter.setPen(look.color("text"))
        words = small.elidedText(bar.label, Qt.TextElideMode.ElideRight, names)
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, words)
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
    if above:  # the line would run through the names
        for row in range(len(bars)):
            painter.drawLine(
                QPointF(base_x, plot.top() + row * pitch + above + 1), QPointF(base_x, plot.top() + (row + 1) * pitch + 1)
            )
    else:
        painter.drawLine(QPointF(base_x, plot.top() - 2), QPointF(base_x, foot + 2))
    painter.setFont(look.font(TEXT_TINY, tabular=True))
    painter.setPen(look.color("text_soft"))
    width = figures.horizontalAdvance(spec.base_text) + 4
    x = min(max(base_x - width / 2, rect.left()), rect.right() - width)
    painter.drawText(QRectF(x, foot + 2, width, 15), Qt.AlignmentFlag.AlignCenter, spec.base_text)
