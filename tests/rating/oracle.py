"""The slow, obvious way to price one call: step by step through its time, in exact fractions. No code of the engine's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal, localcontext
from fractions import Fraction
from zoneinfo import ZoneInfo

from roi_tool.tariff import DeckEntry, Rate, Slot, Tariff, TimeBand

NEVER = datetime.min  # noqa: DTZ901 - a wall clock's
ROUNDINGS = {"up": ROUND_UP, "half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "down": ROUND_DOWN}


@dataclass(frozen=True)
class Answer:
    reason: str
    billed_ms: int = 0
    charge: Decimal = Decimal(0)


def price(tariff: Tariff, called: str, start: datetime, duration_ms: int, zone: str, covered_ms: int = 0) -> Answer:
    zone = tariff.timezone or zone
    if not called:
        return Answer("no_number")
    candidates = rows_of(tariff, called, start)
    if not candidates:
        return Answer("no_rate")
    rates = {rate.id: rate for rate in tariff.rates}
    row = row_at(tariff, candidates, start, zone)
    if row is None:
        return Answer("no_band")
    first = rates[row.rate]
    fees_free = covered_ms > 0
    if duration_ms == 0 or duration_ms < first.grace_ms:
        return Answer("", 0, rounded(Fraction(first.attempt_fee), first, tariff, []))
    lasting = max(duration_ms, first.minimum_ms)
    stretches = [(0, first)]
    if tariff.split != "at_start" and any(row.band for row in candidates):
        for at in range(-(start.second * 1000 + start.microsecond // 1000) + 60_000, lasting, 60_000):
            row = row_at(tariff, candidates, start + timedelta(milliseconds=at), zone)
            if row is None:
                return Answer("no_band")
            if rates[row.rate] is not stretches[-1][1]:
                stretches.append((at, rates[row.rate]))
    total = Fraction(first.attempt_fee) + (0 if fees_free else Fraction(first.connect_fee))
    billed, position, used = 0, 0, [first]
    for begin, end, rate, slot in pieces(stretches, lasting):
        used.append(rate)
        at = begin if tariff.split == "per_part" else max(begin, position)
        while at < end:
            step = step_price(slot, tariff)
            paid = min(covered_ms, slot.increment_ms)
            covered_ms -= paid
            total += step * (slot.increment_ms - paid) / slot.increment_ms
            at += slot.increment_ms
            billed += slot.increment_ms
            position = at
        if rate.max_charge is not None:
            total = min(total, Fraction(rate.max_charge))
    if first.min_charge is not None and not fees_free:
        total = max(total, Fraction(first.min_charge))
    return Answer("", billed, rounded(total, first, tariff, used))


def rows_of(tariff: Tariff, called: str, start: datetime) -> list[DeckEntry]:
    fitting = [
        row
        for row in tariff.deck
        if (called == row.prefix if row.exact else called.startswith(row.prefix))
        and (row.valid_from is None or row.valid_from <= start)
        and (row.valid_till is None or start < row.valid_till)
    ]
    if any(row.exact for row in fitting):
        return [row for row in fitting if row.exact]
    longest = max((len(row.prefix) for row in fitting), default=0)
    return [row for row in fitting if len(row.prefix) == longest]


def row_at(tariff: Tariff, candidates: list[DeckEntry], instant: datetime, zone: str) -> DeckEntry | None:
    bands = {band.id: band for band in tariff.bands}
    best: tuple[tuple[float, bool, datetime], DeckEntry] | None = None
    wall = instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    for row in candidates:
        begun = window_start(tariff, bands[row.band], instant, wall) if row.band else NEVER
        if begun is not None and (best is None or (row.weight, bool(row.band), begun) > best[0]):
            best = ((row.weight, bool(row.band), begun), row)
    return best[1] if best else None


def window_start(tariff: Tariff, band: TimeBand, instant: datetime, wall: datetime) -> datetime | None:
    if (band.valid_from and instant < band.valid_from) or (band.valid_till and instant >= band.valid_till):
        return None
    found = None
    for day in (wall.date() - timedelta(days=1), wall.date()):
        holiday = day in tariff.calendar.added
        if (
            (band.weekdays and day.isoweekday() not in band.weekdays)
            or (band.months and day.month not in band.months)
            or (band.month_days and day.day not in band.month_days)
            or (band.holidays == "only" and not holiday)
            or (band.holidays == "except" and holiday)
        ):
            continue
        for window in band.windows:
            begin = datetime.combine(day, datetime.min.time()) + timedelta(seconds=window.start_s)
            length = window.end_s - window.start_s if window.end_s > window.start_s else window.end_s + 86_400 - window.start_s
            if begin <= wall < begin + timedelta(seconds=length):
                found = begin if found is None else max(found, begin)
    return found


def pieces(stretches: list[tuple[int, Rate]], lasting: int) -> list[tuple[int, int, Rate, Slot]]:
    found = []
    for number, (begin, rate) in enumerate(stretches):
        end = stretches[number + 1][0] if number + 1 < len(stretches) else lasting
        for place, slot in enumerate(rate.slots):
            till = rate.slots[place + 1].from_ms if place + 1 < len(rate.slots) else lasting
            low, high = max(begin, slot.from_ms), min(end, till, lasting)
            if low < high:
                found.append((low, high, rate, slot))
    return found


def step_price(slot: Slot, tariff: Tariff) -> Fraction:
    exact = Fraction(slot.price) * slot.increment_ms / slot.unit_ms
    if tariff.rounding.increment_decimals is None:
        return exact
    return Fraction(to_decimals(exact, tariff.rounding.increment_decimals, "half_up"))


def rounded(total: Fraction, first: Rate, tariff: Tariff, used: list[Rate]) -> Decimal:
    decimals, method = terms(first, tariff)
    for rate in used:
        if terms(rate, tariff)[0] > decimals:
            decimals, method = terms(rate, tariff)
    return to_decimals(total, decimals, method)


def terms(rate: Rate, tariff: Tariff) -> tuple[int, str]:
    decimals = rate.call_decimals if rate.call_decimals is not None else tariff.rounding.call_decimals
    return (9 if decimals is None else decimals), rate.call_rounding or tariff.rounding.call_rounding


def to_decimals(value: Fraction, decimals: int, method: str) -> Decimal:
    """Round a fraction by rounding its digits: 40 decimals are cut off first, with a last digit that keeps it off a tie."""
    with localcontext() as context:
        context.prec = 100
        scaled, rest = divmod(value.numerator * 10**40, value.denominator)
        digits = Decimal(scaled) + (Decimal("0.5") if rest else 0)
        return digits.scaleb(-40).quantize(Decimal(1).scaleb(-decimals), rounding=ROUNDINGS[method])
