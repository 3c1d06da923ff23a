from datetime import date
from decimal import Decimal

import pytest

from roi_tool.money import Money
from roi_tool.problems import Problem, Where
from roi_tool.wording import LANGUAGES, wording_for
from roi_tool.wording.vocabulary import LABELS, SENTENCES


@pytest.fixture
def words():
    return wording_for("en")


def test_amounts_are_grouped_rounded_and_carry_their_sign(words):
    assert words.money(Money.of("68415.255", "GBP")) == "£68,415.26"
    assert words.money(Money.of("-1234.5", "GBP"), 0) == "−£1,235"
    assert words.money(Money.of("1234.5", "JPY")) == "JP¥1,235"
    assert words.number(Decimal("-0.4")) == "0"
    assert words.percent(Decimal("0.125"), 1) == "12.5\N{NO-BREAK SPACE}%"


@pytest.mark.parametrize(
    ("amount", "short"), [("68415", "£68k"), ("-6841", "−£6.8k"), ("1250000", "£1.3M"), ("999", "£999"), ("0", "£0")]
)
def test_a_chart_prints_short_amounts(words, amount, short):
    assert words.short_money(Money.of(amount, "GBP").amount_nano, "GBP") == short


def test_a_problem_becomes_a_sentence_with_its_place(words):
    problem = Problem("calls_null", where=Where("/a/bill.csv", row=7, column="Date"), detail={"column": "start", "count": "2"})
    assert words.sentence(problem).startswith("bill.csv, row 7, column Date: The column “start” is empty in 2 rows")


def test_dates(words):
    assert words.day(date(2026, 11, 18)) == "18 November 2026"
    assert wording_for("zh_CN").day(date(2026, 11, 18)) == "2026年11月18日"


def test_lists(words):
    assert words.joined(["a", "b", "c"]) == "a, b and c"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_can_be_said_with_its_blanks_kept(language):
    """A translation that loses or invents a blank would break the sentence in front of a customer."""
    import string

    words = wording_for(language)
    for code, text in {**LABELS, **SENTENCES}.items():
        blanks = {name for _, name, _, _ in string.Formatter().parse(text) if name}
        said = {name for _, name, _, _ in string.Formatter().parse(words.text(text)) if name}
        assert said == blanks, code
