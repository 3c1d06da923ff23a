"""`roi-tool bill` as a rep uses it: text of eighty columns, answers kept on request, months, masking, messages and statuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from roi_tool.cli.main import main
from roi_tool.resources import sample_bills_folder

SAMPLES = sorted(
    file for file in sample_bills_folder().glob("*") if file.suffix in (".csv", ".xlsx") and "2026-06" not in file.name
)


@pytest.fixture
def unclear(tmp_path):
    rows = [f"0{day}/0{month}/2026,10:0{day}:00,0207946012{day},00:01:0{month},0.10" for day in (1, 2, 3) for month in (4, 5)]
    file = tmp_path / "unclear.csv"
    file.write_text("\n".join(["Date,Time,Called number,Duration,Cost", *rows]) + "\n", encoding="utf-8")
    return file


@pytest.fixture
def run(capsys):
    def command(*arguments):
        status = main(["bill", *map(str, arguments)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return command


@pytest.fixture
def as_json(run):
    def command(*arguments):
        return json.loads(run(*arguments, "--json")[1])

    return command


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.name)
def test_every_sample_reads_in_eighty_columns_and_says_its_months(run, file):
    status, out, _ = run("read", file)
    assert status in (0, 1)
    assert max(map(len, out.splitlines())) <= 80
    assert "2026: " in out


def test_an_answer_is_kept_only_when_that_is_asked_for(run, as_json, unclear):
    assert as_json("read", unclear, "--date-order", "mdy")["files"][0]["date_order"] == "mdy"
    assert [one["code"] for one in as_json("read", unclear)["files"][0]["questions"]] == ["ambiguous_date"]
    _, _, err = run("read", unclear, "--date-order", "mdy", "--remember")
    assert "Remembered for bills like unclear.csv" in err
    file = as_json("read", unclear)["files"][0]
    assert (file["date_order"], file["questions"], file["answered"][0]["kind"]) == ("mdy", [], "date_order")
    _, _, err = run("read", unclear)
    assert "Read with dates: month, day, year, as you answered on" in err
    again = as_json("read", unclear, "--ask-again")["files"][0]
    assert (again["date_order"], len(again["questions"])) == ("dmy", 1)


def test_answers_are_listed_and_forgotten(run, as_json, unclear):
    assert run("answers")[1].strip() == "Nothing has been answered yet."
    run("read", unclear, "--date-order", "mdy", "--timezone", "America/New_York", "--currency", "usd", "--remember")
    (one,) = as_json("answers")["answers"]
    assert (one["like"], one["date_order"], one["currency"]) == ("unclear.csv", "mdy", "USD")
    assert "bills like unclear.csv: dates: month, day, year; time zone: America/New_York; currency: USD" in run("answers")[1]
    status, _, err = run("answers", "--forget", "nothing")
    assert status == 2
    assert "nothing" in err
    assert run("answers", "--forget", one["id"])[1].strip() == "1 layout forgotten."
    assert as_json("answers") == {"answers": []}
    assert len(as_json("read", unclear)["files"][0]["questions"]) == 1


def test_a_partial_month_is_said_and_counted_as_its_share(run, as_json, tmp_path):
    rows = [f"2026-06-{day:02} 09:00:{day:02},02079460{day:03},61,0.10" for day in range(1, 13)]
    file = tmp_path / "part.csv"
    file.write_text("\n".join(["Start,Called number,Seconds,Cost", *rows]) + "\n", encoding="utf-8")
    coverage = as_json("read", file)["coverage"]
    assert coverage["months_counted"] == "0.4"
    (month,) = coverage["months"]
    assert (month["month"], month["days_covered"], month["days"], month["state"]) == ("2026-06", 12, 30, "partial")
    assert "counted as 0.40 months. June 2026 is there in part: 12 of 30 days." in run("read", file)[1]


def test_a_difference_is_explained_down_to_the_row(run, as_json, tmp_path):
    rows = ["13/07/2026,10:01:00,02079460121,61,0.10", "no day,10:02:00,02079460122,61,0.20", "Total,,,,0.30"]
    file = tmp_path / "short.csv"
    file.write_text("\n".join(["Date,Time,Called number,Seconds,Cost", *rows]) + "\n", encoding="utf-8")
    found = as_json("read", file)["reconciliation"]
    assert (found["difference"], found["unexplained"]) == ("0.20", "0.00")
    assert [(line["code"], line["row"], line["difference"]) for line in found["lines"]] == [("rejected", 3, "0.20")]
    status, out, err = run("read", file)
    assert status == 1
    assert "row 3 could not be read" in out
    assert "the difference of £0.20 is explained line by line" in err
    masked = as_json("read", file, "--mask")
    assert masked["rejected"][0]["record"] == "no day, 10:02:00, 02079460000, 61, 0.20"
    assert "0122" not in json.dumps(masked)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--remember"], "--remember keeps what --date-order"),
        (["--country", "Britain"], "--country"),
        (["--currency", "pounds"], "--currency"),
        (["--timezone", "London"], "--timezone"),
        (["--duration", "furlongs"], "--duration"),
        (["--layout", "nobody"], "nobody"),
        (["--charge", "No such title"], "No such title"),
    ],
)
def test_a_wrong_request_is_one_sentence(run, unclear, arguments, said):
    status, out, err = run("read", unclear, *arguments)
    assert (status, out) == (2, "")
    assert len(err.strip().splitlines()) == 1
    assert said in err


def test_calls_go_to_a_file_and_a_wrong_ending_or_place_is_said(run, unclear, tmp_path):
    status, out, _ = run("calls", unclear, "--date-order", "dmy", "-o", tmp_path / "calls.csv")
    assert (status, out.strip()) == (0, f"6 calls written to {tmp_path / 'calls.csv'}")
    assert (tmp_path / "calls.csv").read_text(encoding="utf-8").count("\n") == 7
    for place in (tmp_path / "calls.doc", tmp_path / "no" / "calls.csv"):
        status, _, err = run("calls", unclear, "-o", place)
        assert status == 2
        assert len(err.strip().splitlines()) == 1


def test_help_of_each_command_fits_and_names_every_option(run):
    for action in ("read", "calls", "audit", "answers"):
        status, out, _ = run(action, "--help")
        assert status == 0
        assert "--json" in out or action == "calls"
        options = [line for line in out.splitlines() if line.startswith("  --")]
        assert all(len(line.split(None, 1)) == 2 for line in options)


def test_one_call_is_one_call(run, tmp_path):
    file = tmp_path / "one.csv"
    file.write_text("Start,Called number,Seconds,Cost\n2026-07-01 10:00:01,02079460018,61,0.10\n", encoding="utf-8")
    assert "1 call, 1.0 minutes, £0.10" in run("read", file)[1]
    assert Path(file).name in run("read", file)[1]
