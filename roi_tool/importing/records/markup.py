"""Tables in HTML (a workbook's false friend), in Excel's XML of 2003, and in plain XML whose elements repeat."""

from __future__ import annotations

import html
import re
from collections import Counter
from html.parser import HTMLParser
from xml.etree import ElementTree

from roi_tool.importing.records.decoding import Decoded
from roi_tool.importing.records.raw_table import RawTable, table_of_rows
from roi_tool.problems import Problem, ProblemError, Where

_MAX_CHARACTERS = 200 << 20


def read_markup(decoded: Decoded, file: str) -> list[RawTable]:
    """Read the tables of an HTML or XML file.

    Raises:
        ProblemError: it holds no table, is broken, or declares entities (which can be made to swell without end).
    """
    text = decoded.text.lstrip("\ufeff \r\n\t")
    if len(text) > _MAX_CHARACTERS:
        raise ProblemError(Problem("xml_refused", where=Where(file)))
    if re.search(r"<(?:html|table|!doctype html)", text[:4000], re.IGNORECASE):
        return _tables_of_html(text, file, decoded.encoding)
    if "<!ENTITY" in text or "<!DOCTYPE" in text[:4000]:
        raise ProblemError(Problem("xml_refused", where=Where(file)))
    try:
        root = ElementTree.fromstring(re.sub(r"^<\?xml[^>]*\?>", "", text))
    except ElementTree.ParseError as error:
        raise ProblemError(Problem("xml_refused", where=Where(file))) from error
    if root.tag.endswith("Workbook"):
        return _tables_of_excel_xml(root, file, decoded.encoding)
    return _tables_of_elements(root, file, decoded.encoding)


class _TableParser(HTMLParser):
    """Collects the cells of all tables, row by row."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self._cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self._cell = []

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._cell is not None:
            if not self.rows:
                self.rows.append([])
            self.rows[-1].append(" ".join("".join(self._cell).split()))
            self._cell = None


def _tables_of_html(text: str, file: str, encoding: str) -> list[RawTable]:
    parser = _TableParser()
    parser.feed(text)
    if not any(parser.rows):
        raise ProblemError(Problem("file_is_web_page", where=Where(file)))
    return [table_of_rows(file, parser.rows, encoding=encoding, delimiter="html")]


def _tables_of_excel_xml(root: ElementTree.Element, file: str, encoding: str) -> list[RawTable]:
    tables = []
    for sheet in (element for element in root if _name(element) == "Worksheet"):
        rows = []
        for row in (element for element in sheet.iter() if _name(element) == "Row"):
            cells: list[str] = []
            for cell in (element for element in row if _name(element) == "Cell"):
                index = next(
                    (int(value) for key, value in cell.attrib.items() if key.endswith("Index") and value.isdecimal()), 0
                )
                cells += [""] * (min(index, 400) - 1 - len(cells))
                cells.append(" ".join("".join(cell.itertext()).split()))
            rows.append(cells)
        tables.append(table_of_rows(file, rows, encoding=encoding, delimiter="xml"))
    return tables


def _tables_of_elements(root: ElementTree.Element, file: str, encoding: str) -> list[RawTable]:
    """Make a table of each kind of element that holds leaves or attributes; `item0`, `item1` count as one kind."""
    groups: dict[str, list[dict[str, str]]] = {}
    for element in root.iter():
        leaves = {_name(child): html.unescape((child.text or "").strip()) for child in element if not len(child)}
        fields = {**{key.rpartition("}")[2]: value for key, value in element.attrib.items()}, **leaves}
        if len(fields) >= 3:
            groups.setdefault(re.sub(r"\d+$", "", _name(element)), []).append(fields)
    tables = []
    for name, records in groups.items():
        titles = list(Counter(key for record in records for key in record))
        rows = [titles, *([record.get(title, "") for title in titles] for record in records)]
        tables.append(table_of_rows(file, rows, encoding=encoding, delimiter="xml", sheet=name))
    if not tables:
        raise ProblemError(Problem("xml_refused", where=Where(file)))
    return tables


def _name(element: ElementTree.Element) -> str:
    return str(element.tag).rpartition("}")[2]
