"""Reports: write the papers, see where they went, open them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout

from roi_tool.desktop.desk import Desk
from roi_tool.desktop.pages.page import Page
from roi_tool.desktop.pages.reports import presenter
from roi_tool.desktop.theme import SEMIBOLD
from roi_tool.desktop.theme.tokens import GAP, TEXT_LARGE
from roi_tool.desktop.widgets.card import Card
from roi_tool.desktop.widgets.text_label import rule, text_label


class ReportsPage(Page):
    """Papers say what the window says, from the same comparison."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        words, look = self.words, self.look
        column = self.scrolled_column(
            words.text("Reports"), words.text("They show the scenario as it stands now, in the language of the window.")
        )
        row = QHBoxLayout()
        row.setSpacing(GAP)
        self.buttons: dict[str, QPushButton] = {}
        for paper in presenter.papers(words):
            row.addWidget(self._paper_card(paper, primary=paper.kind == "pdf"), 1)
        row.addStretch(1)
        column.addLayout(row)
        self._written_card = Card(look, words.text("Written"))
        self._written = QVBoxLayout()
        self._written.setSpacing(8)
        self._written_card.body.addLayout(self._written)
        self._written_card.hide()
        column.addWidget(self._written_card)
        column.addStretch(1)
        desk.paper_written.connect(self._show_written)

    def _paper_card(self, paper: presenter.Paper, *, primary: bool) -> Card:
        card = Card(self.look, padding=20, spacing=6)
        card.add(text_label(self.look, paper.title, size=TEXT_LARGE, weight=SEMIBOLD))
        about = text_label(self.look, paper.about, tone="soft", wrap=True)
        about.setAlignment(Qt.AlignmentFlag.AlignTop)
        card.add(about, 1)
        card.body.addSpacing(8)
        button = self.button(paper.button, primary=primary)
        button.clicked.connect(lambda: self._ask(paper))
        self.buttons[paper.kind] = button
        row = QHBoxLayout()
        row.addWidget(button)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _ask(self, paper: presenter.Paper) -> None:
        quote = self.desk.quote
        if quote is None:
            return
        from roi_tool.workspace.exporting import suggested_name

        folder = Path(self.desk.settings.export_folder or Path.home())
        suggested = str(folder / suggested_name(quote.case, paper.kind))
        chosen, _ = QFileDialog.getSaveFileName(self, paper.title, suggested, paper.filter)
        if chosen:
            path = presenter.with_ending(Path(chosen), paper.ending)
            self.desk.change_settings(export_folder=str(path.parent))
            self.desk.errands.write_paper(path, paper.kind)

    def _show_written(self, path: Path) -> None:
        """Put the newest paper on top, with ways to open it."""
        row = QHBoxLayout()
        row.setSpacing(8)
        words = text_label(self.look, presenter.written_text(path, self.words), wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(words, 1)
        for text, target in ((self.words.text("Open"), path), (self.words.text("Open folder"), path.parent)):
            button = self.button(text)
            button.clicked.connect(lambda _=False, target=target: _open(target))
            row.addWidget(button)
        if self._written.count():
            self._written.insertWidget(0, rule())
        self._written.insertLayout(0, row)
        self._written_card.show()

    def show_scenario(self) -> None:
        """The papers are made when they are asked for."""


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def make_page(desk: Desk) -> ReportsPage:
    """Make the page."""
    return ReportsPage(desk)
