"""How long a call took, in the ways that bills and exchanges write it, to milliseconds."""

from __future__ import annotations

import re
from enum import StrEnum
from fractions import Fraction


class DurationFormat(StrEnum):
    """How a column writes durations. A text that names its units (`5分32秒`, `1 Min`) is read by them under any format."""

    SECONDS = "seconds"
    MINUTES = "minutes"
    MILLISECONDS = "milliseconds"
    TENTHS = "tenths"
    SIX_SECONDS = "six_seconds"
    HOURS = "hours"
    HMS = "h:m:s"
    MS = "m:s"
    HM = "h:m"
    HHMMSS = "hhmmss"
    MMSS = "mmss"
    DAY_FRACTION = "days"


_UNITS_MS = {
    DurationFormat.SECONDS: 1000,
    DurationFormat.MINUTES: 60_000,
    DurationFormat.MILLISECONDS: 1,
    DurationFormat.TENTHS: 100,
    DurationFormat.SIX_SECONDS: 6000,
    DurationFormat.HOURS: 3_600_000,
    DurationFormat.DAY_FRACTION: 86_400_000,
}
_CLOCK = re.compile(r"^(\d{1,7})[:.h](\d{1,2})(?:[:.m](\d{1,2})(?:[.,](\d{1,6}))?)?s?$")
_DIGITS = re.compile(r"^\d+$")
_DECIMAL = re.compile(r"^\d{0,12}[.,]?\d{1,20}(?:[eE]-?\d{1,2})?$|^\d{1,12}[.,]$")
_NAMED = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*"
    r"(h(?:ours?|rs?|\.)?|std\.?|stunden?|heures?|horas?|ore|小时|小時|时|時"
    r"|ms(?:ecs?)?|毫秒"
    r"|m(?:in(?:ute[ns]?|uti|utos?|s)?)?\.?|分钟|分鐘|分"
    r"|s(?:ec(?:ond(?:[eis]|os?)?s?|s|ondi)?|ek(?:unden?)?|eg(?:undos?)?)?\.?|秒|['′’]|[\"″”])",
    re.IGNORECASE,
)
_DATED = re.compile(r"^(?:1899-12-3[01]|1900-01-0[01]|1904-01-01)[ T](\d{1,2}:\d{2}:\d{2}(?:\.\d+)?)$")
_LIMIT_MS = 400 * 86_400_000


def parse_duration(text: str, how: DurationFormat) -> int | None:
    """Return milliseconds, None when the text is no duration or longer than 400 days.

    >>> parse_duration("0000:25:56", DurationFormat.HMS), parse_duration("0:07", DurationFormat.HM)
    (1556000, 420000)
    >>> parse_duration("5分32秒", DurationFormat.SECONDS), parse_duration("020512", DurationFormat.HHMMSS)
    (332000, 7512000)
    """
    dated = _DATED.match(text)
    if dated:
        text = dated.group(1)
    found = _by_format(text, how)
    return found if found is not None and 0 <= found <= _LIMIT_MS else None


def _by_format(text: str, how: DurationFormat) -> int | None:
    if how in (DurationFormat.HHMMSS, DurationFormat.MMSS) and _DIGITS.match(text):
        return _packed(text.zfill(6 if how is DurationFormat.HHMMSS else 4), how)
    if _DECIMAL.match(text) and not (how in (DurationFormat.HMS, DurationFormat.MS, DurationFormat.HM) and "." in text):
        unit = _UNITS_MS.get(how, 1000)
        return _rounded(Fraction(text.replace(",", ".").rstrip(".")) * unit)
    clock = _CLOCK.match(text)
    if clock:
        return _clock(clock, how)
    return _named_units(text)


def _packed(text: str, how: DurationFormat) -> int | None:
    hours = int(text[:-4]) if how is DurationFormat.HHMMSS else 0
    minutes, seconds = int(text[-4:-2] if how is DurationFormat.HHMMSS else text[:-2]), int(text[-2:])
    if seconds > 59 or (how is DurationFormat.HHMMSS and minutes > 59):
        return None
    return (hours * 3600 + minutes * 60 + seconds) * 1000


def _clock(match: re.Match[str], how: DurationFormat) -> int | None:
    first, second, third, fraction = match.groups()
    if int(second) > 59 or (third is not None and int(third) > 59):
        return None
    if third is None:
        whole = int(first) * 3600 + int(second) * 60 if how is DurationFormat.HM else int(first) * 60 + int(second)
    else:
        whole = int(first) * 3600 + int(second) * 60 + int(third)
    return whole * 1000 + (int(fraction.ljust(3, "0")[:3]) if fraction else 0)


def _named_units(text: str) -> int | None:
    total, end = Fraction(0), 0
    for match in _NAMED.finditer(text):
        if text[end : match.start()].strip(" ,:und"):
            return None
        total += Fraction(match.group(1).replace(",", ".")) * _unit_ms(match.group(2).lower())
        end = match.end()
    return _rounded(total) if end and not text[end:].strip() else None


def _unit_ms(unit: str) -> int:
    if unit.startswith(("ms", "毫")):
        return 1
    if unit.startswith(("h", "std", "stunde", "ore", "小", "时", "時")):
        return 3_600_000
    if unit.startswith(("m", "分", "'", "′", "’")):
        return 60_000
    return 1000


def _rounded(value: Fraction) -> int:
    return int(value + Fraction(1, 2))
