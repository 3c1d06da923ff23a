"""What an account's allowances have left when a month ends: handed from one month's billing to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from roi_tool.tariff import Allowance, Counted, Shared, Tariff


@dataclass(frozen=True, slots=True)
class AllowanceLeft:
    """What is left of one allowance.

    Attributes:
        unit: what `left` counts: "ms" of billed time, "calls", or "nano" and a currency (`unit_of`).
        per_seat: whether each calling number has its own.
        left: by seat ("" for the account's own, or for calls without a calling number) what is left of each month that stays
            usable, the oldest first; the last is the month that has ended.
    """

    unit: str
    per_seat: bool
    left: Mapping[str, tuple[int, ...]]

    def fits(self, allowance: Allowance, currency: str) -> bool:
        """Whether an allowance counts the same thing for the same owners: only then can it take up what is left."""
        return (self.unit, self.per_seat) == (unit_of(allowance, currency), allowance.shared is Shared.SEAT)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left for anybody."""
        return not any(map(any, self.left.values()))


@dataclass(frozen=True, slots=True)
class Carried:
    """What one account takes into the month after `month` (a local month, year × 12 + month − 1), by allowance id."""

    month: int
    allowances: Mapping[str, AllowanceLeft] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left of any allowance."""
        return all(rest.is_empty for rest in self.allowances.values())

    def changed(self, tariff: Tariff) -> tuple[str, ...]:
        """Return the allowances that this tariff rolls over too, but that count something else in it."""
        return tuple(
            rule.id
            for rule in tariff.allowances
            if rule.rollover_months and rule.id in self.allowances and not self.allowances[rule.id].fits(rule, tariff.currency)
        )

    def lapsed(self, tariff: Tariff) -> tuple[str, ...]:
        """Return the allowances with something left that this tariff does not roll over any more."""
        kept = {rule.id for rule in tariff.allowances if rule.rollover_months}
        return tuple(name for name, rest in self.allowances.items() if name not in kept and not rest.is_empty)


@dataclass(frozen=True, slots=True)
class AccountMonths:
    """The months for which one account is billed, both inclusive (year × 12 + month − 1), and what it brings into them."""

    first: int
    last: int
    carried: Carried | None = None


def unit_of(allowance: Allowance, currency: str) -> str:
    """Return what the integers of an allowance count.

    >>> from decimal import Decimal
    >>> unit_of(Allowance(id="credit", amount=Decimal(5), counted=Counted.MONEY), "GBP")
    'nano GBP'
    """
    if allowance.counted is Counted.MONEY:
        return f"nano {currency}"
    return "ms" if allowance.counted is Counted.MINUTES else "calls"
