"""Itemised calls (Einzelverbindungsnachweis) of an invented German carrier: semicolons, decimal commas, dd.mm.yyyy, cp1252."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from random import Random

from making import numbers
from making.known import Call, Known, clock
from making.traffic import Pattern, call_times, days_of, talk_seconds

NAME = "nordlicht_einzelverbindungen_2026-05_07.csv"
FIRST, END = date(2026, 5, 1), date(2026, 8, 1)
HOLIDAYS = (date(2026, 5, 1), date(2026, 5, 14), date(2026, 5, 25), date(2026, 6, 4))
PATTERN = Pattern(per_day=26.0, months={5: 0.97, 6: 1.04, 7: 0.9}, holidays=HOLIDAYS)
OWN_LINES = [f"08999998{number}" for number in range(100, 114)]
HEADER = "Datum;Uhrzeit;Rufnummer;Zielrufnummer;Ziel;Verbindungsart;Dauer;Betrag netto (€)"
# Kind → weight, called class, median seconds, euro per minute.
KINDS: dict[str, tuple[float, str, float, str]] = {
    "Ortsgespräch": (30, "geographic", 100, "0.0120"),
    "Deutschland Festnetz": (30, "geographic", 125, "0.0140"),
    "Mobilfunk Inland": (27, "mobile", 90, "0.0890"),
    "Freecall 0800": (3, "toll_free", 240, "0.0000"),
    "Service 0180": (1.2, "shared_cost", 160, "0.1390"),
    "Premium 0900": (0.1, "premium", 120, "0.9900"),
    "Ausland": (5, "international", 190, "0.0490"),
    "Notruf": (0.04, "emergency", 100, "0.0000"),
}
_ABROAD = {
    "Vereinigtes Königreich": "United Kingdom",
    "Schweiz": "Switzerland",
    "Frankreich": "France",
    "Vereinigte Staaten": "United States",
}


def write(folder: Path) -> list[Known]:
    """Write one file with the calls of three months."""
    rng = Random("nordlicht")
    lines = numbers.Lines(rng, OWN_LINES)
    mobiles = numbers.contacts(rng, [numbers.DE_MOBILE], 3, 260)
    calls = [_call(rng, lines, mobiles, start) for start in call_times(rng, PATTERN, days_of(FIRST, 3))]
    total = sum((call.charge or Decimal(0) for call in calls), Decimal(0))
    rows = [
        "Nordlicht Telefon GmbH;;;;;;;",
        "Einzelverbindungsnachweis;;;;;;;",
        "Kunde;Lindenhof Möbelwerkstätten GmbH, München;;;;;;",
        "Kundennummer;NT-5530921;;;;;;",
        "Zeitraum;01.05.2026 bis 31.07.2026;;;;;;",
        "",
        HEADER,
        *(_row(call) for call in calls),
        f"Summe;;;;{len(calls)} Verbindungen;;{clock(sum(call.duration_s for call in calls))};{comma(total)}",
        "Alle Beträge ohne Umsatzsteuer. Sonderzeichen: Änderungen vorbehalten.;;;;;;;",
    ]
    (folder / NAME).write_bytes("".join(f"{row}\r\n" for row in rows).encode("cp1252"))
    return [
        Known(
            file=NAME,
            layout="germany",
            encoding="cp1252",
            delimiter=";",
            date_order="dmy",
            timezone="Europe/Berlin",
            country="DE",
            currency="EUR",
            period=(FIRST, END),
            calls=calls,
            rows_total=sum(bool(row) for row in rows),
            stated_total=total,
            notes="Amounts have four decimals and a decimal comma, the total a thousands point where it is that large.",
        )
    ]


def _call(rng: Random, lines: numbers.Lines, mobiles: Sequence[str], start: datetime) -> Call:
    kind = rng.choices(list(KINDS), [weight for weight, *_ in KINDS.values()])[0]
    _, called_class, median, rate = KINDS[kind]
    seconds = talk_seconds(rng, median)
    own = lines.take(start, seconds)
    called, place = _called(rng, kind, mobiles)
    charge = (Decimal(rate) * seconds / 60).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    return Call(start, own, called, called_class, seconds, "outbound", seconds, charge, kind, place)


def _called(rng: Random, kind: str, mobiles: Sequence[str]) -> tuple[str, str]:
    if kind == "Ortsgespräch":
        return numbers.draw(rng, numbers.DE_CITIES["München"], 3, low=200), "München"
    if kind == "Deutschland Festnetz":
        city = rng.choice([name for name in numbers.DE_CITIES if name != "München"])
        return numbers.draw(rng, numbers.DE_CITIES[city], 3), city
    if kind == "Mobilfunk Inland":
        return numbers.favourite(rng, mobiles), "Mobilfunk"
    if kind == "Ausland":
        name = rng.choice(list(_ABROAD))
        return "00" + numbers.abroad(rng, _ABROAD[name]), name
    if kind == "Notruf":
        return "112", "Notruf"
    prefix = {"Freecall 0800": "0800000", "Service 0180": "0180500", "Premium 0900": "0900100"}[kind]
    return numbers.draw(rng, prefix, 4), "Sonderrufnummer"


def _row(call: Call) -> str:
    return ";".join(
        (
            f"{call.start:%d.%m.%Y}", f"{call.start:%H:%M:%S}", call.caller, call.called, call.place, call.kind,
            clock(call.duration_s), comma(call.charge or Decimal(0)),
        )
    )  # fmt: skip


def comma(amount: Decimal, decimals: int = 4) -> str:
    """Return 1.234,5678."""
    return f"{amount:,.{decimals}f}".translate(str.maketrans(",.", ".,"))
