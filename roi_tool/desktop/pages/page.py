"""What the main window expects of a page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from roi_tool.desktop.desk import Desk
from roi_tool.desktop.theme import BOLD, MEDIUM
from roi_tool.desktop.theme.tokens import GAP, PAGE_MARGIN, TEXT_TITLE
from roi_tool.desktop.widgets.text_label import text_label


class Page(QWidget):
    """A page listens to the desk while it is visible and catches up when it is shown again."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.desk = desk
        self.look = desk.look
        self.words = desk.words
        self._stale = True
        desk.quote_opened.connect(self._quote_opened)
        desk.scenario_moved.connect(self._scenario_moved)

    def show_quote(self) -> None:
        """Show the open quote anew; called when it (or its case) changed."""

    def show_scenario(self) -> None:
        """Show moved drivers; by default everything anew."""
        self.show_quote()

    def _quote_opened(self) -> None:
        self._stale = True
        if self.isVisible():
            self._catch_up()

    def _scenario_moved(self) -> None:
        if self.isVisible() and not self._stale:
            self.show_scenario()
        else:
            self._stale = True

    def _catch_up(self) -> None:
        self._stale = False
        self.show_quote()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while the page was hidden."""
        if self._stale:
            self._catch_up()
        super().showEvent(event)

    # parts that pages share

    def scrolled_column(self, title: str, about: str = "") -> QVBoxLayout:
        """Return a column below the page's title that scrolls where it is too high."""
        inside = QWidget()
        inside.setObjectName("scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(PAGE_MARGIN, PAGE_MARGIN - 4, PAGE_MARGIN, PAGE_MARGIN)
        column.setSpacing(GAP)
        column.addWidget(text_label(self.look, title, size=TEXT_TITLE, weight=BOLD))
        if about:
            column.addWidget(text_label(self.look, about, tone="soft", wrap=True))
        scroll = QScrollArea()
        scroll.setObjectName("page")
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        return column

    def button(self, text: str, *, primary: bool = False) -> QPushButton:
        """Return a button in the page's font."""
        made = QPushButton(text)
        made.setFont(self.look.font(weight=MEDIUM))
        if primary:
            made.setObjectName("primary")
        made.setAutoDefault(True)
        return made
