"""What the titles of a deck's columns mean."""

from __future__ import annotations

import re
import tomllib
from enum import StrEnum
from functools import lru_cache
from pathlib import Path


class Role(StrEnum):
    """What a column holds."""

    CODE = "code"
    COUNTRY_CODE = "country_code"
    AREA_CODE = "area_code"
    NPA = "npa"
    NXX = "nxx"
    COUNTRY = "country"
    DESTINATION = "destination"
    DETAIL = "detail"
    RATE = "rate"
    RATE_NEW = "rate_new"
    RATE_CURRENT = "rate_current"
    RATE_FIRST = "rate_first"
    RATE_NEXT = "rate_next"
    RATE_BUY = "rate_buy"
    RATE_BAND = "rate_band"
    INTERSTATE = "interstate"
    INTRASTATE = "intrastate"
    INDETERMINATE = "indeterminate"
    CONNECT_FEE = "connect_fee"
    MIN_CHARGE = "min_charge"
    MAX_CHARGE = "max_charge"
    INCREMENTS = "increments"
    INITIAL = "initial"
    SUBSEQUENT = "subsequent"
    GRACE = "grace"
    FREE = "free"
    FROM = "from"
    TILL = "till"
    CHANGE = "change"
    CLOSED = "closed"
    BLOCKED = "blocked"
    CURRENCY = "currency"
    IGNORED = ""


PRICES = frozenset(
    {
        Role.RATE,
        Role.RATE_NEW,
        Role.RATE_CURRENT,
        Role.RATE_FIRST,
        Role.RATE_NEXT,
        Role.RATE_BAND,
        Role.INTERSTATE,
        Role.INTRASTATE,
        Role.INDETERMINATE,
    }
)

_TITLES = tomllib.loads((Path(__file__).parent / "titles.toml").read_text(encoding="utf-8"))
_BY_TITLE = {title: Role(role) for role, titles in _TITLES["titles"].items() for title in titles}
_WORDS = {kind: frozenset(words) for kind, words in _TITLES["words"].items()}
_PRICE = _WORDS["price"]
_PLAIN = _PRICE | _WORDS["filler"]


@lru_cache(maxsize=4096)
def title_words(title: str) -> str:
    """Return a title in small words: `Rates (USD / Min)` → `rates usd min`.

    >>> title_words("NumberPrefix"), title_words("City Code(s)")
    ('number prefix', 'city code s')
    """
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", title.replace("$", " ").replace("€", " ").replace("£", " "))
    folded = spaced.casefold().replace("à", "a").replace("é", "e").replace("ó", "o").replace("í", "i")
    return re.sub(r"[^0-9a-z\u4e00-\u9fff]+", " ", folded).strip()


@lru_cache(maxsize=4096)
def role_of_title(title: str) -> Role:
    """Return what a column of this title holds, `Role.IGNORED` when it says nothing about a price.

    >>> role_of_title("Rates (USD / Min)").value, role_of_title("New Rate").value, role_of_title("rate_inter").value
    ('rate', 'rate_new', 'interstate')
    """
    words = title_words(title)
    known = _BY_TITLE.get(words) or _BY_TITLE.get(_without_currency(words))
    if known is not None:
        return known
    parts = frozenset(words.split())
    return _price_role(words, parts) if parts and len(words) <= 60 else Role.IGNORED


def _price_role(words: str, parts: frozenset[str]) -> Role:
    """Titles of prices are put together from words in any order."""
    if words in ("default", "default rate", "rate initial", "rateinitial"):  # the last two are A2Billing's selling price
        return Role.RATE
    for role in (Role.INTERSTATE, Role.INTRASTATE, Role.INDETERMINATE):
        names = _WORDS[role.value]
        if parts & names and (parts & _PRICE or not parts - names - _PLAIN):
            return role
    bands = _WORDS["band"]
    if parts & bands and not parts - bands - _PLAIN - {"up"}:
        return Role.RATE_BAND
    if not parts & _PRICE:
        return Role.IGNORED
    for kind, role in (("new", Role.RATE_NEW), ("current", Role.RATE_CURRENT)):
        if parts & _WORDS[kind] and not parts - _WORDS[kind] - _PLAIN:
            return role
    return Role.IGNORED if parts - _PLAIN - {"default"} else Role.RATE


def _without_currency(words: str) -> str:
    return re.sub(r" (?:usd|eur|gbp|cad|aud|chf|sek|nok|dkk|inr|aed|zar|sgd|hkd)$", "", words)
