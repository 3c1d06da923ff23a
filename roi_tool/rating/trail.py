"""Follows one call through the rules of its month: what each of them made of its charge."""

from __future__ import annotations

from dataclasses import dataclass, field

from roi_tool.rating.ledger import Ledger


@dataclass(frozen=True, slots=True)
class RuleStep:
    """A rule that changed the call. `kind` is allowance, fair_use, tiers, credit or surcharge."""

    kind: str
    rule: str
    before_nano: int
    after_nano: int
    covered_ms: int = 0
    """Billed time that an allowance pays."""


@dataclass(eq=False)
class Trail:
    """Given to `rate_columns` to follow the call of a row; the rules fill it."""

    row: int
    steps: list[RuleStep] = field(default_factory=list)
    covered_ms: int = 0
    fees_covered: bool = False
    charge_nano: int = 0

    def start(self, ledger: Ledger) -> None:
        """Remember the call as it is now, so that the next rule is seen by what it changes."""
        self.charge_nano, self.covered_ms = int(ledger.charge_nano[self.row]), int(ledger.covered_ms[self.row])
        self.fees_covered = bool(ledger.fees_covered[self.row])

    def note(self, kind: str, rule: str, ledger: Ledger) -> None:
        """Note the step if a rule has changed the call."""
        before, covered = self.charge_nano, self.covered_ms
        self.start(ledger)
        if (before, covered) != (self.charge_nano, self.covered_ms):
            self.steps.append(RuleStep(kind, rule, before, self.charge_nano, self.covered_ms - covered))
