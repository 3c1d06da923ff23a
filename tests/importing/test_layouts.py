"""Every declared layout is found by its example and reads to its golden figures, also after a spreadsheet has saved it again.

`python tests/importing/test_layouts.py` writes `layouts/expected.json` anew: read the difference before you keep it.
"""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from roi_tool.cdr import Bill
from roi_tool.importing import read_bill
from roi_tool.importing.layout_library import LAYOUT_FOLDER, find_layout, known_layouts, read_layout
from roi_tool.money import from_nano
from roi_tool.problems import ProblemError

EXAMPLES = Path(__file__).parent / "layouts"
EXPECTED = EXAMPLES / "expected.json"
SHARED = Path(__file__).parents[3] / "shared" / "data" / "bills"
NAMES = sorted(path.name for path in EXAMPLES.iterdir() if path.suffix != ".json")
YEARLESS = ("telstra_consumer", "mitel_3300")


def summary(bill: Bill) -> dict[str, Any]:
    """Return the bill's figures and its first calls; without the year where the file shows none."""
    frame, file = bill.calls.frame, bill.files[0]
    first = frame.head(6)
    cut = 5 if file.layout in YEARLESS else 0
    return {
        "layout": file.layout,
        "rows": [file.rows_total, file.rows_calls, file.rows_charges, file.rows_skipped, file.rows_rejected],
        "skipped": dict(file.skipped_by_reason),
        "currency": bill.currency,
        "timezone": bill.calls.timezone,
        "duration_ms": int(frame["duration_ms"].sum()),
        "charge": _plain(int(frame["charge_nano"].sum())),
        "charges": [[charge.kind.value, charge.description, _plain(charge.amount_nano)] for charge in bill.charges],
        "calls": [
            " ".join(
                map(str, (str(row.start)[cut:19], row.direction, row.caller, row.called, row.called_class, row.duration_ms))
            )
            for row in first.itertuples()
        ],
    }


def _plain(nano: int) -> str:
    return format(from_nano(nano).normalize(), "f")


def _expected() -> dict[str, Any]:
    return json.loads(EXPECTED.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_the_example_reads_to_its_golden_figures(name: str) -> None:
    bill = read_bill(EXAMPLES / name)
    assert summary(bill) == _expected()[name]
    assert bill.files[0].layout == Path(name).stem
    assert bill.files[0].rows_total == sum(
        (bill.files[0].rows_calls, bill.files[0].rows_charges, bill.files[0].rows_skipped, bill.files[0].rows_rejected)
    )


def test_every_layout_has_an_example_and_is_valid() -> None:
    names = [layout.name for layout in known_layouts()]
    assert len(names) >= 40
    assert sorted(names) == sorted(Path(name).stem for name in NAMES)
    assert all(read_layout(LAYOUT_FOLDER / f"{name}.toml").name == name for name in names)


def _figures(bill: Bill) -> tuple[object, ...]:
    frame = bill.calls.frame
    parties = sorted(zip(frame["caller"], frame["called"], frame["duration_ms"], strict=True))
    return len(frame), parties, int(frame["charge_nano"].sum()), list(frame["start"]), list(frame["direction"])


PRINTED = ("febraban_v2.txt", "mitel_3300.txt")
"""Fixed columns: they have no delimiter to change, and a spreadsheet shows each line as one cell."""


@pytest.mark.parametrize("name", [name for name in NAMES if name not in PRINTED])
@pytest.mark.parametrize(
    "form", ["semicolon", "numbers", *(pytest.param(form, marks=pytest.mark.slow) for form in ("utf16", "text"))]
)
def test_saved_again_by_a_spreadsheet_it_reads_to_the_same_calls(name: str, form: str, tmp_path: Path) -> None:
    original = read_bill(EXAMPLES / name)
    rows = _rows(EXAMPLES / name, original.files[0].delimiter)
    path = tmp_path / f"again.{'csv' if form in ('semicolon', 'utf16') else 'xlsx'}"
    _write(path, rows, form)
    assert _figures(read_bill(path)) == _figures(original)


@pytest.mark.parametrize("name", PRINTED)
@pytest.mark.parametrize("form", ["utf-16", "cp1252", "one column of a workbook"])
def test_printed_columns_read_the_same_in_another_encoding_or_a_workbook(name: str, form: str, tmp_path: Path) -> None:
    text = (EXAMPLES / name).read_text(encoding="utf-8")
    path = tmp_path / ("again.txt" if form != "one column of a workbook" else "again.xlsx")
    if path.suffix == ".txt":
        path.write_bytes(text.replace("\n", "\r\n").encode(form))
    else:
        _write(path, [[line] for line in text.splitlines()], "text")
    assert _figures(read_bill(path)) == _figures(read_bill(EXAMPLES / name))


def _rows(path: Path, delimiter: str) -> list[list[str]]:
    text = path.read_text(encoding="utf-8")
    text = text.split("\n", 1)[1] if text.startswith("sep=") else text
    if "\\," in text and '"' not in text:
        return list(csv.reader(io.StringIO(text, newline=""), quoting=csv.QUOTE_NONE, escapechar="\\"))  # BroadWorks
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _write(path: Path, rows: list[list[str]], form: str) -> None:
    if form in ("semicolon", "utf16"):
        written = io.StringIO(newline="")
        cells = [[re.sub(r"^([£$]?-?\d+)\.(\d+)$", r"\1,\2", cell.strip()) for cell in row] for row in rows]
        csv.writer(written, delimiter=";" if form == "semicolon" else "\t").writerows(cells if form == "semicolon" else rows)
        path.write_bytes(written.getvalue().encode("gb18030" if form == "semicolon" else "utf-16"))
        return
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            plain = re.sub(r"^(-?\d+),(\d+)$", r"\1.\2", cell.strip())
            if form == "numbers" and re.fullmatch(r"-?(0|[1-9]\d{0,9})(\.\d+)?", plain):
                sheet.write_number(row, column, float(plain))
            elif cell:
                sheet.write_string(row, column, cell)
    book.close()


def test_a_layout_that_is_wrong_is_refused_with_the_field(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('name = "mine"\ntitle = "Mine"\n[recognise]\ntitles = ["A"]\n[columns]\nwhatever = "A"\n', encoding="utf-8")
    with pytest.raises(ProblemError) as caught:
        find_layout(str(path))
    assert caught.value.problems[0].code == "layout_invalid"
    assert "columns" in caught.value.problems[0].detail["field"]
    with pytest.raises(ProblemError, match="layout_unknown"):
        find_layout("no_such_layout")


SHARED_FIGURES = {
    # file: calls, seconds, money of the calls, layout
    "3cx_v20_call_reports.csv": (1, 39, "0", "threecx_v20"),
    "avaya_ip_office_smdr.csv": (13, 895, "8.51", "avaya_ip_office"),
    "bt_2001.csv": (3, 4378, "3.79", "bt_2001"),
    "china_mobile_detail.csv": (2, 467, "0", "china_mobile"),
    "esi_ivx_smdr.csv": (1, 7512, "0", "esi_ivx"),
    "realworld_au_ipvoice_cdr.csv": (3, 304, "0.42", "realworld_au"),
    # 197 of the 271 call records are voice; 45 data sessions cost nothing, 29 texts and services are charges.
    "telstra_obs_6_4.csv": (197, 44184, "86.96", "telstra_obs"),
    "telstra_online_billing.csv": (4, 1830, "5.72", "telstra_consumer"),
    "tmobile_us_usage.csv": (1, 60, "0", "tmobile_us"),
}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder of other people's bills is not beside the checkout")
@pytest.mark.parametrize("name", SHARED_FIGURES)
def test_real_files_read_to_the_right_calls_seconds_and_money(name: str) -> None:
    bill = read_bill(SHARED / name)
    frame = bill.calls.frame
    found = (len(frame), int(frame["duration_ms"].sum()) // 1000, _plain(int(frame["charge_nano"].sum())), bill.files[0].layout)
    assert found == SHARED_FIGURES[name]
    assert bill.rejected == ()


@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder of other people's bills is not beside the checkout")
def test_telstra_obs_counts_no_money_twice() -> None:
    bill = read_bill(SHARED / "telstra_obs_6_4.csv")
    by_kind: dict[str, int] = {}
    for charge in bill.charges:
        by_kind[charge.kind.value] = by_kind.get(charge.kind.value, 0) + charge.amount_nano
    # Of DC 92.02 and of calls that only DS holds (JJ292) 2.70 before tax, of DF 540.09, of DO 69.92,
    # of discounts 9.09 in DS alone; tax 9.21 + 0.27 + 54.02 − 0.91.
    assert {kind: _plain(nano) for kind, nano in by_kind.items()} == {
        "usage_summary": "7.76",
        "recurring": "540.09",
        "one_off": "69.92",
        "discount": "-9.09",
        "tax": "62.59",
    }
    assert bill.reconciliation.stated_nano == 6_670_470_000_000  # the header's total: of the bill before it was shortened
    assert _plain(bill.reconciliation.read_nano) == "758.23"
    explained = {line.code: _plain(line.difference_nano) for line in bill.reconciliation.lines}
    assert explained == {"file": "-1.34", "not_in_file": "5913.58", "summary": "-1.34"}
    # 5,913.58 is of services that the file leaves out; of JJ384 the calls add up to 1.34 more than their summary.
    assert _plain(bill.reconciliation.difference_nano) == "5912.24"


if __name__ == "__main__":
    figures = {name: summary(read_bill(EXAMPLES / name)) for name in NAMES}
    EXPECTED.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
