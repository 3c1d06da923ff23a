"""What a file tells of its account: country, time zone, billing period."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from roi_tool.cdr import Direction
from roi_tool.importing.cells.countries import (
    country_of_currency,
    currency_of_country,
    is_of_several_zones,
    timezone_of_country,
)
from roi_tool.importing.cells.dates import DateOrder, parse_date
from roi_tool.importing.cells.title_text import normalised
from roi_tool.importing.cells.words import direction_of
from roi_tool.importing.detection.currency import stated_currency
from roi_tool.importing.layout import Role
from roi_tool.importing.meaning.own_numbers import country_by_plan, country_of_codes, country_of_numbers, zones_of_numbers
from roi_tool.importing.plan import Columns
from roi_tool.importing.records.raw_table import RawTable

_ALL_BUT_STRAYS = 0.95
_NUMBERS_LOOKED_AT = 400
_EPOCH = date(1970, 1, 1)
_LANGUAGES: tuple[tuple[tuple[str, ...], str], ...] = (
    (("CN", "TW", "HK", "SG"), r"[\u4e00-\u9fff]{2}"),
    (
        ("DE", "AT", "CH"),
        r"\b(?:rufnummer\w*|datum|uhrzeit|dauer|betrag|zielrufnummer|verbindung\w*|kosten|gesprach\w*|summe|rechnung\w*"
        r"|entgelt\w*|anruf\w*|preis|richtung|beginn|netto\w*|sekunden|minuten|von|zeit|zielort|zielland)\b",
    ),
    (
        ("FR", "BE", "CH", "LU"),
        r"\b(?:heure|duree|appel\w*|montant|cout|destinataire|facture|prix|sens|ligne|correspondant|horodatage|lieu|localite)\b",
    ),
    (
        ("IT", "CH"),
        r"\b(?:durata|chiamat\w+|chiamante|prezzo|importo|fattura|ora|costo|linea|data|verso|orario|destinazione|localita|secondi|da)\b",
    ),
    (
        ("ES", "MX", "CO", "CL", "AR", "PE"),
        r"\b(?:fecha|duracion|llamad\w+|llamante|importe|precio|factura|coste|costo|poblacion|segundos|destino|hora|origen|linea"
        r"|marcado|sentido|lugar|localidad|inicio)\b",
    ),
    (
        ("BR", "PT"),
        r"\b(?:duracao|chamad\w+|chamador|valor|ligac\w+|fatura|origem|horario|discado|preco|custo|localidade|cidade|inicio|tempo"
        r"|hora|data|destino|linha|segundos|sentido|direcao)\b",
    ),
)
"""Countries that write a language, the most likely first, and words of its titles without their accents."""
_ENGLISH = ("GB", "US", "CA", "AU", "NZ", "IE", "ZA")
_FEWEST_WORDS = 2
_DOLLARS = ("US", "CA", "AU", "NZ", "HK", "SG")
_PESOS = ("MX", "CO", "CL", "AR")
_EUROS_IN_ENGLISH = ("IE", "NL", "BE", "DE", "FR", "ES", "IT", "PT", "AT")
_PROVED = 0.6
_OWN, _CALLED = 0.9, 0.6
"""Share of the account's own numbers that must lie in one country, and of those it calls: of these many are abroad."""
_CLEARLY = 0.25
"""Share of the numbers that must be valid under a country's plan, and by how much it must outweigh a more usual country's."""
_PERIOD_DATE = (
    r"(\d{1,4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,4}日?|\d{1,2}\.? [^\W\d]{3,10}\.? \d{4}"
    r"|[^\W\d]{3,10} \d{1,2},? \d{4}|(?<!\d)\d{8}(?!\d))"
)
_BETWEEN = r"\s*(?:-|–|—|to|until|through|bis|au|al?|até|hasta|至|到|~|/)\s*(?:zum\s+)?"
_PERIOD = re.compile(_PERIOD_DATE + _BETWEEN + _PERIOD_DATE, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Home:
    """The account's country. `told` is False where nothing in the file tells it: only a usual one is assumed."""

    country: str
    told: bool = True


def home_of_file(tables: Sequence[RawTable], columns: Sequence[Columns]) -> Home:
    """Return the country that numbers with their code, currency signs, the titles' language and numbering plans point to."""
    texts: list[str] = []
    for table, found in zip(tables, columns, strict=True):
        texts += [cell for record in table.head(min((found.header or 0) + 6, 40)) for cell in record]
        texts += list(found.titles)
    own = own_numbers(tables, columns)
    numbers = own or _numbers(tables, columns, (Role.CALLED, Role.NUMBER))
    currency = stated_currency(texts, texts)
    of_money = country_of_currency(currency)
    if of_money:
        return Home(of_money)
    candidates = _candidates(texts)
    coded = country_of_codes(numbers, _OWN if own else _CALLED)
    if coded and (own or candidates is None or coded in candidates):
        return Home(coded)
    if candidates is not None:
        likely = _with_money(candidates, currency, texts)
        numbered = country_of_numbers(numbers)
        return Home(numbered if numbered in likely else _most_valid(numbers, likely)[0])
    return _home_of_english(numbers, currency, texts, tables)


def _candidates(texts: Sequence[str]) -> tuple[str, ...] | None:
    """Return the countries that write the language of the titles, None for English and what is not known."""
    plain = " ".join(normalised(text) for text in texts)
    counts = [(len(re.findall(pattern, plain)), countries) for countries, pattern in _LANGUAGES]
    most, countries = max(counts, key=lambda item: item[0])
    return countries if most >= _FEWEST_WORDS else None


def _with_money(candidates: tuple[str, ...], currency: str, texts: Sequence[str]) -> tuple[str, ...]:
    """Return the candidates that pay in the currency, all where none does."""
    if currency:
        paying = tuple(country for country in candidates if currency_of_country(country) == currency)
    else:
        paying = tuple(country for country in candidates if country in (*_DOLLARS, *_PESOS) and _has_dollars(texts))
    return paying or candidates


def _most_valid(numbers: Sequence[str], candidates: tuple[str, ...]) -> tuple[str, bool]:
    """Return the country under whose plan the numbers are valid, the first unless another is clearly better; and if one is."""
    usual, usual_share = country_by_plan(numbers, candidates[:1])
    best, share = country_by_plan(numbers, candidates)
    if usual and usual_share >= _PROVED and share <= usual_share + _CLEARLY:
        return usual, True
    return (best, True) if best and share >= _PROVED else (candidates[0], False)


def _home_of_english(numbers: Sequence[str], currency: str, texts: Sequence[str], tables: Sequence[RawTable]) -> Home:
    """Tell countries that write English apart: by their numbers, the tax's name and the money's sign; GB when nothing does."""
    numbered = country_of_numbers(numbers)
    if numbered and (currency != "EUR" or numbered not in _DOLLARS):
        return Home(numbered)  # ten digits of Austria may look like ten of Canada
    dollars = _has_dollars(texts) or any(_has_dollars(record) for table in tables for record in table.head(40))
    pool = _EUROS_IN_ENGLISH if currency == "EUR" else _DOLLARS if dollars else _ENGLISH
    country, valid = _most_valid(numbers, pool)
    if valid:
        return Home(country)
    if re.search(r"\bGST\b", " ".join(texts)):
        return Home("AU")
    return Home(pool[0] if pool is not _EUROS_IN_ENGLISH else "GB", told=False)


def _has_dollars(texts: Sequence[str]) -> bool:
    return any("$" in text for text in texts)


def zone_of_account(country: str, tables: Sequence[RawTable], columns: Sequence[Columns]) -> tuple[str, bool]:
    """Return the time zone of the account's clocks, and whether it is proved: that of all its own numbers.

    Where its numbers lie in several zones the one with the most of them is assumed, where they tell none that of the
    country's business capital.
    """
    usual = timezone_of_country(country)
    if not is_of_several_zones(country):
        return usual, True
    zones = zones_of_numbers(own_numbers(tables, columns), country)
    if not zones:
        return usual, False
    (best, _), *_ = zones.most_common(1)
    alike = sum(count for zone, count in zones.items() if _clock(zone) == _clock(best))
    return best, alike >= _ALL_BUT_STRAYS * zones.total()


@lru_cache(maxsize=256)
def _clock(zone: str) -> tuple[timedelta | None, ...]:
    """Return what zones that keep the same time share: Melbourne is as good as Sydney."""
    return tuple(datetime(2026, month, 1, tzinfo=ZoneInfo(zone)).utcoffset() for month in (1, 7))


def own_numbers(tables: Sequence[RawTable], columns: Sequence[Columns]) -> list[str]:
    """Return the customer's own numbers: a column of lines, else callers, and who was called where a call came in."""
    lines = _numbers(tables, columns, (Role.OWN,))
    if lines:
        return lines
    numbers: list[str] = []
    for table, found in zip(tables, columns, strict=True):
        callers = _cells(table, found, Role.CALLER)
        ways, called = _cells(table, found, Role.DIRECTION), _cells(table, found, Role.CALLED)
        if ways and called and callers:
            numbers += [
                inside if direction_of(way) is Direction.INBOUND else outside
                for way, outside, inside in zip(ways, callers, called, strict=True)
            ]
        else:
            numbers += callers
    return [number for number in numbers if _is_long(number)]


def _numbers(tables: Sequence[RawTable], columns: Sequence[Columns], roles: Sequence[Role]) -> list[str]:
    """Return the numbers of the first of the roles that each table has."""
    numbers: list[str] = []
    for table, found in zip(tables, columns, strict=True):
        role = next((role for role in roles if found.has(role)), None)
        numbers += _cells(table, found, role) if role else []
    return [number for number in numbers if _is_long(number)]


def _cells(table: RawTable, columns: Columns, role: Role) -> list[str]:
    place = columns.place(role)
    if place is None or place >= table.width:
        return []
    return [str(cell).strip() for cell in table.columns[place].slice(columns.first(), _NUMBERS_LOOKED_AT).to_pylist()]


def _is_long(number: str) -> bool:
    return sum(letter.isdecimal() for letter in number) >= 6


def period_of_texts(texts: Sequence[str], order: DateOrder) -> tuple[date, date] | None:
    """Return the billing period that a line of text states: its first day and the day after its last."""
    for text in texts:
        for match in _PERIOD.finditer(text):
            start, end = parse_date(match.group(1).strip(), order), parse_date(match.group(2).strip(), order)
            if start is not None and end is not None and 0 <= end - start <= 400:
                return _EPOCH + timedelta(days=start), _EPOCH + timedelta(days=end + 1)
    return None
