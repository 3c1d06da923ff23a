"""Master.csv of an Asterisk exchange at a freight forwarder in Manchester: no header, no prices, several legs for one call."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from making import numbers
from making.known import Call, Known
from making.traffic import Pattern, call_times, days_of, talk_seconds

NAME = "asterisk_master.csv"
FIRST, END = date(2026, 5, 1), date(2026, 8, 1)
PATTERN = Pattern(per_day=21.0, months={5: 1.0, 6: 1.05, 7: 0.97}, holidays=(date(2026, 5, 4), date(2026, 5, 25)))
EXTENSIONS = [str(number) for number in range(201, 219)]
OWN_NUMBER = "01614960150"
RING_GROUP = ("201", "202", "203")
_LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class _Leg:
    """One row of Master.csv, as far as rows differ."""

    call: Call
    linked: str
    source: str
    destination: str
    context: str
    channel: str
    far_channel: str
    application: str
    data: str
    ring_s: int
    disposition: str


def write(folder: Path) -> list[Known]:
    """Write one file with the calls of three months."""
    rng = Random("asterisk")
    exchange = _Exchange(rng)
    legs = [leg for start in call_times(rng, PATTERN, days_of(FIRST, 3)) for leg in exchange.legs(start)]
    text = "".join(_line(leg, sequence) for sequence, leg in enumerate(legs, start=3001))
    (folder / NAME).write_bytes(text.encode("utf-8"))
    return [
        Known(
            file=NAME,
            layout="asterisk",
            encoding="ascii",
            delimiter=",",
            date_order="ymd",
            timezone="Europe/London",
            country="GB",
            currency="",
            period=(FIRST, END),
            calls=_talks(legs),
            rows_total=len(legs),
            notes="Rows are legs; those of a call share linkedid, the last column but one. Further legs count as skipped.",
        )
    ]


def _talks(legs: Sequence[_Leg]) -> list[Call]:
    """Return each call once: from its first leg's start, as long as its longest leg, with the parties that the trunk saw."""
    groups: dict[str, list[_Leg]] = defaultdict(list)
    for leg in legs:
        groups[leg.linked].append(leg)
    talks = []
    for group in groups.values():
        outer = max((leg for leg in group if not leg.channel.startswith("Local/")), key=lambda leg: leg.call.duration_s)
        talks.append(replace(outer.call, start=min(leg.call.start for leg in group)))
    return talks


class _Exchange:
    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._lines = numbers.Lines(rng, EXTENSIONS)
        self._count = 10
        cities = [prefix.replace(" ", "") for prefix in numbers.UK_CITIES.values()]
        self._landlines = numbers.contacts(rng, cities, 3, 150, low=400)
        self._mobiles = numbers.contacts(rng, [numbers.UK_MOBILE.replace(" ", "")], 3, 150)

    def legs(self, start: datetime) -> Iterator[_Leg]:
        """Return the legs of one call, in the order Asterisk writes them."""
        choice = self._rng.random()
        self._count += 3
        linked = f"{int(start.replace(tzinfo=_LONDON).timestamp())}.{self._count}"
        seconds = talk_seconds(self._rng, 105)
        if choice < 0.52:
            yield from self._outbound(start, seconds, linked)
        elif choice < 0.88:
            yield from self._inbound(start, seconds, linked)
        else:
            yield from self._internal(start, seconds // 3 + 1, linked)

    def _outbound(self, start: datetime, seconds: int, linked: str) -> Iterator[_Leg]:
        rng = self._rng
        extension = self._lines.take(start, seconds)
        called, called_class = self._called()
        channel = f"PJSIP/{extension}-{self._count:08x}"
        if rng.random() < 0.06:  # the first trunk is full: the same call is tried again over the second
            call = Call(start, extension, called, called_class, 0, "outbound", answered=False)
            yield _Leg(call, linked, extension, called, "from-internal", channel, f"PJSIP/trunk-a-{self._count + 1:08x}",
                       "Dial", f"PJSIP/{called}@trunk-a,300,Tt", 1, "CONGESTION")  # fmt: skip
            start += timedelta(seconds=1)
        disposition, ring = self._outcome()
        talk = seconds if disposition == "ANSWERED" else 0
        call = Call(start, extension, called, called_class, talk, "outbound", answered=talk > 0)
        yield _Leg(call, linked, extension, called, "from-internal", channel, f"PJSIP/trunk-b-{self._count + 2:08x}", "Dial",
                   f"PJSIP/{called}@trunk-b,300,Tt", ring, disposition)  # fmt: skip

    def _called(self) -> tuple[str, str]:
        rng = self._rng
        choice = rng.random()
        if choice < 0.52:
            return numbers.favourite(rng, self._landlines), "geographic"
        if choice < 0.86:
            return numbers.favourite(rng, self._mobiles), "mobile"
        if choice < 0.91:
            return numbers.draw(rng, numbers.UK_03.replace(" ", ""), 3), "geographic"
        if choice < 0.94:
            return numbers.draw(rng, numbers.UK_FREEPHONE.replace(" ", ""), 3), "toll_free"
        if choice < 0.955:
            return numbers.draw(rng, "08700000", 3), "shared_cost"
        country = rng.choice(("France", "Germany", "Ireland", "Hong Kong", "United Arab Emirates"))
        return "00" + numbers.abroad(rng, country), "international"

    def _inbound(self, start: datetime, seconds: int, linked: str) -> Iterator[_Leg]:
        rng = self._rng
        caller = "anonymous" if rng.random() < 0.05 else numbers.favourite(rng, rng.choice((self._landlines, self._mobiles)))
        disposition, ring = self._outcome()
        taken_by = rng.choice(RING_GROUP) if disposition == "ANSWERED" else ""
        if taken_by and rng.random() < 0.2:
            yield from self._queued(start, seconds, linked, caller=caller, taken_by=taken_by, ring=ring)
            return
        for position, extension in enumerate(RING_GROUP):
            talk = seconds if extension == taken_by else 0
            call = Call(start, caller, OWN_NUMBER, "geographic", talk, "inbound", answered=talk > 0)
            yield _Leg(call, linked, caller, OWN_NUMBER, "from-trunk", f"PJSIP/trunk-b-{self._count:08x}",
                       f"PJSIP/{extension}-{self._count + 1 + position:08x}", "Dial",
                       "PJSIP/201&PJSIP/202&PJSIP/203,25,tr", ring, "ANSWERED" if talk else "NO ANSWER")  # fmt: skip

    def _queued(self, start: datetime, seconds: int, linked: str, *, caller: str, taken_by: str, ring: int) -> Iterator[_Leg]:
        """Return a queue's two answered legs of one talk: the trunk's and, through a Local channel, the member's."""
        local = f"Local/{taken_by}@from-queue-{self._count:08x}"
        call = Call(start, caller, OWN_NUMBER, "geographic", seconds, "inbound")
        member = replace(call, called=taken_by, called_class="internal")
        yield _Leg(member, linked, caller, taken_by, "from-queue", f"{local};2", f"PJSIP/{taken_by}-{self._count + 1:08x}",
                   "Dial", f"PJSIP/{taken_by},15,tr", ring, "ANSWERED")  # fmt: skip
        yield _Leg(call, linked, caller, OWN_NUMBER, "from-trunk", f"PJSIP/trunk-b-{self._count:08x}", f"{local};1", "Queue",
                   "reception,t,,,120", ring, "ANSWERED")  # fmt: skip

    def _internal(self, start: datetime, seconds: int, linked: str) -> Iterator[_Leg]:
        extension = self._lines.take(start, seconds)
        other = self._rng.choice([number for number in EXTENSIONS if number != extension])
        disposition, ring = self._outcome()
        talk = seconds if disposition == "ANSWERED" else 0
        call = Call(start, extension, other, "internal", talk, "internal", answered=talk > 0)
        yield _Leg(call, linked, extension, other, "from-internal", f"PJSIP/{extension}-{self._count:08x}",
                   f"PJSIP/{other}-{self._count + 1:08x}", "Dial", f"PJSIP/{other},25,tr", ring, disposition)  # fmt: skip

    def _outcome(self) -> tuple[str, int]:
        """Return how it ended and how long it rang."""
        disposition = self._rng.choices(("ANSWERED", "NO ANSWER", "BUSY", "FAILED"), (79, 14, 5, 2))[0]
        ring = {"ANSWERED": self._rng.randrange(3, 19), "NO ANSWER": 25, "BUSY": 1, "FAILED": 0}[disposition]
        return disposition, ring


def _line(leg: _Leg, sequence: int) -> str:
    """Return the row as cdr_csv writes it: 18 columns, then peeraccount, linkedid and sequence; numbers unquoted."""
    call = leg.call
    answer = call.start + timedelta(seconds=leg.ring_s)
    end = answer + timedelta(seconds=call.duration_s)
    answered = leg.disposition == "ANSWERED"
    text = [
        "", leg.source, leg.destination, leg.context, f'""{leg.source}"" <{leg.source}>', leg.channel, leg.far_channel,
        leg.application, leg.data, f"{call.start:%Y-%m-%d %H:%M:%S}", f"{answer:%Y-%m-%d %H:%M:%S}" if answered else "",
        f"{end:%Y-%m-%d %H:%M:%S}",
    ]  # fmt: skip
    quoted = ",".join(f'"{cell}"' if cell else "" for cell in text[:1]) + "," + ",".join(f'"{cell}"' for cell in text[1:10])
    quoted += "," + (f'"{text[10]}"' if text[10] else "") + f',"{text[11]}"'
    unique = f"{leg.linked.split('.')[0]}.{int(leg.linked.split('.')[1]) + sequence % 3}"
    return (
        f'{quoted},{leg.ring_s + call.duration_s},{call.duration_s},"{leg.disposition}","DOCUMENTATION",'
        f'"{unique}","","","{leg.linked}",{sequence}\n'
    )
