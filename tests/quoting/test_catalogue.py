"""Every item of the catalogue of costs is answered under every option, and what is not is said."""

import json
import os
from dataclasses import replace
from decimal import Decimal

import pytest
from quoting.catalogue_page import PAGE, answers, cases, catalogue_page

from roi_tool.importing.pricebooks import read_pricebook
from roi_tool.pricebook import REQUIRED_ASSUMPTIONS, SERVICES, CostItem, TaxRule
from roi_tool.quoting import Customer, DriverFact, How, OtherCost, Quantity, SitePart, compare, find_coverage, prepare_case
from roi_tool.resources import pricebooks_folder
from roi_tool.wording import wording_for

BOOK = read_pricebook(pricebooks_folder() / "example-uk-2026")
CUSTOMER = Customer("A customer", country="GB", seats=50)
COLUMNS = [(title, case, option) for title, case, option in cases()]

PHRASES = {
    "handsets, headsets, conference phones": "handsets headsets conference_phones",
    "LAN: PoE switches, QoS, cabling, UPS": "poe_switches network_check cabling ups",
    "internet access and back-up line (4G/second carrier)": "internet_access backup_line",
    "porting fee per number, overlap of old and new service (order disconnects in writing 30-60 days ahead)": "porting overlap",
    "early-termination fee of old contract": "termination",
    "training users and administrators": "training_users training_administrators",
    "project labour": "project own_labour",
    "taxes, USF, E911 per line, regulatory/administrative recovery fee": "taxes emergency_fee recovery_fees",
    "DID/number rental, toll-free, 411, international": "numbers toll_free directory_calls international_calls",
    "analogue leftovers: fax, alarm, lift, paging (ATA)": "analogue_lines adapters",
    "call recording, CRM connector, contact centre add-ons": "recording crm_connector contact_centre",
    "productivity dip and downtime at cut-over": "learning downtime",
    "PBX server/appliance or VM share, licences per user, voicemail": "pbx_system pbx_licences voicemail",
    "gateway/T1 card or SBC + session licences": "gateway sbc session_licences",
    "installation and programming": "installation",
    "PRI/SIP trunks + per-minute usage": "trunk_lines channels calls",
    "maintenance 10-20 % of purchase a year (most sources 15-20 %)": "maintenance",
    "software assurance and version upgrades (year 3-5)": "software_assurance upgrade",
    "IT admin labour (15-20 % of a role v 0-5 % hosted), moves/adds/changes": "administration moves_changes",
    "power, cooling, rack space": "power cooling rack_space",
    "spares, replacement at end of life (5-7 years), residual value": "spares replacement residual_value",
    "lease: rate factor, fair-market-value residual": "lease",
    "per-seat fee by tier; casual/common-area and site licences": "seats common_area_seats site_licence",
    "activation per seat, phone rental or purchase": "activation handset_rental handsets",
    "overage beyond fair use, international": "overage international_calls",
    "price at renewal and yearly escalator": "renewal_price escalator",
    "provider ETF, minimum seat commitment": "provider_termination minimum_seats",
    "bandwidth per concurrent call": "bandwidth",
    "channel or metered fee, burst channels": "channels burst_channels calls",
    "DIDs, CNAM, E911 per number": "numbers caller_name emergency_fee",
    "SBC or router licence, firewall": "sbc security",
    "existing PBX maintenance continues": "maintenance",
    "channels sized by Erlang B at stated blocking": "channels",
    "bandwidth = channels x codec rate": "bandwidth",
}
"""The published catalogue's own words → the items that stand for them here."""
ELSEWHERE = {"minimum_spend", "fixed_fee", "trunk_set_up", "terminal_configuration", "bandwidth_test"}
"""Items that METHOD's table of options adds to the published catalogue."""


@pytest.mark.parametrize(("title", "case", "option"), COLUMNS, ids=[title for title, *_ in COLUMNS])
def test_every_item_is_answered_under_every_option(title, case, option):
    found = answers(case, option)
    assert set(found) == set(CostItem)
    lines = {line.id: line for line in compare(case, case.scenario, tornado=False).option(option).lines}
    for item, answer in found.items():
        assert answer.how is not How.MISSING, item
        if answer.how in (How.LINE, How.NOUGHT):
            assert answer.lines, item
            assert all(item in lines[name].answers for name in answer.lines)
            assert any(lines[name].total_nano for name in answer.lines) == (answer.how is How.LINE)
        else:
            assert answer.said, item
            assert not any(item in line.answers and line.total_nano for line in lines.values())


def test_the_published_catalogue_is_covered(shared_data):
    table = json.loads((shared_data / "tables" / "cost_items.json").read_text(encoding="utf-8"))
    phrases = [phrase for group in ("common", "onprem", "hosted", "sip") for phrase in table[group]]
    assert set(phrases) == set(PHRASES)
    named = {CostItem(name) for phrase in phrases for name in PHRASES[phrase].split()}
    assert named | {CostItem(name) for name in ELSEWHERE} == set(CostItem)


def book_without(sku):
    def left(offer):
        return offer.model_copy(update={"items": tuple(item for item in offer.items if item.sku != sku)})

    return BOOK.model_copy(update={"offers": tuple(left(offer) for offer in BOOK.offers)})


@pytest.mark.parametrize(
    ("sku", "option", "item"),
    [
        ("CABLING", "onprem_sip", "cabling"),
        ("POE-PORT", "hosted", "poe_switches"),
        ("UPS", "hosted", "ups"),
        ("HEADSET", "hosted", "headsets"),
        ("CONFERENCE-PHONE", "onprem_pri", "conference_phones"),
        ("BACKUP-LINE", "keep_sip", "backup_line"),
        ("RECORDING", "hosted", "recording"),
        ("CONTACT-CENTRE", "keep_sip", "contact_centre"),
        ("SIP-BURST", "keep_sip", "burst_channels"),
        ("BANDWIDTH-TEST", "hosted", "bandwidth_test"),
        ("VOICE-SECURITY", "onprem_sip", "security"),
        ("ADAPTER", "hosted", "adapters"),
        ("PBX-HANDSET", "onprem_sip", "handsets"),
        ("PBX-SERVER", "onprem_sip", "voicemail"),
        ("SIP-CHANNEL", "keep_sip", "renewal_price"),
        ("NUMBER-PORT", "hosted", "porting"),
        ("HOSTED-SITE", "hosted", "site_licence"),
        ("ACCESS", "hosted", "bandwidth"),
        ("TRAINING-ADMIN", "keep_sip", "training_administrators"),
    ],
)
def test_a_product_that_is_taken_out_is_missed_by_name(sku, option, item):
    case = prepare_case(CUSTOMER, (), book_without(sku))
    lines = compare(case, case.scenario, tornado=False).option(option).lines
    assert find_coverage(case, {option: lines})[option][CostItem(item)].how is How.MISSING
    said = [problem for problem in case.problems if problem.code == "cost_items_missing"]
    assert any(problem.detail["option"] == f"option.{option}" and f"item.{item}" in problem.detail["items"] for problem in said)
    sentence = wording_for("en").sentence(said[0])
    assert "item." not in sentence and "option." not in sentence


def test_what_a_book_says_it_leaves_out_is_not_missed_but_said():
    book = book_without("UPS").model_copy(update={"left_out": {CostItem.UPS: "buy it locally"}})
    case = prepare_case(CUSTOMER, (), book)
    assert not any(problem.code == "cost_items_missing" for problem in case.problems)
    assert answers(case, "hosted")[CostItem.UPS].said == "buy it locally"


def test_a_cost_stated_in_the_case_answers_an_item():
    cost = OtherCost("Batteries", ("hosted",), "equipment", "offer", once=Decimal(90), answers=(CostItem.UPS,))
    found = answers(prepare_case(CUSTOMER, (), BOOK, other_costs=[cost]), "hosted")[CostItem.UPS]
    assert found.how is How.LINE and "hosted.other1" in found.lines


def test_fees_of_a_country_answer_their_items():
    fee = TaxRule(
        name="E911",
        answers="emergency_fee",
        fixed="0.40",
        per="number",
        valid_from=BOOK.valid_from,
        source="printed fee of a carrier",
    )
    case = prepare_case(CUSTOMER, (), BOOK.model_copy(update={"taxes": (*BOOK.taxes, fee), "no_such_cost": {}}))
    assert answers(case, "hosted")[CostItem.EMERGENCY_FEE].how is How.LINE
    assert answers(case, "hosted")[CostItem.CALLER_NAME].how is How.MISSING


def test_what_is_paid_for_already_is_not_charged_again():
    for title, case, option in COLUMNS:
        if option in ("stay", "keep_sip"):
            lines = {line.id for line in compare(case, case.scenario, tornado=False).option(option).lines}
            again = ("handset", "poe-port", "cabling", "ups", "headset", "conference-phone", "purchase")
            assert not any(name.endswith(again) for name in lines), title


def test_quantities_replace_the_usual_make_up_with_their_source():
    stated = Quantity("HOSTED-HANDSET", Decimal(0), "the telephones of 2024 are used again", ("hosted",))
    case = prepare_case(CUSTOMER, (), BOOK, quantities=[stated, Quantity("CONFERENCE-PHONE", Decimal(3), "counted")])
    before = prepare_case(CUSTOMER, (), BOOK)
    option, usual = (compare(one, one.scenario, tornado=False).option("hosted") for one in (case, before))
    lines, old = ({line.id: line for line in one.lines} for one in (option, usual))
    assert lines["hosted.hosted-handset"].total_nano == 0 < old["hosted.hosted-handset"].total_nano
    assert lines["hosted.conference-phone"].once_nano == 3 * old["hosted.conference-phone"].once_nano
    assert lines["hosted.conference-phone"].evidence.source == "counted"
    handsets = Quantity("PBX-HANDSET", Decimal(0), "used again")
    reused = prepare_case(CUSTOMER, (), BOOK, quantities=[handsets])
    assert reused.scenario["pbx_purchase"] == before.scenario["pbx_purchase"] - 95 * 50


def test_services_are_nobody_s_until_somebody_needs_them_and_then_scope_is_unequal():
    case = prepare_case(CUSTOMER, (), BOOK)
    comparison = compare(case, case.scenario, tornado=False)
    assert not any(problem.code == "scope_unequal" for problem in comparison.problems)
    for item in SERVICES:
        assert answers(case, "hosted")[item].how is How.NOUGHT
    recorded = case.scenario.with_value("recording_share", Decimal("0.2"))
    found = compare(case, recorded, tornado=False)
    problem = next(problem for problem in found.problems if problem.code == "scope_unequal")
    assert problem.detail["item"] == "item.recording" and problem.detail["others"] == "option.stay"
    line = next(line for line in found.option("hosted").lines if line.id == "hosted.recording")
    assert line.first_month_nano == 10 * 4_300_000_000
    same = OtherCost("Recorder", ("stay",), "licences", "invoice", monthly=Decimal(40), answers=(CostItem.RECORDING,))
    equal = prepare_case(CUSTOMER, (), BOOK, other_costs=[same])
    assert not any(problem.code == "scope_unequal" for problem in compare(equal, recorded, tornado=False).problems)


def test_a_service_in_a_product_s_price_makes_scope_unequal():
    recorded = BOOK.product("HOSTED-SEAT").model_copy(update={"includes": (CostItem.RECORDING, CostItem.VOICEMAIL)})
    products = tuple(recorded if product.sku == "HOSTED-SEAT" else product for product in BOOK.products)
    case = prepare_case(CUSTOMER, (), BOOK.model_copy(update={"products": products}))
    found = [problem for problem in compare(case, case.scenario, tornado=False).problems if problem.code == "scope_unequal"]
    assert found[0].detail["those"] == "option.hosted" and "option.stay" in found[0].detail["others"]


def test_learning_is_soft_and_off_and_downtime_is_stated():
    case = prepare_case(CUSTOMER, (), BOOK)
    lines = {line.id: line for line in compare(case, case.scenario, tornado=False).option("hosted").lines}
    assert not lines["hosted.learning"].hard and lines["hosted.learning"].total_nano == 0
    assert lines["hosted.downtime"].hard
    assert lines["hosted.downtime"].once_nano == int(50 * 0.25 * 32 * 10**9)
    counted = compare(case, case.scenario.with_value("soft_time_saved", Decimal("0.5")), tornado=False)
    soft = {line.id: line for line in counted.option("hosted").lines}
    assert soft["hosted.learning"].once_nano == int(50 * 1.5 * 32 * 10**9 * 0.5)
    assert soft["hosted.time_saved"].total_nano < 0


def test_no_tax_is_taken_on_the_customers_own_time():
    charity = prepare_case(replace(CUSTOMER, recovers_vat=False), (), BOOK)
    base, longer = (charity.scenario.with_value("downtime_hours", Decimal(hours)) for hours in (0, 8))
    totals = [compare(charity, one, tornado=False).option("hosted").total_nano for one in (base, longer)]
    assert totals[1] - totals[0] == 50 * 8 * 32 * 10**9


def test_every_default_has_a_source_and_a_day_and_a_case_replaces_it():
    names = [item.id for item in BOOK.assumptions]
    for name in ("lan_share", "headset_share", "backup_share", "downtime_hours", "cooling_share", "spares_share"):
        assert name in names
        told = prepare_case(CUSTOMER, (), BOOK, facts={name: DriverFact(Decimal(0), "the customer")})
        assert told.scenario.driver(name).evidence.source == "the customer"
        driver = prepare_case(CUSTOMER, (), BOOK).scenario.driver(name)
        assert driver.evidence.as_of and driver.evidence.source


def test_an_old_book_without_the_new_assumptions_still_compares():
    old = BOOK.model_copy(update={"assumptions": tuple(item for item in BOOK.assumptions if item.id in REQUIRED_ASSUMPTIONS)})
    case = prepare_case(CUSTOMER, (), old)
    assert case.scenario["lan_share"] == 0 and case.scenario["desk_phone_share"] == 1
    assert case.scenario.driver("lan_share").evidence.source == "source.nothing_said"
    assert compare(case, case.scenario, tornado=False).option("hosted").total_nano > 0


def test_a_book_older_than_the_catalogue_is_said_once():
    def silent(offer):
        return offer.model_copy(update={"items": tuple(item.model_copy(update={"answers": ()}) for item in offer.items)})

    old = BOOK.model_copy(update={"offers": tuple(silent(offer) for offer in BOOK.offers), "no_such_cost": {}})
    found = [problem.code for problem in prepare_case(CUSTOMER, (), old).problems if problem.code.startswith("cost_items")]
    assert found == ["cost_items_unknown"]


def test_a_mix_has_a_service_only_where_every_site_has_it():
    mix = (SitePart("one", 30, "stay"), SitePart("two", 20, "hosted"))
    case = prepare_case(CUSTOMER, (), BOOK, mix=mix)
    recorded = compare(case, case.scenario.with_value("recording_share", Decimal("0.2")), tornado=False)
    problem = next(problem for problem in recorded.problems if problem.code == "scope_unequal")
    assert problem.detail["others"] == "option.stay, option.mix"


def test_the_page_of_the_catalogue_is_what_the_comparison_gives():
    text = catalogue_page()
    if os.environ.get("UPDATE_GOLDENS"):
        PAGE.write_text(text, encoding="utf-8")
    assert text == PAGE.read_text(encoding="utf-8"), "run with UPDATE_GOLDENS=1 and look at the difference"
