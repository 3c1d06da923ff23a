"""The words of the whole paper and every cell of the workbook, against what was looked at and found good.

`UPDATE_GOLDENS=1 pytest tests/reporting/test_golden.py` writes them anew; look at the difference before it is committed.
"""

import os
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path

import openpyxl
from invented_comparison import invented_case, invented_comparison

from roi_tool.charting import BarChart, LineChart, TornadoChart
from roi_tool.reporting import read_brand, write_comparison_workbook
from roi_tool.reporting.blocks import Cell, without_marks
from roi_tool.reporting.paper import comparison_paper
from roi_tool.wording import wording_for

GOLDEN = Path(__file__).parent / "golden"
WORDS = wording_for("en")
DAY = date(2026, 11, 23)


def held(name, text):
    file = GOLDEN / name
    if os.environ.get("UPDATE_GOLDENS"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


def outline(thing, depth=0):
    """Blocks as lines: the kind, then its words; charts by their title, ticks and labels."""
    pad = "  " * depth
    if isinstance(thing, str):
        return [f"{pad}{without_marks(thing)}"] if thing else []
    if isinstance(thing, Cell):
        return [f"{pad}{without_marks(thing.text)}"]
    if isinstance(thing, LineChart | TornadoChart | BarChart):
        return [f"{pad}chart: {thing.title}", *chart_words(thing, pad)]
    if isinstance(thing, tuple):
        if thing and all(isinstance(part, Cell) for part in thing):
            return [pad + " | ".join(without_marks(cell.text) for cell in thing)]
        return [line for part in thing for line in outline(part, depth)]
    if is_dataclass(thing):
        inner = [line for field in fields(thing) for line in outline(getattr(thing, field.name), depth + 1)]
        return [f"{pad}{type(thing).__name__}", *inner]
    return []


def chart_words(chart, pad):
    if isinstance(chart, LineChart):
        yield f"{pad}  {[tick.text for tick in chart.x_ticks]} {[tick.text for tick in chart.y_ticks]}"
        yield from (f"{pad}  {line.end_label}" for line in chart.series)
        yield from (f"{pad}  {marker.text} at {marker.x:.2f}" for marker in chart.markers)
    else:
        yield from (f"{pad}  {bar.label} {bar.text}" for bar in chart.bars)


def test_the_paper_says_what_it_said():
    comparison = invented_comparison()
    paper = comparison_paper(invented_case(comparison), comparison, read_brand(), WORDS, on=DAY)
    held("paper.txt", "\n".join(outline(paper)) + "\n")


def test_the_workbook_holds_what_it_held(tmp_path):
    comparison = invented_comparison(options=("stay", "keep_sip", "hosted"), months=12)
    path = tmp_path / "book.xlsx"
    write_comparison_workbook(path, invented_case(comparison), comparison, read_brand(), WORDS, on=DAY)
    live, shown = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    lines = []
    for sheet in live:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    value = shown[sheet.title][cell.coordinate].value
                    kept = value if isinstance(value, str) or value is None else f"{value:.6f}"
                    result = f" → {kept}" if cell.data_type == "f" else ""
                    lines.append(f"{sheet.title}!{cell.coordinate} {cell.value!r}{result}")
    held("workbook.txt", "\n".join(lines) + "\n")
