"""`roi-tool rate` and `roi-tool tariff` as a person runs them: counts close, bad rows are named, results follow the input."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from roi_tool.cli.main import main

TARIFF = """
id = "uk"
currency = "GBP"
timezone = "Europe/London"
[rounding]
call_decimals = 4
[[bands]]
id = "day"
weekdays = "mon-fri"
from = "08:00"
till = "18:00"
[[deck]]
prefix = "44"
price_per_minute = "0.01"
increments = "60/1"
[[deck]]
prefix = "447"
price_per_minute = "0.03"
[[deck]]
prefix = "447"
price_per_minute = "0.05"
band = "day"
"""
CALLS = """call_id,start,called,duration_s,note
a,2026-05-04T08:00:00Z,442079460000,61,x
b,2026-05-04T16:59:30Z,+447700900123,60,=1+1
c,2026-05-04T16:59:30Z,,60,
d,2026-05-04T16:59:30Z,4477,3456000,
e,yesterday,4477,10,
f,2026-05-04T16:59:30Z,33,1,,,
g,2026-05-04T16:59:30Z,4477,-1,
h,2026-05-04T16:59:30Z,49301,1,
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "tariff.toml").write_text(TARIFF, encoding="utf-8")
    (tmp_path / "calls.csv").write_text(CALLS, encoding="utf-8")
    return tmp_path


def test_every_call_is_accounted_for(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["rate", str(files / "calls.csv"), "--tariff", str(files / "t"), "-o", str(files / "out.csv"), "--json"])
    out = capsys.readouterr()
    answer = json.loads(out.out)
    assert status == 1
    assert (answer["calls"], answer["rated"], answer["unrated"]) == (8, 2, 6)
    reasons = {"bad_start": 1, "bad_duration": 1, "bad_row": 1, "no_number": 1, "no_rate": 1, "too_long": 1}
    assert answer["unrated_by_reason"] == reasons
    assert answer["charge"] == "0.050200000"
    for row in (6, 7, 8):
        assert f"row {row}" in out.err
    with (files / "out.csv").open(encoding="utf-8") as lines:
        rows = {row["call_id"]: row for row in csv.DictReader(lines)}
    assert rows["a"]["charge"] == "0.0102"
    # Half of it lies after 18:00 in London: 30 s at 0.05 and 30 s at 0.03 a minute.
    assert (rows["b"]["charge"], rows["b"]["billed_ms"], rows["b"]["note"]) == ("0.0400", "60000", "'=1+1")
    assert (rows["c"]["charge"], rows["c"]["reason"]) == ("", "no_number")


def test_parquet_in_and_out_gives_the_same(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = "\n".join(CALLS.splitlines()[:3]) + "\n"
    (files / "good.csv").write_text(good, encoding="utf-8")
    assert main(["rate", str(files / "good.csv"), "--tariff", str(files / "t"), "-o", str(files / "one.parquet")]) == 0
    again = ["rate", str(files / "one.parquet"), "--tariff", str(files / "t"), "-o", str(files / "two.parquet")]
    assert main(again) == 0
    first, second = pq.read_table(files / "one.parquet"), pq.read_table(files / "two.parquet")
    assert first["charge"].to_pylist() == second["charge"].to_pylist() == second["input_charge"].to_pylist()


def test_a_call_is_explained_in_sentences(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rate", str(files / "calls.csv"), "--tariff", str(files / "t"), "--explain", "b"]) == 0
    said = capsys.readouterr().out
    assert "From 0:00 to 0:30" in said
    assert "0.04 GBP" in said
    assert main(["rate", str(files / "calls.csv"), "--tariff", str(files / "t"), "--explain", "nobody"]) == 2


def test_ambiguous_rules_are_refused_naming_both(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = TARIFF + '[[deck]]\nprefix = "44"\nprice_per_minute = "0.02"\n'
    (files / "t" / "tariff.toml").write_text(text, encoding="utf-8")
    assert main(["tariff", "check", str(files / "t")]) == 2
    said = capsys.readouterr().err
    assert "row 1" in said
    assert "row 4" in said


def test_a_wrong_request_is_one_sentence(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rate", str(files / "absent.csv"), "--tariff", str(files / "t")]) == 2
    (files / "poor.csv").write_text("start,duration_s\n1,2\n", encoding="utf-8")
    assert main(["rate", str(files / "poor.csv"), "--tariff", str(files / "t")]) == 2
    assert "called" in capsys.readouterr().err
    assert main(["tariff", "check", str(files / "absent")]) == 2


def test_a_tariff_with_allowances_sees_the_whole_file(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = TARIFF + '[[allowances]]\nid = "free"\namount = 1\nshared = "account"\n'
    (files / "t" / "tariff.toml").write_text(text, encoding="utf-8")
    main(["rate", str(files / "calls.csv"), "--tariff", str(files / "t"), "--json"])
    # One minute of call a is free, and of its 61 s one is left; call b pays all.
    assert json.loads(capsys.readouterr().out)["charge"] == "0.040200000"


def test_a_call_that_cannot_be_read_is_not_called_unknown(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rate", str(files / "calls.csv"), "--tariff", str(files / "t"), "--explain", "e"]) == 2
    assert "“yesterday” is no date" in capsys.readouterr().err


def rated(files: Path, deck: str, calls: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, str], str]:
    (files / "t" / "tariff.toml").write_text('id = "uk"\ncurrency = "GBP"\ndecks = ["deck.csv"]\n', encoding="utf-8")
    (files / "t" / "deck.csv").write_text(deck, encoding="utf-8")
    lines = [f"{number},2026-05-04T08:00:00Z,{number},60" for number in calls]
    (files / "calls.csv").write_text("\n".join(["call_id,start,called,duration_s", *lines]) + "\n", encoding="utf-8")
    status = main(["rate", str(files / "calls.csv"), "--tariff", str(files / "t"), "-o", str(files / "out.csv"), "--json"])
    out = capsys.readouterr()
    if status == 2:
        return status, {}, out.err
    answer = json.loads(out.out)
    assert answer["calls"] == len(calls) == answer["rated"] + answer["unrated"]
    with (files / "out.csv").open(encoding="utf-8") as rows:
        return status, {row["call_id"]: row["charge"] for row in csv.DictReader(rows)}, out.err


def test_bad_rows_of_a_deck_close_their_numbers_and_the_rest_is_rated(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deck = (
        "prefix,price_per_minute,rate,valid_from\n44,0.01,,\n4420,-0.02,,\n33,0.03,,soon\n331,0.04,,\n"
        "49,0.05,,\n49,0.06,,\n4.47E+11,0.07,,\n44770,0.08,,\n1,,nowhere,\n"
    )
    calls = ["441134960000", "442079460000", "33612345678", "33123456789", "49301234567", "447700900123", "12125550100"]
    status, charges, said = rated(files, deck, calls, capsys)
    assert status == 1
    assert charges == {
        "441134960000": "0.010000000",
        "442079460000": "",
        "33612345678": "",
        "33123456789": "0.040000000",
        "49301234567": "",
        "447700900123": "",
        "12125550100": "",
    }
    for place in ("row 3", "row 4", "row 8", "row 10", "to 49 equally well"):
        assert place in said
    assert main(["tariff", "check", str(files / "t")]) == 2


BAD_RATES = """id = "t"
currency = "GBP"
[[rates]]
id = "good"
price_per_minute = "0.01"
[[rates]]
id = "bad"
price_per_minute = "cheap"
[[rates]]
id = "worse"
slots = [{ price = "0.01", increment_s = 0 }]
[[deck]]
prefix = "44"
rate = "good"
[[deck]]
prefix = "447"
rate = "bad"
[[deck]]
prefix = "4420"
rate = "worse"
"""


def test_a_bad_rate_closes_the_numbers_that_have_it(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (files / "t" / "tariff.toml").write_text(BAD_RATES, encoding="utf-8")
    calls = ["id,start,called,duration_s"]
    calls += [f"{number},2026-05-04T08:00:00Z,{number},60" for number in ("441134960000", "442079460000", "447700900123")]
    (files / "calls.csv").write_text("\n".join(calls) + "\n", encoding="utf-8")
    assert main(["rate", str(files / "calls.csv"), "--tariff", str(files / "t"), "--json"]) == 1
    said = capsys.readouterr()
    answer = json.loads(said.out)
    assert (answer["rated"], answer["charge"], answer["unrated_by_reason"]) == (1, "0.010000000", {"no_band": 2})
    assert "“bad”" in said.err
    assert "“worse”" in said.err
    assert main(["tariff", "check", str(files / "t")]) == 2


def test_a_bad_row_of_a_carrier_closes_its_number_at_that_carrier(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deck = 'decks = ["deck.csv"]\n'
    carriers = "".join(f'[[carriers]]\nid = "{name}"\ntariff = "{name}"\n' for name in ("cheap", "dear"))
    (files / "t" / "tariff.toml").write_text(f'id = "t"\ncurrency = "GBP"\n{deck}{carriers}', encoding="utf-8")
    (files / "t" / "deck.csv").write_text("prefix,price_per_minute\n44,0.10\n", encoding="utf-8")
    for name, rows in (("cheap", "44,0.01\n447,soon\n"), ("dear", "44,0.02\n447,0.03\n")):
        (files / "t" / name).mkdir()
        (files / "t" / name / "tariff.toml").write_text(f'id = "{name}"\ncurrency = "GBP"\n{deck}', encoding="utf-8")
        (files / "t" / name / "deck.csv").write_text("prefix,price_per_minute\n" + rows, encoding="utf-8")
    calls = ["call_id,start,called,duration_s"]
    calls += [f"{number},2026-05-04T08:00:00Z,{number},60" for number in ("441134960000", "447700900123")]
    (files / "calls.csv").write_text("\n".join(calls) + "\n", encoding="utf-8")
    assert main(["rate", str(files / "calls.csv"), "--tariff", str(files / "t"), "-o", str(files / "out.csv")]) == 1
    assert "row 3" in capsys.readouterr().err
    with (files / "out.csv").open(encoding="utf-8") as rows:
        found = {row["call_id"]: (row["charge"], row["cost"]) for row in csv.DictReader(rows)}
    assert found == {
        "441134960000": ("0.100000000", "0.010000000"),
        "447700900123": ("0.100000000", "0.030000000"),
    }


def test_a_row_that_might_price_any_number_stops_everything(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, said = rated(files, "prefix,price_per_minute\n44,0.01\n#REF!.,0.02\n", ["441134960000"], capsys)
    assert status == 2
    assert "row 3" in said


def test_a_sound_deck_is_said_nothing_of(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, charges, said = rated(files, "prefix,price_per_minute\n44,0.01\n", ["441134960000"], capsys)
    assert (status, charges) == (0, {"441134960000": "0.010000000"})
    assert "findings" not in said


def test_amounts_near_nothing_are_written_without_an_exponent(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deck = "prefix,price_per_minute\n44,0\n33,0.000000001\n49,0.01\n"
    _, charges, _ = rated(files, deck, ["441134960000", "33140000000", "49301234567"], capsys)
    assert list(charges.values()) == ["0.000000000", "0.000000001", "0.010000000"]


def test_texts_are_quoted_only_where_they_need_it(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deck = "prefix,price_per_minute\n44,0.01\n"
    rated(files, deck, ["441134960000"], capsys)
    plain = (files / "out.csv").read_text(encoding="utf-8")
    assert '"' not in plain
    odd = ["call_id,start,called,duration_s", '"x, ""y""",2026-05-04T08:00:00Z,441134960000,60']
    (files / "calls.csv").write_text("\n".join(odd) + "\n", encoding="utf-8")
    assert main(["rate", str(files / "calls.csv"), "--tariff", str(files / "t"), "-o", str(files / "out.csv")]) == 0
    with (files / "out.csv").open(encoding="utf-8") as rows:
        assert [row["call_id"] for row in csv.DictReader(rows)] == ['x, "y"']


@pytest.mark.parametrize("command", ["tariff check", "returns", "billing run --tariffs . -o run --calls none.csv --accounts"])
def test_what_never_ends_is_refused_in_a_sentence(command, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main([*command.split(), "/dev/zero"]) == 2
    told = capsys.readouterr().err
    assert "zero" in told
    assert "our fault" not in told
