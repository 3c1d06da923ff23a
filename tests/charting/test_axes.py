from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_tool.charting import round_scale, spread

amounts = st.floats(-1e12, 1e12, allow_nan=False).map(lambda value: round(value, 4))


@given(amounts, amounts)
def test_ticks_are_round_even_and_enclose_the_data(one, other):
    low, high = sorted((one, other))
    places = round_scale(low, high).places
    slack = 1e-6 * max(1.0, abs(low), abs(high))
    assert places[0] <= low + slack
    assert places[-1] >= high - slack
    assert 2 <= len(places) <= 9
    steps = [after - before for before, after in pairwise(places)]
    assert max(steps) == pytest.approx(min(steps), rel=1e-6)


@pytest.mark.parametrize(
    ("high", "last", "divisor", "decimals"),
    [
        (187_210, 200_000, 1e3, 0),
        (4_100, 5_000, 1e3, 0),
        (4_000, 4_000, 1, 0),
        (0.3, 0.3, 1, 1),
        (0, 1, 1, 0),
        (8.4e6, 1e7, 1e6, 0),
    ],
)
def test_the_printed_unit_fits_the_size(high, last, divisor, decimals):
    scale = round_scale(0, high)
    assert scale.places[-1] == pytest.approx(last)
    assert (scale.divisor, scale.decimals) == (divisor, decimals)


def test_an_endless_axis_is_refused():
    with pytest.raises(ValueError, match="finite"):
        round_scale(0, float("inf"))


@given(st.lists(st.floats(0, 100), max_size=8), st.floats(0.5, 12))
def test_spread_labels_keep_their_gap_order_and_bounds(places, gap):
    moved = spread(places, gap, 0, 100)
    assert len(moved) == len(places)
    assert all(-1e-9 <= place <= 100 + 1e-9 for place in moved)
    ordered = sorted(moved)
    assert all(after - before >= gap - 1e-6 for before, after in pairwise(ordered))
    by_wish = [moved[index] for index in sorted(range(len(places)), key=places.__getitem__)]
    assert by_wish == sorted(by_wish)


@given(st.lists(st.integers(0, 20).map(lambda place: place * 5.0), unique=True, max_size=8))
def test_labels_with_room_stay_where_they_are(places):
    assert spread(places, 4.9, 0, 100) == pytest.approx(tuple(places))


def test_too_many_labels_share_what_room_there_is():
    assert spread([1, 1, 1], 5, 0, 8) == pytest.approx((0, 4, 8))
