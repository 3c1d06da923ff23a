"""Which kind of number a country's digits are: libphonenumber's own patterns, compiled once per country.

`phonenumbers.parse` with `number_type` takes about 60 µs a number; these patterns give the same answer in two.
Source: the `phonenumbers` package (libphonenumber's metadata); the order of kinds is that of its `number_type`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from roi_tool.cdr.schema import CalledClass

_KINDS: tuple[tuple[str, CalledClass], ...] = (
    ("premium_rate", CalledClass.PREMIUM),
    ("toll_free", CalledClass.TOLL_FREE),
    ("shared_cost", CalledClass.SHARED_COST),
    ("voip", CalledClass.GEOGRAPHIC),
    ("personal_number", CalledClass.SPECIAL),
    ("pager", CalledClass.SPECIAL),
    ("uan", CalledClass.SPECIAL),
    ("voicemail", CalledClass.SPECIAL),
    ("fixed_line", CalledClass.GEOGRAPHIC),
    ("mobile", CalledClass.MOBILE),
)
_FILLERS = ("234567", "800000", "555123", "123456", "600600", "012345", "345678", "900900")


@dataclass(frozen=True)
class Ranges:
    """One region's numbers.

    Attributes:
        country_code: its E.164 code.
        trunk: what national numbers are dialled with, "" when nothing.
        lengths: of all its national numbers.
        kinds: class, pattern and lengths of its numbers, in the order they are to be tried.
        general: what every number of the region matches.
    """

    country_code: str
    trunk: str
    lengths: frozenset[int]
    kinds: Sequence[tuple[CalledClass, re.Pattern[str], frozenset[int]]]
    general: re.Pattern[str]

    def class_of(self, national: str) -> CalledClass | None:
        """Return the class of a national significant number, None when the region has no such number."""
        if not self.general.fullmatch(national):
            return None
        for kind, pattern, lengths in self.kinds:
            if len(national) in lengths and pattern.fullmatch(national):
                return kind
        return None


@lru_cache(maxsize=512)
def ranges_of_region(region: str) -> Ranges | None:
    """Return a region's number ranges, None for a region that the metadata does not know."""
    from phonenumbers import PhoneMetadata

    found = PhoneMetadata.metadata_for_region(region, None)
    if found is None:
        return None
    general = frozenset(found.general_desc.possible_length if found.general_desc else ())
    kinds = []
    for name, kind in _KINDS:
        described = getattr(found, name)
        if described is not None and described.national_number_pattern:
            lengths = frozenset(length for length in described.possible_length if length > 0) or general
            kinds.append((kind, re.compile(described.national_number_pattern), lengths))
    every = re.compile((found.general_desc.national_number_pattern if found.general_desc else None) or r"\d+")
    return Ranges(str(found.country_code), found.national_prefix or "", general, tuple(kinds), every)


@lru_cache(maxsize=1 << 16)
def class_of_neighbours(country: str, national: str) -> CalledClass:
    """Judge a number that is not allotted (masked, a dummy, a new range) by allotted ones with the same leading digits."""
    for changed in range(3, min(8, len(national) - 1)):
        found = _class_of_head(country, national[:-changed], changed)
        if found is not CalledClass.UNKNOWN:
            return found
    return CalledClass.UNKNOWN


@lru_cache(maxsize=1 << 16)
def _class_of_head(country: str, head: str, missing: int) -> CalledClass:
    ranges = ranges_of_region(country)
    for filler in _FILLERS if ranges else ():
        found = ranges.class_of(head + filler.ljust(missing, "0")[:missing]) if ranges else None
        if found is not None:
            return found
    return CalledClass.UNKNOWN


@lru_cache(maxsize=4096)
def code_of(leading: str) -> str:
    """Return the E.164 country code that digits begin with, "" when there is none."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

    if not leading or leading[0] == "0":
        return ""
    return next((leading[:size] for size in (1, 2, 3) if int(leading[:size] or 0) in COUNTRY_CODE_TO_REGION_CODE), "")


def is_number_of_code(code: str, national: str) -> bool:
    """Say whether a national number exists in any region of a country code."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

    for region in COUNTRY_CODE_TO_REGION_CODE.get(int(code), ()):
        ranges = ranges_of_region(region) if region != "001" else None
        if ranges is not None and ranges.class_of(national) is not None:
            return True
    return False
