"""The table's model keeps Qt's contract; columns fit; rows are chosen by keyboard."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from roi_tool.desktop.theme import Look
from roi_tool.desktop.widgets.figure_rows import Cell, Column, FigureModel, Row
from roi_tool.desktop.widgets.figure_table import FigureTable

COLUMNS = (
    Column("Option", figures=False),
    Column("Once"),
    Column("Year 1", drop_order=1),
    Column("Year 3", drop_order=2),
    Column("Total"),
)


def rows(total="118,795"):
    return tuple(
        Row(name, (Cell("Keep your PBX + SIP trunk"), Cell("45,100"), Cell("35,880"), Cell("20,110"), Cell(total)), swatch=name)
        for name in ("stay", "hosted")
    )


def test_the_model_keeps_the_contract(qtmodeltester):
    model = FigureModel()
    model.show_rows(COLUMNS, rows())
    qtmodeltester.check(model)
    model.show_rows(COLUMNS, ())
    qtmodeltester.check(model)


def test_equal_shapes_are_changed_in_place(qtbot):
    model = FigureModel()
    model.show_rows(COLUMNS, rows())
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.show_rows(COLUMNS, rows("1"))
    with qtbot.waitSignal(model.modelReset):
        model.show_rows(COLUMNS, rows()[:1])


@pytest.fixture
def table(qtbot):
    table = FigureTable(Look(), "Options")
    qtbot.addWidget(table)
    table.show_rows(COLUMNS, rows())
    return table


def shown(table):
    return [column.title for place, column in enumerate(COLUMNS) if not table.isColumnHidden(place)]


def test_columns_are_left_out_in_their_order_as_room_shrinks(table, qtbot):
    table.show()
    seen = []
    for width in range(900, 180, -10):
        table.resize(width, table.height())
        seen.append(shown(table))
    counts = [len(titles) for titles in seen]
    assert counts[0] == 5
    assert counts[-1] == 3
    assert all(later <= earlier for earlier, later in pairwise(counts))
    assert ["Option", "Once", "Year 1", "Total"] in seen


def test_the_columns_fill_the_width(table):
    table.show()
    for width in (400, 613, 900):
        table.resize(width, table.height())
        used = sum(table.columnWidth(place) for place in range(5) if not table.isColumnHidden(place))
        assert used == table.viewport().width()


def test_enter_chooses_the_row_with_the_keyboard(table, qtbot):
    table.show()
    table.setFocus()
    table.setCurrentIndex(table.model_.index(1, 0))
    with qtbot.waitSignal(table.row_chosen) as chosen:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert chosen.args == ["hosted"]


def test_a_screen_reader_gets_column_and_figure(table):
    index = table.model_.index(0, 4)
    assert table.model_.data(index, Qt.ItemDataRole.AccessibleTextRole) == "Total 118,795"
