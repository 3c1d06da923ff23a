"""Figures to plain chart specifications. Knows neither pixels nor paper; painters live in `desktop` and `reporting`."""

from roi_tool.charting.axes import Scale, round_scale, spread
from roi_tool.charting.categories import GROUPS, category_chart
from roi_tool.charting.cumulative import cumulative_chart
from roi_tool.charting.driver_values import driver_value
from roi_tool.charting.hours import hours_chart
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
from roi_tool.charting.tornado import tornado_chart, tornado_option

__all__ = [
    "GROUPS",
    "Bar",
    "BarChart",
    "ChartSpec",
    "Labels",
    "LineChart",
    "Marker",
    "Scale",
    "Series",
    "Tick",
    "TornadoBar",
    "TornadoChart",
    "category_chart",
    "cumulative_chart",
    "driver_value",
    "hours_chart",
    "round_scale",
    "spread",
    "tornado_chart",
    "tornado_option",
]
