from dataclasses import replace

import pytest
from invented_comparison import PRICES, invented_case, invented_comparison

from roi_tool.problems import Problem, Severity
from roi_tool.reporting.blocks import KeyFigures, Notice, RowStyle, Table, split_marks, without_marks
from roi_tool.reporting.matter import Matter
from roi_tool.reporting.parts.answer import answer, headline, lead
from roi_tool.reporting.parts.changes import what_would_change
from roi_tool.reporting.parts.grounds import what_it_rests_on
from roi_tool.wording import wording_for

WORDS = wording_for("en")
DEAR = {**PRICES, "hosted": [("seats", "Hosted seats", "P1", "seats", 9000, 9000)]}
SAME = {**PRICES, "hosted": PRICES["stay"]}


def matter(comparison=None, words=WORDS, **given):
    comparison = comparison or invented_comparison()
    return Matter(invented_case(comparison, **given), comparison, words)


def of(kind, blocks):
    return next(block for block in blocks if isinstance(block, kind))


def test_the_headline_states_the_saving():
    assert headline(matter()) == "A hosted phone system costs £64,096 less than staying as you are over five years."


def test_the_headline_says_plainly_when_staying_is_cheapest():
    said = headline(matter(invented_comparison(options=("stay", "hosted"), prices=DEAR)))
    assert said == "Staying as you are is the cheapest over five years: a hosted phone system would cost £369,578 more."


def test_nearly_equal_totals_are_called_the_same():
    said = headline(matter(invented_comparison(options=("stay", "hosted"), prices=SAME)))
    assert said == "A hosted phone system costs about the same as staying as you are over five years."


def test_staying_alone_has_its_own_sentence():
    assert headline(matter(invented_comparison(options=("stay",)))) == "Staying as you are costs £179,422 over five years."


def test_a_saving_that_exists_only_in_todays_money_is_named_so():
    # Cheap for years and dear at the end: discounting turns the order.
    comparison = invented_comparison(options=("stay", "hosted"))
    hosted = comparison.option("hosted")
    late = hosted.monthly_nano.copy()
    late[60] += 70_000 * 10**9
    stretched = replace(hosted, monthly_nano=late, total_nano=int(late.sum()))
    assert stretched.total_nano > comparison.options[0].total_nano
    said = headline(matter(replace(comparison, options=(comparison.options[0], stretched))))
    assert said.startswith("In today’s money, a hosted phone system costs £47,956 less")


def test_the_lead_says_what_was_read_and_when_another_option_is_cheaper():
    said = without_marks(lead(matter()))
    assert said == (
        "Worked out from your own three bills of May\u2009–\u2009July 2026 [E1], of which £0.03 is still unexplained, and the "
        "prices of Fairlead. If you may move again within 43 months, keeping your PBX with a SIP trunk has cost less by then."
    )


def test_reconciled_bills_are_said_to_be_read_to_the_last_penny():
    assert "your own bill of May 2026, which we read to the last penny" in without_marks(lead(matter(bills=(5,)))).replace(
        " [E1]", ""
    )


def test_a_first_answer_without_bills_says_that_it_is_one():
    said = lead(matter(bills=()))
    assert "A first answer from 142 seats" in said
    assert "an estimate" in said


def test_key_figures_are_those_of_the_table():
    figures = of(KeyFigures, answer(matter())).figures
    assert [(one.caption, one.figure) for one in figures] == [
        ("A month less, in year 1", "£1,335"),
        ("Pays back in", "12.0 months"),
        ("In today’s money, at 8\N{NO-BREAK SPACE}%", "£47,956"),
    ]
    assert figures[0].note == "£2,990 today → £1,655"


def test_where_staying_is_best_the_figures_show_what_the_change_would_cost():
    figures = of(KeyFigures, answer(matter(invented_comparison(options=("stay", "hosted"), prices=DEAR)))).figures
    assert figures[0].caption == "A month more, in year 1"
    assert figures[1].figure == "none"
    assert figures[2].figure.startswith("−£")


def test_the_best_option_is_the_tinted_row_and_figures_are_exact():
    comparison = invented_comparison()
    table = of(Table, answer(matter(comparison)))
    assert [row.cells[0].text for row in table.rows if row.style is RowStyle.BEST] == [WORDS.label("option.hosted")]
    for row, option in zip(table.rows, comparison.options, strict=True):
        assert row.cells[3].value * 10**9 == option.total_nano
    assert table.rows[0].cells[-1].text == "–"
    assert table.rows[-1].cells[-1].text == "−64,096"


def test_small_amounts_keep_their_pennies():
    table = of(Table, answer(matter(invented_comparison(factor=0.001))))
    assert table.rows[0].cells[3].text == "178.80"


def test_serious_findings_stand_beside_the_answer_and_name_options_by_name():
    comparison = invented_comparison()
    found = (
        Problem("lead_changes", Severity.WARNING, detail={"a": "option.keep_sip", "b": "option.hosted", "month": "44"}),
        Problem("staying_is_cheapest", Severity.INFO),
    )
    texts = of(Notice, answer(matter(replace(comparison, problems=found)))).texts
    assert len(texts) == 1
    assert WORDS.label("option.keep_sip") in texts[0]
    assert not any(isinstance(block, Notice) for block in answer(matter(replace(comparison, problems=()))))


def test_what_it_rests_on_carries_marks_and_says_how_it_is_known():
    sentences = what_it_rests_on(matter())
    assert ("E1", True) in split_marks(sentences[0])
    assert any("an estimate" in sentence for sentence in sentences)
    assert sentences[-1] == "Time your staff may save is not counted"


def test_a_moved_driver_says_where_it_stood():
    comparison = invented_comparison()
    driver = comparison.scenario.driver("seats")
    moved = {**comparison.scenario.drivers, "seats": replace(driver, value=driver.value + 8)}
    sentences = what_it_rests_on(matter(replace(comparison, scenario=replace(comparison.scenario, drivers=moved))))
    assert without_marks(sentences[0]) == "Seats: 150, moved from 142 [E1]"


@pytest.mark.parametrize(("swing", "flips"), [(21_300, False), (200_000, True)])
def test_it_says_from_which_value_on_staying_is_cheaper(swing, flips):
    said = what_would_change(matter(invented_comparison(swing=swing)))
    assert any("staying is cheaper" in sentence for sentence in said) is flips
    assert any("No single input" in sentence for sentence in said) is not flips


def test_the_turning_value_lies_where_the_saving_is_nil():
    # The saving falls on a straight line from base + 200,000 at £8 to base − 133,333 at £12; base is 64,096.
    said = what_would_change(matter(invented_comparison(swing=200_000)))
    value = 8 + 4 * (64_095.6 + 200_000) / (200_000 + 133_333.333)
    assert f"above about £{value:.1f}0 a seat" in said[0]


def test_soft_savings_are_said_to_be_counted():
    comparison = invented_comparison()
    hosted = comparison.option("hosted")
    soft = replace(hosted, lines=(*hosted.lines[:-1], replace(hosted.lines[-1], hard=False)))
    options = (*comparison.options[:-1], soft)
    assert "soft" in what_it_rests_on(matter(replace(comparison, options=options)))[-1]
