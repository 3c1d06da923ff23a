"""An invoice as frozen data: everything a paper or a ledger needs, every sum closing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class LineKind(StrEnum):
    """What a line of an invoice is for."""

    USAGE = "usage"
    """Calls to one kind of destination."""
    PERIOD = "period"
    """What the tariff's rules ask of the month besides calls: shortfall, tier amounts, channels."""
    SUBSCRIPTION = "subscription"


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """One line. Amounts are exact, in nano units, without tax unless the invoice says that tax is included.

    Attributes:
        code: for usage the destination group, else the class of the called number; for period charges
            their kind; "" for subscriptions.
        description: words of the price list or the subscription.
        quantity_nano: count in nano units (1 is 10⁹): calls, channels or pieces.
        billed_ms: billed time of calls, else 0.
        price_nano: price of one, 0 where the line sums different prices.
    """

    kind: LineKind
    code: str
    description: str
    quantity_nano: int
    billed_ms: int
    price_nano: int
    amount_nano: int


@dataclass(frozen=True, slots=True)
class TaxLine:
    """Tax of one name and percentage on part of the invoice. `estimate` as the tariff says."""

    tax: str
    percent: str
    base_nano: int
    amount_nano: int
    estimate: bool = False


@dataclass(frozen=True, slots=True)
class Invoice:
    """The month of one account.

    `usage_nano` is exactly the sum of the charges of its rated calls. `net_nano` is the sum of the lines rounded once by the
    tariff's invoice rule; `rounding_nano` is what that added. `total_nano` = `net_nano` + `tax_nano` (where prices include
    tax, `total_nano` = `net_nano` and the tax stands inside).
    """

    number: str
    account: str
    name: str
    tariff: str
    tariff_fingerprint: str
    period_start: date
    period_end: date
    """Half-open."""
    timezone: str
    currency: str
    lines: tuple[InvoiceLine, ...]
    taxes: tuple[TaxLine, ...]
    calls: int
    unrated_calls: int
    usage_nano: int
    period_nano: int
    subscriptions_nano: int
    rounding_nano: int
    net_nano: int
    tax_nano: int
    tax_included: bool
    total_nano: int

    @property
    def closes(self) -> bool:
        """Whether every sum is that of its parts."""
        lines = sum(line.amount_nano for line in self.lines)
        return (
            lines == self.usage_nano + self.period_nano + self.subscriptions_nano
            and lines + self.rounding_nano == self.net_nano
            and sum(tax.amount_nano for tax in self.taxes) == self.tax_nano
            and self.total_nano == self.net_nano + (0 if self.tax_included else self.tax_nano)
        )
