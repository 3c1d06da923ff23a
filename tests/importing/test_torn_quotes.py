"""A quotation mark without its partner loses no record below it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_tool.importing import read_bill
from roi_tool.importing.records.torn_quotes import records_in


def _rows(count: int) -> list[str]:
    return [f"{1 + place % 28:02d}/05/2026,10:00:{place % 60:02d},0207946{place:04d},00:01:05,0.12\n" for place in range(count)]


@pytest.mark.parametrize("torn", [0, 10, 27])
@pytest.mark.parametrize(("whole", "broken"), [(",02", ',"02'), (",00:01", '",00:01'), ("0207946", '020 "7946')])
def test_every_call_is_read_whatever_quote_is_torn(torn: int, whole: str, broken: str, tmp_path: Path) -> None:
    rows = _rows(28)
    rows[torn] = rows[torn].replace(whole, broken)
    path = tmp_path / "bill.csv"
    path.write_text("Date,Time,Number,Duration,Cost\n" + "".join(rows), encoding="utf-8")
    bill = read_bill(path, country="GB", date_order="dmy")
    assert len(bill.calls.frame) == bill.files[0].rows_calls == 28
    assert int(bill.calls.frame["charge_nano"].sum()) == 28 * 120_000_000


def test_a_long_file_loses_none_either(tmp_path: Path) -> None:
    rows = [row.replace("\n", f",{'x' * 200}\n") for row in _rows(6000)]
    rows[3000] = rows[3000].replace(",02", ',"02')
    path = tmp_path / "bill.csv"
    path.write_text("Date,Time,Number,Duration,Cost,Note\n" + "".join(rows), encoding="utf-8")
    bill = read_bill(path, country="GB", date_order="dmy")
    assert (bill.files[0].rows_total, bill.files[0].rows_calls) == (6001, 6000)


def test_a_field_with_line_breaks_stays_one(tmp_path: Path) -> None:
    path = tmp_path / "bill.csv"
    row = '13/05/2026,10:00:00,02079460018,00:01:05,0.12,"said\ntwo, three\nand went"\n'
    path.write_text("Date,Time,Number,Duration,Cost,Note\n" + row * 2, encoding="utf-8")
    assert read_bill(path, country="GB").files[0].rows_total == 3


@given(st.text(alphabet='ab1,"\n', max_size=60), st.integers(2, 6))
def test_what_is_given_back_is_every_line_once(text: str, width: int) -> None:
    found = records_in(text, ",", width)
    assert found is None or len(found) == sum(bool(line.strip()) for line in text.splitlines())
