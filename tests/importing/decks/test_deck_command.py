"""`roi-tool deck`: what it prints, what it writes, how it ends."""

import json
from datetime import UTC, datetime
from decimal import Decimal

from roi_tool.cdr.schema import make_calls
from roi_tool.cli.main import main
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


def test_a_request_that_cannot_be_met_is_one_sentence(tmp_path, capsys):
    (tmp_path / "two.csv").write_text("Code,Retail price,Standard rate\n41,1,2\n")
    assert main(["deck", "read", str(tmp_path / "two.csv")]) == 2
    said = capsys.readouterr().err
    assert "say which with --price-column" in said
    assert said.count("\n") == 1
    assert main(["deck", "read", str(tmp_path / "nothing.csv")]) == 2
    assert main(["deck", "read", str(tmp_path / "two.csv"), "--price-column", "Standard rate", "-o", "/proc/no"]) == 2
