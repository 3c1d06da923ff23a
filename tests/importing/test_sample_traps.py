"""The sample bills with the traps of real files set in them: they must still read to the same calls and the same money."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from roi_tool.cdr import Bill
from roi_tool.importing import read_bill
from roi_tool.resources import sample_bills_folder

FOLDER = sample_bills_folder()
KNOWN: dict[str, dict[str, Any]] = json.loads((FOLDER / "known_totals.json").read_text(encoding="utf-8"))["files"]
NAMES = (
    "lakeshore_usage_2026-06.csv",
    "lianhua_detail_2026-05_07.csv",
    "nordlicht_einzelverbindungen_2026-05_07.csv",
    "telcentre_detail_2026-05_07.csv",
    "bt_2003_style.csv",
)
COLUMNS = ["start", "direction", "caller", "called", "called_class", "duration_ms", "billed_ms", "charge_nano"]
Rows = list[list[str]]


@cache
def _records(name: str) -> Rows:
    text = (FOLDER / name).read_bytes().decode(KNOWN[name]["encoding"])
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=KNOWN[name]["delimiter"]))


_HEADERS = ("From Number", "对方号码", "Zielrufnummer", "Numéro appelé", "CalledNo")


def _header(rows: Rows) -> int:
    """Return the place of the header of the calls."""
    return next(place for place, row in enumerate(rows) if any(cell.strip() in _HEADERS for cell in row))


def _blank_lines(rows: Rows, rng: Random) -> Rows:
    return [line for row in rows for line in ((row, []) if rng.random() < 0.05 else (row,))]


def _repeated_header(rows: Rows, rng: Random) -> Rows:
    head = _header(rows)
    return [
        line for place, row in enumerate(rows) for line in ((rows[head], row) if place > head and place % 60 == 0 else (row,))
    ]


def _empty_columns(rows: Rows, rng: Random) -> Rows:
    return [[*row, "", ""] if row else row for row in rows]


def _rows_of_commas(rows: Rows, rng: Random) -> Rows:
    width = max(len(row) for row in rows)
    return [line for row in rows for line in ((row, [""] * width) if rng.random() < 0.03 else (row,))]


def _columns_in_another_order(rows: Rows, rng: Random) -> Rows:
    head, width = _header(rows), len(rows[_header(rows)])
    order = [0, *rng.sample(range(1, width), width - 1)]  # where totals have their word
    return [[row[place] for place in order] if at >= head and len(row) == width else row for at, row in enumerate(rows)]


def _cells_padded(rows: Rows, rng: Random) -> Rows:
    return [[f" {cell}  " if cell else cell for cell in row] for row in rows]


def _preamble_lost(rows: Rows, rng: Random) -> Rows:
    return rows[1:] if rows[0] else rows


def _longer_preamble(rows: Rows, rng: Random) -> Rows:
    return [["Exported by the customer's portal on 02/08/2026 at 09:41"], ["Page 1 of 1"], [], *rows]


TRAPS: dict[str, Callable[[Rows, Random], Rows]] = {
    function.__name__.strip("_"): function
    for function in (
        _blank_lines,
        _repeated_header,
        _empty_columns,
        _rows_of_commas,
        _columns_in_another_order,
        _cells_padded,
        _preamble_lost,
        _longer_preamble,
    )
}


def _written(rows: Rows, delimiter: str, **style: Any) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, **style).writerows(rows)
    return text.getvalue()


def _read(path: Path, name: str) -> Bill:
    return read_bill([path], country=KNOWN[name]["country"], timezone=KNOWN[name]["timezone"])


@cache
def _plain(name: str) -> Bill:
    return _read(FOLDER / name, name)


def _check(text: str, name: str, folder: Path, encoding: str = "utf-8") -> Bill:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    bill, plain = _read(path, name), _plain(name)
    assert len(bill.calls) == len(plain.calls)
    for column in COLUMNS:
        assert bill.calls.frame[column].equals(plain.calls.frame[column]), column
    assert bill.rejected == ()
    assert bill.reconciliation == plain.reconciliation
    assert bill.currency == plain.currency
    (reading,) = bill.files
    assert reading.rows_total == reading.rows_calls + reading.rows_charges + reading.rows_skipped
    return bill


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("trap", TRAPS)
def test_a_trap_changes_nothing(trap: str, name: str, tmp_path: Path) -> None:
    rows = TRAPS[trap](_records(name), Random(trap + name))
    assert rows != _records(name) or trap == "preamble_lost"
    _check(_written(rows, KNOWN[name]["delimiter"]), name, tmp_path)


@pytest.mark.parametrize("name", NAMES)
def test_all_traps_at_once(name: str, tmp_path: Path) -> None:
    rows = _records(name)
    for trap, function in TRAPS.items():
        rows = function(rows, Random("all" + trap + name))
    _check(_written(rows, KNOWN[name]["delimiter"]), name, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_quotes_around_everything_and_a_line_for_the_spreadsheet(name: str, tmp_path: Path) -> None:
    text = "sep=;\r\n" + _written(_records(name), ";", quoting=csv.QUOTE_ALL)
    _check(text, name, tmp_path, "utf-8-sig")


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in NAMES if KNOWN[name]["country"] in ("US", "GB", "CN")])
def test_saved_by_a_spreadsheet_that_writes_decimal_commas(name: str, tmp_path: Path) -> None:
    rows = [[_with_comma(cell) for cell in row] for row in _records(name)]
    _check(_written(rows, ";"), name, tmp_path)


def _with_comma(cell: str) -> str:
    """Write `$1,234.56` as `$1.234,56`, and leave dates and whole numbers alone."""
    money = re.fullmatch(r"(\s*[($]*)([\d,]+)\.(\d{2,4})(\)?\s*)", cell)
    return f"{money[1]}{money[2].replace(',', '.')},{money[3]}{money[4]}" if money else cell


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_record_that_is_broken_is_told_with_its_row(name: str, tmp_path: Path) -> None:
    """A call whose date was overtyped is rejected with its row; the others stay, and the money says what is missing."""
    rows = [list(row) for row in _records(name)]
    head = _header(rows)
    start = next(place for place, cell in enumerate(rows[head + 9]) if re.match(r"\d\d[/.]\d\d[/.]\d{4}|\d{4}-\d\d-\d\d", cell))
    rows[head + 9][start] = "lost"
    path = tmp_path / name
    path.write_text(_written(rows, KNOWN[name]["delimiter"]), encoding="utf-8", newline="")
    bill = _read(path, name)
    assert len(bill.calls) == len(_plain(name).calls) - 1
    (rejected,) = bill.rejected
    assert rejected.problem.where.row == head + 10
    (reading,) = bill.files
    assert reading.rows_rejected == 1
    assert reading.rows_total == reading.rows_calls + reading.rows_charges + reading.rows_skipped + 1
