"""One driver: its name, how it is known, the exact value to type, and the slider."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from roi_tool.desktop.theme import MEDIUM, SEMIBOLD, Look
from roi_tool.desktop.theme.icons import icon
from roi_tool.desktop.theme.tokens import TEXT_SMALL
from roi_tool.desktop.widgets.badge import Badge
from roi_tool.desktop.widgets.text_label import text_label
from roi_tool.desktop.widgets.value_slider import ValueSlider


@dataclass(frozen=True, slots=True)
class SliderFace:
    """What a row shows, in finished words. `widest` is the longest text that the exact field will have to hold."""

    id: str
    label: str
    text: str
    widest: str
    badge_code: str
    badge_text: str
    help: str
    value: Decimal
    base: Decimal
    low: Decimal
    high: Decimal
    step: Decimal
    reset_text: str
    exact_text: str


class SliderRow(QWidget):
    """Emits `value_moved(id, Decimal)` while the value moves, and the ends of a drag as `drag_started` and `drag_ended`.

    `parse` turns typed words into a value, or says in a sentence why it cannot be.
    """

    value_moved = Signal(object, object)
    value_refused = Signal(object)
    """The sentence that says why typed words are no value."""
    drag_started = Signal(object)
    drag_ended = Signal(object)

    def __init__(self, look: Look, face: SliderFace, parse: Callable[[str, str], Decimal | str]) -> None:
        super().__init__()
        self._look = look
        self._parse = parse
        self._face = face
        self._busy = False
        self.label = text_label(look, face.label, weight=MEDIUM, elided=True)
        self.label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.badge = Badge(look)
        self.reset = QToolButton()
        self.reset.setIcon(icon(look, "reset"))
        self.reset.setIconSize(QSize(14, 14))
        self.reset.setFixedSize(20, 20)
        self.exact = QLineEdit()
        self.exact.setObjectName("exact")
        self.exact.setFont(look.font(TEXT_SMALL, SEMIBOLD, tabular=True))
        self.exact.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.exact.setFixedHeight(20)
        self.slider = ValueSlider(look)
        self.label.setBuddy(self.slider)
        self._arrange()
        self._connect()
        self.show_face(face)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(5)
        head.addWidget(self.label)
        head.addWidget(self.badge)
        head.addStretch(1)
        head.addWidget(self.reset)
        head.addWidget(self.exact)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.slider)

    def _connect(self) -> None:
        self.slider.valueChanged.connect(self._slider_moved)
        self.slider.sliderPressed.connect(lambda: self.drag_started.emit(self._face.id))
        self.slider.sliderReleased.connect(lambda: self.drag_ended.emit(self._face.id))
        self.slider.installEventFilter(self)
        self.exact.installEventFilter(self)
        self.exact.editingFinished.connect(self._typed)
        self.reset.clicked.connect(lambda: self.value_moved.emit(self._face.id, self._face.base))

    @property
    def driver_id(self) -> str:
        """Which driver the row moves."""
        return self._face.id

    def differs(self, value: Decimal) -> bool:
        """Whether the row shows another value than this."""
        return self._face.value != value

    def show_face(self, face: SliderFace) -> None:
        """Show the driver as it stands now; emits nothing."""
        first = not self.exact.accessibleName()
        before, self._face = self._face, face
        self._busy = True
        if first or (before.low, before.high, before.step) != (face.low, face.high, face.step):
            self.slider.set_steps(round((face.high - face.low) / face.step))
        position = self._position_of(face.value)
        if self.slider.value() != position:
            self.slider.setValue(position)
        self._busy = False
        moved = face.value != face.base
        self.slider.set_base_position(self._position_of(face.base) if moved else None)
        self.reset.setVisible(moved)
        if self.exact.text() != face.text:
            self.exact.setText(face.text)
        self._mark_wrong("")
        if first or before.label != face.label or before.help != face.help or before.badge_text != face.badge_text:
            self._show_words(face)

    def _show_words(self, face: SliderFace) -> None:
        self.label.setText(face.label)
        self.badge.set_badge(face.badge_code, face.badge_text)
        for widget in (self.label, self.badge, self.slider):
            widget.setToolTip(face.help)
        self.slider.setAccessibleName(face.label)
        self.slider.setAccessibleDescription(face.help)
        self.exact.setAccessibleName(face.exact_text)
        self.reset.setToolTip(face.reset_text)
        self.reset.setAccessibleName(face.reset_text)
        widest = QFontMetricsF(self.exact.font()).horizontalAdvance(face.widest)
        self.exact.setFixedWidth(round(widest) + 22)

    def _position_of(self, value: Decimal) -> int:
        return round((value - self._face.low) / self._face.step)

    def _slider_moved(self, position: int) -> None:
        if not self._busy:
            value = min(self._face.high, self._face.low + position * self._face.step)
            self.value_moved.emit(self._face.id, value)

    def _typed(self) -> None:
        text = self.exact.text()
        if text == self._face.text:
            self._mark_wrong("")
            return
        value = self._parse(self._face.id, text)
        if isinstance(value, str):
            self._mark_wrong(value)
            return
        self._mark_wrong("")
        self.exact.setText(self._face.text)
        self.value_moved.emit(self._face.id, value)

    def _mark_wrong(self, sentence: str) -> None:
        wrong = "true" if sentence else "false"
        if self.exact.property("wrong") != wrong:
            self.exact.setProperty("wrong", wrong)
            self.exact.style().unpolish(self.exact)
            self.exact.style().polish(self.exact)
            self.exact.setToolTip(sentence)
        if sentence:
            self.value_refused.emit(sentence)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape gives up a typed value, arrows in the field step it, Delete on the slider resets it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if watched is self.exact:
                if key == Qt.Key.Key_Escape:
                    self.exact.setText(self._face.text)
                    self._mark_wrong("")
                    return True
                if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                    self.slider.setValue(self.slider.value() + (1 if key == Qt.Key.Key_Up else -1))
                    return True
            elif watched is self.slider and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
                self.value_moved.emit(self._face.id, self._face.base)
                return True
        if watched is self.exact and event.type() == QEvent.Type.FocusIn:
            self.exact.selectAll()
        return super().eventFilter(watched, event)
