from dataclasses import replace

import numpy as np
import pytest
from invented_comparison import PRICES, invented_comparison

from roi_tool.charting import GROUPS, category_chart, cumulative_chart, hours_chart, tornado_chart
from roi_tool.costing.line import CostCategory
from roi_tool.wording import wording_for

WORDS = wording_for("en")


def test_lines_end_at_the_totals_and_the_best_one_stands_out():
    comparison = invented_comparison()
    chart = cumulative_chart(comparison, WORDS)
    for series, option in zip(chart.series, comparison.options, strict=True):
        assert series.y[-1] == pytest.approx(option.total_nano / 1e9)
        assert series.y[0] == pytest.approx(option.once_nano / 1e9)
        assert len(series.x) == comparison.horizon_months + 1
    assert [series.id for series in chart.series if series.emphasis] == [comparison.best]
    assert chart.title == "Cumulative cost, thousands of British pounds"
    assert [series.end_label for series in chart.series][-1] == "Hosted 115"


def test_end_labels_keep_clear_of_each_other():
    comparison = invented_comparison(options=("stay", "keep_sip", "hosted"))
    chart = cumulative_chart(comparison, WORDS)
    height = chart.y_ticks[-1].at - chart.y_ticks[0].at
    places = sorted(series.label_y for series in chart.series)
    assert np.diff(places).min() >= height / 14 - 1e-6


def test_markers_stand_where_the_cheapest_option_changes():
    comparison = invented_comparison()
    chart = cumulative_chart(comparison, WORDS)
    costs = np.stack([series.y for series in chart.series])
    assert [marker.text for marker in chart.markers] == [
        "SIP trunk cheapest from month 8",
        "Hosted cheapest from month 44",
    ]
    for marker in chart.markers:
        lowest = min(np.interp(marker.x, series.x, series.y) for series in chart.series)
        assert marker.y == pytest.approx(lowest)
    assert np.argmin(costs[:, 44]) == 4
    assert np.argmin(costs[:, 43]) == 3


def test_nothing_is_marked_where_one_option_leads_throughout():
    assert cumulative_chart(invented_comparison(options=("stay",)), WORDS).markers == ()


@pytest.mark.parametrize(
    ("months", "texts"), [(60, ["start", "year 1", "2", "3", "4", "5"]), (12, ["start", "month 3", "6", "9", "12"])]
)
def test_month_ticks_suit_the_horizon(months, texts):
    chart = cumulative_chart(invented_comparison(months=months), WORDS)
    assert [tick.text for tick in chart.x_ticks] == texts
    assert chart.x_ticks[-1].at == months


def test_a_horizon_between_years_ends_the_axis_where_it_ends():
    assert cumulative_chart(invented_comparison(months=30), WORDS).x_ticks[-1].at == 30


@pytest.mark.parametrize("factor", [0.0, 1e-4, 1.0, 1e4])
def test_amounts_of_any_size_make_a_chart(factor):
    chart = cumulative_chart(invented_comparison(factor=factor), WORDS)
    assert chart.y_ticks[-1].at >= max(series.y[-1] for series in chart.series)


def test_tornado_is_longest_first_about_the_saving():
    comparison = invented_comparison()
    chart = tornado_chart(comparison, WORDS)
    reach = [max(abs(bar.low - chart.base), abs(bar.high - chart.base)) for bar in chart.bars]
    assert reach == sorted(reach, reverse=True)
    assert chart.reach == pytest.approx(reach[0])
    assert chart.base == pytest.approx(comparison.option("hosted").versus_today.saving_total_nano / 1e9)
    assert chart.bars[0].label.endswith("£8–£12")
    assert chart.bars[0].text == "−£14k / +£21k"


def test_tornado_of_the_next_best_where_staying_is_best():
    dear = {**PRICES, "hosted": [("seats", "Hosted seats", "P1", "seats", 0, 9000)]}
    comparison = invented_comparison(options=("stay", "hosted"), prices=dear)
    assert comparison.best == "stay"
    assert tornado_chart(comparison, WORDS).base < 0


def test_tornado_without_swings_is_empty():
    assert tornado_chart(replace(invented_comparison(), tornado=()), WORDS).bars == ()


def test_every_category_stands_in_one_group_and_parts_add_up():
    grouped = [category for group in GROUPS.values() for category in group]
    assert sorted(grouped) == sorted(CostCategory)
    comparison = invented_comparison()
    for bar, option in zip(category_chart(comparison, WORDS).bars, comparison.options, strict=True):
        assert sum(value for _, value, _ in bar.parts) == pytest.approx(option.total_nano / 1e9)


def test_the_busiest_hour_is_accented():
    chart = hours_chart([0] * 10 + [7, 9] + [1] * 12, WORDS)
    assert [bar.parts[0][0] for bar in chart.bars].index("accent") == 11
    assert len(chart.bars) == 24
    with pytest.raises(ValueError, match="24"):
        hours_chart([1, 2], WORDS)


def test_charts_speak_the_readers_language():
    assert cumulative_chart(invented_comparison(), wording_for("zh_CN")).series[0].end_label.endswith("179")


def test_counts_have_no_halves_on_their_axis():
    assert [tick.text for tick in hours_chart([0] * 23 + [2], WORDS).ticks] == ["0", "1", "2"]
    assert [tick.text for tick in hours_chart([0.5] * 24, WORDS).ticks][1] == "0.1"
