"""Bills in HTML, Excel's XML of 2003, flat ODS and plain XML read to the calls of the same bill as CSV; bombs do not."""

from __future__ import annotations

from pathlib import Path

import pytest
from fuzz_targets import TARGETS
from workbook_writers import ods_parts

from roi_tool.cdr import Bill
from roi_tool.importing import read_bill
from roi_tool.problems import ProblemError

TITLES = ("Date", "Time", "From", "Number dialled", "Duration", "Charge (£)")
ROWS = [(f"{13 + n}/05/2026", f"09:15:0{n}", "020 7946 0018", "0113 496 0300", f"00:02:0{n}", f"{n}.125") for n in range(4)]
SHEET = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
CALL = "<call><date>13/05/2026</date><time>09:15</time><number>0113 496 0300</number><duration>00:02:00</duration>{}</call>"


def _read(path: Path, text: str) -> Bill:
    path.write_text(text)
    return read_bill(path, country="GB")


def _refused(path: Path, text: str) -> str:
    with pytest.raises(ProblemError) as caught:
        _read(path, text)
    return str(caught.value.problems[0].code)


def _facts(bill: Bill) -> list[tuple[object, ...]]:
    frame = bill.calls.frame
    return list(zip(frame["start"], frame["called"], frame["duration_ms"], frame["charge_nano"], strict=True))


@pytest.fixture
def calls(tmp_path: Path) -> list[tuple[object, ...]]:
    return _facts(_read(tmp_path / "bill.csv", "\n".join(",".join(row) for row in (TITLES, *ROWS))))


def _excel_xml(cells: str) -> str:
    return f'<?xml version="1.0"?><Workbook {SHEET}><Worksheet ss:Name="Calls"><Table>{cells}</Table></Worksheet></Workbook>'


def _excel_row(row: tuple[str, ...], attributes: str = "") -> str:
    return f"<Row{attributes}>" + "".join(f'<Cell><Data ss:Type="String">{c}</Data></Cell>' for c in row) + "</Row>"


@pytest.mark.parametrize("kind", ["html", "closed by the next", "excel", "elements", "attributes", "flat ods"])
def test_each_markup_reads_to_the_calls_of_the_csv(kind: str, calls: list[tuple[object, ...]], tmp_path: Path) -> None:
    names = ("date", "time", "caller", "number", "duration", "charge")
    rows = (TITLES, *ROWS)
    elements = ["".join(f"<{n}>{c}</{n}>" for n, c in zip(names, row, strict=True)) for row in ROWS]
    attributes = [" ".join(f'{n}="{c}"' for n, c in zip(names, row, strict=True)) for row in ROWS]
    text = {
        "html": "<html><table><tr><td>" + "</td></tr><tr><td>".join("</td><td>".join(row) for row in rows) + "</table></html>",
        "closed by the next": "<table>" + "".join("<tr><td>" + "<td>".join(row) for row in rows) + "</table>",
        "excel": _excel_xml("".join(map(_excel_row, rows))),
        "elements": "<bill>" + "".join(f"<call>{row}</call>" for row in elements) + "</bill>",
        "attributes": "<bill>" + "".join(f"<call {row}/>" for row in attributes) + "</bill>",
        "flat ods": ods_parts(rows)["content.xml"].decode().replace("document-content", "document"),
    }[kind]
    bill = _read(tmp_path / "bill.xls", text)
    assert _facts(bill) == calls
    assert bill.rejected == ()


def test_cells_of_excel_xml_stand_where_they_say(tmp_path: Path, calls: list[tuple[object, ...]]) -> None:
    merged = '<Row><Cell ss:MergeAcross="4"><Data>Calls of May</Data></Cell><Cell><Data>GBP</Data></Cell></Row>'
    last = ROWS[-1]
    placed = f'<Row ss:Index="9"><Cell><Data>{last[0]}</Data><Comment><Data>9</Data></Comment></Cell>'
    placed += f'<Cell><Data ss:Type="DateTime">1899-12-31T{last[1]}.000</Data></Cell>'
    placed += "".join(f'<Cell ss:Index="{place}"><Data>{last[place - 1]}</Data></Cell>' for place in range(3, 7)) + "</Row>"
    bill = _read(tmp_path / "bill.xls", _excel_xml(merged + "".join(map(_excel_row, (TITLES, *ROWS[:-1]))) + placed))
    assert _facts(bill) == calls
    assert list(bill.calls.frame["source_row"]) == [3, 4, 5, 9]


def test_the_parts_of_a_record_and_the_facts_above_it_are_kept(tmp_path: Path) -> None:
    parts = "<party><caller>020 7946 0018</caller></party><cost currency='GBP'><net>0.10</net></cost>"
    text = f"<bill><summary><Total>0.20</Total></summary>{CALL.format(parts) * 2}</bill>"
    bill = _read(tmp_path / "bill.xml", text)
    assert list(bill.calls.frame["charge_nano"]) == [10**8, 10**8]
    assert list(bill.calls.frame["caller"]) == ["442079460018"] * 2
    assert bill.reconciliation.stated_nano == 2 * 10**8
    assert bill.files[0].rows_total == 4


BAD = {
    "laughs": ('<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>', "xml_refused"),
    "outside": ('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>', "xml_refused"),
    "late": ("<!--" + " " * 9000 + '--><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "xml_refused"),
    "declared": ("<!DOCTYPE a [<!ELEMENT a ANY>]><a/>", "xml_refused"),
    "unknown": ("<a><b>&nope;</b></a>", "xml_damaged"),
    "cut": ("<bill>" + CALL.format("<cost>0.10</cost>")[:-20], "xml_damaged"),
    "deep": ("<a>" * 200_000 + "</a>" * 200_000, "xml_without_table"),
    "facts alone": ("<a><b>1</b></a>", "xml_without_table"),
    "names": ("<a>" + "".join(f'<r a{n}="1" b{n}="2" c{n}="3"/>' for n in range(500)) + "</a>", "too_many_columns"),
    "wide sheet": (_excel_xml('<Row><Cell ss:Index="16384"><Data>1</Data></Cell></Row>'), "too_many_columns"),
    "far row": (_excel_xml('<Row ss:Index="99999999"><Cell><Data>1</Data></Cell></Row>'), "workbook_damaged"),
    "wide page": ("<table><tr>" + "<td>x" * 20_000 + "</table>", "too_many_columns"),
    "conditions": ("<table><tr><td>" + "<![" * 2000 + "</table>", "xml_damaged file_empty"),  # as the Python sees it
    "no table": ("<html><p>Log in</p></html>", "file_is_web_page"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_markup_is_refused(name: str, tmp_path: Path) -> None:
    text, codes = BAD[name]
    assert _refused(tmp_path / "bill.xml", text) in codes.split()


def test_a_document_type_without_entities_is_no_harm(tmp_path: Path) -> None:
    text = f'<!DOCTYPE bill SYSTEM "bill.dtd"><bill>{CALL.format("<cost>0.10</cost>") * 2}</bill>'
    assert len(_read(tmp_path / "bill.xml", text).calls) == 2


def test_more_markup_than_memory_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("roi_tool.importing.records.markup.MAX_MARKUP_CHARACTERS", 100)
    assert _refused(tmp_path / "bill.xml", TARGETS["markup"].starts()[0].decode()) == "file_too_large"
