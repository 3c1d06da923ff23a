"""Blocks to reportlab flowables: type sizes, spaces, tables whose figures line up."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, Paragraph
from reportlab.platypus import Table as Grid

from roi_tool.reporting import blocks as b
from roi_tool.reporting.brand import Brand
from roi_tool.reporting.pdf.tables import TableSetter, row_space
from roi_tool.reporting.pdf.typeface import Typeface, Weight

GUTTER = 22.0
_ROOM_FOR_TABLE = 120.0
_ROOM_FOR_TEXT = 60.0
_MARGIN = 4.0
_TALLEST, _LOWEST = 1.2, 0.55
"""How far charts may grow and shrink to make one page."""
_FEW, _TURNING = 0.15, 36.0
"""What share of a page is worth saving after several pages, and what turning a page costs: a head again, part of a row."""
_TIGHTEST = 0.45
"""The least share of the usual space that a table's rows keep to make one page."""


class Setter:
    """Turns blocks into flowables of a given width, in one brand and language."""

    def __init__(self, brand: Brand, typeface: Typeface, language: str, width: float) -> None:
        self.brand = brand
        self.typeface = typeface
        self.width = width
        self._wrap = "CJK" if language.startswith("zh") else None
        self._painter: Any = None

    def page(self, blocks: tuple[b.Block, ...], height: float) -> list[Flowable]:
        """Return a page's flowables.

        A page with a headline is one page: its charts give way, or take what is left. Anywhere else the charts, and then the
        space of the tables' rows, give way where that saves a page with a few lines alone.
        """
        story = self.flowables(blocks)
        charts = [flowable for flowable in story if isinstance(flowable, ChartFlowable)]
        whole = sum(self._height(flowable) for flowable in story) + _MARGIN
        left = height - whole
        give, spare = sum(chart.height for chart in charts) * (1 - _LOWEST), 1.0
        if not any(isinstance(block, b.Headline) for block in blocks):
            space = sum(2 * row_space(block) * (len(block.rows) + 1) for block in blocks if isinstance(block, b.Table))
            turned = whole + _TURNING * int(whole / height)
            pages = int(turned / height)
            if pages > 1 and turned / height - pages < _FEW:
                left = pages * height - _TURNING * pages - whole
            if left >= 0 or -left > give + space * (1 - _TIGHTEST):
                return story
            spare = min(1.0, 1 - (-left - give) / space) if space else 1.0
            left = max(left, -give)
        elif not charts:
            return story
        each = left / len(charts) if charts else 0.0
        scales = {chart.height: min(_TALLEST, max(_LOWEST, 1 + each / chart.height)) for chart in charts}
        return self.flowables(tuple(self._given_way(block, scales, spare) for block in blocks))

    def _given_way(self, block: b.Block, scales: Mapping[float, float], spare: float) -> b.Block:
        """Return a block with its chart scaled, or its rows closer together."""
        if isinstance(block, b.Figure):
            return replace(block, height=block.height * scales[block.height * self.width])
        return replace(block, airy=spare) if isinstance(block, b.Table) else block

    def _height(self, flowable: Flowable) -> float:
        if isinstance(flowable, CondPageBreak):
            return 0.0
        return float(flowable.wrap(self.width, 10_000)[1] + flowable.getSpaceBefore() + flowable.getSpaceAfter())

    def flowables(self, blocks: tuple[b.Block, ...], width: float | None = None) -> list[Flowable]:
        """Return the flowables of blocks in order; a heading stays with what it heads."""
        top = width is None
        story: list[Flowable] = []
        for block, after in zip(blocks, (*blocks[1:], None), strict=True):
            if top and isinstance(block, b.Heading):
                # Room for the heading and a few rows of what it heads; charts and lists are kept whole with it.
                story.append(CondPageBreak(_ROOM_FOR_TABLE if isinstance(after, b.Table) else _ROOM_FOR_TEXT))
            made = self._set(block, width or self.width)
            if top and isinstance(block, b.Heading) and isinstance(after, b.Figure):
                made[0].keepWithNext = 1
            story += made
        return story

    def paragraph(
        self, text: str, size: float, leading: float, *, weight: Weight = Weight.REGULAR, colour: str = "ink",
        before: float = 0, after: float = 0, right: bool = False, bullet: bool = False,
    ) -> Paragraph:  # fmt: skip
        """Return a paragraph set in the brand's type."""
        style = ParagraphStyle(
            "block", fontName=self.typeface.name(weight), fontSize=size, leading=leading, textColor=self.colour(colour),
            spaceBefore=before, spaceAfter=after, alignment=2 if right else 0, wordWrap=self._wrap, splitLongWords=1,
            leftIndent=12 if bullet else 0, bulletIndent=1, allowWidows=0, allowOrphans=0,
            bulletFontName=self.typeface.name(Weight.REGULAR), bulletFontSize=size,
        )  # fmt: skip
        return Paragraph(self.markup(text, weight, size), style, bulletText="•" if bullet else None)

    def markup(self, text: str, weight: Weight, size: float) -> str:
        """Return reportlab's markup: each run in its font, evidence marks raised in the brand's colour."""
        parts = []
        for piece, is_mark in b.split_marks(text):
            if is_mark:
                runs = self._fonts(piece, Weight.REGULAR)
                parts.append(
                    f'<super size="{size * 0.68:.1f}" rise="{size * 0.36:.1f}">'
                    f'<font color="{self.brand.colours.brand}">{runs}</font></super>'
                )
            else:
                parts.append(self._fonts(piece, weight))
        return "".join(parts)

    def colour(self, role: str) -> Any:
        """Return a brand's colour for reportlab."""
        return HexColor(self.brand.colours.of(role))

    def _fonts(self, text: str, weight: Weight) -> str:
        return "".join(f'<font name="{font}">{escape(letters)}</font>' for font, letters in self.typeface.runs(text, weight))

    def _set(self, block: b.Block, width: float) -> list[Flowable]:  # noqa: PLR0911 - one per kind of block
        match block:
            case b.Headline(text):
                made: Any = self.paragraph(text, 19.5, 25 if not self._wrap else 28, weight=Weight.HEAVY, after=7)
                made.bookmark = b.without_marks(text)
                return [made]
            case b.Lead(text):
                return [self.paragraph(text, 9.2, 14.2, colour="quiet", after=14)]
            case b.Heading(text, level):
                return [self._heading(text, level)]
            case b.Paragraph(text, quiet):
                return [
                    self.paragraph(
                        text, 7.6 if quiet else 9, 11.4 if quiet else 13.6, colour="quiet" if quiet else "ink", after=7
                    )
                ]
            case b.Bullets(texts):
                return [self.paragraph(text, 8.6, 12.6, after=3, bullet=True) for text in texts]
            case b.Notice(texts):
                return self._notice(texts, width)
            case b.KeyFigures(figures):
                return self._key_figures(figures, width)
            case b.Figure(chart, height):
                return [_spaced(self._chart(chart, width, height * width), 10)]
            case b.Columns(columns):
                return self._columns(columns, width)
            case b.Table():
                grid = TableSetter(self.brand, self.typeface, self.paragraph).grid(block, width)
                return [_spaced(grid, 14)]
        raise TypeError(f"{type(block).__name__} is no block")

    def _heading(self, text: str, level: int) -> Any:
        size, leading, before, after = (15.0, 19.0, 0.0, 9.0) if level == 1 else (9.4, 13.0, 10.0, 5.0)
        weight = Weight.HEAVY if level == 1 else Weight.BOLD
        made: Any = self.paragraph(text, size, leading, weight=weight, before=before, after=after)
        if level == 1:
            made.bookmark = b.without_marks(text)
        return made

    def _notice(self, texts: tuple[str, ...], width: float) -> list[Flowable]:
        lines = [self.paragraph(text, 8.2, 11.8, after=1.5) for text in texts]
        grid = Grid([[lines]], colWidths=[width])
        grid.setStyle(
            [
                ("BACKGROUND", (0, 0), (-1, -1), self.colour("notice")),
                ("LINEBEFORE", (0, 0), (0, -1), 2, HexColor("#d9a53a")),
                ("LEFTPADDING", (0, 0), (-1, -1), 9),
                ("RIGHTPADDING", (0, 0), (-1, -1), 9),
                ("TOPPADDING", (0, 0), (-1, -1), 5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
            ]
        )
        return [_spaced(grid, 12)]

    def _key_figures(self, figures: tuple[b.KeyFigure, ...], width: float) -> list[Flowable]:
        column = (width - 2 * GUTTER) / 3 if len(figures) == 3 else width / max(1, len(figures)) - GUTTER
        size = 21.0
        while size > 10 and any(self.typeface.width(figure.figure, Weight.HEAVY, size) > column for figure in figures):
            size -= 0.5
        cells = [
            [
                self.paragraph(figure.caption, 8.2, 11, colour="quiet", after=2),
                self.paragraph(figure.figure, size, size * 1.14, weight=Weight.HEAVY, after=3),
                self.paragraph(figure.note, 8.2, 11.4, colour="quiet"),
            ]
            for figure in figures
        ]
        widths = [column + GUTTER] * (len(figures) - 1) + [column]
        grid = Grid([cells], colWidths=widths, hAlign="LEFT")
        grid.setStyle([*_BARE, ("RIGHTPADDING", (0, 0), (-2, -1), GUTTER)])
        return [_spaced(grid, 17)]

    def _columns(self, columns: tuple[tuple[b.Block, ...], ...], width: float) -> list[Flowable]:
        each = (width - GUTTER * (len(columns) - 1)) / len(columns)
        cells: list[Any] = [self.flowables(column, each) for column in columns]
        widths = [each + GUTTER] * (len(columns) - 1) + [each]
        grid = Grid([cells], colWidths=widths, hAlign="LEFT")
        grid.setStyle([*_BARE, ("RIGHTPADDING", (0, 0), (-2, -1), GUTTER)])
        return [grid]

    def _chart(self, chart: Any, width: float, height: float) -> Flowable:
        if self._painter is None:
            # Where it may keep its cache, and that it makes one, is no business of who wants a paper.
            logging.getLogger("matplotlib").setLevel(logging.ERROR)
            from roi_tool.reporting.pdf.chart_painter import ChartPainter

            self._painter = ChartPainter(self.brand.colours, self.typeface)
        return ChartFlowable(self._painter.figure(chart, width, height), self.typeface, width, height)


class ChartFlowable(Flowable):
    """A matplotlib figure in the flow of the page."""

    def __init__(self, figure: Any, typeface: Typeface, width: float, height: float) -> None:
        super().__init__()
        self._figure, self._typeface = figure, typeface
        self.width, self.height = width, height

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Return the size, which does not depend on the room."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw the figure where the canvas stands."""
        from roi_tool.reporting.pdf.chart_canvas import PaperRenderer

        self._figure.draw(PaperRenderer(self.canv, self._typeface, self.width, self.height))


def _spaced(flowable: Any, after: float) -> Any:
    """Keep space after a flowable: unlike a spacer it never opens a page of its own."""
    flowable.spaceAfter = after
    return flowable


_BARE = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
]
