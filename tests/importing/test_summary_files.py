"""A summary in one file and its calls in another: the same money is counted once, whichever file is named first."""

from __future__ import annotations

import pytest

from roi_tool.importing import read_bill

ROWS = [f"2026-07-{day:02} 09:{day:02}:{day:02},02079460{day:03},{60 + day},0.{day:02}" for day in range(1, 29)]


@pytest.fixture
def files(tmp_path):
    def make(usage="4.06", total="52.87", own_total=""):
        calls, summary = tmp_path / "calls.csv", tmp_path / "summary.csv"
        lines = ["Start,Called number,Seconds,Cost", *ROWS, *([f"Total,,,{own_total}"] if own_total else [])]
        calls.write_text("\n".join(lines) + "\n", encoding="utf-8")
        parts = [
            "Description,Quantity,Amount",
            "Line rental,2,40.00",
            f"Call charges,28,{usage}",
            "VAT,,8.81",
            f"Total due,,{total}",
        ]
        summary.write_text("\n".join(parts) + "\n", encoding="utf-8")
        return calls, summary

    return make


def kinds(bill):
    return sorted(charge.kind.value for charge in bill.charges)


@pytest.mark.parametrize("own_total", ["", "4.06"])
@pytest.mark.parametrize("first", [0, 1])
def test_usage_that_another_file_itemises_is_counted_once(files, first, own_total):
    named = files(own_total=own_total)
    bill = read_bill([named[first], named[1 - first]], country="GB")
    assert kinds(bill) == ["recurring", "tax"]
    assert (bill.reconciliation.stated_nano, bill.reconciliation.read_nano) == (52_870_000_000, 52_870_000_000)
    for reading in bill.files:
        assert reading.rows_total == reading.rows_calls + reading.rows_charges + reading.rows_skipped + reading.rows_rejected
    assert dict(next(one for one in bill.files if "summary" in one.path).skipped_by_reason)["usage_itemised"] == 1


def test_usage_of_other_calls_stays(files):
    bill = read_bill(files("30.00", "78.81"), country="GB")
    assert kinds(bill) == ["recurring", "tax", "usage_summary"]
