"""`roi-tool deck`: what it prints, what it writes, how it ends."""

import json
from datetime import UTC, datetime
from decimal import Decimal

from roi_tool.cdr.schema import make_calls
from roi_tool.cli.main import main
from roi_tool.importing.decks import read_deck, tariff_as_deck
from roi_tool.importing.tariffs import read_tariff
from roi_tool.rating import rate_calls

DECK = "Code,Destination,Rate (EUR/min),Billing\n41,A,0.10,60/1\n42,B,0.20,60/1\n4.4E+11,C,0.30,60/1\n"
NEW = "Code,Destination,Rate (EUR/min),Billing\n41,A,0.15,60/1\n43,D,0.20,60/1\n43,D,0.20,60/1\n"


def charge(folder, number):
    tariff = read_tariff(folder)
    start = [datetime(2026, 6, 1, tzinfo=UTC)]
    rated = rate_calls(make_calls({"start": start, "duration_ms": [1000], "called": [number]}), tariff)
    return None if rated.unrated else Decimal(rated.charge_nano).scaleb(-9)


def test_read_shows_the_mapping_and_writes_a_tariff(tmp_path, capsys):
    (tmp_path / "deck.csv").write_text(DECK)
    assert main(["deck", "read", str(tmp_path / "deck.csv"), "-o", str(tmp_path / "tariff")]) == 1
    said = capsys.readouterr()
    assert "Rows: 4 = 2 priced + 1 skipped + 1 rejected" in said.out
    assert "Increments from: a column" in said.out
    assert "row 4: “4.4E+11” was a code before a spreadsheet changed it" in said.err
    assert charge(tmp_path / "tariff", "411") == Decimal("0.1")
    assert read_tariff(tmp_path / "tariff").currency == "EUR"


def test_read_as_json(tmp_path, capsys):
    (tmp_path / "deck.csv").write_text(DECK)
    assert main(["deck", "read", str(tmp_path / "deck.csv"), "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["rows"] == {
        "total": 4,
        "priced": 2,
        "skipped": 1,
        "rejected": 1,
        "skipped_by_reason": {"titles": 1},
    }
    assert [(entry["prefix"], entry["rate"], entry["initial_s"]) for entry in answer["entries"]] == [
        ("41", "0.1", "60"),
        ("42", "0.2", "60"),
    ]
    assert {"title": "Rate (EUR/min)", "role": "rate"} in answer["mapping"]["columns"]
    assert answer["problems"][0]["row"] == 4


def test_read_onto_the_deck_in_force(tmp_path):
    (tmp_path / "old.csv").write_text(DECK)
    (tmp_path / "new.csv").write_text(NEW)
    arguments = ["deck", "read", str(tmp_path / "new.csv"), "--onto", str(tmp_path / "old.csv"), "-o"]
    assert main([*arguments, str(tmp_path / "amended")]) == 0
    assert main([*arguments, str(tmp_path / "replaced"), "--full"]) == 0
    entries = {
        name: {e.prefix for e in read_tariff(tmp_path / name).deck if e.valid_till is None} for name in ("amended", "replaced")
    }
    assert entries == {"amended": {"41", "42", "43"}, "replaced": {"41", "43"}}


def test_diff(tmp_path, capsys):
    (tmp_path / "old.csv").write_text(DECK)
    (tmp_path / "new.csv").write_text(NEW)
    arguments = ["deck", "diff", str(tmp_path / "old.csv"), str(tmp_path / "new.csv")]
    assert main([*arguments, "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["counts"] == {"new": 1, "dearer": 1, "cheaper": 0, "closed": 1, "unchanged": 0, "duplicates": 1}
    assert (answer["dearer"][0]["prefix"], answer["dearer"][0]["change"]) == ("41", "0.500000")
    assert main([*arguments, "--partial"]) == 1
    assert "closed: 0" in capsys.readouterr().out


def test_a_deck_is_compared_with_the_tariff_in_force(tmp_path, capsys):
    """What `deck read -o` wrote, or the operator's own tariff: either is the deck in force."""
    (tmp_path / "old.csv").write_text(DECK)
    (tmp_path / "new.csv").write_text(NEW)
    assert main(["deck", "read", str(tmp_path / "old.csv"), "-o", str(tmp_path / "tariff")]) == 1
    capsys.readouterr()
    answers = []
    for old in ("old.csv", "tariff", "tariff/tariff.toml"):
        main(["deck", "diff", str(tmp_path / old), str(tmp_path / "new.csv"), "--json"])
        answers.append(json.loads(capsys.readouterr().out)["counts"])
    assert answers[0] == answers[1] == answers[2]
    assert main(["deck", "diff", str(tmp_path / "tariff"), str(tmp_path / "tariff")]) == 0
    assert "unchanged: 2" in capsys.readouterr().out
    assert main(["deck", "diff", str(tmp_path), str(tmp_path / "new.csv")]) == 2


def test_prices_of_two_currencies_are_not_compared_in_silence(tmp_path, capsys):
    (tmp_path / "old.csv").write_text("Code,Destination,Rate (EUR/min),Billing\n41,A,0.10,60/1\n")
    (tmp_path / "new.csv").write_text("Code,Destination,Rate (USD/min),Billing\n41,A,0.10,60/1\n")
    assert main(["deck", "diff", str(tmp_path / "old.csv"), str(tmp_path / "new.csv")]) == 1
    assert "in EUR and the new ones in USD" in capsys.readouterr().err


TERMS = "0.10,60/1,,,;0.10,60/60,0.05,,;0,1/1,,,;0.123456789,30/6,,3,;0.2,60/1,,,0.5"


def test_what_a_deck_can_hold_comes_back_from_its_tariff(tmp_path, capsys):
    rows = [f"4{place},A,{terms}" for place, terms in enumerate(TERMS.split(";"))]
    head = "Code,Destination,Rate (EUR/min),Billing,Connection fee,Grace period,Minimum charge"
    (tmp_path / "deck.csv").write_text("\n".join([head, *rows]) + "\n")
    main(["deck", "read", str(tmp_path / "deck.csv"), "-o", str(tmp_path / "tariff")])
    before = read_deck(tmp_path / "deck.csv")
    after = tariff_as_deck(read_tariff(tmp_path / "tariff"), tmp_path / "tariff")
    assert [(code.prefix, code.terms) for code in after.codes] == [(code.prefix, code.terms) for code in before.codes]
    assert len(after) == 5
    assert after.problems == ()


def test_what_no_deck_can_hold_is_said_and_not_compared(tmp_path, capsys):
    (tmp_path / "tariff").mkdir()
    (tmp_path / "tariff" / "tariff.toml").write_text(
        """id = "t"
currency = "EUR"
[[bands]]
id = "day"
from = "08:00"
till = "18:00"
[[rates]]
id = "odd"
slots = [{ price = "1", increment_s = 1 }, { price = "2", from_s = 90, increment_s = 1 }]
[[rates]]
id = "third"
slots = [{ price = "1", unit_s = 7 }]
[[deck]]
prefix = "41"
price_per_minute = "0.10"
increments = "60/1"
[[deck]]
prefix = "41"
price_per_minute = "0.30"
band = "day"
[[deck]]
prefix = "42"
rate = "odd"
[[deck]]
prefix = "43"
rate = "third"
"""
    )
    (tmp_path / "new.csv").write_text(NEW)
    assert main(["deck", "diff", str(tmp_path / "tariff"), str(tmp_path / "new.csv"), "--json"]) == 1
    said = capsys.readouterr()
    assert json.loads(said.out)["counts"]["dearer"] == 1
    assert "3 rows of the tariff (such as that of prefix “41”)" in said.err


def test_a_request_that_cannot_be_met_is_one_sentence(tmp_path, capsys):
    (tmp_path / "two.csv").write_text("Code,Retail price,Standard rate\n41,1,2\n")
    assert main(["deck", "read", str(tmp_path / "two.csv")]) == 2
    said = capsys.readouterr().err
    assert "say which with --price-column" in said
    assert said.count("\n") == 1
    assert main(["deck", "read", str(tmp_path / "nothing.csv")]) == 2
    assert main(["deck", "read", str(tmp_path / "two.csv"), "--price-column", "Standard rate", "-o", "/proc/no"]) == 2
