"""Sentences that say whether prices hold the tax (`All prices exclude VAT`, `inkl. MwSt.`, `TTC`), in seven languages."""

from __future__ import annotations

import re
from collections.abc import Iterable

from roi_tool.importing.cells.title_text import normalised

_TAX = r"(?:vat|gst|hst|pst|tax(?:es)?|mwst|ust|umsatzsteuer|mehrwertsteuer|tva|iva|igic|impuestos?|impostos?|icms|imposte)"
_BETWEEN = r"(?: [\w%]+){0,4}"
"""Words between: `excluding 20 % VAT`, `taxes and surcharges not included`."""
_NOT_INCLUDED = (
    r"excluded|exclusive|extra|not included|no incluid[oa]s?|non inclu\w*|non compris\w*|esclus[aeio]|nao inclu\w+"
    r"|excluid[oa]s?|en sus"
)
_WITHOUT = re.compile(
    r"\b(?:ex|exc|excl|excludes?|excluding|exclusive of|before|without|plus|net of|not incl\w*|zzgl|zuzuglich|ohne"
    rf"|exkl\w*|hors|sin|mas|no inclu\w*|senza|oltre|sem|mais|nao incl\w*){_BETWEEN} {_TAX}\b"
    rf"|\b{_TAX}{_BETWEEN} (?:{_NOT_INCLUDED})\b"
    r"|\bht\b|\bhors taxes?\b|\bnetto(?:preise?|betrage?)?\b|\bnet (?:prices?|prezzi)\b|\bprezzi netti\b|不含税|未税|税前"
)
_WITH = re.compile(
    r"\b(?:inc|incl|includes?|including|inclusive of|inkl\w*|einschl\w*|incluyen?|incluem|includono|con|com|avec)"
    rf"{_BETWEEN} {_TAX}\b"
    rf"|\b{_TAX}{_BETWEEN} (?:included|inclusive|inclus[ae]?s?|incluid[oa]s?|compris[ae]?s?|compres[ae]|enthalten)\b"
    r"|\bttc\b|\btoutes taxes comprises\b|\bbrutto(?:preise?|betrage?)?\b|(?<!不)含税|税后"
)
_LONGEST = 200


def tax_said(texts: Iterable[str]) -> bool | None:
    """Return whether texts say that prices hold the tax; None where they say nothing, or both.

    >>> [tax_said([text]) for text in ("All prices exclude VAT", "Alle Preise inkl. 19 % MwSt.", "Prix HT", "VAT number 123")]
    [False, True, False, None]
    """
    said = set()
    for text in texts:
        plain = normalised(text.casefold()) if len(text) <= _LONGEST else ""
        if _WITHOUT.search(plain):
            said.add(False)
        elif _WITH.search(plain):
            said.add(True)
    return said.pop() if len(said) == 1 else None
