"""The mapping page: what stands over the columns, what a change does to the totals, and what is kept."""

import threading

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from roi_tool.desktop.mapping_bench import MAPPING
from roi_tool.importing.layout import Role
from roi_tool.importing.layout_library import user_layouts

HEAD = "Acme Telecom;;;;;;\nDay;Clock;Dialled;Len;Net;Gross;Remark\n"


@pytest.fixture
def odd(tmp_path):
    rows = [f"{day:02}.07.2026;09:{day:02}:00;020 7946 0{day:03};{60 + day};0,10;0,12;x" for day in range(1, 28)]
    rows.append("bad day;10:00:00;020 7946 0124;130;0,20;0,24;y")
    file = tmp_path / "odd bill.csv"
    file.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return file


@pytest.fixture
def page(window, desk, qtbot, odd):
    desk.mapping.open(odd)
    settle(qtbot, desk)
    return window.page_widget("mapping")


def settle(qtbot, desk):
    qtbot.waitUntil(lambda: desk.mapping.draft is not None and not desk.mapping.busy, timeout=20_000)


def choose(page, column, text, qtbot):
    menu = page.role_menu(column)
    action = next(action for action in menu.actions() if action.text() == text)
    action.trigger()
    settle(qtbot, page.desk)


def heads(page):
    return [head.text for head in page.preview.model_.heads]


def test_a_meaning_is_changed_and_the_totals_and_rejected_rows_follow(window, page, desk, qtbot):
    assert window.page == "mapping"
    assert window.rail.entries["bills"].isChecked()
    assert page.cards[0].shown.figure == "0"
    for column, text in ((0, "date"), (1, "time of day"), (3, "duration")):
        choose(page, column, text, qtbot)
    assert heads(page)[:5] == ["date", "time of day", "number called", "duration", "charge"]
    assert page.cards[0].shown.figure == "27"
    assert page.cards[1].shown.context == f"{sum(60 + day for day in range(1, 28)):,} seconds"
    assert [row.tone for row in page.preview.model_.rows if row.number == "30"] == ["bad"]
    assert page.rejects.isVisible()
    assert "date" in page.rejects.model_.rows[0].cells[0].text
    money = page.cards[2].shown.figure
    choose(page, 5, "charge, added to the other column", qtbot)
    assert heads(page)[4:6] == ["charge", "charge"]
    assert page.cards[2].shown.figure != money
    page.back.click()
    settle(qtbot, desk)
    assert page.cards[0].shown.figure == "0"


def test_formats_titles_and_delimiter_are_changed(page, desk, qtbot):
    for column, text in ((0, "date"), (1, "time of day"), (3, "duration")):
        choose(page, column, text, qtbot)

    def pick(key, value):
        field = page.choices[key]
        field.setCurrentIndex(field.findData(value))
        field.activated.emit(field.currentIndex())
        settle(qtbot, desk)

    seconds = int(desk.mapping.effect.bill.calls.frame["duration_ms"].sum())
    pick("duration", "minutes")
    assert int(desk.mapping.effect.bill.calls.frame["duration_ms"].sum()) == 60 * seconds
    assert not page.choices["table"].isVisible()
    pick("header", None)
    assert page.choices["header"].currentText() == "none"
    pick("delimiter", ",")
    assert page.preview.model_.columnCount() < 7


def test_a_saved_layout_reads_the_bill_and_is_found_again(window, page, desk, qtbot, odd):
    for column, text in ((0, "date"), (1, "time of day"), (3, "duration")):
        choose(page, column, text, qtbot)
    page.name.setText("Acme bills")
    with qtbot.waitSignal(desk.quote_opened, timeout=30_000):
        page.save.click()
    assert window.page == "bills"
    assert [layout.name for layout in user_layouts()] == ["acme_bills"]
    reading = desk.quote.case.bills[0].files[0]
    assert (reading.layout, reading.rows_calls, reading.rows_rejected) == ("acme_bills", 27, 1)
    assert user_layouts()[0].columns[Role.DURATION] == "Len"


def test_a_name_that_came_with_the_tool_is_refused_and_the_page_stays(window, page, desk, qtbot):
    page.name.setText("bt_2001")
    page.save.click()
    assert window.page == "mapping"
    assert "bt_2001" in window.notice.text


def test_by_keyboard_and_by_click_a_column_is_asked_for(page, qtbot):
    asked = []
    page.preview.column_asked.disconnect()
    page.preview.column_asked.connect(lambda column, where: asked.append(column))
    page.preview.setFocus()
    page.preview.setCurrentIndex(page.preview.model_.index(3, 2))
    QTest.keyClick(page.preview, Qt.Key.Key_Return)
    head = page.preview.horizontalHeader()
    QTest.mouseClick(
        head.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        QPoint(head.sectionViewportPosition(4) + 9, 12),
    )
    assert asked == [2, 4]


def test_measuring_can_be_cancelled_and_the_draft_stays(window, page, desk, qtbot, monkeypatch):
    started, gate = threading.Event(), threading.Event()

    def slow(draft, progress, *, sample):
        started.set()
        gate.wait(10)
        progress(0.5)
        raise AssertionError("a cancelled reading went on")

    monkeypatch.setattr("roi_tool.importing.column_mapping.measure", slow)
    draft = desk.mapping.draft
    desk.mapping.change(draft)
    qtbot.waitUntil(started.is_set)
    qtbot.waitUntil(window.status.cancel.isVisible)
    window.status.cancel.click()
    gate.set()
    assert MAPPING not in desk.tasks.running
    assert desk.mapping.draft is draft
    assert not window.status.cancel.isVisible()


def test_a_file_that_reads_nothing_leads_to_the_page(window, desk, qtbot, tmp_path):
    file = tmp_path / "strange.csv"
    file.write_text("alpha,beta\nq,w\ne,r\n", encoding="utf-8")
    bills = window.page_widget("bills")
    with qtbot.waitSignal(desk.bills_refused, timeout=30_000):
        desk.errands.take_bills((file,))
    button = bills._refused.itemAt(0).widget().findChildren(type(bills.remove))[0]
    button.click()
    qtbot.waitUntil(lambda: window.page == "mapping")
    settle(qtbot, desk)
    page = window.page_widget("mapping")
    assert page.failure.isVisible()
    assert not page.save.isEnabled()


def test_where_the_charge_is_unclear_the_bills_page_leads_to_the_columns(window, desk, qtbot, tmp_path):
    rows = [
        f"{day:02}/07/2026,09:{day:02}:00,020 7946 0{day:03},00:01:{day:02},0.{day:02},0.{50 - day:02}" for day in range(1, 28)
    ]
    file = tmp_path / "two charges.csv"
    file.write_text("Date,Time,Number called,Duration,Cost,Charge\n" + "\n".join(rows) + "\n", encoding="utf-8")
    bills = window.page_widget("bills")
    with qtbot.waitSignal(desk.quote_opened, timeout=30_000):
        desk.errands.take_bills((file,))
    window.show_page("bills")
    codes = [question.code for reading in desk.quote.case.bills[0].files for question in reading.questions]
    assert "ambiguous_money" in codes
    buttons = bills._asked.itemAt(codes.index("ambiguous_money")).widget().findChildren(type(bills.remove))
    assert [button.text() for button in buttons] == ["Cost", "Charge", "Look at its columns…"]
    buttons[-1].click()
    settle(qtbot, desk)
    assert window.page == "mapping"
    page = window.page_widget("mapping")
    money = page.cards[2].shown.figure
    choose(page, 5, "charge", qtbot)
    assert page.cards[2].shown.figure != money


def test_a_file_that_cannot_be_opened_is_said(window, desk, qtbot, tmp_path):
    desk.mapping.open(tmp_path / "gone.csv")
    qtbot.waitUntil(window.notice.isVisible)
    assert window.page == "bills"


def test_currency_tax_and_time_zone_are_said_and_kept_with_the_layout(window, page, desk, qtbot):
    for column, text in ((0, "date"), (1, "time of day"), (3, "duration")):
        choose(page, column, text, qtbot)
    assert page.choices["currency"].currentText().startswith("GBP")
    assert page.choices["timezone"].currentText() == "Europe/London · found"
    for key, value in (("currency", "CHF"), ("tax_included", True), ("timezone", "Europe/Berlin")):
        field = page.choices[key]
        field.setCurrentIndex(field.findData(value))
        field.activated.emit(field.currentIndex())
        settle(qtbot, desk)
    bill = desk.mapping.effect.bill
    assert (bill.currency, bill.calls.tax_included, bill.calls.timezone) == ("CHF", True, "Europe/Berlin")
    assert page.cards[2].shown.figure.startswith("CHF")
    page.name.setText("Acme abroad")
    desk.mapping.save("Acme abroad")
    (layout,) = user_layouts()
    assert (layout.formats.currency, layout.tax_included, layout.timezone) == ("CHF", True, "Europe/Berlin")


def test_a_long_file_shows_what_its_first_rows_give_and_then_the_whole(page, desk, qtbot, monkeypatch):
    for column, text in ((0, "date"), (1, "time of day"), (3, "duration")):
        choose(page, column, text, qtbot)
    monkeypatch.setattr("roi_tool.importing.column_mapping.LONG_RECORDS", 10)
    monkeypatch.setattr("roi_tool.importing.column_mapping.SAMPLE_RECORDS", 12)
    seen = []
    desk.mapping.changed.connect(
        lambda: seen.append((desk.mapping.busy, page.cards[0].shown.figure, page.cards[0].shown.context))
    )
    desk.mapping.change(desk.mapping.draft)
    settle(qtbot, desk)
    assert (True, "10", "first 12 of 30 rows, 0 rejected") in seen
    assert seen[-1] == (False, "27", "30 rows, 1 rejected")


def test_a_file_whose_first_rows_hold_no_calls_is_read_whole(page, desk, qtbot, monkeypatch):
    for column, text in ((0, "date"), (1, "time of day"), (3, "duration")):
        choose(page, column, text, qtbot)
    monkeypatch.setattr("roi_tool.importing.column_mapping.LONG_RECORDS", 1)
    monkeypatch.setattr("roi_tool.importing.column_mapping.SAMPLE_RECORDS", 2)
    desk.mapping.change(desk.mapping.draft)
    settle(qtbot, desk)
    assert page.cards[0].shown.figure == "27"
    assert not page.failure.isVisible()
