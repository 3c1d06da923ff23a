"""The what-if page: sliders at the left; key figures, three charts and the options' table that move with them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from roi_tool.desktop.desk import Desk
from roi_tool.desktop.pages.page import Page
from roi_tool.desktop.pages.what_if import presenter
from roi_tool.desktop.pages.what_if.chance import ChanceMeter
from roi_tool.desktop.pages.what_if.pinned import MOST_PINS, PinnedLines
from roi_tool.desktop.pages.what_if.solve_dialog import SolveDialog
from roi_tool.desktop.pages.what_if.why import why_it_changed
from roi_tool.desktop.theme import BOLD
from roi_tool.desktop.theme.tokens import GAP, PAGE_MARGIN, SLIDER_PANEL_WIDTH, TEXT_SMALL
from roi_tool.desktop.widgets.card import Card
from roi_tool.desktop.widgets.chart_view import ChartView
from roi_tool.desktop.widgets.figure_table import FigureTable
from roi_tool.desktop.widgets.key_figure import KeyFigureCard
from roi_tool.desktop.widgets.slider_row import SliderRow
from roi_tool.desktop.widgets.text_label import clear_layout, text_label
from roi_tool.workspace.open_quote import Snapshot

_ROOM_FOR_ALL = 660
"""Height of the page from which all three charts can be read."""
_PIN_HEIGHT = 26


class WhatIfPage(Page):
    """The heart of the window."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.rows: dict[str, SliderRow] = {}
        self._first: tuple[str, ...] = ()
        self._others: tuple[str, ...] = ()
        self._more_shown = False
        self.chance = ChanceMeter(desk, self)
        self.chance.measured.connect(self._chance_measured)
        row = QHBoxLayout(self)
        row.setContentsMargins(PAGE_MARGIN, 14, PAGE_MARGIN, 14)
        row.setSpacing(16)
        row.addWidget(self._make_panel())
        row.addLayout(self._make_picture(), 1)

    # the sliders

    def _make_panel(self) -> Card:
        words = self.words
        panel = Card(self.look, words.text("What if…"), spacing=6)
        panel.setFixedWidth(SLIDER_PANEL_WIDTH)
        self.pin = self._quiet(words.text("Pin"), self._pin)
        self.pin.setToolTip(words.text("Pin this scenario, to see it beside what comes"))
        self.solve = self._quiet(words.text("Solve for…"), self._solve)
        self.solve.setToolTip(words.text("Find the value that gives a result"))
        self.reset_all = self._quiet(words.text("Reset all"), self.desk.reset)
        policy = self.reset_all.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.reset_all.setSizePolicy(policy)
        panel.title_line.setSpacing(0)
        for button in (self.reset_all, self.solve, self.pin):
            panel.title_line.addWidget(button)
        inside = QWidget()
        inside.setObjectName("scrolled")
        self._sliders = QVBoxLayout(inside)
        self._sliders.setContentsMargins(0, 0, 10, 0)
        self._sliders.setSpacing(2)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)
        panel.body.setContentsMargins(16, 12, 6, 14)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._scroll_bar_changed)
        panel.add(self._scroll, 1)
        panel.body.addWidget(self._make_why())
        return panel

    def _quiet(self, text: str, do: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName("quiet")
        button.setFont(self.look.font(TEXT_SMALL))
        button.setFixedHeight(22)
        button.clicked.connect(do)
        return button

    # pinning and solving

    def _pin(self) -> None:
        quote, desk = self.desk.quote, self.desk
        if quote is not None and quote.present not in desk.pinned:
            desk.pinned = (*desk.pinned, quote.present)[-MOST_PINS:]
            self._show_pins()

    def _unpin(self, snapshot: Snapshot) -> None:
        self.desk.pinned = tuple(one for one in self.desk.pinned if one is not snapshot)
        self._show_pins()

    def _show_pins(self) -> None:
        if self.desk.quote is not None:
            self.pins.show_pins(self.desk.pinned, self.desk.quote.comparison)
            self._share_height()

    def _back_to(self, snapshot: Snapshot) -> None:
        if self.desk.quote is not None:
            self.desk.quote.take_values(snapshot.scenario)

    def _solve(self) -> None:
        if self.desk.quote is not None:
            dialog = SolveDialog(self.desk, (*self._first, *self._others), self)
            dialog.show()
            dialog.target.setFocus()

    def _make_why(self) -> QWidget:
        box = QFrame()
        box.setObjectName("why")
        column = QVBoxLayout(box)
        column.setContentsMargins(12, 8, 12, 9)
        column.setSpacing(2)
        column.addWidget(text_label(self.look, self.words.text("Why it changed"), size=TEXT_SMALL, weight=BOLD))
        self.why = text_label(self.look, size=TEXT_SMALL, wrap=True)
        self.why.setMinimumHeight(48)
        self.why.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.why)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 4, 10, 0)
        row.addWidget(box)
        return holder

    def _scroll_bar_changed(self, _first: int, last: int) -> None:
        """The scroll bar takes the place of the margin."""
        self._sliders.setContentsMargins(0, 0, 2 if last else 10, 0)

    def _make_sliders(self) -> None:
        quote = self.desk.quote
        assert quote is not None
        clear_layout(self._sliders)
        self.rows = {}
        self._first, self._others = presenter.ordered_drivers(quote.scenario)
        for name in self._first:
            self._sliders.addWidget(self._make_row(name))
        self.more = QPushButton()
        self.more.setObjectName("quiet")
        self.more.setFont(self.look.font(TEXT_SMALL))
        self.more.clicked.connect(lambda: self._show_more(not self._more_shown))
        self._sliders.addWidget(self.more)
        self._sliders.addStretch(1)
        self._show_more(self._more_shown)

    def _make_row(self, name: str) -> SliderRow:
        quote = self.desk.quote
        assert quote is not None
        face = presenter.slider_face(quote.scenario.driver(name), quote.comparison.currency, self.words)
        row = SliderRow(self.look, face, self._parse)
        row.value_moved.connect(self.desk.move)
        row.value_refused.connect(lambda sentence: self.desk.say(sentence, "warn"))
        row.drag_started.connect(self.desk.begin_drag)
        row.drag_ended.connect(self.desk.end_drag)
        self.rows[name] = row
        return row

    def _show_more(self, shown: bool) -> None:
        self._more_shown = shown
        count = self.words.number(len(self._others))
        self.more.setText(self.words.text("Fewer values") if shown else self.words.text("{count} more values", count=count))
        self.more.setVisible(bool(self._others))
        for name in self._others:
            if shown and name not in self.rows:  # made when first asked for: most meetings never do
                self._sliders.insertWidget(self._sliders.count() - 1, self._make_row(name))
            elif name in self.rows:
                self.rows[name].setVisible(shown)

    def _parse(self, driver_id: str, text: str) -> Decimal | str:
        quote = self.desk.quote
        assert quote is not None
        return presenter.typed_value(quote.scenario.driver(driver_id), text, self.words)

    # the picture

    def _make_picture(self) -> QVBoxLayout:
        look = self.look
        column = QVBoxLayout()
        column.setSpacing(GAP)
        cards = QHBoxLayout()
        cards.setSpacing(GAP)
        self.cards = [KeyFigureCard(look) for _ in range(4)]
        for card in self.cards:
            cards.addWidget(card, 1)
        column.addLayout(cards)
        self.cumulative, self._cumulative_card = self._chart_card()
        self.tornado, self._tornado_card = self._chart_card()
        self.categories, self._categories_card = self._chart_card()
        self._grid = grid = QGridLayout()
        grid.setSpacing(GAP)
        grid.addWidget(self._cumulative_card, 0, 0, 2, 1)
        grid.addWidget(self._tornado_card, 0, 1)
        grid.addWidget(self._categories_card, 1, 1)
        grid.setColumnStretch(0, 53)
        grid.setColumnStretch(1, 47)
        grid.setRowStretch(0, 46)
        grid.setRowStretch(1, 54)
        column.addLayout(grid, 1)
        frame = Card(look, padding=12)
        frame.body.setContentsMargins(12, 3, 12, 6)
        self.table = FigureTable(look, self.words.text("Options side by side"), row_height=26)
        self.table.row_chosen.connect(lambda _: self.desk.page_asked.emit("options"))
        frame.add(self.table)
        self.pins = PinnedLines(look, self.words, self._back_to, self._unpin)
        frame.add(self.pins)
        column.addWidget(frame)
        return column

    def _chart_card(self) -> tuple[ChartView, Card]:
        card = Card(self.look, " ", spacing=4)
        card.body.setContentsMargins(16, 11, 14, 9)
        chart = ChartView(self.look, minimum_height=96)
        card.add(chart, 1)
        return chart, card

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room on a low screen."""
        super().resizeEvent(event)
        self._share_height()

    def _share_height(self) -> None:
        """On a low screen the tornado takes the room of the chart by kind, which the page Options spells out."""
        roomy = self.height() >= _ROOM_FOR_ALL + _PIN_HEIGHT * len(self.desk.pinned)
        self._categories_card.setVisible(roomy)
        self._grid.setRowStretch(1, 54 if roomy else 0)

    # showing

    def show_quote(self) -> None:
        """Another case: other sliders perhaps, other bases, everything anew."""
        quote = self.desk.quote
        if quote is None:
            return
        if presenter.ordered_drivers(quote.scenario) != (self._first, self._others):
            self._make_sliders()
        for name, row in self.rows.items():
            row.show_face(presenter.slider_face(quote.scenario.driver(name), quote.comparison.currency, self.words))
        self.show_scenario()

    def show_scenario(self) -> None:
        """A driver moved: figures, charts, table, the line that says why."""
        quote, words = self.desk.quote, self.words
        if quote is None:
            return
        comparison = quote.comparison
        for name, row in self.rows.items():
            driver = quote.scenario.driver(name)
            if row.differs(driver.value):
                row.show_face(presenter.slider_face(driver, comparison.currency, words))
        self.chance.ask()
        shown = presenter.picture(comparison, words, self.chance.of_present())
        for card, figure in zip(self.cards, shown.cards, strict=True):
            card.show_figure(figure)
        for chart, frame, spec in (
            (self.cumulative, self._cumulative_card, shown.cumulative),
            (self.tornado, self._tornado_card, shown.tornado),
            (self.categories, self._categories_card, shown.categories),
        ):
            frame.set_title(spec.title)
            chart.show_chart(spec)
        self.table.show_rows(shown.columns, shown.rows)
        self._show_pins()
        self.why.setText(why_it_changed(quote.reference, comparison, words))
        self.reset_all.setVisible(any(driver.moved for driver in quote.scenario))

    def _chance_measured(self) -> None:
        """The draws came: only the cards change."""
        quote = self.desk.quote
        if quote is not None:
            figures = presenter.key_figures(quote.comparison, self.words, self.chance.of_present())
            for card, figure in zip(self.cards, figures, strict=True):
                card.show_figure(figure)


def make_page(desk: Desk) -> WhatIfPage:
    """Make the page."""
    return WhatIfPage(desk)
