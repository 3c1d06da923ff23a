"""Lakeshore Communications, a carrier in Illinois: monthly CSV with a preamble, charges, calls in whole minutes, totals."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from random import Random

from making import numbers
from making.known import Call, Fee, Known
from making.traffic import Pattern, call_times, days_of, talk_seconds

HOLIDAYS = (date(2026, 5, 25), date(2026, 6, 19), date(2026, 7, 3), date(2026, 7, 4))
PATTERN = Pattern(per_day=34.0, months={5: 1.0, 6: 1.03, 7: 0.92}, holidays=HOLIDAYS)
OWN_LINES = [f"312-555-01{number:02d}" for number in range(20, 38)]
TOLL_FREE_LINE = "800-555-0136"
PERIODS = (
    (date(2026, 5, 1), date(2026, 6, 1), "20480526"),
    (date(2026, 6, 1), date(2026, 7, 1), "20480626"),
    (date(2026, 7, 1), date(2026, 8, 1), "20480726"),
)
HEADER = ("Item", "Day", "Date", "Time", "From Number", "To Number", "Call To", "Call Type", "Min", "Rate", "Amount")
# Call type → weight, called class, median seconds, dollars per minute.
KINDS: dict[str, tuple[float, str, float, str]] = {
    "Local": (40, "geographic", 95, "0.000"),
    "Intrastate": (19, "geographic", 130, "0.039"),
    "Interstate": (22, "geographic", 140, "0.029"),
    "Toll Free": (5, "toll_free", 230, "0.000"),
    "Toll Free Inbound": (10, "toll_free", 150, "0.034"),
    "International": (2.4, "international", 190, "0.190"),
    "Directory Assistance": (0.5, "special", 40, "1.490"),
    "Emergency": (0.05, "emergency", 120, "0.000"),
}
CENT = Decimal("0.01")
_INTRASTATE = ("AURORA IL", "JOLIET IL", "EVANSTON IL")
_INTERSTATE = tuple(place for place in numbers.US_CITIES if not place.endswith(" IL"))


def write(folder: Path) -> list[Known]:
    """Write three monthly files."""
    rng = Random("lakeshore")
    lines = numbers.Lines(rng, OWN_LINES)
    times = call_times(rng, PATTERN, days_of(PERIODS[0][0], 3))
    calls = [_call(rng, lines, start.replace(second=0)) for start in times]
    return [
        _write_month(folder, first, end, number, [call for call in calls if call.start.month == first.month])
        for first, end, number in PERIODS
    ]


def _call(rng: Random, lines: numbers.Lines, start: datetime) -> Call:
    kind = rng.choices(list(KINDS), [weight for weight, *_ in KINDS.values()])[0]
    _, called_class, median, rate = KINDS[kind]
    minutes = -(-talk_seconds(rng, median) // 60)
    own = lines.take(start, minutes * 60)
    amount = (Decimal(rate) * minutes).quantize(CENT, ROUND_HALF_UP)
    if kind == "Directory Assistance":
        amount = Decimal(rate).quantize(CENT)
    call = Call(start, own, "", called_class, minutes * 60, "outbound", minutes * 60, amount, kind)
    if kind == "Toll Free Inbound":
        place = rng.choice(list(numbers.US_CITIES))
        return replace(call, caller=_number(rng, place), called=TOLL_FREE_LINE, direction="inbound", place="INCOMING")
    called, place = _called(rng, kind)
    return replace(call, called=called, place=place)


def _called(rng: Random, kind: str) -> tuple[str, str]:
    if kind == "Toll Free":
        return f"{rng.choice(('800', '888', '877'))}-555-01{rng.randrange(40, 100)}", "TOLL FREE"
    if kind == "International":
        country = rng.choice(("United Kingdom", "Germany", "Ireland", "India"))
        return "011" + numbers.abroad(rng, country), country.upper()
    if kind == "Directory Assistance":
        return "411", "DIRECTORY ASST"
    if kind == "Emergency":
        return "911", "EMERGENCY"
    place = "CHICAGO IL" if kind == "Local" else rng.choice(_INTRASTATE if kind == "Intrastate" else _INTERSTATE)
    return _number(rng, place, 40), place


def _number(rng: Random, place: str, low: int = 0) -> str:
    return f"{numbers.US_CITIES[place]}-555-01{rng.randrange(low, 100):02d}"


def _fees(usage: Decimal) -> list[tuple[Fee, Decimal | None]]:
    access = [
        (Fee("recurring", "PRI access line (23B+D)", Decimal("389.00")), Decimal("389.00")),
        (Fee("recurring", "DID numbers, block of 20", Decimal("12.00"), Decimal(2)), Decimal("6.00")),
        (Fee("recurring", "Toll-free number 800-555-0136", Decimal("5.00")), Decimal("5.00")),
        (Fee("discount", "Term agreement discount", Decimal("-20.00")), None),
    ]
    base = usage + sum((fee.amount for fee, _ in access), Decimal(0))
    rates = (
        ("fee", "Federal Universal Service Fund surcharge", Decimal("0.0912")),
        ("fee", "Regulatory cost recovery fee", Decimal("0.0175")),
        ("tax", "Illinois telecommunications excise tax", Decimal("0.07")),
        ("fee", "State and local 911 fee", Decimal("0.0360")),
    )
    return [*access, *((Fee(kind, text, (base * rate).quantize(CENT, ROUND_HALF_UP)), None) for kind, text, rate in rates)]


def _write_month(folder: Path, first: date, end: date, number: str, calls: Sequence[Call]) -> Known:
    name = f"lakeshore_usage_{first:%Y-%m}.csv"
    last = date.fromordinal(end.toordinal() - 1)
    usage = sum((call.charge or Decimal(0) for call in calls), Decimal(0))
    fees = _fees(usage)
    total = usage + sum((fee.amount for fee, _ in fees), Decimal(0))
    minutes = sum(call.duration_s for call in calls) // 60
    rows: list[Sequence[object]] = [
        ["Lakeshore Communications"],
        ["Customer", "Pinecrest Dental Group, 40 Harbor Street, Chicago IL"],
        ["Account Number", "LC-2048817"],
        ["Invoice Number", number],
        ["Invoice Date", f"{end:%m/%d/%Y}"],
        ["Billing Period", f"{first:%m/%d/%Y} - {last:%m/%d/%Y}"],
        [],
        ["Description", "Qty", "Unit Price", "Amount"],
        *[[fee.description, fee.quantity, dollars(price), dollars(fee.amount)] for fee, price in fees],
        [f"Usage charges, {len(calls)} calls (see call detail)", "", "", dollars(usage)],
        ["Total Current Charges", "", "", dollars(total)],
        [],
        ["Call Detail"],
        HEADER,
        *[
            [
                item, f"{call.start:%a}".upper(), f"{call.start:%m/%d/%Y}", twelve_hours(call), call.caller, call.called,
                call.place, call.kind, call.duration_s // 60, KINDS[call.kind][3], dollars(call.charge),
            ]
            for item, call in enumerate(calls, start=1)
        ],
        ["Total", "", "", "", "", "", f"{len(calls)} calls", "", minutes, "", dollars(usage)],
    ]  # fmt: skip
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    (folder / name).write_bytes(text.getvalue().encode("ascii"))
    return Known(
        file=name,
        layout="us_csv",
        encoding="ascii",
        delimiter=",",
        date_order="mdy",
        timezone="America/Chicago",
        country="US",
        currency="USD",
        period=(first, end),
        calls=calls,
        rows_total=sum(bool(row) for row in rows),
        fees=[fee for fee, _ in fees],
        stated_total=total,
        notes="Minutes are rounded up to whole ones, so the time talked is not known better than the time billed.",
    )


def dollars(amount: Decimal | None) -> str:
    """Return $1,234.56, credits in brackets, nothing for None."""
    if amount is None:
        return ""
    return f"(${-amount:,.2f})" if amount < 0 else f"${amount:,.2f}"


def twelve_hours(call: Call) -> str:
    """Return the start as 9:05 AM."""
    return f"{(call.start.hour + 11) % 12 + 1}:{call.start.minute:02d} {'PM' if call.start.hour >= 12 else 'AM'}"
