"""When a price holds: windows of the day on weekdays, dates and holidays, in the account's zone."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, Field, model_validator

from roi_tool.tariff.rate import FROZEN

DAY_SECONDS = 86_400


class Holidays(StrEnum):
    """What a band makes of the calendar's holidays."""

    ANY = "any"
    ONLY = "only"
    EXCEPT = "except"


class Window(BaseModel):
    """A part of the local day, `[start_s, end_s)` in seconds of the wall clock; 86400 is the end of the day.

    A window whose end is not after its start runs over midnight and belongs to the day on which it starts.
    """

    model_config = FROZEN
    start_s: Annotated[int, Field(ge=0, lt=DAY_SECONDS)] = 0
    end_s: Annotated[int, Field(ge=0, le=DAY_SECONDS)] = DAY_SECONDS


class TimeBand(BaseModel):
    """Named days and windows. An empty set of days, months or years means all of them.

    Where several bands of one prefix hold at an instant, the highest weight of their deck rows wins, then the window that
    started last.
    """

    model_config = FROZEN
    id: str = Field(min_length=1)
    weekdays: frozenset[Annotated[int, Field(ge=1, le=7)]] = frozenset()
    """1 is Monday."""
    windows: tuple[Window, ...] = Field(default=(Window(),), min_length=1)
    months: frozenset[Annotated[int, Field(ge=1, le=12)]] = frozenset()
    month_days: frozenset[Annotated[int, Field(ge=1, le=31)]] = frozenset()
    years: frozenset[int] = frozenset()
    holidays: Holidays = Holidays.ANY
    valid_from: AwareDatetime | None = None
    valid_till: AwareDatetime | None = None
    """Half-open instants: unlike the dates of a deck row these are judged all along the call, not only at its start."""

    @model_validator(mode="after")
    def _check(self) -> TimeBand:
        if self.valid_from and self.valid_till and self.valid_from >= self.valid_till:
            raise ValueError(f"band {self.id} ends before it starts")
        return self


class HolidayCalendar(BaseModel):
    """Public holidays of a country (and subdivision) by the `holidays` package, and the operator's own dates."""

    model_config = FROZEN
    country: str = ""
    subdivision: str = ""
    added: frozenset[date] = frozenset()
    removed: frozenset[date] = frozenset()


def clock_seconds(text: str) -> int:
    """Return `HH:MM` or `HH:MM:SS` as seconds of the day; `24:00` is its end.

    >>> clock_seconds("18:30")
    66600
    """
    parts = text.strip().split(":")
    if not (2 <= len(parts) <= 3 and all(part.isascii() and part.isdigit() for part in parts)):
        raise ValueError(f"“{text}” is no time of day such as 18:00")
    hours, minutes, seconds = (*map(int, parts), 0)[:3]
    total = hours * 3600 + minutes * 60 + seconds
    if minutes > 59 or seconds > 59 or total > DAY_SECONDS:
        raise ValueError(f"“{text}” is no time of day such as 18:00")
    return total


__all__ = ["DAY_SECONDS", "HolidayCalendar", "Holidays", "TimeBand", "Window", "clock_seconds"]
