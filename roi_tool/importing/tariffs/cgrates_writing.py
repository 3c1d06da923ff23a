"""Writes a tariff as a folder of CGRateS 0.10 tariff-plan files that a running engine loads and prices to the same unit."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from roi_tool.importing.tariffs.cgrates_folder import PLAN_FILES
from roi_tool.importing.tariffs.cgrates_limits import refusals, warnings
from roi_tool.importing.tariffs.cgrates_plan import PlanRows
from roi_tool.importing.tariffs.cgrates_weeks import Stretch, stretches
from roi_tool.money import Rounding
from roi_tool.problems import Problem, ProblemError
from roi_tool.rating.schedule import holidays_of
from roi_tool.tariff import DeckEntry, Rate, Tariff

_HEADS = {
    "timings": "#Tag,Years,Months,MonthDays,WeekDays,Time",
    "destinations": "#Tag,Prefix",
    "rates": "#Tag,ConnectFee,Rate,RateUnit,RateIncrement,GroupIntervalStart",
    "destination_rates": "#Tag,DestinationsTag,RatesTag,RoundingMethod,RoundingDecimals,MaxCost,MaxCostStrategy",
    "rating_plans": "#Tag,DestinationRatesTag,TimingTag,Weight",
    "rating_profiles": "#Tenant,Category,Subject,ActivationTime,RatingPlanTag,FallbackSubjects",
}
_METHODS = {Rounding.UP: "*up", Rounding.HALF_UP: "*middle"}
_BEGINNING = datetime(1990, 1, 1, tzinfo=UTC)
_MOST_REFUSALS = 50

Lines = tuple[Stretch, ...]


def write_cgrates(
    folder: Path,
    tariff: Tariff,
    *,
    tenant: str = "cgrates.org",
    category: str = "call",
    subject: str = "*any",
    years: Sequence[int] | None = None,
) -> list[Problem]:
    """Write a tariff as a plan; return what whoever loads it must know.

    Args:
        folder: made when missing; its six plan files are replaced.
        tariff: what is sold.
        tenant, category, subject: whose profile it becomes; `*any` is everyone without a profile of his own. Prices of inbound
            and internal calls become profiles of the categories `<category>_inbound` and `<category>_internal`.
        years: whose holidays are spelled out; None is last year and the five after this one.

    Raises:
        ProblemError: CGRateS cannot express the tariff (each reason), or the folder cannot be written.
    """
    this_year = datetime.now(UTC).year
    wanted = range(this_year - 1, this_year + 6) if years is None else years
    rows = plan_rows(tariff, tenant, category, subject, wanted)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for table, name in PLAN_FILES.items():
            _replace(folder / name, _text(_HEADS[table], getattr(rows, table)))
    except OSError as error:
        reason = error.strerror or str(error)
        raise ProblemError(Problem("cgrates_not_written", detail={"folder": str(folder), "reason": reason})) from error
    return warnings(tariff, wanted)


def plan_rows(tariff: Tariff, tenant: str, category: str, subject: str, years: Sequence[int] = ()) -> PlanRows:
    """Return a tariff as the rows of a plan.

    Raises:
        ProblemError: CGRateS cannot express it.
    """
    refused = refusals(tariff)
    if refused:
        more = len(refused) - _MOST_REFUSALS
        rest = [Problem("cgrates_more", detail={"count": str(more)})] if more > 0 else []
        raise ProblemError(*refused[:_MOST_REFUSALS], *rest)
    holidays = frozenset[date]().union(*(holidays_of(tariff.calendar, year) for year in years))
    return _Writer(tariff, holidays).rows(tenant, category, subject)


@dataclass
class _Writer:
    """Collects rows while tags are given out."""

    tariff: Tariff
    holidays: frozenset[date]
    timings: dict[tuple[str, ...], str] = field(default_factory=dict)
    destination_rates: dict[tuple[str, str], str] = field(default_factory=dict)
    destinations: list[tuple[str, ...]] = field(default_factory=list)
    plans: list[tuple[str, ...]] = field(default_factory=list)
    profiles: list[tuple[str, ...]] = field(default_factory=list)

    def rows(self, tenant: str, category: str, subject: str) -> PlanRows:
        """Write everything, each direction as a category of its own."""
        rate_tags = {rate.id: f"RT_{number}" for number, rate in enumerate(self.tariff.rates, start=1)}
        eras = self._eras()
        for direction, mark in (("outbound", ""), ("inbound", "IN_"), ("internal", "INT_")):
            deck = [entry for entry in self.tariff.deck if entry.direction == direction]
            if deck:
                self._direction(spelled_out(deck), mark, eras, rate_tags)
                name = category if direction == "outbound" else f"{category}_{direction}"
                used = {row[0] for row in self.plans}
                self.profiles += [
                    (tenant, name, subject, _instant(since), f"RP_{mark}{number}", "")
                    for number, since in enumerate(eras, start=1)
                    if f"RP_{mark}{number}" in used
                ]
        return PlanRows(
            timings=tuple((tag, *cells) for cells, tag in self.timings.items()),
            destinations=tuple(self.destinations),
            rates=tuple(row for rate in self.tariff.rates for row in _rate_rows(rate_tags[rate.id], rate)),
            destination_rates=tuple(
                (tag, destination, rate_tags[rate], *self._rounding(rate))
                for (destination, rate), tag in self.destination_rates.items()
            ),
            rating_plans=tuple(self.plans),
            rating_profiles=tuple(self.profiles),
        )

    def _direction(self, deck: Sequence[DeckEntry], mark: str, eras: Sequence[datetime], rate_tags: dict[str, str]) -> None:
        """Write the deck of one direction; prefixes that are priced alike at all times share a destination."""
        groups: dict[tuple[bool, tuple[Lines, ...]], list[str]] = {}
        for prefix, lines in self._signatures(deck, eras).items():
            groups.setdefault((not prefix, lines), []).append(prefix)
        for number, ((is_any, by_era), prefixes) in enumerate(groups.items(), start=1):
            tag = "*any" if is_any else f"DST_{mark}{number}"
            self.destinations += [(tag, prefix) for prefix in prefixes if prefix]
            for era, era_lines in enumerate(by_era, start=1):
                self.plans += [self._plan_row(f"RP_{mark}{era}", tag, line, rate_tags) for line in era_lines]

    def _eras(self) -> list[datetime]:
        borders = {moment for entry in self.tariff.deck for moment in (entry.valid_from, entry.valid_till) if moment}
        borders |= {moment for band in self.tariff.bands for moment in (band.valid_from, band.valid_till) if moment}
        return [_BEGINNING, *sorted(moment for moment in borders if moment > _BEGINNING)]

    def _signatures(self, deck: Sequence[DeckEntry], eras: Sequence[datetime]) -> dict[str, tuple[Lines, ...]]:
        """For each prefix its lines in each era: prefixes that agree in all share a destination."""
        bands = {band.id: band for band in self.tariff.bands}
        by_prefix: dict[str, list[DeckEntry]] = {}
        for entry in deck:
            by_prefix.setdefault(entry.prefix, []).append(entry)
        known: dict[tuple[tuple[str, str, float], ...], Lines] = {}
        found = {}
        for prefix, entries in by_prefix.items():
            lines = []
            for since in eras:
                held = [entry for entry in entries if _holds(entry.valid_from, entry.valid_till, since)]
                held = [e for e in held if not e.band or _holds(bands[e.band].valid_from, bands[e.band].valid_till, since)]
                key = tuple((entry.rate, entry.band, entry.weight) for entry in held)
                if key not in known:
                    known[key] = stretches(prefix, held, bands, self.holidays) if held else ()
                lines.append(known[key])
            found[prefix] = tuple(lines)
        return found

    def _plan_row(self, plan: str, destination: str, line: Stretch, rate_tags: dict[str, str]) -> tuple[str, ...]:
        key = (destination, line.rate)
        name = destination.replace("*", "").upper()
        tag = self.destination_rates.setdefault(key, f"DR_{name}_{rate_tags[line.rate]}")
        return (plan, tag, self._timing(line), str(line.weight))

    def _timing(self, line: Stretch) -> str:
        if line.is_always:
            return "*any"
        years, months, month_days = (";".join(map(str, sorted(days))) or "*any" for days in line.days)
        weekdays = ";".join(map(str, line.weekdays)) if len(line.weekdays) < 7 else "*any"
        start = f"{line.start_s // 3600:02d}:{line.start_s // 60 % 60:02d}:{line.start_s % 60:02d}"
        return self.timings.setdefault((years, months, month_days, weekdays, start), f"TM_{len(self.timings) + 1}")

    def _rounding(self, rate_id: str) -> tuple[str, str, str, str]:
        rate = next(rate for rate in self.tariff.rates if rate.id == rate_id)
        rule = self.tariff.rounding
        decimals = rate.call_decimals if rate.call_decimals is not None else rule.call_decimals
        method = _METHODS.get(rate.call_rounding or rule.call_rounding, "*middle")
        cap = (_number(rate.max_charge), "*free") if rate.max_charge is not None else ("0", "")
        return method, str(decimals or 0), *cap


def spelled_out(deck: Sequence[DeckEntry]) -> list[DeckEntry]:
    """Return a deck without exact rows: a plan knows prefixes only.

    A whole number becomes a prefix, and each number that goes on after it gets back, as a longer prefix, what it cost before.
    """
    plain: dict[str, list[DeckEntry]] = {}
    whole: dict[str, list[DeckEntry]] = {}
    for entry in deck:
        (whole if entry.exact else plain).setdefault(entry.prefix, []).append(entry)
    if not whole:
        return list(deck)
    result = [entry for prefix, entries in plain.items() if prefix not in whole for entry in entries]
    for number, entries in whole.items():
        result += [entry._replace(exact=False) for entry in entries]
        for digit in "0123456789":
            longer = number + digit
            if longer in plain or longer in whole:
                continue
            base = next((longer[:length] for length in range(len(number), -1, -1) if longer[:length] in plain), None)
            if base is not None:
                result += [entry._replace(prefix=longer) for entry in plain[base]]
    return result


def _holds(since: datetime | None, till: datetime | None, moment: datetime) -> bool:
    return (since is None or since <= moment) and (till is None or moment < till)


def _rate_rows(tag: str, rate: Rate) -> list[tuple[str, ...]]:
    return [
        (
            tag,
            _number(rate.connect_fee) if place == 0 else "0",
            _number(slot.price),
            _duration(slot.unit_ms),
            _duration(slot.increment_ms),
            _duration(slot.from_ms),
        )
        for place, slot in enumerate(rate.slots)
    ]


def _duration(milliseconds: int) -> str:
    return f"{milliseconds // 1000}s" if milliseconds % 1000 == 0 else f"{milliseconds}ms"


def _number(amount: Decimal) -> str:
    text = format(amount, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _text(head: str, rows: Iterable[Sequence[str]]) -> str:
    stream = io.StringIO()
    stream.write(head + "\n")
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def _replace(path: Path, text: str) -> None:
    """Write a whole file or none."""
    temporary = path.with_suffix(".tmp")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)
