"""Paints a TornadoChart: names at the left (in a narrow card above), bars about the base line, the swing at the right."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from roi_tool.charting.spec import TornadoBar, TornadoChart
from roi_tool.desktop.theme import MEDIUM, Look
from roi_tool.desktop.theme.tokens import TEXT_TINY
from roi_tool.desktop.widgets.charts.placing import PixelScale

_FOOT = 18.0
_NARROWEST_PLOT = 84.0
_TOO_NARROW = 30.0
_LOWEST_ROW = 17.0
_NAME_HEIGHT = 16.0
_STACKED_ROW = 32.0
_FEWEST_STACKED = 3


@dataclass(frozen=True, slots=True)
class _Arrangement:
    """Which bars have room, and where their parts stand."""

    bars: tuple[TornadoBar, ...]
    plot: QRectF
    pitch: float
    above: float
    """Height of a name that stands above its bar, 0 where names stand beside the bars."""
    names: float
    """Width that a name has."""
    figures: float
    """Width of the longest swing."""


def paint_tornado(painter: QPainter, rect: QRectF, spec: TornadoChart, look: Look) -> None:
    """Paint into `rect`; as many bars as have room, the longest first."""
    if not spec.bars:
        return
    place = _arrange(rect, spec, look)
    if place.plot.width() < _TOO_NARROW:
        return
    xs = PixelScale(spec.base - spec.reach, spec.base + spec.reach, place.plot.left(), place.plot.right())
    for row, bar in enumerate(place.bars):
        _paint_bar(painter, QPointF(rect.left(), place.plot.top() + row * place.pitch), bar, place, xs, xs(spec.base), look)
    _paint_base(painter, rect, spec, place, xs(spec.base), look)


def _arrange(rect: QRectF, spec: TornadoChart, look: Look) -> _Arrangement:
    """Say names in full: beside bars that keep some room, else above them where there is height for it."""
    small = QFontMetricsF(look.font(TEXT_TINY, MEDIUM))
    swings = QFontMetricsF(look.font(TEXT_TINY, tabular=True))
    height = rect.height() - _FOOT
    bars = spec.bars[: max(1, int(height // _LOWEST_ROW))]
    right = max(swings.horizontalAdvance(bar.text) for bar in bars) + 8
    room = max(rect.width() - right - _NARROWEST_PLOT, rect.width() * 0.4)
    longest = max(small.horizontalAdvance(bar.label) for bar in bars) + 10
    above = _NAME_HEIGHT if longest > room and height >= _FEWEST_STACKED * _STACKED_ROW else 0.0
    if above:
        bars = bars[: int(height // _STACKED_ROW)]
    left = 0.0 if above else min(longest, room)
    plot = rect.adjusted(left, 2, -right, -_FOOT)
    pitch = min(_STACKED_ROW + 6 if above else 30.0, plot.height() / len(bars))
    return _Arrangement(bars, plot, pitch, above, rect.width() if above else left - 8, right)


def _paint_bar(
    painter: QPainter, corner: QPointF, bar: TornadoBar, place: _Arrangement, xs: PixelScale, base_x: float, look: Look
) -> None:
    """Paint a name, its bar about the base line and its swing; `corner` is the row's upper left one."""
    middle = corner.y() + (place.pitch + place.above) / 2
    thick = min(15.0, (place.pitch - place.above) * 0.62)
    painter.setFont(look.font(TEXT_TINY, MEDIUM))
    painter.setPen(look.color("text"))
    words = QFontMetricsF(painter.font()).elidedText(bar.label, Qt.TextElideMode.ElideRight, place.names)
    top = corner.y() if place.above else middle - 9
    painter.drawText(QRectF(corner.x(), top, place.names, 18), Qt.AlignmentFlag.AlignVCenter, words)
    painter.setPen(Qt.PenStyle.NoPen)
    for value, color in ((bar.low, "tornado_low"), (bar.high, "accent")):
        painter.setBrush(look.color(color))
        x = xs(value)
        painter.drawRoundedRect(QRectF(min(x, base_x), middle - thick / 2, abs(x - base_x), thick), 2, 2)
    painter.setFont(look.font(TEXT_TINY, tabular=True))
    painter.setPen(look.color("text_soft"))
    box = QRectF(max(xs(bar.low), xs(bar.high), base_x) + 5, middle - 9, place.figures, 18)
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, bar.text)


def _paint_base(painter: QPainter, rect: QRectF, spec: TornadoChart, place: _Arrangement, base_x: float, look: Look) -> None:
    """Paint the base line and its figure; between rows whose names it would run through, it pauses."""
    top, foot = place.plot.top(), place.plot.top() + len(place.bars) * place.pitch
    painter.setPen(QPen(look.color("text_faint"), 1))
    if place.above:
        for row in range(len(place.bars)):
            begin = top + row * place.pitch
            painter.drawLine(QPointF(base_x, begin + place.above + 1), QPointF(base_x, begin + place.pitch + 1))
    else:
        painter.drawLine(QPointF(base_x, top - 2), QPointF(base_x, foot + 2))
    painter.setFont(look.font(TEXT_TINY, tabular=True))
    painter.setPen(look.color("text_soft"))
    width = QFontMetricsF(painter.font()).horizontalAdvance(spec.base_text) + 4
    x = min(max(base_x - width / 2, rect.left()), rect.right() - width)
    painter.drawText(QRectF(x, foot + 2, width, 15), Qt.AlignmentFlag.AlignCenter, spec.base_text)
