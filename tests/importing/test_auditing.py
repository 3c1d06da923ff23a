"""A bill re-rated under the contract: wrong rows are found with their money."""

from __future__ import annotations

from pathlib import Path

import pytest

from roi_tool.cdr import Bill
from roi_tool.importing import read_bill
from roi_tool.importing.auditing import audit_bill
from roi_tool.importing.tariffs import read_tariff
from roi_tool.money import from_nano
from roi_tool.problems import ProblemError
from roi_tool.rating import rate_calls
from roi_tool.resources import pricebooks_folder

TARIFF = read_tariff(pricebooks_folder() / "example-uk-2026" / "tariffs" / "pri-retail")


def _bill(path: Path, charges: list[str] | None) -> Bill:
    """Write a bill of five calls; without charges it shows what the contract says, to four decimals."""
    numbers = ["02079460018", "07700900123", "02079460019", "07700900124", "07700900124"]
    starts = ["10:00:01", "10:05:02", "11:00:03", "12:00:04", "12:00:04"]

    def write(amounts: list[str]) -> Bill:
        lines = [
            f"2026-09-14 {start},01134960100,{number},300,{amount}"
            for start, number, amount in zip(starts, numbers, amounts, strict=True)
        ]
        path.write_text("Start,From,To,Seconds,Charge\n" + "\n".join(lines) + "\n")
        return read_bill(path, country="GB", currency="GBP")

    if charges is not None:
        return write(charges)
    rated = rate_calls(write(["0.0000"] * 5).calls, TARIFF).frame["charge_nano"]
    return write([f"{from_nano(int(nano)):.4f}" for nano in rated])


def test_wrong_rows_are_found_with_their_money(tmp_path: Path) -> None:
    right = _bill(tmp_path / "right.csv", None)
    audit = audit_bill(right, TARIFF)
    assert audit.rows["finding"].tolist() == ["double_billed"]
    assert audit.rows["source_row"].tolist() == [6]
    assert audit.checked == 5

    amounts = [f"{from_nano(int(nano)):.4f}" for nano in right.calls.frame["charge_nano"]]
    amounts[0] = f"{float(amounts[0]) + 0.5:.4f}"
    amounts[1] = "0.0001"
    audit = audit_bill(_bill(tmp_path / "wrong.csv", amounts), TARIFF)
    assert audit.rows["finding"].tolist() == ["overcharged", "undercharged", "double_billed"]
    count, over = audit.total("overcharged")
    assert count == 1
    assert abs(over - 500_000_000) <= audit.tolerance_nano
    assert audit.total("double_billed") == (1, int(right.calls.frame["charge_nano"].iloc[4]))


def test_a_bill_without_charges_cannot_be_audited(tmp_path: Path) -> None:
    path = tmp_path / "usage.csv"
    path.write_text("Start,From,To,Seconds\n2026-09-14 10:00:00,01134960100,02079460018,60\n")
    with pytest.raises(ProblemError, match="audit_without_charges"):
        audit_bill(read_bill(path), TARIFF)
