"""Adds up the parts of many calls at once: `single.price_exact` in columns."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from roi_tool.money import Rounding
from roi_tool.rating.cgrates_steps import BinaryCosts, is_binary
from roi_tool.rating.number_keys import IntColumn
from roi_tool.rating.rate_table import NO_LIMIT, Column, RateTable, gather
from roi_tool.tariff import Split

Ids = npt.NDArray[np.int32]
Rows = npt.NDArray[np.intp]
_ROUNDINGS = tuple(Rounding)


class PartColumns:
    """The state of calls while their parts are added: the amount over the table's denominator, and the billed time.

    The caller sees to it that no amount can leave 62 bits (`RateTable.dearest_per_ms`). Rate numbers of calls that have none
    (-1) are harmless: whoever calls overwrites their result.
    """

    def __init__(self, table: RateTable, split: Split, first_rate: Ids, duration_ms: IntColumn) -> None:
        self._table = table
        self._per_part = split is Split.PER_PART
        self._first = first_rate
        answered = duration_ms > 0
        if not isinstance(table.grace_ms, int) or table.grace_ms:
            answered &= duration_ms >= gather(table.grace_ms, first_rate)
        self._answered = answered
        connect, attempt = gather(table.connect, first_rate), gather(table.attempt, first_rate)
        denominator = table.denominator
        if isinstance(connect, int) and connect == 0:
            amount: IntColumn = np.full(
                len(first_rate), attempt * denominator if isinstance(attempt, int) else 0, dtype=np.int64
            )
            if not isinstance(attempt, int):
                amount = attempt * denominator
        else:
            amount = (answered * connect + attempt) * denominator
        self._amount = amount
        self._billed: IntColumn = np.zeros(len(first_rate), dtype=np.int64)
        self._binary = None if table.binary_decimals is None else BinaryCosts(len(first_rate))
        """CGRateS's sum of the parts, which stand over the denominator 1 there."""
        self._position: IntColumn | None = None
        self._decimals: Column = gather(table.decimals, first_rate)
        self._rounding: Column = gather(table.rounding, first_rate)

    def add_whole(self, rate: Ids, lasting: IntColumn) -> None:
        """Add calls that one rate prices from start to end; `lasting` is 0 where nothing is billed."""
        table = self._table
        carry = not self._per_part and not table.slots_aligned
        position: IntColumn | int = 0
        for slot in range(table.slot_count):
            first, till = gather(table.slot_from[slot], rate), gather(table.slot_till[slot], rate)
            increment = gather(table.increment[slot], rate)
            last_slot = slot + 1 == table.slot_count
            high = lasting if last_slot and isinstance(till, int) else np.minimum(lasting, till)
            low = np.maximum(first, position) if carry and slot else first
            if slot == 0:
                count = (high + (increment - 1)) // increment
            else:
                count = (np.maximum(high - low, 0) + (increment - 1)) // increment
            time: IntColumn = np.asarray(count * increment)
            if carry:
                position = np.where(count > 0, low + time, position)
            self._billed += time
            part = table.amount(slot, rate, np.asarray(count, dtype=np.int64), time)
            if self._binary is not None and table.binary_decimals is not None:
                fee = self._amount if slot == 0 else 0
                self._binary.add(part + fee, table.binary_decimals, gather(table.max_nano, rate), count > 0)
            self._amount += part
        self._cap(None, rate)

    def add(self, rows: Rows, rate: Ids, begin: IntColumn, end: IntColumn) -> None:
        """Add one part `[begin, end)` of some calls, in ms since their start; parts of a call come in their order."""
        table = self._table
        if self._position is None:
            self._position = np.zeros(len(self._amount), dtype=np.int64)
        for slot in range(table.slot_count):
            increment, step = gather(table.increment[slot], rate), gather(table.step[slot], rate)
            low = np.maximum(begin, gather(table.slot_from[slot], rate))
            high = np.minimum(end, gather(table.slot_till[slot], rate))
            if not self._per_part:
                low = np.maximum(low, self._position[rows])
            count = (np.maximum(high - low, 0) + (increment - 1)) // increment
            time = count * increment
            self._position[rows] = np.where(count > 0, low + time, self._position[rows])
            self._billed[rows] += time
            self._amount[rows] += count * step
        self._cap(rows, rate)
        self._finer(rows, rate)

    def _cap(self, rows: Rows | None, rate: Ids) -> None:
        limit = self._table.max_nano
        if isinstance(limit, int) and limit == NO_LIMIT:
            return
        most = np.asarray(gather(limit, rate))
        some = slice(None) if rows is None else rows
        amount = self._amount[some]
        applies = self._answered[some] & (most >= 0)
        self._amount[some] = np.where(applies, np.minimum(amount, most * self._table.denominator), amount)

    def _finer(self, rows: Rows, rate: Ids) -> None:
        """The finest rounding among a call's parts counts."""
        table = self._table
        if isinstance(table.decimals, int) and isinstance(table.rounding, int):
            return
        decimals = np.broadcast_to(self._decimals, self._amount.shape).copy()
        rounding = np.broadcast_to(self._rounding, self._amount.shape).copy()
        new_decimals = np.broadcast_to(gather(table.decimals, rate), rows.shape)
        new_rounding = np.broadcast_to(gather(table.rounding, rate), rows.shape)
        finer = new_decimals > decimals[rows]
        decimals[rows[finer]], rounding[rows[finer]] = new_decimals[finer], new_rounding[finer]
        self._decimals, self._rounding = decimals, rounding

    def finish(self, billed_ms: IntColumn, charge_nano: IntColumn) -> None:
        """Write the billed time and the rounded charge."""
        table = self._table
        before = self._amount
        floor = table.min_nano
        if not isinstance(floor, int) or floor != NO_LIMIT:
            least = np.asarray(gather(floor, self._first))
            applies = self._answered & (least >= 0)
            self._amount = np.where(applies, np.maximum(self._amount, least * table.denominator), self._amount)
        billed_ms[:] = self._billed
        charge_nano[:] = round_columns(self._amount, table.denominator, self._decimals, self._rounding)
        if self._binary is not None:
            self._round_binary(self._binary, charge_nano, (self._amount == before) & (self._billed > 0))

    def _round_binary(self, binary: BinaryCosts, charge_nano: IntColumn, chosen: npt.NDArray[np.bool_]) -> None:
        """Put CGRateS's rounding of whole calls in the place of the exact one."""
        decimals = np.broadcast_to(np.asarray(self._decimals), charge_nano.shape)
        rounding = np.broadcast_to(np.asarray(self._rounding), charge_nano.shape)
        for places in np.unique(decimals).tolist():
            for number, method in enumerate(_ROUNDINGS):
                rows = chosen & (decimals == places) & (rounding == number)
                if is_binary(places, method) and rows.any():
                    charge_nano[rows] = binary.rounded(places, method)[rows]


def round_columns(amount: IntColumn, denominator: int, decimals: Column, rounding: Column) -> IntColumn:
    """Round amounts (0 or more, over a denominator) to decimals of the currency unit, still in nano units."""
    if isinstance(decimals, int) and isinstance(rounding, int):
        return _round(amount, denominator, decimals, _ROUNDINGS[rounding])
    shape = amount.shape
    codes = np.broadcast_to(np.asarray(decimals) * len(_ROUNDINGS) + np.asarray(rounding), shape)
    result = np.zeros(shape, dtype=np.int64)
    for code in np.unique(codes).tolist():
        rows = codes == code
        result[rows] = _round(amount[rows], denominator, code // len(_ROUNDINGS), _ROUNDINGS[code % len(_ROUNDINGS)])
    return result


def _round(amount: IntColumn, denominator: int, decimals: int, rounding: Rounding) -> IntColumn:
    # One scalar divisor: NumPy divides by multiplication then. No amount is negative, so no sign is looked after.
    step = int(10 ** (9 - decimals))
    divisor = denominator * step
    if rounding is Rounding.HALF_UP:
        return (amount + divisor // 2) // divisor * step if divisor % 2 == 0 else (2 * amount + divisor) // (2 * divisor) * step
    if rounding is Rounding.UP:
        return (amount + (divisor - 1)) // divisor * step
    quotient = amount // divisor
    if rounding is Rounding.HALF_EVEN:
        doubled = 2 * (amount - quotient * divisor)
        quotient += (doubled > divisor) | ((doubled == divisor) & (quotient % 2 == 1))
    return quotient * step
