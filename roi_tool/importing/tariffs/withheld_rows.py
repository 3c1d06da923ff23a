"""Leaves bad rows out of a deck without letting their calls fall to a shorter prefix: those numbers have no price."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from roi_tool.importing.tariffs.deck_rows import DeckReading
from roi_tool.problems import Problem, ProblemError
from roi_tool.rating.ambiguity import find_ambiguity
from roi_tool.tariff import DeckEntry, Rate, Tariff, TimeBand
from roi_tool.tariff.deck_check import LONGEST_PREFIX, row_fault

NEVER = TimeBand(id="row that cannot be used", years=frozenset({1}))
_NO_PRICE = Rate.per_minute("row that cannot be used", "0")
_DIRECTIONS = ("outbound", "inbound", "internal")


@dataclass
class Withheld:
    """What was left out, and why."""

    problems: list[Problem] = field(default_factory=list)

    def leave_out(self, reading: DeckReading, values: dict[str, Any]) -> None:
        """Take the bad rows out of `values`, the tariff to be made.

        Raises:
            ProblemError: a bad row whose code does not even begin with digits might price any number.
        """
        self.problems += reading.problems
        rates = {rate.id if isinstance(rate, Rate) else str(rate.get("id")) for rate in values["rates"]}
        bands = {str(band.get("id")) for band in values["bands"]}
        unread = list(reading.unread)
        for entry, place in zip(reading.entries, reading.places, strict=True):
            fault = row_fault(entry, rates, bands)
            if fault:
                self.problems.append(Problem("tariff_deck_row", where=place, detail={"reason": fault}))
                unread.append(entry.prefix)
        if not unread:
            return
        good = [entry for entry in reading.entries if not row_fault(entry, rates, bands)]
        values["deck"] = _closed(good, {_stem(code, self.problems) for code in unread})
        values["bands"] = [*values["bands"], NEVER]
        values["rates"] = [*values["rates"], _NO_PRICE]


def without_conflicts(tariff: Tariff, withheld: Withheld) -> Tariff:
    """Leave out rows that fit the same calls equally well; both are named, and neither prices a call."""
    while conflicts := find_ambiguity(tariff):
        withheld.problems += [Problem("tariff_ambiguous", detail=detail) for detail in conflicts]
        closed = {(detail["prefix"].removeprefix("*"), False) for detail in conflicts}
        bands = tariff.bands if NEVER in tariff.bands else (*tariff.bands, NEVER)
        rates = tariff.rates if _NO_PRICE in tariff.rates else (*tariff.rates, _NO_PRICE)
        tariff = Tariff.model_validate(
            {**dict(tariff), "deck": _closed(list(tariff.deck), closed), "bands": bands, "rates": rates}
        )
    return tariff


def _stem(code: str, problems: list[Problem]) -> tuple[str, bool]:
    """Return the digits that a bad row is known to begin with, and whether more may have followed them."""
    code = code.removeprefix("+")
    if code.isascii() and code.isdigit() and len(code) <= LONGEST_PREFIX:
        return code, False
    if code in ("", "*"):
        return "", False
    # 4.47E+11 began with 447; of 44/45 only 44 is sure.
    damaged = re.fullmatch(r"([0-9]+)[.,]([0-9]+)[Ee][+]?[0-9]+", code)
    digits = damaged[1] + damaged[2].rstrip("0") if damaged else (re.match(r"[0-9]*", code) or [""])[0]
    if not digits:
        raise ProblemError(*problems)
    return digits[:LONGEST_PREFIX], True


def _closed(rows: list[DeckEntry], stems: set[tuple[str, bool]]) -> tuple[DeckEntry, ...]:
    """Take out every row that a bad one might have replaced, and close its numbers with a row that never holds."""
    whole = {stem for stem, longer in stems if not longer}
    begun = tuple(stem for stem, longer in stems if longer)
    kept = [row for row in rows if row.prefix not in whole and not (begun and row.prefix.startswith(begun))]
    priced = {row.direction for row in rows} | {"outbound"}
    closing = [
        DeckEntry(stem, _NO_PRICE.id, band=NEVER.id, direction=direction)
        for stem in sorted(whole | set(begun))
        for direction in _DIRECTIONS
        if direction in priced
    ]
    return (*kept, *closing)
