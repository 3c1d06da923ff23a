"""The texts and sheets of one file as blocks of records: each table of it, and each further kind of titles in one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from roi_tool.importing.detection.blocks import BlockSplitter
from roi_tool.importing.layout_library import all_layouts, identify
from roi_tool.importing.records.printed_columns import printed_edges
from roi_tool.importing.records.printed_lines import PrintedLines
from roi_tool.importing.records.raw_table import RawTable, joined_tables
from roi_tool.importing.records.record_source import PORTIONS, Part, Portions, Records, SettledRecords, TornApartError
from roi_tool.importing.records.text_marks import SAMPLE, marked_columns, without_text_marks
from roi_tool.importing.understanding import Request, layout_of
from roi_tool.problems import Problem, ProblemError, Where


@dataclass
class Source:
    """One text or sheet. `share`: how far it is read."""

    records: Records
    share: float = 0.0
    beginning: list[tuple[int, RawTable]] = field(default_factory=list)
    rest: Iterator[tuple[int, RawTable]] | None = None

    def look(self) -> Iterator[tuple[int, RawTable]]:
        """Give the first records, to be given again."""
        self.beginning, self.rest = [], self._opened()
        for kind, block in self.rest:
            self.beginning.append((kind, block))
            yield kind, block

    def blocks(self) -> Iterator[tuple[int, RawTable]]:
        """Give the records from the first to the last, each with its kind of titles."""
        while self.beginning:
            yield self.beginning.pop(0)
        rest, self.rest = self.rest, None
        yield from self._opened() if rest is None else rest

    def _opened(self) -> Iterator[tuple[int, RawTable]]:
        marked: list[bool] | None = None
        splitter = BlockSplitter()
        for part in _with_beginning(self.records.parts()):
            marked = marked_columns(part.table) if marked is None else marked
            self.share = part.share
            yield from (one for one in splitter.split(without_text_marks(part.table, marked)) if len(one[1]))
        yield from splitter.rest()


def _with_beginning(parts: Iterator[Part]) -> Iterator[Part]:
    """Give the parts, the first with so many records that it tells how the others are to be taken."""
    first: list[RawTable] = []
    for part in parts:
        if not first and len(part.table) >= SAMPLE:
            yield part
            break
        first.append(part.table)
        if sum(map(len, first)) >= SAMPLE:
            yield Part(joined_tables(first), part.share)
            break
    else:
        if first:
            yield Part(joined_tables(first), 1.0)
    yield from parts


@dataclass(frozen=True, eq=False)
class Beginnings:
    """What a file begins with. `whole`: the tables are all that its sources hold."""

    tables: tuple[RawTable, ...]
    sources: tuple[Records, ...]
    whole: bool


def read_beginnings(sources: Sequence[Records], request: Request, portions: Portions = PORTIONS) -> Beginnings:
    """Return the tables of a file as far as one part of each source goes.

    Raises:
        ProblemError: there are none, or they cannot be read.
    """
    found: list[RawTable] = []
    kept: list[Records] = []
    whole = True
    for given in sources:
        records = given
        try:
            kinds, complete = _beginning(records, portions)
            printed = as_printed(records, kinds[0], request) if 0 in kinds else records
        except TornApartError as torn:
            printed = torn.instead
        if printed is not records:
            records = printed
            kinds, complete = _beginning(records, portions)
        kept.append(records)
        found += [kinds[kind] for kind in sorted(kinds)]
        whole &= complete
    if not found:
        raise ProblemError(Problem("file_empty", where=Where(sources[0].file)))
    return Beginnings(tuple(found), tuple(kept), whole)


def _beginning(records: Records, portions: Portions) -> tuple[dict[int, RawTable], bool]:
    """Return the records of each kind of titles in about one part, and whether those are all."""
    kinds: dict[int, list[RawTable]] = {}
    size, whole = 0, True
    for kind, block in Source(records).blocks():
        if size >= portions.text_bytes:
            whole = False
            break
        kinds.setdefault(kind, []).append(block)
        size += block.nbytes()
    return {kind: joined_tables(blocks) for kind, blocks in kinds.items()}, whole


def as_printed(records: Records, table: RawTable, request: Request) -> Records:
    """Return the records split as printed columns, where a layout or their own gaps say that they are; else themselves."""
    if not table.lines or isinstance(records, PrintedLines | SettledRecords):
        return records
    edges = printed_edges(table)
    known = [layout for layout in (request.layout, *all_layouts()) if layout is not None and layout.line]
    if not edges and identify(table, known) is None:
        return records
    layout, _ = layout_of(table, request)
    if layout is None:
        return records.printed(edges) if edges else records
    return records.printed(layout.line) if layout.line else records
