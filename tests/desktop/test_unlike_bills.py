"""Bills that do not fit the open quote: what is said, what is offered, and what it does."""

from decimal import Decimal

import pytest

from roi_tool.desktop.rate_dialog import RateDialog

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
TITLES = "Date,Time,Number called,Duration,{money}"


@pytest.fixture
def bill_file(tmp_path):
    def make(name, sign="", title="Cost", month=7):
        rows = [f"{day:02}/{month:02}/2026,09:{day:02}:00,020 7946 0{day:03},00:01:{day:02},{sign}0.10" for day in range(1, 29)]
        file = tmp_path / name
        file.write_text(TITLES.format(money=title) + "\n" + "\n".join(rows) + "\n", encoding="utf-8")
        return file

    return make


def finish(qtbot, desk):
    qtbot.waitUntil(lambda: not desk.tasks.running, timeout=30_000)


def test_bills_of_another_currency_are_taken_at_a_rate_with_its_source(window, desk, qtbot, bill_file):
    desk.errands.take_bills((bill_file("euros.csv", sign="€"),))
    qtbot.waitUntil(window.notice.isVisible, timeout=30_000)
    assert "EUR" in window.notice.text
    assert desk.quote is None
    window.notice._action.click()
    dialog = window.findChildren(RateDialog)[0]
    dialog.rate.setText("a lot")
    dialog.take.click()
    assert dialog.rate.property("wrong") == "true"
    assert dialog.source.property("wrong") == "true"
    dialog.rate.setText("0.85")
    dialog.source.setText("the customer's bank")
    with qtbot.waitSignal(desk.quote_opened, timeout=30_000):
        dialog.take.click()
    case = desk.quote.case
    assert [(rate.currency, rate.rate, rate.source) for rate in case.exchange] == [
        ("EUR", Decimal("0.85"), "the customer's bank")
    ]
    assert case.calls.currency == "GBP"
    assert int(case.calls.frame["charge_nano"].sum()) == 28 * 85_000_000


def test_bills_that_do_not_say_whether_they_hold_tax_are_taken_as_the_others(window, desk, qtbot, bill_file):
    desk.errands.take_bills((bill_file("net.csv", title="Cost ex VAT"),))
    finish(qtbot, desk)
    first = desk.quote.case
    assert first.calls.tax_included is False
    desk.errands.take_bills((bill_file("unsaid.csv", month=6),))
    qtbot.waitUntil(window.notice.isVisible, timeout=30_000)
    assert desk.quote.case is first
    assert window.notice._action.text() == "Take the rest as without tax"
    with qtbot.waitSignal(desk.quote_opened, timeout=30_000):
        window.notice._action.click()
    assert len(desk.quote.case.bills) == 2
    desk.undo()
    assert desk.quote.case is first


def test_bills_of_the_other_tax_state_begin_a_new_quote_and_the_former_is_a_click_away(window, desk, qtbot, bill_file):
    desk.errands.take_bills((bill_file("net.csv", title="Cost ex VAT"),))
    finish(qtbot, desk)
    former = desk.quote
    gross = bill_file("abroad.csv", title="Cost ex VAT", month=6)
    from roi_tool.desktop.unlike_bills import take_or_offer
    from roi_tool.problems import Problem, Severity
    from roi_tool.workspace.case_errands import read_bills

    bills = read_bills(((gross,),), "GB", lambda share, name: None).bills
    unlike = Problem("bills_unlike", Severity.WARNING, detail={"what": "unlike.timezone"})
    take_or_offer(desk, desk.errands.add, unlike, bills)
    assert "their time zone" in window.notice.text
    with qtbot.waitSignal(desk.quote_opened, timeout=30_000):
        window.notice._action.click()
    assert desk.quote is not former
    assert [bill.files[0].path for bill in desk.quote.case.bills] == [str(gross)]
    window.notice._action.click()
    assert desk.quote is former
    desk.move("seats", former.scenario["seats"] + 1)
    assert former.undo_name == "seats"


def test_recent_quotes_stand_on_home_and_open(window, desk, qtbot, bill_file, tmp_path):
    home = window.page_widget("home")
    assert home.recent == []
    desk.errands.take_bills((bill_file("net.csv"),))
    finish(qtbot, desk)
    for name in ("one", "two"):
        with qtbot.waitSignal(desk.keeper.kept, timeout=30_000):
            desk.keeper.save(tmp_path / f"{name}.roiquote")
    (tmp_path / "one.roiquote").unlink()
    window.show_page("bills")
    window.show_page("home")
    assert [button.text().split()[0] for button in home.recent] == ["two"]
    opened = desk.quote
    home.recent[0].click()
    qtbot.waitUntil(lambda: desk.quote is not opened, timeout=30_000)
    assert desk.quote.path == tmp_path / "two.roiquote"


def test_a_first_drop_of_bills_that_differ_in_tax_is_no_dead_end(window, desk, qtbot, bill_file):
    desk.errands.take_bills((bill_file("net.csv", title="Cost ex VAT"), bill_file("unsaid.csv", month=6)))
    qtbot.waitUntil(window.notice.isVisible, timeout=30_000)
    assert desk.quote is None
    with qtbot.waitSignal(desk.quote_opened, timeout=30_000):
        window.notice._action.click()
    assert len(desk.quote.case.bills) == 2
    assert desk.quote.case.calls.tax_included is False


def test_bills_with_and_without_tax_make_one_baseline_without_it(window, desk, qtbot, bill_file):
    gross = bill_file("gross.csv", title="Cost inc VAT", month=6)
    desk.errands.take_bills((bill_file("net.csv", title="Cost ex VAT"), gross))
    qtbot.waitUntil(window.notice.isVisible, timeout=30_000)
    assert window.notice._action.text() == "Take the tax out"
    with qtbot.waitSignal(desk.quote_opened, timeout=30_000):
        window.notice._action.click()
    case = desk.quote.case
    assert case.calls.tax_included is False
    assert int(case.calls.frame["charge_nano"].sum()) == 28 * 100_000_000 + 28 * 83_333_333
    said = [problem.detail["percent"] for bill in case.bills for problem in bill.problems if "taken_out" in problem.code]
    assert said == ["20"]


def test_bills_of_two_countries_begin_with_the_first(window, desk, qtbot, bill_file, tmp_path):
    home = bill_file("home.csv")
    from roi_tool.desktop.unlike_bills import take_or_offer
    from roi_tool.problems import Problem, Severity
    from roi_tool.workspace.case_errands import read_bills

    here = read_bills(((home,),), "GB", lambda share, name: None).bills
    there = read_bills(((bill_file("away.csv", month=6),),), "IE", lambda share, name: None).bills
    unlike = Problem("bills_unlike", Severity.WARNING, detail={"what": "unlike.country"})
    take_or_offer(desk, desk.errands.add, unlike, (*here, *there))
    assert window.notice._action.text() == "Begin with home.csv"
    with qtbot.waitSignal(desk.quote_opened, timeout=30_000):
        window.notice._action.click()
    assert [bill.files[0].path for bill in desk.quote.case.bills] == [str(home)]
