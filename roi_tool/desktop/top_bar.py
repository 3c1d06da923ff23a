"""The bar above the page: for whom, in what state, and what can be done from anywhere; and the line below it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QToolButton

from roi_tool.desktop.theme import BOLD, MEDIUM, Look
from roi_tool.desktop.theme.icons import icon
from roi_tool.desktop.theme.tokens import PAGE_MARGIN, STATUS_BAR_HEIGHT, TEXT_LARGE, TEXT_SMALL, TEXT_TINY, TOP_BAR_HEIGHT
from roi_tool.desktop.widgets.text_label import set_tone, text_label
from roi_tool.wording import Wording


class TopBar(QFrame):
    """Customer, chips, undo and redo, export."""

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__()
        self.setObjectName("topBar")
        self.setFixedHeight(TOP_BAR_HEIGHT)
        self._look = look
        self.customer = text_label(look, size=TEXT_LARGE, weight=BOLD)
        self.customer.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.chips = [self._chip() for _ in range(3)]
        self.undo = self._tool("undo", words.text("Undo"), QKeySequence.StandardKey.Undo)
        self.redo = self._tool("redo", words.text("Redo"), QKeySequence.StandardKey.Redo)
        self.export = QPushButton(words.text("Export"))
        self.export.setObjectName("primary")
        self.export.setFont(look.font(weight=MEDIUM))
        self.save = QPushButton(words.text("Save"))
        self.save.setFont(look.font(weight=MEDIUM))
        self.save.setToolTip(words.text("Save") + " (Ctrl+S)")
        row = QHBoxLayout(self)
        row.setContentsMargins(PAGE_MARGIN + 4, 0, PAGE_MARGIN, 0)
        row.setSpacing(10)
        row.addWidget(self.customer)
        for chip in self.chips:
            row.addWidget(chip)
        row.addStretch(1)
        row.addWidget(self.undo)
        row.addWidget(self.redo)
        row.addWidget(self.save)
        row.addWidget(self.export)

    def show_chips(self, chips: list[tuple[str, str]]) -> None:
        """Show up to three (words, tone)."""
        for label, (text, tone) in zip(self.chips, [*chips, ("", ""), ("", ""), ("", "")], strict=False):
            label.setText(text)
            label.setVisible(bool(text))
            set_tone(label, tone)

    def _chip(self) -> QLabel:
        chip = text_label(self._look, size=TEXT_TINY)
        chip.setObjectName("chip")
        chip.setFixedHeight(22)
        chip.hide()
        return chip

    def _tool(self, drawing: str, text: str, keys: QKeySequence.StandardKey) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon(self._look, drawing))
        button.setIconSize(QSize(18, 18))
        button.setAccessibleName(text)
        button.setToolTip(f"{text} ({QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)})")
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button


class StatusBar(QFrame):
    """One quiet line at the foot; while something runs aside it shows how far it is, with a way to stop it."""

    def __init__(self, look: Look, words: Wording) -> None:
        super().__init__()
        self.setObjectName("statusBar")
        self.setFixedHeight(STATUS_BAR_HEIGHT)
        self.left = text_label(look, size=TEXT_TINY, tone="soft")
        self.right = QPushButton()
        self.right.setObjectName("quiet")
        self.right.setFont(look.font(TEXT_TINY))
        self.right.setFixedHeight(24)
        self.doing = text_label(look, size=TEXT_TINY, tone="soft")
        self.progress = QProgressBar()
        self.progress.setFixedWidth(160)
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(words.text("Progress"))
        self.cancel = QPushButton(words.text("Cancel"))
        self.cancel.setObjectName("quiet")
        self.cancel.setFont(look.font(TEXT_SMALL, MEDIUM))
        self.cancel.setFixedHeight(24)
        row = QHBoxLayout(self)
        row.setContentsMargins(PAGE_MARGIN, 0, PAGE_MARGIN, 0)
        row.setSpacing(12)
        row.addWidget(self.left)
        row.addStretch(1)
        for widget in (self.doing, self.progress, self.cancel):
            row.addWidget(widget)
            widget.hide()
        row.addWidget(self.right)

    def show_line(self, left: str, right: str) -> None:
        """Show the line; `right` is a button that leads to what must be said."""
        self.left.setText(left)
        self.right.setText(right)
        self.right.setVisible(bool(right) and self.progress.isHidden())

    def show_work(self, work: tuple[float, str] | None) -> None:
        """Show what runs aside, or nothing."""
        for widget in (self.doing, self.progress, self.cancel):
            widget.setVisible(work is not None)
        self.right.setVisible(work is None and bool(self.right.text()))
        if work is not None:
            self.progress.setValue(round(work[0] * 1000))
            self.doing.setText(work[1])
