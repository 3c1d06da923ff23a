"""The declared layouts, shipped and the user's own: loads and validates the TOML files, and finds the one that a table has."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import platformdirs
from pydantic import ValidationError

from roi_tool.importing.cells.title_text import squeezed
from roi_tool.importing.detection.header import find_header
from roi_tool.importing.layout import Layout, Recognise
from roi_tool.importing.records.raw_table import RawTable
from roi_tool.problems import Problem, ProblemError, Where

LAYOUT_FOLDER = Path(__file__).parent / "layouts"
_ROWS_TO_HEADER = 40
_SAMPLE_ROWS = 30


def read_layout(path: Path) -> Layout:
    """Read one layout file.

    Raises:
        ProblemError: missing, no TOML, or not what a layout must hold; the sentence names the field.
    """
    try:
        return Layout.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise ProblemError(Problem("file_missing", where=Where(str(path)))) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProblemError(Problem("layout_not_toml", where=Where(str(path)), detail={"reason": str(error)})) from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        detail = {"field": field, "reason": str(first["msg"])}
        raise ProblemError(Problem("layout_invalid", where=Where(str(path)), detail=detail)) from error


@lru_cache(maxsize=1)
def known_layouts() -> tuple[Layout, ...]:
    """Return the shipped layouts, by name."""
    return tuple(read_layout(path) for path in sorted(LAYOUT_FOLDER.glob("*.toml")))


def user_layout_folder() -> Path:
    """Return where layouts that a user has saved lie."""
    return platformdirs.user_config_path("roi-tool", appauthor=False) / "layouts"


def user_layouts() -> tuple[Layout, ...]:
    """Return the layouts that the user has saved, by name. One that is broken is left out: it must not stop any bill."""
    try:
        files = sorted(user_layout_folder().glob("*.toml"))
        return _read_usable(tuple((file, file.stat().st_mtime_ns) for file in files))
    except OSError:
        return ()


@lru_cache(maxsize=4)
def _read_usable(files: tuple[tuple[Path, int], ...]) -> tuple[Layout, ...]:
    usable = []
    for file, _changed_ns in files:
        try:
            usable.append(read_layout(file))
        except ProblemError:
            continue
    return tuple(usable)


def all_layouts() -> tuple[Layout, ...]:
    """Return the user's layouts, which come first where two have equal proof, and the shipped ones."""
    return (*user_layouts(), *known_layouts())


def find_layout(name_or_path: str) -> Layout:
    """Return a layout by its name, or from a file.

    Raises:
        ProblemError: there is none of that name.
    """
    for layout in all_layouts():
        if layout.name == name_or_path:
            return layout
    if name_or_path.endswith(".toml"):
        return read_layout(Path(name_or_path))
    known = ", ".join(layout.name for layout in all_layouts())
    raise ProblemError(Problem("layout_unknown", detail={"layout": name_or_path, "known": known}))


def identify(table: RawTable, layouts: Iterable[Layout] | None = None) -> tuple[Layout, int | None] | None:
    """Return the layout that a table has and the place of its header record; of several the one with most proof."""
    best: tuple[int, Layout, int | None] | None = None
    for layout in all_layouts() if layouts is None else layouts:
        proof = _proof(layout, table)
        if proof is not None and (best is None or proof[0] > best[0]):
            best = (proof[0], layout, proof[1])
    return None if best is None else (best[1], best[2])


def header_of(layout: Layout, table: RawTable) -> int | None:
    """Return the place of the record that holds the layout's titles, None when there is none or the layout has no header."""
    wanted = {squeezed(title) for title in layout.recognise.titles}
    if not wanted:
        return None
    for index, record in enumerate(table.head(_ROWS_TO_HEADER)):
        if wanted <= {squeezed(cell) for cell in record}:
            return index
    return None


def _proof(layout: Layout, table: RawTable) -> tuple[int, int | None] | None:
    recognise = layout.recognise
    if recognise.sheet and not re.search(recognise.sheet, table.sheet):
        return None
    if recognise.first_line and not re.match(recognise.first_line, ",".join(table.record(0)) if len(table) else ""):
        return None
    if recognise.titles:
        header = header_of(layout, table)
        if header is None:
            return None
        titles = {squeezed(cell) for cell in table.record(header)}
        if titles & {squeezed(title) for title in recognise.not_titles}:
            return None
        # The more of the header's titles the layout names, the better it knows the file.
        return 10 * len(recognise.titles) + 5 * bool(recognise.sheet) - len(
            titles - {squeezed(t) for t in recognise.titles}
        ), header
    return _proof_without_header(layout, table)


def _proof_without_header(layout: Layout, table: RawTable) -> tuple[int, int | None] | None:
    recognise = layout.recognise
    if layout.line:
        return _proof_of_lines(layout, table)
    weak = not recognise.patterns and not recognise.first_line
    if weak and (not recognise.any_pattern or find_header(table) is not None):
        return None  # the shape of one column proves nothing where titles say what the columns are
    records = table.head(_SAMPLE_ROWS)
    if recognise.widths:
        fitting = [record for record in records if _is_wide(record, recognise, table)]
        if len(fitting) < 0.7 * len(records) or not fitting:
            return None
        records = fitting
    for place, pattern in recognise.patterns.items():
        cells = [record[place - 1] if len(record) >= place else "" for record in records]
        matching = sum(bool(re.fullmatch(pattern, cell)) for cell in cells)
        if matching < 0.9 * len(cells) or not cells:
            return None
    if recognise.any_pattern and not _somewhere(recognise.any_pattern, records):
        return None
    return 8 * len(recognise.patterns) + 12 * bool(recognise.any_pattern) + 4 * len(recognise.widths) + 30 * bool(
        recognise.first_line
    ), None


def _is_wide(record: list[str], recognise: Recognise, table: RawTable) -> bool:
    """Say whether a record has one of the widths; a workbook keeps no empty cells behind the last filled one."""
    if len(record) in recognise.widths:
        return True
    fewest = max(max(recognise.patterns, default=max(recognise.widths)), 0.7 * min(recognise.widths))
    return table.encoding == "workbook" and fewest <= len(record) < max(recognise.widths)


def _somewhere(pattern: str, records: list[list[str]]) -> bool:
    width = max((len(record) for record in records), default=0)
    columns = [[record[place] for record in records if len(record) > place] for place in range(width)]
    return any(cells and sum(bool(re.fullmatch(pattern, cell)) for cell in cells) >= 0.9 * len(cells) for cells in columns)


def _proof_of_lines(layout: Layout, table: RawTable) -> tuple[int, int | None] | None:
    matching = sum(bool(re.match(layout.line, line)) for line in table.lines)
    if not table.lines or matching < 3 or matching < 0.5 * len(table.lines):
        return None
    return 40, None
