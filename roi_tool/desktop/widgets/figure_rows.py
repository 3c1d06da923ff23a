"""What a table of figures shows, in finished words; and Qt's model over it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

CELL_ROLE = int(Qt.ItemDataRole.UserRole)
ROW_ROLE = CELL_ROLE + 1
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Column:
    """A column. Where there is no room, columns of the highest `drop_order` are left out first; 0 always stays."""

    title: str
    figures: bool = True
    drop_order: int = 0
    widest: int = 0
    """Greatest width in pixels; 0 for no limit. Longer words are cut with an ellipsis and shown in full as a tip."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Words in a cell; `badge` is (code, words), `after` is said quietly behind the words."""

    text: str
    tone: str = ""
    badge: tuple[str, str] | None = None
    after: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row. `swatch` is a chart role shown as a small square; `tinted` marks the best one."""

    id: str
    cells: tuple[Cell, ...]
    swatch: str = ""
    tinted: bool = False
    bold: bool = False


class FigureModel(QAbstractTableModel):
    """Frozen rows. Rows of the same shape are changed in place, so that a slider does not reset the view."""

    def __init__(self) -> None:
        super().__init__()
        self.columns: tuple[Column, ...] = ()
        self.rows: tuple[Row, ...] = ()

    def show_rows(self, columns: tuple[Column, ...], rows: tuple[Row, ...]) -> bool:
        """Show other rows; return whether the shape changed."""
        same = columns == self.columns and [row.id for row in rows] == [row.id for row in self.rows]
        if same:
            self.rows = rows
            if rows and columns:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(columns) - 1))
            return False
        self.beginResetModel()
        self.columns, self.rows = columns, rows
        self.endResetModel()
        return True

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """How many columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, alignment, tip and accessible text of a cell; the cell and row themselves for the painter."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        cell = row.cells[index.column()]
        if role in (CELL_ROLE, ROW_ROLE):
            return cell if role == CELL_ROLE else row
        return self._told(cell, index.column(), role)

    def _told(self, cell: Cell, column: int, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell.text
            case Qt.ItemDataRole.ToolTipRole:
                return cell.text if self.columns[column].widest else None
            case Qt.ItemDataRole.AccessibleTextRole:
                parts = [self.columns[column].title, cell.text, cell.after, cell.badge[1] if cell.badge else ""]
                return " ".join(part for part in parts if part)
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._alignment(column)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Title and alignment of a column."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return self._alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if self.columns[column].figures else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter
