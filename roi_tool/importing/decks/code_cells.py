"""Cells of codes: lists, ranges, country and area, blanks, plus signs, and codes that a spreadsheet has damaged."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

LONGEST_CODE = 15
MOST_CODES_OF_A_RANGE = 100_000
_SEPARATORS = re.compile(r"[,;|\n\r]+")
_EXPONENT = re.compile(r"^\+?\d+(?:[.,]\d+)?[eE]\+?\d+$")
_HYPHEN = re.compile(r"^(\d+)\s*[-\u2010-\u2015]\s*(\d+)$")
_TIDY = str.maketrans(
    {"+": None, " ": None, "\u00a0": None, "\t": None, "'": None, "(": None, ")": None, '"': None, "\ufeff": None}
)
RANGE_SIDE = 4
"""A hyphen is read as a range only from this length on: shorter numbers are country and area codes."""


class Codes(NamedTuple):
    """What a cell gave: good codes and (text, problem code) of each part that is none."""

    good: tuple[str, ...]
    bad: tuple[tuple[str, str], ...]


@lru_cache(maxsize=1)
def calling_codes() -> frozenset[str]:
    """Return the country calling codes in use.

    Source: ITU-T E.164 assignments as carried by the phonenumbers package.
    """
    import phonenumbers

    return frozenset(map(str, phonenumbers.COUNTRY_CODE_TO_REGION_CODE))


def country_calling_code(digits: str) -> str:
    """Return the calling code at the head of a code, "" when there is none.

    >>> country_calling_code("447400"), country_calling_code("1204744")
    ('44', '1')
    """
    known = calling_codes()
    return next((digits[:length] for length in (1, 2, 3) if digits[:length] in known), "")


def hyphen_meaning(cells: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """Decide for a whole column what a hyphen means.

    Returns:
        "range", "area", "" (no cell has one) or "mixed", and up to one sample of each reading.
    """
    ranges: list[str] = []
    areas: list[str] = []
    for cell in cells:
        for part in _SEPARATORS.split(cell):
            match = _HYPHEN.match(part.translate(_TIDY))
            if not match:
                continue
            left, right = match.groups()
            if len(left) == len(right) >= RANGE_SIDE and left < right:
                ranges.append(part.strip())
            elif left.lstrip("0") in calling_codes():
                areas.append(part.strip())
    if ranges and areas:
        return "mixed", (ranges[0], areas[0])
    return ("range", (ranges[0],)) if ranges else ("area", (areas[0],)) if areas else ("", ())


class CodeReader:
    """Reads code cells of one column by the decisions made for it.

    Args:
        hyphen: "range" or "area".
        national: calling code to put before codes that have none ("1" for a North American deck by NPANXX).
        trunk: trunk prefix of a national deck, dropped before the calling code is put.
        dialled: international dialling prefix that the whole column carries, such as "011".
    """

    def __init__(self, hyphen: str = "", *, national: str = "", trunk: str = "", dialled: str = "") -> None:
        self.hyphen = hyphen
        self.national = national
        self.trunk = trunk
        self.dialled = dialled

    def read(self, cell: str, country: str = "") -> Codes:
        """Return the codes of a cell; `country` is the calling code of another column, put before each."""
        plain = cell.translate(_TIDY)
        if plain.isdigit() and not country and not self.national and plain[0] != "0" and len(plain) <= LONGEST_CODE:
            return Codes((plain,), ())
        good: list[str] = []
        bad: list[tuple[str, str]] = []
        for part in self._parts(cell) or ([""] if country else []):
            codes, fault = self._part(part, country)
            good += codes
            if fault:
                bad.append((part.strip(), fault))
        return Codes(tuple(good), tuple(bad))

    def _parts(self, cell: str) -> list[str]:
        """Split a list; `61 38,39` names the country once for all of it."""
        parts = [part for part in _SEPARATORS.split(cell) if part.strip()]
        if len(parts) > 1:
            head = parts[0].split()
            others = [part.strip() for part in parts[1:]]
            lead = head[0].lstrip("+").lstrip("0") if head else ""
            named_once = len(head) == 2 and lead in calling_codes() and all(part.isdigit() for part in others)
            if named_once and not all(part.startswith(lead) and len(part) > len(lead) + len(head[1]) - 1 for part in others):
                return [lead + head[1], *(lead + part for part in others)]
        return parts

    def _part(self, part: str, country: str) -> tuple[list[str], str]:
        plain = part.translate(_TIDY)
        if _EXPONENT.match(plain):
            return [], "deck_code_damaged"
        if plain.endswith(".0") and plain[:-2].isdigit():
            plain = plain[:-2]
        match = _HYPHEN.match(plain)
        if match:
            return self._hyphened(match.group(1), match.group(2), country)
        if country and plain in ("", "-"):
            return self._whole(country)
        if not (plain.isascii() and plain.isdigit()):
            dated = re.match(r"^\d{4}-\d\d-\d\d", part.strip()) or re.match(r"^(?:\d+[-/])?[A-Za-z]{3}[-/]?\d+$", plain)
            return [], "deck_code_damaged" if dated else "deck_code_not_digits"
        return self._whole(country + plain if country else plain)

    def _hyphened(self, left: str, right: str, country: str) -> tuple[list[str], str]:
        if self.hyphen == "area":
            return self._whole(left + right)
        if not (len(left) == len(right) and left <= right):
            return [], "deck_range_crooked"
        if int(right) - int(left) >= MOST_CODES_OF_A_RANGE:
            return [], "deck_range_too_wide"
        codes: list[str] = []
        for number in range(int(left), int(right) + 1):
            whole, fault = self._whole(country + str(number).zfill(len(left)))
            if fault:
                return [], fault
            codes += whole
        return codes, ""

    def _whole(self, digits: str) -> tuple[list[str], str]:
        if self.dialled and digits.startswith(self.dialled):
            digits = digits[len(self.dialled) :]
        elif digits.startswith("00"):
            digits = digits[2:]
        elif self.trunk and digits.startswith(self.trunk):
            digits = self.national + digits[len(self.trunk) :]
        elif self.national == "1" and digits[:1] in "23456789":
            digits = "1" + digits
        if not digits or set(digits) == {"0"}:
            return [], "deck_code_empty"
        if digits[0] == "0":
            return [], "deck_code_national"
        return ([digits], "") if len(digits) <= LONGEST_CODE else ([], "deck_code_too_long")
