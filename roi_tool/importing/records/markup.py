"""Marked-up text to tables: HTML (a workbook's false friend), Excel's XML of 2003, flat ODS, and plain XML."""

from __future__ import annotations

import io
import re
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree

from roi_tool.importing.records.decoding import Text
from roi_tool.importing.records.limits import MAX_COLUMNS, MAX_FIELD_CHARACTERS, MAX_MARKUP_CHARACTERS
from roi_tool.importing.records.raw_table import RawTable, table_of_rows
from roi_tool.importing.records.workbooks import read_workbook
from roi_tool.importing.records.xml_tables import tables_of_elements, tables_of_excel_xml
from roi_tool.problems import Problem, ProblemError, Where

_HEAD = 4000
_MOST_SPANNED = 100
_ROOT = re.compile(r"<([A-Za-z][^\s/>]*)")
_HTML_ROOTS = frozenset(
    {"html", "head", "body", "table", "meta", "style", "div", "p", "center", "font", "span", "form", "title"}
)


def read_markup(source: Text, file: str) -> list[RawTable]:
    """Read the tables of an HTML or XML file.

    Raises:
        ProblemError: it holds no table, is broken, too large, or declares entities (which can be made to swell without end).
    """
    if source.source.size > MAX_MARKUP_CHARACTERS:
        limit = {"limit": f"{MAX_MARKUP_CHARACTERS >> 20} MB"}
        raise ProblemError(Problem("file_too_large", where=Where(file), detail=limit))
    text = source.whole().lstrip("\ufeff \r\n\t")
    root = _ROOT.search(text[:_HEAD])
    name = root[1] if root else ""
    if name.lower() in _HTML_ROOTS:
        return _tables_of_html(text, file, source.encoding)
    if name == "office:document":
        return read_workbook(_as_ods(text), file)
    if "<!ENTITY" in text or re.search(r"<!DOCTYPE[^>]*\[", text):
        raise ProblemError(Problem("xml_refused", where=Where(file)))
    try:
        tree = ElementTree.fromstring(re.sub(r"^<\?xml[^>]*\?>", "", text))
    except ElementTree.ParseError as error:
        if re.search(r"<t[rd][\s>]", text, re.IGNORECASE):
            return _tables_of_html(text, file, source.encoding)
        line = {"line": str(error.position[0])}
        raise ProblemError(Problem("xml_damaged", where=Where(file), detail=line)) from error
    if tree.tag.endswith("Workbook"):
        return tables_of_excel_xml(tree, file, source.encoding)
    return tables_of_elements(tree, file, source.encoding)


def _as_ods(text: str) -> bytes:
    """Return a flat ODS as the package that it stands for, without the blanks between its elements."""
    content = re.sub(r">\s+<", "><", re.sub(r"^<\?xml[^>]*\?>", "", text))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    return stream.getvalue()


class _TableParser(HTMLParser):
    """Collects the cells of all tables, row by row; a cell or row that is not closed ends where the next one begins."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self._cell: list[str] | None = None
        self._spanned = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._end_cell()
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self._cell = []
            spanned = dict(attrs).get("colspan") or "1"
            self._spanned = min(int(spanned), _MOST_SPANNED) if spanned.isdecimal() and len(spanned) < 5 else 1
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._end_cell()

    def close(self) -> None:
        super().close()
        self._end_cell()

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        if not self.rows:
            self.rows.append([])
        text = " ".join("".join(self._cell).split())
        self.rows[-1] += [text[:MAX_FIELD_CHARACTERS], *[""] * (self._spanned - 1)]
        self._cell = None


def _tables_of_html(text: str, file: str, encoding: str) -> list[RawTable]:
    parser = _TableParser()
    try:
        parser.feed(text)
        parser.close()
    except AssertionError as error:  # the parser's way to say that it does not know what to make of a declaration
        line = {"line": str(parser.getpos()[0])}
        raise ProblemError(Problem("xml_damaged", where=Where(file), detail=line)) from error
    if not any(parser.rows):
        raise ProblemError(Problem("file_is_web_page", where=Where(file)))
    widest = max(map(len, parser.rows))
    if widest > MAX_COLUMNS:
        detail = {"count": str(widest), "limit": str(MAX_COLUMNS)}
        raise ProblemError(Problem("too_many_columns", where=Where(file), detail=detail))
    return [table_of_rows(file, parser.rows, encoding=encoding, delimiter="html")]
