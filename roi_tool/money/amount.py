"""An amount of one currency, counted in 10⁻⁹ of its unit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext

from roi_tool.money.currency import minor_digits
from roi_tool.money.rounding import Rounding, round_nano

NANO = 1_000_000_000
"""Nano units in one currency unit."""


def to_nano(amount: Decimal | int | str) -> int:
    """Return an exact decimal amount in nano units.

    Raises:
        ValueError: the amount is no finite number, or finer than a nano unit (it would have to be rounded silently).

    >>> to_nano("0.0125")
    12500000
    """
    with localcontext() as context:
        context.prec = 60
        try:
            scaled = Decimal(amount) * NANO
        except ArithmeticError as error:
            raise ValueError(f"{amount!r} is not a decimal number") from error
        if not scaled.is_finite() or scaled != scaled.to_integral_value():
            raise ValueError(f"{amount} is not a whole number of nano units")
        return int(scaled)


def from_nano(amount_nano: int) -> Decimal:
    """Return a nano amount as an exact Decimal of currency units.

    >>> from_nano(12_500_000)
    Decimal('0.012500000')
    """
    return Decimal(int(amount_nano)).scaleb(-9)


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An exact amount. Amounts of two currencies never meet: adding them raises."""

    amount_nano: int
    currency: str

    @classmethod
    def of(cls, amount: Decimal | int | str, currency: str) -> Money:
        """Make an amount from a decimal number of currency units."""
        return cls(to_nano(amount), currency)

    @property
    def decimal(self) -> Decimal:
        """The exact amount in currency units."""
        return from_nano(self.amount_nano)

    def rounded(self, decimals: int | None = None, method: Rounding = Rounding.HALF_UP) -> Money:
        """Round to `decimals`, by default the currency's minor unit."""
        places = minor_digits(self.currency) if decimals is None else decimals
        return Money(round_nano(self.amount_nano, places, method), self.currency)

    def __add__(self, other: Money) -> Money:
        self._same_currency(other)
        return Money(self.amount_nano + other.amount_nano, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same_currency(other)
        return Money(self.amount_nano - other.amount_nano, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount_nano, self.currency)

    def __mul__(self, count: int) -> Money:
        return Money(self.amount_nano * count, self.currency)

    def _same_currency(self, other: Money) -> None:
        if self.currency != other.currency:
            raise ValueError(f"cannot put {self.currency} and {other.currency} together")
