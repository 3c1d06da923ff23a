"""Fonts of a paper: embedded TrueType, chosen glyph by glyph, so that every letter and every currency sign comes out."""

from __future__ import annotations

import io
from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from roi_tool.reporting.brand import Brand

_WIDE_IN_CHINESE = frozenset("“”‘’—…·")
"""Punctuation that both fonts have and that Chinese text sets over a full square, beside an ideograph."""
_IDEOGRAPHS = 0x2E80
_NO_GLYPH = "□"


class Weight(StrEnum):
    """How heavy a text is set; the last two set their figures over one width, for columns of them."""

    REGULAR = "regular"
    BOLD = "bold"
    HEAVY = "heavy"
    FIGURES = "figures"
    BOLD_FIGURES = "bold_figures"


class Typeface:
    """A brand's fonts. A glyph comes from the brand's own font, else from the Chinese one, loaded when first needed."""

    def __init__(self, brand: Brand, language: str) -> None:
        fonts = brand.fonts
        self._chinese = language.startswith("zh")
        self._paths = {
            Weight.REGULAR: brand.font_path(fonts.regular),
            Weight.BOLD: brand.font_path(fonts.bold),
            Weight.HEAVY: brand.font_path(fonts.heavy),
        }
        self._cjk_paths = {False: brand.font_path(fonts.cjk_regular), True: brand.font_path(fonts.cjk_bold)}

    def name(self, weight: Weight) -> str:
        """Return the reportlab name of the brand's own font in this weight."""
        return str(self._own(weight).fontName)

    def runs(self, text: str, weight: Weight) -> list[tuple[str, str]]:
        """Return the text cut into runs of one font: (reportlab font name, letters)."""
        runs: list[tuple[str, str]] = []
        for font, letter in self._letters(text, weight):
            if runs and runs[-1][0] == font:
                runs[-1] = (font, runs[-1][1] + letter)
            else:
                runs.append((font, letter))
        return runs

    def width(self, text: str, weight: Weight, size: float) -> float:
        """Return how wide the text is set, in points."""
        return sum(float(pdfmetrics.stringWidth(letters, font, size)) for font, letters in self.runs(text, weight))

    def draw(self, canvas: Any, x: float, y: float, text: str, weight: Weight, size: float) -> None:
        """Set a text on one line from x, y on."""
        line = canvas.beginText(x, y)
        for font, letters in self.runs(text, weight):
            line.setFont(font, size)
            line.textOut(letters)
        canvas.drawText(line)

    def _letters(self, text: str, weight: Weight) -> Iterator[tuple[str, str]]:
        own = self._own(weight)
        for place, letter in enumerate(text):
            code = ord(letter)
            beside = text[max(0, place - 1) : place + 2]
            wide = self._chinese and letter in _WIDE_IN_CHINESE and any(ord(other) >= _IDEOGRAPHS for other in beside)
            if code in own.face.charToGlyph and not wide:
                yield own.fontName, letter
            elif code in self._cjk(weight).face.charToGlyph:
                yield self._cjk(weight).fontName, letter
            elif code in own.face.charToGlyph:
                yield own.fontName, letter
            elif letter.isprintable():
                yield own.fontName, _NO_GLYPH

    def _own(self, weight: Weight) -> Any:
        if weight is Weight.FIGURES:
            return _font(self._paths[Weight.REGULAR], True)
        if weight is Weight.BOLD_FIGURES:
            return _font(self._paths[Weight.BOLD], True)
        return _font(self._paths[weight], False)

    def _cjk(self, weight: Weight) -> Any:
        return self._cjk_heavy if weight in (Weight.BOLD, Weight.HEAVY, Weight.BOLD_FIGURES) else self._cjk_light

    @cached_property
    def _cjk_light(self) -> Any:
        return _font(self._cjk_paths[False], False)

    @cached_property
    def _cjk_heavy(self) -> Any:
        return _font(self._cjk_paths[True], False)


@lru_cache(maxsize=32)
def _font(path: Path, tabular: bool) -> Any:
    """Register a font file once per process and return reportlab's font."""
    name = "".join(letter for letter in path.stem if letter.isalnum() or letter == "-") + ("-Tabular" if tabular else "")
    if name in pdfmetrics.getRegisteredFontNames():
        name = f"{name}-{len(pdfmetrics.getRegisteredFontNames())}"  # another brand's file of the same name
    source: Any = _tabular(path) if tabular else str(path)
    font = TTFont(name, source)
    font.face.name = name.encode("ascii", "replace")  # reportlab takes fonts whose faces share a name for one font
    pdfmetrics.registerFont(font)
    return font


def _tabular(path: Path) -> Any:
    """Return the font with figures of one width in place of its own (OpenType `tnum`, which PDF writers do not apply).

    Fonts that name such figures otherwise than `one.tf` are returned as they are.
    """
    from fontTools.ttLib import TTFont as FontFile

    font = FontFile(path, lazy=True)
    glyphs = set(font.getGlyphOrder())
    for table in font["cmap"].tables:
        if table.isUnicode():
            for code in range(ord("0"), ord("9") + 1):
                figure = f"{table.cmap.get(code)}.tf"
                if figure in glyphs:
                    table.cmap[code] = figure
    changed = io.BytesIO()
    font.save(changed, reorderTables=None)
    changed.seek(0)
    return changed
