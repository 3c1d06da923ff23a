"""How long a call took, in the ways that bills and exchanges write it, to milliseconds."""

from __future__ import annotations

import re
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache


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
_ISO = re.compile(r"^-?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?)?$")
"""ISO 8601, as interfaces write it: `PT1M5S`."""
_DAYS = re.compile(r"^(\d{1,3})(?: days?,?|d|\.) ?(?=\d{1,2}:\d{2}:\d{2})")
"""`0 days 00:01:05`, as data programs write a duration."""
_MINUTES_OF_TENTHS = re.compile(r"^(\d{1,6}):(\d{2})[.,](\d{1,6})$")
"""`01:05.0`: a clock with a fraction has seconds, so its two parts are minutes and seconds."""
_OPEN_NAME = re.compile(r"^(\d+\s*(?:h|m|min|mn)\s*)(\d{2})$", re.IGNORECASE)
"""`1m05`, `1h05`: the last unit is understood."""
_DATED = re.compile(r"^(?:1899-12-3[01]|1900-01-0[01]|1904-01-01)[ T](\d{1,2}:\d{2}:\d{2}(?:\.\d+)?)$")
_LIMIT_MS = 400 * 86_400_000


@lru_cache(maxsize=1 << 15)
def parse_duration(text: str, how: DurationFormat) -> int | None:
    """Return milliseconds, None when the text is no duration or longer than 400 days.

    >>> parse_duration("0000:25:56", DurationFormat.HMS), parse_duration("0:07", DurationFormat.HM)
    (1556000, 420000)
    >>> parse_duration("5分32秒", DurationFormat.SECONDS), parse_duration("020512", DurationFormat.HHMMSS)
    (332000, 7512000)
    >>> [parse_duration(text, DurationFormat.SECONDS) for text in ("PT1M5S", "0 days 00:01:05", "1m05", "01:05.0")]
    [65000, 65000, 65000, 65000]
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
    tenths = _MINUTES_OF_TENTHS.match(text)
    if tenths:
        minutes, seconds, fraction = tenths.groups()
        return None if int(seconds) > 59 else (int(minutes) * 60 + int(seconds)) * 1000 + int(fraction.ljust(3, "0")[:3])
    clock = _CLOCK.match(text)
    if clock:
        return _clock(clock, how)
    return _with_days(text, how) if text[:1].isdigit() else _iso(text)


def _with_days(text: str, how: DurationFormat) -> int | None:
    """Read `0 days 00:01:05`, else units by their names."""
    days = _DAYS.match(text)
    rest = _by_format(text[days.end() :], how) if days else None
    if days and rest is not None:
        return int(days.group(1)) * 86_400_000 + rest
    opened = _OPEN_NAME.match(text)
    if opened:
        text += "m" if "h" in opened.group(1).lower() else "s"
    return _named_units(text)


def _iso(text: str) -> int | None:
    match = _ISO.match(text)
    if not match or not any(match.groups()):
        return _named_units(text)
    days, hours, minutes, seconds = (Fraction((part or "0").replace(",", ".")) for part in match.groups())
    return _rounded((((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000)


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
