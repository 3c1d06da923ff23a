"""“Solve for…”: which value of a driver makes a figure what is asked. Worked out aside; the answer can be taken."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from roi_tool.desktop.desk import Desk
from roi_tool.desktop.driver_text import parse_value, value_text
from roi_tool.desktop.task_runner import Task
from roi_tool.desktop.theme import MEDIUM
from roi_tool.desktop.widgets.choice_field import ChoiceField
from roi_tool.desktop.widgets.text_label import set_tone, text_label
from roi_tool.problems import ProblemError
from roi_tool.quoting import Driver, Scenario
from roi_tool.quoting.scenario import DriverUnit
from roi_tool.quoting.solving import Solution, solve

SOLVE = "solve"
FIGURES: dict[str, tuple[str, DriverUnit]] = {
    "payback_months": ("18", DriverUnit.MONTHS),
    "npv": ("0", DriverUnit.MONEY),
    "saving_total": ("0", DriverUnit.MONEY),
    "per_user_month": ("10", DriverUnit.MONEY),
}
"""Figure → the target that is suggested, and how it is written."""
_WIDEST = Decimal(10) ** 12


class SolveDialog(QDialog):
    """A small window beside the page; it never blocks."""

    def __init__(self, desk: Desk, drivers: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk = desk
        words, look = desk.words, desk.look
        self.setWindowTitle(words.text("Solve for a value"))
        self.setMinimumWidth(470)
        self._solution: Solution | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 18)
        column.setSpacing(14)
        column.addLayout(self._question(drivers))
        self.answer = text_label(look, wrap=True)
        self.answer.setMinimumHeight(54)
        self.answer.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.answer)
        column.addLayout(self._buttons())
        desk.look_changed.connect(self.close)
        desk.quote_opened.connect(self.close)
        self._suggest()

    def _question(self, drivers: tuple[str, ...]) -> QGridLayout:
        """Make the fields of the question: which value gives which figure of what, for which option."""
        words, look = self.desk.words, self.desk.look
        self.driver = ChoiceField(look)
        for name in drivers:
            self.driver.addItem(words.label(f"driver.{name}"), name)
        self.driver.setCurrentIndex(max(0, self.driver.findData("hosted_seat_price")))
        self.figure = ChoiceField(look)
        for name in FIGURES:
            self.figure.addItem(words.label(f"solve.{name}"), name)
        self.figure.currentIndexChanged.connect(self._suggest)
        self.target = QLineEdit()
        self.target.setFont(look.font())
        self.target.setMinimumHeight(32)
        self.option = ChoiceField(look)
        self._fill_options()
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, (text, field) in enumerate(
            (
                (words.text("Which value of"), self.driver),
                (words.text("gives"), self.figure),
                (words.text("of"), self.target),
                (words.text("for"), self.option),
            )
        ):
            label = text_label(look, text, weight=MEDIUM)
            label.setBuddy(field)
            field.setAccessibleName(text)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        return grid

    def _buttons(self) -> QHBoxLayout:
        words = self.desk.words
        self.take = self._button(words.text("Take this value"))
        self.take.setEnabled(False)
        self.take.clicked.connect(self._take)
        self.search = self._button(words.text("Solve"))
        self.search.setObjectName("primary")
        self.search.setDefault(True)
        self.search.clicked.connect(self._solve)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.take)
        row.addWidget(self.search)
        return row

    def _button(self, text: str) -> QPushButton:
        made = QPushButton(text)
        made.setFont(self.desk.look.font(weight=MEDIUM))
        return made

    def _fill_options(self) -> None:
        quote, words = self.desk.quote, self.desk.words
        self.option.addItem(words.text("the option it is about"), "")
        for option in quote.comparison.options if quote is not None else ():
            if option.id != "stay":
                self.option.addItem(words.label(f"option.{option.id}"), option.id)

    def _suggest(self) -> None:
        self.target.setText(FIGURES[self.figure.currentData()][0])

    def _asked(self, scenario: Scenario, figure: str) -> Decimal:
        """Read the target as the page reads a driver's value, without bounds that matter.

        Raises:
            ProblemError: it is no number.
        """
        pattern: Driver = next(iter(scenario))
        return parse_value(self.target.text(), replace(pattern, unit=FIGURES[figure][1], low=-_WIDEST, high=_WIDEST))

    def _solve(self) -> None:
        desk, quote = self.desk, self.desk.quote
        if quote is None:
            return
        driver, figure, option = self.driver.currentData(), self.figure.currentData(), self.option.currentData()
        self._solution = None
        self.take.setEnabled(False)
        try:
            target = self._asked(quote.scenario, figure)
        except ProblemError as error:
            self._say(desk.words.sentence(error.problems[0]), "bad")
            return
        case, scenario = quote.case, quote.scenario
        self._say("…", "")

        def work(task: Task) -> Solution:
            return solve(case, scenario, driver, figure, target, option=option)

        desk.tasks.run(SOLVE, work, self._solved, self._failed)

    def _solved(self, solution: Solution) -> None:
        quote, words = self.desk.quote, self.desk.words
        if quote is None:
            return
        currency = quote.comparison.currency
        driver = quote.scenario.driver(solution.driver)
        self._solution = solution
        text = words.text(
            "{driver} of {value} gives {figure} of {reached} for {option}.",
            driver=words.label(f"driver.{solution.driver}"),
            value=value_text(solution.value, driver.unit, currency, words),
            figure=words.label(f"solve.{solution.figure}"),
            reached=self._reached(solution, currency),
            option=words.label(f"option.short.{solution.option}"),
        )
        self._say(text, "good")
        self.take.setEnabled(True)

    def _reached(self, solution: Solution, currency: str) -> str:
        words = self.desk.words
        if FIGURES[solution.figure][1] is DriverUnit.MONTHS:
            return words.text("{months} months", months=words.number(solution.reached, 1))
        return value_text(round(solution.reached, 2), DriverUnit.MONEY, currency, words)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, ProblemError):
            self._say(self.desk.words.sentence(error.problems[0]), "warn")
        else:
            self._say("", "")
            self.desk.failed(error)

    def _say(self, text: str, tone: str) -> None:
        self.answer.setText(text)
        set_tone(self.answer, tone)

    def _take(self) -> None:
        if self._solution is not None:
            self.desk.move(self._solution.driver, self._solution.value)
            self.close()
