import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_tool.costing.solving import Solution, solve_for
from roi_tool.costing.uncertainty import Shape, Spread, ThreePoint, draw, fit_response, simulate, worst_error
from roi_tool.problems import ProblemError

POINTS = st.tuples(*[st.floats(-1000, 1000)] * 3, st.sampled_from(Shape)).map(
    lambda values: ThreePoint(*sorted(values[:3]), values[3])
)


@given(POINTS)
def test_draws_lie_within_their_range_and_average_to_the_mean(point):
    values = draw({"x": point}, draws=4000, seed=7)[:, 0]
    assert values.min() >= point.low - 1e-9
    assert values.max() <= point.high + 1e-9
    width = point.high - point.low
    # A triangle's standard deviation is at most width / √18, so that ten standard errors of 4,000 draws are 0.04 widths.
    assert values.mean() == pytest.approx(point.mean, abs=0.04 * width + 1e-9)


def test_triangle_has_its_distribution():
    values = draw({"x": ThreePoint(0, 2, 10)}, draws=200_000, seed=1)[:, 0]
    assert np.mean(values <= 2) == pytest.approx(0.2, abs=0.005)
    assert np.mean(values <= 6) == pytest.approx(1 - 16 / 80, abs=0.005)
    assert values.std() == pytest.approx(np.sqrt((0 + 4 + 100 - 0 - 20 - 0) / 18), rel=0.01)


def test_pert_has_its_mean_and_is_narrower():
    pert, triangle = (
        draw({"x": ThreePoint(0, 2, 10, shape)}, draws=100_000, seed=1)[:, 0] for shape in (Shape.PERT, Shape.TRIANGULAR)
    )
    assert pert.mean() == pytest.approx(18 / 6, abs=0.02)
    assert pert.std() < triangle.std()


def test_the_same_seed_draws_the_same_and_a_further_driver_changes_no_other():
    two = {"seats": ThreePoint(1, 2, 3), "price": ThreePoint(4, 5, 9)}
    three = {"new": ThreePoint(0, 0, 1), **two}
    assert np.array_equal(draw(two, draws=50, seed=3), draw(two, draws=50, seed=3))
    assert np.array_equal(draw(two, draws=50, seed=3), draw(three, draws=50, seed=3)[:, 1:])
    assert not np.array_equal(draw(two, draws=50, seed=3), draw(two, draws=50, seed=4))


def test_a_fixed_driver_stays_where_it_is():
    assert set(draw({"x": ThreePoint(5, 5, 5)}, draws=10, seed=1)[:, 0]) == {5.0}


def test_chances_and_percentiles():
    spread = Spread(np.arange(1.0, 101.0), seed=1)
    assert spread.chance_above(90) == 0.10
    assert spread.chance_above(0) == 1
    assert spread.mean == 50.5
    assert spread.percentile(50) == 50.5
    assert spread.standard_error == pytest.approx(2.9011, abs=1e-4)


def costs_of(values):
    """Two outcomes of three drivers: sums of products of two and squares, as cost lines are."""
    seats, price, growth = values[..., 0], values[..., 1], values[..., 2]
    return np.stack([seats * price * 12 + 3 * growth**2 - 40 * seats, price * growth + 1000], axis=-1)


THREE = [ThreePoint(80, 100, 150), ThreePoint(5, 8, 8), ThreePoint(0, 0, 0.5)]


def test_a_response_is_exact_for_products_and_squares():
    response = fit_response(costs_of, THREE)
    values = draw({str(index): point for index, point in enumerate(THREE)}, draws=500, seed=2)
    assert response(values) == pytest.approx(costs_of(values), rel=1e-9)
    assert worst_error(costs_of, response, THREE) < 1e-9


def test_a_response_says_how_far_it_is_off():
    def model(values):
        return np.array([np.exp(values[0])])

    points = [ThreePoint(0, 1, 3)]
    assert 0.001 < worst_error(model, fit_response(model, points), points) < 0.5


def test_a_driver_that_does_not_move_costs_no_evaluation():
    asked = []

    def model(values):
        asked.append(values.tolist())
        return np.array([values.sum()])

    response = fit_response(model, [ThreePoint(1, 1, 1), ThreePoint(0, 1, 2)])
    assert len(asked) == 3
    assert response(np.array([[1.0, 1.7]])) == pytest.approx(2.7)


def test_what_counts_whole_pieces_is_asked_for_whole_pieces():
    response = fit_response(lambda values: np.array([100.0 * np.floor(values[0] + 0.5)]), [ThreePoint(0, 0, 3)])
    assert response(np.array([[1.0], [2.0], [3.0]]))[:, 0] == pytest.approx([100, 200, 300])


def test_pairs_that_do_not_act_together_cost_no_reading():
    asked = []

    def model(values):
        asked.append(values.tolist())
        return np.array([values[0] * values[1] + values[2] ** 2])

    response = fit_response(model, THREE, lambda one, other: (one, other) == (0, 1))
    assert len(asked) == 1 + 2 * 3 + 1
    values = draw({str(index): point for index, point in enumerate(THREE)}, draws=50, seed=3)
    assert response(values)[:, 0] == pytest.approx(values[:, 0] * values[:, 1] + values[:, 2] ** 2)


def test_simulation_by_response_and_by_model_agree():
    points = {"seats": THREE[0], "price": THREE[1], "growth": THREE[2]}
    exact = simulate(points, costs_of, draws=2000, seed=5)
    fitted = simulate(points, fit_response(costs_of, THREE), draws=2000, seed=5)
    assert [spread.mean for spread in fitted] == pytest.approx([spread.mean for spread in exact])
    assert fitted[0].chance_above(8000) == exact[0].chance_above(8000)
    assert fitted[0].seed == 5


@given(st.floats(-100, 100), st.floats(0.1, 10), st.floats(-50, 50))
def test_a_straight_figure_is_solved(start, slope, target):
    found = solve_for(lambda value: slope * value - 3, target=target, low=-1000, high=1000, start=start)
    assert found.value == pytest.approx((target + 3) / slope, abs=1e-6)
    assert found.others == ()


def test_every_crossing_is_found_and_the_nearest_comes_first():
    found = solve_for(lambda value: value * value, target=4, low=-10, high=10, start=1)
    assert isinstance(found, Solution)
    assert found.value == pytest.approx(2)
    assert found.others == pytest.approx((-2,))


def test_a_target_out_of_reach_is_said():
    assert solve_for(lambda value: value, target=11, low=0, high=10, start=5) == "undefined.target_not_reached"
    assert solve_for(lambda _: None, target=1, low=0, high=10, start=5) == "undefined.target_not_reached"


def test_a_jump_over_the_target_counts():
    found = solve_for(lambda value: 0.0 if value < 3.2 else 10.0, target=5, low=0, high=10, start=0)
    assert found.value == pytest.approx(3.2)


def test_a_bound_that_hits_the_target_counts_once():
    assert solve_for(lambda value: value, target=10, low=0, high=10, start=10) == Solution(10.0, ())


@pytest.mark.parametrize(
    "call",
    [
        lambda: ThreePoint(3, 2, 4),
        lambda: ThreePoint(1, 2, float("nan")),
        lambda: ThreePoint(float("-inf"), 2, 3),
        lambda: draw({"x": ThreePoint(1, 2, 3)}, draws=1, seed=1),
    ],
)
def test_what_cannot_be_is_refused(call):
    with pytest.raises(ProblemError):
        call()
