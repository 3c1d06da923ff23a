"""Paints a BarChart: stacked bars, horizontal with names at the left or vertical with names below, and a legend."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from roi_tool.charting.spec import BarChart
from roi_tool.desktop.theme import MEDIUM, Look
from roi_tool.desktop.theme.tokens import TEXT_TINY
from roi_tool.desktop.widgets.charts.placing import PixelScale


def paint_bars(painter: QPainter, rect: QRectF, spec: BarChart, look: Look) -> None:
    """Paint into `rect`."""
    if not spec.bars:
        return
    plot = rect.adjusted(0, 0, 0, -_paint_legend(painter, rect, spec, look))
    if spec.horizontal:
        _paint_horizontal(painter, plot, spec, look)
    else:
        _paint_vertical(painter, plot, spec, look)


def _paint_legend(painter: QPainter, rect: QRectF, spec: BarChart, look: Look) -> float:
    """Paint the legend along the bottom, in as many lines as it needs; return its height."""
    if not spec.legend:
        return 0.0
    painter.setFont(look.font(TEXT_TINY))
    measure = QFontMetricsF(painter.font())
    lines: list[list[tuple[str, str, float]]] = [[]]
    x = 0.0
    for role, words in spec.legend:
        width = measure.horizontalAdvance(words) + 26
        if x + width > rect.width() + 12 and lines[-1]:
            lines.append([])
            x = 0.0
        lines[-1].append((role, words, x))
        x += width
    height = 17.0 * len(lines)
    for index, line in enumerate(lines):
        top = rect.bottom() - height + 17.0 * index + 3
        for role, words, at in line:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.role_color(role))
            painter.drawRoundedRect(QRectF(rect.left() + at, top + 3, 8, 8), 2, 2)
            painter.setPen(look.color("text_soft"))
            painter.drawText(QRectF(rect.left() + at + 12, top, rect.width(), 14), Qt.AlignmentFlag.AlignVCenter, words)
    return height + 2


def _reach(spec: BarChart) -> tuple[float, float]:
    """Lowest and highest end of any stack; parts below zero stack downwards."""
    tops = [sum(value for _, value, _ in bar.parts if value > 0) for bar in spec.bars]
    bottoms = [sum(value for _, value, _ in bar.parts if value < 0) for bar in spec.bars]
    ends = [0.0, *tops, *bottoms, *(tick.at for tick in spec.ticks)]
    low, high = min(ends), max(ends)
    return low, high if high > low else low + 1


def _paint_horizontal(painter: QPainter, rect: QRectF, spec: BarChart, look: Look) -> None:
    names = QFontMetricsF(look.font(TEXT_TINY, MEDIUM))
    figures = QFontMetricsF(look.font(TEXT_TINY, tabular=True))
    left = min(max(names.horizontalAdvance(bar.label) for bar in spec.bars) + 10, rect.width() * 0.44)
    right = max(figures.horizontalAdvance(bar.text) for bar in spec.bars) + 8
    plot = rect.adjusted(left, 2, -right, -2)
    low, high = _reach(spec)
    xs = PixelScale(low, high, plot.left(), plot.right())
    pitch = min(34.0, plot.height() / len(spec.bars))
    thick = min(16.0, pitch * 0.64)
    for row, bar in enumerate(spec.bars):
        middle = plot.top() + (row + 0.5) * pitch
        painter.setFont(look.font(TEXT_TINY, MEDIUM))
        painter.setPen(look.color("text"))
        words = names.elidedText(bar.label, Qt.TextElideMode.ElideRight, left - 8)
        painter.drawText(QRectF(rect.left(), middle - 9, left - 8, 18), Qt.AlignmentFlag.AlignVCenter, words)
        up, down = 0.0, 0.0
        painter.setPen(Qt.PenStyle.NoPen)
        for role, value, _ in bar.parts:
            start = up if value >= 0 else down
            painter.setBrush(look.role_color(role))
            x0, x1 = xs(start), xs(start + value)
            painter.drawRect(QRectF(min(x0, x1), middle - thick / 2, abs(x1 - x0), thick))
            up, down = (start + value, down) if value >= 0 else (up, start + value)
        painter.setFont(look.font(TEXT_TINY, tabular=True))
        painter.setPen(look.color("text_soft"))
        painter.drawText(QRectF(xs(up) + 6, middle - 9, right, 18), Qt.AlignmentFlag.AlignVCenter, bar.text)
    painter.setPen(QPen(look.color("border_strong"), 1))
    painter.drawLine(QPointF(xs(0), plot.top()), QPointF(xs(0), plot.top() + pitch * len(spec.bars)))


def _paint_vertical(painter: QPainter, rect: QRectF, spec: BarChart, look: Look) -> None:
    small = look.font(TEXT_TINY, tabular=True)
    measure = QFontMetricsF(small)
    left = max((measure.horizontalAdvance(tick.text) for tick in spec.ticks), default=0.0) + 8
    plot = rect.adjusted(left, 16, 0, -20)
    low, high = _reach(spec)
    ys = PixelScale(low, high, plot.bottom(), plot.top())
    painter.setFont(small)
    for tick in spec.ticks:
        painter.setPen(QPen(look.color("border_strong" if tick.at == 0 else "grid"), 1))
        painter.drawLine(QPointF(plot.left(), ys(tick.at)), QPointF(plot.right(), ys(tick.at)))
        painter.setPen(look.color("text_faint"))
        box = QRectF(rect.left(), ys(tick.at) - 8, left - 7, 16)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, tick.text)
    pitch = plot.width() / len(spec.bars)
    thick = min(46.0, pitch * 0.66)
    taken = float("-inf")
    for column, bar in enumerate(spec.bars):
        middle = plot.left() + (column + 0.5) * pitch
        top = 0.0
        painter.setPen(Qt.PenStyle.NoPen)
        for role, value, _ in bar.parts:
            painter.setBrush(look.role_color(role))
            y0, y1 = ys(top), ys(top + value)
            painter.drawRect(QRectF(middle - thick / 2, min(y0, y1), thick, abs(y1 - y0)))
            top += value
        painter.setPen(look.color("text_soft"))
        if bar.text and measure.horizontalAdvance(bar.text) <= pitch:
            box = QRectF(middle - pitch / 2, ys(max(top, 0)) - 16, pitch, 14)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, bar.text)
        width = measure.horizontalAdvance(bar.label)
        if middle - width / 2 > taken + 4:
            painter.setPen(look.color("text_faint"))
            painter.drawText(
                QRectF(middle - width / 2 - 2, plot.bottom() + 4, width + 4, 15), Qt.AlignmentFlag.AlignCenter, bar.label
            )
            taken = middle + width / 2
