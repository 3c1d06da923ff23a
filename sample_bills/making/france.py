"""Call detail (détail des communications) of an invented French carrier: UTF-8 with a BOM, semicolons, decimal commas."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from random import Random

from making import numbers
from making.known import Call, Fee, Known
from making.traffic import Pattern, call_times, days_of, talk_seconds

NAME = "telcentre_detail_2026-05_07.csv"
FIRST, END = date(2026, 5, 1), date(2026, 8, 1)
HOLIDAYS = (date(2026, 5, 1), date(2026, 5, 8), date(2026, 5, 14), date(2026, 5, 25), date(2026, 7, 14))
HOURS = (
    0.01, 0.01, 0.01, 0.01, 0.01, 0.05, 0.2, 0.9, 4.6, 11.2, 12.8, 11.1,
    4.4, 4.2, 11.0, 11.8, 11.4, 8.4, 3.1, 0.9, 0.4, 0.2, 0.1, 0.02,
)  # fmt: skip
PATTERN = Pattern(per_day=17.0, hours=HOURS, months={5: 0.95, 6: 1.08, 7: 0.86}, holidays=HOLIDAYS)
OWN_LINES = [f"0465711{number}" for number in range(200, 210)]
HEADER = "Date;Heure;Ligne appelante;Numéro appelé;Destination;Type d'appel;Durée;Montant HT (€)"
KINDS: dict[str, tuple[float, str, float, str]] = {
    "Fixe France": (52, "geographic", 120, "0.018"),
    "Mobile France": (36, "mobile", 95, "0.085"),
    "Numéro vert": (4, "toll_free", 230, "0.000"),
    "Numéro spécial": (1.5, "shared_cost", 150, "0.150"),
    "International": (5, "international", 180, "0.079"),
    "Urgences": (0.05, "emergency", 90, "0.000"),
}
_ABROAD = {"Royaume-Uni": "United Kingdom", "Allemagne": "Germany", "Espagne": "Spain", "Suisse": "Switzerland"}


def write(folder: Path) -> list[Known]:
    """Write one file with the calls of three months and the monthly charges above the totals."""
    rng = Random("telcentre")
    lines = numbers.Lines(rng, OWN_LINES)
    mobiles = numbers.contacts(rng, [numbers.FR_MOBILE], 4, 200)
    calls = [_call(rng, lines, mobiles, start) for start in call_times(rng, PATTERN, days_of(FIRST, 3))]
    total = sum((call.charge or Decimal(0) for call in calls), Decimal(0))
    rows = [
        "Telcentre - Détail des communications",
        "Client : Ateliers Garance, Lyon",
        "Compte : TC-770318",
        "Période : du 01/05/2026 au 31/07/2026",
        "",
        HEADER,
        *(_row(call) for call in calls),
        f"Total HT;;;;{len(calls)} appels;;{_duration(sum(call.duration_s for call in calls))};{_euro(total)}",
    ]
    (folder / NAME).write_bytes("".join(f"{row}\n" for row in rows).encode("utf-8-sig"))
    fees: list[Fee] = []
    return [
        Known(
            file=NAME,
            layout="france",
            encoding="utf-8-sig",
            delimiter=";",
            date_order="dmy",
            timezone="Europe/Paris",
            country="FR",
            currency="EUR",
            period=(FIRST, END),
            calls=calls,
            rows_total=sum(bool(row) for row in rows),
            fees=fees,
            stated_total=total,
            notes="Durations read 1h02m03s or 2m05s. Amounts without tax (HT).",
        )
    ]


def _call(rng: Random, lines: numbers.Lines, mobiles: Sequence[str], start: datetime) -> Call:
    kind = rng.choices(list(KINDS), [weight for weight, *_ in KINDS.values()])[0]
    _, called_class, median, rate = KINDS[kind]
    seconds = talk_seconds(rng, median)
    own = lines.take(start, seconds)
    called, place = _called(rng, kind, mobiles)
    charge = (Decimal(rate) * seconds / 60).quantize(Decimal("0.001"), ROUND_HALF_UP)
    return Call(start, own, called, called_class, seconds, "outbound", seconds, charge, kind, place)


def _called(rng: Random, kind: str, mobiles: Sequence[str]) -> tuple[str, str]:
    if kind == "Fixe France":
        city = rng.choices(list(numbers.FR_ZONES), (20, 8, 7, 55, 10))[0]
        return numbers.draw(rng, numbers.FR_ZONES[city], 4, low=1000), city
    if kind == "Mobile France":
        return numbers.favourite(rng, mobiles), "Mobile"
    if kind == "Numéro vert":
        return numbers.draw(rng, "0800000", 3), "Numéro vert"
    if kind == "Numéro spécial":
        return numbers.draw(rng, "0820000", 3), "Numéro spécial"
    if kind == "Urgences":
        return "112", "Urgences"
    name = rng.choice(list(_ABROAD))
    return "00" + numbers.abroad(rng, _ABROAD[name]), name


def _row(call: Call) -> str:
    cells = (
        f"{call.start:%d/%m/%Y}",
        f"{call.start:%H:%M:%S}",
        _spaced(call.caller),
        _spaced(call.called),
        call.place,
        call.kind,
        _duration(call.duration_s),
        _euro(call.charge or Decimal(0)),
    )
    return ";".join(cells)


def _spaced(number: str) -> str:
    """Return 04 65 71 12 34, as French numbers are written."""
    return " ".join(number[at : at + 2] for at in range(0, 10, 2)) if len(number) == 10 and number.startswith("0") else number


def _duration(seconds: int) -> str:
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{hours}h{minutes:02d}m{rest:02d}s" if hours else f"{minutes}m{rest:02d}s"


def _euro(amount: Decimal) -> str:
    return f"{amount:.3f}".replace(".", ",")
