"""Today: what staying costs and where each figure comes from, and what must be said about it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from roi_tool.desktop.desk import Desk
from roi_tool.desktop.pages.page import Page
from roi_tool.desktop.pages.today import presenter
from roi_tool.desktop.theme.tokens import GAP
from roi_tool.desktop.widgets.card import Card
from roi_tool.desktop.widgets.chart_view import ChartView
from roi_tool.desktop.widgets.figure_table import FigureTable
from roi_tool.desktop.widgets.key_figure import KeyFigureCard
from roi_tool.desktop.widgets.text_label import clear_layout, text_label


class TodayPage(Page):
    """The baseline."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        words, look = self.words, self.look
        column = self.scrolled_column(
            words.text("Today"), words.text("What staying as you are costs. Every figure says where it comes from.")
        )
        cards = QHBoxLayout()
        cards.setSpacing(GAP)
        self.cards = [KeyFigureCard(look) for _ in range(4)]
        for card in self.cards:
            cards.addWidget(card, 1)
        column.addLayout(cards)
        lines = Card(look, words.text("What is paid"))
        self.lines = FigureTable(look, words.text("What is paid"))
        lines.add(self.lines)
        column.addWidget(lines)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        self._chart_card = Card(look, " ", spacing=4)
        self.chart = ChartView(look, minimum_height=190)
        self._chart_card.add(self.chart, 1)
        row.addWidget(self._chart_card, 1)
        said = Card(look, words.text("To be said beside these figures"))
        self._findings = QVBoxLayout()
        self._findings.setSpacing(8)
        said.body.addLayout(self._findings)
        said.body.addStretch(1)
        row.addWidget(said, 1)
        column.addLayout(row)
        column.addStretch(1)

    def show_quote(self) -> None:
        """Show the baseline of the open quote."""
        quote, words = self.desk.quote, self.words
        if quote is None:
            return
        comparison = quote.comparison
        for card, figure in zip(self.cards, presenter.key_figures(comparison, words), strict=True):
            card.show_figure(figure)
        stay = comparison.option("stay")
        self.lines.show_rows(presenter.line_columns(comparison, words), presenter.line_rows(stay.lines, words))
        spec = presenter.class_chart(comparison, words)
        self._chart_card.set_title(spec.title)
        self.chart.show_chart(spec)
        clear_layout(self._findings)
        found = presenter.findings(comparison, words) or ((words.text("Nothing: bills reconcile, calls are rated."), "soft"),)
        for sentence, tone in found:
            self._findings.addWidget(text_label(self.look, sentence, tone=tone, wrap=True))


def make_page(desk: Desk) -> TodayPage:
    """Make the page."""
    return TodayPage(desk)
