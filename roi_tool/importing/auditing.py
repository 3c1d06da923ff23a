"""A bill re-rated under the customer's own contract: what was charged too much, too little or twice, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd

from roi_tool.cdr import Bill
from roi_tool.importing.meaning.duplicates import alike_within
from roi_tool.money import NANO
from roi_tool.problems import Problem, ProblemError
from roi_tool.rating import rate_calls
from roi_tool.tariff import Tariff

_MOST_DECIMALS = 9


@dataclass(frozen=True, slots=True)
class Finding:
    """One wrong row of a bill."""

    finding: str
    file: str
    row: int
    start: datetime
    called: str
    duration_ms: int
    billed_nano: int
    contract_nano: int
    difference_nano: int


@dataclass(frozen=True, eq=False)
class Audit:
    """What the audit found.

    Attributes:
        rows: one row per call that is wrong: `finding` (a code), the way home, parties, `billed_nano`, `contract_nano` and
            `difference_nano` (billed less contract; all of it where the row is billed twice).
        checked: calls with a charge that the contract could price.
        unpriced: calls that the contract does not price, or that show no charge.
        tolerance_nano: difference that is put down to the bill's rounding.
        currency: of all amounts.
    """

    rows: pd.DataFrame
    checked: int
    unpriced: int
    tolerance_nano: int
    currency: str

    def findings(self) -> Iterator[Finding]:
        """Give each wrong row as plain values."""
        for row in self.rows.to_dict("records"):
            yield Finding(
                str(row["finding"]),
                str(row["source_file"]),
                int(row["source_row"]),
                row["start"].to_pydatetime(),
                str(row["called"]),
                int(row["duration_ms"]),
                int(row["billed_nano"]),
                int(row["contract_nano"]),
                int(row["difference_nano"]),
            )

    def total(self, finding: str) -> tuple[int, int]:
        """Return how many rows have a finding and the sum of their differences in nano units."""
        chosen = self.rows[self.rows["finding"] == finding]
        return len(chosen), int(chosen["difference_nano"].sum())


def audit_bill(bill: Bill, tariff: Tariff) -> Audit:
    """Rate the calls of a bill under a contract and compare.

    A difference of up to half of the last decimal that the bill prints is its rounding. A row that repeats another to the
    second is billed twice: all of its charge is too much.

    Raises:
        ProblemError: the bill shows no charges, or its currency is not the contract's.
    """
    frame = bill.calls.frame
    if not frame["charge_nano"].notna().any():
        raise ProblemError(Problem("audit_without_charges"))
    rated = rate_calls(bill.calls, tariff)
    if bill.currency and rated.currency and rated.currency != bill.currency:
        raise ProblemError(Problem("audit_currency", detail={"bill": bill.currency, "contract": rated.currency}))
    contract = rated.frame["charge_nano"].reset_index(drop=True)
    billed = frame["charge_nano"].reset_index(drop=True)
    checked = (contract.notna() & billed.notna()).to_numpy()
    twice = alike_within(bill.calls) & checked
    difference = (billed - contract).fillna(0).astype("int64").to_numpy()
    difference = np.where(twice, billed.fillna(0).astype("int64").to_numpy(), difference)
    tolerance = _half_of_last_decimal(billed)
    finding = np.where(
        twice,
        "double_billed",
        np.where(difference > tolerance, "overcharged", np.where(difference < -tolerance, "undercharged", "")),
    )
    finding = np.where(checked, finding, "")
    wrong = finding != ""
    rows = frame.loc[wrong, ["source_file", "source_row", "start", "caller", "called", "duration_ms"]].assign(
        finding=finding[wrong],
        billed_nano=billed[wrong].to_numpy(),
        contract_nano=contract[wrong].to_numpy(),
        difference_nano=difference[wrong],
    )
    return Audit(rows.reset_index(drop=True), int(checked.sum()), int((~checked).sum()), tolerance, bill.currency)


def _half_of_last_decimal(amounts: pd.Series) -> int:
    """Return half of the smallest step that the bill's charges are printed in."""
    known = amounts.dropna().astype("int64").to_numpy()
    for decimals in range(2, _MOST_DECIMALS + 1):
        step = NANO // 10**decimals
        if not (known % step).any():
            return int(step // 2)
    return 0
