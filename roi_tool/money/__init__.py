"""Amounts, currencies and rounding: exact, never a float. Knows nothing of any other room."""

from roi_tool.money.amount import NANO, Money, from_nano, to_nano
from roi_tool.money.currency import is_currency_code, minor_digits
from roi_tool.money.rounding import Rounding, round_nano, round_nano_column, round_ratio, round_ratio_column

__all__ = [
    "NANO",
    "Money",
    "Rounding",
    "from_nano",
    "is_currency_code",
    "minor_digits",
    "round_nano",
    "round_nano_column",
    "round_ratio",
    "round_ratio_column",
    "to_nano",
]
