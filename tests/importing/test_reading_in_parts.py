"""A bill read in parts, however small, is the bill that reading it whole gives."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roi_tool.cdr import Bill, empty_calls
from roi_tool.importing import read_bill
from roi_tool.importing.records.opening import open_records
from roi_tool.importing.records.record_source import Portions, whole_table
from roi_tool.problems import ProblemError

EXAMPLES = Path(__file__).parent / "layouts"
NAMES = sorted(path.name for path in EXAMPLES.iterdir() if path.suffix in (".csv", ".txt"))
SAMPLES = sorted((Path(__file__).parents[2] / "sample_bills").glob("*.[cx][sl]*"))
NO_CALLS = empty_calls()
SHARED = Path(__file__).parents[3] / "shared" / "data" / "bills"


def _without_table(bill: Bill) -> Bill:
    return replace(bill, calls=NO_CALLS)


def facts(path: Path | list[Path], portions: Portions, **options: Any) -> object:
    """Return all that a bill says, or why it is refused."""
    try:
        bill = read_bill(path, portions=portions, **options)
    except ProblemError as error:
        return [problem.code for problem in error.problems]
    calls = bill.calls
    facts_of_calls = calls.timezone, calls.currency, calls.country, calls.tax_included
    return _without_table(bill), facts_of_calls, calls.frame.to_dict("list")


def assert_same_in_parts(path: Path, records: int, head: int = 5_000, **options: Any) -> None:
    whole = facts(path, Portions(head_records=head), **options)
    parts = Portions(text_bytes=1, records=records, head_records=head, calls=0)
    assert facts(path, parts, **options) == whole


@pytest.mark.parametrize("name", NAMES)
def test_every_layout_reads_the_same_in_parts(name: str) -> None:
    assert_same_in_parts(EXAMPLES / name, 1)
    assert_same_in_parts(EXAMPLES / name, 3, head=4)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
@pytest.mark.slow
def test_every_sample_bill_reads_the_same_in_parts(path: Path) -> None:
    assert_same_in_parts(path, 97, head=60)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared bills are not there")
@pytest.mark.slow
def test_the_shared_bills_read_the_same_in_parts() -> None:
    for path in sorted(SHARED.iterdir()):
        assert_same_in_parts(path, 11, head=20)


_LINES = st.sampled_from(
    [
        "{date} 10:00:0{second},020 7946 00{line},07700 9000{line},0:0{second},0.1{second}",
        '{date} 11:30:0{second},"020 7946 0018","07700 900{line},1",0:1{second},"1,2{second}"',
        "{date} 12:00:00,,+33 6 39 98 00 0{second},1:0{second},",
        "Call Detail,020 7946 00{line}",
        "Total,,,,{second}.50",
        "Date,From,To,Duration,Cost",
        "not a date,020 7946 0018,07700 900123,0:10,0.10",
        "Line rental,,,,20.00",
        "",
        '"torn,020 7946 0018,07700 900123,0:10,0.10',
        "{date} 09:00:00,020 7946 0018,07700 900123,0:10,0.10,surplus",
    ]
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_LINES, max_size=30), st.integers(1, 40), st.integers(1, 30), st.integers(0, 10**6))
def test_any_rows_read_the_same_wherever_they_are_cut(
    tmp_path: Path, lines: list[str], records: int, head: int, seed: int
) -> None:
    rng = random.Random(seed)
    text = "Date,From,To,Duration,Cost\n" + "\n".join(
        line.format(
            date=f"{rng.randint(1, 28):02}/0{rng.randint(1, 9)}/2026", second=rng.randint(0, 9), line=rng.randint(10, 30)
        )
        for line in lines
    )
    path = tmp_path / "bill.csv"
    path.write_text(text, encoding="utf-8")
    assert_same_in_parts(path, records, head=head)


def test_a_proof_far_below_makes_reading_begin_again(tmp_path: Path) -> None:
    # In GB 03/04 is the third of April; only the last row shows that the month comes first.
    rows = [
        f"0{1 + place % 9}/0{1 + place % 5}/2026 10:00:{place % 60:02},020 7946 0018,07700 900123,65" for place in range(400)
    ]
    path = tmp_path / "bill.csv"
    path.write_text("\n".join(["Date,From,To,Seconds", *rows, "04/23/2026 10:00:00,020 7946 0018,07700 900123,65"]))
    shares: list[float] = []
    bill = read_bill(
        path, country="GB", portions=Portions(text_bytes=1, records=20, head_records=30), progress=lambda _, x: shares.append(x)
    )
    assert bill.files[0].date_order == "mdy"
    assert (bill.files[0].questions, len(bill.calls)) == ((), 401)
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert_same_in_parts(path, 20, head=30, country="GB")


def test_long_texts_are_split_by_columns_as_they_are_by_rows(tmp_path: Path) -> None:
    rng = random.Random(4)
    lines = ["Date,From,To,Seconds,Cost"]
    for place in range(22_000):
        lines.append(
            f"2026-05-{1 + place // 1000:02} 10:00:{place % 60:02},0207946{rng.randint(0, 99):04},07700900123,{place % 999},0.1"
        )
        if rng.random() < 0.01:
            lines.append(rng.choice(["", "Total,1.50", 'a,"two\nlines",c,d,e', "x,y,z,1,2,3,4"]))
    path = tmp_path / "long.csv"
    path.write_text("\n".join(lines) + "\n")
    (records,) = open_records(path)
    whole, rows = whole_table(records), whole_table(replace(records, columnar=False))  # type: ignore[type-var]
    small = whole_table(open_records(path, portions=Portions(text_bytes=40_000, records=700))[0])
    assert getattr(records, "columnar", False)
    assert len(small) == len(whole) == len(rows)
    assert [small.record(place) for place in range(len(small))] == [whole.record(place) for place in range(len(whole))]
    assert small.row_numbers.tolist() == whole.row_numbers.tolist()
    assert_same_in_parts(path, 5_000, country="GB")


def test_torn_quotes_swallow_nothing_in_long_texts(tmp_path: Path) -> None:
    rows = [
        f"2026-05-{1 + place // 1000:02} 10:00:{place % 60:02},02079460018,07700900123,{place % 99},0.1"
        for place in range(20_000)
    ]
    for place in (19_000, 7_000, 6_999, 30):  # two of them are partners to each other
        rows[place] = '"' + rows[place]
    path = tmp_path / "torn.csv"
    path.write_text("\n".join(["Date,From,To,Seconds,Cost", *rows]) + "\n")
    bill = read_bill(path, country="GB")
    assert (bill.files[0].rows_total, len(bill.calls)) == (20_001, 20_000)
    assert_same_in_parts(path, 3_000, country="GB")


def test_several_files_read_the_same_in_parts() -> None:
    paths = [EXAMPLES / "asterisk_csv.csv", EXAMPLES / "asterisk_csv.csv", EXAMPLES / "freeswitch_csv.csv"]
    assert facts(paths, Portions(text_bytes=1, records=1, calls=0)) == facts(paths, Portions())


def test_what_progress_raises_ends_the_reading() -> None:
    class StopError(Exception):
        pass

    def stop(_: str, share: float) -> None:
        if share > 0.5:
            raise StopError

    with pytest.raises(StopError):
        read_bill(EXAMPLES / "asterisk_csv.csv", portions=Portions(text_bytes=1, records=1), progress=stop)


def test_the_golden_figures_are_those_of_parts_too() -> None:
    expected = json.loads((EXAMPLES / "expected.json").read_text(encoding="utf-8"))
    for name in ("telstra_obs.csv", "cisco_cucm.csv", "mitel_3300.txt"):
        bill = read_bill(EXAMPLES / name, portions=Portions(text_bytes=1, records=2))
        assert bill.files[0].layout == expected[name]["layout"]
        assert [bill.files[0].rows_total, len(bill.calls)] == expected[name]["rows"][:2]
