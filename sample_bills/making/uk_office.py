"""The calls of Alder & Wren Architects, London and Leeds, 142 seats, and what Meridian Telecom charged for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from random import Random

from making import numbers
from making.known import Call
from making.traffic import Pattern, call_times, days_of, talk_seconds

BANK_HOLIDAYS = (date(2026, 5, 4), date(2026, 5, 25))
PATTERN = Pattern(per_day=293.0, months={5: 1.0, 6: 1.07, 7: 0.94}, holidays=BANK_HOLIDAYS)

LONDON_LINES = [f"020 7946 0{number}" for number in range(200, 296)]
LEEDS_LINES = [f"0113 496 0{number}" for number in range(300, 346)]
FREEPHONE_LINE = "0808 157 0142"

# Kind → weight, called class, median seconds, set-up in mills (£0.001), mills per minute.
KINDS: dict[str, tuple[float, str, float, int, int]] = {
    "UK local": (22.0, "geographic", 118, 15, 17),
    "UK national": (33.5, "geographic", 132, 15, 21),
    "UK mobile": (27.5, "mobile", 92, 15, 79),
    "UK-wide 03": (5.2, "geographic", 205, 15, 21),
    "Freephone 0800": (3.4, "toll_free", 260, 0, 0),
    "Service numbers 084/087": (1.3, "shared_cost", 240, 25, 133),
    "Premium rate 09": (0.05, "premium", 150, 60, 620),
    "International": (4.2, "international", 210, 20, 0),
    "Voicemail": (0.9, "special", 45, 0, 0),
    "Non-emergency 101": (0.04, "special", 320, 0, 0),
    "Emergency": (0.015, "emergency", 110, 0, 0),
    "Inbound freephone": (3.6, "toll_free", 165, 0, 34),
}
ABROAD: dict[str, tuple[float, int]] = {
    "Ireland": (9, 62),
    "France": (8, 58),
    "Germany": (7, 58),
    "Germany mobile": (2, 189),
    "France mobile": (2, 189),
    "United States": (6, 41),
    "United Arab Emirates": (5, 345),
    "India": (2, 214),
    "Australia": (2, 78),
    "Switzerland": (2, 112),
    "Spain": (3, 66),
    "Hong Kong": (1, 131),
}
BUNDLE_SECONDS = 1500 * 60
"""A month's free time to UK 01, 02 and 03 numbers, used up in the order of calls."""

_RANGES: dict[str, tuple[tuple[str, ...], str]] = {
    "UK-wide 03": ((numbers.UK_03,), "UK-wide"),
    "Freephone 0800": ((numbers.UK_FREEPHONE,), "Freephone"),
    "Service numbers 084/087": (numbers.UK_SHARED, "Service number"),
    "Premium rate 09": ((numbers.UK_PREMIUM,), "Premium rate"),
}
_SHORT_CODES = {"Voicemail": "1571", "Emergency": "999", "Non-emergency 101": "101"}
_IN_BUNDLE = {"UK local", "UK national", "UK-wide 03"}
_OTHER_CITIES = [city for city in numbers.UK_CITIES if city not in ("London", "Leeds")]


def site_of(call: Call) -> str:
    """Return the site that pays for the call."""
    line = call.called if call.direction == "inbound" else call.caller
    return "Leeds" if line.startswith("0113") else "London"


def make_calls(seed: str, first: date, months: int) -> list[Call]:
    """Return the office's calls in order of time, with the charges of the month's tariff."""
    rng = Random(seed)
    office = _Office(rng)
    calls = [office.call(start) for start in call_times(rng, PATTERN, days_of(first, months))]
    charged: list[Call] = []
    for month in sorted({call.start.month for call in calls}):
        charged += _whole_pennies(_charge([call for call in calls if call.start.month == month]))
    return charged


class _Office:
    """Who calls whom."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        # In Leeds 46 of the 142 seats; site managers and reception stand first and call most.
        self._lines = {"London": numbers.Lines(rng, LONDON_LINES), "Leeds": numbers.Lines(rng, LEEDS_LINES)}
        self._local = {city: numbers.contacts(rng, [numbers.UK_CITIES[city]], 3, 160, low=400) for city in ("London", "Leeds")}
        self._national = {city: numbers.contacts(rng, [numbers.UK_CITIES[city]], 3, 45) for city in _OTHER_CITIES}
        self._mobiles = numbers.contacts(rng, [numbers.UK_MOBILE], 3, 520)
        self._names = list(KINDS)
        self._weights = [kind[0] for kind in KINDS.values()]

    def call(self, start: datetime) -> Call:
        rng = self._rng
        kind = rng.choices(self._names, self._weights)[0]
        _, called_class, median, _, _ = KINDS[kind]
        # 999 calls and the like are short and rare; talks after hours are shorter than those of the day.
        seconds = talk_seconds(rng, median if 8 <= start.hour < 18 else median * 0.7)
        site = "Leeds" if rng.random() < 0.31 else "London"
        own = self._lines[site].take(start, seconds)
        if kind == "Inbound freephone":
            caller, place = self._freephone_caller()
            return Call(start, caller, FREEPHONE_LINE, called_class, seconds, "inbound", seconds, None, kind, place)
        called, place = self._called(kind, site)
        return Call(start, own, called, called_class, seconds, "outbound", seconds, None, kind, place)

    def _called(self, kind: str, site: str) -> tuple[str, str]:
        rng = self._rng
        if kind == "UK local":
            return numbers.favourite(rng, self._local[site]), site
        if kind == "UK national":
            return self._national_number(site)
        if kind == "UK mobile":
            return numbers.favourite(rng, self._mobiles), "Mobile"
        if kind in _RANGES:
            prefixes, place = _RANGES[kind]
            return numbers.draw(rng, rng.choice(prefixes), 3, low=200), place
        if kind == "International":
            country = rng.choices(list(ABROAD), [share for share, _ in ABROAD.values()])[0]
            return "00" + numbers.abroad(rng, country), country
        return _SHORT_CODES[kind], "Police" if kind == "Non-emergency 101" else kind

    def _national_number(self, site: str) -> tuple[str, str]:
        rng = self._rng
        other = "London" if site == "Leeds" else "Leeds"
        # One national call in five goes to the practice's own other office: money a common exchange would save.
        if rng.random() < 0.2:
            return numbers.favourite(rng, LONDON_LINES if other == "London" else LEEDS_LINES), other
        if rng.random() < 0.22:
            return numbers.favourite(rng, self._local[other]), other
        city = rng.choice(_OTHER_CITIES)
        return numbers.favourite(rng, self._national[city]), city

    def _freephone_caller(self) -> tuple[str, str]:
        rng = self._rng
        if rng.random() < 0.06:
            return "Withheld", "Number withheld"
        if rng.random() < 0.55:
            return numbers.favourite(rng, self._mobiles), "From mobile"
        city = rng.choice(_OTHER_CITIES)
        return numbers.favourite(rng, self._national[city]), city


def _mills(call: Call) -> int:
    """Price of a call outside the bundle in £0.001: per second, half up, at least 1p where it costs anything."""
    _, _, _, setup, per_minute = KINDS[call.kind]
    if call.kind == "International":
        per_minute = ABROAD[call.place][1]
    if call.kind == "Inbound freephone" and call.place == "From mobile":
        per_minute = 88
    if not (setup or per_minute):
        return 0
    return max(10, setup + (2 * per_minute * call.duration_s + 60) // 120)


def _charge(calls: list[Call]) -> list[Call]:
    """Charge one month's calls; a call that begins within the bundle is wholly free."""
    left = BUNDLE_SECONDS
    charged = []
    for call in calls:
        if call.kind in _IN_BUNDLE and left > 0:
            left -= call.duration_s
            charged.append(replace(call, charge=Decimal("0.000"), in_bundle=True))
        else:
            charged.append(replace(call, charge=Decimal(_mills(call)).scaleb(-3)))
    return charged


def _whole_pennies(calls: list[Call]) -> list[Call]:
    """Let a call of each kind last a little longer, so that the kind's sum is whole pence and the summary needs no rounding."""
    calls = list(calls)
    for kind in KINDS:
        for position, call in reversed(list(enumerate(calls))):
            over = sum(int((c.charge or Decimal(0)).scaleb(3)) for c in calls if c.kind == kind) % 10
            if over == 0:
                break
            if call.kind != kind or call.in_bundle or not call.charge:
                continue
            now = _mills(call)
            for more in range(1, 121):
                longer = replace(call, duration_s=call.duration_s + more, billed_s=call.duration_s + more)
                if (_mills(longer) - now + over) % 10 == 0:
                    calls[position] = replace(longer, charge=Decimal(_mills(longer)).scaleb(-3))
                    break
        else:
            if sum(int((c.charge or Decimal(0)).scaleb(3)) for c in calls if c.kind == kind) % 10:
                raise AssertionError(kind)
    return calls
