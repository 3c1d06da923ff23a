"""A whole run: files in, folders out; every call and unit accounted for."""

import csv
import json
from decimal import Decimal

import pyarrow.parquet as pq
import pytest

from roi_tool.billing import Month
from roi_tool.cli.main import main
from roi_tool.importing.billing_run import RunRequest, read_accounts, run_billing
from roi_tool.importing.call_files import read_calls
from roi_tool.importing.tariffs import read_tariff
from roi_tool.problems import ProblemError
from roi_tool.rating import rate_calls
from tests.importing.billing_run.run_inputs import contents, request_of, rows_of, write_inputs


def test_every_row_of_the_file_ends_up_once(tmp_path):
    write_inputs(tmp_path)
    sheet = run_billing(request_of(tmp_path))
    assert sheet.closes
    assert (sheet.calls_read, sheet.period) == (406, "2026-05")
    assert dict(sheet.exceptions) == {"unknown_account": 1, "bad_start": 1, "bad_row": 1}
    assert sum(account.duplicates for account in sheet.accounts) == 1
    seen = rows_of(tmp_path / "out")
    assert set(seen.values()) == {1}
    assert len(seen) == 406
    assert set(range(2, 407)) <= set(seen)
    written = json.loads((tmp_path / "out" / "control.json").read_text())
    assert written["counts_close"] is written["sums_close"] is True


def test_the_invoice_is_what_rate_says(tmp_path):
    write_inputs(tmp_path)
    run_billing(request_of(tmp_path))
    calls = (tmp_path / "calls.csv").read_text().splitlines()[:401]
    for account, plan in (("C003", "pooled"), ("C004", "retail")):
        mine = tmp_path / f"{account}.csv"
        mine.write_text("\n".join([calls[0], *(line for line in calls[1:] if f",{account}," in line)]) + "\n")
        charge = rate_calls(read_calls(mine, timezone="Europe/London"), read_tariff(tmp_path / "tariffs" / plan)).charge_nano
        invoice = json.loads((tmp_path / "out" / "accounts" / account / "invoice.json").read_text())
        assert Decimal(invoice["usage"]) == Decimal(charge).scaleb(-9)
        assert invoice["number"] == f"2026-05-{int(account[1:]) + 1:06d}"
        usage = sum(Decimal(line["amount"]) for line in invoice["lines"] if line["kind"] == "usage")
        assert usage == Decimal(invoice["usage"])


def test_the_same_run_again_bills_nothing_twice(tmp_path):
    write_inputs(tmp_path)
    run_billing(request_of(tmp_path))
    before = contents(tmp_path / "out")
    assert run_billing(request_of(tmp_path)).closes
    assert contents(tmp_path / "out") == before


def test_another_run_is_kept_out_of_the_folder(tmp_path):
    write_inputs(tmp_path)
    run_billing(request_of(tmp_path))
    with (tmp_path / "calls.csv").open("a") as file:
        file.write("new,2026-05-03T10:00:00Z,C001,1,442079460000,60\n")
    with pytest.raises(ProblemError) as caught:
        run_billing(request_of(tmp_path))
    assert caught.value.problems[0].code == "billing_other_run"
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("x")
    with pytest.raises(ProblemError) as caught:
        run_billing(request_of(tmp_path, "full"))
    assert caught.value.problems[0].code == "billing_folder_taken"


def test_a_month_can_be_named(tmp_path):
    write_inputs(tmp_path)
    sheet = run_billing(request_of(tmp_path, month=Month.of("2026-06"), kind="csv"))
    assert sheet.closes
    assert sheet.rated == 1
    with (tmp_path / "out" / "accounts" / "C001" / "rated.csv").open() as file:
        assert [row["call_id"] for row in csv.DictReader(file)] == ["late"]


def test_calls_are_found_by_number_too(tmp_path):
    write_inputs(tmp_path)
    (tmp_path / "accounts.yaml").write_text(
        "accounts:\n- {id: A, tariff: retail, numbers: ['442079461000'], subscriptions: [{description: line, price: 0.1}]}\n"
    )
    (tmp_path / "calls.csv").write_text(
        "start,direction,caller,called,duration_s\n2026-05-01T10:00:00Z,outbound,+442079461000,442079460000,60\n"
        "2026-05-01T11:00:00Z,inbound,447700900000,442079461000,60\n2026-05-01T12:00:00Z,outbound,447700900000,442079460000,60\n"
    )
    accounts = read_accounts(tmp_path / "accounts.yaml")
    assert accounts[0].subscriptions[0].price == Decimal("0.1")
    sheet = run_billing(RunRequest((tmp_path / "calls.csv",), accounts, tmp_path / "tariffs", tmp_path / "out"))
    assert (sheet.rated, dict(sheet.exceptions)) == (2, {"unknown_account": 1})


WRONG_ACCOUNTS = {
    "billing_accounts_columns": ("a.csv", "name,plan\nx,y\n"),
    "billing_account_wrong": ("a.csv", "account,tariff,timezone\nA,retail,Mars\n"),
    "billing_account_twice": ("a.csv", "account,tariff\nA,retail\nA,retail\n"),
    "billing_number_twice": ("a.csv", "account,tariff,numbers\nA,retail,441\nB,retail,441\n"),
    "billing_accounts_none": ("a.yaml", "people: []\n"),
    "billing_accounts_unreadable": ("a.json", "{"),
}


@pytest.mark.parametrize("code", WRONG_ACCOUNTS)
def test_wrong_accounts_are_named(tmp_path, code):
    name, text = WRONG_ACCOUNTS[code]
    (tmp_path / name).write_text(text)
    with pytest.raises(ProblemError) as caught:
        read_accounts(tmp_path / name)
    assert caught.value.problems[0].code == code


def test_a_tariff_that_is_missing_is_named_and_none_is_taken_from_outside(tmp_path):
    write_inputs(tmp_path)
    for name in ("nothing", "../tariffs/retail/../../accounts.csv"):
        (tmp_path / "accounts.csv").write_text(f"account,tariff\nA,{name}\n")
        with pytest.raises(ProblemError) as caught:
            run_billing(request_of(tmp_path, "other"))
        assert caught.value.problems[0].code == "billing_tariff_missing"


def test_the_command(tmp_path, capsys):
    write_inputs(tmp_path)
    arguments = ["billing", "run", "--calls", "calls.csv", "--accounts", "accounts.csv", "--tariffs", "tariffs", "-o", "out"]
    arguments = [
        str(tmp_path / word) if word in ("calls.csv", "accounts.csv", "tariffs", "out") else word for word in arguments
    ]
    assert main(arguments) == 1
    said = capsys.readouterr().out
    assert "Counts and sums close." in said
    folders = list((tmp_path / "out" / "accounts").iterdir())
    assert len(folders) == 12
    assert all((folder / "invoice.pdf").read_bytes().startswith(b"%PDF") for folder in folders)
    assert main([*arguments, "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["counts_close"] is True
    assert main([*arguments, "--period", "May"]) == 2


def test_rows_are_named_as_a_spreadsheet_counts_and_shared_ids_are_said(tmp_path, capsys):
    write_inputs(tmp_path, accounts=3, calls=0)
    rows = [
        "call_id,start,account,caller,called,duration_s",
        "a,2026-05-03T10:00:00Z,C001,442079461000,442079460000,60",
        "short,2026-05-03T10:00:00Z",
        "short,2026-05-03T10:00:00Z",
        "b,yesterday,C001,442079461000,442079460000,60",
        "short,2026-05-03T10:00:00Z",
        "c,2026-05-03T10:00:00Z,C001,442079461000,99,60",
        "a,2026-05-03T11:00:00Z,C002,442079461000,442079460000,60",
    ]
    (tmp_path / "calls.csv").write_text("\n".join(rows) + "\n")
    request = ["--accounts", str(tmp_path / "accounts.csv"), "--tariffs", str(tmp_path / "tariffs"), "--invoices", "no"]
    command = ["billing", "run", "--calls", str(tmp_path / "calls.csv"), *request, "-o", str(tmp_path / "out"), "--json"]
    assert main(command) == 1
    printed = capsys.readouterr()
    control = json.loads(printed.out)
    assert control["ids_in_several_accounts"] == ["a"]
    assert control["charged_for_ids_in_several_accounts"] == {"GBP": "0.025"}
    assert "“a”" in printed.err
    assert "0.03" in printed.err
    for kind in ("parquet", "csv"):
        assert main([*command[:-2], str(tmp_path / kind), "--format", kind]) == 1
        with (tmp_path / kind / "shared_ids.csv").open(newline="") as file:
            listed = [(row["account"], int(row["row"]), Decimal(row["charge"])) for row in csv.DictReader(file)]
        assert listed == [("C001", 2, Decimal("0.0125")), ("C002", 8, Decimal("0.0125"))]
    capsys.readouterr()
    with (tmp_path / "out" / "exceptions.csv").open(newline="") as file:
        left = {(int(row["row"]), row["reason"]) for row in csv.DictReader(file)}
    assert left == {(3, "bad_row"), (4, "bad_row"), (5, "bad_start"), (6, "bad_row"), (7, "no_rate")}
    billed = pq.read_table(tmp_path / "out" / "accounts" / "C002" / "rated.parquet").to_pylist()
    assert [row["source_row"] for row in billed] == [8]
    assert main(command) == 1
