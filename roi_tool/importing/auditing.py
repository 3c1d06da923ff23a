"""A bill re-rated under the customer's own contract: what was charged too much, too little or twice, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

import numpy as np
import numpy.typing as npt
import pandas as pd

from roi_tool.cdr import Bill, CallTable
from roi_tool.importing.audit_causes import find_causes
from roi_tool.importing.meaning.duplicates import alike_within, keys_of_calls
from roi_tool.money import NANO, Rounding, round_ratio_column
from roi_tool.problems import Problem, ProblemError, Severity
from roi_tool.rating import CompiledTariff, compile_tariff, rate_calls
from roi_tool.tariff import Tariff

FINDINGS = ("overcharged", "undercharged", "double_billed")
NOT_JUDGED = "not_judged"
_MOST_DECIMALS = 9
Nanos = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Finding:
    """One wrong row of a bill, or (`not_judged`) one that has money which the contract cannot be held against."""

    finding: str
    cause: str
    """What would explain it: a code of `audit.cause.…`, or why the contract has no price; "" where nothing does."""
    file: str
    row: int
    start: datetime
    """In the account's zone."""
    caller: str
    called: str
    duration_ms: int
    rate: str
    """The contract's rate that the call is priced by."""
    contract_billed_ms: int
    billed_nano: int
    contract_nano: int
    difference_nano: int


@dataclass(frozen=True, eq=False)
class Audit:
    """What the audit found. The money adds up: billed = contract + the differences of each finding + rounding + unjudged.

    Attributes:
        rows: one row per call that is wrong or cannot be judged though it has a charge; columns as in `Finding`, with
            `difference_nano` billed less contract (all of it where the row is billed twice, 0 where it is not judged).
        checked: calls with a charge that the contract could price.
        unpriced: calls that the contract does not price, or that show no charge.
        unpriced_by_reason: why, each with its number of calls.
        tolerance_nano: difference that is put down to the bill's rounding.
        billed_nano: money of all calls on the bill.
        contract_nano: what the contract charges for those that were checked, each counted once.
        rounding_nano: sum of the differences within the tolerance.
        unjudged_nano: money of the calls that were not checked.
        currency: of all amounts.
        problems: what was assumed.
    """

    rows: pd.DataFrame
    checked: int
    unpriced: int
    tolerance_nano: int
    currency: str
    unpriced_by_reason: Mapping[str, int] = field(default_factory=dict)
    billed_nano: int = 0
    contract_nano: int = 0
    rounding_nano: int = 0
    unjudged_nano: int = 0
    timezone: str = "UTC"
    problems: tuple[Problem, ...] = ()

    def findings(self) -> Iterator[Finding]:
        """Give each row as plain values."""
        for row in self.rows.to_dict("records"):
            yield Finding(
                str(row["finding"]),
                str(row["cause"]),
                str(row["source_file"]),
                int(row["source_row"]),
                row["start"].tz_convert(self.timezone).to_pydatetime(),
                str(row["caller"]),
                str(row["called"]),
                int(row["duration_ms"]),
                str(row["rate"]),
                int(row["contract_billed_ms"]),
                int(row["billed_nano"]),
                int(row["contract_nano"]),
                int(row["difference_nano"]),
            )

    def total(self, finding: str) -> tuple[int, int]:
        """Return how many rows have a finding and the sum of their differences in nano units."""
        chosen = self.rows[self.rows["finding"] == finding]
        return len(chosen), int(chosen["difference_nano"].sum())


def audit_bill(bill: Bill, tariff: Tariff, *, vat: Decimal | None = None) -> Audit:
    """Rate the calls of a bill under a contract and compare.

    A difference of up to half of the last decimal that the bill prints is its rounding. A row that repeats another to the
    second, or that stands in another file too, is billed twice: all of its charge is too much.

    Args:
        bill: with every row of its files (`read_bill(…, keep_repeated=True)`).
        tariff: the contract.
        vat: rate as a fraction, where one of the two holds tax and the other does not.

    Raises:
        ProblemError: the bill shows no charges, its currency is not the contract's, or only one of the two holds tax and no
            rate is known.
    """
    calls = bill.calls.with_frame(bill.calls.frame.reset_index(drop=True))
    billed = calls.frame["charge_nano"]
    if not billed.notna().any():
        raise ProblemError(Problem("audit_without_charges"))
    held = _held_against(calls, bill.currency, tariff, vat)
    tolerance = half_of_last_decimal(billed)
    finding = _judged(held, tolerance)
    rows = _rows_of(calls, held, finding)
    compiled, wrong = compile_tariff(tariff), finding != ""
    rows["cause"] = _caused(rows, calls.with_frame(calls.frame[wrong].reset_index(drop=True)), compiled, tolerance, vat)
    unpriced = pd.Series(held.reason[~held.checked]).value_counts()
    return Audit(
        rows,
        int(held.checked.sum()),
        int((~held.checked).sum()),
        tolerance,
        bill.currency,
        {str(reason): int(count) for reason, count in unpriced.items()},
        int(held.charged.sum()),
        int(held.price.sum()),
        int(held.difference[held.checked & ~wrong].sum()),
        int(held.charged[~held.checked].sum()),
        bill.calls.timezone,
        _assumed(bill, tariff),
    )


@dataclass(frozen=True, eq=False)
class _Held:
    """Every call of a bill held against the contract. `reason` says why one was not `checked`."""

    charged: Nanos
    price: Nanos
    difference: Nanos
    checked: Mask
    again: Mask
    elsewhere: Mask
    reason: npt.NDArray[np.object_]
    rate: npt.NDArray[np.object_]
    billed_ms: Nanos


def _held_against(calls: CallTable, currency: str, tariff: Tariff, vat: Decimal | None) -> _Held:
    frame = calls.frame
    billed, elsewhere = frame["charge_nano"], _stands_elsewhere(calls)
    again = (alike_within(calls) & billed.notna().to_numpy()) | elsewhere
    rated = rate_calls(calls.with_frame(frame[~again]), tariff)  # a copy must not use up an allowance
    if currency and rated.currency and rated.currency != currency:
        raise ProblemError(Problem("audit_currency", detail={"bill": currency, "contract": rated.currency}))
    after = rated.frame.reindex(frame.index)
    checked = again | (after["charge_nano"].notna() & billed.notna()).to_numpy()
    charged: Nanos = billed.fillna(0).to_numpy(np.int64)
    price = np.where(checked & ~again, _as_taxed(after, calls, tariff, vat), 0)
    return _Held(
        charged,
        price,
        np.where(checked, charged - price, 0),
        checked,
        again,
        elsewhere,
        after["reason"].astype("object").where(billed.notna(), "no_charge").to_numpy(object),
        after["rate_id"].astype("object").where(after["charge_nano"].notna(), "").to_numpy(object),
        after["billed_ms"].fillna(0).to_numpy(np.int64),
    )


def _rows_of(calls: CallTable, held: _Held, finding: npt.NDArray[np.str_]) -> pd.DataFrame:
    """Return the rows that have a finding; the cause is what is known without trying other prices."""
    wrong = finding != ""
    known = np.where(held.elsewhere, "other_file", np.where(held.again, "same_file", ""))
    columns = ["source_file", "source_row", "start", "caller", "called", "duration_ms"]
    rows: pd.DataFrame = calls.frame.loc[wrong, columns].assign(
        finding=finding[wrong],
        cause=np.where(finding == NOT_JUDGED, held.reason, known)[wrong],
        rate=held.rate[wrong],
        contract_billed_ms=held.billed_ms[wrong],
        billed_nano=held.charged[wrong],
        contract_nano=held.price[wrong],
        difference_nano=held.difference[wrong],
    )
    return rows.reset_index(drop=True)


def half_of_last_decimal(amounts: pd.Series) -> int:
    """Return half of the smallest step that the bill's charges are printed in."""
    known = amounts.dropna().astype("int64").to_numpy()
    for decimals in range(2, _MOST_DECIMALS + 1):
        step = NANO // 10**decimals
        if not (known % step).any():
            return int(step // 2)
    return 0


def _judged(held: _Held, tolerance: int) -> npt.NDArray[np.str_]:
    over, under = held.difference > tolerance, held.difference < -tolerance
    found = np.where(held.again, "double_billed", np.where(over, "overcharged", np.where(under, "undercharged", "")))
    return np.where(held.checked, found, np.where(held.charged != 0, NOT_JUDGED, ""))


def _stands_elsewhere(calls: CallTable) -> npt.NDArray[np.bool_]:
    """Return which calls stand in an earlier file of the bill too; a bill is audited with what its files repeat."""
    frame = calls.frame
    files = frame["source_file"].astype("str").to_numpy()
    keys = pd.DataFrame({"key": keys_of_calls(calls), "file": files})
    first = keys.drop_duplicates("key").set_index("key")["file"]
    return np.asarray(keys["key"].map(first).to_numpy() != files) & (frame["charge_nano"] != 0).fillna(False).to_numpy(bool)


def _as_taxed(after: pd.DataFrame, calls: CallTable, tariff: Tariff, vat: Decimal | None) -> Nanos:
    """Return the contract's charges with tax or without, as the bill shows its own."""
    charge: Nanos = after["charge_nano"].fillna(0).to_numpy(np.int64)
    included = calls.tax_included
    if included is None or included == tariff.tax_included:
        return charge
    if tariff.taxes:
        tax: Nanos = after["tax_nano"].fillna(0).to_numpy(np.int64)
        return charge + tax if included else charge - tax
    if vat is None:
        states = {"bill": f"tax_said.{included}", "contract": f"tax_said.{tariff.tax_included}"}
        raise ProblemError(Problem("audit_tax_unknown", detail=states))
    over, under = (1 + vat).as_integer_ratio()
    over, under = (over, under) if included else (under, over)
    return round_ratio_column(charge * over, under, Rounding.HALF_UP)


def _assumed(bill: Bill, tariff: Tariff) -> tuple[Problem, ...]:
    if bill.calls.tax_included is not None:
        return ()
    return (Problem("audit_tax_assumed", Severity.INFO, detail={"state": f"tax_said.{tariff.tax_included}"}),)


def _caused(
    rows: pd.DataFrame, calls: CallTable, compiled: CompiledTariff, tolerance: int, vat: Decimal | None
) -> npt.NDArray[np.object_]:
    """Return why each row is as it is, as far as that can be told; `calls` are those of the rows."""
    known = rows["cause"].to_numpy(object)
    asked = rows["finding"].isin(("overcharged", "undercharged")).to_numpy()
    if not asked.any():
        return known
    return np.where(asked, find_causes(calls, rows["billed_nano"].to_numpy(np.int64), compiled, tolerance, vat), known)
