"""What is known of each file because it was made here: counts, durations and money, to be held against any reader."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

ZERO = Decimal(0)


@dataclass(frozen=True)
class Call:
    """One call. `start` is local, without a zone; `billed_s`, `charge` None if not shown."""

    start: datetime
    caller: str
    called: str
    called_class: str
    duration_s: int
    direction: str = "outbound"
    billed_s: int | None = None
    charge: Decimal | None = None
    kind: str = ""
    place: str = ""
    answered: bool = True
    in_bundle: bool = False


@dataclass(frozen=True)
class Fee:
    """A line of the bill that is not a call. `kind` as in the command line's list of charges."""

    kind: str
    description: str
    amount: Decimal
    quantity: Decimal = Decimal(1)


@dataclass
class Known:
    """The truth about one file."""

    file: str
    layout: str
    encoding: str
    delimiter: str
    date_order: str
    timezone: str
    country: str
    currency: str
    period: tuple[date, date]
    """First day and the day after the last."""
    calls: Sequence[Call]
    rows_total: int
    """Records that hold anything at all; in a workbook over all of its sheets."""
    fees: Sequence[Fee] = field(default_factory=list)
    stated_total: Decimal | None = None
    bill: str = ""
    notes: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the entry of known_totals.json."""
        usage = sum((call.charge or ZERO for call in self.calls), ZERO)
        read = usage + sum((fee.amount for fee in self.fees), ZERO)
        if self.stated_total is not None and read != self.stated_total:
            raise AssertionError(f"{self.file}: states {self.stated_total}, holds {read}")
        skipped = self.rows_total - len(self.calls) - len(self.fees)
        return {
            "bill": self.bill or self.file,
            "layout": self.layout,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "date_order": self.date_order,
            "timezone": self.timezone,
            "country": self.country,
            "currency": self.currency,
            "period": {"start": self.period[0].isoformat(), "end": self.period[1].isoformat()},
            "rows": {
                "total": self.rows_total,
                "calls": len(self.calls),
                "charges": len(self.fees),
                "skipped": skipped,
                "rejected": 0,
            },
            "calls": self._calls_json(usage),
            "charges": [
                {"kind": f.kind, "description": f.description, "quantity": str(f.quantity), "amount": str(f.amount)}
                for f in self.fees
            ],
            "charges_by_kind": _by_kind(self.fees),
            "stated_total": None if self.stated_total is None else str(self.stated_total),
            "read_total": str(read),
            "notes": self.notes,
        }

    def _calls_json(self, usage: Decimal) -> dict[str, Any]:
        zone = ZoneInfo(self.timezone)
        starts = [call.start.replace(tzinfo=zone) for call in self.calls]
        by_direction = {"outbound": 0, "inbound": 0, "internal": 0}
        for call in self.calls:
            by_direction[call.direction] += 1
        shown = [call.billed_s for call in self.calls if call.billed_s is not None]
        return {
            "count": len(self.calls),
            "answered": sum(call.answered for call in self.calls),
            "duration_s": sum(call.duration_s for call in self.calls),
            "billed_s": sum(shown) if shown else None,
            "charge": str(usage),
            "priced": sum(call.charge is not None for call in self.calls),
            "first_start": min(starts).astimezone(ZoneInfo("UTC")).isoformat(),
            "last_start": max(starts).astimezone(ZoneInfo("UTC")).isoformat(),
            "by_direction": by_direction,
            "by_class": _by_class(self.calls),
        }


def _by_kind(fees: Iterable[Fee]) -> dict[str, str]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for fee in fees:
        sums[fee.kind] += fee.amount
    return {kind: str(amount) for kind, amount in sorted(sums.items())}


def _by_class(calls: Iterable[Call]) -> dict[str, dict[str, Any]]:
    groups: dict[str, list[Call]] = defaultdict(list)
    for call in calls:
        groups[call.called_class].append(call)
    return {
        name: {
            "count": len(group),
            "duration_s": sum(call.duration_s for call in group),
            "charge": str(sum((call.charge or ZERO for call in group), ZERO)),
        }
        for name, group in sorted(groups.items())
    }


def clock(seconds: int) -> str:
    """Return H..H:MM:SS with at least two digits of hours."""
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
