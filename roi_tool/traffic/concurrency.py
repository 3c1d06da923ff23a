"""Exact concurrency: how many calls stood at the same time, by a sweep over all starts and ends.

Legs of one call (one `group_id`) count once: while any of them lasts, one channel is taken. A call that ends in the very
microsecond in which another starts has freed its channel. Calls inside the house take no channel.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from roi_tool.cdr import CallTable, Direction

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Occupancy:
    """Channels taken over time, as a staircase.

    Attributes:
        at_us: int64, rising: instants (microseconds since 1970 UTC) at which the number changes.
        taken: int64, same shape: channels taken from that instant until the next; the last is 0.
    """

    at_us: Ints
    taken: Ints

    @property
    def peak(self) -> int:
        """The most channels ever taken."""
        return int(self.taken.max(initial=0))

    @property
    def peak_at_us(self) -> int | None:
        """The first instant of the peak; None when there was no call."""
        return int(self.at_us[int(self.taken.argmax())]) if self.peak else None

    def channel_us_until(self, edges_us: Ints) -> Ints:
        """Return the channel time (channels × microseconds) used before each edge, exactly."""
        if not len(self.at_us):
            return np.zeros(len(edges_us), dtype=np.int64)
        before = np.concatenate(([0], np.cumsum(self.taken[:-1] * np.diff(self.at_us))))
        step = np.searchsorted(self.at_us, edges_us, side="right") - 1
        inside = np.maximum(step, 0)
        return np.where(step < 0, 0, before[inside] + self.taken[inside] * (edges_us - self.at_us[inside]))

    def taken_at(self, instants_us: Ints) -> Ints:
        """Return the channels taken at each instant."""
        if not len(self.at_us):
            return np.zeros(len(instants_us), dtype=np.int64)
        step = np.searchsorted(self.at_us, instants_us, side="right") - 1
        return np.where(step < 0, 0, self.taken[np.maximum(step, 0)])

    def us_by_level(self) -> Ints:
        """Return the time in microseconds for which exactly k channels were taken, k from 0 to the peak (0: between calls)."""
        if not len(self.at_us):
            return np.zeros(1, dtype=np.int64)
        # Summed by sorting, not by bincount's float weights: the sums stay exact.
        levels, lengths = self.taken[:-1], np.diff(self.at_us)
        order = np.argsort(levels, kind="stable")
        sums = np.concatenate(([0], np.cumsum(lengths[order])))
        ends = np.searchsorted(levels[order], np.arange(self.peak + 1), side="right")
        return np.diff(np.concatenate(([0], sums[ends])))


def measure_occupancy(calls: CallTable) -> Occupancy:
    """Sweep the calls that take a channel to the outside (an outbound or inbound leg); vectorised."""
    starts, ends = _channel_intervals(calls.frame)
    at = np.concatenate((starts, ends))
    change = np.concatenate((np.ones(len(starts), dtype=np.int64), np.full(len(ends), -1, dtype=np.int64)))
    order = np.argsort(at, kind="stable")
    at, taken = at[order], np.cumsum(change[order])
    if not len(at):
        return Occupancy(at, taken)
    # What happens in one instant happens together: only the last state of an instant counts.
    last = np.append(at[1:] != at[:-1], True)
    return Occupancy(at[last], taken[last])


def _channel_intervals(frame: pd.DataFrame) -> tuple[Ints, Ints]:
    """Return starts and ends in microseconds, legs of one call that touch or overlap merged into one."""
    starts = frame["start"].to_numpy(dtype="datetime64[us]").astype(np.int64)
    ends = starts + frame["duration_ms"].to_numpy(dtype=np.int64) * 1000
    outside = (frame["direction"] != Direction.INTERNAL.value).to_numpy(dtype=bool)
    talked = ends > starts
    if frame["group_id"].is_unique:
        kept = outside & talked
        return starts[kept], ends[kept]
    groups = pd.factorize(frame["group_id"])[0].astype(np.int64)
    # A leg inside the house belongs to a call from outside when any leg of its group is one (a transferred call).
    reaches_out = np.zeros(int(groups.max(initial=-1)) + 1, dtype=bool)
    reaches_out[groups[outside]] = True
    kept = reaches_out[groups] & talked
    starts, ends, groups = starts[kept], ends[kept], groups[kept]
    order = np.lexsort((starts, groups))
    return _merged(starts[order], ends[order], groups[order])


def _merged(starts: Ints, ends: Ints, groups: Ints) -> tuple[Ints, Ints]:
    """Merge touching intervals within each group; rows come sorted by group, then start."""
    if not len(starts):
        return starts, ends
    # Each group on its own stretch of one long axis, so that one running maximum serves all of them. The axis is as long as
    # all groups together last: 62 bits are 146,000 years of talk.
    new_group = np.concatenate(([True], groups[1:] != groups[:-1]))
    first = np.flatnonzero(new_group)
    lasts_us = np.maximum.reduceat(ends, first) - starts[first] + 1
    begins = np.concatenate(([0], np.cumsum(lasts_us)[:-1]))
    shift = (begins - starts[first])[np.cumsum(new_group) - 1]
    reached = np.maximum.accumulate(ends + shift)
    fresh = np.concatenate(([True], starts[1:] + shift[1:] > reached[:-1]))
    last = np.append(fresh[1:], True)
    return starts[fresh], reached[last] - shift[last]
