"""The known shapes of rate decks, with invented numbers: what each row must come to."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from roi_tool.importing.decks import Change, read_deck
from roi_tool.problems import ProblemError


def day(year, month, number):
    return datetime(year, month, number, tzinfo=UTC)


def prices(deck):
    return {(code.prefix, code.jurisdiction): code.rate for code in deck.codes if code.rate is not None}


def closes(deck):
    counts = deck.counts
    assert counts.rows_total == counts.rows_priced + counts.rows_skipped + counts.rows_rejected
    assert counts.codes_found == counts.codes_out + counts.codes_skipped + counts.codes_rejected
    return counts


def test_a_carrier_workbook_whose_price_title_is_a_formula(read_sheets):
    """Product, currency and dates in a preamble; complete codes as text; a numbering-plan sheet with removals."""
    preamble = [["Quay Telecom", None], ["Product Name", "Gold"], ["Currency: USD"], [None], ["Date Issued", date(2026, 6, 1)]]
    titles = [
        "Destination",
        "Country Code",
        "Area Code",
        "Complete Code",
        '=CONCATENATE("Rates (",TRIM(B3)," / Min)")',
        "Valid From",
    ]
    titles += ["Time Type", "Rate Change", "Pulse", "Notes", "Rate Change", "Area Code Change"]
    rows = [
        ["Atlantis Proper", "999", None, "999", 0.25, date(2026, 5, 1), "STD_S", "No Change", "1/1", None, None, None],
        ["Atlantis Mobile", "999", "70", "99970", 0.3125, date(2026, 7, 1), "STD_S", "Increase", "60/1", None, None, None],
        ["Atlantis Mobile", "999", "71", "99971", 0.3, date(2026, 5, 1), "STD_S", "No Change", "30/6", None, None, None],
    ]
    plan = [
        ["Destination", "Effective Date", "Code(s)", "Comments"],
        ["Atlantis Mobile", date(2026, 7, 1), "99972", "Code deleted"],
    ]
    plan += [["Atlantis Mobile", date(2026, 7, 1), "99971", "Code added"]]
    bands = [["Time Band", "Mon", "Tue"], ["STD_S", "00:00-24:00", "00:00-24:00"]]
    deck = read_sheets({"Pricing": [*preamble, titles, *rows], "Numbering_plan": plan, "Time Band": bands})
    assert prices(deck) == {("999", ""): Decimal("0.25"), ("99970", ""): Decimal("0.3125"), ("99971", ""): Decimal("0.3")}
    assert deck.currency == "USD"
    assert [code.terms.increments for code in deck.codes[:3]] == ["1/1", "60/1", "30/6"]
    mobile = deck.codes[1]
    assert (mobile.effective_from, mobile.change) == (day(2026, 7, 1), Change.INCREASE)
    removed = deck.codes[-1]
    assert (removed.prefix, removed.change, removed.effective_till) == ("99972", Change.CLOSED, day(2026, 7, 1))
    assert closes(deck).codes_out == 4
    assert "deck_price_title_missing" in {problem.code for problem in deck.problems}


def test_an_amendment_with_country_area_codes_and_increments_in_a_footnote(read_sheets):
    rows = [
        ["To our partner"],
        ["This amendment replaces earlier prices of the codes below."],
        ["Destination", "City Code(s)", "Price($)", "Effective Date", "Prime Assurance", "Comments", "Service Level"],
        ["Atlantis-Mobile Nemo", "93-70", 0.1375, "21-Sep-18", "Direct", "No Change ", "Standard"],
        ["Atlantis", "93", 0.12, "21-Sep-18", "Direct", "No Change", "Standard"],
        ["Lemuria-Mobile", "84-35", 0.05, "06-Oct-18", "CLI", "Destination Added.Please See Code Changes Section", "Standard"],
        ["Mu-Proper", "52-55", 0.01, "06-Oct-18", "CLI", "Rate Increase 0.0015 On 30-May-23", "Standard"],
        ["Billing increments: regular 1/1; 60/60 for Mu and Hyperborea, 60/1 Lemuria, 30/6 Thule."],
        ["All prices exclude taxes. Calls from outside the area are surcharged by EUR 0.05 a minute."],
    ]
    removals = [
        ["Destination", "Effective Date", "Code(s)", "Comments"],
        ["Atlantis-Mobile", "06-Oct-18", "93-79", "Code Removed"],
    ]
    deck = read_sheets({"Rate Changes": rows, "Code Changes": removals, "Sheet2": [[None, "x"]]})
    assert prices(deck) == {
        ("9370", ""): Decimal("0.1375"),
        ("93", ""): Decimal("0.12"),
        ("8435", ""): Decimal("0.05"),
        ("5255", ""): Decimal("0.01"),
    }
    assert [code.terms.increments for code in deck.codes[:4]] == ["1/1", "1/1", "60/1", "60/60"]
    assert [str(code.change) for code in deck.codes] == ["unchanged", "unchanged", "new", "increase", "closed"]
    assert deck.codes[4].prefix == "9379"
    assert deck.codes[0].effective_from == day(2018, 9, 21)
    assert deck.mapping.hyphen == "area"
    assert deck.mapping.increments == "footnote"
    assert deck.full is False
    closes(deck)


def test_current_and_pending_prices_with_times(read_text):
    deck = read_text(
        "Destination,Prefix,First Interval,Sub Interval,Rate,Status,Start Date,End Date\n"
        '"ATLANTIS - CDMA, NORTH",9375,30,6,0.2875,Current,2010-06-26 06:55:00,2010-08-01 00:00:00\n'
        '"ATLANTIS - CDMA, NORTH",9375,30,6,0.3,Pending,2010-08-01 00:00:00.000500,\n'
    )
    assert [(code.rate, code.terms.increments) for code in deck.codes] == [
        (Decimal("0.2875"), "30/6"),
        (Decimal("0.3"), "30/6"),
    ]
    assert deck.codes[0].destination == "ATLANTIS - CDMA, NORTH"
    assert deck.codes[0].effective_from == datetime(2010, 6, 26, 6, 55, tzinfo=UTC)
    assert deck.codes[0].effective_till == day(2010, 8, 1)


US_THREE = {
    "default is indeterminate": "Destination,Prefix,First Interval,Sub Interval,Default,Interstate Rate,Intrastate Rate,"
    "Status\nNEMO CITY,1201200,6,6,0.03,0.01,0.02,Current\n",
    "three rates by NPANXX": "npanxx,interstate,intrastate,indeterminate,effective_date\n201200,0.01,0.02,0.03,04/17/2026\n",
    "npa and nxx apart": "npa,nxx,interstate,intrastate,indeterminate\n201,200,0.01,0.02,0.03\n",
    "rates by ij": "Prefix,initial increment,subsequent increment,interrate,intrarate,ijrate,effective_date\n"
    "1201200,6,6,0.01,0.02,0.03,4/17/2026\n",
    "indeterminate in the title": "Prefix,Name,Cost (indeterminate),Intra,Inter,Billing MCD/Pulse,Rate Connect\n"
    "1201200,Nemo,0.03,0.02,0.01,6/6,0\n",
}


@pytest.mark.parametrize("shape", US_THREE)
def test_us_decks_by_jurisdiction(read_text, shape):
    deck = read_text(US_THREE[shape])
    assert prices(deck) == {
        ("1201200", "interstate"): Decimal("0.01"),
        ("1201200", "intrastate"): Decimal("0.02"),
        ("1201200", "indeterminate"): Decimal("0.03"),
    }
    assert closes(deck).codes_out == 1


def test_month_comes_first_in_a_us_deck(read_text):
    deck = read_text("npanxx,interstate,intrastate,indeterminate,effective_date\n201200,0.01,0.02,0.03,04/05/2026\n")
    assert deck.codes[0].effective_from == day(2026, 4, 5)


def test_two_us_rates_and_increments_with_a_hyphen(read_text):
    text = "destination,prefix,rate_inter,rate_intra,billing\nUSA NEMO,1201200,0.01,0.04,6-6\nUSA NEMO,1201201,0.02,0.02,1-1\n"
    deck = read_text(text)
    assert prices(deck) == {
        ("1201200", "interstate"): Decimal("0.01"),
        ("1201200", "intrastate"): Decimal("0.04"),
        ("1201201", ""): Decimal("0.02"),
    }
    assert [code.terms.increments for code in deck.codes] == ["6/6", "6/6", "1/1"]
    only = read_text("prefix,rate_inter,rate_intra\n1201200,0.01,\n")
    assert prices(only) == {("1201200", "interstate"): Decimal("0.01")}
    dearer = read_text(text, indeterminate="dearer")
    assert prices(dearer)["1201200", "indeterminate"] == Decimal("0.04")


def test_npanxx_with_marks_has_the_country_put_before(read_text):
    deck = read_text("NPANXX,Rate,Wireless,Land Line\n201200,0.004356,,x\n201201,0.0602,x,\n")
    assert prices(deck) == {("1201200", ""): Decimal("0.004356"), ("1201201", ""): Decimal("0.0602")}


ITALIAN = "OPERATORE;LOCALITA;NUMERO;COSTO FASCIA INTERA;COSTO ALLA RISPOSTA\nNemo;Atlantide;00999;0,0242;0,10\n"
NAMED = {
    "three columns": ("DESTINATION,PREFIX,RATE\nAtlantis,999,0.0242\n", "Atlantis"),
    "three columns, Italian": ("DESTINATION;PREFIX;RATE\nAtlantis;999;0,0242\n", "Atlantis"),
    "comment says increase": ("CODES;DESTINATION;RATE;VALIDITY;COMMENT\n999;Atlantis;0,0242;01/09/2026;increase\n", "Atlantis"),
    "national numbers": (ITALIAN, "Atlantide Nemo"),
    "no titles": ("999;Atlantis;0.0242\n99970;Atlantis mobile;0.1\n", "Atlantis"),
    "titles under a sep line": ("sep=;\nprefix;description;price\n999;Atlantis;0.0242\n", "Atlantis"),
}


@pytest.mark.parametrize("shape", NAMED)
def test_small_decks(read_text, shape):
    text, name = NAMED[shape]
    deck = read_text(text)
    assert deck.codes[0].rate == Decimal("0.0242")
    assert (deck.codes[0].prefix, deck.codes[0].destination) == ("999", name)
    closes(deck)


def test_a_fee_for_the_answer_is_read(read_text):
    assert read_text(ITALIAN).codes[0].connect_fee == Decimal("0.1")


def test_peak_and_off_peak_are_asked_about(read_text):
    text = "Destinations;Code;Cost by minute;off-peak cost;effective date;route type;comment\n"
    text += "Atlantis;999;0,10;0,08;13/09/2026;A;==\n"
    with pytest.raises(ProblemError) as caught:
        read_text(text)
    assert caught.value.problems[0].code == "deck_price_columns_several"
    assert "Cost by minute" in caught.value.problems[0].detail["columns"]
    deck = read_text(text, price_column="off-peak cost")
    assert deck.codes[0].rate == Decimal("0.08")
    assert deck.codes[0].change is Change.UNCHANGED


def test_peak_and_off_peak_that_say_the_same_are_one_price(read_text):
    deck = read_text("Numerazione;Operatore-Servizio;Peak;Off-Peak;Scatto;Durata Minima\n999;Nemo;0,10;0,10;0,05;30\n")
    assert (deck.codes[0].rate, deck.codes[0].connect_fee, deck.codes[0].initial_s) == (Decimal("0.1"), Decimal("0.05"), 30)


BY_NAME = [
    "ChargeCode,Description,Peak Per Minute,Off Peak Per Minute,Weekend Per Minute,Peak Call Set Up Charge\n"
    "A1,Atlantis,1,1,1,0\n",
    "Destination Name,Call Type,Flagfall Rate,Per Unit Rate,Minimum Charge,Start Date\nAtlantis,Mobile,0.1,0.2,0,01/02/2026\n",
    "Country,Fixed/Mobile/Special,DESTID,Destination Name,Currency,Rate per minute,Status\n"
    "Atlantis,Fixed,D1,Atlantis,USD,0.1,New\n",
    "id,traffic_direction,rate,time_slot\n1,Atlantis,0.12345678,1\n",
]


@pytest.mark.parametrize("text", BY_NAME)
def test_prices_by_name_are_refused_with_the_reason(read_text, text):
    with pytest.raises(ProblemError) as caught:
        read_text(text)
    assert caught.value.problems[0].code == "deck_prices_by_name"


def test_the_country_once_and_its_areas_after_it(read_text):
    deck = read_text(
        'Destination name,Country code / Prefix,Rate (per minute)\nAtlantis,"61 38,39",0.05\nLemuria,+44 (20),0.02\n'
    )
    assert sorted(prices(deck)) == [("4420", ""), ("6138", ""), ("6139", "")]


NOTICE = """Nemo Carrier Services,,,,,,
Price notice,,,,,,
Issued,01/08/2026,,,,,
Currency: EUR,,,,,,
Partner,,,,,,
Valid until further notice,,,,,,

Country,Network,Dial Codes,Rate/Min,Effective,Billing,Change
Germany,Mobile,"49152, 49162, 49172-49174",0.0190,15/08/2026,60/1,Increase
France,Mobile,"336 07, 336 08",0.0150,15/08/2026,1/1,Unchanged
Mexico,Proper,+521,0.0100,01/08/2026,60/60,Decrease
Nigeria,Mobile,"234803; 234806; 234703",0.0600,22/08/2026,1/1,New
United Kingdom,Mobile,447400-447409,0.0110,22/08/2026,1/1,New
Spain,Proper,34,0.0040,01/08/2026,1/1,Unchanged
Italy,Mobile,"39320|39330",0.0200,01/08/2026,1/1,Unchanged
Cuba,Proper,0053,0.6500,15/08/2026,60/60,Closed
Increases hold seven days after notice. Codes not named here stay as they are.,,,,,,
"""


def test_a_notice_with_every_trap(read_text):
    deck = read_text(NOTICE)
    counts = closes(deck)
    assert (counts.rows_priced, counts.codes_out) == (8, 25)
    found = {code.prefix: code for code in deck.codes}
    assert {"49172", "49173", "49174", "33607", "33608", "521", "234703", "447400", "447409", "39330", "53"} <= set(found)
    assert found["49173"].change is Change.INCREASE
    assert found["49173"].effective_from == day(2026, 8, 15)
    assert found["53"].change is Change.CLOSED
    assert (found["53"].rate, found["53"].effective_till) == (Decimal("0.65"), day(2026, 8, 15))
    assert deck.currency == "EUR"
    assert deck.mapping.hyphen == "range"
    assert deck.mapping.date_order == "dmy"
    assert found["447405"].row == 13


def test_prices_of_the_first_interval_and_of_the_next(read_text):
    deck = read_text(
        "Country,Description,Prefix,Effective from,Rate Id,Forbidden,Discontinued,Price 1,Price N,Interval 1,Interval N\n"
        "Atlantis,Mobile,99970,ASAP,1,0,0,0.5,0.1,60,6\nAtlantis,Mobile,99971,2026-09-01 00:00:00,2,1,0,0.5,0.1,60,6\n"
        "Atlantis,Mobile,99972,2026-09-01 00:00:00,3,0,Y,0.5,0.1,60,6\n"
    )
    first, blocked, closed = deck.codes
    assert (first.terms.first_rate, first.rate, first.terms.increments) == (Decimal("0.5"), Decimal("0.1"), "60/6")
    assert first.effective_from is None
    assert (blocked.change, blocked.terms) == (Change.BLOCKED, None)
    assert (closed.change, closed.effective_till) == (Change.CLOSED, day(2026, 9, 1))


def test_an_import_file_with_a_list_and_fees(read_text):
    deck = read_text(
        "prefix,rate_group,initial_interval,next_interval,initial_rate,next_rate,connect_fee,valid_from,valid_till,reject_calls\n"
        '"99970,99971",main,60,6,0.5,0.1,0.02,2026-01-01 00:00:00,2027-01-01 00:00:00,false\n'
    )
    assert [code.prefix for code in deck.codes] == ["99970", "99971"]
    assert (deck.codes[0].connect_fee, deck.codes[0].terms.first_rate) == (Decimal("0.02"), Decimal("0.5"))
    assert deck.codes[0].effective_till == day(2027, 1, 1)


def test_a_switch_s_deck_with_cost_and_price(read_text):
    deck = read_text(
        "prefix,rate_cost,direction,iso_country_code,internal_rate_cost,rate_increment,rate_minimum,rate_nocharge_time,rate_surcharge\n"
        "999,0.05,outbound,AT,0.03,6,30,10,0.01\n"
    )
    code = deck.codes[0]
    assert (code.rate, code.connect_fee, code.terms.increments, code.terms.grace_ms) == (
        Decimal("0.05"),
        Decimal("0.01"),
        "30/6",
        10_000,
    )


def test_decks_of_astpp_and_a2billing(read_text):
    astpp = read_text(
        'Code,Destination,"Connection Cost (USD)","Grace Time","Cost / Min (USD)","Initial Increment",Increment\n'
        "1,Nemo,0.02,5,0.01,30,60\n",
        encoding="utf-8-sig",
    )
    code = astpp.codes[0]
    assert (code.rate, code.connect_fee, code.terms.increments, code.terms.grace_ms) == (
        Decimal("0.01"),
        Decimal("0.02"),
        "30/60",
        5000,
    )
    assert astpp.currency == "USD"
    termination = read_text(
        "Code,Destination,Connect Cost,Included Seconds,Per Minute Cost,Increment,Precedence,Strip,Prepend\n"
        "1,Nemo,0,10,0.05,6,1,0,0\n"
    )
    assert (termination.codes[0].terms.free_ms, termination.codes[0].terms.increments) == (10_000, "6/6")
    a2billing = read_text("dialprefix;destination;rate initial;buyrate;initblock\n119370;atlantis cellular;0.8135;0.3135;30\n")
    assert (a2billing.codes[0].rate, a2billing.codes[0].terms.increments) == (Decimal("0.8135"), "30/30")
    bought = read_text("dialprefix;destination;rate initial;buyrate\n119370;atlantis;0.8135;0.3135\n", price_column="buyrate")
    assert bought.codes[0].rate == Decimal("0.3135")


SHARED = {
    "a2billing_rates_import_doc.csv": (2, 0, {"119370": "0.8135", "1193": "0.7866"}),
    "astpp_termination_export_bom.csv": (1, 0, {"36": "0"}),
    "city_codes_bi_type.csv": (3, 0, {"9376": "0.15", "9370": "0.14", "8435": "0.05"}),
    "country_area_decimal_comma.csv": (2, 0, {"346": "0.012", "347": "0.012"}),
    "originationrates_sample.csv": (2, 0, {"1": "0.01", "44": "0.05"}),
    "retail_rate_card_44k.csv": (44_117, 1, {"93": "0.24", "9320": "0.24"}),
    "terminationrates_sample.csv": (2, 0, {"1": "0.05", "44": "0.06"}),
}


@pytest.mark.parametrize("name", SHARED)
def test_published_decks(shared_data, name):
    codes, rejected, some = SHARED[name]
    path = shared_data / "decks" / name
    deck = read_deck(path)
    counts = closes(deck)
    assert (counts.codes_out, counts.rows_rejected) == (codes, rejected)
    filled = sum(bool(line.strip().replace(",", "").replace(";", "")) for line in path.read_text("utf-8-sig").splitlines())
    assert counts.rows_total == filled
    latest = {code.prefix: code.rate for code in deck.codes if code.effective_till is None}
    assert {prefix: latest[prefix] for prefix in some} == {prefix: Decimal(price) for prefix, price in some.items()}
