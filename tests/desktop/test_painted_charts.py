"""What the painters put on the canvas: lines where the data are, nothing outside, empty charts say so."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_comparison import invented_comparison
from PySide6.QtGui import QColor, QImage

from roi_tool.charting import Bar, BarChart, LineChart, Series, Tick, category_chart, cumulative_chart, tornado_chart
from roi_tool.desktop.theme import Look
from roi_tool.desktop.widgets.chart_view import ChartView
from roi_tool.desktop.widgets.charts.placing import PixelScale
from roi_tool.wording import wording_for

WORDS = wording_for("en")
WIDTH, HEIGHT = 500, 300


def painted(qtbot, spec, theme="light", **kwargs):
    look = Look(theme)
    view = ChartView(look)
    qtbot.addWidget(view)
    view.resize(WIDTH, HEIGHT)
    view.show_chart(spec, **kwargs)
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(look.color("surface"))
    view.render(image)
    return image


def pixels(image, color):
    """Places (x, y) whose colour is near to the one asked for."""
    data = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(HEIGHT, WIDTH, 4)[:, :, :3].astype(int)
    wanted = QColor(color)
    distance = np.abs(data - np.array([wanted.blue(), wanted.green(), wanted.red()])).sum(axis=2)
    return np.argwhere(distance < 30)[:, ::-1]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_option_s_line_is_painted_in_its_colour(qtbot, theme):
    comparison = invented_comparison()
    image = painted(qtbot, cumulative_chart(comparison, WORDS), theme)
    for option in comparison.options:
        assert len(pixels(image, Look(theme).tokens.role(option.id))) > 50, option.id


def test_a_rising_line_rises(qtbot):
    line = Series("hosted", "hosted", np.array([0.0, 1.0]), np.array([0.0, 10.0]), "")
    ticks = (Tick(0, "0"), Tick(10, "10"))
    image = painted(qtbot, LineChart("t", (Tick(0, "now"), Tick(1, "1")), ticks, (line,)))
    found = pixels(image, Look().tokens.role("hosted"))
    left, right = found[found[:, 0].argmin()], found[found[:, 0].argmax()]
    assert left[1] > HEIGHT * 0.8
    assert right[1] < HEIGHT * 0.2


def test_bars_are_as_long_as_their_values(qtbot):
    bars = (Bar("a", (("hosted", 10.0, ""),)), Bar("b", (("onprem_sip", 5.0, ""),)))
    image = painted(qtbot, BarChart("t", bars))
    long, short = (np.ptp(pixels(image, Look().tokens.role(role))[:, 0]) for role in ("hosted", "onprem_sip"))
    assert long / short == pytest.approx(2, rel=0.03)


def test_a_negative_part_stands_left_of_zero(qtbot):
    bars = (Bar("a", (("hosted", 10.0, ""), ("onprem_sip", -4.0, ""))),)
    image = painted(qtbot, BarChart("t", bars))
    assert (
        pixels(image, Look().tokens.role("onprem_sip"))[:, 0].max()
        <= pixels(image, Look().tokens.role("hosted"))[:, 0].min() + 1
    )


def test_the_tornado_has_both_ends_of_the_longest_bar(qtbot):
    spec = tornado_chart(invented_comparison(), WORDS)
    image = painted(qtbot, spec)
    tokens = Look().tokens
    low, high = pixels(image, tokens.tornado_low), pixels(image, tokens.accent)
    assert len(low)
    assert len(high)


@pytest.mark.parametrize("size", [(40, 30), (180, 96), (1600, 80), (90, 900)])
def test_every_size_can_be_painted(qtbot, size):
    comparison = invented_comparison()
    for spec in (cumulative_chart(comparison, WORDS), tornado_chart(comparison, WORDS), category_chart(comparison, WORDS)):
        view = ChartView(Look())
        qtbot.addWidget(view)
        view.setMinimumSize(1, 1)
        view.resize(*size)
        view.show_chart(spec)
        view.grab()
        assert view.painted_frames == 1


def test_without_a_chart_it_says_why(qtbot):
    image = painted(qtbot, None, instead="No calls yet")
    assert len(pixels(image, Look().tokens.text_faint))


@given(st.floats(-1e9, 1e9), st.floats(0.001, 1e9), st.floats(0, 1))
def test_a_scale_goes_there_and_back(low, span, share):
    scale = PixelScale(low, low + span, 40.0, 440.0)
    value = low + share * span
    assert 40 - 1e-6 <= scale(value) <= 440 + 1e-6
    assert scale.back(scale(value)) == pytest.approx(value, abs=span * 1e-6 + abs(low) * 1e-9)


def test_a_screen_reader_gets_the_figures(qtbot):
    view = ChartView(Look())
    qtbot.addWidget(view)
    view.show_chart(cumulative_chart(invented_comparison(), WORDS))
    assert "Hosted 115" in view.accessibleDescription()
    view.show_chart(tornado_chart(invented_comparison(), WORDS))
    assert "Hosted seat price £8–£12" in view.accessibleDescription()


def test_a_colour_handed_out_is_the_caller_s_own():
    look = Look()
    look.color("accent").setAlphaF(0.1)
    assert look.color("accent").alphaF() == 1
