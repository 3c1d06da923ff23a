"""A table of figures in the theme: quiet header, thin rules, the best row tinted, columns that fit the room there is."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from roi_tool.desktop.theme import BOLD, MEDIUM, REGULAR, Look
from roi_tool.desktop.theme.tokens import TEXT_BODY, TEXT_SMALL, TEXT_TINY
from roi_tool.desktop.widgets.badge import badge_width, paint_badge
from roi_tool.desktop.widgets.figure_rows import CELL_ROLE, ROW_ROLE, Cell, Column, FigureModel, Row

_SIDE = 6.0
_SWATCH = 17.0


class _FigureDelegate(QStyledItemDelegate):
    """Paints a cell."""

    def __init__(self, look: Look, view: FigureTable) -> None:
        super().__init__(view)
        self._look = look
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Paint ground, rule, swatch, words, badge; a ring around the row that has the keyboard."""
        cell: Cell = index.data(CELL_ROLE)
        row: Row = index.data(ROW_ROLE)
        rect = QRectF(option.rect)
        look = self._look
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.tinted:
            painter.fillRect(rect, look.color("good_soft"))
        elif self._view.chosen_id == row.id:
            painter.fillRect(rect, look.color("accent_soft"))
        painter.setPen(QPen(look.color("border"), 1))
        painter.drawLine(QPointF(rect.left(), rect.bottom() - 0.5), QPointF(rect.right(), rect.bottom() - 0.5))
        if self._view.hasFocus() and self._view.currentIndex().row() == index.row():
            painter.fillRect(QRectF(rect.left(), rect.bottom() - 2, rect.width(), 2), look.color("accent"))
        inner = rect.adjusted(_SIDE + self._view.indent(index.column()), 0, -_SIDE, 0)
        if row.swatch and index.column() == 0:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.role_color(row.swatch))
            painter.drawRoundedRect(QRectF(inner.left(), inner.center().y() - 5, 10, 10), 2.5, 2.5)
            inner.adjust(_SWATCH, 0, 0, 0)
        self._paint_words(painter, inner, cell, row, self._view.model_.columns[index.column()])
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRectF, cell: Cell, row: Row, column: Column) -> None:
        look = self._look
        if cell.badge:
            width = badge_width(look, cell.badge[1])
            left = rect.left() if not cell.text else rect.right() - width
            paint_badge(painter, look, QRectF(left, rect.top(), width, rect.height()), *cell.badge)
            rect = rect.adjusted(0, 0, -width - 6, 0)
        if cell.after:
            painter.setFont(look.font(TEXT_SMALL))
            painter.setPen(look.color("text_soft"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, cell.after)
            rect = rect.adjusted(0, 0, -QFontMetricsF(painter.font()).horizontalAdvance(cell.after) - 4, 0)
        painter.setFont(self._view.cell_font(row, column))
        painter.setPen(look.color({"soft": "text_soft", "": "text"}.get(cell.tone, cell.tone)))
        side = Qt.AlignmentFlag.AlignRight if column.figures else Qt.AlignmentFlag.AlignLeft
        words = cell.text
        metrics = QFontMetricsF(painter.font())
        if metrics.horizontalAdvance(words) > rect.width() + 1:
            words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, words)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Rows are of one height."""
        return QSize(40, self._view.row_height)


class _QuietHeader(QHeaderView):
    """Column titles in small soft letters over a rule."""

    def __init__(self, look: Look, view: FigureTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._look = look
        self._view = view
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFixedHeight(26)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 - Qt's name
        """Paint one title."""
        column = self._view.model_.columns[logicalIndex]
        box = QRectF(rect)
        painter.save()
        painter.setFont(self._look.font(TEXT_TINY, MEDIUM))
        painter.setPen(self._look.color("text_soft"))
        side = Qt.AlignmentFlag.AlignRight if column.figures else Qt.AlignmentFlag.AlignLeft
        inner = box.adjusted(_SIDE + self._view.indent(logicalIndex), 0, -_SIDE, 0)
        painter.drawText(inner, side | Qt.AlignmentFlag.AlignVCenter, column.title)
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), self._look.color("border_strong"))
        painter.restore()


class FigureTable(QTableView):
    """Emits `row_chosen(id)` on click, Enter or Space. With `fit` it is exactly as high as its rows."""

    row_chosen = Signal(object)

    def __init__(self, look: Look, name: str, *, fit: bool = True, row_height: int = 29) -> None:
        super().__init__()
        self._look = look
        self._fit = fit
        self.row_height = row_height
        self.chosen_id = ""
        self.model_ = FigureModel()
        self._wanted: list[float] = []
        self.setAccessibleName(name)
        self.setModel(self.model_)
        self.setItemDelegate(_FigureDelegate(look, self))
        self.setHorizontalHeader(_QuietHeader(look, self))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(row_height)
        self.verticalHeader().setMinimumSectionSize(16)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        if fit:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._choose)
        self.activated.connect(self._choose)

    def cell_font(self, row: Row, column: Column) -> QFont:
        """Return the font of a cell's words; only figures are of one width (it spoils hyphens in words)."""
        return self._look.font(TEXT_BODY, BOLD if row.bold else REGULAR, tabular=column.figures)

    def show_rows(self, columns: tuple[Column, ...], rows: tuple[Row, ...]) -> None:
        """Show a table. While its shape stays, columns only grow, so that figures do not jitter under a moving slider."""
        reshaped = self.model_.show_rows(columns, rows)
        before = [0.0] * len(columns) if reshaped else self._wanted
        self._wanted = [max(old, new) for old, new in zip(before, self._measured(), strict=True)]
        if reshaped and self._fit:
            self.setFixedHeight(self.horizontalHeader().height() + self.row_height * len(rows) + 1)
        if reshaped or self._wanted != before:
            self._share_room()

    def indent(self, column: int) -> float:
        """Words that follow a column of figures keep a distance from them."""
        columns = self.model_.columns
        return 16.0 if column and not columns[column].figures and columns[column - 1].figures else 0.0

    def choose(self, row_id: str) -> None:
        """Mark a row as chosen; emits nothing."""
        self.chosen_id = row_id
        self.viewport().update()

    def _choose(self, index: QModelIndex) -> None:
        row = self.model_.rows[index.row()]
        self.choose(row.id)
        self.row_chosen.emit(row.id)

    def _measured(self) -> list[float]:
        title = QFontMetricsF(self._look.font(TEXT_TINY, MEDIUM))
        plain = QFontMetricsF(self._look.font(TEXT_BODY, REGULAR, tabular=True))
        bold = QFontMetricsF(self._look.font(TEXT_BODY, BOLD, tabular=True))
        small = QFontMetricsF(self._look.font(TEXT_SMALL))
        widths = []
        for place, column in enumerate(self.model_.columns):
            widest = title.horizontalAdvance(column.title)
            for row in self.model_.rows[:300]:
                cell = row.cells[place]
                width = (bold if row.bold else plain).horizontalAdvance(cell.text)
                if cell.after:
                    width += small.horizontalAdvance(cell.after) + 4
                if cell.badge:
                    width += badge_width(self._look, cell.badge[1]) + 6
                if row.swatch and place == 0:
                    width += _SWATCH
                widest = max(widest, width)
            widths.append((min(widest, column.widest) if column.widest else widest) + 2 * _SIDE + 2 + self.indent(place))
        return widths

    def _share_room(self) -> None:
        """Leave out columns until the rest fit, then share what is left."""
        room = float(self.viewport().width())
        shown = list(range(len(self._wanted)))
        droppable = sorted(
            (i for i in shown if self.model_.columns[i].drop_order), key=lambda i: -self.model_.columns[i].drop_order
        )
        for column in droppable:
            if sum(self._wanted[i] for i in shown) <= room:
                break
            shown.remove(column)
        spare = max(0.0, room - sum(self._wanted[i] for i in shown))
        each = spare / len(shown) if shown else 0.0
        used = 0
        for column in range(len(self._wanted)):
            self.setColumnHidden(column, column not in shown)
            if column in shown:
                width = int(self._wanted[column] + each) if column != shown[-1] else max(int(room) - used, 30)
                self.setColumnWidth(column, width)
                used += width

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self._share_room()
