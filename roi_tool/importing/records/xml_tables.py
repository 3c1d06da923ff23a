"""The elements of an XML file as tables: the sheets of Excel's XML of 2003, and plain XML whose elements repeat."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree

from roi_tool.importing.records.limits import MAX_COLUMNS, MAX_FIELD_CHARACTERS
from roi_tool.importing.records.raw_table import RawTable, table_of_rows
from roi_tool.problems import Problem, ProblemError, Where

_FEWEST_FIELDS = 3
"""An element with fewer fields is no record of a table: its fields are facts of the file, or of the element around it."""
_EXCEL_DAY_ZERO = re.compile(r"1899-12-3[01]T(\d\d:\d\d:\d\d)(?:\.0+)?")
_MOST_ROWS = 1 << 20


def tables_of_excel_xml(root: ElementTree.Element, file: str, encoding: str) -> list[RawTable]:
    """Return the sheets of a workbook in Excel's XML of 2003.

    Raises:
        ProblemError: too many columns.
    """
    tables = []
    for sheet in (element for element in root if _name(element) == "Worksheet"):
        rows, numbers, number = [], [], 0
        for row in (element for element in sheet.iter() if _name(element) == "Row"):
            number = _index(row) or number + 1
            if number > _MOST_ROWS:
                raise ProblemError(Problem("workbook_damaged", where=Where(file)))
            rows.append(_excel_cells(row, file))
            numbers.append(number)
        name = _attribute(sheet, "Name")
        tables.append(table_of_rows(file, rows, numbers, encoding=encoding, delimiter="xml", sheet=name))
    return tables


def _excel_cells(row: ElementTree.Element, file: str) -> list[str]:
    cells: list[str] = []
    for cell in (element for element in row if _name(element) == "Cell"):
        place = _index(cell) or len(cells) + 1
        merged = _attribute(cell, "MergeAcross")
        wide = int(merged) if merged.isdecimal() and len(merged) < 6 else 0
        _refuse_wide(place + wide, file)
        cells += [""] * (place - 1 - len(cells))
        cells += [_excel_text(cell), *[""] * wide]
    return cells


def _excel_text(cell: ElementTree.Element) -> str:
    """Return what a cell holds, not what is remarked on it; a time of day stands on Excel's day zero."""
    text = " ".join("".join(part for data in cell if _name(data) == "Data" for part in data.itertext()).split())
    of_day = _EXCEL_DAY_ZERO.fullmatch(text)
    return of_day[1] if of_day else text[:MAX_FIELD_CHARACTERS]


def _index(element: ElementTree.Element) -> int:
    text = _attribute(element, "Index")
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def _attribute(element: ElementTree.Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def tables_of_elements(root: ElementTree.Element, file: str, encoding: str) -> list[RawTable]:
    """Make a table of each kind of element that holds fields; `item0`, `item1` count as one kind.

    What stands in elements of fewer fields is kept, too: as rows of name and value, above the tables.

    Raises:
        ProblemError: nothing in it looks like fields, or too many of them have names of their own.
    """
    groups: dict[str, list[dict[str, str]]] = {}
    facts: list[list[str]] = []
    taken: set[ElementTree.Element] = set()
    often = Counter(element.tag for element in root.iter())
    for element in root.iter():
        if element in taken:
            continue
        fields = dict(_fields(element))
        parts = _parts(element, often[element.tag] > 1) if len(fields) >= _FEWEST_FIELDS else []
        for part in parts:
            taken.add(part)
            fields |= {name if name not in fields else f"{_name(part)} {name}": text for name, text in _fields(part)}
        if len(fields) >= _FEWEST_FIELDS:
            groups.setdefault(re.sub(r"\d+$", "", _name(element)), []).append(fields)
        else:
            facts += [[name, text] for name, text in fields.items() if text]
    tables = [table_of_rows(file, facts, encoding=encoding, delimiter="xml")] if facts else []
    for name, records in groups.items():
        titles = list(dict.fromkeys(key for record in records for key in record))
        _refuse_wide(len(titles), file)
        rows = [titles, *([record.get(title, "") for title in titles] for record in records)]
        tables.append(table_of_rows(file, rows, encoding=encoding, delimiter="xml", sheet=name))
    if not groups:
        raise ProblemError(Problem("xml_without_table", where=Where(file)))
    return tables


def _fields(element: ElementTree.Element) -> Iterator[tuple[str, str]]:
    """Yield the attributes and the leaves of an element; a second leaf of one name is told apart by its number."""
    seen: dict[str, int] = {}
    own = [(key.rpartition("}")[2], value) for key, value in element.attrib.items()]
    for name, text in [*own, *((_name(child), child.text or "") for child in element if not len(child) and not child.attrib)]:
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name} {seen[name]}", html.unescape(text.strip())[:MAX_FIELD_CHARACTERS]


def _parts(element: ElementTree.Element, repeated: bool) -> list[ElementTree.Element]:
    """Return the children that only group some fields of an element: they stand there once and hold leaves alone.

    In an element that is repeated itself they may hold many; elsewhere many fields are a record of their own.
    """
    tags = Counter(child.tag for child in element)
    return [
        child
        for child in element
        if tags[child.tag] == 1
        and (len(child) or child.attrib)
        and all(not len(leaf) and not leaf.attrib for leaf in child)
        and (repeated or len(child) + len(child.attrib) < _FEWEST_FIELDS)
    ]


def _refuse_wide(count: int, file: str) -> None:
    if count > MAX_COLUMNS:
        detail = {"count": str(count), "limit": str(MAX_COLUMNS)}
        raise ProblemError(Problem("too_many_columns", where=Where(file), detail=detail))


def _name(element: ElementTree.Element) -> str:
    return str(element.tag).rpartition("}")[2]
