"""A white card with a quiet title, the frame of everything on a page."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from roi_tool.desktop.theme import SEMIBOLD, Look
from roi_tool.desktop.theme.tokens import CARD_PADDING, TEXT_SMALL
from roi_tool.desktop.widgets.text_label import text_label


class Card(QFrame):
    """A bordered frame; `body` takes its content. The title line takes small widgets at its right end."""

    def __init__(self, look: Look, title: str = "", *, padding: int = CARD_PADDING, spacing: int = 8) -> None:
        super().__init__()
        self.setObjectName("card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(padding, padding - 3, padding, padding - 2)
        self.body.setSpacing(spacing)
        self.title_line = QHBoxLayout()
        self.title_line.setSpacing(8)
        self.title: QLabel = text_label(look, title, size=TEXT_SMALL, weight=SEMIBOLD, tone="soft")
        if title:
            self.title_line.addWidget(self.title)
            self.title_line.addStretch(1)
            self.body.addLayout(self.title_line)

    def set_title(self, title: str) -> None:
        """Change the title's words."""
        self.title.setText(title)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget below the others."""
        self.body.addWidget(widget, stretch)
