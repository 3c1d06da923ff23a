"""Channels needed: the larger of what was measured and what Erlang B asks for, and which of the two decides."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from roi_tool.problems import Problem, ProblemError
from roi_tool.traffic.erlang import erlang_b_lines


class DecidedBy(StrEnum):
    """Which of the two figures the number of channels comes from; on a tie the measured one."""

    PEAK = "peak"
    ERLANG_B = "erlang_b"


@dataclass(frozen=True, slots=True)
class Sizing:
    """The number of channels and how it was found.

    Attributes:
        channels: the larger of the two that follow.
        decided_by: which one it is.
        measured_peak: the most calls that ever stood at the same time.
        erlang_b_channels: lines by Erlang B for `traffic_erlangs` at `blocking`.
        traffic_erlangs: busy-hour traffic × (1 + growth) × (1 + burst).
        blocking: grade of service, the share of calls that may be lost in the busy hour.
        growth, burst: fractions, 0.1 is 10 % more.
    """

    channels: int
    decided_by: DecidedBy
    measured_peak: int
    erlang_b_channels: int
    traffic_erlangs: float
    blocking: float
    growth: float
    burst: float


def size_channels(
    busy_hour_erlangs: float, measured_peak: int, *, blocking: float = 0.01, growth: float = 0.0, burst: float = 0.0
) -> Sizing:
    """Return the channels needed.

    Growth and burst enlarge the traffic that Erlang B is asked about; the measured peak is what happened and stays as it is.

    Raises:
        ProblemError: `erlang_blocking`, `erlang_traffic`, or `traffic_growth` when growth or burst is below −100 %.

    >>> size_channels(6.0, 9, blocking=0.01).channels
    13
    """
    for name, value in (("growth", growth), ("burst", burst)):
        if not -1 <= value < 1000:
            raise ProblemError(Problem("traffic_growth", detail={"name": name, "value": f"{value:g}"}))
    traffic = busy_hour_erlangs * (1.0 + growth) * (1.0 + burst)
    by_erlang = erlang_b_lines(traffic, blocking)
    decided_by = DecidedBy.ERLANG_B if by_erlang > measured_peak else DecidedBy.PEAK
    return Sizing(max(by_erlang, measured_peak), decided_by, measured_peak, by_erlang, traffic, blocking, growth, burst)
