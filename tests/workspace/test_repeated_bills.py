"""Bills that repeat others are found whatever their names and however their numbers are written; others are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roi_tool.importing import read_bill
from roi_tool.workspace.repeated_bills import without_repeated

TITLES = "Start,Called number,Seconds,Cost"


@pytest.fixture
def make(tmp_path):
    def read(name, rows, **options):
        file = tmp_path / name
        lines = [
            f"2026-07-{day:02} 09:{minute:02}:{second:02},02079460{day:03},{seconds},0.{day:02}"
            for day, minute, second, seconds in rows
        ]
        file.write_text("\n".join([TITLES, *lines]) + "\n", encoding="utf-8")
        return read_bill(file, country="GB", **options)

    return read


def month(first=1, last=28, second=None):
    return [(day, day, day if second is None else second, 60 + day) for day in range(first, last + 1)]


def test_a_copy_and_a_masked_copy_are_whole_repeats(make):
    known = make("july.csv", month())
    kept, found = without_repeated([make("copy.csv", month()), make("masked.csv", month(), mask_numbers=True)], [known])
    assert kept == ()
    assert [(one.other, one.calls, one.whole, one.identical) for one in found] == [
        ("july.csv", 28, True, True),
        ("july.csv", 28, True, False),
    ]


def test_a_file_that_is_read_again_is_held_against_the_others_only(make):
    known = make("july.csv", month())
    kept, found = without_repeated([make("july.csv", month())], [known])
    assert (len(kept), found) == (1, ())


def test_another_month_of_the_same_account_is_no_repeat(make):
    kept, found = without_repeated([make("late.csv", month(15, 28))], [make("early.csv", month(1, 14))])
    assert (len(kept), found) == (1, ())


def test_a_few_calls_that_are_alike_by_chance_at_whole_minutes_stay(make):
    one = make("one.csv", [(day, 0, 0, 60) for day in range(1, 29)])
    two = make("two.csv", [*((day, 0, 0, 60) for day in (1, 2)), *((day, 5, 0, 60) for day in range(3, 29))])
    kept, found = without_repeated([two], [one])
    assert (len(kept[0].calls), found) == (28, ())


@settings(max_examples=25)
@given(st.integers(6, 28), st.integers(0, 27))
def test_each_call_is_counted_once_and_every_row_is_accounted_for(tmp_path_factory, last, first):
    folder = tmp_path_factory.mktemp("bills")

    def read(name, rows):
        lines = [f"2026-07-{d:02} 09:{m:02}:{s:02},02079460{d:03},{n},0.{d:02}" for d, m, s, n in rows]
        (folder / name).write_text("\n".join([TITLES, *lines]) + "\n", encoding="utf-8")
        return read_bill(folder / name, country="GB")

    early = read("early.csv", month(1, last))
    late = read("late.csv", month(min(first + 1, last), 28))
    kept, found = without_repeated([early, late], [])
    starts = [start for bill in kept for start in bill.calls.frame["start"]]
    shared = last - min(first + 1, last) + 1
    if shared >= 5 or found:
        assert len(starts) == len(set(starts))
    for bill in kept:
        reading = bill.files[0]
        assert reading.rows_calls == len(bill.calls)
        assert reading.rows_total == reading.rows_calls + reading.rows_charges + reading.rows_skipped + reading.rows_rejected
