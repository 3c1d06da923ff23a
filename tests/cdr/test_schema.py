import pandas as pd
import pytest

from roi_tool.cdr import CALL_COLUMNS, CallTable, check_calls, concatenate_calls, empty_calls, make_calls
from roi_tool.problems import ProblemError


def two_calls(charges=(12_000_000, None), **meta):
    start = pd.to_datetime(["2026-05-01T09:00:00Z", "2026-05-01T09:01:00Z"])
    return make_calls(
        {"start": start, "duration_ms": [61_000, 0], "called": ["442079460001", "999"], "charge_nano": list(charges)},
        **meta,
    )


def test_absent_columns_get_their_neutral_value():
    table = two_calls(currency="GBP")
    assert list(table.frame.columns) == list(CALL_COLUMNS)
    assert table.frame["call_id"].tolist() == ["1", "2"]
    assert table.frame["group_id"].tolist() == ["1", "2"]
    assert table.frame["direction"].tolist() == ["outbound", "outbound"]
    assert table.frame["charge_nano"].isna().tolist() == [False, True]
    assert check_calls(table) == []


def test_an_empty_table_keeps_the_schema():
    assert check_calls(empty_calls()) == []
    assert len(empty_calls()) == 0


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda frame: frame.assign(call_id="7"), "calls_id_twice"),
        (lambda frame: frame.assign(duration_ms=-1), "calls_negative_duration"),
        (lambda frame: frame.drop(columns="called"), "calls_columns"),
        (lambda frame: frame.assign(duration_ms=1.5), "calls_column_type"),
        (lambda frame: frame.assign(start=pd.Series([pd.NaT, pd.NaT], dtype=CALL_COLUMNS["start"])), "calls_null"),
    ],
)
def test_each_breach_is_named(change, code):
    table = two_calls()
    assert [problem.code for problem in check_calls(CallTable(change(table.frame)))] == [code]


def test_a_column_that_cannot_be_left_out():
    with pytest.raises(ProblemError, match="calls_column_missing"):
        make_calls({"start": []})


def test_bills_are_put_together_with_ids_of_their_own():
    together = concatenate_calls([two_calls(currency="GBP"), empty_calls(), two_calls(currency="GBP")])
    assert together.frame["call_id"].tolist() == ["1-1", "1-2", "3-1", "3-2"]
    assert together.currency == "GBP"
    assert check_calls(together) == []


def test_a_bill_that_names_no_currency_takes_that_of_the_others():
    together = concatenate_calls([two_calls(charges=(1, 2)), two_calls(currency="AUD", charges=(3, 4))])
    assert together.currency == "AUD"
    assert together.frame["charge_nano"].tolist() == [1, 2, 3, 4]


def test_calls_without_charges_join_bills_of_any_currency_and_tax_state():
    together = concatenate_calls([two_calls((None, None), currency="GBP"), two_calls(currency="EUR", tax_included=True)])
    assert (together.currency, together.tax_included) == ("EUR", True)


def test_bills_in_two_currencies_are_refused():
    with pytest.raises(ProblemError, match="calls_mixed"):
        concatenate_calls([two_calls(currency="GBP"), two_calls(currency="EUR")])
