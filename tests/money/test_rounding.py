from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_tool.money import Money, Rounding, from_nano, minor_digits, round_nano, round_ratio, round_ratio_column, to_nano

DECIMAL_NAMES = {
    Rounding.UP: ROUND_UP,
    Rounding.HALF_UP: ROUND_HALF_UP,
    Rounding.HALF_EVEN: ROUND_HALF_EVEN,
    Rounding.DOWN: ROUND_DOWN,
}
methods = st.sampled_from(list(Rounding))


@given(st.integers(-(10**18), 10**18), st.integers(0, 9), methods)
def test_rounds_as_decimal_does(amount_nano, decimals, method):
    expected = from_nano(amount_nano).quantize(Decimal(1).scaleb(-decimals), rounding=DECIMAL_NAMES[method])
    assert from_nano(round_nano(amount_nano, decimals, method)) == expected


@given(st.lists(st.integers(-(10**17), 10**17), min_size=1, max_size=30), st.integers(1, 10**9), methods)
def test_column_rounds_as_the_single_number(numerators, denominator, method):
    column = round_ratio_column(np.array(numerators, dtype=np.int64), denominator, method)
    assert column.tolist() == [round_ratio(number, denominator, method) for number in numerators]


def test_a_ratio_needs_a_positive_denominator():
    with pytest.raises(ValueError, match="positive"):
        round_ratio(1, 0, Rounding.UP)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=9))
def test_nano_and_back(amount):
    assert from_nano(to_nano(amount)) == amount


@pytest.mark.parametrize("text", ["0.0000000001", "abc", "NaN", "Infinity", ""])
def test_what_is_no_whole_number_of_nano_units_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        to_nano(text)


def test_two_currencies_never_meet():
    with pytest.raises(ValueError, match="GBP and EUR"):
        Money.of(1, "GBP") + Money.of(1, "EUR")


def test_money_rounds_to_its_own_minor_unit():
    assert Money.of("1234.5", "JPY").rounded().decimal == 1235
    assert Money.of("1.2345", "KWD").rounded().decimal == Decimal("1.235")
    assert (minor_digits("GBP"), minor_digits("JPY"), minor_digits("KWD")) == (2, 0, 3)


def test_arithmetic_is_exact():
    tenth = Money.of("0.1", "GBP")
    assert tenth * 3 - Money.of("0.3", "GBP") == Money(0, "GBP")
    assert (-tenth).decimal == Decimal("-0.1")
