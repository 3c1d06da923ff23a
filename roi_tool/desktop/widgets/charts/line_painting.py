"""Paints a LineChart: quiet grid, lines labelled at their ends, ringed markers with words."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF

from roi_tool.charting.axes import spread
from roi_tool.charting.spec import Floats, LineChart, Series
from roi_tool.desktop.theme import SEMIBOLD, Look
from roi_tool.desktop.theme.tokens import TEXT_TINY
from roi_tool.desktop.widgets.charts.placing import PixelScale

_LABEL_GAP = 13.0


def paint_lines(painter: QPainter, rect: QRectF, spec: LineChart, look: Look) -> None:
    """Paint into `rect`; the axes run from the first tick to the last."""
    if not spec.x_ticks or not spec.y_ticks:
        return
    small = look.font(TEXT_TINY, tabular=True)
    measure = QFontMetricsF(small)
    end_measure = QFontMetricsF(look.font(TEXT_TINY, SEMIBOLD))
    left = max(measure.horizontalAdvance(tick.text) for tick in spec.y_ticks) + 8
    right = max((end_measure.horizontalAdvance(line.end_label) for line in spec.series), default=0.0) + 10
    plot = rect.adjusted(left, 6, -right, -20)
    if plot.width() < 40 or plot.height() < 30:
        return
    xs = PixelScale(spec.x_ticks[0].at, spec.x_ticks[-1].at, plot.left(), plot.right())
    ys = PixelScale(spec.y_ticks[0].at, spec.y_ticks[-1].at, plot.bottom(), plot.top())
    _paint_axes(painter, rect, plot, spec, look, xs, ys)
    for line in sorted(spec.series, key=lambda line: line.emphasis):
        _paint_series(painter, line, look, xs, ys)
    taken = _paint_end_labels(painter, plot, spec, look, ys)
    _paint_markers(painter, rect, spec, look, xs, ys, taken)


def _paint_axes(
    painter: QPainter, rect: QRectF, plot: QRectF, spec: LineChart, look: Look, xs: PixelScale, ys: PixelScale
) -> None:
    painter.setFont(look.font(TEXT_TINY, tabular=True))
    measure = QFontMetricsF(painter.font())
    # On a low plot every second figure is enough.
    room = plot.height() / max(1, len(spec.y_ticks) - 1)
    every = 1 if room >= 16 else 2
    for index, tick in enumerate(spec.y_ticks):
        y = ys(tick.at)
        painter.setPen(QPen(look.color("border_strong" if tick.at == 0 else "grid"), 1))
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        if index % every == 0:
            painter.setPen(look.color("text_faint"))
            box = QRectF(rect.left(), y - 8, plot.left() - rect.left() - 7, 16)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, tick.text)
    painter.setPen(look.color("text_faint"))
    taken = float("-inf")
    for tick in spec.x_ticks:
        width = measure.horizontalAdvance(tick.text) + 2
        x = min(max(xs(tick.at) - width / 2, plot.left() - 4), plot.right() + 12 - width)
        if x > taken + 4:
            painter.drawText(QRectF(x, plot.bottom() + 4, width, 15), Qt.AlignmentFlag.AlignCenter, tick.text)
            taken = x + width


def _paint_series(painter: QPainter, line: Series, look: Look, xs: PixelScale, ys: PixelScale) -> None:
    pen = QPen(look.role_color(line.role), 2.4 if line.emphasis else 1.7)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    if line.dashed:
        pen.setDashPattern([4, 3])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    points = [QPointF(x, y) for x, y in zip(xs(line.x).tolist(), ys(line.y).tolist(), strict=True)]
    painter.drawPolyline(QPolygonF(points))


def _paint_end_labels(painter: QPainter, plot: QRectF, spec: LineChart, look: Look, ys: PixelScale) -> list[QRectF]:
    """Paint the labels and return where they stand."""
    boxes = []
    lines = [line for line in spec.series if len(line.y) and line.end_label]
    wanted = [ys(float(line.y[-1])) for line in lines]
    for line, y in zip(lines, spread(wanted, _LABEL_GAP, plot.top() - 4, plot.bottom() + 6), strict=True):
        painter.setFont(look.font(TEXT_TINY, SEMIBOLD))
        painter.setPen(look.role_color(line.role))
        box = QRectF(plot.right() + 6, y - 8, 400, 16)
        boxes.append(box)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line.end_label)
    return boxes


def _paint_markers(
    painter: QPainter, rect: QRectF, spec: LineChart, look: Look, xs: PixelScale, ys: PixelScale, taken: list[QRectF]
) -> None:
    room = QRectF(xs.start + 2, rect.top(), rect.right() - xs.start - 2, ys.start - 1 - rect.top())
    painter.setFont(look.font(TEXT_TINY))
    measure = QFontMetricsF(painter.font())
    lines = [(np.asarray(line.x), np.asarray(line.y)) for line in spec.series]
    taken = taken + [QRectF(xs(marker.x) - 5, ys(marker.y) - 5, 10, 10) for marker in spec.markers]
    for marker in spec.markers:
        point = QPointF(xs(marker.x), ys(marker.y))
        painter.setPen(QPen(look.color("text"), 1.5))
        painter.setBrush(look.color("surface"))
        painter.drawEllipse(point, 3.5, 3.5)
        width = measure.horizontalAdvance(marker.text) + 2
        boxes = [
            QRectF(point.x() + (across if across > 0 else across - width), point.y() + down, width, 15)
            for across in (7, 18, 34, 54, -7, -18)
            for down in (4, 12, 22, -20, -30)
        ]
        inside = [box for box in boxes if room.contains(box)] or boxes[:1]

        def cost(box: QRectF, point: QPointF = point) -> float:
            away = abs(box.center().y() - point.y()) + abs(min(box.left() - point.x(), point.x() - box.right(), key=abs))
            return _crossings(box, lines, xs, ys) * 20 + away + 1000 * sum(box.intersects(other) for other in taken)

        best = min(inside, key=cost)
        taken.append(best)
        painter.setPen(look.color("text"))
        painter.drawText(best, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, marker.text)


def _crossings(box: QRectF, lines: list[tuple[Floats, Floats]], xs: PixelScale, ys: PixelScale) -> int:
    """How many places of the lines a box of words would cover, looked at every few pixels."""
    pixels = np.linspace(box.left(), box.right(), 24)
    months = xs.back(pixels)
    covered = 0
    for x, y in lines:
        heights = ys(np.interp(months, x, y))
        covered += int(np.count_nonzero((heights > box.top() - 1) & (heights < box.bottom() + 1)))
    return covered
