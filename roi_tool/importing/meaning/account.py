"""What a file tells of its account: country, time zone, billing period."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from roi_tool.importing.cells.amounts import currency_of_text
from roi_tool.importing.cells.countries import country_of_currency
from roi_tool.importing.cells.dates import DateOrder, parse_date
from roi_tool.importing.plan import Columns
from roi_tool.importing.records.raw_table import RawTable

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


def country_of_file(tables: Sequence[RawTable], columns: Sequence[Columns]) -> str:
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
    if re.search(r"\bGST\b", joined):
        return "AU"
    if "$" in joined:
        return "US"
    return "GB"


def period_of_texts(texts: Sequence[str], order: DateOrder) -> tuple[date, date] | None:
    """Return the billing period that a line of text states: its first day and the day after its last."""
    for text in texts:
        for match in _PERIOD.finditer(text):
            start, end = parse_date(match.group(1).strip(), order), parse_date(match.group(2).strip(), order)
            if start is not None and end is not None and 0 <= end - start <= 400:
                return _EPOCH + timedelta(days=start), _EPOCH + timedelta(days=end + 1)
    return None
