"""The printed lines of a PDF's page as records: cut into cells at wide gaps, cells under the column that they stand in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_GAP = 0.55
"""Of the letters' height: words further apart than this stand in two cells; a space is about half of it."""
_LINE_POINTS = 3
_FEWEST_CELLS = 3
"""A line of fewer is no record of a table: a heading, a total, an address."""
_NEARER_THAN_ROWS = 0.9


@dataclass(frozen=True)
class Cell:
    """Words that stand together; positions in points from the page's left edge."""

    left: float
    right: float
    text: str


@dataclass(frozen=True)
class Line:
    """One printed line; `bottom` in points from the page's top."""

    bottom: float
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Printed:
    """The records of a page, and how many of those that look like rows of its table stand in its columns."""

    rows: list[list[str]]
    like_rows: int = 0
    in_columns: int = 0


def printed_rows(words: Iterable[dict[str, float | str]]) -> Printed:
    """Return the records of a page, or of one side after the other where two lists stand side by side."""
    lines = _lines(words)
    gutter = _gutter(lines)
    if gutter is None:
        return _in_columns(lines)
    left, right = _sides(lines, gutter)
    one, two = _in_columns(left), _in_columns(right)
    return Printed([*one.rows, *two.rows], one.like_rows + two.like_rows, one.in_columns + two.in_columns)


def _lines(words: Iterable[dict[str, float | str]]) -> list[Line]:
    lines: list[tuple[float, list[dict[str, float | str]]]] = []
    for word in sorted(words, key=lambda found: float(found["bottom"])):
        if not lines or float(word["bottom"]) - lines[-1][0] > _LINE_POINTS:
            lines.append((float(word["bottom"]), []))
        lines[-1][1].append(word)
    return [Line(bottom, _cells(found)) for bottom, found in lines]


def _cells(words: list[dict[str, float | str]]) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for word in sorted(words, key=lambda found: float(found["x0"])):
        left, right, text = float(word["x0"]), float(word["x1"]), str(word["text"])
        height = float(word["bottom"]) - float(word["top"])
        if cells and left - cells[-1].right <= _GAP * height:
            cells[-1] = Cell(cells[-1].left, max(right, cells[-1].right), f"{cells[-1].text} {text}")
        else:
            cells.append(Cell(left, right, text))
    return tuple(cells)


def _gutter(lines: Sequence[Line]) -> float | None:
    """Return where a page is parted: titles that are printed twice on one line stand above two lists."""
    for line in lines:
        half = len(line.cells) // 2
        texts = [cell.text for cell in line.cells]
        if half >= _FEWEST_CELLS and len(texts) == 2 * half and texts[:half] == texts[half:] and len(set(texts)) > 1:
            return _middle_of_gap(lines, line.cells[half - 1].left, line.cells[half].right)
    return None


def _middle_of_gap(lines: Sequence[Line], begin: float, end: float) -> float:
    """Return the middle of the widest strip between two places that the fewest cells cross."""
    crossing = [(cell.left, cell.right) for line in lines for cell in line.cells if cell.right > begin and cell.left < end]
    places = sorted({begin, end, *(edge for cell in crossing for edge in cell if begin <= edge <= end)})
    strips = [
        (sum(left < high and right > low for left, right in crossing), low - high, (low + high) / 2)
        for low, high in pairwise(places)
    ]
    return min(strips)[2]


def _sides(lines: Sequence[Line], gutter: float) -> tuple[list[Line], list[Line]]:
    """Part the lines that belong to the lists; a heading or a total across both stays whole, on the left."""
    left, right = [], []
    for line in lines:
        one = tuple(cell for cell in line.cells if (cell.left + cell.right) / 2 < gutter)
        two = line.cells[len(one) :]
        if len(two) >= _FEWEST_CELLS or not one:
            left += [Line(line.bottom, one)] if one else []
            right.append(Line(line.bottom, two))
        else:
            left.append(line)
    return left, right


def _in_columns(lines: Sequence[Line]) -> Printed:
    counts = Counter(len(line.cells) for line in lines if len(line.cells) >= _FEWEST_CELLS)
    if not counts:
        return Printed([[cell.text for cell in line.cells] for line in lines])
    usual = max(counts, key=lambda count: (counts[count], count))
    spans = _spans([line.cells for line in lines if len(line.cells) == usual])
    steps = [later.bottom - line.bottom for line, later in pairwise(lines)]
    step = median(steps) if steps else 0.0
    rows: list[list[str]] = []
    full_at = None
    for line in lines:
        placed = _placed(line.cells, spans)
        near = full_at is not None and line.bottom - full_at < _NEARER_THAN_ROWS * step
        if near and placed is not None and _goes_on(line):
            rows[-1] = [f"{above} {text}".strip() for above, text in zip(rows[-1], placed, strict=True)]
            full_at = line.bottom
            continue
        full = placed is not None and len(line.cells) >= _FEWEST_CELLS
        rows.append(placed if placed is not None else [cell.text for cell in line.cells])
        full_at = line.bottom if full else None
    return Printed(
        rows,
        sum(counts.values()),
        sum(_placed(line.cells, spans) is not None for line in lines if len(line.cells) >= _FEWEST_CELLS),
    )


def _spans(lines: Sequence[tuple[Cell, ...]]) -> list[tuple[float, float]]:
    """Return from where to where each column of the usual lines reaches, no further than halfway to its neighbours."""
    spans = [(min(cell.left for cell in column), max(cell.right for cell in column)) for column in zip(*lines, strict=True)]
    for place in range(len(spans) - 1):
        (left, right), (next_left, next_right) = spans[place], spans[place + 1]
        if right > next_left:
            middle = (right + next_left) / 2
            spans[place], spans[place + 1] = (left, middle), (middle, next_right)
    return spans


def _placed(cells: Sequence[Cell], spans: Sequence[tuple[float, float]]) -> list[str] | None:
    """Return the texts under the columns; None where one stands in none, or two that are no torn cell in the same."""
    if len(cells) == len(spans):
        return [cell.text for cell in cells]
    texts = [""] * len(spans)
    for cell in cells:
        shared = [min(cell.right, right) - max(cell.left, left) for left, right in spans]
        best = max(range(len(spans)), key=shared.__getitem__)
        if shared[best] <= 0 or (texts[best] and len(cells) < len(spans)):
            return None
        texts[best] = f"{texts[best]} {cell.text}".strip()
    return texts


def _goes_on(line: Line) -> bool:
    """Say whether a line can be the rest of a cell above it: a word or two, no date and no money."""
    return len(line.cells) < _FEWEST_CELLS and not any(re.search(r"\d[.,:/]\d", cell.text) for cell in line.cells)
