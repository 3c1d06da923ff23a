"""When the phones are busy: calls by hour of the day."""

from __future__ import annotations

from collections.abc import Sequence

from roi_tool.charting.axes import round_scale
from roi_tool.charting.spec import Bar, BarChart, Labels, Tick


def hours_chart(by_hour: Sequence[float], labels: Labels, *, title: str = "chart.hours") -> BarChart:
    """Return 24 vertical bars, hour 0 first (local time); the busiest in the accent colour.

    Args:
        by_hour: calls (or traffic, or minutes) by hour of the day, 24 figures.
        labels: the reader's words.
        title: label code of the title.

    Raises:
        ValueError: not 24 figures.
    """
    if len(by_hour) != 24:
        raise ValueError("a day has 24 hours")
    highest = max(by_hour)
    scale = round_scale(0.0, float(highest), least_step=1.0 if all(value == int(value) for value in by_hour) else 0.0)
    bars = tuple(
        Bar(
            label=labels.number(hour) if hour % 3 == 0 else "",
            parts=(("accent" if highest and value == highest else "neutral", float(value), ""),),
        )
        for hour, value in enumerate(by_hour)
    )
    ticks = tuple(Tick(place, labels.number(place, scale.decimals if scale.divisor == 1 else 0)) for place in scale.places)
    return BarChart(title=labels.label(title), bars=bars, ticks=ticks, horizontal=False)
