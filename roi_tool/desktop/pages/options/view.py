"""Options: everything side by side, the returns by their names, and the lines of the option that is chosen."""

from __future__ import annotations

from roi_tool.desktop.desk import Desk
from roi_tool.desktop.pages.options import presenter
from roi_tool.desktop.pages.page import Page
from roi_tool.desktop.pages.what_if.option_rows import option_columns, option_rows
from roi_tool.desktop.theme.tokens import TEXT_SMALL
from roi_tool.desktop.widgets.card import Card
from roi_tool.desktop.widgets.figure_table import FigureTable
from roi_tool.desktop.widgets.text_label import text_label


class OptionsPage(Page):
    """Four tables over one comparison."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        words, look = self.words, self.look
        column = self.scrolled_column(
            words.text("Options"),
            words.text("The same users, calls and months for all. Choose an option to see what it is made of."),
        )
        side_by_side = Card(look, words.text("What each option costs"))
        self.costs = FigureTable(look, words.text("What each option costs"))
        side_by_side.add(self.costs)
        column.addWidget(side_by_side)
        returns = Card(look, words.text("What the change brings"))
        self.returns = FigureTable(look, words.text("What the change brings"))
        returns.add(self.returns)
        self.definitions = text_label(look, size=TEXT_SMALL, tone="soft", wrap=True)
        returns.add(self.definitions)
        column.addWidget(returns)
        calls = Card(look, words.text("Your calls under every option"))
        self.usage = FigureTable(look, words.text("Your calls under every option"))
        calls.add(self.usage)
        calls.add(
            text_label(
                look,
                words.text("Every call of the bills priced one by one, by the engine that would bill you; nothing is scaled."),
                size=TEXT_SMALL,
                tone="soft",
                wrap=True,
            )
        )
        column.addWidget(calls)
        self._lines_card = Card(look, " ")
        self.lines = FigureTable(look, words.text("Lines of the chosen option"))
        self._lines_card.add(self.lines)
        self.at_nothing = text_label(look, size=TEXT_SMALL, tone="soft", wrap=True)
        self._lines_card.add(self.at_nothing)
        column.addWidget(self._lines_card)
        column.addStretch(1)
        self._chosen = ""
        for table in (self.costs, self.returns, self.usage):
            table.row_chosen.connect(self._choose)

    def show_quote(self) -> None:
        """Show the comparison of the open quote."""
        quote, words = self.desk.quote, self.words
        if quote is None:
            return
        comparison = quote.comparison
        self.costs.show_rows(option_columns(comparison, words), option_rows(comparison, words))
        self.returns.show_rows(presenter.return_columns(words), presenter.return_rows(comparison, words))
        self.usage.show_rows(presenter.usage_columns(words), presenter.usage_rows(comparison, words))
        self.definitions.setText(presenter.definitions(comparison, words))
        if self._chosen not in {option.id for option in comparison.options}:
            self._chosen = comparison.best
        self._choose(self._chosen)

    def _choose(self, option_id: str) -> None:
        quote, words = self.desk.quote, self.words
        if quote is None:
            return
        self._chosen = option_id
        self.costs.choose(option_id)
        self.returns.choose(option_id)
        self.usage.choose(option_id)
        comparison = quote.comparison
        name = words.label(f"option.{option_id}")
        self._lines_card.set_title(words.text("{option}: line by line", option=name))
        lines = comparison.option(option_id).lines
        self.lines.show_rows(presenter.line_columns(comparison, words), presenter.line_rows(lines, words))
        self.at_nothing.setText(presenter.at_nothing(lines, words))


def make_page(desk: Desk) -> OptionsPage:
    """Make the page."""
    return OptionsPage(desk)
