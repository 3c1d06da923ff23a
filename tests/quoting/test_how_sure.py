"""The draws: the same for the same seed, between the corners, and the fitted model close to the real one."""

from decimal import Decimal

from quoting.small_case import small_case

from roi_tool.quoting import break_even_values, compare, measure_uncertainty

CASE = small_case()
FOUND = measure_uncertainty(CASE, CASE.scenario)


def test_the_same_seed_gives_the_same_draws_and_another_seed_others():
    again = measure_uncertainty(CASE, CASE.scenario)
    other = measure_uncertainty(CASE, CASE.scenario, seed=7)
    hosted = FOUND.options["hosted"].spread.values
    assert (again.options["hosted"].spread.values == hosted).all()
    assert (other.options["hosted"].spread.values != hosted).any()
    assert abs(other.options["hosted"].median - FOUND.options["hosted"].median) < 0.05 * abs(FOUND.options["hosted"].median)


def test_percentiles_lie_in_order_between_the_corners():
    for spread in FOUND.options.values():
        assert spread.worst_case <= spread.low <= spread.median <= spread.high <= spread.best_case
        assert spread.worst_case <= spread.base_case <= spread.best_case
        assert 0 <= spread.chance_beats_stay <= 1
    assert FOUND.chance_beats_stay["hosted"] == 1
    assert FOUND.chance_beats_stay["onprem_pri"] < 0.5


def test_the_base_case_is_the_comparison_s_and_the_fit_is_close():
    comparison = compare(CASE, CASE.scenario, tornado=False)
    for name, spread in FOUND.options.items():
        assert abs(spread.base_case - float(comparison.option(name).versus_today.npv)) < 1e-6
    assert FOUND.fit_error < 0.25, "twenty seats grow by whole people, which no smooth function follows closely"


def test_break_even_values_make_an_option_cost_as_much_as_staying():
    values = break_even_values(CASE, CASE.scenario, "hosted")
    assert "hosted_seat_price" in values
    moved = CASE.scenario.with_value("hosted_seat_price", values["hosted_seat_price"])
    assert abs(compare(CASE, moved, tornado=False).option("hosted").versus_today.npv) < Decimal(15)
