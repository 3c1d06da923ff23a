"""What a column's title says, in seven languages: the words stand in `titles.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from roi_tool.importing.cells.durations import DurationFormat
from roi_tool.importing.cells.title_text import normalised, squeezed
from roi_tool.importing.layout import Role

_WORDS = Path(__file__).parent / "titles.toml"
_UNITS = {
    DurationFormat.HMS: r"hh ?mm ?ss|hhmmss|h m s|hms",
    DurationFormat.MS: r"mm ss|min sec",
    DurationFormat.HM: r"hh mm|h mm",
    DurationFormat.MILLISECONDS: r"ms|msec|milliseconds?|毫秒",
    DurationFormat.SIX_SECONDS: r"6 ?sec(onds?)?( units?)?",
    DurationFormat.SECONDS: r"s|sec|secs|seconds?|sek|sekunden|secondes?|segundos?|secondi|秒",
    DurationFormat.MINUTES: r"min|mins|minutes?|minuten|minutos?|minuti|分钟|分鐘",
    DurationFormat.HOURS: r"hours?|hrs?|std|ore|stunden|heures|horas|小时",
}
_MONEY_WORD = re.compile(
    r"(?: (?:in|en|em))? (?:gbp|usd|eur|euros?|cny|rmb|aud|nzd|cad|brl|chf|sek|dkk|nok|pln|czk|jpy|inr|rub|zar|hkd|sgd|mxn"
    r"|[£€$¥]|r\$)$"
)
"""`Entgelt EUR`, `Price in GBP`: a currency behind the title."""
_MONEY_ROLES = frozenset({Role.CHARGE, Role.CHARGE_WITH_TAX, Role.TAX, Role.RATE})


@dataclass(frozen=True, slots=True)
class TitleMeaning:
    """What a title says; `weight` from 0 (nothing) to 1 (a known title, word for word)."""

    role: Role | None
    weight: float = 0.0


@lru_cache(maxsize=1)
def _known_titles() -> dict[str, Role]:
    with _WORDS.open("rb") as source:
        words = tomllib.load(source)
    return {normalised(title): Role(role) for role, titles in words["exact"].items() for title in titles}


@lru_cache(maxsize=1)
def _joined_titles() -> dict[str, Role]:
    """Titles of several words as fields are named (`CALLINGNUMBER`)."""
    return {plain.replace(" ", ""): role for plain, role in _known_titles().items() if " " in plain}


@lru_cache(maxsize=1)
def _title_patterns() -> list[tuple[re.Pattern[str], Role]]:
    with _WORDS.open("rb") as source:
        words = tomllib.load(source)
    return [(re.compile(entry["matches"]), Role(entry["role"])) for entry in words["pattern"]]


@lru_cache(maxsize=4096)
def meaning_of_title(title: str) -> TitleMeaning:
    """Return the role that a title names."""
    plain = normalised(title)
    if not plain or len(plain) > 60 or re.fullmatch(r"[\d\s%£€$¥]+", plain):
        return TitleMeaning(None)
    role = _known_titles().get(plain) or _joined_titles().get(squeezed(title))
    if role is not None:
        return TitleMeaning(role, 1.0)
    bare = normalised(re.sub(r"[(\[（].*?[)\]）]|[£€$¥]", " ", title))
    role = _known_titles().get(bare) if bare else None
    if role is None:
        bare = _MONEY_WORD.sub(" ", plain).strip()
        role = _known_titles().get(bare) if bare and bare != plain else None
        role = role if role in _MONEY_ROLES else None
    if role is not None:
        return TitleMeaning(role, 0.95)
    for pattern, found in _title_patterns():
        if pattern.search(plain):
            return TitleMeaning(found, 0.6)
    return TitleMeaning(None)


@lru_cache(maxsize=1024)
def duration_unit_of_title(title: str) -> DurationFormat | None:
    """Return the unit that a title of a duration column names (`Duration (secs)`), None when it names none."""
    plain = f" {normalised(title)} "
    for unit, pattern in _UNITS.items():
        if re.search(rf" (?:{pattern}) ", plain):
            return unit
    if plain.strip().endswith(("秒", "秒数")):
        return DurationFormat.SECONDS
    if plain.strip().endswith(("分钟", "分钟数")):
        return DurationFormat.MINUTES
    packed = plain.replace(" ", "")
    if packed.endswith(("secs", "seconds", "sec")):
        return DurationFormat.SECONDS
    return DurationFormat.MINUTES if packed.endswith(("mins", "minutes")) else None


@lru_cache(maxsize=1024)
def is_in_hundredths(title: str) -> bool:
    """Say whether a title of a money column names pence or cents."""
    return bool(re.search(r"\b(pence|cents?|ct|centimes?|centesimi|centimos|centavos)\b|\(p\)", title.casefold()))
