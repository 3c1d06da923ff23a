"""Growth, yearly rises, promotions and renewals: each is in its month, under every option, and shown."""

from decimal import Decimal

import pytest

from roi_tool.importing.pricebooks import read_pricebook
from roi_tool.pricebook import Product
from roi_tool.quoting import Customer, DriverFact, SitePart, compare, prepare_case, price_steps
from roi_tool.reporting.blocks import Cell, Table, without_marks
from roi_tool.reporting.matter import Matter
from roi_tool.reporting.parts.conditions import conditions
from roi_tool.resources import pricebooks_folder
from roi_tool.wording import wording_for

BOOK = read_pricebook(pricebooks_folder() / "example-uk-2026")
CUSTOMER = Customer("A customer", country="GB", seats=50)
POUND = 10**9
OPTIONS = ("stay", "onprem_pri", "onprem_sip", "keep_sip", "hosted", "mix")


def case_with(**facts):
    known = {name: DriverFact(Decimal(str(value)), "the customer") for name, value in facts.items()}
    mix = (SitePart("one", 30, "keep_sip"), SitePart("two", 20, "stay"))
    return prepare_case(CUSTOMER, (), BOOK, facts=known, mix=mix)


def lines_of(case, option):
    return {line.id: line for line in compare(case, case.scenario, tornado=False).option(option).lines}


def test_a_promotion_ends_on_its_month_and_the_price_after_it_is_paid_and_shown():
    case = case_with(staff_growth=0, offer_price_rise=0)
    line = lines_of(case, "hosted")["hosted.backup-line"].amounts_nano
    assert line[1:4].tolist() == [0, 0, 0], "three free months"
    assert set(line[4:37].tolist()) == {2 * 18 * POUND}
    assert set(line[37:].tolist()) == {2 * 21 * POUND}, "two sites at the renewal price"
    step = next(step for step in price_steps(case, case.scenario, "hosted") if step.line_id == "hosted.backup-line")
    assert (step.free_months, step.renewal_from) == (3, 37)
    paper = conditions(Matter(case, compare(case, case.scenario), wording_for("en")))
    table = next(block for block in paper if isinstance(block, Table))
    rows = [[without_marks(cell.text) for cell in row.cells if isinstance(cell, Cell)] for row in table.rows]
    assert ["Back-up line over 4G", "3", "18.00", "21.00", "37"] in rows


@pytest.mark.parametrize(("option", "line", "term", "renewal"), [
    ("hosted", "hosted.hosted-seat", "9.50", "10.90"),
    ("onprem_sip", "onprem_sip.sip-channel", "6.25", "6.90"),
    ("keep_sip", "keep_sip.sip-channel", "6.25", "6.90"),
])  # fmt: skip
def test_the_renewal_price_follows_the_term_and_then_rises_yearly(option, line, term, renewal):
    case = case_with(staff_growth=0, offer_price_rise="0.1")
    amounts = lines_of(case, option)[line].amounts_nano
    pieces = round(amounts[1] / float(term) / POUND)
    assert amounts[36] == pieces * Decimal(term) * POUND
    assert amounts[37] == amounts[48] == pieces * Decimal(renewal) * POUND
    assert amounts[49] == pytest.approx(float(amounts[48]) * 1.1)
    twelve = compare(case, case.scenario.with_value("term_months", Decimal(12)), tornado=False).option(option)
    shorter = next(one for one in twelve.lines if one.id == line).amounts_nano
    assert shorter[12] > amounts[12] and shorter[13] == pytest.approx(amounts[37])


@pytest.mark.parametrize("option", OPTIONS)
def test_every_option_feels_a_rise_of_prices_and_the_growth_of_staff(option):
    flat = case_with(staff_growth=0, offer_price_rise=0, carrier_price_rise=0, labour_rise=0)
    base = compare(flat, flat.scenario, tornado=False).option(option).monthly_nano
    for name in ("carrier_price_rise",) if option == "stay" else ("offer_price_rise", "staff_growth"):
        moved = compare(flat, flat.scenario.with_value(name, Decimal("0.05")), tornado=False).option(option).monthly_nano
        assert moved[1] == base[1], "none in year 1"
        assert moved[1:13].sum() == base[1:13].sum() and moved[49:60].sum() > base[49:60].sum(), name


def test_a_committed_share_is_paid_until_the_term_ends_even_if_staff_leave():
    case = case_with(staff_growth="-0.2", offer_price_rise=0)
    seats = lines_of(case, "hosted")["hosted.hosted-seat"].amounts_nano
    assert seats[1] == 50 * Decimal("9.50") * POUND
    assert seats[13] == 40 * Decimal("9.50") * POUND, "forty are left, and four fifths are committed"
    assert seats[25] == 40 * Decimal("9.50") * POUND, "thirty-two are left"
    assert seats[37] == 26 * Decimal("10.90") * POUND, "after the term only what is there"


def test_a_minimum_of_seats_is_paid():
    case = prepare_case(Customer("Two people", country="GB", seats=2), (), BOOK)
    assert lines_of(case, "hosted")["hosted.hosted-seat"].first_month_nano == 5 * Decimal("9.50") * POUND


def test_equipment_is_bought_again_at_the_end_of_its_life():
    case = case_with(horizon_months=120, staff_growth=0)
    lines = lines_of(case, "onprem_sip")
    assert lines["onprem_sip.ups"].amounts_nano[[0, 60]].tolist() == [2 * 420 * POUND] * 2
    assert lines["onprem_sip.replacement"].amounts_nano.nonzero()[0].tolist() == [84]
    assert lines["onprem_sip.replacement"].amounts_nano[84] == lines["onprem_sip.purchase"].once_nano
    assert lines["onprem_sip.upgrade"].amounts_nano.nonzero()[0].tolist() == [49], "none in the year before it is replaced"
    assert lines["onprem_sip.residual"].total_nano == pytest.approx(
        -0.1 * (1 - 36 / 84) * lines["onprem_sip.purchase"].once_nano
    )
    assert "replacement" in lines["onprem_sip.ups"].answers
    short = case_with(horizon_months=60)
    assert "replacement" not in lines_of(short, "onprem_sip")["onprem_sip.ups"].answers


def test_a_product_is_not_bought_again_in_the_last_month():
    assert Product(sku="X", name="X", unit="seat", life_months=60).life_months == 60
    case = case_with(horizon_months=60, staff_growth=0)
    assert lines_of(case, "hosted")["hosted.ups"].total_nano == 2 * 420 * POUND
