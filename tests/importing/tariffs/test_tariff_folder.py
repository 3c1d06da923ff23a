"""The tariff folder: what is written is read back the same; what is wrong is named with its row."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from roi_tool.importing.tariffs import read_tariff, write_tariff
from roi_tool.problems import ProblemError
from roi_tool.tariff import (
    Allowance,
    Carrier,
    ChannelCommitment,
    DeckEntry,
    FairUse,
    HolidayCalendar,
    Holidays,
    MinimumSpend,
    Rate,
    Reach,
    RoundingRule,
    Slot,
    Split,
    Surcharge,
    Tariff,
    Tax,
    Tier,
    TierTable,
    TimeBand,
    Window,
)

WHEN = datetime(2026, 5, 1, tzinfo=UTC)


def everything() -> Tariff:
    slots = (Slot(price=Decimal("0.1"), increment_ms=60_000), Slot(price=Decimal("0.02"), from_ms=60_000, unit_ms=1500))
    return Tariff(
        id="all",
        version="7",
        name='with “quotes" and \\',
        currency="GBP",
        timezone="Europe/London",
        tax_included=True,
        split=Split.PER_PART,
        rounding=RoundingRule(increment_decimals=5, call_decimals=3),
        calendar=HolidayCalendar(country="GB", subdivision="ENG", added=frozenset({date(2026, 12, 24)})),
        bands=(
            TimeBand(
                id="day", weekdays=frozenset({1, 2}), windows=(Window(start_s=28_800, end_s=64_800),), holidays=Holidays.EXCEPT
            ),
            TimeBand(id="late", months=frozenset({12}), valid_from=WHEN),
        ),
        rates=(Rate(id="a", slots=slots, connect_fee=Decimal("0.05"), minimum_ms=1500, max_charge=Decimal(2)),),
        deck=(
            DeckEntry("", "a", weight=2.5),
            DeckEntry("44", "a", destination="UK, all", group="uk", band="day", valid_from=WHEN),
            DeckEntry("999", "a", exact=True, direction="inbound", called_class="emergency", jurisdiction="interstate"),
        ),
        allowances=(Allowance(id="m", amount=Decimal("12.5"), reach=Reach(groups=frozenset({"uk"})), rollover_months=1),),
        tier_tables=(TierTable(id="t", tiers=(Tier(unit_price=Decimal("0.01")), Tier(start=Decimal(100), flat=Decimal(3)))),),
        fair_use=(FairUse(id="f", minutes=Decimal(100), price=Decimal("0.05")),),
        minimum_spend=MinimumSpend(amount=Decimal(50)),
        channels=ChannelCommitment(committed=10, burst_price=Decimal(9)),
        surcharges=(Surcharge(id="s", per_call=Decimal("0.01"), valid_till=WHEN, estimate=True),),
        taxes=(Tax(id="VAT", percent=Decimal(20)),),
        carriers=(Carrier(id="c1", tariff=Tariff(id="cost", currency="GBP"), quality=Decimal("0.9")),),
        quality_floor=Decimal("0.5"),
    )


def test_a_tariff_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    tariff = everything()
    write_tariff(tariff, tmp_path / "t")
    assert read_tariff(tmp_path / "t") == tariff
    assert read_tariff(tmp_path / "t" / "tariff.toml").fingerprint == tariff.fingerprint


@pytest.mark.parametrize(
    ("deck", "rows"),
    [
        ("prefix,price_per_minute\n4.47E+11,0.1\n44,0.1\n", [2]),
        ("prefix,price_per_minute\n44,-0.1\n45,x\n46,0.0000000001\n", [2, 3, 4]),
        ("prefix,price_per_minute,valid_from\n44,0.1,31/12/2026\n", [2]),
        ("prefix,price_per_minute,increments\n44,0.1,0/6\n", [2]),
        ("prefix,price_per_minute\n44,\n", [2]),
    ],
)
def test_bad_deck_rows_are_named(tmp_path: Path, deck: str, rows: list[int]) -> None:
    (tmp_path / "tariff.toml").write_text('id = "x"\ncurrency = "GBP"\ndecks = ["deck.csv"]\n', encoding="utf-8")
    (tmp_path / "deck.csv").write_text(deck, encoding="utf-8")
    with pytest.raises(ProblemError) as raised:
        read_tariff(tmp_path)
    assert [problem.where.row for problem in raised.value.problems] == rows
    assert {problem.code for problem in raised.value.problems} == {"tariff_deck_row"}


@pytest.mark.parametrize(
    "text",
    [
        "id = ",
        'id = "x"\ncurrency = "pounds"\n',
        'id = "x"\ncurrency = "GBP"\nunknown = 1\n',
        'id = "x"\ncurrency = "GBP"\n[[deck]]\nprefix = "44"\nrate = "none"\n',
        'id = "x"\ncurrency = "GBP"\n[[bands]]\nid = "b"\nfrom = "25:00"\n',
        'id = "x"\ncurrency = "GBP"\n[[bands]]\nid = "b"\nweekdays = "someday"\n',
        'id = "x"\ncurrency = "GBP"\nrates = 3\n',
        'id = "x"\ncurrency = "GBP"\ndecks = ["absent.csv"]\n',
    ],
)
def test_a_bad_file_is_a_problem_never_a_traceback(tmp_path: Path, text: str) -> None:
    (tmp_path / "tariff.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ProblemError):
        read_tariff(tmp_path)


def test_a_folder_of_several_tariffs_says_which(tmp_path):
    for name in ("sip", "pri"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "tariff.toml").write_text('id = "t"\ncurrency = "GBP"\n')
    with pytest.raises(ProblemError) as raised:
        read_tariff(tmp_path)
    assert raised.value.problems[0].code == "tariff_several"
    assert raised.value.problems[0].detail["names"] == "pri, sip"


@pytest.mark.parametrize("price", ["abc", "NaN", "Infinity", ""])
def test_a_price_that_is_no_number_is_said(price: str, tmp_path: Path) -> None:
    head = 'id = "x"\nversion = "1"\nname = "X"\ncurrency = "GBP"\ntimezone = "Europe/London"\n'
    (tmp_path / "tariff.toml").write_text(f'{head}[[rates]]\nid = "day"\nprice_per_minute = "{price}"\n')
    with pytest.raises(ProblemError) as caught:
        read_tariff(tmp_path)
    (problem,) = caught.value.problems
    assert problem.code == "tariff_invalid"
    assert f"“{price}”" in problem.detail["reason"]
