"""Money as bills print it, to exact nano units."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

_SIGNS = {
    "£": "GBP",
    "€": "EUR",
    "R$": "BRL",
    "A$": "AUD",
    "C$": "CAD",
    "NZ$": "NZD",
    "HK$": "HKD",
    "US$": "USD",
    "$": "",
    "¥": "",
    "￥": "CNY",
}
_SIGNS |= {
    "元": "CNY",
    "₹": "INR",
    "₽": "RUB",
    "zł": "PLN",
    "Kč": "CZK",
    "kr": "",
    "Fr.": "CHF",
    "₺": "TRY",
    "₩": "KRW",
    "R": "",
}
_WORDS = re.compile(
    r"^(?:[A-Z]{3}|[£€¥￥₹₽₺₩元]|R\$|[A-Z]{1,2}\$|\$|zł|Kč|kr\.?|Fr\.|RMB)\s*|\s*(?:[A-Z]{3}|R\$|[A-Z]{1,2}\$|[£€¥￥₹₽₺₩元$]|zł|Kč|kr\.?|RMB)$"
)
_NUMBER = re.compile(r"^\d[\d.,'\u00a0\u202f\u2009 ]*$|^[.,]\d+$")
_EXPONENT = re.compile(r"^\d+(?:\.\d+)?[eE][-+]?\d{1,3}$")
_HUNDREDTHS = re.compile(r"^([\d.,]+) ?(?:p|¢|ct|cts)$")
"""`12p`: pence and cents by their own sign."""
_LIMIT = 9 * 10**18
_MINUSES = str.maketrans({"\u2212": "-", "\u2013": "-", "\uff0d": "-", "\u2010": "-"})


@dataclass(frozen=True, slots=True)
class AmountFormat:
    """How a column writes money. `decimal` is "." or ","; `unit_nano` the nano units of a plain 1 (pence: 10⁷)."""

    decimal: str = "."
    unit_nano: int = 1_000_000_000


def currency_of_text(text: str) -> str:
    """Return the ISO code that a sign in the text proves, "" when none does ($ and ¥ are shared by many).

    >>> currency_of_text("£1.20"), currency_of_text("$3"), currency_of_text("12p")
    ('GBP', '', 'GBP')
    """
    if re.fullmatch(r"-?[\d.,]+ ?p", text):
        return "GBP"
    for sign in sorted(_SIGNS, key=len, reverse=True):
        if _SIGNS[sign] and sign in text:
            return _SIGNS[sign]
    return ""


@lru_cache(maxsize=1 << 15)
def parse_amount(text: str, how: AmountFormat = AmountFormat()) -> int | None:
    """Return an amount in nano units, None when it is no amount.

    Brackets, a trailing minus and `CR` make it negative. Digits beyond the ninth decimal are rounded half up.

    >>> parse_amount("(£1,234.50)"), parse_amount("0,0242", AmountFormat(","))
    (-1234500000000, 24200000)
    """
    body = text.translate(_MINUSES).strip()
    negative = False
    if body.startswith("(") and body.endswith(")"):
        negative, body = True, body[1:-1].strip()
    if body[-2:].upper() == "CR":
        negative, body = not negative, body[:-2].strip()
    elif body[-2:].upper() == "DR":
        body = body[:-2].strip()
    for _ in range(3):
        if body[:1] in "+-" and body:
            negative, body = negative ^ (body[0] == "-"), body[1:].strip()
        elif body[-1:] in "+-" and body:
            negative, body = negative ^ (body[-1] == "-"), body[:-1].strip()
        shorter = _WORDS.sub("", body)
        if shorter == body:
            break
        body = shorter.strip()
    small = _HUNDREDTHS.match(body)
    value = _plain_number(small.group(1) if small else body, how.decimal)
    if value is None:
        return None
    exact = value * (10_000_000 if small else how.unit_nano)
    if abs(exact) > _LIMIT:
        return None
    nano = int((abs(exact) + Decimal("0.5")).__floor__())
    return -nano if negative else nano


def _plain_number(body: str, decimal: str) -> Decimal | None:  # noqa: PLR0911 - one notation after the other
    if _EXPONENT.match(body):
        return _decimal(body)
    if not _NUMBER.match(body):
        return None
    body = re.sub(r"['\u00a0\u202f\u2009 ]", "", body)
    other = "," if decimal == "." else "."
    if decimal in body:
        whole, _, fraction = body.rpartition(decimal)
        if decimal in whole or other in fraction:
            # The sign said to be the decimal one stands twice: it groups thousands, and the other is the decimal.
            if re.fullmatch(r"\d{1,3}(?:" + re.escape(decimal) + r"\d{3})+(?:" + re.escape(other) + r"\d+)?", body):
                return _decimal(body.replace(decimal, "").replace(other, "."))
            return None
        return _decimal(f"{whole.replace(other, '') or '0'}.{fraction or '0'}")
    if other in body and not re.fullmatch(r"[1-9]\d{0,2}(?:" + re.escape(other) + r"\d{3})+", body):
        # Not thousands: a stray amount in the other notation.
        if body.count(other) == 1:
            return _decimal(body.replace(other, ".") if body[0] != other else "0" + body.replace(other, "."))
        return None
    return _decimal(body.replace(other, ""))


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
