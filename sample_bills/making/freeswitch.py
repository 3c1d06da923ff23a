"""cdr_csv of a FreeSWITCH exchange at an answering service in Bristol: no header, no prices, unanswered calls too."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from making import numbers
from making.known import Call, Known
from making.traffic import Pattern, call_times, days_of, talk_seconds

NAME = "freeswitch_cdr.csv"
FIRST, END = date(2026, 5, 1), date(2026, 8, 1)
PATTERN = Pattern(
    per_day=23.0,
    weekdays=(1.0, 1.05, 1.0, 1.02, 0.97, 0.4, 0.25),
    months={5: 1.0, 6: 1.02, 7: 1.05},
    holidays=(date(2026, 5, 4), date(2026, 5, 25)),
)
EXTENSIONS = [str(number) for number in range(1001, 1015)]
OWN_NUMBERS = [f"441174960{number}" for number in range(150, 156)]


def write(folder: Path) -> list[Known]:
    """Write one file with the calls of three months."""
    rng = Random("freeswitch")
    lines = numbers.Lines(rng, EXTENSIONS)
    cities = ["44" + prefix.replace(" ", "")[1:] for prefix in numbers.UK_CITIES.values()]
    pools = (numbers.contacts(rng, cities, 3, 220, low=400), numbers.contacts(rng, ["447700900"], 3, 300))
    calls, text = [], []
    for start in call_times(rng, PATTERN, days_of(FIRST, 3)):
        call, cause, ring = _call(rng, lines, pools, start)
        calls.append(call)
        text.append(_line(rng, call, cause, ring))
    (folder / NAME).write_bytes("".join(text).encode("ascii"))
    return [
        Known(
            file=NAME,
            layout="freeswitch",
            encoding="ascii",
            delimiter=",",
            date_order="ymd",
            timezone="Europe/London",
            country="GB",
            currency="",
            period=(FIRST, END),
            calls=calls,
            rows_total=len(calls),
            notes="Unanswered calls have an empty answer time and billsec 0; times are the server's local time.",
        )
    ]


def _call(rng: Random, lines: numbers.Lines, pools: tuple[list[str], list[str]], start: datetime) -> tuple[Call, str, int]:
    cause = rng.choices(("NORMAL_CLEARING", "NO_ANSWER", "USER_BUSY", "ORIGINATOR_CANCEL", "CALL_REJECTED"), (82, 8, 4, 5, 1))[
        0
    ]
    talk = talk_seconds(rng, 98) if cause == "NORMAL_CLEARING" else 0
    ring = rng.randrange(2, 30)
    choice = rng.random()
    extension = lines.take(start, talk)
    outside = numbers.favourite(rng, pools[rng.random() < 0.55])
    if choice < 0.55:
        caller = "anonymous" if rng.random() < 0.04 else outside
        return Call(start, caller, rng.choice(OWN_NUMBERS), "geographic", talk, "inbound", answered=talk > 0), cause, ring
    if choice < 0.93:
        called_class = "mobile" if outside.startswith("447") else "geographic"
        if rng.random() < 0.03:
            outside, called_class = numbers.abroad(rng, rng.choice(("Spain", "France", "United States"))), "international"
        return Call(start, extension, outside, called_class, talk, "outbound", answered=talk > 0), cause, ring
    other = rng.choice([number for number in EXTENSIONS if number != extension])
    return Call(start, extension, other, "internal", talk, "internal", answered=talk > 0), cause, ring


def _line(rng: Random, call: Call, cause: str, ring: int) -> str:
    answer = call.start + timedelta(seconds=ring)
    end = answer + timedelta(seconds=call.duration_s)
    context = {"inbound": "public", "outbound": "default", "internal": "default"}[call.direction]
    name = f"Extension {call.caller}" if len(call.caller) == 4 else call.caller
    own = str(uuid.UUID(int=rng.getrandbits(128), version=4))
    far = str(uuid.UUID(int=rng.getrandbits(128), version=4)) if call.answered else ""
    cells = (
        name, call.caller, call.called, context, f"{call.start:%Y-%m-%d %H:%M:%S}",
        f"{answer:%Y-%m-%d %H:%M:%S}" if call.answered else "", f"{end:%Y-%m-%d %H:%M:%S}",
        str(ring + call.duration_s), str(call.duration_s), cause, own, far, "", "PCMA", "PCMA",
    )  # fmt: skip
    return ",".join(f'"{cell}"' for cell in cells) + "\n"
