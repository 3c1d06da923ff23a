"""Customer: a name and a number of seats give a first answer; the rest may stay empty."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from roi_tool.desktop.desk import Desk
from roi_tool.desktop.pages.customer.presenter import CustomerForm, country_choices, form_of, read_form
from roi_tool.desktop.pages.page import Page
from roi_tool.desktop.theme import MEDIUM
from roi_tool.desktop.theme.tokens import TEXT_SMALL
from roi_tool.desktop.widgets.badge import Badge
from roi_tool.desktop.widgets.card import Card
from roi_tool.desktop.widgets.choice_field import ChoiceField
from roi_tool.desktop.widgets.text_label import text_label


class CustomerPage(Page):
    """A short form; Enter in any field works out the answer."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        words = self.words
        column = self.scrolled_column(
            words.text("Customer"), words.text("A name and a number of seats are enough for a first answer.")
        )
        card = Card(self.look, padding=22, spacing=14)
        card.setMaximumWidth(680)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnMinimumWidth(0, 130)
        self._grid.setColumnStretch(2, 1)
        self._errors: dict[str, QLabel] = {}
        self._badges: dict[str, Badge] = {}
        self.name = self._field("name", words.text("Name"), words.text("Alder & Wren Architects"), "")
        self.seats = self._field("seats", words.text("Seats"), "142", words.text("the price book’s"))
        self.sites = self._field("sites", words.text("Sites"), "1", words.text("one site"))
        self.contact = self._field("contact", words.text("Contact"), words.text("who the quote goes to"), "")
        self.country = ChoiceField(self.look)
        self.country.setFont(self.look.font())
        for code, text in country_choices(words):
            self.country.addItem(text, code)
        self.country.setCurrentIndex(max(0, self.country.findData(desk.settings.country)))
        self._add_row("country", words.text("Country"), self.country, "")
        card.body.addLayout(self._grid)
        self.submit = self.button(words.text("Work out a first answer"), primary=True)
        self.submit.clicked.connect(self._submit)
        row = QHBoxLayout()
        row.addSpacing(148)
        row.addWidget(self.submit)
        row.addStretch(1)
        card.body.addLayout(row)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignLeft)
        card.setMinimumWidth(620)
        column.addStretch(1)
        self._show_defaults()

    def _field(self, key: str, label: str, example: str, default: str) -> QLineEdit:
        field = QLineEdit()
        field.setFont(self.look.font())
        field.setPlaceholderText(example)
        field.setMinimumHeight(32)
        field.setFixedWidth(300)
        field.returnPressed.connect(self._submit)
        field.textChanged.connect(self._show_defaults)
        self._add_row(key, label, field, default)
        return field

    def _add_row(self, key: str, label: str, field: QWidget, default: str) -> None:
        line = self._grid.rowCount()
        name = text_label(self.look, label, weight=MEDIUM)
        name.setBuddy(field)
        field.setAccessibleName(label)
        self._grid.addWidget(name, line, 0)
        self._grid.addWidget(field, line, 1)
        if default:
            badge = Badge(self.look, "default", self.words.text("default: {value}", value=default))
            self._badges[key] = badge
            self._grid.addWidget(badge, line, 2)
        error = text_label(self.look, size=TEXT_SMALL, tone="bad", wrap=True)
        error.setMinimumHeight(17)
        self._errors[key] = error
        self._grid.addWidget(error, line + 1, 1, 1, 2)

    def _show_defaults(self) -> None:
        """A default is shown as such for as long as its field is empty."""
        for key, badge in self._badges.items():
            field: QLineEdit = getattr(self, key)
            policy = badge.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            badge.setSizePolicy(policy)
            badge.setVisible(not field.text().strip())

    @property
    def form(self) -> CustomerForm:
        """What stands in the fields."""
        return CustomerForm(
            self.name.text(), self.seats.text(), self.sites.text(), self.contact.text(), str(self.country.currentData())
        )

    def show_quote(self) -> None:
        """Fill the fields from the open quote."""
        if self.desk.quote is None:
            self.name.setFocus()
            return
        form = form_of(self.desk.quote.case.customer)
        for field, text in (
            (self.name, form.name),
            (self.seats, form.seats),
            (self.sites, form.sites),
            (self.contact, form.contact),
        ):
            field.setText(text)
        self.country.setCurrentIndex(max(0, self.country.findData(form.country)))
        self.submit.setText(self.words.text("Use these"))

    def show_scenario(self) -> None:
        """Sliders change nothing here."""

    def _submit(self) -> None:
        customer, wrong = read_form(self.form, self.words)
        for key, error in self._errors.items():
            error.setText(wrong.get(key, ""))
            field = getattr(self, key)
            field.setProperty("wrong", "true" if key in wrong else "false")
            field.style().unpolish(field)
            field.style().polish(field)
        if customer is None:
            getattr(self, next(iter(wrong))).setFocus()
            return
        self.desk.errands.take_customer(customer)
        self.desk.page_asked.emit("what_if" if self.desk.quote is not None else "home")


def make_page(desk: Desk) -> CustomerPage:
    """Make the page."""
    return CustomerPage(desk)
