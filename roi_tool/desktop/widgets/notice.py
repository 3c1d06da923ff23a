"""A line across the window: what happened, what it means, and one thing to do about it. Never a dialog that blocks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton

from roi_tool.desktop.theme import Look
from roi_tool.desktop.theme.icons import icon
from roi_tool.desktop.theme.tokens import PAGE_MARGIN
from roi_tool.desktop.widgets.text_label import button_words, text_label

GOOD_NEWS_MS = 8_000
"""Good news leaves by itself; what asks for something stays until it is closed."""


class Notice(QFrame):
    """Hidden until there is something to say. Tones: `info`, `good`, `warn`, `bad`."""

    def __init__(self, look: Look, close_text: str) -> None:
        super().__init__()
        self.setObjectName("notice")
        self._text = text_label(look, wrap=True)
        self._action = QPushButton()
        self._action.setFont(look.font())
        self._close = QToolButton()
        self._close.setIcon(icon(look, "close"))
        self._close.setIconSize(QSize(16, 16))
        self._close.setAccessibleName(close_text)
        self._close.setToolTip(close_text)
        self._close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(PAGE_MARGIN, 8, 12, 8)
        row.setSpacing(12)
        row.addWidget(self._text, 1)
        row.addWidget(self._action)
        row.addWidget(self._close)
        self._do: Callable[[], None] | None = None
        self._leave = QTimer(self)
        self._leave.setSingleShot(True)
        self._leave.setInterval(GOOD_NEWS_MS)
        self._leave.timeout.connect(self.hide)
        self._action.clicked.connect(self._act)
        self.hide()

    @property
    def text(self) -> str:
        """What it says now."""
        return self._text.text()

    def say(self, text: str, tone: str = "info", action: str = "", do: Callable[[], None] | None = None) -> None:
        """Show a sentence, with a button where there is something to do."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self._do = do
        self._action.setText(button_words(action))
        self._action.setVisible(do is not None)
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()
        self._leave.stop()
        if tone == "good" and do is None:
            self._leave.start()

    def _act(self) -> None:
        do, self._do = self._do, None
        self.hide()
        if do is not None:
            do()
