"""The terms of every rate as integer columns over one common denominator, so that money stays exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np
import numpy.typing as npt

from roi_tool.money import Rounding, round_ratio, to_nano
from roi_tool.rating.cgrates_steps import NS_PER_MS, BinaryPrice, step_nano_column
from roi_tool.rating.number_keys import IntColumn
from roi_tool.tariff import IncrementRounding, Rate, RoundingRule

LARGEST_DENOMINATOR = 1_000_000
NO_END = 2**62
NO_LIMIT = -1


@dataclass(frozen=True, slots=True)
class ExactSlot:
    """A slot with its price per increment as nano units, exactly `step_numerator / step_denominator`."""

    from_ms: int
    till_ms: int
    increment_ms: int
    step_numerator: int
    step_denominator: int
    binary: BinaryPrice | None = None
    """How CGRateS comes to the price of an increment, where the tariff follows it; the step above is then no less."""


@dataclass(frozen=True, slots=True)
class ExactRate:
    """A rate in integers. Amounts in nano units; a limit that is not set is `NO_LIMIT`."""

    id: str
    slots: tuple[ExactSlot, ...]
    connect_nano: int
    attempt_nano: int
    minimum_ms: int
    grace_ms: int
    min_nano: int
    max_nano: int
    decimals: int
    rounding: Rounding
    denominator: int
    """Common denominator of its slots' prices."""


def exact_rate(rate: Rate, rule: RoundingRule) -> ExactRate:
    """Turn a rate into integers. The price of one increment is rounded here if the tariff says so."""
    slots = []
    for position, slot in enumerate(rate.slots):
        price = Fraction(to_nano(slot.price) * slot.increment_ms, slot.unit_ms)
        if rule.increment_decimals is not None:
            step = 10 ** (9 - rule.increment_decimals)
            price = Fraction(round_ratio(price.numerator, price.denominator * step, Rounding.HALF_UP) * step)
        binary = None
        if rule.increment_decimals is not None and rule.increment_rounding is IncrementRounding.CGRATES:
            binary = BinaryPrice(float(slot.price) / float(slot.unit_ms * NS_PER_MS), rule.increment_decimals)
            price += 10 ** (9 - rule.increment_decimals)
        till = rate.slots[position + 1].from_ms if position + 1 < len(rate.slots) else NO_END
        slots.append(ExactSlot(slot.from_ms, till, slot.increment_ms, price.numerator, price.denominator, binary))
    return ExactRate(
        id=rate.id,
        slots=tuple(slots),
        connect_nano=to_nano(rate.connect_fee),
        attempt_nano=to_nano(rate.attempt_fee),
        minimum_ms=rate.minimum_ms,
        grace_ms=rate.grace_ms,
        min_nano=NO_LIMIT if rate.min_charge is None else to_nano(rate.min_charge),
        max_nano=NO_LIMIT if rate.max_charge is None else to_nano(rate.max_charge),
        decimals=_first(rate.call_decimals, rule.call_decimals, 9),
        rounding=rate.call_rounding or rule.call_rounding,
        denominator=lcm(*(slot.step_denominator for slot in slots)),
    )


def _first(*numbers: int | None) -> int:
    return next(number for number in numbers if number is not None)


Column = IntColumn | int
"""One integer per rate, or one for all of them: what is the same everywhere need not be gathered."""


class RateTable:
    """Every rate's terms as columns by rate number.

    `denominator` is common to all rates but those of `odd`, whose own would make it larger than a million; these are priced one
    call at a time.
    """

    def __init__(self, rates: Sequence[ExactRate]) -> None:
        self.rates = tuple(rates)
        self.denominator = 1
        self.odd = np.zeros(len(rates), dtype=bool)
        for number in sorted(range(len(rates)), key=lambda number: rates[number].denominator):
            common = lcm(self.denominator, rates[number].denominator)
            if common <= LARGEST_DENOMINATOR:
                self.denominator = common
            else:
                self.odd[number] = True
        self.any_odd = bool(self.odd.any())
        self.slot_count = max((len(rate.slots) for rate in rates), default=1)
        slots = [self._slot_columns(position) for position in range(self.slot_count)]
        self.slot_from, self.slot_till, self.increment, self.step = zip(*slots, strict=True)
        binary = [slot.binary for rate in rates for slot in rate.slots if slot.binary]
        self.binary_decimals = binary[0].decimals if binary else None
        """Decimals of CGRateS's increments, or None where prices are exact."""
        self.slot_starts = tuple(tuple(slot.from_ms for slot in rate.slots) for rate in rates)
        self.per_ns = [
            np.array([_per_ns(rate, position) for rate in rates], dtype=np.float64)
            for position in range(self.slot_count if binary else 0)
        ]
        self.slots_aligned = all(
            slot.till_ms == NO_END or (slot.till_ms - slot.from_ms) % slot.increment_ms == 0
            for rate in rates
            for slot in rate.slots
        )
        self.connect = self._column([rate.connect_nano for rate in rates])
        self.attempt = self._column([rate.attempt_nano for rate in rates])
        self.minimum_ms = self._column([rate.minimum_ms for rate in rates])
        self.grace_ms = self._column([rate.grace_ms for rate in rates])
        self.min_nano = self._column([rate.min_nano for rate in rates])
        self.max_nano = self._column([rate.max_nano for rate in rates])
        self.decimals = self._column([rate.decimals for rate in rates])
        self.rounding = self._column([list(Rounding).index(rate.rounding) for rate in rates])
        self.dearest_per_ms = self._dearest()
        self.highest_fee = max(
            (rate.connect_nano + rate.attempt_nano + max(rate.min_nano, 0) + max(rate.max_nano, 0) for rate in rates), default=0
        )

    def amount(self, slot: int, rate: npt.NDArray[np.int32], count: IntColumn, time_ms: IntColumn) -> IntColumn:
        """Return what so many increments of a slot cost, over the denominator."""
        if self.binary_decimals is None:
            return np.asarray(count * gather(self.step[slot], rate), dtype=np.int64)
        return count * step_nano_column(self.per_ns[slot][rate], self.binary_decimals, time_ms, count) * self.denominator

    def _slot_columns(self, position: int) -> tuple[Column, Column, Column, Column]:
        columns: list[list[int]] = [[], [], [], []]
        for number, rate in enumerate(self.rates):
            if position < len(rate.slots) and not self.odd[number]:
                slot = rate.slots[position]
                step = slot.step_numerator * (self.denominator // slot.step_denominator)
                values = (slot.from_ms, slot.till_ms, slot.increment_ms, step)
            else:
                values = (NO_END, NO_END, 1, 0)
            for column, value in zip(columns, values, strict=True):
                column.append(value)
        first, till, increment, step_column = (self._column(column) for column in columns)
        return first, till, increment, step_column

    @staticmethod
    def _column(values: list[int]) -> Column:
        if not values or min(values) == max(values):
            return values[0] if values else 0
        # An amount beyond 64 bits is cut here only where `dearest_per_ms` keeps its calls away from the columns.
        return np.array([min(value, NO_END) for value in values], dtype=np.int64)

    def _dearest(self) -> float:
        """Highest price of any ms, over the common denominator: says beforehand whether a column could overflow."""
        steps = [
            (slot.step_numerator / slot.step_denominator * self.denominator, slot.increment_ms)
            for rate in self.rates
            for slot in rate.slots
        ]
        return max((step / increment for step, increment in steps), default=0.0)

    @property
    def longest_increment(self) -> int:
        """The longest increment of any slot in ms: a call is billed at most so much longer than it lasts, per part."""
        return max((slot.increment_ms for rate in self.rates for slot in rate.slots), default=1)


def _per_ns(rate: ExactRate, position: int) -> float:
    binary = rate.slots[position].binary if position < len(rate.slots) else None
    return binary.per_ns if binary else 0.0


def gather(column: Column, numbers: npt.NDArray[np.int32]) -> Column:
    """Return a rate column's values for calls, or its one value."""
    return column if isinstance(column, int) else column[numbers]
