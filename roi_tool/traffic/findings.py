"""What must be said beside the figures of a traffic profile."""

from __future__ import annotations

from roi_tool.problems import Problem, Severity
from roi_tool.traffic.profile import TrafficProfile


def profile_findings(profile: TrafficProfile) -> tuple[Problem, ...]:
    """Return a finding for days without times (`traffic_no_times`) and for each missing bill (`traffic_gap`)."""
    found = []
    if profile.estimate:
        found.append(Problem("traffic_no_times", Severity.WARNING))
    for gap in profile.gaps:
        detail = {"first": gap.first_day.isoformat(), "last": gap.last_day.isoformat()}
        found.append(Problem("traffic_gap", Severity.WARNING, detail=detail))
    return tuple(found)
