"""Every sample bill reads to what its generator knows: each row accounted for, each call, the money to the last unit."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from roi_tool.cdr import Bill
from roi_tool.cli.main import main
from roi_tool.importing import read_bill
from roi_tool.resources import sample_bills_folder

FOLDER = sample_bills_folder()
KNOWN: dict[str, dict[str, Any]] = json.loads((FOLDER / "known_totals.json").read_text(encoding="utf-8"))["files"]
NANO = 10**9


def _read(*paths: Path, known: dict[str, Any]) -> Bill:
    zone = known["timezone"] if known["country"] == "US" else None  # a country of several zones cannot tell
    return read_bill(list(paths), country=known["country"], timezone=zone)


@cache
def _bill(name: str) -> Bill:
    return _read(FOLDER / name, known=KNOWN[name])


def _money(nano: int) -> Decimal:
    return Decimal(nano) / NANO


@pytest.mark.parametrize("name", KNOWN)
def test_every_row_is_accounted_for(name: str) -> None:
    known, bill = KNOWN[name]["rows"], _bill(name)
    (reading,) = bill.files
    parts = (reading.rows_calls, reading.rows_charges, reading.rows_skipped, reading.rows_rejected)
    assert reading.rows_total == sum(parts) == known["total"]
    assert sum(count for _, count in reading.skipped_by_reason) == reading.rows_skipped
    assert parts == tuple(known[part] for part in ("calls", "charges", "skipped", "rejected"))
    assert bill.rejected == ()
    assert reading.questions == ()


@pytest.mark.parametrize("name", KNOWN)
def test_calls_durations_and_money(name: str) -> None:
    known, frame = KNOWN[name]["calls"], _bill(name).calls.frame
    assert len(frame) == known["count"]
    assert int(frame["duration_ms"].sum()) == known["duration_s"] * 1000
    assert frame["group_id"].is_unique, "the legs of a call count once"
    assert int((frame["duration_ms"] > 0).sum()) == known["answered"]
    assert _money(int(frame["charge_nano"].fillna(0).sum())) == Decimal(known["charge"])
    assert int(frame["charge_nano"].notna().sum()) == known["priced"]
    assert frame["start"].min().isoformat() == known["first_start"]
    assert frame["start"].max().isoformat() == known["last_start"]


@pytest.mark.parametrize("name", KNOWN)
def test_directions_and_classes(name: str) -> None:
    known, frame = KNOWN[name]["calls"], _bill(name).calls.frame
    found = Counter(frame["direction"].astype(str))
    assert {way: found.get(way, 0) for way in known["by_direction"]} == known["by_direction"]
    assert dict(Counter(frame["called_class"].astype(str))) == {kind: of["count"] for kind, of in known["by_class"].items()}


@pytest.mark.parametrize("name", KNOWN)
def test_charges_and_the_stated_total(name: str) -> None:
    known, bill = KNOWN[name], _bill(name)
    found = {(charge.kind.value, charge.description, _money(charge.amount_nano), charge.quantity) for charge in bill.charges}
    assert found == {
        (charge["kind"], charge["description"], Decimal(charge["amount"]), Decimal(charge["quantity"]))
        for charge in known["charges"]
    }
    assert _money(bill.reconciliation.read_nano) == Decimal(known["read_total"])
    if known["stated_total"] is None:
        assert bill.reconciliation.stated_nano is None
    else:
        assert bill.reconciliation.stated_nano is not None
        assert _money(bill.reconciliation.stated_nano) == Decimal(known["stated_total"])
        assert bill.reconciliation.difference_nano == 0


@pytest.mark.parametrize("name", KNOWN)
def test_the_account_is_known(name: str) -> None:
    known, bill = KNOWN[name], _bill(name)
    assert bill.currency == known["currency"]
    assert bill.calls.timezone == known["timezone"]
    assert known["date_order"] in ("ymd", bill.files[0].date_order)  # ISO dates leave nothing to settle
    if known["stated_total"] is not None:  # what is an invoice or a statement says its period
        assert bill.period_start is not None
        assert bill.period_end is not None
        assert [bill.period_start.isoformat(), bill.period_end.isoformat()] == [
            known["period"][edge] for edge in ("start", "end")
        ]


@pytest.mark.parametrize("prefix", ["meridian", "lakeshore"])
def test_three_months_make_one_bill(prefix: str) -> None:
    names = [name for name in KNOWN if name.startswith(prefix)]
    bill = _read(*(FOLDER / name for name in names), known=KNOWN[names[0]])
    assert len(bill.calls) == sum(len(_bill(name).calls) for name in names)
    assert bill.calls.frame["call_id"].is_unique
    assert bill.reconciliation.difference_nano == 0
    assert bill.reconciliation.read_nano == sum(_bill(name).reconciliation.read_nano for name in names)
    assert [Path(reading.path).name for reading in bill.files] == names


def test_the_invoice_tells_the_site_and_every_call_the_way_home() -> None:
    frame = _bill("meridian_invoice_2026-05.xlsx").calls.frame
    assert set(frame["site"]) == {"London", "Leeds"}
    assert frame["caller"].str.startswith("44").mean() > 0.9
    # Row 5 of the Calls sheet is the header, row 4 is blank.
    assert frame["source_row"].iloc[0] == 6
    assert frame["source_row"].is_monotonic_increasing


_RESAVED = [name for name in KNOWN if name.endswith(".csv")]


def _records(name: str) -> list[list[str]]:
    text = (FOLDER / name).read_bytes().decode(KNOWN[name]["encoding"])
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=KNOWN[name]["delimiter"]))


@pytest.mark.slow
@pytest.mark.parametrize("name", _RESAVED)
@pytest.mark.parametrize(("encoding", "delimiter"), [("utf-16", "\t"), ("utf-8-sig", ";"), ("utf-8", "|")])
def test_saved_again_by_another_program_it_reads_to_the_same_calls(
    name: str, encoding: str, delimiter: str, tmp_path: Path
) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerows(_records(name))
    path = tmp_path / name
    path.write_bytes(written.getvalue().encode(encoding))
    _reads_the_same(path, name)


@pytest.mark.slow
@pytest.mark.parametrize("name", _RESAVED)
def test_pasted_into_a_workbook_it_reads_to_the_same_calls(name: str, tmp_path: Path) -> None:
    path = tmp_path / Path(name).with_suffix(".xlsx")
    with xlsxwriter.Workbook(str(path), {"strings_to_numbers": False}) as book:
        sheet = book.add_worksheet()
        for place, record in enumerate(_records(name)):
            sheet.write_row(place, 0, record)
    _reads_the_same(path, name)


def _reads_the_same(path: Path, name: str) -> None:
    bill = _read(path, known=KNOWN[name])
    columns = ["start", "direction", "caller", "called", "called_class", "duration_ms", "billed_ms", "charge_nano"]
    assert bill.calls.frame[columns].equals(_bill(name).calls.frame[columns])
    assert bill.reconciliation == _bill(name).reconciliation


@pytest.mark.parametrize("name", KNOWN)
def test_the_command_line_prints_the_totals(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    known = KNOWN[name]
    options = ["--country", known["country"], "--timezone", known["timezone"], "--json"]
    assert main(["bill", "read", str(FOLDER / name), *options]) == 0
    printed = json.loads(capsys.readouterr().out)
    (reading,) = printed["files"]
    assert reading["rows"] == known["rows"]
    assert printed["currency"] == known["currency"]
    for figure in ("count", "answered", "duration_s", "first_start", "last_start"):
        assert printed["calls"][figure] == known["calls"][figure]
    assert Decimal(printed["calls"]["charge"]) == Decimal(known["calls"]["charge"])
    assert Decimal(printed["reconciliation"]["read_total"]) == Decimal(known["read_total"])
    if known["stated_total"] is not None:
        assert Decimal(printed["reconciliation"]["stated_total"]) == Decimal(known["stated_total"])
        assert printed["reconciliation"]["difference"] == "0.00"
