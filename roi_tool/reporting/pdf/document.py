"""The PDF itself: pages with the brand at the head and the legend at the foot, numbered, with title, author, language."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, letter
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageBreak, PageTemplate

from roi_tool.reporting.blocks import Paper
from roi_tool.reporting.brand import Brand
from roi_tool.reporting.pdf.logo import Logo, read_logo
from roi_tool.reporting.pdf.setting import Setter
from roi_tool.reporting.pdf.typeface import Typeface, Weight

_SIDE = 45.0
_HEAD = 71.0
"""From the top edge to the rule under the brand."""
_FOOT = 44.0
"""From the bottom edge to the rule over the legend."""


def write_pdf(path: str | Path, paper: Paper, brand: Brand) -> None:
    """Set a paper and write it: to a file beside the target first, so that a failure leaves no half a PDF."""
    target = Path(path)
    typeface = Typeface(brand, paper.language)
    width, height = {"A4": A4, "letter": letter}[brand.page_size]
    setter = Setter(brand, typeface, paper.language, width - 2 * _SIDE)
    frame = Frame(_SIDE, _FOOT + 10, width - 2 * _SIDE, height - _HEAD - 26 - _FOOT - 10, 0, 0, 0, 0)
    story: list[Any] = []
    for page in paper.pages:
        if story:
            story.append(PageBreak())
        story += setter.page(page, frame.height)
    handle, name = tempfile.mkstemp(suffix=".pdf", dir=target.parent)
    os.close(handle)
    try:
        document = _Document(
            name, pagesize=(width, height), title=paper.title, author=paper.operator,
            subject=paper.prepared_for.replace("\t", ""), creator="ROI tool", lang=paper.language.replace("_", "-"),
        )  # fmt: skip
        document.addPageTemplates([PageTemplate("page", [frame])])
        furniture = _Furniture(paper, brand, typeface, width, height)
        document.build(story, canvasmaker=lambda *args, **kwargs: _NumberedCanvas(furniture, *args, **kwargs))
        Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)


class _Document(BaseDocTemplate):
    """Adds a bookmark for every heading that carries one."""

    def afterFlowable(self, flowable: Any) -> None:  # noqa: N802 - reportlab's name
        """Note where a heading came out."""
        words = getattr(flowable, "bookmark", "")
        if words:
            key = f"heading-{self.page}-{len(words)}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(words, key, 0)


class _Furniture:
    """What every page carries."""

    def __init__(self, paper: Paper, brand: Brand, typeface: Typeface, width: float, height: float) -> None:
        self._paper, self._brand, self._type = paper, brand, typeface
        self._width, self._height = width, height
        self._logo: Logo | None = read_logo(brand)

    def draw(self, canvas: Any, page: int, pages: int) -> None:
        """Draw head and foot of a page."""
        self._head(canvas)
        self._warning(canvas)
        self._foot(canvas, f"{page} / {pages}")

    def _head(self, canvas: Any) -> None:
        colours, base, right = self._brand.colours, self._height - _HEAD + 16, self._width - _SIDE
        canvas.setFillColor(HexColor(colours.brand))
        if self._logo is not None:
            left = _SIDE + self._logo.draw(canvas, _SIDE, self._height - _HEAD + 9, 150, 24)
        else:
            self._type.draw(canvas, _SIDE, base, self._paper.operator, Weight.HEAVY, 12)
            left = _SIDE + self._type.width(self._paper.operator, Weight.HEAVY, 12)
        before, after = self._paper.prepared_for, self._paper.head_note
        size, room = 8.2, right - left - 18
        lead, _, name = before.partition("\t")
        tail = f" · {after}" if after else ""
        while size > 5.5 and self._wide(lead, name, tail, size) > room:
            size -= 0.2
        while name and self._wide(lead, name, tail, size) > room:
            name = name[:-2] + "…" if len(name) > 2 else ""
        x = right - self._wide(lead, name, tail, size)
        canvas.setFillColor(HexColor(colours.quiet))
        self._type.draw(canvas, x, base, lead, Weight.REGULAR, size)
        x += self._type.width(lead, Weight.REGULAR, size)
        canvas.setFillColor(HexColor(colours.ink))
        self._type.draw(canvas, x, base, name, Weight.BOLD, size)
        x += self._type.width(name, Weight.BOLD, size)
        canvas.setFillColor(HexColor(colours.quiet))
        self._type.draw(canvas, x, base, tail, Weight.REGULAR, size)
        canvas.setStrokeColor(HexColor(colours.brand))
        canvas.setLineWidth(1.5)
        canvas.line(_SIDE, self._height - _HEAD, right, self._height - _HEAD)

    def _warning(self, canvas: Any) -> None:
        """Draw the warning in a strip under the rule, on every page."""
        text, right, size = self._paper.warning, self._width - _SIDE, 7.6
        if not text:
            return
        while size > 5 and self._type.width(text, Weight.BOLD, size) > right - _SIDE - 14:
            size -= 0.2
        canvas.setFillColor(HexColor(self._brand.colours.notice))
        canvas.rect(_SIDE, self._height - _HEAD - 18, right - _SIDE, 15, stroke=0, fill=1)
        canvas.setFillColor(HexColor(self._brand.colours.bad))
        canvas.rect(_SIDE, self._height - _HEAD - 18, 2, 15, stroke=0, fill=1)
        canvas.setFillColor(HexColor(self._brand.colours.ink))
        self._type.draw(canvas, _SIDE + 9, self._height - _HEAD - 13.2, text, Weight.BOLD, size)

    def _wide(self, lead: str, name: str, tail: str, size: float) -> float:
        return (
            self._type.width(lead, Weight.REGULAR, size)
            + self._type.width(name, Weight.BOLD, size)
            + self._type.width(tail, Weight.REGULAR, size)
        )

    def _foot(self, canvas: Any, number: str) -> None:
        colours, right, size = self._brand.colours, self._width - _SIDE, 7.2
        canvas.setStrokeColor(HexColor(colours.rule))
        canvas.setLineWidth(0.6)
        canvas.line(_SIDE, _FOOT, right, _FOOT)
        canvas.setFillColor(HexColor(colours.quiet))
        wide = self._type.width(number, Weight.REGULAR, size)
        self._type.draw(canvas, right - wide, _FOOT - 13, number, Weight.REGULAR, size)
        note = self._paper.foot_note
        while note and self._type.width(note, Weight.REGULAR, size) > right - _SIDE - wide - 12:
            note = note[:-2] + "…"
        self._type.draw(canvas, _SIDE, _FOOT - 13, note, Weight.REGULAR, size)


class _NumberedCanvas(Canvas):
    """Keeps the pages until their count is known, then draws head and foot on each."""

    def __init__(self, furniture: _Furniture, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._furniture = furniture
        self._kept: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        """Keep the page instead of writing it."""
        self._kept.append(dict(self.__dict__))
        self._startPage()  # type: ignore[attr-defined]

    def save(self) -> None:
        """Write the kept pages and the file."""
        for number, kept in enumerate(self._kept, start=1):
            self.__dict__.update(kept)
            self._furniture.draw(self, number, len(self._kept))
            super().showPage()
        super().save()
