"""Bills: bring files by dialog or by drag and drop; see how each was read, what was rejected and why, and what is asked."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from roi_tool.desktop.desk import Desk
from roi_tool.desktop.pages.bills import adding_up, presenter
from roi_tool.desktop.pages.bills.months import month_table
from roi_tool.desktop.pages.page import Page
from roi_tool.desktop.theme.tokens import GAP, TEXT_SMALL
from roi_tool.desktop.widgets.card import Card
from roi_tool.desktop.widgets.drop_zone import DropZone
from roi_tool.desktop.widgets.figure_table import FigureTable
from roi_tool.desktop.widgets.key_figure import KeyFigureCard
from roi_tool.desktop.widgets.text_label import button_words, clear_layout, text_label
from roi_tool.desktop.widgets.tick_box import TickBox
from roi_tool.workspace.bill_facts import coverage_sentences

_ENDINGS = "*.csv *.txt *.tsv *.xlsx *.xls *.xlsb *.ods *.zip *.xml *.pdf"


class BillsPage(Page):
    """What was read, nothing lost."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        words, look = self.words, self.look
        column = self.scrolled_column(words.text("Bills"))
        self._make_drop(column)
        self._refused, self._repeated, self._asked, self._recalled = (QVBoxLayout() for _ in range(4))
        for layout in (self._refused, self._repeated, self._asked, self._recalled):
            column.addLayout(layout)
        self._empty = self._make_empty()
        column.addWidget(self._empty)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        self.cards = [KeyFigureCard(look) for _ in range(4)]
        for card in self.cards:
            row.addWidget(card, 1)
        column.addLayout(row)
        self._files_card = self._make_files()
        column.addWidget(self._files_card)
        self._months_card, self.months = self._table_card(column, words.text("Months that make the baseline"))
        self.covered = text_label(look, size=TEXT_SMALL, tone="soft", wrap=True)
        self._months_card.add(self.covered)
        self._lines_card, self.lines = self._table_card(column, words.text("Where the difference comes from"))
        self.explained = text_label(look, size=TEXT_SMALL, tone="soft", wrap=True)
        self._lines_card.add(self.explained)
        self._notes_card = Card(look, words.text("Worth knowing"))
        self._notes = QVBoxLayout()
        self._notes_card.body.addLayout(self._notes)
        column.addWidget(self._notes_card)
        self._rejects_card, self.rejects = self._table_card(column, words.text("Rejected rows"))
        column.addStretch(1)
        desk.bills_refused.connect(self._refused_changed)

    def _make_drop(self, column: QVBoxLayout) -> None:
        """Where files are dropped, and how they are read."""
        words, look = self.words, self.look
        self.drop = DropZone(
            look,
            words.text("Drop phone bills here"),
            words.text(
                "CSV, XLSX or text of any carrier; several files or a folder at once. Each call is counted once: "
                "a bill that is read again takes the place of the old one."
            ),
            words.text("Choose files…"),
        )
        self.drop.files_dropped.connect(self.desk.errands.take_bills)
        self.drop.choice_asked.connect(self._choose)
        column.addWidget(self.drop)
        self.masking = TickBox(look, words.text("Mask subscriber numbers as bills are read"))
        self.masking.setToolTip(
            words.text("The last three digits become 0; what prices need stays. It holds for bills read from now on.")
        )
        self.masking.setChecked(self.desk.settings.mask_numbers)
        self.masking.toggled.connect(lambda on: self.desk.change_settings(mask_numbers=on))
        column.addWidget(self.masking)

    def _make_files(self) -> Card:
        """The table of files, and what can be done with the one that is chosen."""
        words, look = self.words, self.look
        card = Card(look, words.text("How each file was read"))
        self.files = FigureTable(look, words.text("How each file was read"))
        card.add(self.files)
        self.skipped = text_label(look, size=TEXT_SMALL, tone="soft", wrap=True)
        card.add(self.skipped)
        self.remove = self.button("")
        self.remove.clicked.connect(self._remove)
        self.adjust = self.button(words.text("Adjust its columns…"))
        self.adjust.clicked.connect(lambda: self._adjust(self.files.chosen_id))
        line = QHBoxLayout()
        for button in (self.adjust, self.remove):
            button.hide()
            line.addWidget(button)
        line.addStretch(1)
        card.body.addLayout(line)
        self.files.row_chosen.connect(self._chosen)
        return card

    def _make_empty(self) -> Card:
        """What stands here before the first bill."""
        words = self.words
        card = Card(self.look, words.text("No bill yet"))
        about = words.text(
            "Every row of a bill is accounted for: read, skipped for a reason, or rejected with one. You see whether the money "
            "adds up to the bill’s own total, which months are covered, and one question where two readings remain."
        )
        card.add(text_label(self.look, about, wrap=True))
        self.sample = self.button(words.text("Open the sample customer"))
        self.sample.clicked.connect(self.desk.errands.open_sample)
        line = QHBoxLayout()
        line.addWidget(self.sample)
        line.addStretch(1)
        card.body.addLayout(line)
        return card

    def _table_card(self, column: QVBoxLayout, title: str) -> tuple[Card, FigureTable]:
        card, table = Card(self.look, title), FigureTable(self.look, title)
        card.add(table)
        column.addWidget(card)
        return card, table

    def _refused_changed(self, _problems: object) -> None:
        self.show_quote()

    def _choose(self) -> None:
        words = self.words
        kinds = (
            words.text("Phone bills")
            + " (*.csv *.txt *.tsv *.xlsx *.xls *.xlsb *.ods *.zip *.xml *.pdf);;"
            + words.text("All files")
            + " (*)"
        )
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
        self._show_repeated()
        self._show_questions(presenter.questions(bills, words))
        self._show_recalled(presenter.recalled(bills, words))
        self._order_focus()
        for card in self.cards:
            card.setVisible(bool(bills))
        self._empty.setVisible(not bills)
        self.sample.setVisible(quote is None)
        self._files_card.setVisible(bool(bills))
        rejects, parts = presenter.reject_rows(bills, words), adding_up.line_rows(bills, words)
        notes, months = presenter.notes(bills, words), month_table(bills, words)
        for shown, rows in (
            (self._rejects_card, rejects),
            (self._lines_card, parts),
            (self._months_card, months[1]),
            (self._notes_card, notes),
        ):
            shown.setVisible(bool(rows))
        if not bills:
            return
        for key_card, figure in zip(self.cards, presenter.key_figures(bills, words), strict=True):
            key_card.show_figure(figure)
        self.files.show_rows(presenter.file_columns(words), presenter.file_rows(bills, words))
        self.months.show_rows(*months)
        self.covered.setText("\n".join(coverage_sentences(bills, words)))
        self.lines.show_rows(adding_up.line_columns(words), parts)
        self.explained.setText(adding_up.sentences(bills, words))
        clear_layout(self._notes)
        for tone, sentence in notes:
            self._notes.addWidget(text_label(self.look, sentence, size=TEXT_SMALL, tone=tone, wrap=True))
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
            buttons = []
            if problem.code == "no_calls":
                button = self.button(self.words.text("Say what its columns are…"))
                button.clicked.connect(lambda _=False, file=problem.where.file: self._adjust(file))
                buttons.append(button)
            self._refused.addWidget(self._line(self.words.sentence(problem), "bad", buttons))

    def _order_focus(self) -> None:
        """Let the tabulator go through the lines above the tables in the order in which they stand."""
        before: QWidget = self.masking
        for layout in (self._refused, self._repeated, self._asked, self._recalled):
            for place in range(layout.count()):
                item = layout.itemAt(place)
                frame = item.widget() if item is not None else None
                for button in frame.findChildren(QPushButton) if frame is not None else ():
                    QWidget.setTabOrder(before, button)
                    before = button

    def _answer(self, asked: presenter.Asked, code: str) -> None:
        if code == presenter.COLUMNS:
            self._adjust(asked.path)
        else:
            self.desk.errands.answer(asked.path, asked.kind, code)

    def _show_questions(self, asked: tuple[presenter.Asked, ...]) -> None:
        clear_layout(self._asked)
        for question in asked:
            buttons = []
            for code, answer in question.answers:
                button = self.button(button_words(answer))
                button.clicked.connect(lambda _=False, asked=question, code=code: self._answer(asked, code))
                buttons.append(button)
            self._asked.addWidget(self._line(question.sentence, "warn", buttons))

    def _show_repeated(self) -> None:
        """Bills that hold what another one holds; to count them twice needs the user's word."""
        clear_layout(self._repeated)
        for repeated in self.desk.repeated:
            buttons = []
            if not repeated.identical:
                button = self.button(self.words.text("Count it all the same"))
                button.clicked.connect(lambda _=False, bill=repeated.bill: self.desk.errands.count_as_given(bill))
                buttons.append(button)
            self._repeated.addWidget(self._line(self.words.sentence(repeated.problem), "warn", buttons))

    def _show_recalled(self, recalled: tuple[tuple[str, str], ...]) -> None:
        clear_layout(self._recalled)
        for path, sentence in recalled:
            button = self.button(self.words.text("Ask again"))
            button.clicked.connect(lambda _=False, path=path: self.desk.errands.ask_again(path))
            self._recalled.addWidget(self._line(sentence, "soft", [button]))

    def _line(self, sentence: str, tone: str, buttons: list[QPushButton]) -> QFrame:
        """Return a framed sentence with what can be done about it."""
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(text_label(self.look, sentence, tone=tone if tone == "bad" else "", wrap=True), 1)
        for button in buttons:
            row.addWidget(button)
        return _framed(inside, tone)


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
