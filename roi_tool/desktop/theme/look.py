"""The look handed to every widget: tokens, fonts of the language, and colours ready to paint with."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QColor, QFont, QFontDatabase

from roi_tool.desktop.theme.tokens import DARK, LIGHT, TEXT_BODY, Tokens
from roi_tool.resources import font_file

_LATIN_FILES = ("Inter-Regular.ttf", "Inter-Medium.ttf", "Inter-SemiBold.ttf", "Inter-Bold.ttf")
_CHINESE_FILES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
_loaded: set[str] = set()

REGULAR = QFont.Weight.Normal
MEDIUM = QFont.Weight.Medium
SEMIBOLD = QFont.Weight.DemiBold
BOLD = QFont.Weight.Bold


def load_fonts(*, chinese: bool) -> None:
    """Give Qt the shipped fonts, each once. The Chinese pair is 10 MB, so it waits until it is needed."""
    for name in _LATIN_FILES + (_CHINESE_FILES if chinese else ()):
        if name not in _loaded and font_file(name).is_file():
            QFontDatabase.addApplicationFont(str(font_file(name)))
            _loaded.add(name)


class Look:
    """Colours and fonts of one theme and language. A change of either makes a new look and new widgets."""

    def __init__(self, theme: str = "light", language: str = "en") -> None:
        self.tokens: Tokens = DARK if theme == "dark" else LIGHT
        self.language = language
        load_fonts(chinese=language == "zh_CN")

    def color(self, name: str) -> QColor:
        """Return the colour of a token (`accent`, `text_soft`, …), the caller's own to change."""
        return QColor(_color(getattr(self.tokens, name)))

    def role_color(self, role: str) -> QColor:
        """Return the colour of a chart role."""
        return QColor(_color(self.tokens.role(role)))

    def font(self, size: int = TEXT_BODY, weight: QFont.Weight = REGULAR, *, tabular: bool = False) -> QFont:
        """Return the interface's font in device-independent pixels; `tabular` gives figures of one width."""
        return QFont(_font(size, weight, tabular, self.language))


@lru_cache(maxsize=256)
def _color(code: str) -> QColor:
    return QColor(code)


@lru_cache(maxsize=128)
def _font(size: int, weight: QFont.Weight, tabular: bool, language: str) -> QFont:
    font = QFont()
    # Noto Sans SC comes as regular and bold only: Qt picks the nearer of the two.
    font.setFamilies(["Inter", "Noto Sans SC"] if language == "zh_CN" else ["Inter"])
    font.setPixelSize(size)
    font.setWeight(weight)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if tabular:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font
