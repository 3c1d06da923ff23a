import json
from decimal import Decimal, getcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roi_tool.problems import ProblemError
from roi_tool.traffic import erlang

TRAFFIC = st.floats(0.01, 2000)
LINES = st.integers(1, 2100)
BLOCKING = st.floats(1e-6, 0.9)


def recursion(traffic, lines):
    """Erlang B by the textbook recursion, in 40 digits: an oracle apart from the code's sum."""
    getcontext().prec = 40
    inverse = Decimal(1)
    for line in range(1, lines + 1):
        inverse = 1 + Decimal(line) / Decimal(traffic) * inverse
    return float(1 / inverse)


@settings(max_examples=60)
@given(st.floats(0.01, 300), st.integers(1, 300))
def test_erlang_b_equals_the_recursion(traffic, lines):
    assert erlang.erlang_b_blocking(traffic, lines) == pytest.approx(recursion(traffic, lines), rel=1e-11)


@given(TRAFFIC, LINES)
def test_blocking_falls_with_lines_and_rises_with_traffic(traffic, lines):
    here = erlang.erlang_b_blocking(traffic, lines)
    assert 0 <= here < 1
    assert erlang.erlang_b_blocking(traffic, lines + 1) <= here <= erlang.erlang_b_blocking(traffic * 1.1, lines)


@given(TRAFFIC, LINES)
def test_waiting_falls_with_lines_and_rises_with_traffic(traffic, lines):
    here = erlang.erlang_c_waiting(traffic, lines)
    assert erlang.erlang_b_blocking(traffic, lines) <= here <= 1
    assert erlang.erlang_c_waiting(traffic, lines + 1) <= here <= erlang.erlang_c_waiting(traffic * 1.1, lines)


@given(TRAFFIC, BLOCKING)
def test_lines_are_the_fewest_that_keep_the_grade_of_service(traffic, blocking):
    for lines, blocked in (
        (erlang.erlang_b_lines(traffic, blocking), erlang.erlang_b_blocking),
        (erlang.erlang_c_lines(traffic, blocking), erlang.erlang_c_waiting),
        (
            erlang.extended_b_lines(traffic, blocking, 0.6),
            lambda traffic, lines: erlang.extended_b_blocking(traffic, lines, 0.6),
        ),
    ):
        assert blocked(traffic, lines) <= blocking * (1 + 1e-9)
        assert lines == 1 or blocked(traffic, lines - 1) > blocking * (1 - 1e-9)


@settings(max_examples=40)
@given(LINES, BLOCKING, st.floats(0, 1))
def test_traffic_found_gives_the_blocking_asked_for(lines, blocking, retry):
    assert erlang.erlang_b_blocking(erlang.erlang_b_traffic(lines, blocking), lines) == pytest.approx(blocking, rel=1e-9)
    assert erlang.erlang_c_waiting(erlang.erlang_c_traffic(lines, blocking), lines) == pytest.approx(blocking, rel=1e-7)
    traffic = erlang.extended_b_traffic(lines, blocking, retry)
    assert erlang.extended_b_blocking(traffic, lines, retry) == pytest.approx(blocking, rel=1e-6)


@given(TRAFFIC, LINES, st.floats(0, 0.99))
def test_retries_only_make_it_worse_and_satisfy_their_equation(traffic, lines, retry):
    blocking = erlang.extended_b_blocking(traffic, lines, retry)
    offered = erlang.extended_b_offered(traffic, lines, retry)
    assert blocking >= erlang.erlang_b_blocking(traffic, lines) * (1 - 1e-12)
    assert offered == pytest.approx(traffic + retry * offered * blocking, rel=1e-9)


def test_large_systems():
    assert erlang.erlang_b_lines(25_000.0, 0.01) == 24_831
    assert erlang.erlang_b_blocking(25_000.0, 24_831) == pytest.approx(recursion(25_000, 24_831), rel=1e-10)
    assert erlang.erlang_b_blocking(25_000.0, 1) == pytest.approx(25_000 / 25_001)
    assert erlang.erlang_b_blocking(0.001, 25_000) == 0
    assert erlang.erlang_c_lines(25_000.0, 0.01) > 25_000


def test_no_traffic_needs_no_line():
    assert erlang.erlang_b_lines(0, 0.01) == 0
    assert erlang.erlang_b_blocking(0, 3) == 0
    assert erlang.erlang_c_waiting(0, 3) == 0


def test_waiting_times():
    waiting = erlang.erlang_c_waiting(10, 12)
    assert erlang.erlang_c_mean_wait(10, 12, 180) == pytest.approx(waiting * 180 / 2)
    assert erlang.erlang_c_service_level(10, 12, 180, 0) == pytest.approx(1 - waiting)
    assert erlang.erlang_c_mean_wait(12, 12, 180) is None
    assert erlang.erlang_c_service_level(13, 12, 180, 20) == 0


def test_published_table(shared_data):
    table = json.loads((shared_data / "tables" / "erlang_b_table.json").read_text())["table"]
    grades = [float(text.rstrip("%")) / 100 for text in table["blocking"]]
    for lines, row in table["rows"].items():
        for blocking, printed in zip(grades, row, strict=True):
            # Some cells of the printed table are cut, not rounded.
            assert erlang.erlang_b_traffic(int(lines), blocking) == pytest.approx(printed, abs=0.0999)


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: erlang.erlang_b_blocking(-1, 3), "erlang_traffic"),
        (lambda: erlang.erlang_b_blocking(float("nan"), 3), "erlang_traffic"),
        (lambda: erlang.erlang_b_lines(float("inf"), 0.1), "erlang_traffic"),
        (lambda: erlang.erlang_b_lines(3, 1.0), "erlang_blocking"),
        (lambda: erlang.erlang_b_lines(3, 0), "erlang_blocking"),
        (lambda: erlang.erlang_b_traffic(0, 0.1), "erlang_lines"),
        (lambda: erlang.erlang_c_waiting(3, -2), "erlang_lines"),
        (lambda: erlang.extended_b_blocking(3, 2, 1.5), "erlang_retry"),
        (lambda: erlang.extended_b_blocking(3, 2, 1), "erlang_collapse"),
        (lambda: erlang.traffic_erlangs(-3, 2), "erlang_calls"),
    ],
)
def test_what_cannot_be_is_refused(call, code):
    with pytest.raises(ProblemError) as refused:
        call()
    assert [problem.code for problem in refused.value.problems] == [code]
