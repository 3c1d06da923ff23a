"""Traffic: busy hour, channels needed and what decides, rhythm of the day and week, bandwidth."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from roi_tool.charting.spec import ChartSpec
from roi_tool.desktop.desk import Desk
from roi_tool.desktop.pages.page import Page
from roi_tool.desktop.pages.traffic import presenter
from roi_tool.desktop.theme.tokens import GAP
from roi_tool.desktop.widgets.card import Card
from roi_tool.desktop.widgets.chart_view import ChartView
from roi_tool.desktop.widgets.figure_table import FigureTable
from roi_tool.desktop.widgets.key_figure import KeyFigureCard
from roi_tool.desktop.widgets.text_label import text_label

_CHART_HEIGHT = 210


class TrafficPage(Page):
    """Measured from the calls of the bills."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        words, look = self.words, self.look
        column = self.scrolled_column(words.text("Traffic"))
        self.about = text_label(look, tone="soft", wrap=True)
        column.addWidget(self.about)
        cards = QHBoxLayout()
        cards.setSpacing(GAP)
        self.cards = [KeyFigureCard(look) for _ in range(4)]
        for card in self.cards:
            cards.addWidget(card, 1)
        column.addLayout(cards)
        charts = QHBoxLayout()
        charts.setSpacing(GAP)
        self.charts: list[tuple[Card, ChartView]] = []
        for share in (5, 4, 4):
            frame = Card(look, " ", spacing=4)
            chart = ChartView(look, minimum_height=_CHART_HEIGHT)
            frame.add(chart, 1)
            charts.addWidget(frame, share)
            self.charts.append((frame, chart))
        column.addLayout(charts)
        tables = QHBoxLayout()
        tables.setSpacing(GAP)
        self.months = FigureTable(look, words.text("By month"))
        self.codecs = FigureTable(look, words.text("Bandwidth of the channels, one way on Ethernet"))
        for table, title, share in (
            (self.months, words.text("By month"), 5),
            (self.codecs, words.text("Bandwidth of the channels, one way on Ethernet"), 4),
        ):
            frame = Card(look, title)
            frame.add(table)
            frame.body.addStretch(1)
            tables.addWidget(frame, share)
        column.addLayout(tables)
        column.addStretch(1)

    def show_quote(self) -> None:
        """Show the traffic of the open quote's calls."""
        quote, words = self.desk.quote, self.words
        if quote is None:
            return
        traffic = quote.case.traffic
        if traffic is None:
            self.about.setText(words.text("There are no bills yet, so nothing is measured. Add bills on the page Bills."))
        elif quote.case.calls_typical:
            self.about.setText(
                words.text("There are no bills yet: these are a typical customer’s calls, a default to be replaced.")
            )
        else:
            self.about.setText(
                words.text("Measured call by call from the bills, in the time zone {zone}.", zone=traffic.timezone)
            )
        for frame, _ in self.charts:
            frame.setVisible(traffic is not None)
        if traffic is None:
            return
        for card, figure in zip(self.cards, presenter.key_figures(traffic, words), strict=True):
            card.show_figure(figure)
        makers = (presenter.hour_chart, presenter.weekday_chart, presenter.class_chart)
        for (frame, chart), make in zip(self.charts, makers, strict=True):
            spec: ChartSpec = make(traffic, words)
            frame.set_title(spec.title)
            chart.show_chart(spec)
        self.months.show_rows(presenter.month_columns(words), presenter.month_rows(traffic, words))
        self.codecs.show_rows(presenter.codec_columns(words), presenter.codec_rows(traffic, words))

    def show_scenario(self) -> None:
        """Sliders change nothing of what was measured."""


def make_page(desk: Desk) -> TrafficPage:
    """Make the page."""
    return TrafficPage(desk)
