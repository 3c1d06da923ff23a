"""Dates and times of day as files write them, to microseconds since 1970; the order of day and month is given, not guessed."""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

DAY_US = 86_400_000_000
_EPOCH = date(1970, 1, 1)


class DateOrder(StrEnum):
    """Order of the parts of a date. Four-digit years and named months need none."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


_MONTH_NAMES = {
    1: "jan january januar jän jänner janvier janv enero ene gennaio gen janeiro",
    2: "feb february februar février févr fév fevr febrero febbraio fevereiro fev",
    3: "mar march märz mär mrz mars marzo março",
    4: "apr april avril avr abril abr aprile",
    5: "may mai mayo maggio mag maio",
    6: "jun june juni juin junio giugno giu junho",
    7: "jul july juli juillet juil julio luglio lug julho",
    8: "aug august août aoû agosto ago",
    9: "sep sept september septembre septiembre settembre set setembro",
    10: "oct october okt oktober octobre octubre ottobre ott outubro out",
    11: "nov november novembre noviembre novembro",
    12: "dec december dez dezember décembre déc diciembre dic dicembre dezembro",
}
MONTHS = {name: month for month, names in _MONTH_NAMES.items() for name in names.split()}
_WEEKDAY_NAMES = (
    "mon monday mo montag lun lundi lunes lunedì seg segunda segunda-feira 一 星期一 周一",
    "tue tues tuesday di dienstag mar mardi martes martedì ter terça terça-feira 二 星期二 周二",
    "wed weds wednesday mi mittwoch mer mercredi miércoles mié mercoledì qua quarta quarta-feira 三 星期三 周三",
    "thu thur thurs thursday do donnerstag jeu jeudi jueves jue giovedì gio qui quinta quinta-feira 四 星期四 周四",
    "fri friday fr freitag ven vendredi viernes vie venerdì sex sexta sexta-feira 五 星期五 周五",
    "sat saturday sa samstag sonnabend sam samedi sábado sabado sáb sab sabato 六 星期六 周六",
    "sun sunday so sonntag dim dimanche domingo dom domenica 日 天 星期日 星期天 周日",
)
WEEKDAYS = {name: number for number, names in enumerate(_WEEKDAY_NAMES) for name in names.split()}
"""Name of a weekday in small letters → its number, Monday 0."""
_WEEKDAY = re.compile(
    r"^[^\W\d]{2,12}(?:-feira)?\.?,?\s+(?=\d)|^[^\W\d]{2,9}day,?\s+|^(?:mon|tue|wed|thu|fri|sat|sun)\.?,?\s+", re.IGNORECASE
)
_NUMERIC = re.compile(r"^(\d{1,4})\s?[-/.\u2010]\s?(\d{1,2})\s?[-/.\u2010]\s?(\d{1,4})\.?$")
_SHORT = re.compile(r"^(\d{1,2})[-/.](\d{1,2})\.?$")
_NAMED = re.compile(r"^(\d{1,2})(?:st|nd|rd|th|er|º|°|\.)?[\s\-/.]*(?:de\s+)?([^\W\d]{3,12})\.?,?[\s\-/]*(?:de\s+)?(\d{2,4})?$")
_NAME_FIRST = re.compile(r"^([^\W\d]{3,12})\.?[\s\-/]*(\d{1,2})(?:st|nd|rd|th)?,?[\s\-/]*(\d{4})?$")
_CHINESE = re.compile(r"^(?:(\d{2,4})年)?(\d{1,2})月(\d{1,2})日?$")
_TIME = re.compile(
    r"^T?(\d{1,2})[:.hH时時](\d{1,2})(?:[:.m分](\d{1,2})(?:[.,:](\d{1,9}))?秒?)?\s*([AaPp]\.?\s?[Mm]?\.?|上午|下午)?\s*"
    r"(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$"
)
_DAY_FRACTION = re.compile(r"^0?[.,]\d+$|^0$")
"""A workbook's time of day without its format; a clock with a dot would show its hour in two digits."""
_PACKED_TIME = re.compile(r"^(\d{2})(\d{2})(\d{2})(?:[.,](\d{1,6}))?$")
_NUMBER = re.compile(r"^\d+(?:\.\d+)?$")


@lru_cache(maxsize=200_000)
def parse_date(text: str, order: DateOrder, year: int | None = None) -> int | None:
    """Return the day as days since 1970-01-01, None when it is no date.

    Args:
        text: one date without a time.
        order: of day and month where numbers leave it open.
        year: for dates that show none.

    >>> parse_date("05/09/2001", DateOrder.DMY) == parse_date("5 Sep 2001", DateOrder.MDY)
    True
    """
    body = text.strip()
    numeric = _NUMERIC.match(body)
    if numeric:
        return _numeric_date(numeric.group(1), numeric.group(2), numeric.group(3), order)
    if body.isdecimal():
        return _packed_date(body, order)
    if _NUMBER.match(body):
        return _serial_date(float(body))
    chinese = _CHINESE.match(body)
    if chinese:
        return _day(int(chinese.group(1) or year or 0), int(chinese.group(2)), int(chinese.group(3)))
    short = _SHORT.match(body)
    if short:
        first, second = int(short.group(1)), int(short.group(2))
        month, day = (first, second) if order is not DateOrder.DMY else (second, first)
        return _day(year or 0, month, day)
    return _date_with_name(body, order, year)


def _date_with_name(body: str, order: DateOrder, year: int | None) -> int | None:
    for attempt in (body, _WEEKDAY.sub("", body)):
        named = _NAMED.match(attempt)
        if named and named.group(2).lower() in MONTHS:
            return _day(_full_year(named.group(3), year), MONTHS[named.group(2).lower()], int(named.group(1)))
        first = _NAME_FIRST.match(attempt)
        if first and first.group(1).lower() in MONTHS:
            return _day(_full_year(first.group(3), year), MONTHS[first.group(1).lower()], int(first.group(2)))
    stripped = _WEEKDAY.sub("", body)
    if stripped != body and is_weekday(body[: len(body) - len(stripped)].strip(" .,")):
        numeric = _NUMERIC.match(stripped)
        if numeric:
            return _numeric_date(numeric.group(1), numeric.group(2), numeric.group(3), order)
    return None


def is_weekday(word: str) -> bool:
    """Say whether a word is the name of a weekday."""
    return word.casefold() in WEEKDAYS


def _numeric_date(one: str, two: str, three: str, order: DateOrder) -> int | None:
    if len(one) == 4:
        return _day(int(one), int(two), int(three))
    if order is DateOrder.YMD and len(three) <= 2:
        return _day(_full_year(one, None), int(two), int(three))
    year = _full_year(three, None)
    if len(three) == 3:
        return None
    day, month = (int(one), int(two)) if order is not DateOrder.MDY else (int(two), int(one))
    return _day(year, month, day)


def _packed_date(body: str, order: DateOrder) -> int | None:
    if len(body) == 8:
        if order is DateOrder.YMD or (
            body[:2] in ("19", "20") and _day(int(body[:4]), int(body[4:6]), int(body[6:])) is not None
        ):
            return _day(int(body[:4]), int(body[4:6]), int(body[6:]))
        one, two, year = int(body[:2]), int(body[2:4]), int(body[4:])
        return _day(year, two, one) if order is DateOrder.DMY else _day(year, one, two)
    if len(body) == 6:
        one, two, three = int(body[:2]), int(body[2:4]), int(body[4:])
        if order is DateOrder.YMD:
            return _day(2000 + one, two, three)
        return _day(2000 + three, two, one) if order is DateOrder.DMY else _day(2000 + three, one, two)
    if len(body) == 5:
        return _serial_date(float(body))
    return None


def _serial_date(serial: float) -> int | None:
    """Excel counts days from 1899-12-30 (its 1900 leap year error lies before any phone bill)."""
    return int(serial) - 25569 if 29221 <= serial < 73051 else None


def _full_year(text: str | None, fallback: int | None) -> int:
    if not text:
        return fallback or 0
    number = int(text)
    return number if len(text) == 4 else 2000 + number if number < 70 else 1900 + number


def _day(year: int, month: int, day: int) -> int | None:
    if not 1970 <= year <= 2100:
        return None
    try:
        return (date(year, month, day) - _EPOCH).days
    except ValueError:
        return None


@lru_cache(maxsize=200_000)
def parse_time(text: str) -> tuple[int, int | None] | None:
    """Return microseconds since midnight and the minutes east of UTC that the text states (None: it states none).

    >>> parse_time("2:40:32 p.m.")[0] // 1_000_000 == 14 * 3600 + 40 * 60 + 32
    True
    """
    body = text.strip()
    if _DAY_FRACTION.match(body):
        return round(float(body.replace(",", ".")) * 86400) % 86400 * 1_000_000, None
    match = _TIME.match(body)
    if match:
        return _clock_time(match)
    packed = _PACKED_TIME.match(body)
    if packed:
        hour, minute, second, fraction = packed.groups()
        return _of_parts(int(hour), int(minute), int(second), fraction, None)
    if body.isdecimal() and len(body) in (3, 4):
        return _of_parts(int(body[:-2]), int(body[-2:]), 0, None, None)
    return None


def _clock_time(match: re.Match[str]) -> tuple[int, int | None] | None:
    hour, minute, second, fraction, half, zone = match.groups()
    hours = int(hour)
    if half:
        afternoon = half[0] in "pP" or half == "下午"
        if hours > 12:
            afternoon = False
        hours = hours % 12 + 12 if afternoon else (0 if hours == 12 else hours)
    offset = None
    if zone:
        offset = 0 if zone[0] in "ZUG" else (int(zone[1:3]) * 60 + int(zone[-2:])) * (-1 if zone[0] == "-" else 1)
    return _of_parts(hours, int(minute), int(second or 0), fraction, offset)


def _of_parts(hour: int, minute: int, second: int, fraction: str | None, offset: int | None) -> tuple[int, int | None] | None:
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and (minute or second)):
        return None
    micros = int(fraction.ljust(6, "0")[:6]) if fraction else 0
    return ((hour * 60 + minute) * 60 + min(second, 59)) * 1_000_000 + micros, offset


def split_date_and_time(text: str) -> tuple[str, str]:
    """Split a moment into its date and its time of day ("" when there is none).

    >>> split_date_and_time("13/07/2016 2:40:32 p.m.")
    ('13/07/2016', '2:40:32 p.m.')
    """
    match = _SPLIT.match(text)
    if match:
        return match.group(1).rstrip(" ,T"), match.group(2)
    first = _TIME_FIRST.match(text)
    if first:
        return first.group(2), first.group(1)
    if text.isdecimal() and len(text) in (12, 14):
        return text[:8], text[8:].ljust(6, "0")
    packed = _PACKED_MOMENT.match(text)
    return (packed.group(1), packed.group(2)) if packed else (text, "")


_SPLIT = re.compile(
    r"^(.*?\S)[\sT,]+(T?\d{1,2}[:.hH]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:[AaPp]\.?\s?[Mm]?\.?)?\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?)$"
)
_TIME_FIRST = re.compile(
    r"^(\d{1,2}:\d{2}(?::\d{2})?\s*(?:[AaPp][Mm])?\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?)[\s,]+(\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4})$"
)
_PACKED_MOMENT = re.compile(r"^(\d{8})[\sT]?(\d{6}(?:[.,]\d{1,6})?)$")


def parse_moment(text: str, order: DateOrder, year: int | None = None) -> tuple[int, bool] | None:
    """Return microseconds since 1970 and whether they are UTC already; None when the text is no date.

    Epoch seconds, milliseconds and microseconds, Excel serials, dates with or without a time.
    """
    body = text.strip()
    if _NUMBER.match(body):
        epoch = _epoch_us(body)
        if epoch is not None:
            return epoch, True
        whole, _, fraction = body.partition(".")
        if fraction and len(whole) == 5:
            serial = _serial_date(float(body))
            rest = round(float("0." + fraction) * 86_400) * 1_000_000
            return None if serial is None else (serial * DAY_US + rest, False)
    day_text, time_text = split_date_and_time(body)
    day = parse_date(day_text, order, year)
    if day is None:
        return None
    if not time_text:
        return day * DAY_US, False
    clock = parse_time(time_text)
    if clock is None:
        return None
    micros, offset = clock
    return day * DAY_US + micros - (offset or 0) * 60_000_000, offset is not None


def _epoch_us(body: str) -> int | None:
    """Read 10 digits as epoch seconds, 13 as milliseconds, 16 as microseconds, from 1995 to 2100."""
    whole, _, fraction = body.partition(".")
    scale = {9: 1_000_000, 10: 1_000_000, 13: 1000, 16: 1}.get(len(whole))
    if scale is None:
        return None
    value = int(whole) * scale + (int(fraction.ljust(6, "0")[:6]) if fraction and scale == 1_000_000 else 0)
    return value if 788_918_400_000_000 <= value < 4_102_444_800_000_000 else None


def day_of(micros: int) -> date:
    """Return the calendar day of microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=micros)
