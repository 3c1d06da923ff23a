"""A card with one figure: what it is, the figure, and a line of context."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from roi_tool.desktop.theme import BOLD, Look
from roi_tool.desktop.theme.tokens import TEXT_FIGURE, TEXT_SMALL
from roi_tool.desktop.widgets.card import Card
from roi_tool.desktop.widgets.text_label import elided_label, set_tone, text_label


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """What a card says. `tone` colours the figure (`good`, `bad`, or nothing)."""

    caption: str
    figure: str
    context: str = ""
    tone: str = ""
    short: str = ""
    """The context in fewer words, for a narrow card."""
    tip: str = ""
    """What is told on hovering; by default the context."""


class KeyFigureCard(Card):
    """A key figure; `show_figure` changes it in place without a new layout."""

    def __init__(self, look: Look, figure: KeyFigure | None = None) -> None:
        super().__init__(look, padding=15, spacing=1)
        self._caption = text_label(look, size=TEXT_SMALL, tone="soft")
        self._figure = text_label(look, size=TEXT_FIGURE, weight=BOLD)
        self._context = elided_label(look, size=TEXT_SMALL, tone="soft")
        column: QVBoxLayout = self.body
        for label, height in ((self._caption, 16), (self._figure, 32), (self._context, 17)):
            # A long text must never widen the card, nor Chinese letters make it higher than its neighbours.
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            label.setFixedHeight(height)
            column.addWidget(label)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if figure is not None:
            self.show_figure(figure)

    def show_figure(self, figure: KeyFigure) -> None:
        """Show another figure."""
        self._caption.setText(figure.caption)
        self._figure.setText(figure.figure)
        self._context.setText(figure.context)
        self._context.short = figure.short
        set_tone(self._figure, figure.tone)
        self.setToolTip(figure.tip or figure.context)
        self.setAccessibleName(f"{figure.caption}: {figure.figure}. {figure.tip or figure.context}")

    @property
    def shown(self) -> KeyFigure:
        """What the card says now."""
        tone = self._figure.property("tone") or ""
        return KeyFigure(self._caption.text(), self._figure.text(), self._context.text(), tone)
