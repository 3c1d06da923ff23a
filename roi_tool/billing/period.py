"""A billing month: its days, and its instants in an account's zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month.

    >>> Month.of("2026-05").days, str(Month.of("2026-05").after)
    (31, '2026-06')
    """

    year: int
    number: int

    @classmethod
    def of(cls, text: str) -> Month:
        """Read `2026-05`.

        Raises:
            ValueError: it is no month.
        """
        year, _, number = text.strip().partition("-")
        if not (len(year) == 4 and year.isdigit() and number.isdigit() and 1 <= int(number) <= 12):
            raise ValueError(f"“{text}” is no month such as 2026-05")
        return cls(int(year), int(number))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @classmethod
    def at(cls, place: int) -> Month:
        """Return the month at a place among all months (see `place`).

        >>> str(Month.at(Month.of("2026-12").place + 1))
        '2027-01'
        """
        return cls(place // 12, place % 12 + 1)

    @property
    def place(self) -> int:
        """Its place among all months as the engine counts them: year × 12 + month − 1."""
        return self.year * 12 + self.number - 1

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def after(self) -> Month:
        """The next month."""
        return Month.at(self.place + 1)

    @property
    def before(self) -> Month:
        """The month before."""
        return Month.at(self.place - 1)

    @property
    def end(self) -> date:
        """The day after its last (half-open)."""
        return self.after.first

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.first).days

    def instants_ms(self, timezone: str) -> tuple[int, int]:
        """Return its start and end (half-open) in a zone, in ms since 1970 UTC."""
        zone = ZoneInfo(timezone)
        return _ms(self.first, zone), _ms(self.end, zone)


def _ms(day: date, zone: ZoneInfo) -> int:
    return int(datetime.combine(day, time(), zone).astimezone(UTC).timestamp()) * 1000
