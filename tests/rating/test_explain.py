"""What is said about the price of one call: the row that priced it, and every rule that changed it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from roi_tool.cdr.schema import make_calls
from roi_tool.rating import CallColumns, compile_tariff, explain, follow_call, price_call, rate_calls
from roi_tool.tariff import (
    Allowance,
    Carrier,
    DeckEntry,
    Rate,
    RoundingRule,
    Split,
    Surcharge,
    Tariff,
    Tax,
    Tier,
    TierTable,
    TimeBand,
    Window,
)
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


def test_a_price_is_told_step_by_step_without_made_up_names() -> None:
    named = Rate.per_minute("0.0345/min 60/1", "0.0345", "60/1", connect_fee="0.01")
    row = DeckEntry("4477", "0.0345/min 60/1", "UK mobile", valid_from=datetime(2026, 4, 30, 23, tzinfo=UTC))
    text = said(tariff(rates=(named,), deck=(row,), rounding=RoundingRule(call_decimals=4)))
    assert "0.0345/min" not in text
    assert "from 2026-05-01 on" in text
    assert "Being answered costs 0.01 GBP" in text
    assert "0.0345 GBP a minute, in steps of 60 s: 1 × 60 s" in text
    assert "rounded half up to 4 decimals: 0.0451 GBP" in text


def test_rules_after_the_price_are_told_in_their_order() -> None:
    plan = tariff(
        allowances=(Allowance(id="bundle", amount=1, shared="account"),),
        tier_tables=(TierTable(id="volume", tiers=(Tier(unit_price="0.01"),)),),
        surcharges=(Surcharge(id="access", per_call="0.002", estimate=True),),
        taxes=(Tax(id="VAT", percent=20),),
        carriers=(Carrier(id="cheap", tariff=tariff(rates=(Rate.per_minute("mobile", "0.5"),))),),
    )
    lines = said(plan, duration_ms=120_000).splitlines()
    text = "\n".join(lines)
    assert "An allowance pays 1:00 minutes" in text
    assert "allowance “bundle” pays 1:00" in text
    assert "volume prices “volume” it costs 0.01 GBP instead of 0.0345" in text
    assert "“access” adds 0.002 GBP; that is an estimate" in text
    assert "So the call costs 0.012 GBP." in text
    assert "Tax (VAT 20 %) adds 0.0024 GBP: 0.0144 GBP with tax." in text
    assert "“cheap” at 1 GBP: a loss of 0.988 GBP" in text


def test_a_story_of_the_month_decides_what_is_left_of_an_allowance() -> None:
    plan = compile_tariff(tariff(allowances=(Allowance(id="bundle", amount=1, shared="account"),)))
    calls = {"start": [START, START.replace(hour=10)], "called": ["447700900832"] * 2, "duration_ms": [45_000, 45_000]}
    story = follow_call(plan, CallColumns.of_table(make_calls(calls)), 1)
    facts = explain(plan, called="447700900832", start=calls["start"][1], duration_ms=45_000, story=story)
    assert story.covered_ms == 15_000
    assert story.charge_nano == 17_250_000
    assert "pays 0:15 minutes" in "\n".join(wording_for("en").sentences(facts))


def test_why_a_call_has_no_price_is_said() -> None:
    assert "No prefix" in said(tariff(), called="331")
    assert "no number" in said(tariff(), called="")
    assert "30 days" in said(tariff(), duration_ms=40 * 86_400_000)
    later = tariff(deck=(DeckEntry("4477", "mobile", "UK mobile", valid_from=datetime(2026, 6, 1, tzinfo=UTC)),))
    text = said(later)
    assert "4477 (UK mobile) fits, but not on that date" in text
    assert "from 2026-06-01 01:00:00 on" in text
    assert "own network" in said(tariff(), direction="internal")
    assert "not answered" in said(tariff(), duration_ms=0)


def test_the_jurisdiction_is_told_where_the_deck_or_a_tax_asks() -> None:
    rows = (DeckEntry("1", "mobile", jurisdiction="intrastate"), DeckEntry("1", "mobile"))
    text = said(tariff(deck=rows), called="12125550123", caller="16465550100")
    assert "within one state" in text
    taxed = tariff(deck=(DeckEntry("1", "mobile"),), taxes=(Tax(id="X", percent=5, jurisdiction="interstate"),))
    assert "between two states" in said(taxed, called="12125550123", caller="12135550100")
    assert "Tax (X 5 %)" in said(taxed, called="12125550123", caller="12135550100")


def test_every_finding_has_a_sentence() -> None:
    for plan in (tariff(), tariff(rates=(Rate.per_minute("mobile", "0", minimum_ms=90_000, max_charge="0"),))):
        for direction in ("outbound", "inbound", "internal"):
            assert "rating_explain" not in said(plan, direction=direction)
