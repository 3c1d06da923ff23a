"""Each line names every driver that it follows: a figure can be traced to all of its inputs."""

from decimal import Decimal

import pytest
from quoting.small_case import small_case

from roi_tool.quoting import compare

_OF_THE_WHOLE = ("horizon_months", "discount_rate")


def _elsewhere(driver):
    steps = [driver.value + driver.step * count for count in (1, 12, -1, -12)]
    return next(value for value in steps if driver.low <= value <= driver.high and value != driver.value)


def _scenario():
    """Nothing at nought that would hide what a line follows."""
    scenario = small_case().scenario
    moved = {
        "contract_months_left": 4,
        "soft_time_saved": Decimal("0.5"),
        "finance_months": 36,
        "analogue_lines": 2,
        "freephone_numbers": 1,
        "today_upgrade": 5000,
        "kept_rental": 20,
        "horizon_months": 84,
    }
    for name, value in moved.items():
        scenario = scenario.with_value(name, Decimal(value))
    return scenario


@pytest.fixture(scope="module")
def before():
    return {line.id: line for option in compare(small_case(), _scenario(), tornado=False).options for line in option.lines}


@pytest.mark.parametrize("name", [driver.id for driver in small_case().scenario if driver.id not in _OF_THE_WHOLE])
def test_what_moves_a_line_is_among_its_inputs(name, before):
    scenario = _scenario()
    moved = scenario.with_value(name, _elsewhere(scenario.driver(name)))
    for option in compare(small_case(), moved, tornado=False).options:
        for line in option.lines:
            if (line.amounts_nano != before[line.id].amounts_nano).any():
                assert name in line.inputs, line.id


def test_the_first_driver_is_among_the_inputs_and_each_is_a_driver(before):
    for line in before.values():
        assert not line.driver or line.driver in line.inputs
        assert set(line.inputs) <= set(small_case().scenario.drivers)
