"""The rail at the left: where one is, where one can go, and how far each part has come."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QPushButton, QVBoxLayout, QWidget

from roi_tool.desktop.theme import BOLD, MEDIUM, SEMIBOLD, Look
from roi_tool.desktop.theme.icons import icon
from roi_tool.desktop.theme.tokens import RAIL_WIDTH, TEXT_BODY, TEXT_LARGE, TEXT_TINY
from roi_tool.desktop.widgets.text_label import text_label
from roi_tool.wording import Wording

PAGES = ("home", "customer", "bills", "traffic", "today", "options", "what_if", "reports")


@dataclass(frozen=True, slots=True)
class RailMark:
    """What stands at the right of an entry: `✓ 6`, `2 assumed`; tone `good` or `warn`."""

    text: str = ""
    tone: str = "good"


class RailEntry(QAbstractButton):
    """One entry, painted: its name, its mark, a bar at the right when it is the present page."""

    def __init__(self, look: Look, name: str, text: str) -> None:
        super().__init__()
        self._look = look
        self.name = name
        self.mark = RailMark()
        self._by_keyboard = False
        self.setText(text)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_mark(self, mark: RailMark) -> None:
        """Show another mark."""
        if mark != self.mark:
            self.mark = mark
            self.setAccessibleDescription(mark.text)
            self.update()

    def sizeHint(self) -> QSize:
        """As wide as the rail."""
        return QSize(RAIL_WIDTH - 1, 32)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the entry."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, box = self._look, QRectF(self.rect())
        if self.isChecked():
            painter.fillRect(box, look.color("accent_soft"))
            painter.fillRect(QRectF(box.right() - 3, box.top(), 3, box.height()), look.color("accent"))
        elif self.underMouse():
            painter.fillRect(box, look.color("hover"))
        if self.hasFocus() and self._by_keyboard:
            painter.setPen(look.color("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(8, 3, -8, -3), 5, 5)
        painter.setFont(look.font(TEXT_BODY, SEMIBOLD if self.isChecked() else MEDIUM))
        ink = "accent" if self.isChecked() else "text_soft" if self.isEnabled() else "text_faint"
        color = QColor(look.color(ink))
        color.setAlphaF(1.0 if self.isEnabled() else 0.6)
        painter.setPen(color)
        inner = box.adjusted(20, 0, -18, 0)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        if self.mark.text:
            painter.setFont(look.font(TEXT_TINY, tabular=True))
            painter.setPen(look.color(self.mark.tone))
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self.mark.text)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring only to who came by keyboard."""
        keys = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
        self._by_keyboard = event.reason() in keys
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go to the neighbours; Enter opens as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)


class Rail(QFrame):
    """Emits `page_chosen(name)`, `language_asked` and `theme_asked`."""

    page_chosen = Signal(object)
    language_asked = Signal()
    theme_asked = Signal()

    def __init__(self, look: Look, words: Wording, brand: str) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setFixedWidth(RAIL_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 10)
        column.setSpacing(0)
        title = text_label(look, brand, size=TEXT_LARGE, weight=BOLD)
        title.setContentsMargins(20, 16, 12, 16)
        column.addWidget(title)
        self.entries: dict[str, RailEntry] = {}
        for name in PAGES:
            entry = RailEntry(look, name, words.label(f"page.{name}"))
            entry.clicked.connect(lambda _checked=False, name=name: self.page_chosen.emit(name))
            self.entries[name] = entry
            column.addWidget(entry)
        column.addStretch(1)
        other = words.text("English") if words.language == "zh_CN" else "简体中文"
        self.language = self._quiet(look, "language", other, self.language_asked)
        self.language.setFont(_font_for_both(look))
        dark = look.tokens.name == "dark"
        self.theme = self._quiet(look, "theme", words.text("Light") if dark else words.text("Dark"), self.theme_asked)
        self.theme.setAccessibleName(words.text("Change to light colours") if dark else words.text("Change to dark colours"))
        column.addWidget(self._indented(self.language))
        column.addWidget(self._indented(self.theme))

    def show_page(self, name: str) -> None:
        """Mark the present page."""
        self.entries[name].setChecked(True)

    @staticmethod
    def _quiet(look: Look, drawing: str, text: str, signal: object) -> QPushButton:
        button = QPushButton(icon(look, drawing), f" {text}")
        button.setObjectName("quiet")
        button.setFont(look.font(12))
        button.setAccessibleName(text)
        button.clicked.connect(signal)
        return button

    @staticmethod
    def _indented(button: QWidget) -> QWidget:
        holder = QWidget()
        row = QVBoxLayout(holder)
        row.setContentsMargins(11, 1, 11, 1)
        row.addWidget(button)
        return holder


def _font_for_both(look: Look) -> QFont:
    """The language button is written in the other language, so it needs the Chinese font in either."""
    font = look.font(12)
    font.setFamilies(["Inter", "Noto Sans SC"])
    return font
