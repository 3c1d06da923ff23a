"""What a country's bills are written in: its currency, its time zone, and back from a currency to the country."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def _countries() -> dict[str, dict[str, str]]:
    with (Path(__file__).parent / "countries.toml").open("rb") as source:
        return tomllib.load(source)


def currency_of_country(country: str) -> str:
    """Return the currency of a country, "" when it is not known here."""
    return _countries()["currency"].get(country, "")


def country_of_currency(currency: str) -> str:
    """Return the country whose money this is, "" when it is that of several."""
    return _countries()["of_currency"].get(currency, "")


def timezone_of_country(country: str) -> str:
    """Return the zone of a country's business capital, UTC when it is not known."""
    known = _countries()["zone"].get(country)
    if known:
        return known
    from babel.core import get_global

    zones = get_global("territory_zones").get(country) or ["UTC"]
    return str(zones[0])


def zones_of_country(country: str) -> tuple[str, ...]:
    """Return the zones that a country has, by name; none for a country that is not known."""
    from babel.core import get_global

    return tuple(sorted(zone for zone, territory in get_global("zone_territories").items() if territory == country))


def zone_of_prefix(digits: str) -> str:
    """Return the zone that the leading digits of an E.164 number tell beyond libphonenumber's map, "" when none is known."""
    return next((zone for prefix, zone in _countries()["zone_of_prefix"].items() if digits.startswith(prefix)), "")


def is_of_several_zones(country: str) -> bool:
    """Say whether telephone bills of a country are written in several time zones."""
    return country in _countries()["several_zones"]
