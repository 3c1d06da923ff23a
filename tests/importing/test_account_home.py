"""Where an account is: its country by money, language and numbers, its clocks by its own numbers, a lone dollar asked about."""

from __future__ import annotations

from pathlib import Path

import pytest

from roi_tool.cdr import Bill
from roi_tool.importing import read_bill


def _bill(path: Path, text: str) -> Bill:
    path.write_text(text, encoding="utf-8")
    return read_bill(path)


def _two_days(own: str, *called: str, money: str = "$0.90") -> str:
    rows = [f"2026-05-{13 + place},10:00:00,{own},{number},00:01:05,{money}\n" for place, number in enumerate(called)]
    return "Date,Time,From,To,Duration,Charge\n" + "".join(rows)


@pytest.mark.parametrize(
    ("own", "zone", "currency"),
    [
        ("3105550199", "America/Los_Angeles", "USD"),
        ("3125550199", "America/Chicago", "USD"),
        ("6045550199", "America/Vancouver", "CAD"),
        ("0892001234", "Australia/Perth", "AUD"),
        ("0255501234", "Australia/Sydney", "AUD"),
    ],
)
def test_the_accounts_own_numbers_tell_its_clock(own: str, zone: str, currency: str, tmp_path: Path) -> None:
    bill = _bill(tmp_path / "bill.csv", _two_days(own, own[:-2] + "11", own[:-2] + "12"))
    assert (bill.calls.timezone, bill.currency) == (zone, currency)
    assert [problem.code for problem in bill.problems] == []


def test_where_own_numbers_lie_in_several_zones_the_one_assumed_is_said(tmp_path: Path) -> None:
    rows = _two_days("3105550199", "3105550111", "3105550112") + _two_days("2125550134", "2125550135").split("\n", 1)[1]
    bill = _bill(tmp_path / "bill.csv", rows)
    assert bill.calls.timezone == "America/Los_Angeles"
    (said,) = bill.problems
    assert (said.code, said.detail["zone"], said.detail["country"]) == ("zone_assumed", "America/Los_Angeles", "US")


def test_zones_that_keep_the_same_clock_are_one(tmp_path: Path) -> None:
    rows = _two_days("0255501234", "0255501235") + _two_days("0355501234", "0355501235").split("\n", 1)[1]
    assert _bill(tmp_path / "bill.csv", rows).problems == ()


def test_a_time_zone_that_is_asked_for_needs_no_saying(tmp_path: Path) -> None:
    path = tmp_path / "bill.csv"
    path.write_text(_two_days("101", "8005550134"), encoding="utf-8")
    bill = read_bill(path, timezone="America/Denver", country="US")
    assert (bill.calls.timezone, bill.problems) == ("America/Denver", ())


def test_a_lone_dollar_is_asked_about_and_never_pounds(tmp_path: Path) -> None:
    bill = _bill(tmp_path / "bill.csv", "Date,Number,Duration,Cost\n2026-05-13 10:00,101,00:01:05,$0.90\n")
    (question,) = bill.files[0].questions
    assert (question.code, question.options, question.samples) == (
        "ambiguous_currency",
        ("USD", "CAD", "AUD", "NZD"),
        ("$0.90",),
    )
    assert bill.currency == "USD"
    answered = read_bill(tmp_path / "bill.csv", currency="NZD")
    assert (answered.currency, answered.files[0].questions) == ("NZD", ())


def test_a_british_account_may_pay_in_dollars_but_not_unasked(tmp_path: Path) -> None:
    bill = _bill(tmp_path / "bill.csv", _two_days("+442079460018", "+442079460019", "+447700900123"))
    assert bill.calls.country == "GB"
    assert [question.code for question in bill.files[0].questions] == ["ambiguous_currency"]


@pytest.mark.parametrize(
    ("titles", "own", "money", "country"),
    [
        ("Data;Hora;Origem;Destino;Duração;Valor", "211234567", "0,90 €", "PT"),
        ("Data;Hora;Origem;Destino;Duração;Valor", "1132345678", "0,90", "BR"),
        ("Data;Hora;Origem;Destino;Duração;Valor", "+351211234567", "0,90", "PT"),
        ("Fecha;Hora;Origen;Destino;Duración;Importe", "912345678", "0,90 €", "ES"),
        ("Datum;Uhrzeit;Von;An;Dauer;Betrag", "03023125001", "0,90 €", "DE"),
        ("Datum;Uhrzeit;Von;An;Dauer;Betrag", "0443334455", "0.90 CHF", "CH"),
        ("Date;Heure;Appelant;Appelé;Durée;Montant", "0199001234", "0,90 €", "FR"),
    ],
)
def test_the_language_and_the_numbers_tell_the_country(titles: str, own: str, money: str, country: str, tmp_path: Path) -> None:
    rows = "".join(f"{day}.05.2026;10:00:00;{own};{own[:-1]}{day % 10};00:01:05;{money}\n" for day in (13, 14, 15))
    bill = _bill(tmp_path / "bill.csv", f"{titles}\n{rows}")
    assert bill.calls.country == country
    assert bill.files[0].questions == ()


def test_english_titles_over_australian_numbers_are_no_british_bill(tmp_path: Path) -> None:
    bill = _bill(tmp_path / "bill.csv", _two_days("0255501234", "0355501001", "0491570006", money="0.90"))
    assert (bill.calls.country, bill.currency) == ("AU", "AUD")
    assert list(bill.calls.frame["called"]) == ["61355501001", "61491570006"]
