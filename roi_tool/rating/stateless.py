"""The stateless pass: prices whole columns of calls that fall into one plane. Integers only; nothing per call in Python."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from roi_tool.rating.cgrates_cuts import as_cgrates_cuts, lasts_over_midnight
from roi_tool.rating.column_price import PartColumns
from roi_tool.rating.compiled import CompiledTariff
from roi_tool.rating.number_keys import NO_DIGITS, IntColumn, NumberKeys, number_codes
from roi_tool.rating.plane import Plane, find_text
from roi_tool.rating.prefix_index import Ids
from roi_tool.rating.prices import NO_BAND_HOLDS, NO_NUMBER_GIVEN, NO_PREFIX, RATED, TOO_DEAR, TOO_LONG, Prices, Rows
from roi_tool.rating.rate_table import gather
from roi_tool.rating.single import price_exact, segments_of
from roi_tool.rating.timeline import Timeline
from roi_tool.tariff import Split

LONGEST_CALL_MS = 30 * 86_400_000
"""A call of more than 30 days is a stuck record, not a call: it is left unrated for a person to look at."""
SAFE = float(2**61)


@dataclass(frozen=True, eq=False)
class _Banded:
    """Calls of one schedule: their rows, the stretch in which each starts, and their offers."""

    rows: Rows
    timeline: Timeline
    stretch: npt.NDArray[np.int32]
    offer: Ids


def price_columns(
    compiled: CompiledTariff,
    plane: Plane,
    zone: str,
    start_ms: IntColumn,
    duration_ms: IntColumn,
    numbers: NumberKeys,
    out: Prices,
) -> None:
    """Price calls of one plane into `out` (same rows); `out` holds what `Prices.empty` made."""
    if not len(start_ms):
        return
    long = duration_ms > LONGEST_CALL_MS
    if long.any():
        out.reason[long] = TOO_LONG
        duration_ms = np.where(long, 0, duration_ms)
    banded = _choose_rates(compiled, plane, zone, start_ms, duration_ms, numbers, out)
    lasting = _lasting(compiled, duration_ms, out.rate)
    one_by_one = np.zeros(0, dtype=np.intp)
    if _may_overflow(compiled, lasting):
        one_by_one = np.flatnonzero(out.reason == RATED)
    else:
        parts = PartColumns(compiled.table, compiled.tariff.split, out.rate, duration_ms)
        parts.add_whole(out.rate, lasting)
        parts.finish(out.billed_ms, out.charge_nano)
        if compiled.tariff.split is not Split.AT_START:
            if compiled.table.binary_decimals is not None:
                one_by_one = np.flatnonzero((out.reason == RATED) & _in_cgrates_parts(banded, start_ms, lasting, zone))
            else:
                for group in banded:
                    _price_crossing(compiled, plane, group, start_ms, duration_ms, lasting, out)
    if len(one_by_one):
        _price_one_by_one(compiled, plane, banded, start_ms, duration_ms, out, one_by_one, zone)
    unrated = out.reason != RATED
    if unrated.any():
        out.rate[unrated] = -1
        out.billed_ms[unrated] = 0
        out.charge_nano[unrated] = 0


def _choose_rates(
    compiled: CompiledTariff,
    plane: Plane,
    zone: str,
    start_ms: IntColumn,
    duration_ms: IntColumn,
    numbers: NumberKeys,
    out: Prices,
) -> list[_Banded]:
    """Set prefix, group and the rate at the start of each call, or the reason why it has none."""
    found = find_prefixes(plane, numbers)
    out.prefix[:] = plane.prefix_code[found]
    offer = plane.offer_of[found]
    out.group[:] = plane.group_of[offer]
    out.rate[:] = plane.fixed_rate[offer]
    banded = _choose_bands(compiled, plane, zone, start_ms, duration_ms, offer, out)
    if int(offer.min()) < 0:
        out.reason[(offer < 0) & (out.reason != TOO_LONG)] = NO_PREFIX
    if int(numbers.length.min()) == 0:
        out.reason[numbers.length == 0] = NO_NUMBER_GIVEN
    return banded


def _may_overflow(compiled: CompiledTariff, lasting: IntColumn) -> bool:
    """Whether an amount might not fit 64 bits, or a rate needs more than columns can: such calls are priced one by one."""
    table = compiled.table
    bound = (float(lasting.max()) + (table.slot_count + 1) * table.longest_increment) * table.dearest_per_ms
    bound += float(table.highest_fee) * table.denominator
    return table.any_odd or bound > SAFE


def find_prefixes(plane: Plane, numbers: NumberKeys) -> Ids:
    """Return the prefix number of each call: the whole number where a row asks for it, else the longest prefix."""
    found = plane.index.find(numbers)
    if len(plane.exact_codes):
        codes = number_codes(numbers)
        at = np.minimum(np.searchsorted(plane.exact_codes, codes), len(plane.exact_codes) - 1)
        hit = plane.exact_codes[at] == codes
        found[hit] = plane.exact_numbers[at[hit]]
    if int(numbers.key.min()) <= NO_DIGITS and numbers.texts is not None:
        rows = np.flatnonzero(numbers.key == NO_DIGITS)
        texts = numbers.texts.iloc[rows]
        known = {text: find_text(plane, str(text)) for text in texts.unique()}
        found[rows] = [known[text] for text in texts]
    return found


def _choose_bands(
    compiled: CompiledTariff,
    plane: Plane,
    zone: str,
    start_ms: IntColumn,
    duration_ms: IntColumn,
    offer: Ids,
    out: Prices,
) -> list[_Banded]:
    """Set the rate that holds at the start of each call whose prefix has bands."""
    used = plane.used_schedules
    if not used:
        return []
    only = used[0] if len(used) == 1 and bool((plane.schedule_of[:-1] == used[0]).all()) and int(offer.min()) >= 0 else None
    schedule = None if only is not None else plane.schedule_of[offer]
    groups = []
    for number in used:
        rows = np.arange(len(offer)) if schedule is None else np.flatnonzero(schedule == number)
        if not len(rows):
            continue
        whole = len(rows) == len(offer)
        starts = start_ms if whole else start_ms[rows]
        longest = int(duration_ms.max()) + compiled.longest_minimum_ms
        timeline = compiled.schedule(number, zone).timeline(int(starts.min()), int(starts.max()) + longest)
        stretch = timeline.find(starts)
        choice = timeline.choices[stretch]
        offers = offer if whole else offer[rows]
        rate = plane.rate_choices[offers, choice]
        if int(choice.min()) < 0:
            nothing = choice < 0
            rate[nothing] = -1
            out.reason[rows[nothing]] = np.where(out.reason[rows[nothing]] == RATED, NO_BAND_HOLDS, out.reason[rows[nothing]])
        out.rate[rows] = rate
        groups.append(_Banded(rows, timeline, stretch, offers))
    return groups


def _lasting(compiled: CompiledTariff, duration_ms: IntColumn, rate: Ids) -> IntColumn:
    """The time to be billed before increments: the minimum applies to answered calls."""
    table = compiled.table
    if not compiled.longest_minimum_ms and not compiled.longest_grace_ms:
        return duration_ms
    answered = (duration_ms > 0) & (duration_ms >= gather(table.grace_ms, rate))
    return np.where(answered, np.maximum(duration_ms, gather(table.minimum_ms, rate)), 0)


def _price_crossing(
    compiled: CompiledTariff,
    plane: Plane,
    group: _Banded,
    start_ms: IntColumn,
    duration_ms: IntColumn,
    lasting: IntColumn,
    out: Prices,
) -> None:
    """Price again the calls that last over a border, part by part, all of them at once."""
    starts = start_ms[group.rows]
    over = np.flatnonzero(
        (starts + lasting[group.rows] > group.timeline.ends[group.stretch]) & (group.timeline.choices[group.stretch] >= 0)
    )
    if not len(over):
        return
    rows, stretch, offer, starts = group.rows[over], group.stretch[over].astype(np.int64), group.offer[over], starts[over]
    last = lasting[rows]
    parts = PartColumns(compiled.table, compiled.tariff.split, out.rate[rows], duration_ms[rows])
    open_rows = np.arange(len(rows))
    while len(open_rows):
        begin = np.maximum(group.timeline.borders[stretch[open_rows]] - starts[open_rows], 0)
        at, end = _till_rate_changes(plane, group, stretch[open_rows], offer[open_rows], starts[open_rows], last[open_rows])
        choice = group.timeline.choices[at]
        rate = plane.rate_choices[offer[open_rows], choice]
        out.reason[rows[open_rows[choice < 0]]] = NO_BAND_HOLDS
        parts.add(open_rows, np.maximum(rate, 0), begin, end)
        stretch[open_rows] = at + 1
        open_rows = open_rows[end < last[open_rows]]
    billed = np.zeros(len(rows), dtype=np.int64)
    charge = np.zeros(len(rows), dtype=np.int64)
    parts.finish(billed, charge)
    out.billed_ms[rows], out.charge_nano[rows] = billed, charge


def _till_rate_changes(
    plane: Plane, group: _Banded, stretch: IntColumn, offer: Ids, starts: IntColumn, last: IntColumn
) -> tuple[IntColumn, IntColumn]:
    """Return the last stretch at the rate of each call's stretch, and its end (ms since the start, at most `last`)."""
    timeline, at = group.timeline, stretch.copy()
    while True:
        end = np.minimum(timeline.ends[at] - starts, last)
        more = np.flatnonzero(end < last)
        here, following = timeline.choices[at[more]], timeline.choices[at[more] + 1]
        prices = plane.rate_choices[offer[more]]
        row = np.arange(len(more))
        same = more[(here >= 0) & (following >= 0) & (prices[row, here] == prices[row, following])]
        if not len(same):
            return at, end
        at[same] += 1


def _in_cgrates_parts(banded: list[_Banded], start_ms: IntColumn, lasting: IntColumn, zone: str) -> npt.NDArray[np.bool_]:
    """Say which calls CGRateS cuts otherwise than by their slots: at a border of bands or at midnight."""
    parted = lasts_over_midnight(start_ms, lasting, zone)
    for group in banded:
        parted[group.rows] |= start_ms[group.rows] + lasting[group.rows] > group.timeline.ends[group.stretch]
    return parted


def _price_one_by_one(
    compiled: CompiledTariff,
    plane: Plane,
    banded: list[_Banded],
    start_ms: IntColumn,
    duration_ms: IntColumn,
    out: Prices,
    rows: Rows,
    zone: str,
) -> None:
    """Price calls in Python integers: where columns of 64 bits might not hold the amounts, or CGRateS parts the call."""
    cgrates = compiled.table.binary_decimals is not None
    place: dict[int, tuple[_Banded, int]] = {}
    for group in banded:
        place.update((row, (group, at)) for at, row in enumerate(group.rows.tolist()))
    for row in rows.tolist():
        rate, lasting = int(out.rate[row]), int(duration_ms[row])
        segments: list[tuple[int, int]] | None = [(0, rate)]
        if row in place:
            group, at = place[row]
            minimum = compiled.rates[rate].minimum_ms
            segments = segments_of(
                group.timeline.border_list,
                group.timeline.choice_list,
                plane.offers[int(group.offer[at])].rates,
                int(start_ms[row]),
                0 if compiled.tariff.split is Split.AT_START else max(lasting, minimum),
                every_border=cgrates,
            )
        if segments is None:
            out.reason[row] = NO_BAND_HOLDS
            continue
        if cgrates:
            segments = as_cgrates_cuts(compiled, segments, int(start_ms[row]), lasting, zone)
        price = price_exact(compiled.rates, segments, lasting, compiled.tariff.split)
        if price.charge_nano >= 2**63:
            out.reason[row] = TOO_DEAR
        else:
            out.billed_ms[row], out.charge_nano[row] = price.billed_ms, price.charge_nano
