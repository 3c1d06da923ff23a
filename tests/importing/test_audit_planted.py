"""Errors planted in a bill that was right: each is found with its money and its cause, and all money adds up."""

from __future__ import annotations

import csv
from decimal import Decimal

import numpy as np
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roi_tool.cli.main import main
from roi_tool.importing import read_bill
from roi_tool.importing.audit_file import write_findings
from roi_tool.importing.auditing import FINDINGS, NOT_JUDGED, audit_bill
from roi_tool.importing.tariffs import read_tariff
from roi_tool.money import NANO, from_nano
from roi_tool.problems import ProblemError
from roi_tool.rating import rate_calls
from roi_tool.resources import pricebooks_folder
from roi_tool.wording import wording_for

FOLDER = pricebooks_folder() / "example-uk-2026" / "tariffs" / "pri-retail"
TARIFF = read_tariff(FOLDER)
TITLES = "Start,From,To,Seconds,Charge"
CALLS = [
    (f"2026-09-{14 + place // 8} {8 + place % 8:02}:{place:02}:{place * 7 % 60:02}", number, 61 + 37 * place)
    for place, number in enumerate(["02079460018", "07700900123", "01134960111", "07700900124"] * 10)
]


def write(path, calls, charges, titles=TITLES):
    lines = [
        f"{start},01134960100,{number},{seconds},{charge}"
        for (start, number, seconds), charge in zip(calls, charges, strict=True)
    ]
    path.write_text("\n".join([titles, *lines]) + "\n", encoding="utf-8")
    return path


def read(*paths, country="GB"):
    return read_bill(paths, country=country, currency="GBP", keep_repeated=True)


@pytest.fixture(scope="module")
def agreed(tmp_path_factory):
    """What the contract charges for each call, as the bill prints it: four decimals."""
    bill = read(write(tmp_path_factory.mktemp("agreed") / "agreed.csv", CALLS, ["0.0000"] * len(CALLS)))
    return [f"{from_nano(int(nano)):.4f}" for nano in rate_calls(bill.calls, TARIFF).frame["charge_nano"]]


def adds_up(audit):
    """The money of the bill is that of the contract and of every list."""
    lists = sum(audit.total(finding)[1] for finding in FINDINGS)
    assert audit.billed_nano == audit.contract_nano + lists + audit.rounding_nano + audit.unjudged_nano
    assert audit.total(NOT_JUDGED)[1] == 0


def only(audit):
    (found,) = audit.findings()
    return found


def test_a_right_bill_has_no_findings(agreed, tmp_path):
    audit = audit_bill(read(write(tmp_path / "right.csv", CALLS, agreed)), TARIFF)
    assert list(audit.findings()) == []
    assert (audit.checked, audit.unpriced, audit.rounding_nano) == (len(CALLS), 0, 0)
    adds_up(audit)


def test_a_penny_too_much(agreed, tmp_path):
    wrong = [*agreed]
    wrong[5] = f"{Decimal(wrong[5]) + Decimal('0.01'):.4f}"
    audit = audit_bill(read(write(tmp_path / "penny.csv", CALLS, wrong)), TARIFF)
    found = only(audit)
    assert (found.finding, found.row, found.difference_nano, found.cause) == ("overcharged", 7, NANO // 100, "")
    adds_up(audit)


def test_what_the_bill_rounds_to_its_own_pence_is_no_finding_and_rounding_up_is(agreed, tmp_path):
    pence = [f"{Decimal(text).quantize(Decimal('0.01')):.2f}" for text in agreed]
    audit = audit_bill(read(write(tmp_path / "pence.csv", CALLS, pence)), TARIFF)
    assert list(audit.findings()) == []
    assert audit.rounding_nano != 0
    adds_up(audit)
    up = [f"{Decimal(text).quantize(Decimal('0.01'), 'ROUND_UP'):.2f}" for text in agreed]
    audit = audit_bill(read(write(tmp_path / "up.csv", CALLS, up)), TARIFF)
    assert {found.cause for found in audit.findings()} == {"rounded"}
    adds_up(audit)


def test_whole_minutes_and_the_price_of_another_time_are_told(agreed, tmp_path):
    wrong = [*agreed]
    moved = [(CALLS[0][0], *CALLS[0][1:]), (CALLS[1][0].replace("2026-09-14", "2026-09-19"), *CALLS[1][1:])]
    minutes = [(CALLS[0][0], CALLS[0][1], 120), moved[1]]
    bill = read(write(tmp_path / "other.csv", minutes, ["0.0000"] * 2))
    dear = [f"{from_nano(int(nano)):.4f}" for nano in rate_calls(bill.calls, TARIFF).frame["charge_nano"]]
    wrong[:2] = dear
    audit = audit_bill(read(write(tmp_path / "wrong.csv", CALLS, wrong)), TARIFF)
    assert [(found.row, found.cause) for found in audit.findings()] == [(2, "whole_minutes"), (3, "other_time")]
    adds_up(audit)


def test_a_call_billed_twice_in_one_file_and_one_billed_again_in_another(agreed, tmp_path):
    first = write(tmp_path / "september.csv", [*CALLS, CALLS[3]], [*agreed, agreed[3]])
    more = [(start.replace("2026-09", "2026-10"), *rest) for start, *rest in CALLS]
    bill = read(write(tmp_path / "more.csv", more, ["0.0000"] * len(more)))
    october = [f"{from_nano(int(nano)):.4f}" for nano in rate_calls(bill.calls, TARIFF).frame["charge_nano"]]
    second = write(tmp_path / "october.csv", [*more, CALLS[7]], [*october, agreed[7]])
    audit = audit_bill(read(first, second), TARIFF)
    found = {(one.file.rsplit("/", 1)[-1], one.row, one.cause): one.difference_nano for one in audit.findings()}
    assert found == {
        ("september.csv", len(CALLS) + 2, "same_file"): int(Decimal(agreed[3]) * NANO),
        ("october.csv", len(CALLS) + 2, "other_file"): int(Decimal(agreed[7]) * NANO),
    }
    adds_up(audit)


def test_the_same_bill_given_twice_is_no_double_billing(agreed, tmp_path):
    first, copy = (write(tmp_path / name, CALLS, agreed) for name in ("september.csv", "copy of it.csv"))
    audit = audit_bill(read(first, copy), TARIFF)
    assert list(audit.findings()) == []
    assert audit.checked == len(CALLS)


def test_prices_with_vat_are_held_against_prices_without(agreed, tmp_path):
    gross = [f"{Decimal(text) * Decimal('1.2'):.6f}" for text in agreed]
    bill = read(write(tmp_path / "gross.csv", CALLS, gross, TITLES.replace("Charge", "Charge inc VAT")))
    assert bill.calls.tax_included is True
    with pytest.raises(ProblemError, match="audit_tax_unknown"):
        audit_bill(bill, TARIFF)
    audit = audit_bill(bill, TARIFF, vat=Decimal("0.2"))
    assert list(audit.findings()) == []
    adds_up(audit)
    unsaid = read(write(tmp_path / "unsaid.csv", CALLS, gross))
    audit = audit_bill(unsaid, TARIFF, vat=Decimal("0.2"))
    assert {found.cause for found in audit.findings()} == {"with_tax"}
    assert [problem.code for problem in audit.problems] == ["audit_tax_assumed"]


def test_what_the_contract_has_no_price_for_is_said_with_its_money(agreed, tmp_path):
    calls = [*CALLS, ("2026-09-20 10:00:00", "+8881234567890", 60), ("2026-09-20 11:00:00", "02079460018", 60)]
    audit = audit_bill(read(write(tmp_path / "odd.csv", calls, [*agreed, "9.9900", ""])), TARIFF)
    found = only(audit)
    assert (found.finding, found.cause, found.billed_nano, found.difference_nano) == (NOT_JUDGED, "no_rate", 9_990_000_000, 0)
    assert dict(audit.unpriced_by_reason) == {"no_rate": 1, "no_charge": 1}
    assert audit.unjudged_nano == 9_990_000_000
    adds_up(audit)


@settings(max_examples=20)
@given(st.lists(st.tuples(st.integers(0, len(CALLS) - 1), st.integers(-500, 500)), max_size=12))
def test_whatever_is_planted_the_money_adds_up(agreed, tmp_path_factory, planted):
    wrong = [Decimal(text) for text in agreed]
    for place, change in planted:
        wrong[place] = max(Decimal(0), wrong[place] + Decimal(change) / 10_000)
    bill = read(write(tmp_path_factory.mktemp("any") / "any.csv", CALLS, [f"{amount:.4f}" for amount in wrong]))
    audit = audit_bill(bill, TARIFF)
    adds_up(audit)
    assert {found.row for found in audit.findings()} == {
        place + 2 for place, amount in enumerate(wrong) if amount != Decimal(agreed[place])
    }


def test_the_claim_is_written_as_csv_and_workbook_and_its_money_is_the_lists(agreed, tmp_path, capsys):
    wrong = [*agreed]
    wrong[5], wrong[6] = "1.0000", "0.0001"
    file = write(tmp_path / "wrong.csv", [*CALLS, CALLS[3]], [*wrong, agreed[3]])
    command = ["bill", "audit", str(file), "--tariff", str(FOLDER), "--currency", "GBP", "--country", "GB"]
    claim, book = tmp_path / "claim.csv", tmp_path / "claim.xlsx"
    assert main([*command, "-o", str(claim)]) == 1
    said = capsys.readouterr()
    assert "overcharged" in said.out
    assert max(map(len, said.out.splitlines())) <= 80
    assert "taken to be without tax" in said.err
    with claim.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    audit = audit_bill(read(file), TARIFF)
    total = sum(audit.total(finding)[1] for finding in FINDINGS)
    assert sum(Decimal(row["difference"]) for row in rows) == from_nano(total)
    assert [(row["row"], row["finding"]) for row in rows] == [
        ("7", "overcharged"),
        ("8", "undercharged"),
        ("42", "billed twice"),
    ]
    assert main([*command, "-o", str(book)]) == 1
    sheet = openpyxl.load_workbook(book).active
    assert [cell.value for cell in sheet[1]][:3] == ["file", "row", "finding"]
    assert sheet.max_row == len(rows) + 2
    assert str(sheet.cell(sheet.max_row, 13).value).startswith("=SUM(")
    np.testing.assert_allclose([row[12].value for row in sheet.iter_rows(2, 4)], [float(row["difference"]) for row in rows])


def test_a_claim_that_cannot_be_written_is_one_sentence(tmp_path, capsys, agreed):
    file = write(tmp_path / "right.csv", CALLS, agreed)
    command = ["bill", "audit", str(file), "--tariff", str(FOLDER), "--currency", "GBP"]
    for place in (tmp_path / "no" / "folder.csv", tmp_path / "no" / "folder.xlsx", tmp_path / "claim.doc"):
        assert main([*command, "-o", str(place)]) == 2
        assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert main([*command, "--vat", "a lot"]) == 2


def test_a_number_that_could_start_a_formula_is_harmless(tmp_path):
    from dataclasses import replace

    audit = audit_bill(read(write(tmp_path / "dear.csv", CALLS[:1], ["5.0000"])), TARIFF)
    found = replace(only(audit), called="=1+1")
    write_findings([found], tmp_path / "claim.csv", "GBP", wording_for("en"))
    assert "'=1+1" in (tmp_path / "claim.csv").read_text(encoding="utf-8-sig")
    write_findings([found], tmp_path / "claim.xlsx", "GBP", wording_for("en"))
    assert openpyxl.load_workbook(tmp_path / "claim.xlsx").active["G2"].data_type == "s"
