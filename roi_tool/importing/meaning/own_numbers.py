"""What telephone numbers tell of an account: its country, by country codes or numbering plans, and its time zone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from roi_tool.cdr.number_ranges import ranges_of_region
from roi_tool.cdr.numbers import read_number
from roi_tool.importing.cells.countries import zone_of_prefix

_LONGEST_NUMBER = 15
"""E.164."""
_MOST_PLANNED = 80
"""Distinct numbers that are held against each numbering plan."""
_MASKED = re.compile(r"[xX*#?…]")
_DIALLED_ABROAD = ("+", "00", "011")


def country_of_numbers(numbers: Sequence[str], least: float = 0.9) -> str:
    """Return the country that most of the customer's own numbers belong to (nine in ten), "" where they do not tell.

    Numbers written as E.164 tell by their country code; ten digits without a leading zero are of North America when each is
    a valid number there.

    >>> [country_of_numbers(found) for found in (["6495550100", "+64215550100"], ["2025550134"], ["02079460018"])]
    ['NZ', 'US', '']
    """
    plain = {re.sub(r"[^\d+]", "", _MASKED.sub("0", number)) for number in numbers}  # the visible head tells enough
    long = [number for number in plain if len(number) >= (7 if number[:1] == "+" else 10) and number[:1] != "0"]
    if not long or len(long) < 0.6 * sum(len(number) >= 7 for number in plain):
        return ""
    votes = Counter(_country_of_number(number) for number in long)
    best, count = max(((code, votes[code]) for code in votes if code), key=lambda item: item[1], default=("", 0))
    if best in ("US", "CA"):
        count = votes["US"] + votes["CA"]
    return best if count >= least * len(long) else ""


def country_of_codes(numbers: Sequence[str], least: float = 0.9) -> str:
    """Return the country whose code stands, after a plus or 00, before most of the numbers (nine in ten); "" where none does.

    >>> country_of_codes(["+351 211 234 567", "00351 221 234 567"]), country_of_codes(["0211234567"])
    ('PT', '')
    """
    plain = [re.sub(r"[^\d+]", "", number) for number in numbers]
    coded = ["+" + number[2:] if number.startswith("00") else number for number in plain if number.startswith(("+", "00"))]
    return country_of_numbers(coded, least) if coded and len(coded) >= 0.9 * len(plain) else ""


@lru_cache(maxsize=4096)
def _country_of_number(number: str) -> str:
    import phonenumbers
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE as REGIONS

    digits = number.lstrip("+")
    if not (digits.isascii() and digits.isdecimal() and 7 <= len(digits) <= _LONGEST_NUMBER):
        return ""
    if len(digits) in (10, 11) and (number[0] != "+" or digits[0] == "1"):
        region = phonenumbers.region_code_for_number(phonenumbers.PhoneNumber(1, int(digits[-10:])))
        if (len(digits) == 10 or digits[0] == "1") and region in ("US", "CA"):
            return str(region)
    code = next((int(digits[:length]) for length in (1, 2, 3) if int(digits[:length]) in REGIONS), 0)
    if not code or code == 1 or (number[0] != "+" and not _is_possible("+" + digits)):
        return ""
    region = REGIONS[code][0]
    return region if region != "001" else ""


def _is_possible(number: str) -> bool:
    import phonenumbers

    try:
        return bool(phonenumbers.is_possible_number(phonenumbers.parse(number)))
    except phonenumbers.NumberParseException:
        return False


def country_by_plan(numbers: Iterable[str], candidates: Sequence[str]) -> tuple[str, float]:
    """Return the candidate under whose numbering plan most of the numbers are valid, and their share; the first of equals.

    >>> country_by_plan(["0255501234", "0491570006"], ("GB", "AU"))
    ('AU', 1.0)
    """
    national = [number for number in dict.fromkeys(numbers) if not number.strip().startswith(_DIALLED_ABROAD)]
    whole = [number for number in national if not _MASKED.search(number)]
    plain = [re.sub(r"\D", "", _MASKED.sub("0", number)) for number in whole or national]
    plain = [digits for digits in plain if 7 <= len(digits) <= _LONGEST_NUMBER][:_MOST_PLANNED]
    if not plain or not candidates:
        return "", 0.0
    shares = {country: sum(_is_valid(digits, country) for digits in plain) / len(plain) for country in candidates}
    # Of equals the one whose code the numbers begin with, else the first.
    best = max(candidates, key=lambda country: (shares[country], sum(_has_code(digits, country) for digits in plain)))
    return best, shares[best]


@lru_cache(maxsize=1 << 14)
def _is_valid(digits: str, country: str) -> bool:
    """Say whether digits are a number as it is dialled within a country, or with its code before it."""
    ranges = ranges_of_region(country)
    if ranges is None:
        return False
    if _has_code(digits, country):
        return True
    if ranges.trunk == "0":
        return digits.startswith("0") and ranges.class_of(digits[1:]) is not None
    return ranges.class_of(digits) is not None


def _has_code(digits: str, country: str) -> bool:
    """Say whether digits are a country's code before a number of its own."""
    ranges = ranges_of_region(country)
    if ranges is None or not digits.startswith(ranges.country_code):
        return False
    return ranges.class_of(digits[len(ranges.country_code) :]) is not None


def zones_of_numbers(numbers: Iterable[str], country: str) -> Counter[str]:
    """Return how many of the numbers lie in each time zone; those that may lie in several tell nothing.

    Source: the `phonenumbers` package (libphonenumber's map of prefixes to zones).

    >>> zones_of_numbers(["310-555-0134", "800-555-0134"], "US")
    Counter({'America/Los_Angeles': 1})
    """
    from phonenumbers import parse, timezone

    zones: Counter[str] = Counter()
    for number in dict.fromkeys(numbers):
        read = read_number(number, country)
        if read.is_e164:
            known = zone_of_prefix(read.digits)
            found = (known,) if known else timezone.time_zones_for_number(parse("+" + read.digits))
            zones.update(found if len(found) == 1 and found[0] != timezone.UNKNOWN_TIMEZONE else ())
    return zones
