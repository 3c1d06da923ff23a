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
    decimals, rounding = first.decimals, first.rounding
    if duration_ms <= 0 or duration_ms < first.grace_ms:
        return _rounded(0, attempt, 1, 0, attempt, decimals, rounding, False, False, ())
    lasting = max(duration_ms, first.minimum_ms)
    connect = 0 if free_of_fees else first.connect_nano
    numerator, denominator = attempt + connect, 1
    parts: list[Part] = []
    position, billed, capped = 0, 0, False
    binary: BinaryCost | None = None
    left = covered_ms
    kept = segments[:1] if split is Split.AT_START else segments
    for number, (begin, rate_number) in enumerate(kept):
        end = kept[number + 1][0] if number + 1 < len(kept) else lasting
        rate = rates[rate_number]
        if rate.decimals > decimals:
            decimals, rounding = rate.decimals, rate.rounding
        for slot_number, slot in enumerate(rate.slots):
            low, high = max(begin, slot.from_ms, offset_ms), min(end, slot.till_ms, lasting)
            if split is not Split.PER_PART:
                low = max(low, position)
            if low >= high:
                continue
            count = -((low - high) // slot.increment_ms)
            time = count * slot.increment_ms
            position = low + time
            billed += time
            free = min(left, time)
            left -= free
            if slot.binary:
                part_nano = slot.binary.step_nano(time, count) * count
                over, under = part_nano * (time - free), time
                fee = 0 if parts else attempt + connect
                binary = binary or BinaryCost()
                binary.add(fee + part_nano * (time - free) // time, slot.binary.decimals, rate.max_nano)
            elif free:
                over, under = slot.step_numerator * (time - free), slot.step_denominator * slot.increment_ms
            else:
                over, under = slot.step_numerator * count, slot.step_denominator
            parts.append(Part(low, high, rate_number, slot_number, count, slot.increment_ms, time, free, over, under))
            numerator, denominator = _sum(numerator, denominator, over, under)
            if rate.max_nano != NO_LIMIT and numerator > rate.max_nano * denominator:
                numerator, denominator, capped = rate.max_nano, 1, True
    floored = first.min_nano != NO_LIMIT and not free_of_fees and numerator < first.min_nano * denominator
    if floored:
        numerator, denominator = first.min_nano, 1
    price = _rounded(billed, numerator, denominator, connect, attempt, decimals, rounding, capped, floored, tuple(parts))
    if binary and not floored and is_binary(decimals, rounding):
        return replace(price, charge_nano=binary.rounded(decimals, rounding))
    return price


def _sum(numerator: int, denominator: int, more: int, under: int) -> tuple[int, int]:
    if denominator == under:
        return numerator + more, denominator
    return numerator * under + more * denominator, denominator * under


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
