"""`compare`, `solve` and `pricebook check` on the command line: shapes, settings, statuses."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from quoting.small_case import small_bill, small_book, small_case

from roi_tool.cli.main import main
from roi_tool.quoting import Customer, compare, prepare_case
from roi_tool.resources import pricebooks_folder
from roi_tool.storage import write_quote_file


@pytest.fixture(scope="module")
def quote(tmp_path_factory):
    path = tmp_path_factory.mktemp("quote") / "small.roiquote"
    write_quote_file(path, small_case(), small_case().scenario)
    return str(path)


def answer(capsys, *arguments):
    status = main(list(arguments))
    out = capsys.readouterr()
    return status, out.out, out.err


def test_compare_json_has_the_agreed_shape_and_the_window_s_figures(capsys, quote):
    status, out, _ = answer(capsys, "compare", quote, "--json", "--set", "seats=25", "--set", "hosted_seat_price=9")
    told = json.loads(out)
    assert status == 0
    assert {"currency", "horizon_months", "discount_rate", "convention", "options", "crossovers", "best"} <= set(told)
    scenario = small_case().scenario.with_value("seats", Decimal(25)).with_value("hosted_seat_price", Decimal(9))
    expected = compare(small_case(), scenario)
    assert told["best"] == {"by": "npv_cost", "option": expected.best}
    for option, result in zip(told["options"], expected.options, strict=True):
        assert Decimal(option["total"]) * 10**9 == result.total_nano
        assert len(option["monthly"]) == 60
        assert sum(map(Decimal, option["monthly"])) + Decimal(option["once"]) == Decimal(option["total"])
        assert sum(map(Decimal, option["by_category"].values())) == Decimal(option["total"])
        assert sum(Decimal(line["amount_total"]) for line in option["lines"]) == Decimal(option["total"])
        for line in option["lines"]:
            assert line["evidence"] in told["evidence"]
            assert line["label"] and not line["label"].startswith("cost.")
    assert told["options"][0]["versus_today"] is None
    keys = {"saving_total", "npv", "roi_tei", "roi_nucleus", "irr", "payback_months", "payback_discounted_months"}
    assert keys <= set(told["options"][1]["versus_today"])


def test_json_has_amounts_as_strings_shares_and_times_as_numbers_reasons_as_sentences(capsys, quote):
    _, out, _ = answer(capsys, "compare", quote, "--json", "--set", "discount_rate=9%")
    told = json.loads(out)
    assert told["discount_rate"] == 0.09
    seen = set()
    for option in told["options"][1:]:
        versus = option["versus_today"]
        assert isinstance(versus["npv"], str) and isinstance(versus["saving_total"], str)
        for name in ("roi_tei", "roi_nucleus", "irr", "payback_months", "payback_discounted_months"):
            if versus[name] is None:
                assert " " in versus["undefined"][name]
                seen.add(name)
            else:
                assert isinstance(versus[name], float) and name not in versus["undefined"]
        for line in option["lines"]:
            assert set(line["inputs"]) <= {driver["id"] for driver in told["drivers"]}
    assert seen
    drivers = {driver["id"]: driver for driver in told["drivers"]}
    assert drivers["discount_rate"]["value"] == 0.09
    assert isinstance(drivers["seats"]["value"], int) and isinstance(drivers["hosted_seat_price"]["value"], str)


def test_compare_for_people_names_every_option(capsys, quote):
    status, out, _ = answer(capsys, "compare", quote)
    assert status == 0
    for name in ("Stay as you are", "PRI lines", "SIP trunk", "Hosted IP PBX"):
        assert name in out


@pytest.mark.parametrize(
    "arguments",
    [
        ("compare", "QUOTE", "--set", "seats"),
        ("compare", "QUOTE", "--set", "seats=many"),
        ("compare", "QUOTE", "--set", "seats=-3"),
        ("compare", "QUOTE", "--set", "horizon_months=0"),
        ("compare", "QUOTE", "--set", "discount_rate=-1"),
        ("compare", "QUOTE", "--set", "nonsense=1"),
        ("compare", "/no/such.yaml"),
        ("solve", "QUOTE", "--driver", "seats", "--for", "payback_months"),
        ("solve", "QUOTE", "--driver", "seats", "--for", "joy=1"),
        ("pricebook", "check", "/no/such/book"),
    ],
)
def test_a_wrong_request_is_one_sentence_and_status_2(capsys, quote, arguments):
    status, out, err = answer(capsys, *(quote if word == "QUOTE" else word for word in arguments))
    assert status == 2
    assert out == ""
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in err


def test_solve_tells_value_and_what_it_reaches(capsys, quote):
    status, out, _ = answer(capsys, "solve", quote, "--driver", "pbx_purchase", "--for", "payback_months=24", "--json")
    told = json.loads(out)
    assert status == 0
    assert told["option"] == "onprem_sip"
    assert abs(Decimal(told["reached"]) - 24) < Decimal("0.05")


def test_pricebook_check_tells_what_the_book_holds(capsys):
    status, out, _ = answer(capsys, "pricebook", "check", str(pricebooks_folder() / "example-uk-2026"), "--json")
    assert status == 0
    assert json.loads(out)["operator"] == "Fairlead"


def test_findings_are_said_in_sentences_whatever_they_are(capsys, tmp_path):
    bill = small_bill()
    frame = bill.calls.frame.assign(called=bill.calls.frame["called"].where(bill.calls.frame.index > 2, "882990000000"))
    case = prepare_case(Customer("A", seats=20), [replace(bill, calls=bill.calls.with_frame(frame))], small_book())
    path = tmp_path / "unrated.roiquote"
    write_quote_file(path, case, case.scenario)
    status, out, err = answer(capsys, "compare", str(path), "--json")
    assert status == 1
    assert any("have no price under tariff" in problem["text"] for problem in json.loads(out)["problems"]), err
