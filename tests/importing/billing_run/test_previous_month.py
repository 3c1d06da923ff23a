"""`billing run --previous`: what the month before left is taken up, and what cannot be is said in a sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from roi_tool.cli.main import main
from roi_tool.importing.billing_run.carried_file import carried_document, read_carried
from roi_tool.rating import AllowanceLeft, Carried
from tests.rating.random_months import FIRST

TARIFF = """id = "retail"
currency = "GBP"
timezone = "Europe/London"
[[rates]]
id = "uk"
price_per_minute = 1
[[deck]]
prefix = "44"
rate = "uk"
[[allowances]]
id = "minutes"
amount = 3
shared = "seat"
rollover_months = 2
"""
CALLS = {
    "2026-05": ["A,2026-05-04T09:00:00Z,442079461000,60", "B,2026-05-04T09:00:00Z,442079462000,60"],
    "2026-06": ["A,2026-06-04T09:00:00Z,442079461000,360"],
}


def write_inputs(folder: Path) -> None:
    (folder / "tariffs").mkdir(exist_ok=True)
    (folder / "tariffs" / "retail.toml").write_text(TARIFF)
    (folder / "accounts.csv").write_text("account,tariff\nA,retail\nB,retail\n")
    for month, calls in CALLS.items():
        (folder / f"{month}.csv").write_text(
            "account,start,caller,called,duration_s\n"
            + "".join(f"{row.rpartition(',')[0]},442079460000,{row.rpartition(',')[2]}\n" for row in calls)
        )


def command(folder: Path, month: str, output: str, *more: str) -> list[str]:
    inputs = ["--accounts", str(folder / "accounts.csv"), "--tariffs", str(folder / "tariffs"), "--invoices", "no"]
    return [
        "billing",
        "run",
        "--calls",
        str(folder / f"{month}.csv"),
        *inputs,
        "-o",
        str(folder / output),
        "--period",
        month,
        *more,
    ]


def previous(folder: Path, output: str) -> tuple[str, str]:
    return "--previous", str(folder / output)


def test_the_command_takes_up_what_the_month_before_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_inputs(tmp_path)
    assert main(command(tmp_path, "2026-05", "may")) == 1
    assert "--previous" in capsys.readouterr().err
    assert main(command(tmp_path, "2026-05", "first", "--previous", "none")) == 0
    left = json.loads((tmp_path / "first" / "accounts" / "A" / "carried.json").read_text())
    assert left == {
        "account": "A",
        "month": "2026-05",
        "allowances": {"minutes": {"unit": "ms", "owner": "seat", "left": {"442079461000": {"2026-05": 120_000}}}},
    }
    capsys.readouterr()
    assert main([*command(tmp_path, "2026-06", "june", *previous(tmp_path, "first")), "--json"]) == 0
    control = json.loads(capsys.readouterr().out)
    assert (control["taken_up_from"], control["allowances_rolling_over"]) == ("2026-05", ["retail: minutes"])
    assert json.loads((tmp_path / "june" / "accounts" / "A" / "invoice.json").read_text())["usage"] == "1"
    kept = json.loads((tmp_path / "june" / "accounts" / "B" / "carried.json").read_text())
    assert kept["allowances"]["minutes"]["left"] == {"442079462000": {"2026-05": 120_000, "2026-06": 180_000}}
    # The same command again changes nothing, and says the same.
    assert main([*command(tmp_path, "2026-06", "june", *previous(tmp_path, "first")), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == control


def test_a_month_before_that_cannot_be_taken_up_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_inputs(tmp_path)
    assert main(command(tmp_path, "2026-05", "may", "--previous", "none")) == 0
    refused = {
        "unfinished": (tmp_path / "nowhere", "no finished billing run"),
        "other month": (tmp_path / "may", "2026-07"),
    }
    (tmp_path / "odd").mkdir()
    for text in ("[]", "{", '{"period": "2026-05", "calls_read": 0, "exceptions": [], "accounts": 5}'):
        (tmp_path / "odd" / "control.json").write_text(text)
        assert main(command(tmp_path, "2026-06", "out", *previous(tmp_path, "odd"))) == 2
        assert "no finished billing run" in capsys.readouterr().err
    (tmp_path / "2026-08.csv").write_text((tmp_path / "2026-06.csv").read_text())
    for folder, said in refused.values():
        assert main(command(tmp_path, "2026-08", "out", "--previous", str(folder))) == 2
        assert said in capsys.readouterr().err
    tariff = tmp_path / "tariffs" / "retail.toml"
    tariff.write_text(TARIFF.replace('shared = "seat"', 'shared = "account"'))
    assert main(command(tmp_path, "2026-06", "out", *previous(tmp_path, "may"))) == 2
    assert "another id" in capsys.readouterr().err
    tariff.write_text(TARIFF)
    # Nothing was billed yet, so the folder takes the right command.
    carried = tmp_path / "may" / "accounts" / "A" / "carried.json"
    kept = carried.read_text()
    carried.write_text(kept.replace("120000", "999999"))
    assert main(command(tmp_path, "2026-06", "out", *previous(tmp_path, "may"))) == 2
    assert "bill that month again" in capsys.readouterr().err
    carried.write_text(kept)
    assert main(command(tmp_path, "2026-06", "out", *previous(tmp_path, "may"))) == 0


def test_what_lapses_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_inputs(tmp_path)
    assert main(command(tmp_path, "2026-05", "may", "--previous", "none")) == 0
    (tmp_path / "accounts.csv").write_text("account,tariff\nA,retail\n")
    assert main(command(tmp_path, "2026-06", "left", *previous(tmp_path, "may"))) == 1
    assert "such as B" in capsys.readouterr().err
    (tmp_path / "accounts.csv").write_text("account,tariff\nA,retail\nB,retail\n")
    (tmp_path / "tariffs" / "retail.toml").write_text(TARIFF.replace("rollover_months = 2", "rollover_months = 0"))
    capsys.readouterr()
    assert main([*command(tmp_path, "2026-06", "lapsed", *previous(tmp_path, "may")), "--json"]) == 1
    printed = capsys.readouterr()
    assert "“minutes” of account A" in printed.err
    assert [account["lapsed"] for account in json.loads(printed.out)["accounts"]] == [["minutes"], ["minutes"]]


def test_a_month_before_without_any_calls_goes_on(tmp_path: Path) -> None:
    write_inputs(tmp_path)
    assert main(command(tmp_path, "2026-05", "may", "--previous", "none")) == 0
    (tmp_path / "2026-06.csv").write_text("account,start,caller,called,duration_s\n")
    words = command(tmp_path, "2026-06", "june", *previous(tmp_path, "may"))
    at = words.index("--period")
    assert main(words[:at] + words[at + 2 :]) == 0
    left = json.loads((tmp_path / "june" / "accounts" / "A" / "carried.json").read_text())["allowances"]["minutes"]["left"]
    assert left == {"442079461000": {"2026-05": 120_000, "2026-06": 180_000}}


BROKEN: dict[str, Any] = {
    "no JSON": "{",
    "no object": "[]",
    "no months": '{"month": "May", "allowances": {}}',
    "a gap": '{"month": "2026-05", "allowances": {"a": {"unit": "ms", "owner": "seat", "left": {"1": {"2026-03": 1}}}}}',
    "a float": '{"month": "2026-05", "allowances": {"a": {"unit": "ms", "owner": "seat", "left": {"1": {"2026-05": 0.5}}}}}',
    "an owner": '{"month": "2026-05", "allowances": {"a": {"unit": "ms", "owner": "dog", "left": {}}}}',
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=list(BROKEN))
def test_a_broken_carried_file_is_no_carried_file(text: str) -> None:
    with pytest.raises(ValueError):
        read_carried(text.encode())


def test_a_carried_file_is_read_as_it_was_written() -> None:
    rests = {
        "a": AllowanceLeft("ms", True, {"": (1,), "442079460000": (0, 5), "anonymous": (2, 3)}),
        "b": AllowanceLeft("nano GBP", False, {"": (7, 8, 9)}),
        "c": AllowanceLeft("calls", True, {}),
    }
    carried = Carried(FIRST, rests)
    assert read_carried(json.dumps(carried_document(carried, "A")).encode()) == carried
