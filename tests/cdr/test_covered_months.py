"""Months that bills cover: whole, in part, missing; counted as the share of their days."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi_tool.cdr import Bill, FileReading, empty_calls, make_calls
from roi_tool.cdr.covered_months import accounts_covered, merged_spans, months_counted, months_covered, span_of_bill


def bill(start, end, *, name="a.csv", shape="", carrier="", calls=()):
    frame = {"start": list(calls), "duration_ms": [1000] * len(calls), "called": ["442079460018"] * len(calls)}
    table = make_calls(frame, timezone="Europe/London") if calls else empty_calls()
    return Bill(table, files=(FileReading(name, "detected", shape=shape),), period_start=start, period_end=end, carrier=carrier)


def states(*spans):
    return [month.state for month in months_covered(spans)]


def test_whole_months_from_any_day_are_full_and_a_piece_is_partial():
    assert states((date(2026, 5, 1), date(2026, 8, 1))) == ["full"] * 3
    assert states((date(2026, 5, 15), date(2026, 6, 15)), (date(2026, 6, 15), date(2026, 7, 15))) == ["full"] * 2
    assert states((date(2026, 5, 1), date(2026, 5, 13))) == ["partial"]
    assert states((date(2026, 12, 1), date(2027, 1, 1)), (date(2027, 2, 1), date(2027, 2, 10))) == [
        "full",
        "missing",
        "partial",
    ]
    assert states() == []


def test_a_month_is_named_after_where_most_of_it_lies():
    (late,) = months_covered([(date(2026, 5, 28), date(2026, 6, 28))])
    (early,) = months_covered([(date(2026, 5, 4), date(2026, 6, 4))])
    assert (late.named, early.named) == (date(2026, 6, 1), date(2026, 5, 1))


def test_a_stated_period_holds_and_one_told_by_calls_reaches_to_the_near_edge():
    calls = ["2026-05-05T08:00:00Z", "2026-05-29T15:00:00Z"]
    stated = bill(date(2026, 5, 1), date(2026, 6, 1), calls=calls)
    told = bill(date(2026, 5, 5), date(2026, 5, 30), calls=calls)
    short = bill(date(2026, 5, 5), date(2026, 5, 20), calls=["2026-05-05T08:00:00Z", "2026-05-19T15:00:00Z"])
    assert span_of_bill(stated) == span_of_bill(told) == (date(2026, 5, 1), date(2026, 6, 1))
    assert span_of_bill(short) == (date(2026, 5, 1), date(2026, 5, 20))
    assert span_of_bill(bill(None, None)) is None


def test_bills_of_one_carrier_or_shape_belong_together_and_others_do_not():
    may, june = (date(2026, 5, 1), date(2026, 6, 1)), (date(2026, 6, 1), date(2026, 7, 1))
    accounts = accounts_covered(
        [
            bill(*may, name="acme_2026-05.csv", shape="f" * 16),
            bill(*june, name="acme_2026-06.csv", shape="f" * 16),
            bill(*may, name="other.csv", shape="e" * 16),
            bill(*may, name="x.csv", carrier="BT"),
        ]
    )
    assert [(account.name, int(account.months_counted)) for account in accounts] == [("acme", 2), ("other.csv", 1), ("BT", 1)]


def test_bills_of_quotes_saved_before_shapes_were_known_belong_together():
    months = [date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)]
    accounts = accounts_covered([bill(*span, name=f"{span[0]}.csv") for span in pairwise(months)])
    assert [int(account.months_counted) for account in accounts] == [2]


@given(st.integers(0, 4000), st.integers(1, 900))
def test_every_day_is_counted_once(first, days):
    start = date(2020, 1, 1) + timedelta(days=first)
    months = months_covered([(start, start + timedelta(days=days))])
    assert sum(month.days_covered for month in months) == days
    assert all(before.end == after.start for before, after in pairwise(months))
    shares = sum((Fraction(month.days_covered, month.days) for month in months), Fraction(0))
    assert abs(months_counted(months) - shares) <= Fraction(1, 5)
    assert months_counted(months) > 0


SPANS = st.lists(st.tuples(st.integers(0, 500), st.integers(1, 90)), min_size=1, max_size=6)


@given(SPANS)
def test_overlapping_bills_count_no_day_twice(pieces):
    spans = [(date(2026, 1, 1) + timedelta(days=a), date(2026, 1, 1) + timedelta(days=a + b)) for a, b in pieces]
    days = {start + timedelta(days=place) for start, end in spans for place in range((end - start).days)}
    assert sum((end - start).days for start, end in merged_spans(spans)) == len(days)
    assert sum(month.days_covered for month in months_covered(spans)) == len(days)


@pytest.mark.parametrize(("days", "counted"), [(28, 1), (12, Fraction(12, 31)), (31, 1)])
def test_nearly_a_month_is_one_and_less_is_its_share(days, counted):
    assert months_counted(months_covered([(date(2026, 7, 1), date(2026, 7, 1) + timedelta(days=days))])) == counted
