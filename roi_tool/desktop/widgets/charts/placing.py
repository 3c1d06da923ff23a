"""Where things go on a chart: data to pixels and back. Plain arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from roi_tool.charting.spec import Floats

Numbers = TypeVar("Numbers", float, Floats)


@dataclass(frozen=True, slots=True)
class PixelScale:
    """A linear axis: data from `low` to `high` onto pixels from `start` to `end`; an axis without length is all at `start`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: Numbers) -> Numbers:
        """Return the pixel of a value, or of each value of an array."""
        span = self.high - self.low
        return self.start + (value - self.low) * ((self.end - self.start) / span if span else 0.0)

    def back(self, pixel: Numbers) -> Numbers:
        """Return the value at a pixel."""
        span = self.end - self.start
        return self.low + (pixel - self.start) * ((self.high - self.low) / span if span else 0.0)
