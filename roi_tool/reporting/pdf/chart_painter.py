"""Chart specifications as matplotlib figures in a brand's colours. The specification has chosen everything but the looks."""

from __future__ import annotations

from typing import Any

from matplotlib.figure import Figure

from roi_tool.charting import BarChart, ChartSpec, LineChart, TornadoChart, spread
from roi_tool.reporting.brand import Colours
from roi_tool.reporting.pdf.typeface import Typeface, Weight

SMALL = 7.5
_LINE = 9.6
_LEGEND_LINE = 16.0
"""Height of a line of small text, in points."""


class ChartPainter:
    """Paints specifications at a size in points; titles are the page's business."""

    def __init__(self, colours: Colours, typeface: Typeface) -> None:
        self._colours = colours
        self._typeface = typeface

    def figure(self, chart: ChartSpec, width: float, height: float) -> Any:
        """Return a figure of 72 dots an inch."""
        figure = Figure(figsize=(width / 72, height / 72), dpi=72)
        figure.patch.set_visible(False)
        if isinstance(chart, LineChart):
            self._lines(figure, chart, width, height)
        elif isinstance(chart, TornadoChart):
            self._tornado(figure, chart, width, height)
        elif chart.horizontal:
            self._bars(figure, chart, width, height)
        else:
            self._columns(figure, chart, width, height)
        return figure

    # --- kinds of chart ----------------------------------------------------------------------------------------------

    def _lines(self, figure: Any, chart: LineChart, width: float, height: float) -> None:
        right = max((self._wide(series.end_label, bold=True) for series in chart.series), default=0.0) + 10
        axes = self._axes(figure, chart.y_ticks, (self._tick_room(chart.y_ticks), right, 4, 18), width, height)
        axes.set_xlim(chart.x_ticks[0].at, chart.x_ticks[-1].at)
        for position, tick in enumerate(chart.x_ticks):
            align = "left" if position == 0 else "center"
            self._text(axes, tick.at, 0, tick.text, (0, -12), align=align, along_x=True)
        dots = axes.transData
        ends = [float(dots.transform((0.0, float(series.y[-1])))[1]) for series in chart.series]
        places = spread(ends, _LINE + 1, 21, height - 4)
        x_end = float(dots.transform((chart.x_ticks[-1].at, 0.0))[0])
        for series, end, place in zip(chart.series, ends, places, strict=True):
            colour = self._colours.of(series.role)
            line = {
                "lw": 2.0 if series.emphasis else 1.4,
                "color": colour,
                "solid_capstyle": "round",
                "zorder": 4 if series.emphasis else 3,
            }
            axes.plot(series.x, series.y, ls="--" if series.dashed else "-", **line)
            if abs(place - end) > 3:  # a hair from the line's end to a label that had to move
                axes.plot([x_end, x_end + 5], [end, place], transform=None, color=colour, lw=0.5, clip_on=False)
            figure.text(
                (x_end + 6) / width, (place - 2.6) / height, series.end_label,
                color=colour, size=SMALL, weight="bold", va="baseline", parse_math=False,
            )  # fmt: skip
        for marker in chart.markers:
            axes.plot([marker.x], [marker.y], "o", ms=5.5, mfc="white", mec=self._colours.ink, mew=1.1, zorder=6, clip_on=False)
            x, y = (float(value) for value in dots.transform((marker.x, marker.y)))
            x = min(x + 4, width - self._wide(marker.text))
            # Below the line and above the axis, whatever the scale.
            figure.text(
                x / width,
                max(y - 13, 21) / height,
                marker.text,
                color=self._colours.ink,
                size=SMALL,
                va="baseline",
                parse_math=False,
            )

    def _tornado(self, figure: Any, chart: TornadoChart, width: float, height: float) -> None:
        left = max((self._wide(bar.label) for bar in chart.bars), default=0.0) + 10
        right = max((self._wide(bar.text) for bar in chart.bars), default=0.0) + 10
        axes = self._axes(figure, (), (left, right, 2, 16), width, height)
        axes.set_xlim(chart.base - chart.reach * 1.02, chart.base + chart.reach * 1.02)
        axes.set_ylim(len(chart.bars) - 0.4, -0.6)
        for row, bar in enumerate(chart.bars):
            for end in (bar.low, bar.high):
                colour = self._colours.of("accent" if end >= chart.base else "group_rental")
                axes.barh(row, end - chart.base, left=chart.base, height=0.56, color=colour, lw=0, zorder=3)
            self._text(axes, 0, row, bar.label, (-left, -2.6), along_y=True, colour=self._colours.ink)
            self._text(axes, max(bar.low, bar.high, chart.base), row, bar.text, (6, -2.6))
        axes.axvline(chart.base, color=self._colours.quiet, lw=0.8, zorder=4)
        self._text(axes, chart.base, 0, chart.base_text, (0, -11), align="center", along_x=True)

    def _bars(self, figure: Any, chart: BarChart, width: float, height: float) -> None:
        left = max((self._wide(bar.label) for bar in chart.bars), default=0.0) + 10
        right = max((self._wide(bar.text, bold=True) for bar in chart.bars), default=0.0) + 6
        legend = 2 + _LEGEND_LINE * self._legend_lines(chart.legend, width)
        axes = self._axes(figure, (), (left, right, legend, 2), width, height)
        places = [tick.at for tick in chart.ticks] or [0.0, 1.0]
        longest = max((sum(value for _, value, _ in bar.parts if value > 0) for bar in chart.bars), default=0.0)
        axes.set_xlim(places[0], longest or places[-1])
        axes.set_ylim(len(chart.bars) - 0.4, -0.6)
        for row, bar in enumerate(chart.bars):
            ahead, behind = 0.0, 0.0
            for role, value, text in bar.parts:
                start = ahead if value >= 0 else behind
                axes.barh(row, value, left=start, height=0.6, color=self._colours.of(role), lw=0, zorder=3)
                room = abs(float(axes.transData.transform((value, 0))[0] - axes.transData.transform((0, 0))[0]))
                if room > self._wide(text) + 6:
                    self._text(
                        axes, start + value / 2, row, text, (0, -2.6), align="center", colour=_on(self._colours.of(role))
                    )
                ahead, behind = (ahead + value, behind) if value >= 0 else (ahead, behind + value)
            self._text(axes, 0, row, bar.label, (-left, -2.6), along_y=True, colour=self._colours.ink)
            self._text(axes, max(ahead, 0.0), row, bar.text, (5, -2.6), colour=self._colours.ink, bold=True)
        axes.axvline(0, color=self._colours.quiet, lw=0.8, zorder=4)
        self._legend(figure, chart.legend, width, height)

    def _columns(self, figure: Any, chart: BarChart, width: float, height: float) -> None:
        axes = self._axes(figure, chart.ticks, (self._tick_room(chart.ticks), 2, 4, 16), width, height)
        axes.set_xlim(-0.6, len(chart.bars) - 0.4)
        for place, bar in enumerate(chart.bars):
            base = 0.0
            for role, value, _ in bar.parts:
                axes.bar(place, value, bottom=base, width=0.72, color=self._colours.of(role), lw=0, zorder=3)
                base += value
            self._text(axes, place, 0, bar.label, (0, -11), align="center", along_x=True)

    # --- pieces ------------------------------------------------------------------------------------------------------

    def _axes(self, figure: Any, ticks: Any, room: tuple[float, float, float, float], width: float, height: float) -> Any:
        """Return bare axes inside `room` (left, right, top, bottom), with the lines and labels of the y ticks."""
        left, right, top, bottom = room
        axes = figure.add_axes(
            (left / width, bottom / height, (width - left - right) / width, (height - top - bottom) / height)
        )
        axes.set_axis_off()
        if ticks:
            axes.set_ylim(ticks[0].at, ticks[-1].at)
            for tick in ticks:
                base = tick.at == 0
                axes.axhline(
                    tick.at, color=self._colours.quiet if base else self._colours.rule, lw=0.6, zorder=1, clip_on=False
                )
                self._text(axes, 0, tick.at, tick.text, (-6, -2.6), align="right", along_y=True)
        return axes

    def _text(
        self, axes: Any, x: float, y: float, text: str, offset: tuple[float, float], *, align: str = "left",
        along_x: bool = False, along_y: bool = False, colour: str = "", bold: bool = False,
    ) -> None:  # fmt: skip
        """Set a text at data coordinates; `along_x` (or `along_y`) takes the other one as a share of the axes."""
        frame = axes.get_xaxis_transform() if along_x else axes.get_yaxis_transform() if along_y else axes.transData
        axes.annotate(
            text, (x, y), xycoords=frame, xytext=offset, textcoords="offset points", ha=align, va="baseline", size=SMALL,
            weight="bold" if bold else "normal", color=colour or self._colours.quiet, annotation_clip=False, parse_math=False,
            zorder=7,
        )  # fmt: skip

    def _legend(self, figure: Any, legend: tuple[tuple[str, str], ...], width: float, height: float) -> None:
        from matplotlib.patches import Rectangle

        for (role, text), (x, line) in zip(legend, self._legend_places(legend, width), strict=True):
            y = height - 9 - line * _LEGEND_LINE
            figure.add_artist(Rectangle((x, y), 7, 7, color=self._colours.of(role), lw=0, transform=None))
            figure.text(
                (x + 10) / width,
                (y + 0.8) / height,
                text,
                color=self._colours.quiet,
                size=SMALL,
                va="baseline",
                parse_math=False,
            )

    def _legend_places(self, legend: tuple[tuple[str, str], ...], width: float) -> list[tuple[float, int]]:
        """Return where each entry begins and on which line it stands: what does not fit goes to the next."""
        places, x, line = [], 0.0, 0
        for _, text in legend:
            wide = 10 + self._wide(text)
            if x and x + wide > width:
                x, line = 0.0, line + 1
            places.append((x, line))
            x += wide + 14
        return places

    def _legend_lines(self, legend: tuple[tuple[str, str], ...], width: float) -> int:
        return 1 + self._legend_places(legend, width)[-1][1] if legend else 0

    def _tick_room(self, ticks: Any) -> float:
        return max((self._wide(tick.text) for tick in ticks), default=0.0) + 7

    def _wide(self, text: str, *, bold: bool = False) -> float:
        return self._typeface.width(text, Weight.BOLD if bold else Weight.REGULAR, SMALL)


def _on(colour: str) -> str:
    """Return white or dark, whichever reads better on a colour (relative luminance, WCAG 2.1)."""
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return "#ffffff" if 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2 < 0.36 else "#17202a"
