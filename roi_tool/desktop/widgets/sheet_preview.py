"""Rows of a file as they stand, with a meaning over each column that a click (or Enter in the column) changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from roi_tool.desktop.theme import MEDIUM, REGULAR, SEMIBOLD, Look
from roi_tool.desktop.theme.tokens import TEXT_SMALL, TEXT_TINY

_HEAD_HEIGHT = 34
_ROW_HEIGHT = 24
_NARROWEST, _WIDEST = 78, 230
_FEWEST_ROWS, _MOST_ROWS = 4, 16
_INKS = {"above": "text_faint", "gap": "text_faint", "title": "text_soft"}
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """A column's meaning in words; `used` is False where it has none."""

    text: str
    used: bool


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row: its number in the file, its cells, and what it is (`title`, `above` the titles, `bad`, `gap` or nothing)."""

    number: str
    cells: tuple[str, ...]
    tone: str = ""


class _PreviewModel(QAbstractTableModel):
    """Rows and heads as they are."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.heads: tuple[ColumnHead, ...] = ()
        self.rows: tuple[PreviewRow, ...] = ()

    def show(self, heads: tuple[ColumnHead, ...], rows: tuple[PreviewRow, ...]) -> bool:
        """Show others; return whether the shape changed."""
        reshaped = (len(heads), len(rows)) != (len(self.heads), len(self.rows))
        if reshaped:
            self.beginResetModel()
        self.heads, self.rows = heads, rows
        if reshaped:
            self.endResetModel()
        elif heads and rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(heads) - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(heads) - 1)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(rows) - 1)
        return reshaped

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """How many columns."""
        return 0 if parent.isValid() else len(self.heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell's words, colours and font."""
        if not index.isValid():
            return None
        return self._told(self.rows[index.row()], index.column(), role)

    def _told(self, row: PreviewRow, column: int, role: int) -> Any:
        cell, head = row.cells[column], self.heads[column]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return cell
            case Qt.ItemDataRole.ForegroundRole:
                used = head.used
                return self._look.color(_INKS.get(row.tone, "text" if used or row.tone == "bad" else "text_faint"))
            case Qt.ItemDataRole.BackgroundRole:
                return self._ground(row.tone)
            case Qt.ItemDataRole.FontRole:
                return self._look.font(TEXT_SMALL, SEMIBOLD if row.tone == "title" else REGULAR, tabular=True)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{head.text}: {cell}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A column's meaning; a row's number."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return self.heads[section].text if section < len(self.heads) else None
        return self.rows[section].number if section < len(self.rows) else None

    def _ground(self, tone: str) -> QColor | None:
        name = {"bad": "bad_soft", "title": "neutral_soft"}.get(tone)
        return self._look.color(name) if name else None


class _Heads(QHeaderView):
    """Meanings of the columns as small fields with a chevron."""

    def __init__(self, look: Look, model: _PreviewModel, view: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._look = look
        self._heads = model
        self.setSectionsClickable(True)
        self.setFixedHeight(_HEAD_HEIGHT)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(_NARROWEST)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 - Qt's name
        """Paint one field."""
        head, look = self._heads.heads[logicalIndex], self._look
        box = QRectF(rect).adjusted(2, 4, -2, -5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("accent" if head.used else "border_strong"), 1))
        painter.setBrush(look.color("accent_soft" if head.used else "surface"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.setFont(_head_font(look))
        painter.setPen(look.color("accent" if head.used else "text_faint"))
        words = QFontMetricsF(painter.font()).elidedText(head.text, Qt.TextElideMode.ElideRight, box.width() - 28)
        painter.drawText(box.adjusted(8, 0, -18, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        x, y = box.right() - 10, box.center().y()
        painter.drawPolyline([QPointF(x - 3, y - 1.5), QPointF(x, y + 1.5), QPointF(x + 3, y - 1.5)])
        painter.restore()


def _head_font(look: Look) -> QFont:
    return look.font(TEXT_TINY, MEDIUM)


class SheetPreview(QTableView):
    """Emits `column_asked(column, where on the screen)` when a column's meaning is clicked, or Enter pressed in it."""

    column_asked = Signal(int, object)

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self.model_ = _PreviewModel(look)
        self.setObjectName("preview")
        self.setAccessibleName(name)
        self.setModel(self.model_)
        heads = _Heads(look, self.model_, self)
        heads.sectionClicked.connect(self._head_clicked)
        self.setHorizontalHeader(heads)
        numbers = self.verticalHeader()
        numbers.setFont(look.font(TEXT_TINY, tabular=True))
        numbers.setDefaultSectionSize(_ROW_HEIGHT)
        numbers.setMinimumSectionSize(_ROW_HEIGHT)
        numbers.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        numbers.setSectionsClickable(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.activated.connect(lambda index: self.ask(index.column()))

    def show_rows(self, heads: tuple[ColumnHead, ...], rows: tuple[PreviewRow, ...]) -> None:
        """Show the rows; columns keep their widths while the shape stays."""
        if self.model_.show(heads, rows):
            self._set_widths()
            self.setFixedHeight(_HEAD_HEIGHT + _ROW_HEIGHT * min(max(len(rows), _FEWEST_ROWS), _MOST_ROWS) + 16)

    def ask(self, column: int) -> None:
        """Ask for a column's meaning, below its head."""
        heads = self.horizontalHeader()
        corner = QPoint(max(0, heads.sectionViewportPosition(column)), _HEAD_HEIGHT - 4)
        self.column_asked.emit(column, heads.viewport().mapToGlobal(corner))

    def _head_clicked(self, column: int) -> None:
        self.ask(column)

    def _set_widths(self) -> None:
        cells = QFontMetricsF(self._look.font(TEXT_SMALL, SEMIBOLD, tabular=True))
        heads = QFontMetricsF(_head_font(self._look))
        for place, head in enumerate(self.model_.heads):
            texts = [row.cells[place] for row in self.model_.rows if row.tone != "above"]
            widest = max(map(cells.horizontalAdvance, texts), default=0.0)
            wanted = max(widest + 26, heads.horizontalAdvance(head.text) + 40)
            self.setColumnWidth(place, int(min(max(wanted, _NARROWEST), _WIDEST)))
