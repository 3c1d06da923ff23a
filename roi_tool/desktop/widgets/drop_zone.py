"""A dashed field that takes files by drag and drop or by a click, and says so."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from roi_tool.desktop.theme import MEDIUM, Look
from roi_tool.desktop.theme.tokens import TEXT_SMALL
from roi_tool.desktop.widgets.text_label import text_label


def dropped_files(event: QDropEvent) -> tuple[Path, ...]:
    """Return the local files that an event carries, in order."""
    data = event.mimeData()
    if not data.hasUrls():
        return ()
    return tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())


class DropZone(QWidget):
    """Emits `files_dropped(tuple of paths)` and `choice_asked` when its button is pressed."""

    files_dropped = Signal(object)
    choice_asked = Signal()

    def __init__(self, look: Look, title: str, hint: str, button: str) -> None:
        super().__init__()
        self._look = look
        self._over = False
        self.setAcceptDrops(True)
        self.setAccessibleName(title)
        self.button = QPushButton(button)
        self.button.setFont(look.font())
        self.button.clicked.connect(self.choice_asked)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(text_label(look, title, weight=MEDIUM, wrap=True))
        words.addWidget(text_label(look, hint, size=TEXT_SMALL, tone="soft", wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 18, 20, 18)
        row.setSpacing(16)
        row.addLayout(words, 1)
        row.addWidget(self.button)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the dashed border, tinted while files hover."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self._look.color("accent_soft" if self._over else "surface"))
        pen = QPen(self._look.color("accent" if self._over else "border_strong"), 1.5, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 7, 7)

    def _set_over(self, over: bool) -> None:
        self._over = over
        self.update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files, nothing else."""
        if dropped_files(event):
            self._set_over(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Look calm again."""
        self._set_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the files on."""
        self._set_over(False)
        files = dropped_files(event)
        if files:
            event.acceptProposedAction()
            self.files_dropped.emit(files)
