"""XLSX, XLSB, XLS and ODS read to the same calls as the bill's CSV; a workbook made to do harm is refused in a sentence."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import workbook_writers as writers
from fuzz_parts import ROWS
from workbook_writers import Rows, cells_of, compound_file, ods_cell, xls_record, xls_stream, xlsb_record, xlsb_sheet

from roi_tool.cdr import Bill
from roi_tool.importing import read_bill
from roi_tool.importing.records.workbooks import read_workbook
from roi_tool.problems import ProblemError
from roi_tool.wording import wording_for

CALLS: Rows = [
    ["Sample Telecom", None, None],
    [None] * 8,
    [None, "Date", "Time", "From", "Number dialled", "Duration", "Minutes", "Charge (£)"],
    *([None, f"{1 + n % 28}/05/2026", f"09:{n % 60:02d}:00", "020 7946 0018", f"0113 496 {n:04d}", f"00:02:{n % 60:02d}",
       2 + n, 0.125 * n] for n in range(300)),
]  # fmt: skip
FORMATS = ("xlsx", "xlsb", "xls", "ods")


def _write(path: Path, rows: Rows, more: Mapping[tuple[int, int], str | float] | None = None) -> Path:
    kind = path.suffix[1:]
    if kind == "xls":
        writers.write_xls(path, rows, more)
    elif kind == "xlsb":
        writers.write_parts(path, writers.xlsb_parts(rows, more))
    else:
        cells = {**cells_of(rows), **(more or {})}
        last = max(row for row, _ in cells) + 1
        wide = max(column for _, column in cells) + 1
        full = [[cells.get((row, column)) for column in range(wide)] for row in range(last)]
        writers.write_parts(path, writers.xlsx_parts(full) if kind == "xlsx" else writers.ods_parts(full))
    return path


def _facts(bill: Bill) -> list[tuple[object, ...]]:
    names = ("start", "caller", "called", "duration_ms", "charge_nano", "source_row")
    return list(zip(*(bill.calls.frame[name] for name in names), strict=True))


@pytest.mark.parametrize("kind", FORMATS)
def test_each_format_reads_to_the_calls_of_the_csv(kind: str, tmp_path: Path) -> None:
    text = "\n".join(",".join("" if cell is None else str(cell) for cell in row) for row in CALLS)
    (tmp_path / "bill.csv").write_text(text)
    expected = read_bill(tmp_path / "bill.csv", country="GB")
    bill = read_bill(_write(tmp_path / f"bill.{kind}", CALLS), country="GB")
    assert len(bill.calls) == 300
    assert _facts(bill) == _facts(expected)
    assert bill.files[0].skipped_by_reason == expected.files[0].skipped_by_reason


@pytest.mark.parametrize("kind", FORMATS)
def test_cells_stand_where_they_stood(kind: str, tmp_path: Path) -> None:
    rows: Rows = [[None] * 4, [None, None, "a", 0.0], [None] * 4, [None, None, "b", 12.0], [None, None, None, 1.5]]
    (table,) = read_workbook(_write(tmp_path / f"sheet.{kind}", rows).read_bytes(), "sheet")
    assert table.row_numbers.tolist() == [2, 4, 5]
    assert table.head(3) == [["", "", "a", "0"], ["", "", "b", "12"], ["", "", "", "1.5"]]


@pytest.mark.parametrize("kind", ["xlsb", "xls"])
def test_one_stray_cell_below_is_no_harm(kind: str, tmp_path: Path) -> None:
    last = 65_535 if kind == "xls" else 1_048_575
    bill = read_bill(_write(tmp_path / f"bill.{kind}", ROWS, {(last, 2): "x"}), country="GB")
    assert len(bill.calls) == 4
    assert bill.files[0].rows_total == 6


def _refused(path: Path, content: bytes | None = None) -> str:
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ProblemError) as caught:
        read_bill(path)
    (problem,) = caught.value.problems
    assert wording_for("en").sentence(problem).startswith(path.name)
    return str(problem.code)


def _parts(path: Path, parts: dict[str, bytes]) -> bytes:
    writers.write_parts(path, parts)
    return path.read_bytes()


XLSX_SHEET, XLSB_SHEET = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.bin"


def _xlsx(more: str, replaced: tuple[str, str] = ("", "")) -> Callable[[Path], bytes]:
    def make(path: Path) -> bytes:
        parts = writers.xlsx_parts(ROWS)
        sheet = parts[XLSX_SHEET].decode().replace("</sheetData>", more + "</sheetData>").replace(*replaced)
        return _parts(path, {**parts, XLSX_SHEET: sheet.encode()})

    return make


def _counted(part: str, name: str) -> Callable[[Path], bytes]:
    def make(path: Path) -> bytes:
        parts = writers.xlsx_parts(ROWS)
        return _parts(path, {**parts, part: re.sub(rf'{name}="\d+"'.encode(), f'{name}="4000000000"'.encode(), parts[part])})

    return make


def _xlsb(cells: dict[tuple[int, int], str | float]) -> Callable[[Path], bytes]:
    return lambda path: _parts(path, {**writers.xlsb_parts(ROWS), XLSB_SHEET: xlsb_sheet({**cells_of(ROWS), **cells}, [])})


def _broken_xlsb(body: bytes) -> Callable[[Path], bytes]:
    sheet = xlsb_record(129) + xlsb_record(148, bytes(16)) + xlsb_record(145) + body
    return lambda path: _parts(path, {**writers.xlsb_parts(ROWS), XLSB_SHEET: sheet})


def _ods(inner: str) -> Callable[[Path], bytes]:
    rows = "".join(f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in ROWS)
    return lambda path: _parts(path, writers.ods_parts(ROWS, rows + inner))


def _xls(change: Callable[[bytearray], None]) -> Callable[[Path], bytes]:
    def make(_path: Path) -> bytes:
        content = bytearray(compound_file("Workbook", xls_stream(cells_of(ROWS))))
        change(content)
        return bytes(content)

    return make


def _chain(sector: int) -> Callable[[bytearray], None]:
    """Let a sector follow itself in the allocation table, which is the first sector behind the header."""
    return lambda content: struct.pack_into("<I", content, 512 + 4 * sector, sector)


def _ends_cut(content: bytearray) -> None:
    del content[1500:]


def _old(cells: dict[tuple[int, int], str | float], dimensions: bytes = b"") -> Callable[[Path], bytes]:
    def make(_path: Path) -> bytes:
        stream = xls_stream({**cells_of(ROWS), **cells})
        place = stream.index(xls_record(0x200, bytes(14))[:4]) + 4
        return compound_file("Workbook", stream[:place] + (dimensions or stream[place : place + 14]) + stream[place + 14 :])

    return make


def _ods_row(cell: str, repeated: str = "") -> str:
    return f"<table:table-row{repeated}>{cell}</table:table-row>"


_MANY_ROWS, _MANY_COLUMNS = ' table:number-rows-repeated="1048570"', ' table:number-columns-repeated="16384"'
HARM = {
    "far corner.xlsx": (_xlsx('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "sheet_too_large"),
    "blanks in the tag.xlsx": (_xlsx('<row ht="1" r = "1048576"><c r = "XFD1048576"><v>1</v></c></row>'), "sheet_too_large"),
    "small letters.xlsx": (_xlsx('<row r="1048576"><c r="xfd1048576"><v>1</v></c></row>'), "sheet_too_large"),
    "row alone.xlsx": (_xlsx('<row ht="1" r="4294967295"><c><v>1</v></c></row>'), "sheet_too_large"),
    "no places.xlsx": (_xlsx('<row r="1048576">' + "<c/>" * 500 + "<c><v>1</v></c></row>"), "sheet_too_large"),
    "prefix.xlsx": (_xlsx('<x:row r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>',
                          ("<worksheet ", '<worksheet xmlns:x="y" ')), "sheet_too_large"),
    "strings.xlsx": (_counted("xl/sharedStrings.xml", "uniqueCount"), "workbook_damaged"),
    "styles.xlsx": (_counted("xl/styles.xml", "count"), "workbook_damaged"),
    "far corner.xlsb": (_xlsb({(1_048_575, 16_383): 1.0}), "sheet_too_large"),
    "column.xlsb": (_xlsb({(1000, 4_000_000_000): 1.0}), "sheet_too_large"),
    "endless row.xlsb": (_xlsb({(0, 2_000_000): 1.0}), "sheet_too_large"),
    "wide.xlsb": (_xlsb({(1, column): 1.0 for column in range(16_384)}), "too_many_columns"),
    "short.xlsb": (_broken_xlsb(xlsb_record(0, bytes(17)) + xlsb_record(5, b"\x00" * 5)), "workbook_damaged"),
    "bare row.xlsb": (_broken_xlsb(xlsb_record(5, bytes(16)) + xlsb_record(0)), "workbook_damaged"),
    "no string.xlsb": (_broken_xlsb(xlsb_record(0, bytes(17)) + xlsb_record(7, bytes(8) + b"\xff" * 4)), "workbook_damaged"),
    "no end.xlsb": (_broken_xlsb(b"\x05\xff\xff\xff\x7f"), "workbook_damaged"),
    "rows.ods": (_ods(_ods_row(ods_cell("x") * 20, _MANY_ROWS)), "sheet_too_large"),
    "endless rows.ods": (_ods(_ods_row(ods_cell("x"), ' table:number-rows-repeated="4000000000"')), "sheet_too_large"),
    "columns.ods": (_ods(_ods_row(ods_cell("x", ' table:number-columns-repeated="4000000000"'))), "sheet_too_large"),
    "endless row.ods": (_ods(_ods_row(ods_cell("x", ' table:number-columns-repeated="2000000"'))), "sheet_too_large"),
    "wide.ods": (_ods(_ods_row(ods_cell("x", _MANY_COLUMNS))), "too_many_columns"),
    "far corner.ods": (_ods(_ods_row(ods_cell(None, _MANY_COLUMNS), _MANY_ROWS)
                            + _ods_row(ods_cell(None, _MANY_COLUMNS) + ods_cell("x"))), "sheet_too_large"),
    "spaces.ods": (_ods('<table:table-row><table:table-cell office:value-type="string"><text:p>a<text:s text:c="4000000000"/>'
                        "</text:p></table:table-cell></table:table-row>"), "workbook_damaged"),
    "column.xls": (_old({(65_535, 65_535): "x"}), "sheet_too_large"),
    "corner.xls": (_old({(65_535, 255): "x"}), "sheet_too_large"),
    "dimensions.xls": (_old({}, struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0)), "sheet_too_large"),
    "turned dimensions.xls": (_old({}, struct.pack("<IIHHH", 0xD0800000, 5, 0, 6, 0)), "workbook_damaged"),
    "stream circle.xls": (_xls(_chain(2)), "workbook_damaged"),
    "directory circle.xls": (_xls(_chain(1)), "workbook_damaged"),
    "cut.xls": (_xls(_ends_cut), "workbook_damaged"),
}  # fmt: skip


@pytest.mark.parametrize("name", HARM)
def test_a_workbook_made_to_do_harm_is_refused(name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    make, code = HARM[name]
    assert _refused(tmp_path / name, make(tmp_path / name)) == code
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("name", ["tail of rows.ods", "tail of cells.ods", "noted dimension.xlsx", "far note.xlsx"])
def test_what_only_looks_large_is_read(name: str, tmp_path: Path) -> None:
    tail = _ods_row(ods_cell(None, _MANY_COLUMNS), _MANY_ROWS)
    make = {
        "tail of rows.ods": _ods(tail),
        "tail of cells.ods": _ods(_ods_row(ods_cell("Total") + ods_cell(None, _MANY_COLUMNS))),
        "noted dimension.xlsx": _xlsx("", ('ref="A1:F5"', 'ref="A1:XFD1048576"')),
        "far note.xlsx": _xlsx('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
    }[name]
    path = tmp_path / name
    path.write_bytes(make(path))
    assert len(read_bill(path, country="GB").calls) == 4


def _renamed(parts: dict[str, bytes], old: str, new: str) -> dict[str, bytes]:
    return {name.replace(old, new): content.replace(old.encode(), new.encode()) for name, content in parts.items()}


def test_a_sheet_is_known_by_what_it_holds(tmp_path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    xlsx = writers.xlsx_parts(ROWS)
    xlsx[XLSX_SHEET] = xlsx[XLSX_SHEET].replace(b"</sheetData>", far.encode())
    xlsb = {**writers.xlsb_parts(ROWS), XLSB_SHEET: xlsb_sheet({(1_048_575, 16_383): 1.0}, [])}
    for name, parts in (
        ("a.xlsx", _renamed(xlsx, "sheet1.xml", "sheet1.bin")),
        ("a.xlsb", _renamed(xlsb, "sheet1.bin", "theme.xml")),
    ):
        assert _refused(tmp_path / name, _parts(tmp_path / name, parts)) == "sheet_too_large"


def test_many_sheets_are_measured_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    large = _ods_row(ods_cell("x") * 9, ' table:number-rows-repeated="1000000"')
    sheets = f'{large}</table:table><table:table table:name="More">{large}'
    assert _refused(tmp_path / "two.ods", _ods(sheets)(tmp_path / "two.ods")) == "sheet_too_large"
    monkeypatch.setattr("roi_tool.importing.records.workbooks.MAX_WORKBOOK_CELLS", 10)
    assert _refused(_write(tmp_path / "two.xlsx", ROWS)) == "workbook_too_large"


def test_a_protected_ods_is_told(tmp_path: Path) -> None:
    parts = writers.ods_parts(ROWS)
    listed = parts["META-INF/manifest.xml"].replace(b"</manifest:manifest>", b"<manifest:encryption-data/></manifest:manifest>")
    path = tmp_path / "locked.ods"
    assert _refused(path, _parts(path, {**parts, "META-INF/manifest.xml": listed, "content.xml": bytes(range(256))})) == (
        "workbook_protected"
    )
