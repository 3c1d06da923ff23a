"""Values to text and back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_tool.costing.line import Confidence, Evidence
from roi_tool.desktop.driver_text import change_text, parse_value, value_text
from roi_tool.problems import ProblemError
from roi_tool.quoting import Driver, DriverUnit
from roi_tool.wording import wording_for

WORDS = wording_for("en")


def driver(unit, low="0", high="1000000"):
    value = Decimal(low)
    evidence = Evidence("A1", Confidence.DEFAULT, "test")
    return Driver("x", unit, value, value, Decimal(low), Decimal(high), Decimal("0.01"), value, value, evidence)


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        (DriverUnit.SEATS, "142", "142"),
        (DriverUnit.MINUTES_PER_MONTH, "31480", "31,480 / mo"),
        (DriverUnit.MONEY_PER_SEAT_MONTH, "9.5", "£9.50"),
        (DriverUnit.MONEY, "38200", "£38,200"),
        (DriverUnit.MONTHS, "36", "36 months"),
        (DriverUnit.HOURS_PER_MONTH, "11.5", "11.5 h / mo"),
    ],
)
def test_values_carry_their_unit(unit, value, text):
    assert value_text(Decimal(value), unit, "GBP", WORDS) == text


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("unit", list(DriverUnit))
@given(st.decimals(0, 999_999, places=2))
def test_what_is_shown_can_be_typed_again(language, unit, value):
    words = wording_for(language)
    known = driver(unit)
    if unit in (DriverUnit.FRACTION, DriverUnit.FRACTION_PER_YEAR):
        value = round(value / 10_000, 4)
    shown = value_text(value, unit, "GBP", words)
    read = parse_value(shown, known)
    slack = Decimal("0.5") if value >= 1000 else Decimal("0.01")
    assert abs(read - value) <= slack
    assert value_text(read, unit, "GBP", words) == shown


@pytest.mark.parametrize("text", ["", "abc", "1,5", "1.2.3", "--3", "12,34,567", "£", "NaN", "∞"])
def test_no_number_is_said(text):
    with pytest.raises(ProblemError) as error:
        parse_value(text, driver(DriverUnit.MONEY))
    assert error.value.problems[0].code == "value_unreadable"
    assert text in WORDS.sentence(error.value.problems[0])


def test_out_of_bounds_is_said_in_the_unit_that_is_shown():
    with pytest.raises(ProblemError) as error:
        parse_value("55 %", driver(DriverUnit.FRACTION, "0", "0.5"))
    assert "from 0 to 50" in WORDS.sentence(error.value.problems[0])


@given(st.text(max_size=30))
def test_typing_never_fails_otherwise(text):
    try:
        value = parse_value(text, driver(DriverUnit.MONEY, "0", "100"))
    except ProblemError:
        return
    assert 0 <= value <= 100


def test_changes_are_signed():
    assert change_text(Decimal("10"), Decimal("7.9"), DriverUnit.MONEY_PER_SEAT_MONTH, "GBP", WORDS) == "−£2.10"
    assert change_text(Decimal("20"), Decimal("32"), DriverUnit.SEATS, "GBP", WORDS) == "+12"
