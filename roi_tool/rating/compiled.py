"""A tariff made ready to price: its deck as interval indexes, its bands as timelines, its rates as integers.

A call falls into a plane (direction, class, jurisdiction, era between two dates of the deck); each plane is a plain deck of
prefixes, built when the first call falls into it.
"""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections import defaultdict
from copy import copy
from functools import cached_property

import numpy as np

from roi_tool.problems import Problem, ProblemError
from roi_tool.rating.ambiguity import find_ambiguity
from roi_tool.rating.number_keys import IntColumn, number_code
from roi_tool.rating.plane import NO_SCHEDULE, Offer, Plane, PlaneKey, Rows, grouped, terms
from roi_tool.rating.prefix_index import Ids, PrefixIndex
from roi_tool.rating.rate_table import ExactRate, RateTable, exact_rate
from roi_tool.rating.schedule import Schedule, instant_ms
from roi_tool.tariff import DeckEntry, Tariff


class CompiledTariff:
    """Made by `compile_tariff`; read-only for its users and safe to share between threads."""

    def __init__(self, tariff: Tariff) -> None:
        self._set_terms(tariff)
        self._rate_number = {rate.id: number for number, rate in enumerate(self.rates)}
        self._bands = {band.id: band for band in tariff.bands}
        self._by_direction: dict[str, list[DeckEntry]] = defaultdict(list)
        for entry in tariff.deck:
            self._by_direction[entry.direction].append(entry)
        self.asks_class = frozenset(name for name, rows in self._by_direction.items() if any(r.called_class for r in rows))
        self.asks_jurisdiction = frozenset(
            name for name, rows in self._by_direction.items() if any(r.jurisdiction for r in rows)
        )
        self._planes: dict[PlaneKey, Plane] = {}
        self._schedules: list[tuple[tuple[str, float], ...]] = []
        self._schedule_number: dict[tuple[tuple[str, float], ...], int] = {}
        self._timelines: dict[tuple[int, str], Schedule] = {}
        self.prefixes: list[str] = []
        self.groups: list[str] = [""]
        self._lock = threading.RLock()

    def _set_terms(self, tariff: Tariff) -> None:
        self.tariff = tariff
        self.rates: tuple[ExactRate, ...] = tuple(exact_rate(rate, tariff.rounding) for rate in tariff.rates)
        self.table = RateTable(self.rates)
        self.longest_minimum_ms = max((rate.minimum_ms for rate in self.rates), default=0)
        self.longest_grace_ms = max((rate.grace_ms for rate in self.rates), default=0)

    def with_terms_of(self, tariff: Tariff) -> CompiledTariff:
        """Return the same deck with other terms; indexes and timelines are shared (`compile_tariff` sees that they fit)."""
        other = copy(self)
        other.__dict__.pop("carriers", None)
        other._set_terms(tariff)
        return other

    @property
    def has_own_decimals(self) -> bool:
        """Whether some rate is rounded otherwise than the tariff says."""
        return any(rate.call_decimals is not None for rate in self.tariff.rates)

    @cached_property
    def carriers(self) -> tuple[CompiledTariff, ...]:
        """The carriers' tariffs, compiled, in the order of the tariff."""
        return tuple(compile_tariff(carrier.tariff) for carrier in self.tariff.carriers)

    @cached_property
    def eras(self) -> dict[str, IntColumn]:
        """By direction the instants (ms) at which some row begins or ends."""
        return {
            direction: np.unique(
                np.array(
                    [instant_ms(moment) for row in rows for moment in (row.valid_from, row.valid_till) if moment],
                    dtype=np.int64,
                )
            )
            for direction, rows in self._by_direction.items()
        }

    def prices(self, direction: str) -> bool:
        """Say whether the deck has any row for a direction."""
        return direction in self._by_direction

    def era_of(self, direction: str, start_ms: int) -> int:
        """Return the number of the era in which a call starts."""
        borders = self._era_lists.get(direction)
        return bisect_right(borders, start_ms) if borders else 0

    @cached_property
    def _era_lists(self) -> dict[str, list[int]]:
        return {direction: borders.tolist() for direction, borders in self.eras.items()}

    def zone(self, account_zone: str) -> str:
        """The zone in which bands and months are judged."""
        return self.tariff.timezone or account_zone or "UTC"

    def schedule(self, number: int, account_zone: str) -> Schedule:
        """Return a timeline by its number, in the tariff's or the account's zone."""
        key = (number, self.zone(account_zone))
        known = self._timelines.get(key)
        if known is not None:
            return known
        with self._lock:
            if key not in self._timelines:
                choices = [(self._bands[band] if band else None, weight) for band, weight in self._schedules[number]]
                self._timelines[key] = Schedule(choices, self.tariff.calendar, key[1])
            return self._timelines[key]

    def plane(self, key: PlaneKey) -> Plane:
        """Return the deck of a plane, built at first use."""
        known = self._planes.get(key)
        if known is not None:
            return known
        with self._lock:
            if key not in self._planes:
                self._planes[key] = self._build(key)
            return self._planes[key]

    def _active(self, key: PlaneKey) -> list[DeckEntry]:
        direction, called_class, jurisdiction, era = key
        rows = self._by_direction.get(direction, [])
        borders = self.eras.get(direction)
        if borders is None or not len(borders):
            held = rows
        else:
            # An era has no border inside: a row that holds at its first instant holds all through it.
            instant = int(borders[era - 1]) if era else int(borders[0]) - 1
            held = [
                row
                for row in rows
                if (row.valid_from is None or instant_ms(row.valid_from) <= instant)
                and (row.valid_till is None or instant < instant_ms(row.valid_till))
            ]
        if called_class or jurisdiction:
            return [row for row in held if row.called_class in ("", called_class) and row.jurisdiction in ("", jurisdiction)]
        return [row for row in held if not row.called_class and not row.jurisdiction]

    def _build(self, key: PlaneKey) -> Plane:
        held = self._active(key)
        by_prefix: dict[tuple[str, bool], Rows] = {(row.prefix, row.exact): row for row in held}
        if len(by_prefix) < len(held):
            by_prefix = grouped(held)
        # Digit prefixes come first, so that a position in the index is a prefix number.
        ordered = [item for item in by_prefix if not item[1] and (item[0].isdigit() or not item[0])]
        digits = [prefix for prefix, _ in ordered]
        if len(ordered) < len(by_prefix):
            ordered += [item for item in by_prefix if item[1] or not (item[0].isdigit() or not item[0])]
        offers: list[Offer] = []
        numbers: dict[tuple[object, ...], int] = {}
        offer_of: list[int] = []
        for item in ordered:
            rows = by_prefix[item]
            # Rows that differ only in prefix and dates share an offer: a deck has far fewer prices than prefixes.
            signature = tuple(map(terms, rows)) if isinstance(rows, list) else terms(rows)
            number = numbers.get(signature)
            if number is None:
                number = numbers[signature] = len(offers)
                offers.append(self._offer(rows if isinstance(rows, list) else [rows]))
            offer_of.append(number)
        rest = ordered[len(digits) :]
        exact = {prefix: len(digits) + place for place, (prefix, is_exact) in enumerate(rest) if is_exact}
        texts = {prefix: len(digits) + place for place, (prefix, is_exact) in enumerate(rest) if not is_exact}
        rows_of = tuple(by_prefix[item] for item in ordered)
        return self._plane(tuple(prefix for prefix, _ in ordered), digits, rows_of, offer_of, offers, exact, texts)

    def _offer(self, rows: list[DeckEntry]) -> Offer:
        schedule = NO_SCHEDULE
        if len(rows) > 1 or rows[0].band:
            choices = tuple((row.band, row.weight) for row in rows)
            schedule = self._schedule_number.setdefault(choices, len(self._schedules))
            if schedule == len(self._schedules):
                self._schedules.append(choices)
        return Offer(schedule, tuple(rows), tuple(self._rate_number[row.rate] for row in rows))

    def _codes_of(self, prefixes: tuple[str, ...]) -> Ids:
        """Return each prefix's place in `prefixes`, adding those that are new; the first plane needs no lookup for that."""
        if not self.prefixes:
            self.prefixes.extend(prefixes)
            return np.arange(len(prefixes), dtype=np.int32)
        known = {prefix: place for place, prefix in enumerate(self.prefixes)}
        for prefix in prefixes:
            if prefix not in known:
                known[prefix] = len(self.prefixes)
                self.prefixes.append(prefix)
        return np.array([known[prefix] for prefix in prefixes], dtype=np.int32)

    def _plane(
        self,
        prefixes: tuple[str, ...],
        digits: list[str],
        rows: tuple[Rows, ...],
        offer_of: list[int],
        offers: list[Offer],
        exact: dict[str, int],
        texts: dict[str, int],
    ) -> Plane:
        width = max((len(offer.rates) for offer in offers), default=1)
        choices = np.full((len(offers) + 1, width), -1, dtype=np.int32)
        for number, offer in enumerate(offers):
            choices[number, : len(offer.rates)] = offer.rates
        schedules = np.array([*(offer.schedule for offer in offers), NO_SCHEDULE], dtype=np.int32)
        groups = {
            name: number
            for number, name in enumerate(dict.fromkeys([*self.groups, *(offer.entries[0].group for offer in offers)]))
        }
        self.groups[:] = groups
        whole = sorted((number_code(number), place) for number, place in exact.items() if number.isdigit())
        return Plane(
            index=PrefixIndex(digits),
            prefixes=prefixes,
            rows=rows,
            prefix_code=np.append(self._codes_of(prefixes), np.int32(-1)),
            offer_of=np.array([*offer_of, -1], dtype=np.int32),
            offer_list=offer_of,
            offers=tuple(offers),
            fixed_rate=np.where(schedules == NO_SCHEDULE, choices[:, 0], np.int32(-1)).astype(np.int32),
            schedule_of=schedules,
            used_schedules=tuple(sorted(set(schedules.tolist()) - {NO_SCHEDULE})),
            rate_choices=choices,
            group_of=np.array([*(groups[offer.entries[0].group] for offer in offers), 0], dtype=np.int32),
            exact=exact,
            exact_codes=np.array([code for code, _ in whole], dtype=np.int64),
            exact_numbers=np.array([place for _, place in whole], dtype=np.int32),
            texts=texts,
            catch_all=digits.index("") if "" in digits else -1,
        )


def compile_tariff(tariff: Tariff, *, like: CompiledTariff | None = None) -> CompiledTariff:
    """Make a tariff ready to price; do it once and keep the result.

    Args:
        tariff: the tariff.
        like: a tariff compiled before. Where only terms of rates have changed (increments, prices, fees, roundings: a what-if)
            its index of the deck is used again.

    Raises:
        ProblemError: two rows fit some call equally well (`tariff_ambiguous` names both).
    """
    if like is not None and _has_deck_of(tariff, like.tariff):
        return like.with_terms_of(tariff)
    conflicts = find_ambiguity(tariff)
    if conflicts:
        raise ProblemError(*(Problem("tariff_ambiguous", detail=detail) for detail in conflicts))
    return CompiledTariff(tariff)


def _has_deck_of(tariff: Tariff, other: Tariff) -> bool:
    """Whether both have the very same deck, bands and names of rates."""
    return (
        tariff.deck is other.deck
        and (tariff.bands, tariff.calendar) == (other.bands, other.calendar)
        and [rate.id for rate in tariff.rates] == [rate.id for rate in other.rates]
    )
