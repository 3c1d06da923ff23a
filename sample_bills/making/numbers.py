"""Telephone numbers that belong to nobody: ranges kept free for drama where a country has them, plain filler elsewhere.

Source: Ofcom, telephone numbers for use in TV and radio drama programmes; Bundesnetzagentur, Rufnummern für Medienproduktionen;
Arcep, decision 2018-0881 (numbers for audiovisual works); NANPA, 555-0100 to 555-0199. China has no such range: zeros.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

# Area code and local part before the last three digits, national form.
UK_CITIES: dict[str, str] = {
    "London": "020 7946 0",
    "Leeds": "0113 496 0",
    "Manchester": "0161 496 0",
    "Birmingham": "0121 496 0",
    "Sheffield": "0114 496 0",
    "Edinburgh": "0131 496 0",
    "Glasgow": "0141 496 0",
    "Bristol": "0117 496 0",
    "Nottingham": "0115 496 0",
    "Liverpool": "0151 496 0",
    "Cardiff": "029 2018 0",
    "Newcastle": "0191 498 0",
}
UK_MOBILE = "07700 900"
UK_03 = "03069 990"
UK_FREEPHONE = "0808 157 0"
UK_PREMIUM = "0909 879 0"
# No drama range exists for 084/087: an exchange of zeros stands in.
UK_SHARED = ("0844 000 0", "0870 000 0", "0845 000 0")

US_CITIES: dict[str, str] = {
    "CHICAGO IL": "312",
    "EVANSTON IL": "847",
    "AURORA IL": "630",
    "JOLIET IL": "815",
    "MILWAUKEE WI": "414",
    "GARY IN": "219",
    "DETROIT MI": "313",
    "NEW YORK NY": "212",
    "LOS ANGELES CA": "213",
    "HOUSTON TX": "713",
    "ATLANTA GA": "404",
    "DENVER CO": "303",
}

DE_CITIES: dict[str, str] = {
    "Berlin": "03023125",
    "München": "08999998",
    "Frankfurt am Main": "06990009",
    "Hamburg": "04066969",
    "Köln": "02214710",
}
DE_MOBILE = "017604069"

FR_ZONES: dict[str, str] = {
    "Paris": "019900",
    "Nantes": "026191",
    "Strasbourg": "035301",
    "Lyon": "046571",
    "Toulouse": "053649",
}
FR_MOBILE = "063998"

# All but the last two digits; Shenzhen and Hangzhou have four digits of area code before eight of their own.
CN_CITIES: dict[str, str] = {
    "北京": "010550000",
    "上海": "021500000",
    "广州": "020380000",
    "深圳": "0755220000",
    "杭州": "0571280000",
}

# E.164 without `+`, prefix before the digits to be drawn and how many of them.
ABROAD: dict[str, tuple[str, int]] = {
    "United Kingdom": ("442079460", 3),
    "United States": ("12025550", 2),
    "Ireland": ("35320910", 4),
    "France": ("33199000", 3),
    "France mobile": ("33639980", 3),
    "Germany": ("493023125", 3),
    "Germany mobile": ("4917604069", 3),
    "United Arab Emirates": ("97140000", 4),
    "India": ("919000000", 3),
    "Australia": ("61255500", 3),
    "Hong Kong": ("8522100", 4),
    "Switzerland": ("41440000", 3),
    "Spain": ("34910000", 3),
}


def draw(rng: Random, prefix: str, digits: int, low: int = 0) -> str:
    """Return `prefix` and `digits` drawn digits, counted from `low` up."""
    return f"{prefix}{rng.randrange(low, 10**digits):0{digits}d}"


def abroad(rng: Random, country: str) -> str:
    """Return an E.164 number of that country without `+`; for the United States within 555-0100 to 0199."""
    prefix, digits = ABROAD[country]
    return f"{prefix}1{rng.randrange(100):02d}" if country == "United States" else draw(rng, prefix, digits)


def contacts(rng: Random, prefixes: Sequence[str], digits: int, count: int, low: int = 0) -> list[str]:
    """Return numbers an office calls again and again, the most called first."""
    found: dict[str, None] = {}
    for _ in range(count):
        found[draw(rng, rng.choice(prefixes), digits, low)] = None
    return list(found)


def favourite(rng: Random, pool: Sequence[str]) -> str:
    """Choose from a pool so that its head is called far more often than its tail."""
    return pool[int(len(pool) * rng.random() ** 2.2)]


class Lines:
    """Own lines of an office: nobody speaks twice at a time."""

    def __init__(self, rng: Random, numbers: Sequence[str]) -> None:
        self._rng = rng
        self._numbers = list(numbers)
        self._free_at: dict[str, datetime] = {}

    def take(self, start: datetime, duration: int) -> str:
        """Return a free own line and keep it busy until the call ends."""
        line = favourite(self._rng, self._numbers)
        for _ in range(50):
            if self._free_at.get(line, start) <= start:
                break
            line = self._rng.choice(self._numbers)
        self._free_at[line] = start + timedelta(seconds=duration + 2)
        return line
