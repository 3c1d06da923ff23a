"""Mapping: the first rows of a file with a meaning over each column; a click changes it and the totals follow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QMenu, QVBoxLayout

from roi_tool.desktop.desk import Desk
from roi_tool.desktop.pages.mapping import presenter
from roi_tool.desktop.pages.page import Page
from roi_tool.desktop.theme import MEDIUM
from roi_tool.desktop.theme.tokens import GAP, TEXT_SMALL, TEXT_TINY
from roi_tool.desktop.widgets.card import Card
from roi_tool.desktop.widgets.choice_field import ChoiceField
from roi_tool.desktop.widgets.figure_table import FigureTable
from roi_tool.desktop.widgets.key_figure import KeyFigureCard
from roi_tool.desktop.widgets.sheet_preview import SheetPreview
from roi_tool.desktop.widgets.text_label import text_label
from roi_tool.importing.column_mapping import with_formats, with_header, with_role, with_table

_FIELDS = (
    *("table", "header", "delimiter", "date_order", "duration"),
    *("decimal", "amount_unit", "currency", "tax_included", "timezone"),
)
"""The fields above the preview in their order."""
_A_LINE = 5


class MappingPage(Page):
    """What each column of a file is."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        words, look = self.words, self.look
        self.bench = desk.mapping
        column = self.scrolled_column(words.text("What the columns are"))
        self.about = text_label(look, tone="soft", wrap=True)
        column.addWidget(self.about)
        column.addWidget(self._make_choices())
        row = QHBoxLayout()
        row.setSpacing(GAP)
        self.cards = [KeyFigureCard(look) for _ in range(4)]
        for card in self.cards:
            row.addWidget(card, 1)
        column.addLayout(row)
        self.failure = text_label(look, tone="bad", wrap=True)
        column.addWidget(self.failure)
        frame = Card(look, words.text("The file as it stands; click the meaning over a column to change it"))
        self.preview = SheetPreview(look, words.text("Rows of the file"))
        self.preview.column_asked.connect(self._ask_role)
        frame.add(self.preview)
        column.addWidget(frame)
        column.addWidget(self._make_foot())
        self._rejects_card = Card(look, words.text("Rejected rows"))
        self.rejects = FigureTable(look, words.text("Rejected rows"))
        self._rejects_card.add(self.rejects)
        column.addWidget(self._rejects_card)
        column.addStretch(1)
        self.bench.changed.connect(self._bench_changed)

    # parts

    def _make_choices(self) -> Card:
        card = Card(self.look, padding=14)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(3)
        self.choices: dict[str, ChoiceField] = {}
        self._labels: dict[str, QLabel] = {}
        for key in _FIELDS:
            label = text_label(self.look, size=TEXT_TINY, tone="soft")
            field = ChoiceField(self.look)
            field.setMinimumContentsLength(3)
            field.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            field.activated.connect(lambda index, key=key: self._choose(key, self.choices[key].itemData(index)))
            label.setBuddy(field)
            self.choices[key], self._labels[key] = field, label
        self.back = self.button(self.words.text("As detected"))
        self.back.clicked.connect(self.bench.as_detected)
        self._placed: tuple[str, ...] = ()
        card.body.addLayout(self._grid)
        return card

    def _place_choices(self, shown: tuple[str, ...]) -> None:
        """Put the fields that are shown side by side, so many a line; the button stands at the end of the last."""
        if shown == self._placed:
            return
        self._placed = shown
        for widget in (*self.choices.values(), *self._labels.values(), self.back):
            self._grid.removeWidget(widget)
        for place, key in enumerate(shown):
            line, column = divmod(place, _A_LINE)
            self._labels[key].setContentsMargins(0, 6 if line else 0, 0, 0)
            self._grid.addWidget(self._labels[key], 2 * line, column)
            self._grid.addWidget(self.choices[key], 2 * line + 1, column)
            self._grid.setColumnStretch(column, 1)
        self._grid.addWidget(self.back, 2 * ((len(shown) - 1) // _A_LINE) + 1, _A_LINE)

    def _make_foot(self) -> Card:
        words = self.words
        card = Card(self.look, padding=14)
        row = QHBoxLayout()
        row.setSpacing(10)
        said = QVBoxLayout()
        said.setSpacing(1)
        said.addWidget(text_label(self.look, words.text("Keep this as a layout"), weight=MEDIUM))
        about = words.text("The bill is read anew with it, and bills like this one are recognised from now on.")
        said.addWidget(text_label(self.look, about, size=TEXT_SMALL, tone="soft", wrap=True))
        row.addLayout(said, 1)
        self.name = QLineEdit()
        self.name.setFont(self.look.font())
        self.name.setMinimumHeight(32)
        self.name.setFixedWidth(240)
        self.name.setAccessibleName(words.text("Name of the layout"))
        self.name.setPlaceholderText(words.text("Name of the layout"))
        self.name.returnPressed.connect(self._save)
        self.leave = self.button(words.text("Back to the bills"))
        self.leave.clicked.connect(self._leave)
        self.save = self.button(words.text("Save and use it"), primary=True)
        self.save.clicked.connect(self._save)
        for widget in (self.name, self.leave, self.save):
            row.addWidget(widget)
        card.body.addLayout(row)
        return card

    # doing

    def _save(self) -> None:
        if self.save.isEnabled() and self.name.text().strip():
            self.bench.save(self.name.text())

    def _leave(self) -> None:
        self.bench.cancel()
        self.desk.page_asked.emit("bills")

    def _choose(self, key: str, value: Any) -> None:
        bench, draft = self.bench, self.bench.draft
        if draft is None:
            return
        match key:
            case "table":
                bench.change(with_table(draft, value))
            case "header":
                bench.change(with_header(draft, value))
            case "delimiter":
                bench.open(draft.path, delimiter=value)
            case _:
                bench.change(with_formats(draft, replace(draft.chosen, **{key: value})))

    def _ask_role(self, column: int, where: QPoint) -> None:
        menu = self.role_menu(column)
        if menu is not None:
            menu.popup(where)

    def role_menu(self, column: int) -> QMenu | None:
        """Return the menu of a column's meanings."""
        draft = self.bench.draft
        if draft is None:
            return None
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        further = QMenu(self.words.text("More meanings"), menu)
        ticks = QActionGroup(menu)
        group = 0
        for choice in presenter.role_choices(draft, column, self.words):
            if choice.group != group and not choice.further:
                menu.addSeparator()
            group = choice.group
            action = (further if choice.further else menu).addAction(choice.text)
            action.setCheckable(True)
            action.setChecked(choice.chosen)
            ticks.addAction(action)
            action.triggered.connect(self._taking(column, choice))
        menu.addSeparator()
        menu.addMenu(further)
        for one in (menu, further):
            one.setFont(self.look.font())
        return menu

    def _taking(self, column: int, choice: presenter.RoleChoice) -> Callable[[], None]:
        def take() -> None:
            if self.bench.draft is not None:
                self.bench.change(with_role(self.bench.draft, column, choice.role, added=choice.added))

        return take

    # showing

    def show_quote(self) -> None:
        """The page shows the file on the bench, whatever quote is open."""
        self._show_bench()

    def show_scenario(self) -> None:
        """Sliders change nothing here."""

    def _bench_changed(self) -> None:
        if self.isVisible():
            self._show_bench()
        else:
            self._stale = True

    def _show_bench(self) -> None:
        bench, words = self.bench, self.words
        draft, effect = bench.draft, bench.effect
        for card, figure in zip(self.cards, presenter.key_figures(effect, bench.busy, words), strict=True):
            card.show_figure(figure)
        self.failure.setText(" ".join(words.sentence(problem) for problem in bench.problems))
        self.failure.setVisible(bool(bench.problems))
        self.save.setEnabled(effect is not None and not bench.busy)
        columns, rejected = presenter.rejects(effect, words)
        self._rejects_card.setVisible(bool(rejected))
        self.rejects.show_rows(columns, rejected)
        if draft is None:
            self.about.setText(words.text("Opening the file"))
            self.preview.show_rows((), ())
            return
        known = draft.base.title if draft.base is not None else ""
        about = words.text("known as {layout}", layout=known)
        self.about.setText(f"{draft.path.name} · {about}" if known else draft.path.name)
        if not self.name.text() or self.name.property("file") != str(draft.path):
            self.name.setText(bench.name)
            self.name.setProperty("file", str(draft.path))
        self.back.setEnabled(draft is not bench.detected)
        self._show_choices(presenter.choices(draft, effect, words))
        self.preview.show_rows(presenter.heads(draft, words), presenter.preview_rows(draft, effect))

    def _show_choices(self, shown: tuple[presenter.Choice, ...]) -> None:
        by_key = {choice.key: choice for choice in shown}
        self._place_choices(tuple(by_key))
        for key, field in self.choices.items():
            choice = by_key.get(key)
            field.setVisible(choice is not None)
            self._labels[key].setVisible(choice is not None)
            if choice is None:
                continue
            self._labels[key].setText(choice.label)
            field.setAccessibleName(choice.label)
            field.clear()
            for value, text in choice.entries:
                field.addItem(text, value)
            values = [value for value, _ in choice.entries]
            field.setCurrentIndex(values.index(choice.chosen) if choice.chosen in values else -1)


def make_page(desk: Desk) -> MappingPage:
    """Make the page."""
    return MappingPage(desk)
