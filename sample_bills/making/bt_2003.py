"""A download in the shape of a British carrier's of 2003: three empty lines first, HHHH:MM:SS, right-aligned pounds."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random

from making import numbers
from making.known import Call, Known
from making.traffic import Pattern, call_times, days_of, talk_seconds

NAME = "bt_2003_style.csv"
FIRST, END = date(2026, 5, 1), date(2026, 8, 1)
PATTERN = Pattern(per_day=14.5, holidays=(date(2026, 5, 4), date(2026, 5, 25)))
OWN_LINES = ["0117 496 0181", "0117 496 0182", "0117 496 0183", "0117 496 0184"]
HEADER = "ChargeCode,InstallationNo,LineNo,ChargeCardNo,Date,Time,Destination,CalledNo,Duration,TxtDirectRebate,Cost"
# Charge code → weight, called class, median seconds, mills (£0.001) a minute.
KINDS: dict[str, tuple[float, str, float, int]] = {
    "Local": (38, "geographic", 110, 20),
    "Ntnl": (28, "geographic", 125, 26),
    "Mobile": (27, "mobile", 85, 98),
    "Free": (4, "toll_free", 220, 0),
    "Intl": (3, "international", 170, 90),
}


def write(folder: Path) -> list[Known]:
    """Write one file with the calls of three months."""
    rng = Random("bt 2003")
    lines = numbers.Lines(rng, OWN_LINES)
    calls = [_call(rng, lines, start) for start in call_times(rng, PATTERN, days_of(FIRST, 3))]
    text = "\r\n\r\n\r\n" + HEADER + "\r\n" + "".join(_row(call) for call in calls)
    (folder / NAME).write_bytes(text.encode("ascii"))
    return [
        Known(
            file=NAME,
            layout="bt_2003",
            encoding="ascii",
            delimiter=",",
            date_order="dmy",
            timezone="Europe/London",
            country="GB",
            currency="GBP",
            period=(FIRST, END),
            calls=calls,
            rows_total=1 + len(calls),
            notes="States no total. Start times have no seconds.",
        )
    ]


def _call(rng: Random, lines: numbers.Lines, start: datetime) -> Call:
    kind = rng.choices(list(KINDS), [weight for weight, *_ in KINDS.values()])[0]
    _, called_class, median, per_minute = KINDS[kind]
    seconds = talk_seconds(rng, median)
    start = start.replace(second=0)
    own = lines.take(start, seconds)
    place = ""
    if kind == "Local":
        called, place = numbers.draw(rng, numbers.UK_CITIES["Bristol"], 3, low=200), "Bristol"
    elif kind == "Ntnl":
        place = rng.choice([city for city in numbers.UK_CITIES if city != "Bristol"])
        called = numbers.draw(rng, numbers.UK_CITIES[place], 3)
    elif kind == "Mobile":
        called, place = numbers.draw(rng, numbers.UK_MOBILE, 3), "Mobile"
    elif kind == "Free":
        called, place = numbers.draw(rng, numbers.UK_FREEPHONE, 3), "Freefone"
    else:
        place = rng.choice(("Ireland", "France", "Spain"))
        called = "00" + numbers.abroad(rng, place)
    mills = 0 if not per_minute else max(5, (2 * per_minute * seconds + 60) // 120)
    charge = Decimal(mills).scaleb(-3)
    return Call(start, own, called.replace(" ", ""), called_class, seconds, "outbound", seconds, charge, kind, place)


def _row(call: Call) -> str:
    seconds = call.duration_s
    duration = f"{seconds // 3600:04d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return (
        f"{call.kind},QB41903377,{call.caller},,{call.start:%d/%m/%Y},{call.start:%H:%M},{call.place},"
        f"{call.called:<20},{duration},,{call.charge!s:>16}\r\n"
    )
