"""Asks for the rate of a currency in which bills are: never taken from anywhere silently, always with its day and source."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from roi_tool.cdr import Bill
from roi_tool.desktop.desk import Desk
from roi_tool.desktop.theme import MEDIUM
from roi_tool.desktop.theme.tokens import TEXT_SMALL
from roi_tool.desktop.unlike_bills import add_at_rate
from roi_tool.desktop.widgets.text_label import text_label
from roi_tool.quoting.case import ExchangeRate
from roi_tool.workspace.case_errands import price_book


class RateDialog(QDialog):
    """A rate and where it is from; the rate is as of today."""

    def __init__(self, desk: Desk, bills: tuple[Bill, ...], currency: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._bills, self._currency = desk, bills, currency
        words, look = desk.words, desk.look
        book = desk.quote.case.price_book if desk.quote is not None else price_book(desk.settings.price_book)
        self.setWindowTitle(words.text("Exchange rate"))
        self.setMinimumWidth(430)
        self.rate, self.source = self._field("0.85"), self._field(words.text("the customer’s bank, a central bank…"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        rate_title = words.text("{book} for one {currency}", book=book.currency, currency=currency)
        for row, (title, field) in enumerate(((rate_title, self.rate), (words.text("Source"), self.source))):
            label = text_label(look, title, weight=MEDIUM)
            label.setBuddy(field)
            field.setAccessibleName(title)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        about = words.text("The rate is of today; every paper names it with its day and source.")
        self.take = QPushButton(words.text("Convert the bills"))
        self.take.setObjectName("primary")
        self.take.setFont(look.font(weight=MEDIUM))
        self.take.setDefault(True)
        self.take.clicked.connect(self._take)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 18)
        column.setSpacing(14)
        column.addLayout(grid)
        column.addWidget(text_label(look, about, size=TEXT_SMALL, tone="soft", wrap=True))
        column.addLayout(buttons)
        desk.look_changed.connect(self.close)

    def _field(self, example: str) -> QLineEdit:
        field = QLineEdit()
        field.setFont(self._desk.look.font())
        field.setMinimumHeight(32)
        field.setPlaceholderText(example)
        return field

    def _take(self) -> None:
        try:
            value = Decimal(self.rate.text().strip())
        except InvalidOperation:
            value = Decimal(0)
        source = self.source.text().strip()
        wrong = not (value.is_finite() and 0 < value < 10**6)
        for field, bad in ((self.rate, wrong), (self.source, not source)):
            field.setProperty("wrong", "true" if bad else "false")
            field.style().unpolish(field)
            field.style().polish(field)
        if not wrong and source:
            rate = ExchangeRate(self._currency, value, datetime.now().astimezone().date(), source)
            add_at_rate(self._desk, self._desk.errands.add, self._bills, rate)
            self.close()
