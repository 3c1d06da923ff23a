"""What is said about the price of one call: the row that priced it, and every rule that changed it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from roi_tool.cdr.schema import make_calls
from roi_tool.rating import compile_tariff, explain, price_call, rate_calls
from roi_tool.tariff import DeckEntry, Rate, Split, Tariff, TimeBand, Window
from roi_tool.wording import wording_for

START = datetime(2026, 5, 4, 9, tzinfo=UTC)
MOBILE = Rate.per_minute("mobile", "0.0345", "1/1")


def tariff(**rules: Any) -> Tariff:
    values: dict[str, Any] = {"rates": (MOBILE,), "deck": (DeckEntry("4477", "mobile", "UK mobile"),)}
    return Tariff(id="t", currency="GBP", timezone="Europe/London", **(values | rules))


def said(plan: Tariff, called: str = "447700900832", start: datetime = START, duration_ms: int = 61_000, **more: Any) -> str:
    facts = explain(compile_tariff(plan), called=called, start=start, duration_ms=duration_ms, **more)
    return "\n".join(wording_for("en").sentences(facts))


def test_the_row_named_is_the_one_of_the_number_where_several_share_a_price() -> None:
    mobiles = tuple(DeckEntry(f"447{digit}", "mobile", "UK mobile") for digit in range(1, 10))
    plan = tariff(deck=mobiles)
    answer = price_call(compile_tariff(plan), called="447700900832", start=START, duration_ms=60_000)
    assert answer.entry is not None
    assert answer.prefix == answer.entry.prefix == "4477"
    assert "4477 (UK mobile)" in said(plan)


def test_of_bands_at_one_price_the_one_that_holds_is_named() -> None:
    day, night = Window(start_s=28_800, end_s=64_800), Window(start_s=64_800, end_s=28_800)
    plan = tariff(
        bands=(TimeBand(id="day", windows=(day,)), TimeBand(id="night", windows=(night,))),
        deck=tuple(DeckEntry("4477", "mobile", "UK mobile", band=band) for band in ("day", "night")),
    )
    assert "“day”" in said(plan)
    assert "“night”" in said(plan, start=START.replace(hour=22))


def test_a_border_between_bands_at_one_rate_rounds_nothing() -> None:
    day, night = Window(start_s=28_800, end_s=64_800), Window(start_s=64_800, end_s=28_800)
    plan = tariff(
        split=Split.PER_PART,
        bands=(TimeBand(id="day", windows=(day,)), TimeBand(id="night", windows=(night,))),
        rates=(Rate.per_minute("mobile", "0.6", "60/60"),),
        deck=tuple(DeckEntry("4477", "mobile", "UK mobile", band=band) for band in ("day", "night")),
    )
    over = {"start": [datetime(2026, 5, 4, 16, 59, 50, tzinfo=UTC)], "called": ["447700900832"], "duration_ms": [30_000]}
    assert rate_calls(make_calls(over), plan).billed_ms == 60_000
    single = price_call(compile_tariff(plan), called="447700900832", start=over["start"][0], duration_ms=30_000)
    assert (single.billed_ms, single.charge_nano) == (60_000, 600_000_000)
