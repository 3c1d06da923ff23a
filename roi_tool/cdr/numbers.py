"""Telephone numbers: any spelling to E.164 digits, and what kind of number it is, seen from the account's country.

Source: the `phonenumbers` package (libphonenumber's metadata).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from roi_tool.cdr.number_ranges import class_of_neighbours, code_of, is_number_of_code, ranges_of_region
from roi_tool.cdr.schema import CalledClass

_PUNCTUATION = re.compile(r"[\s().\-/\u00a0\u202f\u2010-\u2015\uff0d]+")
_MASK = re.compile(r"[xX*]{2,}|(?<=\d)[xX*]$|(?<=\d)[xX*](?=\d)|[?#]{2,}|…")
_MANGLED = re.compile(r"^\d+(?:[.,]\d+)?[eE]\+?\d+$")
_WHOLE_FLOAT = re.compile(r"^(\+?\d{5,15})[.,]0$")
"""A workbook's number that was written as text: `442079460018.0`."""
_SERVICE_DIGITS = 6
_FEATURE = re.compile(r"^[*#][\d*#]{1,12}$")
_EXTENSION = re.compile(r"^(?:ext\.?|sip/|pjsip/)?\s*(\d{2,6})$", re.IGNORECASE)
_IDD = ("00", "011", "0011", "810")
_IDD_OF = {"US": "011", "CA": "011", "AU": "0011"}


@dataclass(frozen=True, slots=True)
class NumberReading:
    """One number as it was understood.

    Attributes:
        digits: E.164 digits without `+`; where the text is no such number, the text as given.
        called_class: what kind of number it is, seen from the account's country.
        is_e164: whether `digits` are E.164.
        mangled: a spreadsheet has turned the number into `1.41555E+10`: its digits are lost.
    """

    digits: str
    called_class: CalledClass
    is_e164: bool = False
    mangled: bool = False


def read_numbers(texts: Iterable[str], country: str) -> list[NumberReading]:
    """Read each text; pass distinct ones, since the first reading of a number costs tens of microseconds."""
    return [read_number(text, country) for text in texts]


@lru_cache(maxsize=1 << 17)
def read_number(text: str, country: str) -> NumberReading:  # noqa: PLR0911 - one spelling after the other
    """Read one number as it stands in a bill of an account in `country` (ISO 3166 alpha-2).

    >>> read_number("020 7946 0018", "GB").digits, read_number("0033 6 39 98 00 01", "GB").called_class.value
    ('442079460018', 'international')
    """
    given = _WHOLE_FLOAT.sub(r"\1", text.strip())
    plain = _PUNCTUATION.sub("", given)
    if not plain:
        return NumberReading("", CalledClass.UNKNOWN)
    if _MANGLED.match(given):
        return NumberReading(given, CalledClass.UNKNOWN, mangled=True)
    if _FEATURE.match(plain):
        return NumberReading(plain, CalledClass.INTERNAL)
    if _MASK.search(plain):
        return _masked(given, plain, country)
    digits = plain.lstrip("+")
    if not digits.isdigit() or not digits.isascii():
        extension = _EXTENSION.match(given)
        if extension:
            return NumberReading(extension.group(1), CalledClass.INTERNAL)
        return NumberReading(given, CalledClass.UNKNOWN)
    if len(digits) <= 6 and not plain.startswith("+"):
        return _short(digits, country)
    return _long(plain, digits, country)


def _short(digits: str, country: str) -> NumberReading:
    from phonenumbers import shortnumberinfo

    if shortnumberinfo.is_emergency_number(digits, country):
        return NumberReading(digits, CalledClass.EMERGENCY)
    number = _parsed(digits, country)
    if number is not None and len(digits) >= 3 and shortnumberinfo.is_valid_short_number_for_region(number, country):
        return NumberReading(digits, CalledClass.SPECIAL)
    service = _service_number(digits, country)
    if service is not None:
        return service
    if len(digits) == 6 and not digits.startswith("0"):
        return NumberReading(digits, CalledClass.UNKNOWN)  # a local number without its area, or a code
    return NumberReading(digits, CalledClass.INTERNAL if len(digits) <= 5 else CalledClass.UNKNOWN)


def _service_number(digits: str, country: str) -> NumberReading | None:
    """Read a national number of six digits that is dialled as it is (13 numbers in Australia, 892 in Italy)."""
    ranges = ranges_of_region(country)
    kind = ranges.class_of(digits) if ranges and len(digits) == _SERVICE_DIGITS else None
    if ranges is None or kind not in (CalledClass.SHARED_COST, CalledClass.TOLL_FREE, CalledClass.PREMIUM):
        return None
    return NumberReading(ranges.country_code + digits, kind, is_e164=True)


def _quickly(plain: str, digits: str, country: str) -> NumberReading | None:  # noqa: PLR0911 - one spelling after the other
    """Read the plain cases by the compiled ranges; None leaves a number to the library."""
    home = ranges_of_region(country)
    if home is None or home.trunk not in ("0", "1"):
        return None
    if plain.startswith("+"):
        return _abroad_or_home(digits, country)
    for code in (_IDD_OF.get(country, "00"),):
        if digits.startswith(code) and len(digits) > len(code) + 6:
            return _abroad_or_home(digits[len(code) :], country)
    if home.trunk == "0":
        if digits.startswith("0"):
            return _at_home(digits[1:], country) or _possible_at_home(digits[1:], country)
        return _abroad_or_home(digits, country) if digits.startswith(home.country_code) else None
    if len(digits) == 11 and digits.startswith("1"):
        return _at_home(digits[1:], country)
    return _at_home(digits, country) if len(digits) == 10 else None


def _at_home(national: str, country: str) -> NumberReading | None:
    home = ranges_of_region(country)
    kind = home.class_of(national) if home else None
    if home is None or kind is None:
        return None
    return NumberReading(home.country_code + national, _planned(int(home.country_code), national) or kind, is_e164=True)


def _possible_at_home(national: str, country: str) -> NumberReading | None:
    """Read a number of the right length that is not allotted: a dummy, or one of a range newer than the metadata."""
    home = ranges_of_region(country)
    if home is None or len(national) not in home.lengths or national.startswith(("0", "11")):
        return None
    kind = _planned(int(home.country_code), national) or class_of_neighbours(country, national)
    return NumberReading(home.country_code + national, kind, is_e164=True)


def _planned(code: int, national: str) -> CalledClass | None:
    """Return the class that a country's numbering plan gives where the metadata's is not what bills call it."""
    return next((found for prefix, found in _OF_COUNTRY.get(code, ()) if national.startswith(prefix)), None)


def _abroad_or_home(digits: str, country: str) -> NumberReading | None:
    home = ranges_of_region(country)
    if home is None:
        return None
    if digits.startswith(home.country_code):
        return _at_home(digits[len(home.country_code) :], country)
    code = code_of(digits[:3])
    if code and code not in ("800", "808", "979") and is_number_of_code(code, digits[len(code) :]):
        return NumberReading(digits, CalledClass.INTERNATIONAL, is_e164=True)
    return None


def _long(plain: str, digits: str, country: str) -> NumberReading:
    quick = _quickly(plain, digits, country)
    if quick is not None:
        return quick
    import phonenumbers

    tries: list[str] = [plain]
    if not plain.startswith("+"):
        # Where national numbers begin with a trunk 0, one that begins with the country's own code is E.164 without its plus.
        home = str(phonenumbers.country_code_for_region(country))
        international = digits.startswith(home) and home not in ("1", "7") and _trunk_prefix(country) == "0"
        tries.insert(0 if international else 1, "+" + digits)
        tries += ["+" + digits[len(code) :] for code in _IDD if digits.startswith(code) and len(digits) > len(code) + 6]
        if country == "RU" and len(digits) == 11 and digits.startswith("8"):
            tries.insert(0, "+7" + digits[1:])
    possible: Any = None
    for attempt in tries:
        number = _parsed(attempt, country)
        if number is None:
            continue
        if phonenumbers.is_valid_number(number):
            return _reading(number, country)
        if possible is None and phonenumbers.is_possible_number(number):
            possible = number
    if possible is not None:
        return _reading(possible, country)
    return NumberReading(digits if plain != digits else plain, CalledClass.UNKNOWN)


@lru_cache(maxsize=256)
def _trunk_prefix(country: str) -> str | None:
    import phonenumbers

    return phonenumbers.ndd_prefix_for_region(country, True)


def _reading(number: Any, country: str) -> NumberReading:
    digits = f"{number.country_code}{_national(number)}"
    return NumberReading(digits, _class_of(number, country), is_e164=True)


def _national(number: Any) -> str:
    import phonenumbers

    return str(phonenumbers.national_significant_number(number))


def _class_of(number: Any, country: str) -> CalledClass:
    import phonenumbers

    home = phonenumbers.country_code_for_region(country)
    if number.country_code in (800, 808):
        return CalledClass.TOLL_FREE if number.country_code == 800 else CalledClass.SHARED_COST
    if number.country_code == 979:
        return CalledClass.PREMIUM
    if number.country_code != home:
        return CalledClass.INTERNATIONAL
    national = _national(number)
    planned = _planned(home, national)
    kind = phonenumbers.number_type(number)
    if planned is None and kind == phonenumbers.PhoneNumberType.UNKNOWN:
        return class_of_neighbours(country, national)
    if home == 1 and phonenumbers.region_code_for_number(number) not in (country, None) and kind not in _free_kinds():
        return CalledClass.INTERNATIONAL
    return planned or _classes()[kind]


# What the metadata call premium or a company's number and bills don't.
# Source: Ofcom, National Telephone Numbering Plan: 03 costs what 01 and 02 cost; 084 and 087 carry a service charge on top.
# AGCOM, Piano di numerazione nazionale: 199 is a number for every caller at a price of its own.
_OF_COUNTRY: Mapping[int, tuple[tuple[str, CalledClass], ...]] = {
    39: (("199", CalledClass.SHARED_COST),),
    44: (("3", CalledClass.GEOGRAPHIC), ("84", CalledClass.SHARED_COST), ("87", CalledClass.SHARED_COST)),
}


@lru_cache(maxsize=1)
def _free_kinds() -> frozenset[int]:
    from phonenumbers import PhoneNumberType as Kind

    return frozenset({Kind.TOLL_FREE, Kind.PREMIUM_RATE, Kind.PERSONAL_NUMBER, Kind.UAN, Kind.SHARED_COST})


@lru_cache(maxsize=1)
def _classes() -> Mapping[int, CalledClass]:
    from phonenumbers import PhoneNumberType as Kind

    return {
        Kind.FIXED_LINE: CalledClass.GEOGRAPHIC,
        Kind.MOBILE: CalledClass.MOBILE,
        Kind.FIXED_LINE_OR_MOBILE: CalledClass.GEOGRAPHIC,
        Kind.TOLL_FREE: CalledClass.TOLL_FREE,
        Kind.PREMIUM_RATE: CalledClass.PREMIUM,
        Kind.SHARED_COST: CalledClass.SHARED_COST,
        Kind.VOIP: CalledClass.GEOGRAPHIC,
        Kind.PERSONAL_NUMBER: CalledClass.SPECIAL,
        Kind.PAGER: CalledClass.SPECIAL,
        Kind.UAN: CalledClass.SPECIAL,
        Kind.VOICEMAIL: CalledClass.SPECIAL,
        Kind.UNKNOWN: CalledClass.UNKNOWN,
    }


def _masked(given: str, plain: str, country: str) -> NumberReading:
    """Keep a masked number as it is; its visible head still tells its class."""
    import phonenumbers

    head = re.split(r"[xX*?#…]", plain)[0]
    unmasked = re.sub(r"[xX*?#…]", "0", plain)
    for text in (unmasked, "+" + unmasked.lstrip("+")):
        number = _parsed(text, country)
        if number is not None and phonenumbers.is_possible_number(number) and len(head) >= 2:
            found = _class_of(number, country)
            if found is not CalledClass.UNKNOWN:
                return NumberReading(given, found)
    return NumberReading(given, CalledClass.UNKNOWN)


def _parsed(text: str, country: str) -> Any:
    import phonenumbers

    try:
        return phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        return None
