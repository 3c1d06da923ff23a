"""Key figures, table and the line that says why, from invented and real comparisons."""

from dataclasses import replace
from decimal import Decimal

import pytest
from invented_comparison import PRICES, invented_comparison
from quoting.small_case import small_case

from roi_tool.desktop.pages.what_if.option_rows import option_columns, option_rows
from roi_tool.desktop.pages.what_if.pinned import pinned_line
from roi_tool.desktop.pages.what_if.presenter import key_figures, ordered_drivers, slider_face
from roi_tool.desktop.pages.what_if.why import why_it_changed
from roi_tool.importing.pricebooks import read_pricebook
from roi_tool.quoting import Customer, compare, prepare_case
from roi_tool.quoting.uncertainty import measure_uncertainty
from roi_tool.resources import pricebooks_folder
from roi_tool.wording import wording_for

WORDS = wording_for("en")


@pytest.fixture(scope="module")
def sample_case():
    """A first answer from the example price book, whose offers have soft lines too."""
    book = read_pricebook(pricebooks_folder() / "example-uk-2026")
    return prepare_case(Customer("Small", seats=20), [], book)


def test_key_figures_state_the_answer():
    best, saving, payback, chance = key_figures(invented_comparison(), WORDS)
    assert (best.caption, best.figure, best.tone) == ("Best over 60 months", "Hosted", "good")
    assert saving.figure == "£64,096"
    assert saving.context.startswith("NPV £47,956")
    assert payback.figure == "12.0 months"
    assert chance.figure == "…"


def test_a_saving_is_called_soft_only_where_soft_money_is_in_it(sample_case):
    scenario = sample_case.scenario
    assert any(not line.hard for line in compare(sample_case, scenario).option("keep_sip").lines)
    assert key_figures(compare(sample_case, scenario), WORDS)[1].context.endswith("hard savings")
    counted = compare(sample_case, scenario.with_value("soft_time_saved", Decimal("0.5")))
    assert key_figures(counted, WORDS)[1].context.endswith("with soft savings")


def test_where_staying_is_cheapest_it_is_said_and_the_nearest_offer_shown():
    prices = {**PRICES, "stay": [("usage", "cost.usage", "E1", "minutes", 0, 100)]}
    best, saving, payback, _ = key_figures(invented_comparison(prices=prices), WORDS)
    assert best.figure == "Stay"
    assert best.tone == ""
    assert "costs more" in best.context
    assert saving.figure.startswith("−£")
    assert saving.tone == "bad"
    assert payback.figure == "never"


def test_the_table_has_a_row_for_each_option_and_tints_the_best():
    comparison = invented_comparison()
    columns, rows = option_columns(comparison, WORDS), option_rows(comparison, WORDS)
    assert [row.id for row in rows] == [option.id for option in comparison.options]
    assert all(len(row.cells) == len(columns) for row in rows)
    assert [row.id for row in rows if row.tinted] == ["hosted"]
    assert rows[0].cells[-1].text == "–"


@pytest.mark.parametrize("months", [1, 6, 12, 13, 36, 120])
def test_the_table_fits_every_horizon(months):
    comparison = invented_comparison(months=months)
    columns, rows = option_columns(comparison, WORDS), option_rows(comparison, WORDS)
    assert all(len(row.cells) == len(columns) for row in rows)


def test_every_driver_stands_in_one_of_the_two_lists():
    scenario = small_case().scenario
    first, others = ordered_drivers(scenario)
    assert sorted((*first, *others)) == sorted(scenario.drivers)
    assert len(first) >= 8


def test_a_face_says_value_bounds_base_and_source():
    driver = small_case().scenario.driver("hosted_seat_price")
    face = slider_face(replace(driver, value=Decimal("8.5")), "GBP", WORDS)
    assert face.text == "£8.50"
    assert face.badge_text == "price book"
    assert "£0 to £30; began at £10" in face.help
    assert "small-book" in face.help


def moved(driver, value):
    case = small_case()
    before = compare(case, case.scenario)
    return before, compare(case, case.scenario.with_value(driver, Decimal(value)))


def test_why_names_the_driver_and_its_effect():
    before, after = moved("hosted_seat_price", "8.00")
    line = why_it_changed(before, after, WORDS)
    assert line.startswith("Hosted seat price −£2.00: ")
    change = (after.option("hosted").total_nano - before.option("hosted").total_nano) / 10**9
    assert f"Hosted −£{-change:,.0f}" in line


def test_why_says_when_another_option_becomes_the_cheapest():
    before, after = moved("hosted_seat_price", "0.50")
    assert after.best == "hosted" != before.best
    assert "Hosted is now the cheapest" in why_it_changed(before, after, WORDS)


def test_why_invites_where_nothing_has_moved():
    comparison = invented_comparison()
    assert why_it_changed(comparison, comparison, WORDS).startswith("Move a slider")


def test_an_option_that_never_pays_back_says_why_in_words():
    case = small_case()
    comparison = compare(case, case.scenario.with_value("pbx_purchase", Decimal(15000)))
    prices_back = replace(comparison, best="onprem_pri")
    payback = key_figures(prices_back, WORDS)[2]
    assert payback.figure == "never"
    assert payback.context == "the benefits do not cover the outlay within the horizon"


def test_the_chance_is_said_with_its_ends_and_never_as_certain():
    case = small_case()
    comparison, found = compare(case, case.scenario), measure_uncertainty(case, case.scenario)
    card = key_figures(comparison, WORDS, (True, found))[3]
    shown = comparison.best if comparison.best != "stay" else min(found.options)
    spread = found.options[shown]
    assert card.figure.endswith("%")
    assert f"£{spread.low:,.0f}".replace("£-", "−£") in card.context
    assert len(card.short) < len(card.context)
    assert "10,000 draws" in card.tip
    sure = replace(spread, chance_beats_stay=1.0)
    assert (
        key_figures(comparison, WORDS, (True, replace(found, options={shown: sure})))[3].figure == "> 99.9\N{NO-BREAK SPACE}%"
    )
    hopeless = replace(spread, chance_beats_stay=0.0)
    assert key_figures(comparison, WORDS, (True, replace(found, options={shown: hopeless})))[3].figure.startswith("< 0.1")
    assert key_figures(comparison, WORDS, (True, None))[3].figure == "–"


def test_a_pinned_scenario_says_what_it_was_beside_what_is_now():
    before, after = moved("hosted_seat_price", "8.00")
    line = pinned_line(before, after, WORDS)
    assert "Hosted seat price £10" in line
    assert line.startswith("Pinned: ")
    assert "as it stands now" in pinned_line(before, before, WORDS)
