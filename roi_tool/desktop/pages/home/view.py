"""Home: what to do next, the sample one click away, a field to drop files on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from roi_tool.desktop.desk import Desk
from roi_tool.desktop.pages.home.presenter import Recent, Step, first_steps, recent_quotes, unsaved_quotes
from roi_tool.desktop.pages.page import Page
from roi_tool.desktop.theme import BOLD, SEMIBOLD
from roi_tool.desktop.theme.tokens import GAP, TEXT_LARGE
from roi_tool.desktop.widgets.card import Card
from roi_tool.desktop.widgets.drop_zone import DropZone
from roi_tool.desktop.widgets.text_label import button_words, clear_layout, text_label

_TITLE_SIZE = 28


class HomePage(Page):
    """The first thing that is seen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        words, look = self.words, self.look
        self.buttons: dict[str, QPushButton] = {}
        inside = QWidget()
        inside.setMaximumWidth(980)
        column = QVBoxLayout(inside)
        column.setSpacing(GAP)
        headline = words.text("From a phone bill to a quote that can be checked")
        column.addWidget(text_label(look, headline, size=_TITLE_SIZE, weight=BOLD, wrap=True))
        about = words.text("Staying as you are, on premises, SIP trunk and hosted, compared on the customer’s own calls.")
        column.addWidget(text_label(look, about, size=TEXT_LARGE, tone="soft", wrap=True))
        column.addSpacing(14)
        cards = QHBoxLayout()
        cards.setSpacing(GAP)
        for place, step in enumerate(first_steps(words)):
            cards.addWidget(self._card(step, primary=place == 0), 1)
        column.addLayout(cards)
        column.addSpacing(6)
        self.drop = DropZone(
            look,
            words.text("Drop bills or a saved quote here"),
            words.text("Several files at once are fine; each is read on its own."),
            words.text("Open a quote…"),
        )
        self.drop.files_dropped.connect(self._dropped)
        self.drop.choice_asked.connect(self._open_dialog)
        column.addWidget(self.drop)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        column.addLayout(self._recent)
        # Stretches rather than an alignment: only so does the layout ask wrapped words how high they are.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(inside, 100)
        middle.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addLayout(middle)
        outer.addStretch(3)

    def _card(self, step: Step, *, primary: bool) -> Card:
        card = Card(self.look, padding=20, spacing=6)
        card.add(text_label(self.look, step.title, size=TEXT_LARGE, weight=SEMIBOLD, wrap=True))
        about = text_label(self.look, step.about, tone="soft", wrap=True)
        about.setAlignment(Qt.AlignmentFlag.AlignTop)
        card.add(about, 1)
        card.body.addSpacing(8)
        button = self.button(step.button, primary=primary)
        button.clicked.connect(lambda: self._begin(step.action))
        self.buttons[step.action] = button
        row = QHBoxLayout()
        row.addWidget(button)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def showEvent(self, event: QShowEvent) -> None:
        """Quotes may have been saved since."""
        self._stale = True
        super().showEvent(event)

    def show_quote(self) -> None:
        """The quotes that were open before, those that were not saved first."""
        clear_layout(self._recent)
        words, desk = self.words, self.desk
        unsaved = unsaved_quotes(desk.keeper.left_behind(), words)
        self.unsaved = self._list(words.text("Not saved"), unsaved, desk.open_unsaved)
        recent = recent_quotes(desk.settings.recent, words)
        self.recent = self._list(words.text("Recent quotes"), recent, desk.errands.open_file)

    def _list(self, title: str, quotes: tuple[Recent, ...], open_quote: Callable[[Path], None]) -> list[QPushButton]:
        """Add a titled list of quotes, each a button that opens it."""
        if quotes:
            self._recent.addWidget(text_label(self.look, title, weight=SEMIBOLD, tone="soft"))
        buttons = []
        for quote in quotes:
            button = QPushButton(button_words(f"{quote.name}   {quote.about}"))
            button.setObjectName("quiet")
            button.setFont(self.look.font())
            button.setToolTip(str(quote.path))
            button.clicked.connect(lambda _=False, path=quote.path: open_quote(path))
            self._recent.addWidget(button)
            buttons.append(button)
        return buttons

    def _begin(self, action: str) -> None:
        if action == "sample":
            self.desk.errands.open_sample()
        else:
            self.desk.page_asked.emit(action)

    def _dropped(self, files: tuple[Path, ...]) -> None:
        self.window().take_files(files)  # type: ignore[attr-defined]

    def _open_dialog(self) -> None:
        kinds = self.words.text("Quotes and cases") + " (*.roiquote *.yaml *.yml *.json)"
        chosen, _ = QFileDialog.getOpenFileName(self, self.words.text("Open a quote"), "", kinds)
        if chosen:
            self.desk.errands.open_file(Path(chosen))


def make_page(desk: Desk) -> HomePage:
    """Make the page."""
    return HomePage(desk)
