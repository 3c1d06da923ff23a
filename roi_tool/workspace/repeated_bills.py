"""Bills that hold what another holds already, under whatever name: noticed, and counted once unless the user says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from roi_tool.cdr import Bill, CallTable
from roi_tool.problems import Problem, Severity, Where

_WHOLE = 0.95
_TELLING_CALLS = 5
"""So many calls that begin at the same instants, last as long and cost the same are the same, however numbers are written."""
_KEYS = (["start", "caller", "called", "direction", "duration_ms", "charge_nano"], ["start", "duration_ms", "charge_nano"])
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Repeated:
    """A bill that repeats another.

    Attributes:
        bill: as it was read.
        other: name of the file that holds the same calls.
        calls: how many of them.
        whole: the bill holds nothing else and was left out; else only those calls were.
        identical: to the last charge; then there is no reason to count it twice.
    """

    bill: Bill
    other: str
    calls: int
    whole: bool
    identical: bool = False

    @property
    def problem(self) -> Problem:
        """Return what is said of it."""
        code = "bill_repeated" if self.whole else "bill_repeated_in_part"
        code = code if self.calls else "bill_repeated_charges"
        detail = {"other": self.other, "count": str(self.calls), "all": str(len(self.bill.calls))}
        return Problem(code, Severity.WARNING, Where(self.bill.files[0].path if self.bill.files else ""), detail)


def without_repeated(new: Sequence[Bill], known: Sequence[Bill]) -> tuple[tuple[Bill, ...], tuple[Repeated, ...]]:
    """Return the new bills with each call counted once, and what was left out.

    A bill that takes the place of a known one of the same files is held against the others only.
    """
    kept: list[Bill] = []
    found: list[Repeated] = []
    paths = {path for bill in new for path in _paths(bill)}
    others = [bill for bill in known if not paths & _paths(bill)]
    for bill in new:
        repeated = _repeated(bill, [*others, *kept])
        if repeated is None:
            kept.append(bill)
            continue
        found.append(repeated[0])
        if not repeated[0].whole:
            kept.append(_without(bill, repeated[1]))
    return tuple(kept), tuple(found)


def _repeated(bill: Bill, others: Sequence[Bill]) -> tuple[Repeated, Mask] | None:
    """Return with which bill this one shares calls, and which of its own they are."""
    if not len(bill.calls):
        same = next((other for other in others if _same_charges(bill, other)), None)
        return None if same is None else (Repeated(bill, _name(same), 0, True, True), np.zeros(0, bool))
    taken, names = np.zeros(len(bill.calls), bool), {}
    for other in others:
        mask = _shared(bill.calls, other.calls)
        if mask.any():
            names[_name(other)] = int(mask.sum())
            taken |= mask
    if not names:
        return None
    name, count = max(names, key=lambda one: names[one]), int(taken.sum())
    whole = count >= _WHOLE * len(bill.calls)
    identical = whole and any(_identical(bill, other) for other in others)
    return Repeated(bill, name, count, whole, identical), taken


def _shared(calls: CallTable, others: CallTable) -> Mask:
    """Return which calls stand among the others; numbers count only where times, lengths and money leave a doubt."""
    strict, loose = (np.isin(_keys(calls, names), _keys(others, names)) for names in _KEYS)
    if len(calls) >= _TELLING_CALLS and loose.sum() >= _WHOLE * len(calls):
        return np.asarray(loose)
    # A few short calls at whole minutes may well be alike by chance.
    return np.asarray(strict) if strict.sum() >= min(_TELLING_CALLS, len(calls)) else np.zeros(len(calls), bool)


def _keys(calls: CallTable, names: list[str]) -> npt.NDArray[np.uint64]:
    kinds = {name: kind for name, kind in (("charge_nano", "float64"), ("direction", "str")) if name in names}
    return np.asarray(pd.util.hash_pandas_object(calls.frame[names].astype(kinds), index=False).to_numpy(), np.uint64)


def _without(bill: Bill, taken: Mask) -> Bill:
    """Return a bill without calls that are counted elsewhere; its files count them as rows that were read already."""
    frame = bill.calls.frame
    files = []
    gone = frame.loc[taken, "source_file"].astype("str")
    for reading in bill.files:
        # A file in an archive has a path below the archive's.
        count = int((gone.eq(reading.path) | gone.str.startswith(f"{reading.path}/")).sum())
        skipped = dict(reading.skipped_by_reason)
        if count:
            skipped["duplicate"] = skipped.get("duplicate", 0) + count
        files.append(
            replace(
                reading,
                rows_calls=reading.rows_calls - count,
                rows_skipped=reading.rows_skipped + count,
                skipped_by_reason=tuple(sorted(skipped.items())),
            )
        )
    calls = bill.calls.with_frame(frame[~taken].reset_index(drop=True))
    return replace(bill, calls=calls, files=tuple(files))


def _same_charges(bill: Bill, other: Bill) -> bool:
    mine, theirs = ([(one.kind, one.description, one.amount_nano) for one in each.charges] for each in (bill, other))
    period = (bill.period_start, bill.period_end) == (other.period_start, other.period_end)
    return bool(mine) and period and mine == theirs


def _identical(bill: Bill, other: Bill) -> bool:
    mine, theirs = ([(one.description, one.amount_nano) for one in each.charges] for each in (bill, other))
    if mine != theirs or len(bill.calls) != len(other.calls):
        return False
    return all(bill.calls.frame[name].equals(other.calls.frame[name]) for name in ("start", "duration_ms", "called", "caller"))


def _paths(bill: Bill) -> set[Path]:
    return {Path(reading.path).resolve() for reading in bill.files}


def _name(bill: Bill) -> str:
    return Path(bill.files[0].path).name if bill.files else "–"
