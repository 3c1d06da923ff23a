"""Writes small workbooks in formats that no library at hand writes (XLSB, XLS, ODS), and lets tests reach into their parts.

Sources: [MS-XLSB] 2.4 (records of BIFF12), [MS-XLS] 2.4 (records of BIFF8), [MS-CFB] 2.2 (compound file), ODF 1.2 part 1, 9.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

Rows = Sequence[Sequence[str | float | None]]
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def write_parts(target: Path | IO[bytes], parts: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> None:
    """Write the parts of a package as a zip."""
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def xlsx_parts(rows: Rows) -> dict[str, bytes]:
    """Return the parts of an XLSX that matter to a reader."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("Calls")
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    with zipfile.ZipFile(stream) as archive:
        kept = ("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
                "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml")  # fmt: skip
        return {name: archive.read(name) for name in kept if name in archive.namelist()}


# --- XLSB: records of BIFF12 ---------------------------------------------------------------------------------------------


def xlsb_record(kind: int, body: bytes = b"") -> bytes:
    """Return one record: its kind and length in groups of seven bits, the low ones first."""
    return _sevens(kind) + _sevens(len(body)) + body


def _sevens(number: int) -> bytes:
    found = bytearray()
    while number > 0x7F:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*found, number])


def _wide(text: str) -> bytes:
    encoded = text.encode("utf-16-le")
    return struct.pack("<I", len(encoded) // 2) + encoded


def xlsb_sheet(cells: Mapping[tuple[int, int], str | float], strings: list[str]) -> bytes:
    """Return a sheet's records; `strings` gathers the shared strings."""
    body = io.BytesIO()
    last_row = max((row for row, _ in cells), default=0)
    last_column = max((column for _, column in cells), default=0)
    body.write(xlsb_record(129) + xlsb_record(148, struct.pack("<IIII", 0, last_row, 0, last_column)) + xlsb_record(145))
    at_row = -1
    for (row, column), cell in sorted(cells.items()):
        if row != at_row:
            body.write(xlsb_record(0, struct.pack("<IIHBBB", row, 0, 0x12C, 0, 0, 0) + struct.pack("<I", 0)))
            at_row = row
        place = struct.pack("<II", column, 0)
        if isinstance(cell, str):
            strings.append(cell)
            body.write(xlsb_record(7, place + struct.pack("<I", len(strings) - 1)))
        else:
            body.write(xlsb_record(5, place + struct.pack("<d", cell)))
    return body.getvalue() + xlsb_record(146) + xlsb_record(130)


def cells_of(rows: Rows) -> dict[tuple[int, int], str | float]:
    """Return the cells of rows by place, both from 0."""
    return {(r, c): cell for r, row in enumerate(rows) for c, cell in enumerate(row) if cell is not None}


def xlsb_parts(rows: Rows, more: Mapping[tuple[int, int], str | float] | None = None) -> dict[str, bytes]:
    """Return the parts of an XLSB workbook of one sheet."""
    strings: list[str] = []
    sheet = xlsb_sheet({**cells_of(rows), **(more or {})}, strings)
    shared = xlsb_record(159, struct.pack("<II", len(strings), len(strings)))
    shared += b"".join(xlsb_record(19, b"\x00" + _wide(text)) for text in strings) + xlsb_record(160)
    bundle = xlsb_record(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Calls"))
    workbook = xlsb_record(131) + xlsb_record(143) + bundle + xlsb_record(144) + xlsb_record(132)
    binary, main = "application/vnd.ms-excel", f"{_XML}<Types xmlns={quoteattr(_PACKAGE + '/content-types')}>"
    types = (("/xl/workbook.bin", "sheet.binary.macroEnabled.main"), ("/xl/worksheets/sheet1.bin", "worksheet"),
             ("/xl/sharedStrings.bin", "sharedStrings"))  # fmt: skip
    overrides = "".join(f'<Override PartName="{part}" ContentType="{binary}.{kind}"/>' for part, kind in types)
    relation = '<Relationship Id="{}" Type="' + _OFFICE + '/{}" Target="{}"/>'
    book = relation.format("rId1", "worksheet", "worksheets/sheet1.bin")
    book += relation.format("rId2", "sharedStrings", "sharedStrings.bin")
    return {
        "[Content_Types].xml": (main + overrides + "</Types>").encode(),
        "_rels/.rels": _relations(relation.format("rId1", "officeDocument", "xl/workbook.bin")),
        "xl/workbook.bin": workbook,
        "xl/_rels/workbook.bin.rels": _relations(book),
        "xl/worksheets/sheet1.bin": sheet,
        "xl/sharedStrings.bin": shared,
    }


def _relations(inner: str) -> bytes:
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'.encode()


# --- ODS -----------------------------------------------------------------------------------------------------------------


def ods_parts(rows: Rows, inner: str | None = None) -> dict[str, bytes]:
    """Return the parts of an ODS of one sheet; `inner` takes the place of its rows."""
    table = "".join(f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in rows)
    spaces = {"office": "office:1.0", "table": "table:1.0", "text": "text:1.0"}
    names = " ".join(f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{value}"' for key, value in spaces.items())
    content = (
        f'{_XML}<office:document-content {names} office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="Calls">{table if inner is None else inner}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    entry = '<manifest:file-entry manifest:full-path="{}" manifest:media-type="{}"/>'
    listed = entry.format("/", kind) + entry.format("content.xml", "text/xml")
    return {
        "mimetype": kind.encode(),
        "META-INF/manifest.xml": f'{_XML}<manifest:manifest xmlns:manifest="{manifest}">{listed}</manifest:manifest>'.encode(),
        "content.xml": content.encode(),
    }


def ods_cell(cell: str | float | None, attributes: str = "") -> str:
    """Return a cell's element."""
    if cell is None:
        return f"<table:table-cell{attributes}/>"
    if isinstance(cell, str):
        return f'<table:table-cell office:value-type="string"{attributes}><text:p>{escape(cell)}</text:p></table:table-cell>'
    number = f'office:value-type="float" office:value="{cell!r}"'
    return f"<table:table-cell {number}{attributes}><text:p>{cell!r}</text:p></table:table-cell>"


# --- XLS: records of BIFF8 in a compound file ------------------------------------------------------------------------------


def write_xls(path: Path, rows: Rows, more: Mapping[tuple[int, int], str | float] | None = None) -> None:
    """Write an XLS of one sheet."""
    path.write_bytes(compound_file("Workbook", xls_stream({**cells_of(rows), **(more or {})})))


def xls_record(kind: int, body: bytes = b"") -> bytes:
    """Return one record of BIFF8."""
    return struct.pack("<HH", kind, len(body)) + body


def xls_stream(cells: Mapping[tuple[int, int], str | float]) -> bytes:
    """Return the records of a workbook of one sheet."""
    begin, end = xls_record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6)), xls_record(0x0A)
    name = b"Calls"
    length = len(begin) + 4 + 8 + len(name) + len(end)
    bound = xls_record(0x85, struct.pack("<IBBBB", length, 0, 0, len(name), 0) + name)
    sheet = io.BytesIO()
    sheet.write(xls_record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6)))
    rows, columns = max((row for row, _ in cells), default=0) + 1, max((column for _, column in cells), default=0) + 1
    sheet.write(xls_record(0x200, struct.pack("<IIHHH", 0, rows, 0, columns & 0xFFFF, 0)))
    for (row, column), cell in sorted(cells.items()):
        place = struct.pack("<HHH", row, column, 0)
        if isinstance(cell, str):
            text = cell.encode("utf-16-le")
            sheet.write(xls_record(0x204, place + struct.pack("<HB", len(text) // 2, 1) + text))
        else:
            sheet.write(xls_record(0x203, place + struct.pack("<d", cell)))
    return begin + bound + end + sheet.getvalue() + end


_SECTOR, _FREE, _END, _TABLE = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound_file(name: str, stream: bytes) -> bytes:
    """Return a compound file of one stream, its allocation table first, then the directory, then the stream."""
    stream = stream.ljust(max(4096, -(-len(stream) // _SECTOR) * _SECTOR), b"\x00")
    sectors = len(stream) // _SECTOR
    tables = 1
    while tables * 128 < tables + 1 + sectors:
        tables += 1
    chain = [_TABLE] * tables + [_END] + [tables + 2 + n for n in range(sectors - 1)] + [_END]
    table = struct.pack(f"<{tables * 128}I", *chain, *[_FREE] * (tables * 128 - len(chain)))
    heads = [*range(tables), *[_FREE] * (109 - tables)]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, tables, tables, 0, 4096, _END, 0, _END, 0) + struct.pack("<109I", *heads)
    directory = _entry("Root Entry", 5, 1, _END, 0) + _entry(name, 2, _FREE, tables + 1, len(stream)) + bytes(256)
    return header + table + directory + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le") + b"\x00\x00"
    return (
        encoded.ljust(64, b"\x00")
        + struct.pack("<HBBIII", len(encoded), kind, 1, _FREE, _FREE, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
