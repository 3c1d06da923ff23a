"""Turns the rows of a CGRateS 0.10 tariff plan into our tariff, for one subject. A pure function: files are read elsewhere.

CGRateS resolves profile, plan and destination at each call; here every prefix is resolved once, for every stretch of time
between two activations, so that what is left is an ordinary deck with bands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from roi_tool.importing.tariffs.cgrates_rates import PlanRates, timing_band
from roi_tool.problems import Problem, ProblemError
from roi_tool.tariff import DeckEntry, IncrementRounding, RoundingRule, Split, Tariff, TimeBand

ANY = "*any"
_EVER = datetime.min.replace(tzinfo=UTC)
Row = Sequence[str]


@dataclass(frozen=True)
class PlanRows:
    """The six files of a plan as rows of texts in the files' column order; missing trailing cells are empty."""

    timings: tuple[Row, ...] = ()
    destinations: tuple[Row, ...] = ()
    rates: tuple[Row, ...] = ()
    destination_rates: tuple[Row, ...] = ()
    rating_plans: tuple[Row, ...] = ()
    rating_profiles: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class _Priced:
    """One line of a plan for a destination: rate, timing, weight."""

    rate: str
    timing: str
    weight: float
    destination: str


@dataclass(frozen=True, slots=True)
class _Activation:
    since: datetime
    plan: str
    fallbacks: tuple[str, ...]


@dataclass(frozen=True)
class _Resolver:
    rows: PlanRows
    tenant: str
    category: str
    depth: int
    rates: PlanRates

    @cached_property
    def profiles(self) -> dict[str, list[_Activation]]:
        found: dict[str, list[_Activation]] = {}
        for row in self.rows.rating_profiles:
            tenant, category, subject, since, plan, fallbacks = (*row, "", "", "")[:6]
            if (tenant, category) == (self.tenant, self.category):
                names = tuple(name for name in fallbacks.split(";") if name)
                found.setdefault(subject, []).append(_Activation(_instant(since), plan, names))
        for activations in found.values():
            activations.sort(key=lambda activation: activation.since)
        return found

    @cached_property
    def prefixes(self) -> dict[str, list[str]]:
        """Prefix → tags of destinations. Our numbers carry no `+`: `+49` is read as `49`, unless that too is a prefix."""
        plain: dict[str, list[str]] = {}
        signed: dict[str, list[str]] = {}
        for tag, prefix in (row[:2] for row in self.rows.destinations):
            (signed if prefix.startswith("+") else plain).setdefault(prefix.removeprefix("+"), []).append(tag)
        return signed | plain

    @cached_property
    def plans(self) -> dict[str, dict[str, list[_Priced]]]:
        """Plan → destination tag → its lines."""
        by_tag: dict[str, list[tuple[str, str]]] = {}
        for row in self.rows.destination_rates:
            tag, destination = row[0], row[1]
            by_tag.setdefault(tag, []).append((destination, self.rates.add(row)))
        found: dict[str, dict[str, list[_Priced]]] = {}
        for row in self.rows.rating_plans:
            plan, tag, timing, weight = (*row, "", "")[:4]
            for destination, rate in by_tag.get(tag, []):
                line = _Priced(rate, timing or ANY, float(weight or 0), destination)
                lines = found.setdefault(plan, {}).setdefault(destination, [])
                if line not in lines:
                    lines.append(line)
        return found

    def reachable(self, subject: str) -> list[str]:
        """The profiles that a subject can come to."""
        seen: list[str] = []
        waiting = [subject if subject in self.profiles else ANY, ANY]
        while waiting:
            name = waiting.pop(0)
            if name in self.profiles and name not in seen:
                seen.append(name)
                waiting += [fallback for activation in self.profiles[name] for fallback in activation.fallbacks]
        return seen

    def lines(self, subject: str, prefix: str, when: datetime, depth: int = 1) -> list[_Priced]:
        """The lines that price numbers whose longest known prefix is `prefix`, at an instant."""
        if depth > self.depth or subject not in self.profiles:
            return []
        begun = [activation for activation in self.profiles[subject] if activation.since <= when]
        if not begun:
            # A subject that is not active yet is priced by the profile of *any.
            return [] if subject == ANY else self.lines(ANY, prefix, when, depth + 1)
        active = begun[-1]
        own = self._of_plan(active.plan, prefix)
        if own:
            return own
        for fallback in active.fallbacks:
            found = self.lines(fallback, prefix, when, depth + 1)
            if found:
                return found
        return []

    def _of_plan(self, plan: str, prefix: str) -> list[_Priced]:
        destinations = self.plans.get(plan, {})
        for length in range(len(prefix), 0, -1):
            tags = [tag for tag in self.prefixes.get(prefix[:length], []) if tag in destinations]
            if tags:
                # A weight chooses between lines of the same prefix only, never against a longer one.
                return [line for tag in tags for line in destinations[tag]]
        return destinations.get(ANY, [])


def tariff_of_subject(
    rows: PlanRows,
    tenant: str,
    category: str,
    subject: str,
    *,
    currency: str = "XXX",
    increment_decimals: int | None = 5,
    fallback_depth: int = 3,
    unit_ns: int = 1_000_000,
    splits: bool = True,
) -> Tariff:
    """Return what a subject's calls cost under a plan.

    Args:
        rows: the plan.
        tenant, category, subject: whose profile; that of `*any` where the subject has none.
        currency: of the prices; a plan states none.
        increment_decimals: CGRateS's `rounding_decimals` (5 unless configured), rounded as it does; or None for exact prices.
        fallback_depth: how many profiles a fallback may lead through.
        unit_ns: nanoseconds of one of our milliseconds; 1 makes bare counts (data, messages) countable.
        splits: False for data and messages, which CGRateS prices by the band at their start.

    Raises:
        ProblemError: neither the subject nor `*any` has a profile (`cgrates_no_profile`), or a row cannot be read.
    """
    resolver = _Resolver(rows, tenant, category, fallback_depth, PlanRates(rows.rates, unit_ns))
    name = subject if subject in resolver.profiles else ANY
    if name not in resolver.profiles:
        raise ProblemError(Problem("cgrates_no_profile", detail={"tenant": tenant, "category": category, "subject": subject}))
    try:
        entries, bands = _deck(resolver, name)
        used = {entry.rate for entry in entries}
        return Tariff(
            id=f"{tenant}:{category}:{subject}",
            currency=currency,
            timezone="UTC",
            split=Split.CARRY if splits else Split.AT_START,
            rounding=_rounding(increment_decimals),
            bands=tuple(bands.values()),
            rates=tuple(rate for rate in resolver.rates.made.values() if rate.id in used),
            deck=tuple(entries),
        )
    except (ValueError, IndexError) as error:
        raise ProblemError(Problem("cgrates_row", detail={"reason": str(error)})) from error


def _rounding(increment_decimals: int | None) -> RoundingRule:
    method = IncrementRounding.HALF_UP if increment_decimals is None else IncrementRounding.CGRATES
    return RoundingRule(increment_decimals=increment_decimals, increment_rounding=method)


def _deck(resolver: _Resolver, name: str) -> tuple[list[DeckEntry], dict[str, TimeBand]]:
    activations = {activation.since for profile in resolver.reachable(name) for activation in resolver.profiles[profile]}
    eras = [_EVER, *sorted(activations - {_EVER})]
    resolved = [
        (prefix, [resolver.lines(name, prefix, era) for era in eras])
        for prefix in ("", *sorted(filter(None, resolver.prefixes)))
    ]
    first = next((number for number in range(len(eras)) if any(lines[number] for _, lines in resolved)), 0)
    timings = {row[0]: row for row in resolver.rows.timings}
    bands: dict[str, TimeBand] = {}
    entries: list[DeckEntry] = []
    for prefix, by_era in resolved:
        for since, till, lines in _stretches(eras[first:], by_era[first:]):
            whole = till is None and since == eras[first]
            for line in lines:
                band = timing_band(timings, line.timing, since if not whole else None, till)
                if band:
                    bands.setdefault(band.id, band)
                entries.append(
                    DeckEntry(
                        prefix,
                        line.rate,
                        destination=line.destination if line.destination != ANY else "",
                        band=band.id if band else "",
                        valid_from=eras[first] if eras[first] != _EVER else None,
                        weight=line.weight,
                    )
                )
    return list(dict.fromkeys(entries)), bands


def _stretches(
    eras: Sequence[datetime], by_era: Sequence[list[_Priced]]
) -> Iterator[tuple[datetime, datetime | None, list[_Priced]]]:
    """Join neighbouring eras in which a prefix has the same lines; those without lines are left out."""
    start = 0
    for number in range(1, len(eras) + 1):
        if number == len(eras) or by_era[number] != by_era[start]:
            if by_era[start]:
                yield eras[start], eras[number] if number < len(eras) else None, by_era[start]
            start = number


def _instant(text: str) -> datetime:
    if not text or text.startswith("*"):
        return _EVER
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
