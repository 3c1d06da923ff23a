"""The price of one call in plain Python integers: for a single question, for `explain`, and where 64 bits would not do.

Held equal to the columns (`stateless`) and to the Decimal oracle of the tests.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from roi_tool.money import Rounding, round_ratio
from roi_tool.rating.cgrates_steps import BinaryCost, is_binary
from roi_tool.rating.rate_table import NO_LIMIT, ExactRate
from roi_tool.tariff import Split


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the call under one slot of one rate. Times are ms since the start of the call.

    `amount_nano` is exactly `amount_numerator / amount_denominator`; `free_ms` of the billed time was covered by an allowance.
    """

    from_ms: int
    till_ms: int
    rate: int
    slot: int
    increments: int
    increment_ms: int
    billed_ms: int
    free_ms: int
    amount_numerator: int
    amount_denominator: int


@dataclass(frozen=True, slots=True)
class ExactPrice:
    """The price of a call: `charge_nano` after the one rounding; `numerator / denominator` nano before it."""

    billed_ms: int
    charge_nano: int
    numerator: int
    denominator: int
    connect_nano: int
    attempt_nano: int
    decimals: int
    rounding: Rounding
    capped: bool
    floored: bool
    parts: tuple[Part, ...]


def price_exact(
    rates: Sequence[ExactRate],
    segments: Sequence[tuple[int, int]],
    duration_ms: int,
    split: Split,
    *,
    covered_ms: int = 0,
    covers_fees: bool = True,
    offset_ms: int = 0,
) -> ExactPrice:
    """Price a call.

    Args:
        rates: every rate of the tariff.
        segments: (ms since the start, rate number), the first at 0: which rate holds from when on.
        duration_ms: time talked.
        split: what happens at a border.
        covered_ms: billed time, from the start of the call, that allowances pay.
        covers_fees: whether such an allowance also pays the connect fee and lifts the minimum charge.
        offset_ms: price only what comes after this time of the call (a later part of a session): no fees.
    """
    first = rates[segments[0][1]]
    free_of_fees = (covered_ms > 0 and covers_fees) or offset_ms > 0
    attempt = 0 if offset_ms else first.attempt_nano
    if duration_ms <= 0 or duration_ms < first.grace_ms:
        return _rounded(0, attempt, 1, 0, attempt, first.decimals, first.rounding, False, False, ())
    lasting = max(duration_ms, first.minimum_ms)
    connect = 0 if free_of_fees else first.connect_nano
    kept = segments[:1] if split is Split.AT_START else segments
    parts = _parts(rates, kept, lasting, split, offset_ms, covered_ms)
    billed, numerator, denominator, capped = _sum(rates, parts, attempt + connect)
    floored = first.min_nano != NO_LIMIT and not free_of_fees and numerator < first.min_nano * denominator
    if floored:
        numerator, denominator = first.min_nano, 1
    decimals, rounding = _finest(rates, kept)
    price = _rounded(billed, numerator, denominator, connect, attempt, decimals, rounding, capped, floored, tuple(parts))
    if first.slots[0].binary and not floored and is_binary(decimals, rounding):
        return replace(price, charge_nano=_binary_cost(rates, parts, attempt + connect).rounded(decimals, rounding))
    return price


def _parts(
    rates: Sequence[ExactRate],
    segments: Sequence[tuple[int, int]],
    lasting: int,
    split: Split,
    offset_ms: int,
    covered_ms: int,
) -> list[Part]:
    """Cut the call where its rate or the slot of its rate changes; what is covered is taken from the first parts."""
    parts: list[Part] = []
    position, left = 0, covered_ms
    for number, (begin, rate) in enumerate(segments):
        end = segments[number + 1][0] if number + 1 < len(segments) else lasting
        for slot_number, slot in enumerate(rates[rate].slots):
            low, high = max(begin, slot.from_ms, offset_ms), min(end, slot.till_ms, lasting)
            if split is not Split.PER_PART:
                low = max(low, position)
            if low >= high:
                continue
            count = -((low - high) // slot.increment_ms)
            time = count * slot.increment_ms
            position = low + time
            free = min(left, time)
            left -= free
            if slot.binary:
                over, under = slot.binary.step_nano(time, count) * count * (time - free), time
            elif free:
                over, under = slot.step_numerator * (time - free), slot.step_denominator * slot.increment_ms
            else:
                over, under = slot.step_numerator * count, slot.step_denominator
            parts.append(Part(low, high, rate, slot_number, count, slot.increment_ms, time, free, over, under))
    return parts


def _sum(rates: Sequence[ExactRate], parts: Sequence[Part], fees_nano: int) -> tuple[int, int, int, bool]:
    """Add billed time, and fees and parts, never above the cap of the part's rate; say whether a cap held."""
    billed, numerator, denominator, capped = 0, fees_nano, 1, False
    for part in parts:
        billed += part.billed_ms
        over, under = part.amount_numerator, part.amount_denominator
        if denominator == under:
            numerator += over
        else:
            numerator, denominator = numerator * under + over * denominator, denominator * under
        most = rates[part.rate].max_nano
        if most != NO_LIMIT and numerator > most * denominator:
            numerator, denominator, capped = most, 1, True
    return billed, numerator, denominator, capped


def _finest(rates: Sequence[ExactRate], segments: Sequence[tuple[int, int]]) -> tuple[int, Rounding]:
    """Return decimals and method of the rate with the most decimals, the first of them."""
    finest = rates[segments[0][1]]
    for _, number in segments:
        if rates[number].decimals > finest.decimals:
            finest = rates[number]
    return finest.decimals, finest.rounding


def _binary_cost(rates: Sequence[ExactRate], parts: Sequence[Part], fees_nano: int) -> BinaryCost:
    """Add the parts up as CGRateS does, the fees with the first."""
    cost = BinaryCost()
    for number, part in enumerate(parts):
        rate = rates[part.rate]
        binary = rate.slots[part.slot].binary
        assert binary is not None
        fee = 0 if number else fees_nano
        cost.add(fee + part.amount_numerator // part.amount_denominator, binary.decimals, rate.max_nano)
    return cost


def _rounded(
    billed: int,
    numerator: int,
    denominator: int,
    connect: int,
    attempt: int,
    decimals: int,
    rounding: Rounding,
    capped: bool,
    floored: bool,
    parts: tuple[Part, ...],
) -> ExactPrice:
    step = 10 ** (9 - decimals)
    charge = round_ratio(numerator, denominator * step, rounding) * step
    return ExactPrice(billed, charge, numerator, denominator, connect, attempt, decimals, rounding, capped, floored, parts)


def segments_of(
    borders: Sequence[int],
    choices: Sequence[int],
    rates: Sequence[int],
    start_ms: int,
    lasting_ms: int,
    *,
    every_border: bool = False,
) -> list[tuple[int, int]] | None:
    """Return which rate holds from when on (ms since the start) during a call, or None when no band holds at some time.

    A border at which one band follows another at the same rate is none, unless `every_border`: nothing is rounded there.
    """
    at = bisect_right(borders, start_ms) - 1
    segments: list[tuple[int, int]] = []
    end = start_ms + max(lasting_ms, 1)
    while True:
        if choices[at] < 0:
            return None
        rate = rates[choices[at]]
        if not segments or segments[-1][1] != rate or every_border:
            segments.append((max(borders[at] - start_ms, 0), rate))
        at += 1
        if at >= len(borders) or borders[at] >= end:
            return segments
