"""Money that stands in a summary of calls and in the calls themselves is counted once; what is only summed up is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from roi_tool.cdr import Bill
from roi_tool.importing import read_bill

CALLS = "Call date,Number,Secs,Cost\n13/05/2026 10:00:00,02079460018,60,4.00\n14/05/2026 10:00:00,02079460019,60,6.00\n"
CHARGES = "\nCharges\nDescription,Qty,Unit price,Amount\nLine rental,1,20.00,20.00\n"


def _bill(path: Path, charges: str, total: str = "") -> Bill:
    path.write_text(CALLS + CHARGES + charges + (f"Total due,,,{total}\n" if total else ""), encoding="utf-8")
    return read_bill(path)


@pytest.mark.parametrize(
    ("charges", "total", "kept"),
    [
        ("Call charges,1,,10.00\n", "30.00", []),
        ("Call charges,1,,10.00\n", "", []),
        ("Call charges,1,,12.50\n", "", ["2.5"]),
        ("Call charges,1,,12.50\n", "32.50", ["2.5"]),
        ("Call charges,1,,12.50\n", "30.00", []),  # the bill adds up without it
        ("Call charges,1,,10.00\nData usage,1,,5.00\n", "", ["5"]),
        ("Call charges,1,,10.00\nCalls to mobiles,1,,4.00\nCalls to landlines,1,,6.00\n", "", []),
        ("Calls to mobiles,1,,4.00\nCalls to landlines,1,,6.00\n", "", []),
    ],
)
def test_a_summary_counts_only_for_what_is_not_itemised(charges: str, total: str, kept: list[str], tmp_path: Path) -> None:
    bill = _bill(tmp_path / "bill.csv", charges, total)
    usage = [f"{charge.amount_nano / 1e9:g}" for charge in bill.charges if charge.kind.value == "usage_summary"]
    assert usage == kept
    assert [problem.code for problem in bill.problems] == ["usage_not_itemised"] * len(kept)
    (file,) = bill.files
    assert file.rows_total == file.rows_calls + file.rows_charges + file.rows_skipped + file.rows_rejected
    if total:
        assert bill.reconciliation.difference_nano == 0
    assert bill.reconciliation.lines == ()


def test_the_parts_of_a_total_tell_where_it_differs(tmp_path: Path) -> None:
    bill = _bill(tmp_path / "bill.csv", "Total calls,,,10.00\nTotal rental,,,25.00\n", "35.00")
    assert bill.reconciliation.difference_nano == 5_000_000_000
    found = {line.label: line.difference_nano for line in bill.reconciliation.lines}
    assert found == {"Total calls": 0, "Total rental": 5_000_000_000}
