"""What a CGRateS 0.10 plan cannot say: refused with a reason. What it says a little differently: warned of.

Source: observed on a running cgr-engine v0.10.4, see docs/decisions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction

from roi_tool.money import Rounding
from roi_tool.problems import Problem, Severity
from roi_tool.tariff import Holidays, IncrementRounding, Rate, Split, Tariff

INCREMENT_DECIMALS = 5
"""`rounding_decimals` of the engine unless it is configured."""


def refusals(tariff: Tariff) -> list[Problem]:
    """Return why a tariff cannot be written; empty when it can."""
    found = [Problem("cgrates_cannot", detail={"what": what}) for what in _unsayable(tariff)]
    banded = _banded(tariff)
    for rate in tariff.rates:
        for what in _unsayable_of_rate(rate, tariff, banded=rate.id in banded):
            found.append(Problem("cgrates_cannot_rate", detail={"rate": rate.id, "what": what}))  # noqa: PERF401
    for entry in tariff.deck:
        what = ""
        if entry.called_class:
            what = f"class {entry.called_class}"
        elif entry.jurisdiction:
            what = f"jurisdiction {entry.jurisdiction}"
        if what:
            found.append(Problem("cgrates_cannot_entry", detail={"prefix": entry.prefix, "what": what}))
    return found


def _unsayable(tariff: Tariff) -> Iterator[str]:
    for present, what in (
        (tariff.allowances, "allowances"),
        (tariff.tier_tables, "tiers"),
        (tariff.fair_use, "fair_use"),
        (tariff.minimum_spend, "minimum_spend"),
        (tariff.channels, "channels"),
        (tariff.surcharges, "surcharges"),
        (tariff.split is Split.PER_PART, "split = per_part"),
        (tariff.split is Split.AT_START and tariff.bands, "split = at_start"),
        (tariff.rounding.increment_decimals not in (None, INCREMENT_DECIMALS), "increment_decimals"),
    ):
        if present:
            yield what
    for band in tariff.bands:
        special = band.months or band.month_days or band.years
        if special and any(window.end_s <= window.start_s for window in band.windows):
            yield f"months, days or years with a window over midnight ({band.id})"


def _unsayable_of_rate(rate: Rate, tariff: Tariff, *, banded: bool) -> Iterator[str]:
    for present, what in (
        (rate.attempt_fee, "attempt_fee"),
        (rate.minimum_ms, "minimum_s"),
        (rate.grace_ms, "grace_s"),
        (rate.min_charge is not None, "min_charge"),
        (rate.max_charge is not None and (len(rate.slots) > 1 or banded), "max_charge with slots or bands"),
        (rate.max_charge is not None and not rate.max_charge, "max_charge = 0"),
        (_decimals(rate, tariff) == 0, "call_decimals = 0"),
        (_decimals(rate, tariff) is not None and _method(rate, tariff) is Rounding.HALF_EVEN, "half_even"),
        (_decimals(rate, tariff) is not None and _method(rate, tariff) is Rounding.DOWN, "down"),
    ):
        if present:
            yield what


def _banded(tariff: Tariff) -> set[str]:
    """Ids of the rates that hold in a band."""
    return {entry.rate for entry in tariff.deck if entry.band}


def _decimals(rate: Rate, tariff: Tariff) -> int | None:
    return rate.call_decimals if rate.call_decimals is not None else tariff.rounding.call_decimals


def _method(rate: Rate, tariff: Tariff) -> Rounding:
    return rate.call_rounding or tariff.rounding.call_rounding


def warnings(tariff: Tariff, years: Collection[int] = ()) -> list[Problem]:
    """Return what a person must know who loads the plan; `years` are those whose holidays are in it."""
    found: list[Problem] = []
    alike = tariff.rounding.increment_rounding is IncrementRounding.CGRATES
    coarse = [rate for rate in tariff.rates if _is_coarse(rate)]
    if coarse and not alike:
        detail = {"rate": coarse[0].id, "count": str(len(coarse))}
        found.append(Problem("cgrates_rounds_increments", Severity.WARNING, detail=detail))
    halves = [
        rate for rate in tariff.rates if _decimals(rate, tariff) is not None and _method(rate, tariff) is Rounding.HALF_UP
    ]
    halves = [rate for rate in halves if (_decimals(rate, tariff) or 9) < INCREMENT_DECIMALS]
    halves += [rate for rate in tariff.rates if any(price.denominator == 2 for price in _increments(rate))]
    if halves and not alike:
        found.append(Problem("cgrates_halves", Severity.WARNING, detail={"rate": halves[0].id}))
    banded = _banded(tariff)
    slotted = [rate for rate in tariff.rates if len(rate.slots) > 1 and rate.id in banded]
    if slotted and not alike:
        found.append(Problem("cgrates_border_unseen", Severity.WARNING, detail={"rate": slotted[0].id}))
    open_ended = _open_ended(tariff)
    if open_ended:
        detail = {"count": str(len(open_ended)), "number": open_ended[0]}
        found.append(Problem("cgrates_whole_numbers", Severity.INFO, detail=detail))
    if tariff.bands and tariff.timezone != "UTC":
        detail = {"zone": tariff.timezone or "–"}
        found.append(Problem("cgrates_zone", Severity.INFO, detail=detail))
    if any(band.holidays is not Holidays.ANY for band in tariff.bands):
        detail = {"first": str(min(years, default=0)), "last": str(max(years, default=0))}
        found.append(Problem("cgrates_holidays", Severity.INFO, detail=detail))
    found += [
        Problem("cgrates_direction", Severity.INFO, detail={"direction": direction})
        for direction in ("inbound", "internal")
        if any(entry.direction == direction for entry in tariff.deck)
    ]
    if any(entry.valid_from or entry.valid_till for entry in tariff.deck):
        found.append(Problem("cgrates_dates", Severity.INFO))
    for present, what in ((tariff.taxes, "taxes"), (tariff.carriers, "carriers")):
        if present:
            found.append(Problem("cgrates_left_out", Severity.INFO, detail={"what": what}))
    return found


def _is_coarse(rate: Rate) -> bool:
    """Whether CGRateS rounds the price of an increment of this rate."""
    return any(price.denominator != 1 for price in _increments(rate))


def _increments(rate: Rate) -> list[Fraction]:
    """The price of an increment of each slot, in units of the last decimal that CGRateS keeps."""
    return [Fraction(slot.price) * slot.increment_ms / slot.unit_ms * 10**INCREMENT_DECIMALS for slot in rate.slots]


def _open_ended(tariff: Tariff) -> list[str]:
    """Whole numbers for which no shorter prefix prices the numbers that go on after them."""
    plain = {entry.prefix for entry in tariff.deck if not entry.exact}
    whole = (entry.prefix for entry in tariff.deck if entry.exact)
    return [number for number in whole if not any(number[:length] in plain for length in range(len(number)))]
