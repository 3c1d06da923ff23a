"""Ways of writing that no layout declares: durations, money, marks of spreadsheets, dates without a year, tax in sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from roi_tool.cdr import Bill
from roi_tool.importing import read_bill
from roi_tool.importing.meaning.tax_sentences import tax_said


def _bill(path: Path, cells: list[tuple[str, ...]], titles: str = "Date,Time,Number,Duration,Cost", above: str = "") -> Bill:
    rows = "".join(",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) + "\n" for row in cells)
    path.write_text(f"{above}{titles}\n{rows}", encoding="utf-8")
    return read_bill(path, country="GB")


def _calls(duration: str, cost: str, second: str = "00:00:30", second_cost: str = "0.05") -> list[tuple[str, ...]]:
    return [
        ("13/05/2026", "10:00:05", "02079460018", duration, cost),
        ("27/05/2026", "11:00:05", "07700900123", second, second_cost),
    ]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("PT1M5S", "PT30S"),
        ("0 days 00:01:05", "0 days 00:00:30"),
        ("1m05", "0m30"),
        ("01:05.0", "00:30.0"),
        ("1'05\"", "0'30\""),
        ("0h 1m 5s", "0h 0m 30s"),
    ],
)
def test_durations_that_name_their_units(one: str, two: str, tmp_path: Path) -> None:
    frame = _bill(tmp_path / "bill.csv", _calls(one, "0.12", two)).calls.frame
    assert frame["duration_ms"].tolist() == [65_000, 30_000]


@pytest.mark.parametrize(
    ("written", "nano"),
    [
        ("Free", 0),
        ("Included", 0),
        ("5p", 50_000_000),
        ("'0.05", 50_000_000),
        ('="0.05"', 50_000_000),
        ("(£0.05)", -50_000_000),
        ("0.05-", -50_000_000),
        ("0.05 CR", -50_000_000),
    ],
)
def test_money_in_words_and_with_marks(written: str, nano: int, tmp_path: Path) -> None:
    frame = _bill(tmp_path / "bill.csv", _calls("00:01:05", "0.12", second_cost=written)).calls.frame
    assert frame["charge_nano"].tolist() == [120_000_000, nano]


@pytest.mark.parametrize("written", ["'07700900123", '="07700900123"', "447700900123.0", "7700900123"])
def test_numbers_as_spreadsheets_leave_them(written: str, tmp_path: Path) -> None:
    rows = [("13/05/2026", "10:00:05", written, "00:01:05", "0.12"), ("27/05/2026", "11:00:05", written, "00:00:30", "0.05")]
    assert set(_bill(tmp_path / "bill.csv", rows).calls.frame["called"]) == {"447700900123"}


def test_a_column_of_marks_turns_money_round(tmp_path: Path) -> None:
    rows = [(*_calls("00:01:05", "0.12")[0], "DR"), (*_calls("00:01:05", "0.12")[1], "CR")]
    bill = _bill(tmp_path / "bill.csv", rows, "Date,Time,Number,Duration,Cost,DR/CR")
    assert bill.calls.frame["charge_nano"].tolist() == [120_000_000, -50_000_000]


@pytest.mark.parametrize(
    ("above", "days", "starts"),
    [
        ("Billing period,01 Dec 2019 to 31 Dec 2019\n", ("28 Dec", "30 Dec"), ("2019-12-28", "2019-12-30")),
        ("Invoice date,05/01/2020\n", ("28 Dec", "30 Dec"), ("2019-12-28", "2019-12-30")),
        ("Period: 15/12/2019 - 14/01/2020\n", ("28 Dec", "10 Jan"), ("2019-12-28", "2020-01-10")),
    ],
)
def test_dates_without_a_year_take_it_from_the_bill(
    above: str, days: tuple[str, ...], starts: tuple[str, ...], tmp_path: Path
) -> None:
    rows = [(day, "10:00:00", "02079460018", "00:01:05", "0.12") for day in days]
    frame = _bill(tmp_path / "bill.csv", rows, above=above).calls.frame
    assert tuple(f"{start:%Y-%m-%d}" for start in frame["start"]) == starts


def test_two_digit_years_first_are_told_by_the_bills_length(tmp_path: Path) -> None:
    rows = [(f"26/05/{day}", "10:00:05", "02079460018", "00:01:05", "0.12") for day in (13, 14, 27)]
    frame = _bill(tmp_path / "bill.csv", rows).calls.frame
    assert [f"{start:%Y-%m-%d}" for start in frame["start"]] == ["2026-05-13", "2026-05-14", "2026-05-27"]


def test_a_title_may_name_the_zone_of_its_times(tmp_path: Path) -> None:
    rows = [("2026-05-13 10:00:05", "02079460018", "65", "0.12")]
    frame = _bill(tmp_path / "bill.csv", rows, "Date (GMT),Number,Seconds,Cost").calls.frame
    assert frame["start"][0].isoformat() == "2026-05-13T10:00:05+00:00"


def test_ten_digits_are_a_telephone_number_and_no_epoch(tmp_path: Path) -> None:
    rows = [("5551000", "2125550134", f"21255501{n}", f"05/{n}/2026", "10:00:05", "66", "0.0330") for n in range(13, 20)]
    path = tmp_path / "bill.txt"
    path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    frame = read_bill(path).calls.frame
    assert set(frame["caller"]) == {"12125550134"}
    assert frame["called"].tolist() == [f"121255501{n}" for n in range(13, 20)]
    assert set(frame["start"].dt.year) == {2026}


@pytest.mark.parametrize(
    ("text", "included"),
    [
        ("All prices exclude VAT", False),
        ("Alle Beträge in Euro zzgl. der gesetzlichen MwSt.", False),
        ("Tous les montants sont exprimés hors taxes", False),
        ("Los precios no incluyen IVA", False),
        ("Prezzi IVA 22% esclusa", False),
        ("Os valores não incluem impostos", False),
        ("金额不含税", False),
        ("Taxes and surcharges not included", False),
        ("All prices include VAT", True),
        ("Preise inkl. 19 % MwSt.", True),
        ("Prix TTC", True),
        ("IVA incluido", True),
        ("Prezzi IVA inclusa", True),
        ("Impostos incluídos", True),
        ("价格含税", True),
        ("VAT registration number GB 123 4567 89", None),
        ("Tax point 31/05/2026", None),
        ("Prices are subject to VAT at 20%", None),
    ],
)
def test_sentences_about_tax(text: str, included: bool | None, tmp_path: Path) -> None:
    assert tax_said([text]) is included
    path = tmp_path / "bill.csv"
    path.write_text(
        f"Date,Time,Number,Duration,Cost\n13/05/2026,10:00:05,02079460018,00:01:05,0.12\n{text}\n", encoding="utf-8"
    )
    assert read_bill(path).calls.tax_included is included


def test_a_bill_that_says_both_says_nothing() -> None:
    assert tax_said(["Prices exclude VAT", "Prices include VAT"]) is None


@pytest.mark.parametrize(
    ("titles", "parts"),
    [
        ("Minutes,Seconds", ("1,5", "0,30")),
        ("Hrs,Mins,Secs", ("0,1,5", "0,0,30")),
        ("Stunden,Minuten,Sekunden", ("0,1,5", "0,0,30")),
    ],
)
def test_hours_minutes_and_seconds_in_columns_of_their_own_are_one_duration(
    titles: str, parts: tuple[str, str], tmp_path: Path
) -> None:
    rows = [("13/05/2026", "10:00:05", "02079460018", *part.split(","), "0.12") for part in parts]
    frame = _bill(tmp_path / "bill.csv", rows, f"Date,Time,Number,{titles},Cost").calls.frame
    assert frame["duration_ms"].tolist() == [65_000, 30_000]


def test_whole_minutes_beside_the_seconds_are_not_added(tmp_path: Path) -> None:
    rows = [("13/05/2026", "10:00:05", "02079460018", "1", seconds, "0.12") for seconds in ("45", "30", "59")]
    frame = _bill(tmp_path / "bill.csv", rows, "Date,Time,Number,Minutes,Seconds,Cost").calls.frame
    assert max(frame["duration_ms"]) <= 60_000


def test_a_call_may_end_after_midnight(tmp_path: Path) -> None:
    rows = [
        ("13/05/2026", "23:59:30", "00:00:35", "02079460018", "0.12"),
        ("27/05/2026", "11:00:05", "11:00:35", "123", "0.05"),
    ]
    frame = _bill(tmp_path / "bill.csv", rows, "Date,Start,End,Number,Cost").calls.frame
    assert frame["duration_ms"].tolist() == [65_000, 30_000]


def test_printed_columns_that_no_layout_knows_are_cut_at_their_gaps(tmp_path: Path) -> None:
    path = tmp_path / "bill.txt"
    path.write_text(
        "Itemised calls\n\n"
        "Date        Time      Number          Duration    Cost\n"
        "13/05/2026  10:00:05  020 7946 0018   00:01:05    0.12\n"
        "27/05/2026  11:00:05  07700 900123    00:00:30    0.05\n"
        "28/05/2026  11:00:05  07700 900124    00:00:07    0.01\n"
        "Total                                             0.18\n",
        encoding="utf-8",
    )
    bill = read_bill(path, country="GB")
    assert bill.calls.frame["called"].tolist() == ["442079460018", "447700900123", "447700900124"]
    assert bill.calls.frame["duration_ms"].tolist() == [65_000, 30_000, 7_000]
    assert bill.reconciliation.difference_nano == 0
