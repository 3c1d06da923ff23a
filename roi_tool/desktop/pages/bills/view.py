"""Bills: bring files by dialog or by drag and drop; see how each was read, what was rejected and why, and what is asked."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from roi_tool.desktop.desk import Desk
from roi_tool.desktop.pages.bills import presenter
from roi_tool.desktop.pages.page import Page
from roi_tool.desktop.theme.tokens import GAP, TEXT_SMALL
from roi_tool.desktop.widgets.card import Card
from roi_tool.desktop.widgets.drop_zone import DropZone
from roi_tool.desktop.widgets.figure_table import FigureTable
from roi_tool.desktop.widgets.key_figure import KeyFigureCard
from roi_tool.desktop.widgets.text_label import button_words, clear_layout, text_label


class BillsPage(Page):
    """What was read, nothing lost."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        words, look = self.words, self.look
        column = self.scrolled_column(words.text("Bills"))
        self.drop = DropZone(
            look,
            words.text("Drop phone bills here"),
            words.text(
                "CSV, XLSX or text of any carrier; several at once. A bill that is read again takes the place of the old one."
            ),
            words.text("Choose files…"),
        )
        self.drop.files_dropped.connect(desk.errands.take_bills)
        self.drop.choice_asked.connect(self._choose)
        column.addWidget(self.drop)
        self._refused = QVBoxLayout()
        column.addLayout(self._refused)
        self._asked = QVBoxLayout()
        column.addLayout(self._asked)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        self.cards = [KeyFigureCard(look) for _ in range(4)]
        for card in self.cards:
            row.addWidget(card, 1)
        column.addLayout(row)
        self._files_card = Card(look, words.text("How each file was read"))
        self.files = FigureTable(look, words.text("How each file was read"))
        self._files_card.add(self.files)
        self.skipped = text_label(look, size=TEXT_SMALL, tone="soft", wrap=True)
        self._files_card.add(self.skipped)
        self.remove = self.button("")
        self.remove.clicked.connect(self._remove)
        self.adjust = self.button(words.text("Adjust its columns…"))
        self.adjust.clicked.connect(lambda: self._adjust(self.files.chosen_id))
        line = QHBoxLayout()
        for button in (self.adjust, self.remove):
            button.hide()
            line.addWidget(button)
        line.addStretch(1)
        self._files_card.body.addLayout(line)
        self.files.row_chosen.connect(self._chosen)
        column.addWidget(self._files_card)
        self._rejects_card = Card(look, words.text("Rejected rows"))
        self.rejects = FigureTable(look, words.text("Rejected rows"))
        self._rejects_card.add(self.rejects)
        column.addWidget(self._rejects_card)
        column.addStretch(1)
        desk.bills_refused.connect(self._refused_changed)

    def _refused_changed(self, _problems: object) -> None:
        self.show_quote()

    def _choose(self) -> None:
        words = self.words
        kinds = words.text("Phone bills") + " (*.csv *.txt *.tsv *.xlsx *.xls *.zip);;" + words.text("All files") + " (*)"
        folder = self.desk.settings.bill_folder
        chosen, _ = QFileDialog.getOpenFileNames(self, words.text("Choose phone bills"), folder, kinds)
        if chosen:
            self.desk.change_settings(bill_folder=str(Path(chosen[0]).parent))
            self.desk.errands.take_bills(tuple(map(Path, chosen)))

    def _chosen(self, path: str) -> None:
        self.remove.setText(button_words(self.words.text("Take {file} out of the quote", file=Path(path).name)))
        self.remove.show()
        self.adjust.show()

    def _adjust(self, file: str) -> None:
        from roi_tool.workspace.case_errands import on_disk

        self.desk.mapping.open(on_disk(Path(file)))

    def _remove(self) -> None:
        self.remove.hide()
        self.adjust.hide()
        self.desk.errands.remove_file(self.files.chosen_id)
        self.files.choose("")

    def show_quote(self) -> None:
        """Show the bills of the open quote."""
        quote, words = self.desk.quote, self.words
        bills = quote.case.bills if quote is not None else ()
        self._show_refused()
        self._show_questions(presenter.questions(bills, words))
        for card in self.cards:
            card.setVisible(bool(bills))
        self._files_card.setVisible(bool(bills))
        rejects = presenter.reject_rows(bills, words)
        self._rejects_card.setVisible(bool(rejects))
        if not bills:
            return
        for card, figure in zip(self.cards, presenter.key_figures(bills, words), strict=True):
            card.show_figure(figure)
        self.files.show_rows(presenter.file_columns(words), presenter.file_rows(bills, words))
        self.rejects.show_rows(presenter.reject_columns(words), rejects)
        reasons = presenter.skip_reasons(bills, words)
        self.skipped.setText(reasons)
        self.skipped.setVisible(bool(reasons))

    def show_scenario(self) -> None:
        """Sliders change nothing here."""

    def _show_refused(self) -> None:
        """Files that could not be read stand here until the next reading."""
        clear_layout(self._refused)
        for problem in self.desk.refused:
            inside = QWidget()
            row = QHBoxLayout(inside)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(text_label(self.look, self.words.sentence(problem), tone="bad", wrap=True), 1)
            if problem.code == "no_calls":
                button = self.button(self.words.text("Say what its columns are…"))
                button.clicked.connect(lambda _=False, file=problem.where.file: self._adjust(file))
                row.addWidget(button)
            self._refused.addWidget(_framed(inside, "bad"))

    def _answer(self, asked: presenter.Asked, code: str) -> None:
        if asked.kind == presenter.COLUMNS:
            self._adjust(asked.path)
        else:
            self.desk.errands.answer(asked.path, asked.kind, code)

    def _show_questions(self, asked: tuple[presenter.Asked, ...]) -> None:
        clear_layout(self._asked)
        for question in asked:
            inside = QWidget()
            row = QHBoxLayout(inside)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(text_label(self.look, question.sentence, wrap=True), 1)
            for code, answer in question.answers:
                button = self.button(answer)
                button.clicked.connect(lambda _=False, asked=question, code=code: self._answer(asked, code))
                row.addWidget(button)
            self._asked.addWidget(_framed(inside, "warn"))


def _framed(inside: QWidget, tone: str) -> QFrame:
    frame = QFrame()
    frame.setObjectName("inset")
    frame.setProperty("tone", tone)
    row = QVBoxLayout(frame)
    row.setContentsMargins(14, 9, 14, 9)
    row.addWidget(inside)
    return frame


def make_page(desk: Desk) -> BillsPage:
    """Make the page."""
    return BillsPage(desk)
