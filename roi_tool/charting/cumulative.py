"""What each option has cost so far, month by month, with the months in which another one becomes the cheapest."""

from __future__ import annotations

import numpy as np

from roi_tool.charting.axes import Scale, round_scale, spread
from roi_tool.charting.spec import Floats, Labels, LineChart, Marker, Series, Tick
from roi_tool.quoting import Comparison

_LABEL_SHARE = 1 / 14
"""The share of the axis that one line of end labels takes."""
_TITLES = {
    1.0: "chart.cumulative",
    1e3: "chart.cumulative_thousands",
    1e6: "chart.cumulative_millions",
    1e9: "chart.cumulative_billions",
}


def cumulative_chart(comparison: Comparison, labels: Labels) -> LineChart:
    """Return the cumulative cost of every option, in currency units over months 0 to the horizon.

    The best option is emphasised. Markers stand where the cheapest option so far gives way to another: at most the last two.
    """
    months = np.arange(comparison.horizon_months + 1, dtype=np.float64)
    costs = np.stack([option.cumulative_nano for option in comparison.options]) / 1e9
    scale = round_scale(min(0.0, float(costs.min())), max(0.0, float(costs.max())))
    height = scale.places[-1] - scale.places[0]
    label_y = spread([float(cost[-1]) for cost in costs], height * _LABEL_SHARE, scale.places[0], scale.places[-1])
    series = tuple(
        Series(
            id=option.id,
            role=option.id,
            x=months,
            y=cost,
            end_label=_end_label(option.id, float(cost[-1]), scale, labels),
            emphasis=option.id == comparison.best,
            label_y=place,
        )
        for option, cost, place in zip(comparison.options, costs, label_y, strict=True)
    )
    return LineChart(
        title=labels.label(_TITLES[scale.divisor], currency=labels.currency_name(comparison.currency)),
        x_ticks=_month_ticks(comparison.horizon_months, labels),
        y_ticks=tuple(Tick(place, labels.number(place / scale.divisor, scale.decimals)) for place in scale.places),
        series=series,
        markers=_leader_markers(comparison, months, costs, labels),
    )


def _end_label(option_id: str, cost: float, scale: Scale, labels: Labels) -> str:
    decimals = max(scale.decimals, 1 if scale.places[-1] < 20 * scale.divisor and scale.divisor > 1 else 0)
    return f"{labels.label(f'option.short.{option_id}')} {labels.number(round(cost / scale.divisor, 6), decimals)}"


def _month_ticks(horizon: int, labels: Labels) -> tuple[Tick, ...]:
    """Years where there are two or more, else quarters; the first named in full, the others by their number."""
    step, word = (12, "chart.year") if horizon >= 24 else (3, "chart.month") if horizon >= 6 else (1, "chart.month")
    ticks = [Tick(0.0, labels.label("chart.start"))]
    for month in range(step, horizon + 1, step):
        count = labels.number(month // 12 if step == 12 else month)
        ticks.append(Tick(float(month), labels.label(word, count=count) if month == step else count))
    if horizon % step:
        ticks.append(Tick(float(horizon), ""))
    return tuple(ticks)


def _leader_markers(comparison: Comparison, months: Floats, costs: Floats, labels: Labels) -> tuple[Marker, ...]:
    leaders = np.argmin(costs, axis=0)
    changes = np.flatnonzero(leaders[1:] != leaders[:-1]) + 1
    markers: list[Marker] = []
    for month in changes[::-1]:
        before, after = costs[leaders[month - 1]], costs[leaders[month]]
        gap_before, gap_after = before[month - 1] - after[month - 1], before[month] - after[month]
        share = float(gap_before / (gap_before - gap_after)) if gap_before != gap_after else 1.0
        x = float(months[month - 1]) + share
        if any(abs(x - marker.x) < comparison.horizon_months / 5 for marker in markers):
            continue
        y = float(before[month - 1] + share * (before[month] - before[month - 1]))
        option = labels.label(f"option.short.{comparison.options[leaders[month]].id}")
        markers.append(Marker(x, y, labels.label("chart.cheapest_from", option=option, month=labels.number(int(month)))))
        if len(markers) == 2:
            break
    return tuple(reversed(markers))
