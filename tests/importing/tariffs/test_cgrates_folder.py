"""Plans read and written without an engine: shapes, refusals, and what comes back."""

import csv
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from roi_tool.cdr.schema import make_calls
from roi_tool.importing.tariffs.cgrates_folder import read_cgrates
from roi_tool.importing.tariffs.cgrates_writing import write_cgrates
from roi_tool.money import Rounding
from roi_tool.problems import ProblemError, Severity
from roi_tool.rating import rate_calls
from roi_tool.tariff import (
    Allowance,
    DeckEntry,
    HolidayCalendar,
    Holidays,
    MinimumSpend,
    Rate,
    RoundingRule,
    Slot,
    Split,
    Surcharge,
    Tariff,
    Tax,
    TimeBand,
    Window,
)

FLAT = Rate.per_minute("flat", "0.06", "60/6", connect_fee=Decimal("0.05"))
CHEAP = Rate.per_minute("cheap", "0.03", "60/6")
PLAIN = Tariff(id="plain", currency="EUR", rates=(FLAT, CHEAP), deck=(DeckEntry("44", "flat"), DeckEntry("49", "cheap")))
DAY = TimeBand(id="day", weekdays=frozenset({1, 2, 3, 4, 5}), windows=(Window(start_s=8 * 3600, end_s=18 * 3600),))
BANDED = PLAIN.model_copy(
    update={
        "timezone": "UTC",
        "bands": (DAY,),
        "deck": (DeckEntry("44", "cheap"), DeckEntry("44", "flat", band="day", weight=1)),
    }
)


def table(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8") as file:
        return [row for row in csv.reader(file) if not row[0].startswith("#")]


def charge(tariff, number, when="2026-06-01T10:00:00+00:00", seconds=60):
    calls = make_calls(
        {"start": [datetime.fromisoformat(when)], "duration_ms": [seconds * 1000], "called": [number]}, timezone="UTC"
    )
    rated = rate_calls(calls, tariff)
    return None if rated.unrated else Decimal(rated.charge_nano).scaleb(-9)


def test_rates_destinations_and_profile(tmp_path):
    assert write_cgrates(tmp_path, PLAIN, tenant="t", category="c", subject="s") == []
    assert table(tmp_path, "Rates")[:2] == [
        ["RT_1", "0.05", "0.06", "60s", "60s", "0s"],
        ["RT_1", "0", "0.06", "60s", "6s", "60s"],
    ]
    assert table(tmp_path, "Destinations") == [["DST_1", "44"], ["DST_2", "49"]]
    assert table(tmp_path, "RatingProfiles") == [["t", "c", "s", "1990-01-01T00:00:00Z", "RP_1", ""]]
    assert table(tmp_path, "Timings") == []


def test_a_band_becomes_stretches_of_days_that_leave_no_gap(tmp_path):
    write_cgrates(tmp_path, BANDED)
    timings = {row[0]: row[1:] for row in table(tmp_path, "Timings")}
    lines = {(timings[tag][3], timings[tag][4]): line for _, line, tag, _ in table(tmp_path, "RatingPlans")}
    assert lines == {
        ("1;2;3;4;5", "00:00:00"): "DR_DST_1_RT_2",
        ("1;2;3;4;5", "08:00:00"): "DR_DST_1_RT_1",
        ("1;2;3;4;5", "18:00:00"): "DR_DST_1_RT_2",
        ("6;7", "00:00:00"): "DR_DST_1_RT_2",
    }


@pytest.mark.parametrize("when", ["2026-06-01T07:59:59", "2026-06-01T08:00:00", "2026-06-01T18:00:00", "2026-06-07T10:00:00"])
def test_what_was_written_prices_the_same_when_it_is_read(tmp_path, when):
    write_cgrates(tmp_path, BANDED, subject="s")
    (again,) = read_cgrates(tmp_path, currency="EUR").values()
    for seconds in (1, 61, 36_000):
        assert charge(again, "441", when + "+00:00", seconds) == charge(BANDED, "441", when + "+00:00", seconds)


def test_dates_become_activations(tmp_path):
    july = datetime(2026, 7, 1, tzinfo=UTC)
    deck = (DeckEntry("44", "flat", valid_till=july), DeckEntry("44", "cheap", valid_from=july), DeckEntry("49", "cheap"))
    dated = PLAIN.model_copy(update={"deck": deck})
    problems = write_cgrates(tmp_path, dated)
    assert [problem.code for problem in problems] == ["cgrates_dates"]
    assert [row[3] for row in table(tmp_path, "RatingProfiles")] == ["1990-01-01T00:00:00Z", "2026-07-01T00:00:00Z"]
    (again,) = read_cgrates(tmp_path).values()
    for when in ("2026-06-30T23:59:59+00:00", "2026-07-01T00:00:00+00:00"):
        assert charge(again, "441", when, 1) == charge(dated, "441", when, 1)


UNSAYABLE = {
    "allowances": {"allowances": (Allowance(id="a", amount=Decimal(100)),)},
    "minimum_spend": {"minimum_spend": MinimumSpend(amount=Decimal(10))},
    "surcharges": {"surcharges": (Surcharge(id="x", per_call=Decimal("0.1")),)},
    "split = per_part": {"split": Split.PER_PART},
    "increment_decimals": {"rounding": RoundingRule(increment_decimals=4)},
    "half_even": {"rounding": RoundingRule(call_decimals=4, call_rounding=Rounding.HALF_EVEN)},
    "down": {"rounding": RoundingRule(call_decimals=4, call_rounding=Rounding.DOWN)},
    "call_decimals = 0": {"rounding": RoundingRule(call_decimals=0)},
    "attempt_fee": {"rates": (FLAT.model_copy(update={"attempt_fee": Decimal("0.01")}), CHEAP)},
    "minimum_s": {"rates": (FLAT.model_copy(update={"minimum_ms": 30_000}), CHEAP)},
    "grace_s": {"rates": (FLAT.model_copy(update={"grace_ms": 3000}), CHEAP)},
    "min_charge": {"rates": (FLAT.model_copy(update={"min_charge": Decimal(1)}), CHEAP)},
    "max_charge with slots or bands": {"rates": (FLAT.model_copy(update={"max_charge": Decimal(1)}), CHEAP)},
    "class mobile": {"deck": (DeckEntry("44", "flat", called_class="mobile"),)},
    "jurisdiction interstate": {"deck": (DeckEntry("1", "flat", jurisdiction="interstate"),)},
}


@pytest.mark.parametrize("what", UNSAYABLE)
def test_what_cgrates_cannot_express_is_refused_with_the_reason(tmp_path, what):
    with pytest.raises(ProblemError) as caught:
        write_cgrates(tmp_path / "plan", PLAIN.model_copy(update=UNSAYABLE[what]))
    assert what in {problem.detail["what"] for problem in caught.value.problems}
    assert not (tmp_path / "plan").exists()


def test_whole_numbers_directions_and_holidays_come_back_the_same(tmp_path):
    calendar = HolidayCalendar(added=frozenset({date(2026, 5, 25), date(2026, 12, 25)}))
    night = TimeBand(id="night", windows=(Window(start_s=18 * 3600, end_s=8 * 3600),), holidays=Holidays.EXCEPT)
    holiday = TimeBand(id="holiday", holidays=Holidays.ONLY)
    deck = (
        DeckEntry("1", "flat"),
        DeckEntry("1571", "cheap", exact=True),
        DeckEntry("15712", "cheap"),
        DeckEntry("44", "flat"),
        DeckEntry("44", "cheap", band="night", weight=1),
        DeckEntry("44", "free", band="holiday", weight=2),
        DeckEntry("44800", "cheap", direction="inbound"),
    )
    rates = (FLAT, CHEAP, Rate.per_minute("free", "0"))
    tariff = Tariff(id="t", currency="EUR", timezone="UTC", calendar=calendar, bands=(night, holiday), rates=rates, deck=deck)
    problems = write_cgrates(tmp_path, tariff, years=range(2025, 2028))
    assert {problem.code for problem in problems} == {"cgrates_holidays", "cgrates_direction", "cgrates_border_unseen"}
    (again,) = read_cgrates(tmp_path, currency="EUR").values()
    moments = [
        "2026-05-24T23:30",
        "2026-05-25T10:00",
        "2026-05-25T23:50",
        "2026-05-26T03:00",
        "2026-06-01T12:00",
        "2026-06-01T20:00",
    ]
    numbers = ["1571", "15711", "15712", "1572", "44123"]
    starts = [datetime.fromisoformat(moment).replace(tzinfo=UTC) for moment in moments for _ in numbers]
    columns = {"start": starts, "duration_ms": [1_500_000] * len(starts), "called": numbers * len(moments)}
    for direction in ("outbound", "inbound"):
        calls = make_calls({**columns, "direction": direction}, timezone="UTC")
        ours, theirs = (rate_calls(calls, one).frame["charge_nano"].tolist() for one in (tariff, again))
        assert ours == theirs
    inbound = make_calls({"start": starts[:1], "duration_ms": [60_000], "called": ["448001"], "direction": ["inbound"]})
    assert rate_calls(inbound, again).charge_nano == 30_000_000


def test_hours_without_a_price_are_refused(tmp_path):
    with pytest.raises(ProblemError) as caught:
        write_cgrates(tmp_path, BANDED.model_copy(update={"deck": (DeckEntry("44", "flat", band="day"),)}))
    assert caught.value.problems[0].code == "cgrates_gap"


def test_what_is_billed_a_little_differently_is_said(tmp_path):
    odd = Rate(id="odd", slots=(Slot(price=Decimal("0.1")),))
    tax = Tax(id="vat", percent=Decimal(20))
    tariff = Tariff(id="t", currency="EUR", rates=(odd,), taxes=(tax,), deck=(DeckEntry("44", "odd"),))
    problems = write_cgrates(tmp_path, tariff)
    assert {problem.code: problem.severity for problem in problems} == {
        "cgrates_rounds_increments": Severity.WARNING,
        "cgrates_left_out": Severity.INFO,
    }
    alike = tariff.model_copy(
        update={"taxes": (), "rounding": RoundingRule(increment_decimals=5, increment_rounding="cgrates", call_decimals=2)}
    )
    assert write_cgrates(tmp_path, alike) == []
    halves = RoundingRule(increment_decimals=5, call_decimals=2)
    codes = [problem.code for problem in write_cgrates(tmp_path, alike.model_copy(update={"rounding": halves}))]
    assert codes == ["cgrates_rounds_increments", "cgrates_halves"]
    sixty = Rate.per_minute("sixty", "0.6", "60/1")
    hours = (DeckEntry("44", "sixty"), DeckEntry("44", "sixty", band="day", weight=1))
    banded = BANDED.model_copy(update={"rates": (sixty,), "deck": hours, "rounding": RoundingRule()})
    assert "cgrates_border_unseen" in [problem.code for problem in write_cgrates(tmp_path, banded)]


def test_a_folder_that_is_no_plan(tmp_path):
    with pytest.raises(ProblemError) as caught:
        read_cgrates(tmp_path / "nowhere")
    assert caught.value.problems[0].code == "cgrates_no_folder"
    with pytest.raises(ProblemError) as caught:
        read_cgrates(tmp_path)
    assert {problem.detail["file"] for problem in caught.value.problems} == {
        "Rates.csv",
        "DestinationRates.csv",
        "RatingPlans.csv",
        "RatingProfiles.csv",
    }
    write_cgrates(tmp_path, PLAIN)
    with (tmp_path / "RatingPlans.csv").open("a", encoding="utf-8") as file:
        file.write("broken\n")
    with pytest.raises(ProblemError) as caught:
        read_cgrates(tmp_path)
    assert [(problem.code, problem.where.row) for problem in caught.value.problems] == [("cgrates_row_short", 4)]


def test_a_profile_that_is_not_there(tmp_path):
    write_cgrates(tmp_path, PLAIN, subject="s")
    with pytest.raises(ProblemError) as caught:
        read_cgrates(tmp_path, subject="other")
    assert caught.value.problems[0].detail["known"] == "cgrates.org-call-s"


def test_the_published_tutorial(shared_data):
    tariffs = {profile.subject: tariff for profile, tariff in read_cgrates(shared_data / "decks" / "cgrates_tutorial").items()}
    # 0.4 to connect, 0.2 the first minute, then 0.1 a minute by the second, each second rounded to 5 decimals.
    assert charge(tariffs["1001"], "1002", seconds=90) == Decimal("0.6501")
    assert charge(tariffs["1001"], "1003", seconds=20) == Decimal("0.2")
    assert charge(tariffs["1001"], "49") is None
