"""Files that no layout declares: the country told by the numbers, odd moments, packed times, rows without a duration."""

from __future__ import annotations

from pathlib import Path

import pytest

from roi_tool.importing import read_bill


def _bill(path: Path, text: str):  # type: ignore[no-untyped-def]
    path.write_text(text, encoding="utf-8")
    return read_bill(path)


HEADER = "Call date,From,To,Secs,Cost\n"


@pytest.mark.parametrize(
    ("caller", "country"),
    [("2025550134", "US"), ("6135550134", "CA"), ("6495550100", "NZ"), ("+420601000001", "CZ"), ("020 7946 0018", "GB")],
)
def test_the_customers_own_numbers_tell_the_country(caller: str, country: str, tmp_path: Path) -> None:
    rows = "".join(f"2026-05-1{day} 10:00:00,{caller},{caller[:-1]}9,65,0.10\n" for day in range(1, 5))
    assert _bill(tmp_path / "bill.csv", HEADER + rows).calls.country == country


def test_dollars_beside_numbers_with_a_leading_zero_are_australian(tmp_path: Path) -> None:
    bill = _bill(tmp_path / "bill.csv", "Call date,Number,Duration,Cost\n13/05/2026 10:00,0255501234,00:01:05,$0.90\n")
    assert (bill.calls.country, bill.currency, bill.calls.frame["called"][0]) == ("AU", "AUD", "61255501234")


def test_a_time_before_its_date_with_a_zone_is_a_moment(tmp_path: Path) -> None:
    bill = _bill(
        tmp_path / "bill.csv", "Start Time,From,To,Secs,Cost\n10:00:05 UTC 2026-05-13,+442079460018,+442079460019,65,1\n"
    )
    assert bill.calls.frame["start"][0].isoformat() == "2026-05-13T10:00:05+00:00"


def test_dates_with_dots_are_not_asked_about(tmp_path: Path) -> None:
    bill = _bill(tmp_path / "bill.csv", "Date;Number;Secs;Cost\n01.08.2016 10:00;02079460018;65;0.1\n")
    assert bill.files[0].questions == ()
    assert bill.calls.frame["start"][0].month == 8


def test_packed_times_without_titles_are_no_durations(tmp_path: Path) -> None:
    rows = "".join(f"X,02079460018,02079460{n},2026051{n % 9},10{n % 60:02d}00,{n}.125,0.0900\n" for n in range(100, 130))
    frame = _bill(tmp_path / "bill.csv", rows).calls.frame
    assert frame["duration_ms"].tolist() == [n * 1000 + 125 for n in range(100, 130)]


def test_minus_one_second_is_a_call_that_nobody_answered(tmp_path: Path) -> None:
    rows = "13/05/2026 10:00:00,02079460018,02079460019,-1,0\n14/05/2026 10:00:00,02079460018,02079460019,60,0.10\n"
    bill = _bill(tmp_path / "bill.csv", HEADER + rows)
    assert bill.calls.frame["duration_ms"].tolist() == [0, 60_000]
    assert bill.rejected == ()


def test_two_records_of_titles_are_read_as_one(tmp_path: Path) -> None:
    text = "Detail\nOriginating,,Call,,Terminating,,Call,Net\nNumber,City,Date,Time,Number,City,Duration,Charge\n"
    rows = "02079460018,LONDON,13/05/2026,10:00,01134960002,LEEDS,65,0.10\n"
    bill = _bill(tmp_path / "bill.csv", text + rows * 2)
    first = bill.calls.frame.iloc[0]
    assert (first["caller"], first["called"]) == ("442079460018", "441134960002")
    assert (first["duration_ms"], first["charge_nano"]) == (65_000, 100_000_000)


def test_a_time_of_day_may_be_a_fraction_of_a_day(tmp_path: Path) -> None:
    bill = _bill(tmp_path / "bill.csv", "Date,Time,Number,Secs,Cost\n13/05/2026,0.4,02079460018,65,0.10\n")
    assert bill.calls.frame["start"][0].isoformat() == "2026-05-13T08:36:00+00:00"


BLOCKS = """AT&T,,,,,,,,,,,,
Call Detail,202-555-0134,,,,,,,,,,,
Item,Day,Date,Time,Number Called,Call To,Min,Rate Code,Rate Pd,Feature,Airtime Charge,LD/Add'l Charge,Total Charge
1,SAT,03/13/2010,10:07PM,202-555-0101,WASHINGTON DC,3,A,NW,,0.45,0.10,0.55
Data Detail,202-555-0134,,,,,,,,,,,
Item,Day,Date,Time,To/From,Type,Msg/KB,Rate Code,Rate Pd,Feature,In/Out,Total Charge,
1,SAT,03/13/2010,10:08PM,202-555-0101,Text Message,1 Msg,S,AT,SMS,Sent,0.20,
2,SAT,03/13/2010,10:09PM,202-555-0101,Text Message,1 Msg,S,AT,SMS,Rcvd,0.20,
Call Detail,202-555-0135,,,,,,,,,,,
User Name:,JOE SAMPLE,,,,,,,,,,,
Item,Day,Date,Time,Call To,Min,Rate Code,Rate Pd,Feature,Airtime Charge,LD/Add'l Charge,Total Charge,
1,Tuesday,03/16/2010,10:07AM,202-555-0199,TORONTO ON,4,R,DT,,3.16,1.00,4.16
"""


def test_blocks_of_several_users_keep_their_lines_and_all_their_money(tmp_path: Path) -> None:
    bill = _bill(tmp_path / "bill.csv", BLOCKS)
    frame = bill.calls.frame
    assert list(zip(frame["caller"], frame["called"], strict=True)) == [
        ("12025550134", "12025550101"),
        ("12025550135", "12025550199"),
    ]
    assert int(frame["charge_nano"].sum()) == 4_710_000_000
    assert [(charge.description, charge.amount_nano) for charge in bill.charges] == [("Text Message", 400_000_000)]
    (file,) = bill.files
    assert file.rows_total == 12
    assert file.rows_total == file.rows_calls + file.rows_charges + file.rows_skipped + file.rows_rejected
