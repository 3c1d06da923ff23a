"""The slow, obvious way to use allowances up over months: call by call, in fractions and Decimals. No code of the engine's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from roi_tool.tariff import Allowance, Tariff
from tests.rating import oracle

ZONE = "Europe/London"


@dataclass(frozen=True)
class Call:
    start: datetime
    caller: str
    called: str
    duration_ms: int
    direction: str = "outbound"

    @property
    def month(self) -> int:
        local = self.start.astimezone(ZoneInfo(ZONE))
        return local.year * 12 + local.month - 1


@dataclass
class Book:
    """What one owner has of one allowance: (month of which it is, how much), the oldest first."""

    left: list[tuple[int, Fraction]]

    def take(self, wanted: Fraction) -> Fraction:
        got = Fraction(0)
        for place, (month, much) in enumerate(self.left):
            part = min(much, wanted - got)
            self.left[place] = (month, much - part)
            got += part
        return got


@dataclass(frozen=True)
class Month:
    """What one month comes to: the charges in the order of its calls, and its period charges by kind."""

    charges: list[Decimal]
    shortfall: Decimal


def months_of(tariffs: Sequence[Tariff], first: int, calls: Sequence[Call], seats: int | None) -> list[Month]:
    """Return an account's months one after another, the tariff of each given, from `first` on."""
    books: dict[tuple[str, str], Book] = {}
    known: dict[str, set[str]] = {}
    found = []
    for place, tariff in enumerate(tariffs):
        month = first + place
        mine = [call for call in calls if call.month == month]
        for rule in tariff.allowances:
            owners = known.setdefault(rule.id, set())
            owners |= seats_of(mine, rule.reach.directions) if rule.shared == "seat" else {"account"}
            for owner in owners:
                book = books.setdefault((rule.id, owner), Book([]))
                book.left = [one for one in book.left if one[0] >= month - rule.rollover_months]
                book.left.append((month, amount_of(rule, mine, seats)))
        for name in set(known) - {rule.id for rule in tariff.allowances}:
            for owner in known.pop(name):
                books.pop((name, owner))
        found.append(one_month(tariff, mine, books))
        for rule in tariff.allowances:
            for owner in known[rule.id]:
                book = books[rule.id, owner]
                # What the month's own terms let lapse is gone, whatever the next month's say.
                book.left = [one for one in book.left if one[0] > month - rule.rollover_months]
    return found


def answered(call: Call) -> bool:
    return call.duration_ms > 0 and call.called.startswith("44")


def seats_of(calls: Sequence[Call], directions: frozenset[str]) -> set[str]:
    return {call.caller for call in calls if answered(call) and call.direction in directions}


def amount_of(rule: Allowance, calls: Sequence[Call], seats: int | None) -> Fraction:
    amount = Fraction(rule.amount)
    if rule.shared != "pool":
        return amount
    return amount * (len(seats_of(calls, frozenset({"outbound"}))) if seats is None else seats)


def one_month(tariff: Tariff, calls: Sequence[Call], books: dict[tuple[str, str], Book]) -> Month:
    order = sorted(range(len(calls)), key=lambda place: (calls[place].start, place))
    alone = [oracle.price(tariff, call.called, call.start, call.duration_ms, ZONE) for call in calls]
    free = [0] * len(calls)
    for rule in tariff.allowances:
        if rule.counted != "money":
            for place in order:
                if reaches(rule, calls[place]):
                    rest = Fraction(alone[place].billed_ms - free[place])
                    book = books[rule.id, owner_of(rule, calls[place])]
                    if rule.counted == "minutes":
                        free[place] += int(book.take(rest / 60_000) * 60_000)
                    elif rest and book.take(Fraction(1)):
                        free[place] = alone[place].billed_ms
    charges = []
    for call, by_itself, covered in zip(calls, alone, free, strict=True):
        again = oracle.price(tariff, call.called, call.start, call.duration_ms, ZONE, covered_ms=covered)
        charges.append(Decimal(0) if covered and covered >= by_itself.billed_ms else again.charge)
    for rule in tariff.allowances:
        if rule.counted == "money":
            for place in order:
                if reaches(rule, calls[place]):
                    paid = books[rule.id, owner_of(rule, calls[place])].take(Fraction(charges[place]))
                    charges[place] -= Decimal(paid.numerator) / paid.denominator
    spent = sum((charge for call, charge in zip(calls, charges, strict=True) if call.direction == "outbound"), Decimal(0))
    least = tariff.minimum_spend.amount if tariff.minimum_spend else Decimal(0)
    return Month(charges, max(least - spent, Decimal(0)))


def reaches(rule: Allowance, call: Call) -> bool:
    group = "mobile" if call.called.startswith("447") else "uk"
    return answered(call) and call.direction in rule.reach.directions and group in (rule.reach.groups or {group})


def owner_of(rule: Allowance, call: Call) -> str:
    return call.caller if rule.shared == "seat" else "account"
