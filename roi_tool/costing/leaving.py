"""Leaving the old contract: early termination by a formula of a closed set, and the weeks in which both services are paid."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import numpy as np

from roi_tool.costing.months import WEEKS_PER_MONTH, Amounts, nothing, to_amounts


class TerminationKind(StrEnum):
    """How contracts reckon what is owed when they are ended early. `wording` has each formula as `formula.<value>`."""

    RENTAL = "rental"
    """Months left × monthly rental × share. Source: carriers' service terms, such as 75 % (Verizon's service commitment clause
    as law libraries print it) or 65 % (One NZ's fees for change) of the recurring charges left."""
    COMMITMENT = "commitment"
    """Months left × the monthly minimum commitment × share. Source: volume commitments in carriers' term plans."""
    DECLINING = "declining"
    """Months left × monthly rental × the share that holds for so many months left. Source: contracts whose share falls
    from year to year."""
    FIXED = "fixed"
    """A fee for each piece. Source: `jivetel` in the table of United States fees: 175 a line, 75 a device that is kept."""
    FALLING = "falling"
    """A fee for each piece, less so much for each month served. Source: faircontracts.org on early termination fees:
    325 − 10 a month."""
    NOTICE = "notice"
    """The monthly rental for the months of notice that the weeks of both services do not cover. Source: 30 to 60 days in every
    checklist of the catalogue."""
    REPAYMENT = "repayment"
    """A benefit that is paid back in proportion to the months left: subsidised handsets, waived set-up. Source: carriers' help
    pages; "set-up fee resurrection" in the table of contract tricks."""


@dataclass(frozen=True, slots=True)
class TerminationTerm:
    """One part of what is owed. What a kind does not use is left at 0; `needs` says what each uses.

    Attributes:
        kind: see `TerminationKind`.
        share: 0.75 is 75 %; None: what the driver `termination_share` says.
        amount_nano: the monthly commitment, the fee of a piece, or the benefit.
        pieces: how many the fee is for.
        less_nano: what a fee falls by for each month served.
        months: of notice, or of the whole contract (falling fee, repayment).
        steps: (months left, share): the share that holds where at least so many months are left.
    """

    kind: TerminationKind
    share: float | None = None
    amount_nano: int = 0
    pieces: int = 1
    less_nano: int = 0
    months: int = 0
    steps: tuple[tuple[int, float], ...] = ()


NEEDS: dict[TerminationKind, tuple[str, ...]] = {
    TerminationKind.RENTAL: (),
    TerminationKind.COMMITMENT: ("amount",),
    TerminationKind.DECLINING: ("steps",),
    TerminationKind.FIXED: ("amount",),
    TerminationKind.FALLING: ("amount", "less", "months"),
    TerminationKind.NOTICE: ("months",),
    TerminationKind.REPAYMENT: ("amount", "months"),
}
"""What must be given for a kind."""
MAY_HAVE: dict[TerminationKind, tuple[str, ...]] = {
    TerminationKind.RENTAL: ("share",),
    TerminationKind.COMMITMENT: ("share",),
    TerminationKind.FIXED: ("pieces",),
    TerminationKind.FALLING: ("pieces",),
}
"""What may be given besides."""


@dataclass(frozen=True, slots=True)
class TerminationTerms:
    """What a contract asks for: the sum of its terms, at most `cap_nano` (None: no limit), and who says so."""

    terms: tuple[TerminationTerm, ...]
    source: str
    as_of: date | None = None
    cap_nano: int | None = None

    def part(self, share: float) -> TerminationTerms:
        """Return what falls to a part of the customer: its share of every amount and of the cap."""
        scaled = tuple(
            replace(term, amount_nano=round(term.amount_nano * share), less_nano=round(term.less_nano * share))
            for term in self.terms
        )
        return replace(self, terms=scaled, cap_nano=None if self.cap_nano is None else round(self.cap_nano * share))


@dataclass(frozen=True, slots=True)
class TerminationPart:
    """One term reckoned: the share that was taken and the amount, so that the formula can be printed with its inputs."""

    term: TerminationTerm
    share: float
    months: float
    amount_nano: float


def termination_parts(
    terms: TerminationTerms | None, rental_nano: float, months_left: float, *, share: float, overlap_weeks: float
) -> tuple[TerminationPart, ...]:
    """Return each term's amount, in nano units; nothing is owed by a contract that has no months left but for its notice.

    Args:
        terms: of the contract; None stands for the whole rental left, times `share`.
        rental_nano: what is paid a month to the carrier that is left (calls are not part of it).
        months_left: on the contract.
        share: taken where a term has none of its own.
        overlap_weeks: weeks for which the old rental is paid anyway: they count as notice given.
    """
    every = (TerminationTerm(TerminationKind.RENTAL),) if terms is None else terms.terms
    return tuple(_part(term, rental_nano, months_left, share, overlap_weeks / WEEKS_PER_MONTH) for term in every)


def _part(term: TerminationTerm, rental_nano: float, left: float, share: float, overlap_months: float) -> TerminationPart:
    months, own, each = left, 1.0, 0.0
    match term.kind:
        case TerminationKind.RENTAL:
            own, each = share if term.share is None else term.share, left * rental_nano
        case TerminationKind.COMMITMENT:
            own, each = share if term.share is None else term.share, left * term.amount_nano
        case TerminationKind.DECLINING:
            own = next((rate for least, rate in sorted(term.steps, reverse=True) if left >= least), 0.0)
            each = left * rental_nano
        case TerminationKind.FIXED:
            each = float(term.amount_nano * term.pieces) if left else 0.0
        case TerminationKind.FALLING:
            months = max(0.0, term.months - left)
            each = max(0.0, term.amount_nano - term.less_nano * months) * term.pieces if left else 0.0
        case TerminationKind.NOTICE:
            months = max(0.0, term.months - overlap_months)
            each = months * rental_nano
        case TerminationKind.REPAYMENT:
            own, each = min(1.0, left / term.months) if term.months else 0.0, float(term.amount_nano)
    return TerminationPart(term, own, months, each * own)


def owed(terms: TerminationTerms | None, parts: tuple[TerminationPart, ...]) -> float:
    """Return what is owed in all, in nano units: the parts together, at most the cap."""
    total = sum(part.amount_nano for part in parts)
    return total if terms is None or terms.cap_nano is None else min(total, float(terms.cap_nano))


def at_the_start(amount_nano: float, horizon_months: int) -> Amounts:
    """Return an amount that is paid once, at the start."""
    if not amount_nano:
        return nothing(horizon_months)
    amounts = np.zeros(horizon_months + 1)
    amounts[0] = amount_nano
    return to_amounts(amounts)


def overlap_amounts(rental_nano: float, weeks: float, horizon_months: int) -> Amounts:
    """Return the old rental for the weeks in which both services run, paid at the start."""
    return at_the_start(rental_nano * weeks / WEEKS_PER_MONTH, horizon_months)


def exit_amounts(monthly_nano: float, term_months: int, share: float, horizon_months: int) -> Amounts:
    """Return what leaving in the last month costs where a new contract's term goes on past the time compared."""
    amounts = np.zeros(horizon_months + 1)
    amounts[horizon_months] = monthly_nano * max(0, term_months - horizon_months) * share
    return to_amounts(amounts)
