import csv
import json

import pandas as pd
import pytest

from roi_tool.cdr import make_calls
from roi_tool.cli.console import DONE, NEEDS_ATTENTION, WRONG_REQUEST
from roi_tool.cli.main import main
from roi_tool.importing.call_files import write_calls


@pytest.fixture
def ask(capsys):
    """Run a command with --json and return (status, answer, what was said on standard error)."""

    def asked(*words):
        status = main([*map(str, words), "--json"])
        told = capsys.readouterr()
        return status, json.loads(told.out) if told.out else None, told.err

    return asked


def answer_of(ask, *words):
    status, answer, said = ask(*words)
    assert (status, said) == (DONE, "")
    return answer


@pytest.fixture
def calls(tmp_path):
    """Two office days with calls at nine and ten, London time."""
    start = pd.to_datetime(
        [f"2026-06-0{day} 0{hour}:{minute:02}:00" for day in (1, 2) for hour in (8, 9) for minute in range(0, 60, 10)], utc=True
    )
    table = make_calls(
        {
            "start": start.astype("datetime64[us, UTC]"),
            "duration_ms": [900_000] * len(start),
            "called": "442079460000",
            "called_class": "geographic",
        },
        timezone="Europe/London",
    )
    path = tmp_path / "calls.csv"
    write_calls(table, path)
    return path


def test_erlang_table(ask, shared_data):
    table = json.loads((shared_data / "tables" / "erlang_b_table.json").read_text())["table"]
    for lines, row in table["rows"].items():
        for blocking, printed in zip(table["blocking"], row, strict=True):
            answer = answer_of(ask, "erlang", "b", "--lines", lines, "--blocking", blocking)
            assert answer["traffic"] == pytest.approx(printed, abs=0.0999)
            assert answer["achieved_blocking"] == pytest.approx(float(blocking[:-1]) / 100)


def test_erlang_solves_for_the_third(ask):
    assert answer_of(ask, "erlang", "b", "--traffic", 20, "--blocking", 0.01)["lines"] == 30
    assert answer_of(ask, "erlang", "b", "--traffic", 20, "--lines", 30)["blocking"] == pytest.approx(0.008457, abs=1e-6)
    assert answer_of(ask, "erlang", "b", "--calls", 400, "--duration", 180, "--blocking", 0.01)["lines"] == 30
    waiting = answer_of(ask, "erlang", "c", "--traffic", 10, "--lines", 12, "--duration", 180, "--within", 20)
    assert waiting["blocking"] == pytest.approx(0.449388, abs=1e-6)
    assert waiting["mean_wait_s"] == pytest.approx(40.445, abs=1e-3)
    assert waiting["service_level"] == pytest.approx(0.640, abs=1e-3)
    extended = answer_of(ask, "erlang", "extended", "--traffic", 20, "--lines", 30, "--retry", "50%")
    assert extended["retry"] == 0.5
    assert extended["blocking"] > 0.008457


def test_an_endless_queue_has_no_mean_wait(ask):
    answer = answer_of(ask, "erlang", "c", "--traffic", 12, "--lines", 10, "--duration", 60)
    assert (answer["blocking"], answer["mean_wait_s"]) == (1, None)
    assert "grows without end" in answer["undefined"]["mean_wait_s"]


def test_bandwidth_table(ask, shared_data):
    for row in json.loads((shared_data / "tables" / "cisco_codec_bandwidth.json").read_text())["rows"]:
        for layer, printed in (("ethernet", "bw_ethernet_kbps"), ("mlppp", "bw_mp_frf12_kbps"), ("frf12", "bw_mp_frf12_kbps")):
            answer = answer_of(ask, "bandwidth", "--codec", row["codec"], "--calls", 30, "--layer2", layer)
            assert answer["kbps_per_call"] == pytest.approx(row[printed], abs=0.05)
            assert answer["kbps_total"] == pytest.approx(30 * answer["kbps_per_call"])
            assert answer["payload_bytes"] == row["payload_bytes"]
        answer = answer_of(ask, "bandwidth", "--codec", row["codec"], "--layer2", "mlppp", "--crtp")
        assert answer["kbps_per_call"] == pytest.approx(row["bw_crtp_mp_frf12_kbps"], abs=0.05)


def test_bandwidth_options(ask):
    base = ("bandwidth", "--codec", "g711")
    for options, kbps in (
        (("--vlan",), 88.8),
        (("--dot1q",), 88.8),
        (("--preamble",), 95.2),
        (("--srtp",), 91.2),
        (("--srtp", 32), 88.8),
        (("--ipv6",), 95.2),
        (("--vpn-bytes", 57), 110.0),
        (("--payload-ms", 30), 79.466667),
        (("--talking", "50%"), 43.6),
    ):
        assert answer_of(ask, *base, *options)["kbps_per_call"] == pytest.approx(kbps, abs=1e-6)
    assert answer_of(ask, *base, "--link-kbps", 2000, "--reserve", 0.25)["calls_that_fit"] == 17
    assert len(answer_of(ask, "bandwidth")["codecs"]) > 30


def test_traffic_of_a_table_of_calls(ask, calls):
    answer = answer_of(ask, "traffic", calls, "--timezone", "Europe/London", "--lines", 8, "--codec", "g729")
    assert (answer["calls"], answer["minutes"], answer["basis"]) == (24, 360, "measured")
    # Calls of 15 minutes every ten: two at a time from the second on.
    assert answer["peak"] == {"concurrent": 2, "at": "2026-06-01T09:10:00+01:00"}
    assert answer["busy_hour"] == {"start": "2026-06-01T10:00:00+01:00", "erlangs": pytest.approx(1.5)}
    assert answer["channels"]["needed"] == answer["channels"]["erlang_b"] == 6
    assert answer["channels"]["decided_by"] == "erlang_b"
    assert answer["bandwidth"]["kbps_total"] == pytest.approx(6 * 31.2)
    assert answer["lines"] == {"paid": 8, "ever_used": 2, "share_ever_used": 0.25, "seconds_beyond": 0}
    assert [slot["calls"] for slot in answer["by_hour"][8:12]] == [0, 12, 12, 0]
    assert answer["by_month"][0]["month"] == "2026-06"
    assert answer["trend"] is None


def test_traffic_of_a_bill(ask, tmp_path):
    bill = tmp_path / "bill.csv"
    with bill.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Date", "Time", "Number called", "Duration", "Cost"])
        for minute in range(30):
            writer.writerow(["04/06/2026", f"09:{minute:02}:00", "02079460000", "00:02:30", "0.05"])
    status, answer, _ = ask("traffic", bill)
    assert status in (DONE, NEEDS_ATTENTION)
    assert (answer["calls"], answer["peak"]["concurrent"], answer["timezone"]) == (30, 3, "Europe/London")


def test_traffic_of_minutes(ask):
    answer = answer_of(ask, "traffic", "--minutes", 21000)
    assert answer["busy_hour"]["erlangs"] == pytest.approx(2.833333)
    assert answer["channels"]["needed"] == 8
    assert (
        answer["assumptions"]["text"]
        == "21.0 working days a month, 17\N{NO-BREAK SPACE}% of a day's minutes in its busiest hour"
    )
    assert answer_of(ask, "traffic", "--minutes", 21000, "--working-days", 20)["busy_hour"]["erlangs"] == pytest.approx(2.975)


def test_a_bill_of_days_says_that_it_estimates(ask, tmp_path):
    path = tmp_path / "calls.csv"
    rows = ["call_id,start,called,duration_ms"] + [
        f"{n},2026-06-{n % 20 + 1:02}T00:00:00Z,442079460000,60000" for n in range(200)
    ]
    path.write_text("\n".join(rows))
    status, answer, said = ask("traffic", path, "--lines", 9)
    assert (status, answer["basis"], answer["channels"]["decided_by"]) == (NEEDS_ATTENTION, "estimated", "erlang_b")
    assert "estimated from the minutes" in said
    assert "lines" not in answer


@pytest.mark.parametrize(
    "words",
    [
        ("erlang", "b", "--traffic", 20, "--blocking", 0.01),
        ("erlang", "c", "--traffic", 12, "--lines", 10, "--duration", 60),
        ("erlang", "extended", "--lines", 10, "--blocking", 0.02),
        ("bandwidth",),
        ("bandwidth", "--codec", "opus", "--bit-rate", 16000, "--link-kbps", 500),
        ("traffic", "--minutes", 9000),
    ],
)
def test_for_people(words, capsys):
    assert main([*map(str, words)]) == DONE
    told = capsys.readouterr()
    assert told.err == ""
    assert told.out.count("\n") >= 3


def test_traffic_for_people(calls, capsys):
    assert main(["traffic", str(calls), "--timezone", "Europe/London", "--lines", "8"]) == DONE
    said = capsys.readouterr().out
    assert "Most calls at one time: 2, 1 Jun 2026 09:10:00" in said
    assert "Of 8 lines paid for, 2 were ever in use at one time (25\N{NO-BREAK SPACE}%)" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("erlang", "b", "--traffic", -5, "--lines", 3), "-5 erlangs"),
        (("erlang", "b", "--traffic", 5, "--blocking", 1), "blocking of 1 cannot"),
        (("erlang", "b", "--traffic", 5, "--blocking", "150%"), "blocking of 1.5 cannot"),
        (("erlang", "b", "--traffic", 5), "1 of traffic, lines and blocking"),
        (("erlang", "b", "--traffic", 5, "--lines", 3, "--blocking", 0.1), "3 of traffic, lines and blocking"),
        (("erlang", "b", "--traffic", 5, "--lines", -1), "-1 lines"),
        (("erlang", "b", "--blocking", 0.1, "--lines", 0), "0 lines"),
        (("erlang", "b", "--traffic", 5, "--lines", 2.5), "--lines"),
        (("erlang", "b", "--traffic", "nan", "--lines", 2), "nan"),
        (("erlang", "b", "--traffic", "many", "--lines", 2), "many"),
        (("erlang", "d", "--traffic", 5, "--lines", 2), "invalid choice"),
        (("erlang", "b", "--calls", 5, "--lines", 2), "--duration"),
        (("erlang", "c", "--traffic", 5, "--lines", 9, "--duration", -4), "-4 seconds"),
        (("erlang", "extended", "--traffic", 5, "--lines", 2, "--retry", 2), "retry share of 2"),
        (("erlang", "extended", "--traffic", 5, "--lines", 2, "--retry", 1), "pile up without end"),
        (("bandwidth", "--codec", "g7"), "“g7” is no codec"),
        (("bandwidth", "--codec", "g711", "--calls", -1), "-1 calls"),
        (("bandwidth", "--codec", "g711", "--layer2", "string"), "“string” is no link"),
        (("bandwidth", "--codec", "g711", "--crtp"), "cRTP"),
        (("bandwidth", "--codec", "g729", "--payload-ms", 15), "multiple of 10 ms"),
        (("bandwidth", "--codec", "g711", "--vpn", "magic"), "“magic” is no tunnel"),
        (("traffic",), "No file is given"),
        (("traffic", "nowhere.csv"), "no file nowhere.csv"),
        (("traffic", "--minutes", -1), "-1 minutes"),
        (("traffic", "--minutes", 100, "--blocking", 0), "blocking of 0"),
        (("traffic", "x.csv", "--minutes", 100), "give one of them"),
        (("traffic", "x.csv", "--lines", 0), "0 lines"),
        (("traffic", "x.csv", "--months", 0), "0 months"),
    ],
)
def test_bad_requests_are_one_sentence(ask, words, said):
    status, answer, told = ask(*words)
    assert (status, answer) == (WRONG_REQUEST, None)
    assert said in told
    assert told.count("\n") == 1


def test_a_table_without_calls_is_one_sentence(ask, tmp_path):
    path = tmp_path / "calls.csv"
    path.write_text("call_id,start,called,duration_ms\n")
    status, answer, told = ask("traffic", path)
    assert (status, answer) == (WRONG_REQUEST, None)
    assert "There is no call in these files" in told


@pytest.mark.parametrize("ending", ["pdf", "xlsx"])
def test_a_report_is_written_beside_the_answer(ask, calls, tmp_path, ending):
    out = tmp_path / f"traffic.{ending}"
    answer = answer_of(ask, "traffic", calls, "--lines", 30, "-o", out, "--customer", "Alder & Wren")
    assert answer["lines"]["paid"] == 30
    assert out.stat().st_size > 4000


def test_a_report_of_another_kind_or_of_minutes_alone_is_refused(ask, calls, tmp_path):
    for words in (("traffic", calls, "-o", tmp_path / "traffic.doc"), ("traffic", "--minutes", 900, "-o", tmp_path / "t.pdf")):
        status, _, said = ask(*words)
        assert status == WRONG_REQUEST
        assert ".pdf or .xlsx" in said


@pytest.mark.parametrize("model", ["b", "c", "extended"])
def test_without_lines_every_call_is_lost_or_waits_and_no_calls_need_none(ask, model):
    answer = answer_of(ask, "erlang", model, "--traffic", 3, "--lines", 0)
    assert (answer["blocking"], answer["achieved_blocking"]) == (1, 1)
    answer = answer_of(ask, "erlang", model, "--traffic", 0, "--lines", 0)
    assert (answer["blocking"], answer["achieved_blocking"]) == (0, 0)


def test_minutes_alone_claim_no_measured_peak(ask):
    answer = answer_of(ask, "traffic", "--minutes", 21000)
    assert (answer["channels"]["measured_peak"], answer["channels"]["decided_by"]) == (None, "erlang_b")
