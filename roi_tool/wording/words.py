"""One language's words and formats. Made once per language and passed to whoever writes for a reader."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from pathlib import Path
from string import Formatter

from babel import Locale, dates, numbers

from roi_tool.money import Money, from_nano, minor_digits
from roi_tool.problems import Problem
from roi_tool.wording.vocabulary import LABELS, SENTENCES

LANGUAGES = ("en", "zh_CN")
"""Languages with a catalogue. English is the language of the source texts, in its British form (dates, commas)."""

_LOCALES = {"en": "en_GB", "zh_CN": "zh_Hans_CN"}
_JOINTS = {"en": (", ", ", ", "; ", " ", ": "), "zh_CN": ("、", "，", "；", "", "：")}
"""What stands between the items of a list, parts of a clause, clauses and sentences, and before what a place says."""
_SHORT = {
    "en": ((Decimal(10) ** 6, "M", 10), (Decimal(10) ** 3, "k", 10)),
    "zh_CN": ((Decimal(10) ** 8, "亿", 10), (Decimal(10) ** 4, "万", 100), (Decimal(10) ** 3, "千", 10)),
}
"""Units that short amounts are counted in, largest first, and from how many of them on no decimal is shown."""
_CATALOGUES = Path(__file__).parent / "locale"

_IDEOGRAPH = re.compile("[一-鿿]")
_LATIN, _LATIN_END = re.compile("[−+]?[A-Za-z0-9£€$]"), re.compile("[A-Za-z0-9%]")


class Wording:
    """Words and formats of one language.

    `text` translates a sentence given in English; `label` and `sentence` turn codes into words. A code without words is a
    fault of ours: it is shown as the code itself, and a test sees to it that none is left.
    """

    def __init__(self, language: str = "en") -> None:
        self.language = language
        self.locale = Locale.parse(_LOCALES[language])
        symbols = self.locale.number_symbols["latn"]
        self._signs = str.maketrans({",": symbols["group"], ".": symbols["decimal"], "-": "−"})
        self._symbols: dict[str, str] = {}
        self._catalogue = gettext.translation("roi_tool", _CATALOGUES, [language], fallback=True)

    def text(self, text: str, /, **blanks: object) -> str:
        """Translate an English text and fill its `{blanks}`."""
        translated = self._catalogue.gettext(text) if text else ""
        return self._filled(translated, blanks) if blanks else translated

    def plural(self, one: str, many: str, count: int, /, **blanks: object) -> str:
        """Translate a text that depends on a count; `{count}` is filled, grouped by the language's rule."""
        return self._filled(self._catalogue.ngettext(one, many, count), {"count": self.number(count), **blanks})

    def _filled(self, text: str, blanks: Mapping[str, object]) -> str:
        """Fill blanks. In Chinese a space is set where an ideograph meets a Latin letter or a figure at a blank's edge."""
        if self.language != "zh_CN":
            return text.format(**blanks)
        filled = ""
        for literal, name in _pieces(text):
            filled += " " + literal if _LATIN_END.match(filled[-1:]) and _IDEOGRAPH.match(literal) else literal
            if name is not None:
                value = str(blanks[name])
                filled += " " + value if _IDEOGRAPH.match(filled[-1:]) and _LATIN.match(value) else value
        return filled

    def label(self, code: str, /, **args: str) -> str:
        """Return the words of a label code, such as `option.hosted`."""
        return self.text(LABELS[code], **args) if code in LABELS else code

    def sentence(self, problem: Problem) -> str:
        """Return one sentence: where, what was found and what to do. A detail that is a label code, or a list of
        them, is said in words."""
        words = SENTENCES.get(problem.code)
        blanks = {name: self._said(value) for name, value in problem.detail.items()}
        said = self.text(words, **blanks) if words else f"{problem.code} {dict(problem.detail)}"
        where = problem.where
        place = [Path(where.file).name] if where.file else []
        if where.sheet:
            place.append(self.text("sheet {sheet}", sheet=where.sheet))
        if where.row is not None:
            place.append(self.text("row {row}", row=where.row))
        if where.column:
            place.append(self.text("column {column}", column=where.column))
        _, comma, _, _, colon = _JOINTS[self.language]
        return f"{comma.join(place)}{colon}{said}" if place else said

    def _said(self, value: str) -> str:
        """Return a detail in words where it is a label code or a list of them, else as it is."""
        codes = value.split(", ")
        return self.listed(self.label(code) for code in codes) if all(code in LABELS for code in codes) else value

    def sentences(self, problems: Iterable[Problem]) -> list[str]:
        """Return `sentence` of each."""
        return [self.sentence(problem) for problem in problems]

    def money(self, amount: Money, decimals: int | None = None) -> str:
        """Return an amount with its currency sign, by default in the currency's minor unit, half up.

        >>> Wording("en").money(Money.of("68415.255", "GBP"))
        '£68,415.26'
        """
        digits = minor_digits(amount.currency) if decimals is None else decimals
        value = amount.rounded(digits).decimal
        return f"{'−' if value < 0 else ''}{self._symbol(amount.currency)}{self.number(abs(value), digits)}"

    def amount(self, amount_nano: int, decimals: int = 2) -> str:
        """Return an amount without its currency sign, half up."""
        return self.number(Money(amount_nano, "XXX").rounded(decimals).decimal, decimals)

    def short_money(self, amount_nano: int, currency: str) -> str:
        """Return an amount as a chart prints it: three figures, thousands or millions; in Chinese 千, 万 (10⁴) or 亿 (10⁸).

        >>> Wording("en").short_money(68_415_000_000_000, "GBP")
        '£68k'
        """
        value = abs(from_nano(amount_nano))
        sign = "−" if amount_nano < 0 else ""
        symbol = self._symbol(currency)
        for limit, suffix, whole_from in _SHORT[self.language]:
            if value >= limit:
                scaled = value / limit
                return f"{sign}{symbol}{self.number(scaled, 0 if scaled >= whole_from else 1)}{suffix}"
        return f"{sign}{symbol}{self.number(value, 0)}"

    def _symbol(self, currency: str) -> str:
        if currency not in self._symbols:
            self._symbols[currency] = numbers.get_currency_symbol(currency, locale=self.locale)
        return self._symbols[currency]

    def currency_name(self, currency: str) -> str:
        """Return a currency in words, as after a number of it: `British pounds`."""
        return numbers.get_currency_name(currency, count=2, locale=self.locale)

    def number(self, value: Decimal | float | int, decimals: int = 0) -> str:
        """Return a grouped number with a fixed count of decimals, half up; a minus sign proper."""
        exact = value if isinstance(value, Decimal) else Decimal(str(value))
        rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP) + 0
        # Python's own grouping with the locale's signs: a slider's frame writes a hundred numbers, and Babel takes 40 µs each.
        return f"{rounded:,.{decimals}f}".translate(self._signs)

    def percent(self, fraction: Decimal | float, decimals: int = 0) -> str:
        """Return a fraction as a percentage: 0.1 → `10 %`."""
        return f"{self.number(Decimal(str(fraction)) * 100, decimals)}\N{NO-BREAK SPACE}%"

    def chance(self, share: float) -> str:
        """Return a share of draws as a percentage; never as certain, since only what is drawn can be."""
        if share >= 0.995:
            return self.text("over {share}", share=self.percent(0.99))
        if share < 0.005:
            return self.text("under {share}", share=self.percent(0.01))
        return self.percent(share)

    def day(self, day: date, style: str = "long") -> str:
        """Return a date, `long` (18 November 2026), `medium` or `short`."""
        return dates.format_date(day, format=style, locale=self.locale)

    def month(self, day: date) -> str:
        """Return a month with its year."""
        return dates.format_skeleton("yMMMM", datetime(day.year, day.month, 1), locale=self.locale)  # noqa: DTZ001

    def moment(self, at: datetime) -> str:
        """Return a date with its time of day: `6 May 2026, 11:00`."""
        return f"{self.day(at.date(), 'medium')}{' ' if self.language == 'zh_CN' else ', '}{at:%H:%M}"

    def months(self, start: date, end: date) -> str:
        """Return a span of months: `May – July 2026`."""
        return str(dates.format_interval(start, end, "yMMMM", locale=self.locale))

    def joined(self, items: Iterable[str]) -> str:
        """Return a list in words: `a, b and c`."""
        from babel.lists import format_list

        return format_list(list(items), locale=self.locale)

    def listed(self, items: Iterable[str]) -> str:
        """Return a list without an `and`: `a, b, c`."""
        return _JOINTS[self.language][0].join(items)

    def fact(self, name: str, value: str) -> str:
        """Return a name with its value: `name: value`."""
        return f"{name}{_JOINTS[self.language][4]}{value}"

    def clauses(self, items: Iterable[str]) -> str:
        """Return clauses of one sentence: `a; b; c`."""
        return _JOINTS[self.language][2].join(items)

    def paragraph(self, sentences: Iterable[str]) -> str:
        """Return whole sentences set side by side; in Chinese no space stands between them."""
        return _JOINTS[self.language][3].join(sentences)


@lru_cache(maxsize=2048)
def _pieces(text: str) -> tuple[tuple[str, str | None], ...]:
    return tuple((literal, name) for literal, name, _, _ in Formatter().parse(text))


@lru_cache(maxsize=len(LANGUAGES))
def wording_for(language: str) -> Wording:
    """Return the words of a language, made once.

    Raises:
        KeyError: no such language; `LANGUAGES` names them.
    """
    return Wording(language)
