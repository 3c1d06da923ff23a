"""Figures to plain chart specifications. Knows neither pixels nor paper; `desktop` and `reporting` paint them."""

from roi_tool.charting.spec import (
    Bar,
    BarChart,
    ChartSpec,
    Labels,
    LineChart,
    Marker,
    Series,
    Tick,
    TornadoBar,
    TornadoChart,
)

__all__ = [
    "Bar",
    "BarChart",
    "ChartSpec",
    "Labels",
    "LineChart",
    "Marker",
    "Series",
    "Tick",
    "TornadoBar",
    "TornadoChart",
]
