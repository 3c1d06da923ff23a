"""The control sheet of a run: every call and every unit of money accounted for, or the run does not close."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from roi_tool.billing.invoice import Invoice


@dataclass(frozen=True, slots=True)
class AccountControl:
    """One account's share of the control sheet."""

    account: str
    invoice: str
    currency: str
    calls: int
    rated: int
    unrated: int
    outside_period: int
    duplicates: int
    charge_nano: int
    """Sum of the charges written with the rated calls."""
    usage_nano: int
    net_nano: int
    tax_nano: int
    total_nano: int
    closes: bool
    carried_sha256: str = ""
    """Of the file of what its allowances have left; "" in runs of versions that carried nothing."""
    lapsed: tuple[str, ...] = ()
    """Allowances with something left that its tariff does not roll over any more."""


@dataclass(frozen=True, slots=True)
class ControlSheet:
    """The whole run. `calls_read` counts the rows of the call files; `exceptions` those that no account took, by reason."""

    period: str
    calls_read: int
    exceptions: tuple[tuple[str, int], ...]
    accounts: tuple[AccountControl, ...]
    shared_ids: tuple[str, ...] = ()
    """Call ids that stand under several accounts: each of them was billed, so somebody must look."""
    shared_charges: tuple[tuple[str, int], ...] = ()
    """What the calls of these ids were charged, by currency."""
    previous: str = ""
    """The month whose rest of allowances was taken up; "" when the run begins with nothing carried."""
    rolling: tuple[str, ...] = ()
    """Allowances that roll over, as "tariff: allowance"."""
    departed: tuple[str, ...] = ()
    """Accounts of the month before with something left that are not billed now."""

    @property
    def rated(self) -> int:
        """Calls on invoices."""
        return sum(account.rated for account in self.accounts)

    @property
    def not_billed(self) -> int:
        """Calls on no invoice: each stands in the exceptions file with its reason."""
        outside = sum(account.unrated + account.outside_period + account.duplicates for account in self.accounts)
        return outside + sum(count for _, count in self.exceptions)

    @property
    def counts_close(self) -> bool:
        """Calls read = billed + not billed, in all and in each account."""
        each = all(one.calls == one.rated + one.unrated + one.outside_period + one.duplicates for one in self.accounts)
        return each and self.calls_read == self.rated + self.not_billed

    @property
    def sums_close(self) -> bool:
        """The charges of the rated calls are those on the invoices, and each invoice closes."""
        return all(account.closes and account.charge_nano == account.usage_nano for account in self.accounts)

    @property
    def begins_with_nothing(self) -> bool:
        """Whether allowances roll over, but nothing was taken up from a month before."""
        return bool(self.rolling) and not self.previous

    @property
    def lapsed(self) -> tuple[tuple[str, str], ...]:
        """Accounts and allowances whose rest was not taken up, because the tariff does not roll them over any more."""
        return tuple((account.account, name) for account in self.accounts for name in account.lapsed)

    @property
    def closes(self) -> bool:
        """Whether counts and sums close."""
        return self.counts_close and self.sums_close

    def totals(self) -> dict[str, dict[str, int]]:
        """Sums in nano units by currency."""
        found: dict[str, Counter[str]] = {}
        for account in self.accounts:
            sums = found.setdefault(account.currency, Counter())
            sums["invoices"] += 1
            for name in ("usage_nano", "net_nano", "tax_nano", "total_nano"):
                sums[name] += getattr(account, name)
        return {currency: dict(sums) for currency, sums in sorted(found.items())}


def account_control(
    invoice: Invoice,
    charges_nano: Iterable[int],
    *,
    rated: int,
    outside_period: int,
    duplicates: int,
    carried_sha256: str = "",
    lapsed: tuple[str, ...] = (),
) -> AccountControl:
    """Return an account's share.

    Args:
        invoice: its invoice.
        charges_nano: charges of the rated calls as they were written.
        rated: how many these are.
        outside_period: calls of other months.
        duplicates: calls whose id had come before.
        carried_sha256: of the file of what its allowances have left.
        lapsed: allowances with something left that the tariff does not roll over any more.
    """
    return AccountControl(
        account=invoice.account,
        invoice=invoice.number,
        currency=invoice.currency,
        calls=invoice.calls + outside_period + duplicates,
        rated=rated,
        unrated=invoice.unrated_calls,
        outside_period=outside_period,
        duplicates=duplicates,
        charge_nano=sum(charges_nano),
        usage_nano=invoice.usage_nano,
        net_nano=invoice.net_nano,
        tax_nano=invoice.tax_nano,
        total_nano=invoice.total_nano,
        closes=invoice.closes,
        carried_sha256=carried_sha256,
        lapsed=lapsed,
    )
