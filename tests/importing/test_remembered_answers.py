"""Answers about a layout are remembered by its titles and ways of writing: not asked again, asked for another, forgotten."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_tool.importing import read_bill
from roi_tool.importing.remembered_answers import answers_folder, forget, recall, recall_all, remember
from roi_tool.problems import ProblemError

DAY = date(2026, 9, 14)


def write(file, *, titles="Date,Time,Called number,Duration,Cost", joint="/", first=1, cost="0.10"):
    days = [f"{day:02}{joint}{month:02}{joint}2026" for day in range(first, first + 3) for month in (4, 5)]
    rows = [f"{day},10:0{place}:00,0207946012{place},00:01:0{place},{cost}" for place, day in enumerate(days)]
    file.write_text("\n".join([titles, *rows]) + "\n", encoding="utf-8")
    return file


def asked(bill):
    return [question.code for question in bill.files[0].questions]


def months(bill):
    return sorted(set(bill.calls.frame["start"].dt.month))


def test_an_answer_holds_for_the_next_file_of_the_layout_and_for_no_other(tmp_path):
    first = read_bill(write(tmp_path / "april.csv"), recall=True)
    assert asked(first) == ["ambiguous_date"]
    remember(first.files[0].shape, {"date_order": "mdy"}, "april.csv", on=DAY)

    again = read_bill(write(tmp_path / "june.csv", first=4, cost="7.31"), recall=True)
    assert asked(again) == []
    assert months(again) == [4, 5, 6]
    (answered,) = again.files[0].answered
    assert (answered.kind, answered.answer, answered.on) == ("date_order", "mdy", DAY)

    for other in (
        write(tmp_path / "titles.csv", titles="Call date,Time,Called number,Duration,Cost"),
        write(tmp_path / "dashes.csv", joint="-"),
    ):
        bill = read_bill(other, recall=True)
        assert asked(bill) == ["ambiguous_date"]
        assert bill.files[0].answered == ()


def test_only_who_asks_for_it_reads_by_remembered_answers(tmp_path):
    bill = read_bill(write(tmp_path / "april.csv"))
    remember(bill.files[0].shape, {"date_order": "mdy"}, on=DAY)
    assert asked(read_bill(tmp_path / "april.csv")) == ["ambiguous_date"]
    assert read_bill(tmp_path / "april.csv", date_order="dmy", recall=True).files[0].date_order == "dmy"


def test_what_a_file_proves_comes_before_what_was_answered(tmp_path):
    bill = read_bill(write(tmp_path / "april.csv"))
    remember(bill.files[0].shape, {"date_order": "mdy"}, on=DAY)
    proved = read_bill(write(tmp_path / "late.csv", first=14), recall=True)
    assert proved.files[0].shape == bill.files[0].shape
    assert (proved.files[0].date_order, proved.files[0].answered) == ("dmy", ())


def test_the_column_of_the_charge_the_zone_and_the_currency_are_remembered_too(tmp_path):
    file = tmp_path / "two.csv"
    rows = [f"{day}/7/2026 09:{day}:00,0207946012{day % 10},61,0.{day},0.{60 - day}" for day in range(14, 28)]
    file.write_text("\n".join(["Start,Called number,Seconds,Cost,Charge", *rows]) + "\n", encoding="utf-8")
    bill = read_bill(file, country="GB")
    assert asked(bill) == ["ambiguous_money"]
    costs = bill.reconciliation.read_nano
    assert read_bill(file, country="GB", charge="Charge").reconciliation.read_nano != costs
    given = {"charge": "Charge", "timezone": "America/New_York", "currency": "USD"}
    remember(bill.files[0].shape, given, on=DAY)
    again = read_bill(file, country="GB", recall=True)
    assert asked(again) == []
    assert again.reconciliation.read_nano == sum((60 - day) * 10**7 for day in range(14, 28))
    assert (again.currency, again.calls.timezone) == ("USD", "America/New_York")
    assert {one.kind for one in again.files[0].answered} == set(given)
    said = read_bill(file, country="GB", recall=True, currency="GBP", timezone="Europe/London", charge="Cost")
    assert (said.currency, said.calls.timezone, said.files[0].answered) == ("GBP", "Europe/London", ())
    assert said.reconciliation.read_nano == costs


def test_a_lone_dollar_is_asked_about_once_and_a_stated_currency_is_not_overruled(tmp_path):
    first = read_bill(write(tmp_path / "dollars.csv", first=14, cost="$0.10"), country="GB", recall=True)
    assert asked(first) == ["ambiguous_currency"]
    remember(first.files[0].shape, {"currency": "NZD"}, on=DAY)
    again = read_bill(write(tmp_path / "more.csv", first=17, cost="$0.20"), country="GB", recall=True)
    assert (asked(again), again.currency) == ([], "NZD")
    assert [one.kind for one in again.files[0].answered] == ["currency"]
    euros = read_bill(write(tmp_path / "euros.csv", first=14, cost="€0.20"), country="GB", recall=True)
    assert (euros.currency, euros.files[0].answered) == ("EUR", ())


def test_what_is_no_answer_is_refused(tmp_path):
    for wrong in ({"date_order": "sideways"}, {"currency": "pounds"}, {"weather": "rain"}):
        with pytest.raises(ProblemError, match="answer_not_kept"):
            remember("0" * 16, wrong)
    assert recall_all() == ()


def test_an_answer_is_forgotten_and_asked_for_again(tmp_path):
    shape = read_bill(write(tmp_path / "april.csv")).files[0].shape
    remember(shape, {"date_order": "mdy"}, "april.csv", on=DAY)
    remember(shape, {"duration": "seconds"}, on=date(2026, 9, 15))
    (kept,) = recall_all()
    assert kept.answers() == {"date_order": "mdy", "duration": "seconds"}
    assert (kept.like, kept.on) == ("april.csv", date(2026, 9, 15))
    assert forget(shape)
    assert not forget(shape)
    assert recall_all() == ()
    assert asked(read_bill(tmp_path / "april.csv", recall=True)) == ["ambiguous_date"]


def test_nothing_in_a_bill_is_kept(tmp_path):
    bill = read_bill(write(tmp_path / "april.csv"))
    remember(bill.files[0].shape, {"date_order": "mdy"}, "april.csv")
    (file,) = answers_folder().iterdir()
    assert file.name == f"{bill.files[0].shape}.toml"
    assert "0207946" not in file.read_text(encoding="utf-8")
    assert "2026-" not in file.read_text(encoding="utf-8").replace(date.today().isoformat(), "")  # noqa: DTZ011


@pytest.mark.parametrize(
    "text", ["", "shape = 3", "on = 2026-01-01\ndate_order = 'sideways'", "\x00", 'timezone = "Mars/Base"']
)
def test_a_broken_file_stops_no_bill(tmp_path, text):
    shape = read_bill(write(tmp_path / "april.csv")).files[0].shape
    answers_folder().mkdir(parents=True)
    (answers_folder() / f"{shape}.toml").write_text(text, encoding="utf-8")
    assert recall(shape) is None
    assert asked(read_bill(tmp_path / "april.csv", recall=True)) == ["ambiguous_date"]


def test_a_folder_that_cannot_be_written_is_one_problem(tmp_path):
    answers_folder().parent.mkdir(parents=True)
    answers_folder().write_text("in the way")
    with pytest.raises(ProblemError, match="answer_not_kept"):
        remember("0" * 16, {"date_order": "mdy"})


@given(st.text(max_size=40), st.text(max_size=30))
def test_any_name_and_title_come_back_as_they_were(like, charge):
    forget("f" * 16)
    remember("f" * 16, {"charge": charge}, like, on=DAY)
    kept = recall("f" * 16)
    assert kept is not None
    assert (kept.charge, kept.like) == (charge, like)
