from datetime import UTC, date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roi_tool.cdr import empty_calls, make_calls
from roi_tool.problems import ProblemError
from roi_tool.traffic import DecidedBy, measure_traffic, profile_findings, size_channels, size_from_minutes
from roi_tool.traffic.concurrency import measure_occupancy
from roi_tool.traffic.rhythm import busiest_sixty_minutes, zone_of
from roi_tool.traffic.trend import fit_trend, measure_trend, student_t_975

EPOCH = datetime(2026, 6, 1, tzinfo=UTC)


def calls_of(rows, **meta):
    """Rows of (start in seconds from 1 June 2026 UTC, duration in seconds[, group[, direction[, class]]])."""
    rows = [(*row, *(None, "outbound", "geographic")[len(row) - 2 :]) for row in rows]
    columns = {
        "start": pd.to_datetime([EPOCH + timedelta(seconds=row[0]) for row in rows], utc=True).astype("datetime64[us, UTC]"),
        "duration_ms": [round(row[1] * 1000) for row in rows],
        "group_id": [str(index) if row[2] is None else row[2] for index, row in enumerate(rows)],
        "direction": [row[3] for row in rows],
        "called_class": [row[4] for row in rows],
    }
    return make_calls(columns, **{"timezone": "UTC", "currency": "GBP", **meta})


LEGS = st.lists(
    st.tuples(
        st.integers(0, 400),
        st.integers(0, 120),
        st.sampled_from(["a", "b", "c", "d", None]),
        st.sampled_from(["outbound", "inbound", "internal"]),
    ),
    max_size=25,
)


def taken_slowly(rows, second):
    """How many calls stand in [second, second + 1): the definition, leg by leg."""
    groups = {}
    for index, (start, lasts, group, direction) in enumerate(rows):
        groups.setdefault(group or f"own {index}", []).append((start, lasts, direction))
    return sum(
        any(start <= second < start + lasts for start, lasts, _ in legs)
        for legs in groups.values()
        if any(direction != "internal" for _, _, direction in legs)
    )


@settings(max_examples=40)
@given(LEGS)
def test_concurrency_is_the_definition(rows):
    occupancy = measure_occupancy(calls_of(rows) if rows else empty_calls())
    seconds = [taken_slowly(rows, second) for second in range(521)]
    assert occupancy.peak == max(seconds)
    instants = np.array([int((EPOCH + timedelta(seconds=second)).timestamp()) * 10**6 for second in range(521)])
    assert occupancy.taken_at(instants).tolist() == seconds
    assert np.diff(occupancy.channel_us_until(instants)).tolist() == [taken * 10**6 for taken in seconds[:-1]]
    levels = occupancy.us_by_level()
    assert [int(level) for level in levels[1:]] == [seconds.count(level) * 10**6 for level in range(1, max(seconds) + 1)]


def test_a_call_that_ends_when_another_starts_frees_its_channel():
    assert measure_occupancy(calls_of([(0, 60), (60, 60)])).peak == 1
    assert measure_occupancy(calls_of([(0, 60.001), (60, 60)])).peak == 2


def test_legs_of_one_call_count_once_and_a_transfer_inside_holds_the_channel():
    profile = measure_traffic(calls_of([(0, 60, "x", "inbound"), (50, 100, "x", "internal"), (0, 500, "y", "internal")]))
    assert (profile.calls, profile.internal_calls, profile.peak_concurrent) == (1, 2, 1)
    assert profile.busy_hour_erlangs == pytest.approx(150 / 3600)


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 40 * 86400), st.integers(0, 7200)), min_size=1, max_size=40))
def test_hours_days_and_months_add_up(rows):
    profile = measure_traffic(calls_of(rows, timezone="Europe/London"))
    talked = sum(lasts for _, lasts in rows)
    for slots in (profile.by_hour, profile.by_weekday, [item.slot for item in profile.by_month]):
        assert sum(slot.calls for slot in slots) == len(rows) == profile.calls
        assert sum(slot.minutes for slot in slots) == pytest.approx(talked / 60)
        assert max(slot.peak for slot in slots) == profile.peak_concurrent
    assert sum(profile.hours.erlangs) * 3600 == pytest.approx(talked)
    assert profile.hours.peaks.max(initial=0) == profile.peak_concurrent
    assert sum(slot.days for slot in profile.by_weekday) == profile.by_hour[0].days
    assert sum(profile.minutes_per_month_by_class.values()) * profile.months == pytest.approx(talked / 60)


def test_hours_are_those_of_the_account():
    start = (datetime(2026, 6, 3, 3, 30, tzinfo=UTC) - EPOCH).total_seconds()
    profile = measure_traffic(calls_of([(start, 3600)], timezone="Asia/Kolkata"))
    # 03:30 UTC is 09:00 in India: one clock hour, full.
    assert profile.busy_hour.start.isoformat() == "2026-06-03T09:00:00+05:30"
    assert profile.busy_hour_erlangs == 1
    assert profile.by_hour[9].calls == 1
    assert profile.by_weekday[2].minutes == 60
    assert profile.peak_at.isoformat() == "2026-06-03T09:00:00+05:30"
    assert profile.typical_busy_hour == (9, 1.0)


def test_a_call_past_the_hour_counts_in_both():
    start = 9 * 3600 + 45 * 60
    profile = measure_traffic(calls_of([(start, 3600)]))
    assert profile.hours.erlangs.tolist() == [0.25, 0.75]
    assert [f"{start:%H:%M}" for start in profile.hours.starts] == ["09:00", "10:00"]
    assert [slot.peak for slot in profile.by_hour[8:12]] == [0, 1, 1, 0]


def test_the_hour_that_comes_twice_in_autumn_is_two_hours():
    first = (datetime(2026, 10, 25, 0, 0, tzinfo=UTC) - EPOCH).total_seconds()
    profile = measure_traffic(calls_of([(first, 3 * 3600)], timezone="Europe/London"))
    assert profile.hours.erlangs.tolist() == [1, 1, 1]
    assert [f"{start:%H:%M %z}" for start in profile.hours.starts] == ["01:00 +0100", "01:00 +0000", "02:00 +0000"]


def test_the_larger_of_peak_and_erlang_decides():
    # Six calls in one second and nothing else: the peak rules.
    burst = measure_traffic(calls_of([(0, 60)] * 6))
    assert (burst.channels_needed, burst.decided_by) == (6, DecidedBy.PEAK)
    # One call after the other for an hour: 1 erlang, for which Erlang B asks 5 lines at 1 %.
    steady = measure_traffic(calls_of([(60 * minute, 60) for minute in range(60)]))
    assert (steady.channels_needed, steady.decided_by) == (5, DecidedBy.ERLANG_B)
    assert size_channels(1.0, 5).decided_by is DecidedBy.PEAK
    assert steady.resized(blocking=0.01, growth=0.5, burst=0.2).traffic_erlangs == pytest.approx(1.8)
    assert steady.bandwidth("g729").kbps_total == pytest.approx(5 * 31.2)
    assert steady.share_of_lines_used(4) == 0.25
    assert burst.seconds_beyond(4) == 60


@given(st.floats(0, 500), st.integers(0, 500), st.floats(0.001, 0.2), st.floats(0, 2))
def test_more_demand_never_needs_fewer_channels(erlangs, peak, blocking, growth):
    base = size_channels(erlangs, peak, blocking=blocking)
    grown = size_channels(erlangs, peak, blocking=blocking, growth=growth)
    assert base.channels >= peak
    assert grown.channels >= base.channels
    assert size_channels(erlangs, peak, blocking=blocking / 2).channels >= base.channels
    assert base.channels == (base.measured_peak if base.decided_by is DecidedBy.PEAK else base.erlang_b_channels)


def test_no_calls_at_all():
    profile = measure_traffic(empty_calls(timezone="Asia/Shanghai"))
    assert (profile.calls, profile.minutes, profile.channels_needed, profile.busy_hour_erlangs) == (0, 0, 0, 0)
    assert (profile.busy_hour, profile.peak_at, profile.trend, profile.first_day) == (None, None, None, None)
    assert profile.by_month == ()
    assert profile.extremes(busiest=True) == {"hour": None, "weekday": None, "month": None}


def test_calls_nobody_answered_take_no_channel():
    profile = measure_traffic(calls_of([(0, 0), (5, 0)]))
    assert (profile.calls, profile.answered, profile.peak_concurrent, profile.channels_needed) == (2, 0, 0, 0)


def test_days_without_times_are_sized_from_minutes():
    midnights = [(day * 86400, 600) for day in range(14) for _ in range(20)]
    profile = measure_traffic(calls_of(midnights))
    assert profile.estimate is not None
    assert (profile.peak_concurrent, profile.busy_hour, profile.hours.peaks.tolist()) == (0, None, [])
    assert profile.estimate.working_days == 10
    # 2,800 minutes over 10 working days, 17 % of a day in its busy hour.
    assert profile.busy_hour_erlangs == pytest.approx(2800 / 10 * 0.17 / 60)
    assert profile.decided_by is DecidedBy.ERLANG_B
    assert profile.share_of_lines_used(8) is None
    assert profile.resized(growth=1).traffic_erlangs == pytest.approx(2 * profile.busy_hour_erlangs)
    assert sum(slot.calls for slot in profile.by_hour) == 0
    assert sum(slot.calls for slot in profile.by_weekday) == 280


def test_a_missing_month_is_named_and_dilutes_nothing():
    days = [day for day in range(92) if not 30 <= day < 61]
    rows = [(day * 86400 + 36000 + number * 600, 300) for day in days for number in range(4)]
    profile = measure_traffic(calls_of(rows))
    assert [(gap.first_day, gap.last_day) for gap in profile.gaps] == [(date(2026, 7, 1), date(2026, 7, 31))]
    assert profile.months == 2
    assert profile.outbound_minutes_per_month == pytest.approx(61 * 20 / 2)
    assert [item.slot.days for item in profile.by_month] == [30, 0, 31]
    assert all(slot.minutes_per_day == pytest.approx(20) for slot in profile.by_weekday)
    # Equal weeks on both sides of the gap: no trend, and certain of it.
    assert profile.trend.per_month == pytest.approx(0, abs=1e-9)
    assert profile.extremes(busiest=False)["month"] == "2026-06"
    assert [problem.code for problem in profile_findings(profile)] == ["traffic_gap"]


def test_a_quiet_account_has_no_missing_bill():
    profile = measure_traffic(calls_of([(day * 86400, 300) for day in (0, 30, 60, 90)]))
    assert profile.gaps == ()
    assert profile.months == 3
    assert profile_findings(profile) == ()


def test_peak_and_low():
    rows = [(day * 86400 + hour * 3600, 60 * (hour - 7)) for day in range(61) for hour in (8, 9, 10)]
    rows += [(40 * 86400 + 36000, 7200)]
    profile = measure_traffic(calls_of(rows))
    assert [item.month for item in profile.by_month] == [date(2026, 6, 1), date(2026, 7, 1)]
    assert profile.months == 2
    assert profile.extremes(busiest=True) == {"hour": 10, "weekday": 6, "month": "2026-07"}
    assert profile.extremes(busiest=False)["hour"] == 8
    assert profile.extremes(busiest=False)["month"] == "2026-06"


def test_minutes_alone():
    sized = size_from_minutes(21_000, working_days=21, busy_hour_share=0.17)
    assert sized.busy_hour_erlangs == pytest.approx(1000 * 0.17 / 60)
    assert sized.sizing.channels == 8
    assert sized.sizing.decided_by is DecidedBy.ERLANG_B
    with pytest.raises(ProblemError):
        size_from_minutes(-1)
    with pytest.raises(ProblemError):
        size_from_minutes(1, working_days=0)
    with pytest.raises(ProblemError):
        size_from_minutes(1, busy_hour_share=1.2)


def test_a_straight_rise_is_found_and_certain():
    trend = fit_trend(np.array([100.0, 110, 120, 130, 140]))
    assert trend.per_month == pytest.approx(10 / 120 * 365.25 / 12 / 7)
    assert trend.is_certain
    assert trend.low == pytest.approx(trend.high)


def test_weeks_of_the_trend_end_with_the_last_day():
    # Two days of a partial week, then four whole weeks of equal minutes.
    day = np.arange(30)
    minutes = np.where(day < 2, 500.0, 10.0)
    trend = measure_trend(day, minutes, np.zeros(30, dtype=bool))
    assert (trend.weeks, trend.per_month) == (4, 0)


def test_noise_is_no_trend():
    trend = fit_trend(np.array([100.0, 140, 90, 130, 95, 120]))
    assert not trend.is_certain
    assert trend.low < trend.per_month < trend.high
    assert fit_trend(np.array([1.0, 2, 3])) is None
    assert fit_trend(np.zeros(8)) is None


def test_confidence_interval_against_a_worked_example():
    # y = 1, 3, 2, 5, 4 over five weeks: slope 0.8, residual sum 3.6, standard error sqrt(1.2 / 10), t(3) = 3.182.
    trend = fit_trend(np.array([1.0, 3, 2, 5, 4]))
    scale = 365.25 / 12 / 7 / 3
    assert trend.per_month == pytest.approx(0.8 * scale)
    assert (trend.high - trend.low) / 2 == pytest.approx(3.182 * 0.34641 * scale, rel=2e-3)


@pytest.mark.parametrize(("degrees", "published"), [(1, 12.706), (2, 4.303), (3, 3.182), (5, 2.571), (10, 2.228), (50, 2.009)])
def test_students_t_against_the_printed_table(degrees, published):
    assert student_t_975(degrees) == pytest.approx(published, rel=2e-3)


def test_what_cannot_be_is_refused():
    for calls, more, code in (
        (calls_of([(0, 60)], timezone="Mars/Olympus"), {}, "traffic_zone"),
        (calls_of([(0, 60)]), {"blocking": 1}, "erlang_blocking"),
        (calls_of([(0, 60)]), {"growth": -2}, "traffic_growth"),
        (calls_of([(0, 60), (86400 * 365 * 40, 60)]), {}, "traffic_span"),
    ):
        with pytest.raises(ProblemError) as refused:
            measure_traffic(calls, **more)
        assert refused.value.problems[0].code == code


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 500), st.integers(1, 200)), min_size=1, max_size=12))
def test_the_busiest_sixty_minutes_are_found_wherever_they_begin(minutes):
    occupancy = measure_occupancy(calls_of([(60 * start, 60 * lasts) for start, lasts in minutes]))
    slowly = [sum(max(0, min(at + 60, s + d) - max(at, s)) for s, d in minutes) / 60 for at in range(-60, 701)]
    found = busiest_sixty_minutes(occupancy, zone_of("UTC"))
    assert found.erlangs == pytest.approx(max(slowly))
    assert found.start == EPOCH + timedelta(minutes=slowly.index(max(slowly)) - 60)
    assert found.erlangs >= measure_traffic(calls_of([(60 * s, 60 * d) for s, d in minutes])).busy_hour.erlangs - 1e-9


def test_no_calls_have_no_busiest_sixty_minutes():
    assert measure_traffic(empty_calls()).busiest_sixty_minutes is None


def test_an_hour_that_lasts_longer_because_clocks_go_back_is_no_busier():
    # One call all night; on Lord Howe Island clocks went back by half an hour at 15:00 UTC.
    night = calls_of([(0, 12 * 3600)], timezone="Australia/Lord_Howe")
    shift = pd.Timestamp("2026-04-04 09:00", tz="UTC") - pd.Timestamp(EPOCH)
    night = night.with_frame(night.frame.assign(start=(night.frame["start"] + shift).astype("datetime64[us, UTC]")))
    profile = measure_traffic(night)
    assert profile.hours.erlangs.max() == profile.busiest_sixty_minutes.erlangs == 1
