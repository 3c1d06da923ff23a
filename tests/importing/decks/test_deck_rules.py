"""What a deck reader must ask, refuse and say."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roi_tool.importing.decks import Change, DeckChoices, read_deck
from roi_tool.problems import ProblemError, Severity
from roi_tool.wording.vocabulary import SENTENCES


def codes(deck):
    return [code.prefix for code in deck.codes]


def found(deck):
    return {problem.code for problem in deck.problems}


def asked(read, text, **choices):
    with pytest.raises(ProblemError) as caught:
        read(text, **choices)
    return caught.value.problems[0]


BAD_ROWS = {
    "4.47E+11,Nemo,0.1": "deck_code_damaged",
    "Jan-93,Nemo,0.1": "deck_code_damaged",
    "1993-01-01 00:00:00,Nemo,0.1": "deck_code_damaged",
    "UM,Nemo,0": "deck_code_not_digits",
    "0207,Nemo,0.1": "deck_code_national",
    "1234567890123456,Nemo,0.1": "deck_code_too_long",
    "44740-4475,Nemo,0.1": "deck_range_crooked",
    "447409-447400,Nemo,0.1": "deck_range_crooked",
    "1000000-9999999,Nemo,0.1": "deck_range_too_wide",
    "999,Nemo,-0.1": "deck_rate_negative",
    "999,Nemo,": "deck_rate_missing",
    "999,Nemo,free": "deck_rate_not_number",
    ",Nemo,0.1": "deck_code_missing",
}


@pytest.mark.parametrize("row", BAD_ROWS)
def test_a_bad_row_is_refused_with_its_place_and_the_rest_is_read(read_text, row):
    deck = read_text(f"Code,Destination,Rate\n41,Good,0.5\n{row}\n42,Good too,0.6\n")
    assert codes(deck) == ["41", "42"]
    problem = next(problem for problem in deck.problems if problem.severity is Severity.ERROR)
    assert (problem.code, problem.where.row) == (BAD_ROWS[row], 3)
    assert (deck.counts.rows_priced, deck.counts.rows_rejected, deck.counts.rows_total) == (2, 1, 4)
    SENTENCES[problem.code].format(**problem.detail)


def test_one_bad_code_of_a_list_does_not_take_the_others_with_it(read_text):
    deck = read_text('Code,Rate\n"41, 4.2E+10; 43",0.5\n')
    assert codes(deck) == ["41", "43"]
    assert (deck.counts.codes_found, deck.counts.codes_out, deck.counts.codes_rejected) == (3, 2, 1)


def test_hyphens_that_mean_two_things_are_asked_about(read_text):
    text = "Code,Rate\n93-70,0.1\n447400-447402,0.2\n"
    assert asked(read_text, text).code == "deck_hyphen_mixed"
    assert codes(read_text(text, hyphen="area")) == ["9370", "447400447402"]


def test_a_national_deck_takes_its_country(read_text):
    assert codes(read_text("Code,Rate\n0207,0.1\n02891,0.1\n", country="GB")) == ["44207", "442891"]


def test_codes_dialled_with_011_lose_it(read_text):
    assert codes(read_text("Code,Rate\n01144,0.1\n01149,0.1\n")) == ["44", "49"]


def test_country_and_area_in_two_columns_with_the_current_and_the_new_price(read_text):
    deck = read_text(
        "Destination;Country Code;Area Code;Current Rate;New Rate;Effective Date;Billing Increment\n"
        "Atlantis Mobile;34;6, 7;0,0100;0,0120;13/04/2027;60/60\nAtlantis;34;;0,0050;0,0050;13/04/2027;60/60\n"
    )
    april = datetime(2027, 4, 13, tzinfo=UTC)
    assert deck.counts.codes_out == 3
    new = {code.prefix: code for code in deck.codes if code.effective_till is None}
    today = {code.prefix: code for code in deck.codes if code.effective_till == april}
    assert (new["346"].rate, new["346"].effective_from) == (Decimal("0.012"), april)
    assert today["346"].rate == Decimal("0.01")
    assert "34" not in today  # its price does not change


def test_two_prices_are_asked_about_unless_one_is_new(read_text):
    text = "Code,Standard Rate,Retail Price\n41,0.1,0.2\n"
    problem = asked(read_text, text)
    assert (problem.code, problem.severity) == ("deck_price_columns_several", Severity.QUESTION)
    assert read_text(text, price_column="Retail Price").codes[0].rate == Decimal("0.2")
    assert asked(read_text, text, price_column="Other").code == "deck_price_column_unknown"


def test_two_sheets_of_prices_are_asked_about(read_sheets):
    sheets = {"June": [["Code", "Rate"], ["41", 0.1]], "July": [["Code", "Rate"], ["41", 0.2]]}
    with pytest.raises(ProblemError) as caught:
        read_sheets(sheets)
    assert caught.value.problems[0].detail["sheets"] == "June, July"
    deck = read_sheets(sheets, sheet="July")
    assert deck.codes[0].rate == Decimal("0.2")
    with pytest.raises(ProblemError):
        read_sheets(sheets, sheet="May")


DATES = {
    "13/04/2026|03/04/2026": ("dmy", (2026, 4, 3), False),
    "04/13/2026|03/04/2026": ("mdy", (2026, 3, 4), False),
    "03/04/2026|05/06/2026": ("dmy", (2026, 4, 3), True),
    "05/05/2026|03/03/2026": ("", (2026, 5, 5), False),
    "2026-04-03|2026-04-13": ("", (2026, 4, 3), False),
    "21-Sep-26|22-Sep-26": ("", (2026, 9, 21), False),
    "46115|46116": ("", (2026, 4, 3), False),
}


@pytest.mark.parametrize("cells", DATES)
def test_one_date_order_for_the_whole_column(read_text, cells):
    first, second = cells.split("|")
    order, day, doubtful = DATES[cells]
    deck = read_text(f"Code,Rate,Effective Date\n41,0.1,{first}\n42,0.1,{second}\n")
    assert datetime(*day, tzinfo=UTC) in {code.effective_from for code in deck.codes}
    assert ("deck_date_ambiguous" in found(deck)) is doubtful
    assert deck.mapping.date_order in (order, "dmy") if not order else deck.mapping.date_order == order
    if doubtful:
        chosen = read_text(f"Code,Rate,Effective Date\n41,0.1,{first}\n42,0.1,{second}\n", date_order="mdy")
        assert chosen.codes[0].effective_from == datetime(2026, 3, 4, tzinfo=UTC)


def test_a_date_that_no_order_reads_is_refused_with_its_row(read_text):
    deck = read_text("Code,Rate,Effective Date\n41,0.1,13/04/2026\n42,0.1,soon\n43,0.1,ASAP\n")
    assert codes(deck) == ["41", "43"]
    assert [(p.code, p.where.row) for p in deck.problems if p.severity is Severity.ERROR] == [("deck_date_unreadable", 3)]


NUMBERS = {
    "0,0123": "0.0123",
    "1.234,5": "1234.5",
    "1,234.5": "1234.5",
    "$0.0123": "0.0123",
    "0.0123 USD": "0.0123",
    "1.23E-02": "0.0123",
    "0.123456789": "0.123456789",
    ".5": "0.5",
}


@pytest.mark.parametrize("cell", NUMBERS)
def test_prices_are_exact_decimals(read_text, cell):
    deck = read_text(f'Code;Rate\n41;"{cell}"\n')
    assert deck.codes[0].rate == Decimal(NUMBERS[cell])


def test_a_price_finer_than_a_nano_is_rounded_and_said(read_text):
    deck = read_text("Code,Rate\n41,0.01234567895\n42,0.5\n")
    assert deck.codes[0].rate == Decimal("0.012345679")
    assert [problem.detail["count"] for problem in deck.problems if problem.code == "deck_prices_rounded"] == ["1"]


def test_the_noise_of_a_spreadsheet_s_arithmetic_is_no_price(read_sheets):
    deck = read_sheets({"A": [["Code", "Rate"], ["41", 0.1 + 0.2], ["42", 1.1 * 3]]})
    assert [code.rate for code in deck.codes] == [Decimal("0.3"), Decimal("3.3")]
    assert "deck_prices_rounded" not in found(deck)


def test_codes_stored_as_numbers_keep_their_digits(read_sheets):
    deck = read_sheets({"A": [["Code", "Rate"], [447400123456, 0.1], [44.0, 0.2], ["0049", 0.3]]})
    assert codes(deck) == ["447400123456", "44", "49"]


def test_prices_in_pence_and_per_second(read_text):
    assert read_text("Code,Rate (pence per min)\n41,1.25\n").codes[0].rate == Decimal("0.0125")
    assert read_text("Code,Price per second\n41,0.001\n").codes[0].rate == Decimal("0.06")


INCREMENTS = {"60/1": "60/1", "1-1": "1/1", "30/6": "30/6", "60": "60/60", "60+60": "60/60", "1 min": "60/60", "6 sec": "6/6"}


@pytest.mark.parametrize("cell", INCREMENTS)
def test_increments(read_text, cell):
    assert read_text(f"Code,Rate,Billing\n41,0.1,{cell}\n").codes[0].terms.increments == INCREMENTS[cell]


def test_no_increments_anywhere_is_an_assumption_that_is_said(read_text):
    deck = read_text("Code,Rate\n41,0.1\n")
    assert deck.mapping.increments == "assumed"
    assert "deck_increments_assumed" in found(deck)
    chosen = read_text("Code,Rate\n41,0.1\n", increments="60/1")
    assert chosen.codes[0].terms.increments == "60/1"
    assert "deck_increments_assumed" not in found(chosen)


FLAGS = {
    "No Change ": Change.UNCHANGED,
    "no increase": Change.UNCHANGED,
    "==": Change.UNCHANGED,
    "Rate Increase 0.0015 On 30-May-23": Change.INCREASE,
    "Destination Added.Please See Code Changes Section": Change.NEW,
    "decrease": Change.DECREASE,
    "Code Closed": Change.CLOSED,
    "BLOCKED": Change.BLOCKED,
    "Active": Change.NONE,
}


@pytest.mark.parametrize("cell", FLAGS)
def test_flags_in_any_comment_column(read_text, cell):
    deck = read_text(f"Code,Rate,Notes,Effective Date\n41,0.1,{cell},2026-09-01\n")
    assert deck.codes[0].change is FLAGS[cell]


def test_a_code_that_stands_twice(read_text):
    deck = read_text("Code,Rate\n41,0.1\n42,0.2\n41,0.1\n42,0.3\n43,0.5\n")
    assert codes(deck) == ["41", "43"]
    assert (deck.counts.rows_priced, deck.counts.rows_skipped, deck.counts.rows_rejected) == (2, 2, 2)
    contradicted = next(problem for problem in deck.problems if problem.code == "deck_code_contradicted")
    assert contradicted.detail["rows"] == "3, 5"


def test_titles_far_down_repeated_and_a_total_below(read_text):
    lines = ["Carrier,x,y"] * 150 + [
        "Code,Destination,Rate",
        "41,A,0.1",
        "",
        "Code,Destination,Rate",
        "42,B,0.2",
        "Total,,",
        "Note,,see above",
    ]
    deck = read_text("\n".join(lines) + "\n")
    assert codes(deck) == ["41", "42"]
    assert dict(deck.counts.skipped_by_reason) == {"above_titles": 150, "titles": 1, "title_repeated": 1, "note": 2}
    assert not [problem for problem in deck.problems if problem.severity is Severity.ERROR]


def test_a_deck_of_titles_only_says_so(read_text):
    deck = read_text("NumberPrefix,Rate,Description,SubDescription")
    assert not deck.codes
    assert "deck_empty" in found(deck)


@pytest.mark.parametrize("text", ["hello\nworld\n", "a,b\n1,2\n", "Name,Address\nx,y\n"])
def test_a_file_that_is_no_deck_is_refused(read_text, text):
    assert asked(read_text, text).code in ("deck_not_found", "deck_prices_by_name", "deck_without_prices")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_delimiters(read_text, encoding, delimiter):
    rows = ["Code,Destination,Rate", "41,Zürich,0.5", "33,Réunion,0.25"]
    deck = read_text("\n".join(row.replace(",", delimiter) for row in rows), encoding=encoding)
    assert [(code.prefix, code.destination, code.rate) for code in deck.codes] == [
        ("41", "Zürich", Decimal("0.5")),
        ("33", "Réunion", Decimal("0.25")),
    ]


PREFIXES = st.integers(1, 99_999_999).map(str)
RATES = st.decimals(0, 20, places=6)


@settings(max_examples=60, deadline=None)
@given(
    rows=st.dictionaries(PREFIXES, st.tuples(RATES, st.sampled_from(["60/1", "1/1", "30/6"])), min_size=1, max_size=30),
    delimiter=st.sampled_from([";", "\t", "|"]),
    comma=st.booleans(),
    preamble=st.integers(0, 5),
)
def test_what_was_written_is_read(tmp_path_factory, rows, delimiter, comma, preamble):
    path = tmp_path_factory.mktemp("deck") / "deck.csv"
    lines = ["Some carrier"] * preamble + [delimiter.join(("Destination", "Dial Code", "Rate/Min", "Billing"))]
    for prefix, (rate, increments) in rows.items():
        price = f"{rate:f}".replace(".", ",") if comma else f"{rate:f}"
        lines.append(delimiter.join((f"Place {prefix}", prefix, price, increments)))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    deck = read_deck(path, DeckChoices())
    assert {code.prefix: (code.rate, code.terms.increments) for code in deck.codes} == {
        prefix: (rate, increments) for prefix, (rate, increments) in rows.items()
    }
    assert deck.counts.rows_total == deck.counts.rows_priced + deck.counts.rows_skipped == len(rows) + 1 + preamble


@settings(max_examples=200, deadline=None)
@given(text=st.text(alphabet="0123456789,;|-+. E/nabDestinationCodeRate\n", max_size=200))
def test_no_file_makes_the_reader_fall_over(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("deck") / "deck.csv"
    path.write_text("Code;Rate;Effective\n" + text, encoding="utf-8")
    try:
        deck = read_deck(path, DeckChoices())
    except ProblemError:
        return
    counts = deck.counts
    assert counts.rows_total == counts.rows_priced + counts.rows_skipped + counts.rows_rejected
    assert counts.rows_total == len([line for line in path.read_text().split("\n") if line.replace(";", "").strip()])


def test_long_decks_are_read_without_trouble(tmp_path):
    path = tmp_path / "long.csv"
    path.write_text(
        "prefix,rate,billing\n" + "".join(f"{100000 + n},0.{n % 997:04d},60/1\n" for n in range(60_000)), encoding="utf-8"
    )
    deck = read_deck(path)
    assert deck.counts.codes_out == 60_000
