"""What a file tells of its account: country, time zone, billing period."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from roi_tool.importing.cells.amounts import currency_of_text
from roi_tool.importing.cells.countries import country_of_currency
from roi_tool.importing.cells.dates import DateOrder, parse_date
from roi_tool.importing.layout import Role
from roi_tool.importing.plan import Columns
from roi_tool.importing.records.raw_table import RawTable

_NUMBERS_LOOKED_AT = 400
_LONGEST_NUMBER = 15
"""E.164."""
_EPOCH = date(1970, 1, 1)
_LANGUAGES: tuple[tuple[str, str], ...] = (
    ("CN", r"[\u4e00-\u9fff]{2}"),
    ("DE", r"\b(?:rufnummer|datum|uhrzeit|dauer|betrag|zielrufnummer|verbindung\w*|kosten|gespräch\w*|summe|rechnung\w*)\b"),
    ("FR", r"\b(?:heure|durée|numéro|appel\w*|montant|coût|destinataire|facture)\b"),
    ("IT", r"\b(?:durata|chiamat\w+|prezzo|importo|numero chiamante|fattura|ora)\b"),
    ("ES", r"\b(?:fecha|duración|llamad\w+|importe|precio|destino|factura|hora)\b"),
    ("BR", r"\b(?:duração|chamad\w+|valor|ligaç\w+|fatura|origem)\b"),
)
_PERIOD_DATE = (
    r"(\d{1,4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,4}日?|\d{1,2}\.? [^\W\d]{3,10}\.? \d{4}"
    r"|[^\W\d]{3,10} \d{1,2},? \d{4}|(?<!\d)\d{8}(?!\d))"
)
_BETWEEN = r"\s*(?:-|–|—|to|until|through|bis|au|al?|até|hasta|至|到|~|/)\s*(?:zum\s+)?"
_PERIOD = re.compile(_PERIOD_DATE + _BETWEEN + _PERIOD_DATE, re.IGNORECASE)


def country_of_file(  # noqa: PLR0911 - one source after the other
    tables: Sequence[RawTable], columns: Sequence[Columns]
) -> str:
    """Return the country that currency signs, titles and preamble point to, GB when nothing does."""
    texts: list[str] = []
    for table, found in zip(tables, columns, strict=True):
        texts += [cell for record in table.head(min((found.header or 0) + 6, 40)) for cell in record]
        texts += list(found.titles)
    joined = " ".join(texts)
    for text in texts:
        country = country_of_currency(currency_of_text(text))
        if country:
            return country
    code = re.search(r"\b(GBP|USD|CNY|AUD|NZD|CAD|BRL|CHF|SEK|DKK|NOK|PLN|CZK|JPY|INR|RUB|ZAR)\b", joined)
    if code:
        return country_of_currency(code.group(1))
    for country, pattern in _LANGUAGES:
        if len(re.findall(pattern, joined, re.IGNORECASE)) >= 2:
            return country
    numbers = _own_numbers(tables, columns)
    numbered = country_of_numbers(numbers)
    if numbered:
        return numbered
    if re.search(r"\bGST\b", joined):
        return "AU"
    dollars = "$" in joined or any("$" in cell for table in tables for record in table.head(40) for cell in record)
    if dollars and numbers and all(re.match(r"\(?0[234578]", number.strip()) for number in numbers):
        return "AU"  # North America knows no leading zero
    if dollars:
        return "US"
    return "GB"


def country_of_numbers(numbers: Sequence[str]) -> str:
    """Return the country that nine in ten of the customer's own numbers belong to, "" where they do not tell.

    Numbers written as E.164 tell by their country code; ten digits without a leading zero are of North America when each is
    a valid number there.

    >>> [country_of_numbers(found) for found in (["6495550100", "+64215550100"], ["2025550134"], ["02079460018"])]
    ['NZ', 'US', '']
    """
    plain = {re.sub(r"[^\d+]", "", number) for number in numbers}
    long = [number for number in plain if len(number) >= (7 if number[:1] == "+" else 10) and number[:1] != "0"]
    if not long or len(long) < 0.6 * sum(len(number) >= 7 for number in plain):
        return ""
    votes = Counter(_country_of_number(number) for number in long)
    best, count = max(((code, votes[code]) for code in votes if code), key=lambda item: item[1], default=("", 0))
    if best in ("US", "CA"):
        count = votes["US"] + votes["CA"]
    return best if count >= 0.9 * len(long) else ""


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


def _own_numbers(tables: Sequence[RawTable], columns: Sequence[Columns]) -> list[str]:
    numbers: list[str] = []
    for table, found in zip(tables, columns, strict=True):
        role = next((role for role in (Role.OWN, Role.CALLER, Role.CALLED, Role.NUMBER) if found.has(role)), None)
        place = found.place(role) if role else None
        if place is not None and place < table.width:
            numbers += table.columns[place].slice(found.first(), _NUMBERS_LOOKED_AT).to_pylist()
    return [number for number in numbers if sum(letter.isdecimal() for letter in number) >= 6]


def period_of_texts(texts: Sequence[str], order: DateOrder) -> tuple[date, date] | None:
    """Return the billing period that a line of text states: its first day and the day after its last."""
    for text in texts:
        for match in _PERIOD.finditer(text):
            start, end = parse_date(match.group(1).strip(), order), parse_date(match.group(2).strip(), order)
            if start is not None and end is not None and 0 <= end - start <= 400:
                return _EPOCH + timedelta(days=start), _EPOCH + timedelta(days=end + 1)
    return None
