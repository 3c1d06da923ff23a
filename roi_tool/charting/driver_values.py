"""A driver's value as people write it, by its unit."""

from __future__ import annotations

from decimal import Decimal

from roi_tool.charting.spec import Labels
from roi_tool.money import Money
from roi_tool.quoting import DriverUnit

_MONEY = frozenset((DriverUnit.MONEY, DriverUnit.MONEY_PER_MONTH, DriverUnit.MONEY_PER_SEAT_MONTH, DriverUnit.MONEY_PER_HOUR))
_FRACTIONS = frozenset((DriverUnit.FRACTION, DriverUnit.FRACTION_PER_YEAR))


def driver_value(value: Decimal, unit: DriverUnit, currency: str, labels: Labels) -> str:
    """Return the value with its sign (currency, %), without the words of its unit; no more decimals than it has."""
    if unit in _FRACTIONS:
        percent = value * 100
        return labels.label("chart.percent", value=labels.number(float(percent), min(_decimals(percent), 2)))
    if unit in _MONEY:
        whole = abs(value) >= 1000 or value == value.to_integral_value()
        return labels.money(Money.of(round(value, 9), currency), 0 if whole else None)
    return labels.number(float(value), min(_decimals(value), 2))


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
