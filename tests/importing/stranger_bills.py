"""Bills of carriers nobody knows: each number makes one, in a mix of features that real files show, with what it holds."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import xlsxwriter
from stranger_countries import COUNTRIES, WORDS, Country

Cell = Callable[["Call"], str]
ABROAD = {"US": ("011442079460018", "442079460018")}
"""A number abroad as it is dialled, and its digits; elsewhere New York is called."""


@dataclass(frozen=True)
class Call:
    start: datetime
    called: str
    seconds: int
    charge: Decimal
    inbound: bool = False
    abroad: bool = False


@dataclass(frozen=True)
class Invented:
    """A file, and what it holds: calls as (start in UTC, direction, caller or None, called, milliseconds, nano)."""

    name: str
    data: bytes
    suffix: str
    calls: list[tuple[str, str, str | None, str, int, int]]
    currency: str
    tax_included: bool | None
    rental_nano: int


def _hms(seconds: int, hours: str = "%02d") -> str:
    return (hours + ":%02d:%02d") % (seconds // 3600, seconds // 60 % 60, seconds % 60)


DURATIONS: dict[str, tuple[str, Callable[[int], str]]] = {
    "65": ("seconds", str),
    "65.0": ("seconds", lambda s: f"{s}.0"),
    "00:01:05": ("duration", _hms),
    "0:01:05": ("duration", lambda s: _hms(s, "%d")),
    "0000:01:05": ("duration", lambda s: _hms(s, "%04d")),
    "00.01.05": ("duration", lambda s: _hms(s).replace(":", ".")),
    "01:05": ("duration", lambda s: f"{s // 60:02d}:{s % 60:02d}"),
    "1m 5s": ("duration", lambda s: f"{s // 60}m {s % 60}s"),
    "1 min 05 s": ("duration", lambda s: f"{s // 60} min {s % 60:02d} s"),
    "PT1M5S": ("duration", lambda s: f"PT{s // 60}M{s % 60}S"),
    "00h01m05s": ("duration", lambda s: f"{s // 3600:02d}h{s // 60 % 60:02d}m{s % 60:02d}s"),
    "1'05\"": ("duration", lambda s: f"{s // 60}'{s % 60:02d}\""),
    "65000": ("milliseconds", lambda s: str(s * 1000)),
    "65 s": ("duration", lambda s: f"{s} s"),
    "1分5秒": ("duration", lambda s: f"{s // 60}分{s % 60}秒"),
}
DATES = {
    "any": ("iso", "packed", "month", "long"),
    "day first": ("dmy/", "dmy.", "dmy-", "dmy2", "weekday", "no year"),
    "month first": ("mdy", "mdy2", "mdy1"),
}


def _date(day: date, how: str, language: str) -> str:
    words = WORDS[language]
    month = words.months.split()[day.month - 1]
    of = " de " if language in ("es", "pt") else ". " if language == "de" else " "
    written = {
        "iso": f"{day:%Y-%m-%d}", "packed": f"{day:%Y%m%d}", "dmy/": f"{day:%d/%m/%Y}", "dmy.": f"{day:%d.%m.%Y}",
        "dmy-": f"{day:%d-%m-%Y}", "dmy2": f"{day:%d/%m/%y}", "mdy": f"{day:%m/%d/%Y}", "mdy2": f"{day:%m/%d/%y}",
        "mdy1": f"{day.month}/{day.day}/{day.year}", "no year": f"{day:%d/%m}",
        "weekday": f"{words.weekdays.split()[day.weekday()]} {day:%d/%m/%Y}",
        "month": f"{day.day:02d}-{month[:3]}-{day.year}",
        "long": f"{month} {day.day}, {day.year}" if language == "us" else f"{day.day}{of}{month}{of.lstrip('.')}{day.year}",
    }  # fmt: skip
    return f"{day.year}年{day.month}月{day.day}日" if language == "zh" and how in ("month", "long") else written[how]


def _money(amount: Decimal, how: str, country: Country) -> str:
    digits = f"{abs(amount):.4f}".replace(".", country.decimal)
    sign = "-" if amount < 0 else ""
    return {
        "plain": sign + digits,
        "sign": f"{sign}{country.sign}{digits}" if country.decimal == "." else f"{sign}{digits} {country.sign}",
        "code": f"{sign}{digits} {country.currency}",
        "trailing": digits + ("-" if amount < 0 else ""),
        "brackets": f"({digits})" if amount < 0 else digits,
        "credit": digits + (" CR" if amount < 0 else ""),
    }[how]


def _digits(number: str, name: str, country: Country) -> str:
    return country.code + (number.removeprefix(country.trunk) if country.trunk else number)


def _calls(draw: random.Random, name: str, country: Country, inbound: bool, refunds: bool) -> list[Call]:
    calls = []
    for place in range(draw.choice([3, 8, 25])):
        day = draw.randint(1, 28) if place else 27  # one day above the twelfth proves the order
        start = datetime(2026, 5, day, draw.randint(8, 19), draw.randint(0, 59), draw.randint(1, 59))  # noqa: DTZ001 - local time
        seconds = 5406 if place == 1 else draw.choice([0, 6, 66, 126, draw.randint(1, 600) * 6, 3726])
        charge = (
            Decimal(0)
            if not seconds or draw.random() < 0.2
            else (seconds * Decimal("0.0003") + Decimal("0.01")).quantize(Decimal("0.0001"))
        )
        if refunds and place % 5 == 0:
            charge = -charge - Decimal("0.01")
        abroad = draw.random() < 0.05
        number = ABROAD.get(name, ("0012125550134", ""))[0] if abroad else draw.choice(country.called) % draw.randint(100, 999)
        calls.append(Call(start, number, seconds, charge, inbound and draw.random() < 0.3, abroad))
    return sorted(calls, key=lambda call: (call.start, call.called))


def invented_bill(seed: int) -> Invented:
    draw = random.Random(seed)
    name = draw.choice(list(COUNTRIES))
    country = COUNTRIES[name]
    words = WORDS[country.language]
    inbound, refunds = draw.random() < 0.3, draw.choice([None, None, "plain", "trailing", "brackets", "credit"])
    calls = _calls(draw, name, country, inbound, refunds is not None)
    how_date = draw.choice(
        DATES["any"] + (DATES["month first"] if country.month_first else DATES["day first"] if name != "CN" else ())
    )
    how_time = draw.choice(["%H:%M:%S", "%H:%M"] + (["%I:%M:%S %p"] if country.language in ("en", "us") else []))
    how_money, how_duration = draw.choice(["plain", "sign", "code"]), draw.choice(list(DURATIONS))
    spell = draw.choice([str, lambda number: "+" + _digits(number, name, country)])
    kind, write = DURATIONS[how_duration]
    titles_of_duration = words.milliseconds if kind == "milliseconds" else draw.choice(getattr(words, kind))
    has_caller = inbound or draw.random() < 0.8

    def other(call: Call) -> str:
        return call.called if call.abroad else spell(call.called)

    when: list[tuple[str, Cell]] = [
        (draw.choice(words.date), lambda call: _date(call.start, how_date, country.language)),
        (draw.choice(words.time), lambda call: call.start.strftime(how_time)),
    ]
    if draw.random() < 0.3 and how_date != "no year":
        when = [(draw.choice(words.moment), lambda call, parts=when: " ".join(cell(call) for _, cell in parts))]
    charge_title = draw.choice(words.charge) + (f" ({country.sign})" if how_money == "plain" else "")
    rest: list[tuple[str, Cell]] = [
        (draw.choice(words.called), lambda call: spell(country.own) if call.inbound else other(call)),
        (titles_of_duration, lambda call: write(call.seconds).replace(".", country.decimal if how_duration == "65.0" else ".")),
        (charge_title, lambda call: _money(call.charge, refunds if refunds and call.charge < 0 else how_money, country)),
    ]
    if has_caller:
        rest.append((draw.choice(words.caller), lambda call: other(call) if call.inbound else spell(country.own)))
    if inbound:
        rest.append((draw.choice(words.direction), lambda call: words.ways[call.inbound]))
    if draw.random() < 0.3:
        rest.append((words.rate, lambda _call: "0.0180".replace(".", country.decimal)))
    draw.shuffle(rest)
    columns = when + rest
    head, foot, tax, rental = _around(
        draw, country, columns, charge_title, sum((call.charge for call in calls), Decimal(0)), how_money, how_date
    )
    titles = [draw.choice([str, str, str.upper])(title) for title, _ in columns]
    grid = [*head, titles, *([cell(call) for _, cell in columns] for call in calls), *foot]
    data, suffix = _saved(draw, grid, country)
    truth = [_truth(call, name, country, has_caller, "%S" in how_time) for call in calls]
    label = f"{seed} {name} {how_date} {how_time} {how_duration} {how_money} {refunds} {suffix} {titles}"
    return Invented(label, data, suffix, truth, country.currency, tax, rental)


def _truth(
    call: Call, name: str, country: Country, has_caller: bool, seconds: bool
) -> tuple[str, str, str | None, str, int, int]:
    start = (call.start if seconds else call.start.replace(second=0)).replace(tzinfo=ZoneInfo(country.zone)).astimezone(UTC)
    own = _digits(country.own, name, country)
    other = ABROAD.get(name, ("", "12125550134"))[1] if call.abroad else _digits(call.called, name, country)
    caller, called = (other, own) if call.inbound else (own, other)
    way = "inbound" if call.inbound else "outbound"
    return (
        f"{start:%Y-%m-%dT%H:%M:%S}",
        way,
        caller if has_caller else None,
        called,
        call.seconds * 1000,
        int(call.charge * 10**9),
    )


def _around(
    draw: random.Random,
    country: Country,
    columns: list[tuple[str, Cell]],
    charge_title: str,
    total: Decimal,
    how_money: str,
    how_date: str,
) -> tuple[list[list[str]], list[list[str]], bool | None, int]:
    """Return lines above and below the calls, whether they say that prices hold the tax, and a rental among them."""
    words = WORDS[country.language]
    head: list[list[str]] = []
    foot: list[list[str]] = []
    place = [title for title, _ in columns].index(charge_title)

    def line(label: str, amount: Decimal) -> list[str]:
        return [label, *("" for _ in columns[1:place]), _money(amount, how_money, country), *("" for _ in columns[place + 1 :])]

    if draw.random() < 0.5 or how_date == "no year":
        first, last = (
            _date(
                date(2026, 5, day),
                "mdy" if country.month_first else "iso" if country.language == "zh" else "dmy/",
                country.language,
            )
            for day in (1, 31)
        )
        head += [[words.account, "10045582"], [words.period, f"{first} {words.until} {last}"], []]
    rental = Decimal(15) if place and draw.random() < 0.3 else Decimal(0)
    if rental:
        foot.append(line(words.rental, rental))
    if place and draw.random() < 0.5:
        foot.append(line(draw.choice(words.total), total + rental))
    tax = draw.choice([None, None, False, True])
    if tax is not None:
        draw.choice([head, foot]).append([words.taxed[tax]])
    return head, foot, tax, int(rental * 10**9)


def _saved(draw: random.Random, grid: list[list[str]], country: Country) -> tuple[bytes, str]:
    if draw.random() < 0.15:
        held = io.BytesIO()
        book = xlsxwriter.Workbook(held)
        sheet = book.add_worksheet()
        for row, cells in enumerate(grid):
            for column, cell in enumerate(cells):
                sheet.write_string(row, column, cell)
        book.close()
        return held.getvalue(), ".xlsx"
    text = io.StringIO(newline="")
    delimiter = draw.choice([",", ";", "\t", "|"])
    csv.writer(text, delimiter=delimiter, quoting=draw.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])).writerows(grid)
    encoding = draw.choice(["utf-8", "utf-8-sig", "utf-16", "gb18030" if country.language == "zh" else "cp1252"])
    try:
        return text.getvalue().encode(encoding), ".csv"
    except UnicodeEncodeError:  # Chinese seconds on a western bill
        return text.getvalue().encode("utf-8"), ".csv"
