"""Decks compared, amended, looked over and made into tariffs."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from roi_tool.cdr.schema import make_calls
from roi_tool.importing.decks import Movement, amend_deck, check_deck, compare_decks, deck_tariff
from roi_tool.rating import rate_calls

NOW = datetime(2026, 8, 1, tzinfo=UTC)
OLD = "Code,Destination,Rate,Billing\n41,A,0.10,1/1\n42,B,0.20,1/1\n43,C,0.30,1/1\n44,D,0.40,1/1\n45,E,0.50,1/1\n"
NOTICE = """Code,Destination,Rate,Billing,Effective,Change
41,A,0.15,1/1,2026-09-01,Increase
42,B,0.10,1/1,2026-08-01,Decrease
43,C,0.30,60/60,2026-08-01,
44,D,0.40,1/1,2026-08-15,Closed
46,F,0.60,1/1,2026-08-10,New
"""


def priced(deck, when, number="41"):
    tariff, _ = deck_tariff(deck)
    calls = make_calls({"start": [when], "duration_ms": [60_000], "called": [number]}, currency="USD")
    rated = rate_calls(calls, tariff)
    return None if rated.unrated else Decimal(rated.charge_nano).scaleb(-9)


def test_a_notice_beside_the_deck_in_force(read_text):
    difference = compare_decks(read_text(OLD), read_text(NOTICE), NOW, full=False)
    assert {item.prefix: str(item.movement) for item in difference.movements} == {
        "41": "dearer",
        "42": "cheaper",
        "43": "dearer",  # the same price a minute, but by the whole minute
        "44": "closed",
        "45": "unchanged",
        "46": "new",
    }
    assert difference.counts() == {"new": 1, "dearer": 2, "cheaper": 1, "closed": 1, "unchanged": 1}
    dearer = difference.of(Movement.DEARER)[0]
    assert (dearer.percent, dearer.since) == (Decimal("0.5"), datetime(2026, 9, 1, tzinfo=UTC))


def test_a_full_replacement_closes_what_it_does_not_name(read_text):
    difference = compare_decks(read_text(OLD), read_text(NOTICE), NOW, full=True)
    assert {item.prefix for item in difference.of(Movement.CLOSED)} == {"44", "45"}


def test_a_future_increase_keeps_today_s_price_until_its_date(read_text):
    amended = amend_deck(read_text(OLD), read_text(NOTICE), full=False, on=NOW)
    september = datetime(2026, 9, 1, tzinfo=UTC)
    second = timedelta(seconds=1)
    assert priced(amended, september - second) == Decimal("0.1")
    assert priced(amended, september) == Decimal("0.15")


@pytest.mark.parametrize(
    ("number", "when", "price"),
    [
        ("42", "2026-07-31", "0.2"),
        ("42", "2026-08-01", "0.1"),
        ("44", "2026-08-14", "0.4"),
        ("44", "2026-08-15", None),
        ("45", "2026-08-15", "0.5"),
        ("46", "2026-08-09", None),
        ("46", "2026-08-10", "0.6"),
    ],
)
def test_an_amendment_leaves_the_other_codes_alone(read_text, number, when, price):
    amended = amend_deck(read_text(OLD), read_text(NOTICE), full=False, on=NOW)
    found = priced(amended, datetime.fromisoformat(when).replace(tzinfo=UTC), number)
    assert found == (None if price is None else Decimal(price))


def test_a_full_replacement_ends_the_other_codes(read_text):
    amended = amend_deck(read_text(OLD), read_text(NOTICE), full=True, on=NOW)
    assert priced(amended, NOW - timedelta(days=1), "45") == Decimal("0.5")
    assert priced(amended, NOW, "45") is None


def test_a_code_named_without_a_price_keeps_it(read_text):
    notice = read_text(
        "Code,Destination,Rate,Billing,Effective,Change\n41,A,,1/1,2026-08-01,No Change\n42,B,0.3,1/1,2026-08-01,\n"
    )
    amended = amend_deck(read_text(OLD), notice, full=True, on=NOW)
    assert priced(amended, NOW, "41") == Decimal("0.1")
    assert priced(amended, NOW, "42") == Decimal("0.3")


def test_zero_prices_and_prices_out_of_line_are_shown(read_text):
    rows = [f"4420{n},London,0.010" for n in range(8)] + ["44209,London,0.0001", "44161,Elsewhere,0.5", "4499,Free,0"]
    deck = read_text("Code,Destination,Rate\n" + "\n".join(rows) + "\n")
    check = check_deck(deck, NOW)
    assert [code.prefix for code in check.zero] == ["4499"]
    assert [odd.code.prefix for odd in check.out_of_line] == ["44209", "44161"]
    assert check.out_of_line[0].median == Decimal("0.01")


def test_a_future_code_that_falls_through_to_a_cheaper_one_until_then(read_text):
    text = "Code,Rate,Effective\n44,0.01,2026-01-01\n4478,0.2,2026-09-01\n4479,0.2,2026-07-01\n"
    check = check_deck(read_text(text), NOW)
    assert [(fall.code.prefix, fall.shorter.prefix) for fall in check.falls_through] == [("4478", "44")]
    assert not check.is_old
    assert check_deck(read_text(text), datetime(2027, 1, 1, tzinfo=UTC)).is_old


def test_the_tariff_prices_every_kind_of_terms(read_text):
    deck = read_text(
        "Prefix,Description,Price 1,Price N,Interval 1,Interval N,Connect Fee,Grace Time,Currency\n"
        "41,Two prices,0.6,0.1,60,6,0.05,0,EUR\n42,Grace,0.6,0.6,1,1,0,10,EUR\n"
    )
    tariff, problems = deck_tariff(deck)
    assert tariff.currency == "EUR"
    assert not problems
    start = datetime(2026, 8, 1, tzinfo=UTC)
    calls = make_calls(
        {"start": [start] * 4, "duration_ms": [30_000, 66_000, 9_000, 10_000], "called": ["41", "41", "42", "42"]},
        currency="EUR",
    )
    assert rate_calls(calls, tariff).frame["charge_nano"].tolist() == [650_000_000, 660_000_000, 0, 100_000_000]


def test_what_a_tariff_cannot_hold_is_said(read_text):
    deck = read_text("Code,Rate,Status\n41,0.1,\n42,,Blocked\n43,,Closed\n")
    tariff, problems = deck_tariff(deck)
    assert [entry.prefix for entry in tariff.deck] == ["41"]
    assert {problem.code for problem in problems} == {
        "deck_currency_assumed",
        "deck_blocked_without_price",
        "deck_closed_without_price",
    }
