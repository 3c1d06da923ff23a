"""Tells how the price of one call came about, as findings that `wording` turns into sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from roi_tool.money import Rounding, from_nano, round_ratio
from roi_tool.problems import Problem, Severity
from roi_tool.rating.call_story import CallStory, follow_call, lone_call
from roi_tool.rating.compiled import CompiledTariff
from roi_tool.rating.explain_rules import told_rules
from roi_tool.rating.lookup import jurisdiction_of
from roi_tool.rating.question import CallPrice, price_call
from roi_tool.rating.single import ExactPrice, Part
from roi_tool.tariff import DeckEntry, Slot, Tariff

_MADE_NAME = re.compile(r"[\d.]+/min ")
"""Names of rates that deck rows with prices made: the sentence of the part says the same better."""


def explain(
    compiled: CompiledTariff,
    *,
    called: str,
    start: datetime,
    duration_ms: int,
    direction: str = "outbound",
    called_class: str = "",
    caller: str = "",
    timezone: str = "UTC",
    story: CallStory | None = None,
) -> tuple[Problem, ...]:
    """Explain a call: number, row and rate, dates, band, each part with its steps, fees, limits, rounding, and every rule.

    Args:
        compiled, called, start, duration_ms, direction, called_class, caller, timezone: as for `price_call`.
        story: what became of the call among the others of its month (`follow_call`); without it the call is taken for the
            first of its month.
    """
    if story is None:
        alone = lone_call(called, caller, start, duration_ms, direction, called_class, timezone)
        story = follow_call(compiled, alone, 0)
    answer = price_call(
        compiled,
        called=called,
        start=start,
        duration_ms=duration_ms,
        direction=direction,
        called_class=called_class,
        caller=caller,
        timezone=timezone,
        covered_ms=story.covered_ms,
        covers_fees=story.fees_covered,
    )
    zone = ZoneInfo(compiled.zone(timezone))
    side = answer.jurisdiction or _side_asked(compiled.tariff, caller, called)
    facts = _opening(called, start, duration_ms, zone, side)
    if answer.reason:
        return (*facts, *_unrated(compiled.tariff, answer, called, direction, start, zone))
    if answer.entry is None or answer.price is None:
        return (*facts, _fact(f"unpriced_{direction}"))
    facts += _row(answer.entry, zone)
    facts += _amounts(compiled, answer.price, duration_ms)
    facts += told_rules(compiled.tariff, story, start, side)
    return tuple(facts)


def _opening(called: str, start: datetime, duration_ms: int, zone: ZoneInfo, side: str) -> list[Problem]:
    """The call itself."""
    when = f"{start.astimezone(zone):%Y-%m-%d %H:%M:%S}"
    facts = [_fact("call", called=called or "–", start=when, zone=zone.key, duration=clock(duration_ms))]
    if side:
        facts.append(_fact("jurisdiction", jurisdiction=f"rating.jurisdiction.{side}"))
    return facts


def _fact(code: str, **detail: str) -> Problem:
    return Problem(f"rating_explain_{code}", severity=Severity.INFO, detail=detail)


def _side_asked(tariff: Tariff, caller: str, called: str) -> str:
    """The jurisdiction, where a surcharge or a tax asks for it."""
    asks = any(rule.jurisdiction for rule in tariff.surcharges) or any(tax.jurisdiction for tax in tariff.taxes)
    return jurisdiction_of(caller, called) if asks else ""


def _unrated(
    tariff: Tariff, answer: CallPrice, called: str, direction: str, start: datetime, zone: ZoneInfo
) -> Iterator[Problem]:
    """The reason; where a row would fit on another date, that too."""
    yield _fact(f"unrated_{answer.reason}", prefix=answer.prefix)
    if answer.reason == "no_rate":
        digits = called.removeprefix("+")
        fitting = [
            row
            for row in tariff.deck
            if row.direction == direction and (digits == row.prefix if row.exact else digits.startswith(row.prefix))
        ]
        dated = [
            row
            for row in fitting
            if (row.valid_from and start < row.valid_from) or (row.valid_till and start >= row.valid_till)
        ]
        if dated:
            row = max(dated, key=lambda one: len(one.prefix))
            yield _fact("not_then", prefix=row.prefix or "*", destination=_destination(row))
            yield from _dates(row, zone)


def _destination(row: DeckEntry) -> str:
    return f" ({row.destination})" if row.destination else ""


def _row(row: DeckEntry, zone: ZoneInfo) -> Iterator[Problem]:
    code = "whole_number" if row.exact else "prefix" if row.prefix else "any_number"
    yield _fact(code, prefix=row.prefix, destination=_destination(row))
    if not _MADE_NAME.match(row.rate):
        yield _fact("rate", rate=row.rate)
    yield from _dates(row, zone)
    if row.band:
        yield _fact("band", band=row.band)


def _dates(row: DeckEntry, zone: ZoneInfo) -> Iterator[Problem]:
    if row.valid_from or row.valid_till:
        code = "dates" if row.valid_from and row.valid_till else "dates_from" if row.valid_from else "dates_till"
        yield _fact(code, first=_day(row.valid_from, zone), last=_day(row.valid_till, zone))


def _day(moment: datetime | None, zone: ZoneInfo) -> str:
    """A date, with the time of day where it is no midnight."""
    if moment is None:
        return ""
    local = moment.astimezone(zone)
    return f"{local:%Y-%m-%d}" if (local.hour, local.minute, local.second) == (0, 0, 0) else f"{local:%Y-%m-%d %H:%M:%S}"


def _amounts(compiled: CompiledTariff, price: ExactPrice, duration_ms: int) -> Iterator[Problem]:
    currency = compiled.tariff.currency
    if price.attempt_nano:
        yield _fact("attempt_fee", amount=plain(price.attempt_nano), currency=currency)
    if price.connect_nano:
        yield _fact("connect_fee", amount=plain(price.connect_nano), currency=currency)
    if price.parts and price.parts[-1].till_ms > duration_ms:
        yield _fact("minimum", time=clock(price.parts[-1].till_ms))
    for part in price.parts:
        yield _part(compiled.tariff.rates[part.rate].slots[part.slot], part, currency)
        if part.free_ms:
            yield _fact("allowance", time=clock(part.free_ms))
    if not price.parts:
        yield _fact("too_short" if duration_ms else "not_answered")
    if price.capped:
        yield _fact("capped")
    if price.floored:
        yield _fact("floored")
    exact = Fraction(price.numerator, price.denominator)
    if exact == price.charge_nano:
        yield _fact("sum", charge=plain(price.charge_nano), currency=currency)
        return
    yield _fact(
        "rounding",
        exact=_nine(exact),
        method=f"rating.rounding.{price.rounding.value}",
        decimals=str(price.decimals),
        charge=plain(price.charge_nano),
        currency=currency,
    )


def _part(slot: Slot, part: Part, currency: str) -> Problem:
    code = "part_free" if not slot.price else "part_minute" if slot.unit_ms == 60_000 else "part"
    return _fact(
        code,
        first=clock(part.from_ms),
        last=clock(part.till_ms),
        price=format(slot.price, "f"),
        unit=_seconds(slot.unit_ms),
        increment=_seconds(part.increment_ms),
        count=str(part.increments),
        billed=clock(part.billed_ms),
        amount=_nine(Fraction(part.amount_numerator, part.amount_denominator)),
        currency=currency,
    )


def clock(ms: int) -> str:
    """Return a duration as m:ss, with milliseconds where there are any.

    >>> clock(61_500), clock(3_600_000)
    ('1:01.500', '60:00')
    """
    minutes, rest = divmod(ms, 60_000)
    seconds, milli = divmod(rest, 1000)
    return f"{minutes}:{seconds:02d}" + (f".{milli:03d}" if milli else "")


def plain(amount_nano: int) -> str:
    """Return nano units as a decimal number without trailing zeros."""
    text = format(from_nano(amount_nano), "f").rstrip("0")
    return text.rstrip(".") or "0"


def _nine(amount: Fraction) -> str:
    rounded = round_ratio(amount.numerator, amount.denominator, Rounding.HALF_UP)
    return plain(rounded) + ("" if amount.denominator == 1 else "…")


def _seconds(ms: int) -> str:
    return f"{ms // 1000}" if ms % 1000 == 0 else f"{ms / 1000}"
