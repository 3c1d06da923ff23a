"""Tells how the price of one call came about, as findings that `wording` turns into sentences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from roi_tool.money import Rounding, from_nano, round_ratio
from roi_tool.problems import Problem, Severity
from roi_tool.rating.compiled import CompiledTariff
from roi_tool.rating.question import CallPrice, price_call
from roi_tool.rating.single import ExactPrice, Part
from roi_tool.tariff import Slot


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
    covered_ms: int = 0,
) -> tuple[Problem, ...]:
    """Explain a call: number, prefix and rate, dates, each part with its steps, fees, limits, allowance, rounding.

    The arguments are those of `price_call`.
    """
    answer = price_call(
        compiled,
        called=called,
        start=start,
        duration_ms=duration_ms,
        direction=direction,
        called_class=called_class,
        caller=caller,
        timezone=timezone,
        covered_ms=covered_ms,
    )
    zone = compiled.zone(timezone)
    local = start.astimezone(ZoneInfo(zone))
    when = f"{local:%Y-%m-%d %H:%M:%S}"
    facts = [_fact("call", called=called or "–", start=when, zone=zone, duration=clock(duration_ms))]
    if answer.reason:
        return (*facts, _fact(f"unrated_{answer.reason}", prefix=answer.prefix))
    if answer.entry is None or answer.price is None:
        return (*facts, _fact("unpriced_direction", direction=direction))
    facts += _row(answer)
    facts += _amounts(compiled, answer.price)
    return tuple(facts)


def _fact(code: str, **detail: str) -> Problem:
    return Problem(f"rating_explain_{code}", severity=Severity.INFO, detail=detail)


def _row(answer: CallPrice) -> Iterator[Problem]:
    entry = answer.entry
    assert entry is not None
    name = f" ({entry.destination})" if entry.destination else ""
    yield _fact("prefix", prefix=entry.prefix or "*", destination=name, rate=entry.rate)
    if entry.valid_from or entry.valid_till:
        first = entry.valid_from.isoformat() if entry.valid_from else "–"
        last = entry.valid_till.isoformat() if entry.valid_till else "–"
        yield _fact("dates", first=first, last=last)
    if answer.jurisdiction:
        yield _fact("jurisdiction", jurisdiction=answer.jurisdiction)
    if entry.band:
        yield _fact("band", band=entry.band)


def _amounts(compiled: CompiledTariff, price: ExactPrice) -> Iterator[Problem]:
    if price.attempt_nano:
        yield _fact("attempt_fee", amount=plain(price.attempt_nano))
    if price.connect_nano:
        yield _fact("connect_fee", amount=plain(price.connect_nano))
    for part in price.parts:
        rate = compiled.tariff.rates[part.rate]
        yield _part(rate.id, rate.slots[part.slot], part)
        if part.free_ms:
            yield _fact("allowance", time=clock(part.free_ms))
    if not price.parts:
        yield _fact("nothing_billed")
    if price.capped:
        yield _fact("capped")
    if price.floored:
        yield _fact("floored")
    exact = Fraction(price.numerator, price.denominator)
    yield _fact(
        "rounding",
        exact=_nine(exact),
        method=price.rounding.value.replace("_", " "),
        decimals=str(price.decimals),
        charge=plain(price.charge_nano),
        currency=compiled.tariff.currency,
    )


def _part(rate: str, slot: Slot, part: Part) -> Problem:
    return _fact(
        "part",
        first=clock(part.from_ms),
        last=clock(part.till_ms),
        rate=rate,
        price=format(slot.price, "f"),
        unit=_seconds(slot.unit_ms),
        increment=_seconds(part.increment_ms),
        count=str(part.increments),
        billed=clock(part.billed_ms),
        amount=_nine(Fraction(part.amount_numerator, part.amount_denominator)),
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
