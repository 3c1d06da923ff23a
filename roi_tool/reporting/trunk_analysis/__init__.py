"""The paper about a customer's traffic alone: how many channels his calls need, when, and how sure that is."""

from roi_tool.reporting.trunk_analysis.paper import traffic_paper
from roi_tool.reporting.trunk_analysis.subject import TrafficSubject

__all__ = ["TrafficSubject", "traffic_paper"]
