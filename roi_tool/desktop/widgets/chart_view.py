"""A widget that paints one chart specification, rescaled every frame."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from roi_tool.charting.spec import BarChart, ChartSpec, LineChart, TornadoChart
from roi_tool.desktop.theme import Look
from roi_tool.desktop.theme.tokens import TEXT_SMALL
from roi_tool.desktop.widgets.charts.bar_painting import paint_bars
from roi_tool.desktop.widgets.charts.line_painting import paint_lines
from roi_tool.desktop.widgets.charts.tornado_painting import paint_tornado


def in_words(spec: ChartSpec) -> str:
    """Return a chart's figures as lines of words."""
    if isinstance(spec, LineChart):
        return "\n".join([*(line.end_label for line in spec.series), *(marker.text for marker in spec.markers)])
    return "\n".join(f"{bar.label}: {bar.text}" for bar in spec.bars if bar.label and bar.text)


class ChartView(QWidget):
    """Paints a line, bar or tornado chart. The title belongs to the card around it."""

    def __init__(self, look: Look, *, minimum_height: int = 110) -> None:
        super().__init__()
        self._look = look
        self._minimum_height = minimum_height
        self._spec: ChartSpec | None = None
        self._instead = ""
        self.painted_frames = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_chart(self, spec: ChartSpec | None, *, instead: str = "") -> None:
        """Show a chart; without one say `instead` why. Its figures in words are its tip and what a screen reader says."""
        self._spec = spec
        self._instead = instead
        if spec is not None:
            told = in_words(spec)
            self.setAccessibleName(spec.title)
            self.setAccessibleDescription(told)
            self.setToolTip(told)
        self.update()

    @property
    def spec(self) -> ChartSpec | None:
        """What it shows now."""
        return self._spec

    def sizeHint(self) -> QSize:
        """A middling size; it grows with its card."""
        return QSize(320, max(180, self._minimum_height))

    def minimumSizeHint(self) -> QSize:
        """Below this a chart is no use."""
        return QSize(180, self._minimum_height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chart."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        match self._spec:
            case LineChart() as lines:
                paint_lines(painter, rect, lines, self._look)
            case TornadoChart() as tornado:
                paint_tornado(painter, rect, tornado, self._look)
            case BarChart() as bars:
                paint_bars(painter, rect, bars, self._look)
            case None:
                painter.setFont(self._look.font(TEXT_SMALL))
                painter.setPen(self._look.color("text_faint"))
                painter.drawText(rect, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._instead)
        self.painted_frames += 1
