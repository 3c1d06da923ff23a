"""Works out aside how sure the answer is, once the sliders rest; and says it on a card."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from roi_tool.desktop.task_runner import Task
from roi_tool.desktop.widgets.key_figure import KeyFigure
from roi_tool.money import Money
from roi_tool.problems import ProblemError
from roi_tool.wording import Wording

if TYPE_CHECKING:
    from roi_tool.desktop.desk_state import DeskState
    from roi_tool.quoting.uncertainty import Uncertainty
    from roi_tool.workspace.open_quote import Snapshot

CHANCE = "chance"
RESTED_MS = 400
"""The draws take a quarter of a second of another thread: not while a slider is moving."""


class ChanceMeter(QObject):
    """Emits `measured` when the draws for the present state are there."""

    measured = Signal()

    def __init__(self, desk: DeskState, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._of: Snapshot | None = None
        self._found: Uncertainty | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(RESTED_MS)
        self._timer.timeout.connect(self._rested)

    def ask(self) -> None:
        """The state moved: measure once it rests."""
        quote = self._desk.quote
        if quote is not None and self._of is not quote.present:
            self._timer.start()

    def of_present(self) -> tuple[bool, Uncertainty | None]:
        """Return whether the present state was measured, and what was found (None where it cannot be said)."""
        quote = self._desk.quote
        known = quote is not None and self._of is quote.present
        return known, self._found if known else None

    def _rested(self) -> None:
        quote = self._desk.quote
        if quote is None:
            return
        if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._timer.start()  # a slider is held still for a moment
            return
        snapshot = quote.present

        def work(task: Task) -> Uncertainty:
            from roi_tool.quoting.uncertainty import measure_uncertainty

            return measure_uncertainty(snapshot.case, snapshot.scenario)

        def done(found: Uncertainty | None) -> None:
            self._of, self._found = snapshot, found
            self.measured.emit()

        def failed(error: Exception) -> None:
            if not isinstance(error, ProblemError):
                self._desk.failed(error)
            done(None)

        self._desk.tasks.run(CHANCE, work, done, failed)


def chance_figure(known: bool, found: Uncertainty | None, option: str, currency: str, words: Wording) -> KeyFigure:
    """Return the card: how often the option costs less than staying, and between which ends its net present value lies."""
    caption = words.text("Chance it beats staying")
    if not known:
        return KeyFigure(caption, "…", words.text("10,000 draws, once the sliders rest"), short=words.text("10,000 draws"))
    spread = found.options.get(option) if found is not None else None
    if found is None or spread is None:
        return KeyFigure(caption, "–", words.text("the values as they stand give no range"))

    def money(value: float) -> str:
        return words.money(Money(round(value) * 10**9, currency), 0)

    low, high = money(spread.low), money(spread.high)
    told = words.text(
        "{draws} draws of {drivers} values within their ranges. NPV against staying: {low} to {high} in 8 of 10 draws; "
        "{worst} with every value at its worse end, {best} at its better end.",
        draws=words.number(found.draws),
        drivers=words.number(len(found.drivers)),
        low=low,
        high=high,
        worst=money(spread.worst_case),
        best=money(spread.best_case),
    )
    context = words.text("NPV {low} to {high} in 8 of 10", low=low, high=high)
    short = words.text(
        "NPV {low} to {high}", low=_thousands(spread.low, currency, words), high=_thousands(spread.high, currency, words)
    )
    return KeyFigure(caption, _share(spread.chance_beats_stay, words), context, short=short, tip=told)


def _thousands(value: float, currency: str, words: Wording) -> str:
    return words.short_money(round(value) * 10**9, currency)


def _share(share: float, words: Wording) -> str:
    """No draw is proof: nothing is said to be certain."""
    if share > 0.999:
        return f"> {words.percent(Decimal('0.999'), 1)}"
    if share < 0.001:
        return f"< {words.percent(Decimal('0.001'), 1)}"
    return words.percent(Decimal(str(share)), 0 if 0.01 < share < 0.99 else 1)
