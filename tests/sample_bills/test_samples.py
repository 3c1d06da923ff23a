"""The sample bills: written the same every time, as their known totals say, and shaped like an office's traffic."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

FOLDER = Path(__file__).resolve().parents[2] / "sample_bills"
KNOWN: dict[str, dict[str, Any]] = json.loads((FOLDER / "known_totals.json").read_text(encoding="utf-8"))["files"]
UK = [name for name in KNOWN if name.startswith("meridian")]


@dataclass(frozen=True)
class Row:
    start: datetime
    called: str
    duration_s: int
    charge: Decimal


def _seconds(text: str) -> int:
    """Seconds of H:MM:SS, or of numbers followed by units (小时 h, 分 m, 秒 s)."""
    if ":" in text:
        hours, minutes, seconds = map(int, text.split(":"))
        return hours * 3600 + minutes * 60 + seconds
    units = {"小时": 3600, "h": 3600, "分": 60, "m": 60, "秒": 1, "s": 1}
    return sum(int(number) * units[unit] for number, unit in re.findall(r"(\d+)(小时|h|分|m|秒|s)", text))


def _local(text: str, form: str) -> datetime:
    return datetime.strptime(text, form)  # noqa: DTZ007 - the files give local time


def _records(name: str) -> list[list[str]]:
    entry = KNOWN[name]
    text = (FOLDER / name).read_bytes().decode(entry["encoding"])
    return [record for record in csv.reader(io.StringIO(text, newline=""), delimiter=entry["delimiter"]) if any(record)]


def _plain(amount: str) -> Decimal:
    return Decimal(amount.strip().replace("$", ""))


def _comma(amount: str) -> Decimal:
    return Decimal(amount.replace(".", "").replace(",", "."))


def _csv_row(name: str, r: list[str]) -> Row | None:
    """Read one record by the position of its columns alone; None where it is no call."""
    if name.startswith("lakeshore") and len(r) == 11 and r[0].isdigit():
        return Row(_local(f"{r[2]} {r[3]}", "%m/%d/%Y %I:%M %p"), r[5], int(r[8]) * 60, _plain(r[10]))
    if name.startswith("asterisk"):
        return Row(datetime.fromisoformat(r[9]), r[2], int(r[13]), Decimal(0))
    if name.startswith("freeswitch"):
        return Row(datetime.fromisoformat(r[4]), r[2], int(r[8]), Decimal(0))
    if name.startswith("lianhua") and r[0].isdigit():
        assert _seconds(r[5]) == _seconds(r[6])
        return Row(datetime.fromisoformat(r[4]), r[3], _seconds(r[5]), _plain(r[8]))
    if name.startswith("nordlicht") and r[0][:1].isdigit():
        return Row(_local(f"{r[0]} {r[1]}", "%d.%m.%Y %H:%M:%S"), r[3], _seconds(r[6]), _comma(r[7]))
    if name.startswith("telcentre") and r[0][:1].isdigit():
        return Row(_local(f"{r[0]} {r[1]}", "%d/%m/%Y %H:%M:%S"), r[3], _seconds(r[6]), _comma(r[7]))
    if name.startswith("bt_2003") and r[0] != "ChargeCode":
        return Row(_local(f"{r[4]} {r[5]}", "%d/%m/%Y %H:%M"), r[7], _seconds(r[8]), _plain(r[10]))
    return None


@cache
def _sheets(name: str) -> tuple[list[list[Any]], list[list[Any]]]:
    book = CalamineWorkbook.from_path(str(FOLDER / name))
    summary, calls = (
        [row for row in book.get_sheet_by_name(sheet).to_python() if any(cell != "" for cell in row)]
        for sheet in ("Summary", "Calls")
    )
    return summary, calls


@cache
def _rows(name: str) -> tuple[Row, ...]:
    if name.startswith("asterisk"):  # legs share the last column but one; a call lasts as long as its longest leg
        talks: dict[str, Row] = {}
        for record in _records(name):
            leg, before = _csv_row(name, record), talks.get(record[-2])
            assert leg is not None
            longest = max((leg, before or leg), key=lambda row: row.duration_s)
            talks[record[-2]] = replace(longest, start=min(leg.start, (before or leg).start))
        return tuple(talks.values())
    if name.endswith(".csv"):
        return tuple(row for record in _records(name) if (row := _csv_row(name, record)))
    rows = []
    for cells in _sheets(name)[1]:
        day, clock, length = cells[1], cells[2], cells[7]
        if isinstance(day, date) and isinstance(clock, time):
            seconds = round(length.total_seconds()) if isinstance(length, timedelta) else _of_time(length)
            start = datetime.combine(day, clock.replace(microsecond=0))
            rows.append(Row(start, cells[4], seconds, Decimal(str(cells[9]))))
    return tuple(rows)


def _of_time(length: time) -> int:
    return length.hour * 3600 + length.minute * 60 + length.second + round(length.microsecond / 1e6)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    script = [sys.executable, "-B", str(FOLDER / "make_samples.py"), str(folder)]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


def test_every_file_comes_out_the_same_again(made: Path) -> None:
    """Text byte by byte; workbooks cell by cell, since another build of zlib may pack the same sheet otherwise."""
    assert {path.name for path in made.iterdir()} == {*KNOWN, "known_totals.json"}
    for path in made.iterdir():
        if path.suffix != ".xlsx":
            assert path.read_bytes() == (FOLDER / path.name).read_bytes(), path.name
        elif path.read_bytes() != (FOLDER / path.name).read_bytes():
            for sheet in ("Summary", "Calls"):
                new, old = (
                    CalamineWorkbook.from_path(str(folder / path.name)).get_sheet_by_name(sheet).to_python()
                    for folder in (made, FOLDER)
                )
                assert new == old, path.name


@pytest.mark.slow
def test_a_second_run_gives_the_same_bytes(made: Path, tmp_path: Path) -> None:
    """Nothing of the clock, the zone or the process gets into a file."""
    environment = {"TZ": "Pacific/Auckland", "PYTHONHASHSEED": "7"}
    subprocess.run([sys.executable, "-B", str(FOLDER / "make_samples.py"), str(tmp_path)], check=True, env=environment)
    for path in made.iterdir():
        assert path.read_bytes() == (tmp_path / path.name).read_bytes(), path.name


@pytest.mark.parametrize("name", KNOWN)
def test_known_totals_agree_with_a_recount(name: str) -> None:
    known, rows = KNOWN[name], _rows(name)
    assert len(rows) == known["calls"]["count"] == known["rows"]["calls"]
    assert sum(row.duration_s for row in rows) == known["calls"]["duration_s"]
    assert sum(row.charge for row in rows) == Decimal(known["calls"]["charge"])
    assert sum(row.duration_s > 0 for row in rows) == known["calls"]["answered"]
    start, end = (datetime.fromisoformat(known["period"][edge]) for edge in ("start", "end"))
    assert all(start <= row.start < end for row in rows)
    rows_known = known["rows"]
    assert rows_known["total"] == rows_known["calls"] + rows_known["charges"] + rows_known["skipped"] + rows_known["rejected"]
    total = sum(len(sheet) for sheet in _sheets(name)) if name.endswith("xlsx") else len(_records(name))
    assert total == rows_known["total"]


@pytest.mark.parametrize("name", KNOWN)
def test_parts_add_up_to_what_the_bill_states(name: str) -> None:
    known = KNOWN[name]
    charges = [Decimal(charge["amount"]) for charge in known["charges"]]
    assert sum(map(Decimal, known["charges_by_kind"].values())) == sum(charges)
    assert Decimal(known["calls"]["charge"]) + sum(charges) == Decimal(known["read_total"])
    assert known["stated_total"] is None or Decimal(known["stated_total"]) == Decimal(known["read_total"])
    classes = known["calls"]["by_class"].values()
    assert sum(entry["count"] for entry in classes) == sum(known["calls"]["by_direction"].values()) == known["calls"]["count"]


@pytest.mark.parametrize("name", UK)
def test_the_invoice_sums_the_calls_it_itemises(name: str) -> None:
    summary, calls = _sheets(name)
    kinds = Counter(row[6] for row in calls if isinstance(row[1], date))
    money = {kind: Decimal(0) for kind in kinds}
    for row in calls:
        if row[6] in money and isinstance(row[1], date):
            money[row[6]] += Decimal(str(row[9]))
    stated = {row[0]: (int(row[2]), Decimal(str(row[4]))) for row in summary if row[0] in kinds}
    assert stated == {kind: (count, money[kind]) for kind, count in kinds.items()}
    net = next(Decimal(str(row[4])) for row in summary if row[0].startswith("Subtotal"))
    tax = next(Decimal(str(row[4])) for row in summary if row[0].startswith("VAT at"))
    assert tax == (net / 5).quantize(Decimal("0.01"))


def test_the_demo_customer_has_twenty_thousand_calls() -> None:
    assert 18_500 <= sum(KNOWN[name]["calls"]["count"] for name in UK) <= 21_500


@pytest.mark.parametrize("prefix", sorted({name.split("_")[0] for name in KNOWN}))
def test_traffic_is_that_of_an_office(prefix: str) -> None:
    rows = [row for name in KNOWN if name.startswith(prefix) for row in _rows(name)]
    assert len(rows) >= 800
    hours = Counter(row.start.hour for row in rows)
    busiest = [hour for hour, _ in hours.most_common(4)]
    assert all(9 <= hour <= 16 for hour in busiest)
    assert min(busiest) < 12 < max(busiest), "a peak before and one after noon"
    assert hours[13] + hours[12] < 0.8 * (hours[10] + hours[15]), "a lunch dip"
    assert sum(hours[hour] for hour in (*range(7), *range(20, 24))) < 0.05 * len(rows)
    by_day = Counter(row.start.date() for row in rows)
    weekend = sum(count for day, count in by_day.items() if day.weekday() >= 5) / 26
    working = sum(count for day, count in by_day.items() if day.weekday() < 5) / 66
    assert weekend < 0.45 * working
    talked = sorted(row.duration_s for row in rows if row.duration_s)
    median, mean = talked[len(talked) // 2], sum(talked) / len(talked)
    assert 45 <= median <= 240
    assert 1.2 <= mean / median <= 3.5, "durations have a long tail"


# Drama and fiction ranges, or filler of zeros, in national form and after the codes of a call abroad.
_INVENTED = re.compile(
    r"0?(207946|(113|114|115|117|121|131|141|151|161)496|292018|191498)0\d{3}|0?7700900\d{3}|03069990\d{3}|080815\s?70\d{3}"
    r"|09098790\d{3}|0(844|845|870)0000\d{3}|\d{3}-?555-?01\d{2}"
    r"|0(3023125|8999998|6990009|4066969|2214710)\d{3}|017604069\d{3}|0800000\d{3,4}|0180500\d{4}|0900100\d{4}"
    r"|0(199|261|353|465|536)\d{6}|06399\d{5}|0820000\d{3}|0(10|20|21|755|571)\d+0000\d+|0(20380000|75522000|57128000)\d+"
    r"|13[789]0000\d{4}|8008000\d{3}|\d{2,5}"
)
_ABROAD = re.compile(
    r"(442079460|35320910|33199000|33639980|493023125|4917604069|97140000|919000000|61255500|8522100|41440000|34910000)\d{3,4}|1202555"
    r"01\d{2}"
)


@pytest.mark.parametrize("name", KNOWN)
def test_no_number_can_belong_to_anybody(name: str) -> None:
    for row in _rows(name):
        number = re.sub(r"\s", "", row.called)
        if name.startswith("freeswitch") and number.startswith("44"):
            number = "0" + number[2:]
        found = _ABROAD.fullmatch(re.sub(r"^(011|00)", "", number)) or _INVENTED.fullmatch(number)
        assert found, (name, row.called)


def test_the_script_knows_nothing_of_the_reader() -> None:
    for path in FOLDER.rglob("*.py"):
        assert not re.search(r"^\s*(from|import) roi_tool", path.read_text(encoding="utf-8"), re.MULTILINE), path.name
